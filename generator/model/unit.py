"""A unit's agreement: its parties, duties, goals, and the indicators it is judged by."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from ..messages import message
from .components import Component
from .exemptions import Exemption
from .fields import (
    FOLDED,
    DataModel,
    Date,
    Key,
    Line,
    Number,
    Positive,
    SecondName,
    Shorthand,
    Text,
    expected,
    printed,
    refusal,
)
from .indicator import AS_INDICATOR, Indicator
from .levels import UnitLevel
from .person import Competency, Responsibilities
from .rounds import RoundOrAll
from .survey import SurveyUse


class Party(DataModel):
    """Someone who signs. A blank name or position prints as a dotted line."""

    name: Annotated[Line | None, printed("agreement", "personal")] = Field(
        None, description="ชื่อ นามสกุล"
    )
    position: Annotated[Line | None, printed("agreement", "personal")] = Field(
        None, description="ตำแหน่ง"
    )


class Strategy(DataModel):
    """A row of ประเด็นยุทธศาสตร์ / เป้าประสงค์ / ตัวชี้วัด."""

    issue: Annotated[Text | None, printed("agreement", "chart")] = Field(
        None,
        description="กอง: ประเด็นยุทธศาสตร์กอง (กองที่ไม่มียุทธศาสตร์อาจใช้แผนปฏิบัติราชการของกรม); "
        "กลุ่ม/ฝ่าย และหน่วยงาน: ประเด็นยุทธศาสตร์ของกอง หรือแผนปฏิบัติราชการของกรมที่สอดคล้องกับภารกิจ",
    )
    goals: Annotated[list[Text], printed("agreement", "personal")] = Field(
        [], description="เป้าประสงค์ที่ถ่ายทอดจากระดับเหนือขึ้นไป ในระดับที่เหมาะสมกับหน่วยงาน"
    )
    indicators: list[Key] = Field(
        [], description="ids of the unit's indicators that measure these goals"
    )


class SectionText(DataModel):
    """A headed stretch of a chapter."""

    heading: Annotated[Line, printed("agreement")]
    text: Annotated[Text | None, printed("agreement")] = None


class ChapterText(DataModel):
    """A part in words that follows the form, such as the strategic plan."""

    heading: Annotated[Line, printed("agreement")]
    text: Annotated[Text | None, printed("agreement")] = None
    sections: list[SectionText] = []


class ResultOf(DataModel):
    """Whose result counts: the unit's own (neither key), another unit's, or a mean."""

    from_: Key | None = Field(None, alias="from", description="the unit whose result it is")
    mean_of: Annotated[str, Field(pattern=r"^[^./\\]+\.[^./\\]+$"), FOLDED] | None = Field(
        None, description="the mean over a column of a table: table.column"
    )

    @model_validator(mode="after")
    def _one(self) -> ResultOf:
        if self.from_ is not None and self.mean_of is not None:
            raise refusal(message("borrowed-and-mean"))
        return self

    @property
    def own(self) -> bool:
        """Whether the unit reports it itself."""
        return self.from_ is None and self.mean_of is None


class Derive(DataModel):
    """Whose indicator it comes from: that of a unit above, by its name there."""

    from_: Key = Field(alias="from", description="the unit whose indicator it derives from")
    indicator: Key | None = Field(None, description="its name there, where it isn't the same")


def _own(text: str) -> Any:
    if text != "own":
        raise refusal(expected(message("own-or-borrowed"), text))
    return {}


def _from(text: str) -> Any:
    return {"from": text}


def _weights(value: Any) -> Any:
    return value if isinstance(value, dict) else {"all": value}


_NUMBER_SCHEMA = {"type": ["number", "string"]}
Weights = Annotated[
    dict[RoundOrAll, Number],
    BeforeValidator(_weights),
    WithJsonSchema(
        {
            "anyOf": [
                _NUMBER_SCHEMA,
                {
                    "type": "object",
                    "additionalProperties": _NUMBER_SCHEMA,
                },
            ]
        }
    ),
]
"""น้ำหนัก (percent): one number for all rounds, or one a round."""


class Use(DataModel):
    """A unit's use of an indicator: one of the agency's (``use``), or its own (``define``).

    ``derive`` says from which unit's indicator it comes. Alone, it takes that one over, as the
    other unit has it.
    """

    use: Key | None = Field(None, description="an indicator of indicators/")
    define: Annotated[dict[str, Any] | None, AS_INDICATOR] = Field(
        None, description="an indicator of the unit's own"
    )
    derive: Annotated[Derive, Shorthand(_from, {"type": "string"})] | None = Field(
        None,
        description="the indicator of a unit above that it is from: {from: unit, indicator: id}, "
        "or the unit alone; with neither use nor define the indicator itself is that one",
    )
    id: Key | None = Field(None, description="its name within the unit; needed with define")
    component: Key = Field(description="the component of the weight tree it counts in")
    number: Annotated[Line | None, printed("agreement", "chart", "personal")] = Field(
        None, description="its number, where it is not simply the next one"
    )
    weight: Weights | None = Field(None, description="น้ำหนัก (ร้อยละ)")
    links: Annotated[list[Text], printed("framework")] = Field(
        [], description="ความเชื่อมโยงกับยุทธศาสตร์ชาติ แผนแม่บท และแผนปฏิบัติราชการ"
    )
    responsible: Annotated[Line | None, printed("framework")] = Field(
        None, description="ผู้รับผิดชอบ, in frames that list who is responsible"
    )
    override: Annotated[dict[str, Any], AS_INDICATOR] = Field(
        {},
        description="fields of the indicator that differ; mappings merge by key, lists replace",
    )
    blanks: dict[Key, Annotated[Line, printed("agreement", "indicators")]] = Field(
        {}, description="what the indicator's [[blanks]] say here"
    )
    surveys: Annotated[list[SurveyUse], Field(max_length=10)] = Field(
        [], description="the surveys whose answers give its result"
    )
    result: Annotated[ResultOf, Shorthand(_own, {"const": "own"})] = Field(
        ResultOf(), description="own, {from: unit} or {mean_of: table.column}"
    )

    exemptions: list[Exemption] = Field(
        [],
        description="ตัวชี้วัดหรือส่วนที่ไม่นำมาประเมิน: from which round, why and by whose decision; "
        "policies.exempt_weight says what becomes of the weight",
    )

    @model_validator(mode="after")
    def _one(self) -> Use:
        both = self.use is not None and self.define is not None
        if both or (self.use is None and self.define is None and self.derive is None):
            raise refusal(message("use-or-define"))
        if self.derived and self.key == "":
            raise refusal(message("derives-from-which"))
        if self.define is not None and self.id is None:
            raise refusal(message("own-indicator-without-id"))
        return self

    @property
    def key(self) -> str:
        """Its name within the unit."""
        derived = self.derive.indicator if self.derive is not None else None
        return self.id or self.use or derived or ""

    @property
    def derived(self) -> bool:
        """Whether the indicator itself is that of another unit."""
        return self.use is None and self.define is None and self.derive is not None

    @property
    def origin(self) -> tuple[str, str] | None:
        """The unit it derives from, and the indicator's name there."""
        if self.derive is None:
            return None
        return self.derive.from_, self.derive.indicator or self.use or self.id or ""


class Unit(DataModel):
    """``<unit>.yaml``: one unit's agreement."""

    code: Annotated[Line | None, printed("framework")] = Field(
        None, description="รหัส or ชื่อย่อ as printed, such as กอส. (only where the agency has one)"
    )
    name: Annotated[
        Line | None, printed("agreement", "indicators", "report", "framework", "personal")
    ] = Field(
        None, description="ชื่อ สำนัก กองและเทียบเท่า; บุคคล: what the forms call the person or position"
    )
    name_en: Annotated[SecondName | None, printed("agreement", "report", "personal")] = Field(
        None, description="its English name, printed below the titles where the form has it"
    )
    level: UnitLevel = Field(description="กรม, กอง, กลุ่ม/ฝ่าย, หน่วยงาน, บุคคล")
    parent: Key | None = Field(None, description="the unit it belongs to")
    status: Literal["draft", "final"] = Field(
        "draft", description="draft: what is open prints as a dotted line and every page says ร่าง"
    )
    assessors: list[Party] | None = Field(None, description="where not the agency's own")
    assessees: list[Party] = Field([], description="who signs for the unit")
    signed: Date | None = Field(None, description="วันที่ลงนาม; may stay blank")
    chapters: list[ChapterText] = Field(
        [], description="แผนยุทธศาสตร์ แนวทางการพัฒนาการปฏิบัติราชการ และเอกสารประกอบอื่นที่เป็นถ้อยคำ"
    )
    duties: Annotated[list[Text], printed("agreement")] = Field(
        [], description="หน้าที่ของกองและเทียบเท่า ของกลุ่ม/ฝ่าย หรือของหน่วยงาน ตามระดับของการประเมินฯ"
    )
    strategy: list[Strategy] = []
    components: list[Component] | None = Field(
        None, description="the weight tree, where not the agency's"
    )
    scale: Key | None = Field(None, description="the scale, where not the agency's")
    rounds: Key | None = Field(
        None, description="the set of round_sets whose rounds it has, where not those of its level"
    )
    weights_sum: Positive | None = Field(
        None, description="what all weights of its tree add up to, where not the agency's"
    )
    indicators: list[Use] = Field([], description="ตัวชี้วัดและน้ำหนัก")
    responsibilities: Responsibilities | None = Field(
        None, description="บุคคล: ภาระหน้าที่/ความรับผิดชอบ 4 ด้าน"
    )
    competencies: list[Competency] = Field([], description="บุคคล: สมรรถนะและระดับที่คาดหวัง")
    notes: Annotated[list[Text], printed("framework", "chart")] = []


class UnitIndicator(DataModel):
    """An indicator as one unit uses it: everything merged and filled in."""

    key: Key
    use: Use
    indicator: Indicator
    open_blanks: tuple[str, ...] = ()

"""An indicator: defined once, used by many units."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from .by_row import ByRow
from .criteria import POSSIBLE, Criteria, Possible, Value
from .fields import (
    DataModel,
    Date,
    Key,
    Line,
    Number,
    PrintedIn,
    SecondName,
    Text,
    Year,
    number,
    printed,
    text_as,
)
from .levels import UnitLevel
from .rounds import ALL, RoundId, RoundOrAll

AS_INDICATOR = WithJsonSchema({"type": "object", "$comment": "Indicator"})
"""Raw data that is laid over an indicator before it is read as one; see ``schema``."""


class Contact(DataModel):
    """Someone who answers for an indicator. All fields may stay blank."""

    name: Annotated[Line | None, printed("indicators")] = None
    position: Annotated[Line | None, printed("indicators")] = None
    telephone: Annotated[Line | None, printed("indicators")] = None
    email: Annotated[Line | None, printed("indicators")] = Field(
        None, description="e-mail, where the agency's sheets have it"
    )


class PastResult(DataModel):
    """A past year's result: the words printed, and the figure behind them."""

    text: Annotated[Line | None, printed("agreement", "indicators")] = None
    table: Annotated[Line | None, printed("agreement")] = Field(
        None, description="the words in the summary table, where they differ from the sheet's"
    )
    value: Number | None = None

    @property
    def figure(self) -> Decimal | None:
        """The figure behind the words: stated, or the words themselves."""
        return self.value if self.value is not None else number(self.text or "")


class Baseline(DataModel):
    """One row of ข้อมูลพื้นฐาน: past results by fiscal year."""

    name: Annotated[Line | None, printed("indicators")] = Field(
        None, description="ข้อมูลพื้นฐานประกอบตัวชี้วัด; the indicator's name when not given"
    )
    short: Annotated[Line | None, printed("agreement")] = Field(
        None,
        description="the words before a past result in the summary, where there are several rows",
    )
    measure: Annotated[Line | None, printed("indicators")] = None
    years: dict[Year, Annotated[PastResult, text_as("text")] | None] = {}


class Period(DataModel):
    """A measuring period of its own, where it is not the year's; rounds judge their share of it."""

    start: Date
    end: Date


class Project(DataModel):
    """โครงการ: what is to be done for an indicator, and its target."""

    code: Annotated[Line | None, printed("chart")] = Field(
        None, description="its code in the budget, as printed"
    )
    name: Annotated[Line, printed("chart")]
    target: Number | None = None
    measure: Annotated[Line | None, printed("chart")] = Field(
        None, description="what the target counts, such as กิจการ"
    )


class Checklist(DataModel):
    """What has to be there or be done for an indicator; with a heading where it has several."""

    name: Annotated[Line | None, printed("chart")] = None
    items: Annotated[Text, printed("chart")]


class PrintedNames(DataModel):
    """The indicator's name where a document prints another one."""

    tables: Annotated[Line | None, printed("agreement")] = None
    sheet: Annotated[Line | None, printed("indicators")] = None
    report: Annotated[Line | None, printed("report")] = None
    frame: Annotated[Line | None, printed("framework")] = None


class SheetLabels(DataModel):
    """Labels of the sheet that read otherwise for one indicator."""

    description: Annotated[Line | None, printed("indicators")] = Field(
        None, description="such as นิยาม in place of คำอธิบาย"
    )
    baselines: Annotated[Line | None, printed("indicators")] = Field(
        None, description="the heading over past years' results"
    )


class Indicator(DataModel):
    """ตัวชี้วัด. A unit's use adds weight and component; nothing here belongs to one unit."""

    extends: Key | None = Field(
        None, description="another indicator whose fields this one takes over"
    )
    name: Annotated[
        Line, printed("agreement", "indicators", "report", "framework", "chart", "personal")
    ] = Field(description="ชื่อตัวชี้วัด")
    name_en: Annotated[
        SecondName | None, printed("agreement", "indicators", "report", "personal")
    ] = Field(
        None, description="its English name, printed below the Thai one where the form has it"
    )
    names: PrintedNames = PrintedNames()
    kind: Literal["milestone", "quantity"] | None = Field(
        None, description="ตัวชี้วัดประเภทขั้นตอนการทำงาน (milestone) หรือตัวชี้วัดเชิงปริมาณ (quantity)"
    )
    measure: Annotated[Line | None, printed("indicators", "chart")] = Field(
        None, description="หน่วยวัด เช่น ร้อยละ จำนวน ระดับความสำเร็จ"
    )
    possible: Possible | None = Field(None, description=POSSIBLE)
    origin: Annotated[Line | None, printed("framework")] = Field(None, description="ที่มาของตัวชี้วัด")
    description: Annotated[Text | None, printed("indicators")] = Field(
        None,
        description="คำอธิบาย: คำจำกัดความและรายละเอียดเพิ่มเติมที่ทำให้ผู้ประเมินและผู้รับการประเมิน"
        "เข้าใจตรงกัน และขั้นตอนการทำงาน",
    )
    objective: Annotated[Text | None, printed("indicators")] = Field(
        None, description="วัตถุประสงค์, where the agency's sheets have it"
    )
    target_group: Annotated[Text | None, printed("indicators")] = Field(
        None, description="กลุ่มเป้าหมาย, where the agency's sheets have it"
    )
    value: Value | None = Field(None, description="สูตรการคำนวณ (ถ้ามี)")
    by_row: ByRow | None = Field(
        None, description="its results come row by row, from one CSV, and are rolled up"
    )
    baselines: list[Baseline] = Field([], description="ข้อมูลพื้นฐาน: ผลการดำเนินงานในอดีต")
    history: Annotated[Text | None, printed("indicators")] = Field(
        None, description="past results told in words, where there are no figures to list"
    )
    labels: SheetLabels = SheetLabels()
    tables: list[Key] = Field([], description="target tables of tables/ that follow the sheet")
    plan: Key | None = Field(None, description="an action plan of plans/ that follows the sheet")
    rounds: list[RoundId] = Field(
        [],
        description="the rounds it is assessed in, where not in all: in the others tables print "
        "'-', and nothing is reported or scored",
    )
    criteria: dict[RoundOrAll, Criteria] = Field(
        {}, description="เกณฑ์การประเมิน by round; all: the same in every round"
    )
    conditions: Annotated[Text | None, printed("agreement", "indicators")] = Field(
        None, description="เงื่อนไข (ถ้ามี)"
    )
    source: Annotated[Text | None, printed("agreement", "indicators")] = Field(
        None, description="แหล่งข้อมูล: เอกสารหรือหลักฐานอ้างอิง"
    )
    collection: Annotated[Text | None, printed("indicators")] = Field(
        None, description="วิธีการจัดเก็บข้อมูล เช่น จัดเก็บอย่างไร ความถี่ในการจัดเก็บ"
    )
    documents: Annotated[Text | None, printed("indicators")] = Field(
        None, description="เอกสารสนับสนุน, where the agency's sheets have it"
    )
    texts: dict[Key, Annotated[Text, printed("indicators")]] = Field(
        {}, description="texts that the agency's sheets name themselves, by name"
    )
    supervisors: list[Contact] = Field([], description="ผู้กำกับดูแลตัวชี้วัด")
    collectors: list[Contact] = Field([], description="ผู้จัดเก็บข้อมูล")
    contacts: dict[Key, list[Contact]] = Field(
        {}, description="who else answers for it, by the roles that the agency's sheets have"
    )
    projects: list[Project] = Field([], description="โครงการ, shown on the chart")
    checklists: list[Checklist] = Field([], description="รายการที่ต้องดำเนินการ, shown on the chart")
    period: Period | None = None
    blanks: dict[Key, Annotated[Line, PrintedIn(("agreement", "indicators"))]] = Field(
        {},
        description="blanks [[name]] in the texts above that a unit fills, with the hint of a form",
    )
    variants: dict[UnitLevel, Annotated[dict[str, Any], AS_INDICATOR]] = Field(
        {},
        description="fields that differ for units of a level; mappings merge by key, lists replace",
    )

    def assessed_in(self, round_id: str) -> bool:
        """Whether it is assessed in a round."""
        return not self.rounds or round_id in self.rounds

    def criteria_of(self, round_id: str) -> Criteria | None:
        """The criteria that hold in a round; none where it isn't assessed, or they are open."""
        if not self.assessed_in(round_id):
            return None
        for key, criteria in self.criteria.items():
            if key in (round_id, ALL):
                return criteria
        return None

"""What was achieved: ``results/<round>/<unit>.yaml``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ..messages import message
from .assessment import Appeal
from .by_row import MOST_ROWS
from .evidence import Evidence
from .fields import (
    DataModel,
    Date,
    Figure,
    Flag,
    Key,
    Level,
    Line,
    Name,
    Number,
    Positive,
    Shorthand,
    Text,
    Whole,
    Year,
    printed,
    refusal,
    unprinted,
)

_REPORT = printed("report")

KINDS = ("value", "inputs", "checked", "done", "parts", "survey", "rows")
BESIDE_MILESTONES = ("value", "inputs", "checked")
"""Where levels ask for both, one of these stands beside ``done``."""

TOGETHER = tuple({one, "done"} for one in BESIDE_MILESTONES)
"""Ways to give a result that may stand beside each other."""

ResultRow = Annotated[
    dict[Name, Line], unprinted("printed by the report's table of rows, cell by cell")
]
"""A row of a result that comes row by row: its cells by column, as they were typed."""


class PartResult(DataModel):
    """The result of one part of a composite indicator."""

    value: Figure | None = Field(None, description="the value itself")
    inputs: dict[Key, Number | dict[str, Number]] | None = Field(
        None, description="the formula's figures: one number, or one a month (ต.ค. 65: 120)"
    )
    done: list[Whole] | None = Field(
        None,
        description="the milestones done; beside a value or inputs where levels ask for both",
    )

    checked: list[Key] | None = Field(
        None, description="the items of the checklist that are done; [] where none is"
    )

    @property
    def typed(self) -> Decimal | None:
        """The value as it stands in a file; None where it was worked out."""
        return self.value if isinstance(self.value, Decimal) else None

    @model_validator(mode="after")
    def _one(self) -> PartResult:
        _one_way(self)
        return self


class _Assessed(PartResult):
    """What one assessor says of a result."""

    parts: dict[Key, PartResult] | None = Field(None, description="by part of the criteria")
    score: Number | None = Field(
        None, description="the score itself, where no other value is found to be right"
    )
    state: Literal["agreed", "disagreed", "returned"] | None = Field(
        None,
        description="agreed: the score of the one before; disagreed: another, with a reason; "
        "returned: sent back, with a reason, and not scored yet",
    )
    reason: Annotated[Text | None, _REPORT] = None
    conclusion: Annotated[Text | None, _REPORT] = Field(None, description="ข้อสรุป")
    strengths: Annotated[Text | None, _REPORT] = Field(None, description="จุดเด่น")
    improve: Annotated[Text | None, _REPORT] = Field(None, description="สิ่งที่ควรปรับปรุง")

    @property
    def given(self) -> dict[str, Any]:
        """The result that the assessor finds, by the way it is given in; not the score."""
        return {kind: getattr(self, kind) for kind in _given(self)}

    @model_validator(mode="after")
    def _one(self) -> _Assessed:
        given = [*self.given, *(["score"] if self.score is not None else [])]
        if len(given) > 1 and set(given) not in TOGETHER:
            ways = (*(kind for kind in KINDS if hasattr(self, kind)), "score")
            raise refusal(message("result-in-one-way", ways=ways, number=str(len(given))))
        if self.state in ("agreed", "returned") and given:
            raise refusal(message("state-beside-result", state=self.state, way=given[0]))
        if self.state == "disagreed" and not given:
            raise refusal(message("disagreed-without-result"))
        if self.state in ("disagreed", "returned") and not self.reason:
            raise refusal(message("state-without-reason", state=self.state))
        return self


class AssessedResult(_Assessed):
    """What one assessor says of a result: the score or a result of its own, or whether it agrees.

    Of the first, who reported the result, only remarks.
    """

    day: Date = Field(description="the day of the assessment")


class EarlierState(_Assessed):
    """What was reported, or said of it, before something else took its place."""

    by: Key = Field(description="whose it was")
    day: Date | None = Field(None, description="the day of the assessment")
    replaced: Date = Field(description="the day on which something else took its place")
    text: Annotated[Text | None, _REPORT] = None
    evidence: list[Evidence] = []


class Adjusted(DataModel):
    """What was taken off a score, or added to it, in a round."""

    points: Positive = Field(description="how many points")
    reason: Annotated[Line, printed("report", "personal")] = Field(
        description="why, as the report prints it"
    )

    @model_validator(mode="after")
    def _reasoned(self) -> Adjusted:
        if not self.reason.strip():
            raise refusal(message("adjusted-without-reason"))
        return self


def _unread(name: str) -> Any:
    """A file's name stays one: who reads the file has put its rows in place of it."""
    return name


class Result(PartResult):
    """One indicator's result, given in one way; milestones may stand beside a value.

    Words and evidence may stand alone where the figure is counted from surveys.
    """

    parts: dict[Key, PartResult] | None = Field(None, description="by part of the criteria")
    survey: Key | None = Field(
        None, description="the survey whose counted answers give it, where the unit has several"
    )
    adjustments: dict[Key, Adjusted] = Field(
        {}, description="points taken off or added, by the adjustments that the criteria name"
    )
    rows: Annotated[
        list[ResultRow] | None, Field(max_length=MOST_ROWS), Shorthand(_unread, {"type": "string"})
    ] = Field(
        None,
        description="by row: the name of a CSV file beside this one, or the rows themselves",
    )
    text: Annotated[Text | None, printed("report", "personal")] = Field(
        None, description="ผลการดำเนินงาน: the words to print"
    )
    evidence: list[Evidence] = Field([], description="หลักฐานอ้างอิง: words, or files")
    assessed: dict[Key, AssessedResult] = Field(
        {}, description="what the agency's assessors say of it, by the assessor's id"
    )
    earlier: list[EarlierState] = Field(
        [], description="what was reported or said of it before, the oldest first"
    )
    appeal: Appeal | None = Field(None, description="an appeal against the score")

    @property
    def only_words(self) -> bool:
        """Whether words or evidence stand there and no result: it is counted, or missing."""
        return not _given(self)


def _given(result: PartResult) -> list[str]:
    return [kind for kind in KINDS if getattr(result, kind, None) is not None]


def _one_way(result: PartResult) -> None:
    given = _given(result)
    has_words = isinstance(result, Result) and (
        result.text is not None or result.evidence or result.assessed or result.adjustments
    )
    if has_words and not given:
        return
    if len(given) != 1 and set(given) not in TOGETHER:
        raise refusal(message("result-in-one-way", ways=KINDS, number=str(len(given))))


class PartyComments(DataModel):
    """What both parties say at the end of the report, above their signatures."""

    assessor: Annotated[Text | None, _REPORT] = None
    assessee: Annotated[Text | None, _REPORT] = None


class Results(DataModel):
    """All results of one unit in one round."""

    fiscal_year: Year
    example: Flag = Field(False, description="invented: every page of the report says so")
    results: dict[Key, Result] = {}
    competencies: dict[Key, Level] = Field(
        {}, description="บุคคล: ระดับสมรรถนะที่ประเมินได้, by the competency's id"
    )
    comments: PartyComments | None = Field(
        None, description="what both parties say above their signatures on the report"
    )
    signed: Date | None = Field(None, description="the day on which both signed the report")

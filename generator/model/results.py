"""What was achieved: ``results/<round>/<unit>.yaml``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Figure, Flag, Key, Level, Number, Text, Whole, Year, printed, refusal

KINDS = ("value", "inputs", "checked", "done", "parts", "survey")
BESIDE_MILESTONES = ("value", "inputs", "checked")
"""Where levels ask for both, one of these stands beside ``done``."""


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


class Result(PartResult):
    """One indicator's result, given in one way; milestones may stand beside a value.

    Words and evidence may stand alone where the figure is counted from surveys.
    """

    parts: dict[Key, PartResult] | None = Field(None, description="by part of the criteria")
    survey: Key | None = Field(
        None, description="the survey whose counted answers give it, where the unit has several"
    )
    text: Annotated[Text | None, printed("report", "personal")] = Field(
        None, description="ผลการดำเนินงาน: the words to print"
    )
    evidence: Annotated[list[Text], printed("report")] = Field([], description="หลักฐานอ้างอิง")

    @property
    def only_words(self) -> bool:
        """Whether words or evidence stand there and no result: it is counted, or missing."""
        return not _given(self)


def _given(result: PartResult) -> list[str]:
    return [kind for kind in KINDS if getattr(result, kind, None) is not None]


def _one_way(result: PartResult) -> None:
    given = _given(result)
    has_words = isinstance(result, Result) and (result.text is not None or result.evidence)
    if has_words and not given:
        return
    if len(given) != 1 and set(given) not in [{one, "done"} for one in BESIDE_MILESTONES]:
        raise refusal(message("result-in-one-way", ways=KINDS, number=str(len(given))))


class Results(DataModel):
    """All results of one unit in one round."""

    fiscal_year: Year
    example: Flag = Field(False, description="invented: every page of the report says so")
    results: dict[Key, Result] = {}
    competencies: dict[Key, Level] = Field(
        {}, description="บุคคล: ระดับสมรรถนะที่ประเมินได้, by the competency's id"
    )

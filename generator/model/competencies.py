"""How the competencies of a person become points of the weight tree."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Level, Line, Number, Positive, Whole, printed, refusal

CompetencyReading = Literal["gap", "level", "ratio", "reached"]


class CompetencyHeads(DataModel):
    """What ปผ.3 says of the points, once a round is assessed."""

    points: Annotated[Line, printed("personal")] = Field(
        description="the head of the column of points: คะแนน"
    )
    gap: Annotated[Line | None, printed("personal")] = Field(
        None, description="the head of the column of assessed − expected; none: no such column"
    )
    total: Annotated[Line, printed("personal")] = Field(
        description="the words of the row with their sum: รวม"
    )


class CompetencyRule(DataModel):
    """What a competency earns, and what all of them are divided by.

    ก = Σ ÷ ``out_of`` × full marks, where Σ adds up what each competency earns (by weight where
    they have weights).
    """

    read: CompetencyReading = Field(
        description="gap: the points of ``gaps`` at assessed − expected; level: the assessed level "
        "itself; ratio: assessed ÷ expected, at most 1; reached: 1 where the expected level is "
        "reached, else 0"
    )
    lowest: Level = Field(0, description="the lowest level that can be assessed or expected")
    highest: Level = Field(description="the highest one")
    gaps: dict[Whole, Number] = Field(
        {},
        description="points by gap (assessed − expected): {0: 5, -1: 4, -2: 3}; a larger gap earns "
        "what the largest one earns",
    )
    below: Number | None = Field(
        None, description="points of every gap below those of ``gaps``; none: there may be no such"
    )
    out_of: Positive | None = Field(
        None,
        description="what the sum is divided by, as the form says it (Σ ÷ 70); checked against "
        "what each person's competencies can earn. None: that",
    )
    heads: CompetencyHeads

    @model_validator(mode="after")
    def _whole(self) -> CompetencyRule:
        if self.lowest >= self.highest:
            raise refusal(message("competency-levels-reversed"))
        if (self.read == "gap") != bool(self.gaps):
            raise refusal(message("gaps-with-other-reading"))
        if self.below is not None and not self.gaps:
            raise refusal(message("gaps-with-other-reading"))
        return self

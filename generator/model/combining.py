"""How several scores become one: a rule, and groups of parts with a rule of their own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import DataModel, Key, Line, Number, Positive, printed

Combine = Literal["min", "max", "mean", "weighted", "sum"]

COMBINE = (
    "how the parts' scores become one: min, max (the best one counts; what isn't reported is left "
    "out), mean, weighted (by their weights), sum (added up, with a cap)"
)
MOST = "the most that a sum can come to: its full mark"


class PartGroup(DataModel):
    """Parts that become one score among themselves first: three activities, or one committee."""

    id: Key
    name: Annotated[Line, printed("indicators", "report")]
    combine: Combine = Field(description=COMBINE)
    most: Positive | None = Field(None, description=MOST)
    weight: Number | None = Field(None, description="its weight beside other groups and parts")


class Adjustment(DataModel):
    """What may be taken off a score, or added to it; a result says how much and why."""

    id: Key
    kind: Literal["deduct", "add"] = Field(description="deduct: หักคะแนน; add: เพิ่มคะแนน")
    name: Annotated[Line, printed("indicators", "report", "personal")] = Field(
        description="for what, as the sheet and the report print it"
    )
    most: Positive = Field(description="no more points than these, in a round")

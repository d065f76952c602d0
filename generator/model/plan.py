"""An action plan: who does what in which months. ``plans/<id>.yaml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import thai
from .fields import DataModel, Line, Name, Text, Whole, printed, unprinted

_MONTH = unprinted("one of the months, drawn as a bar")


class MonthGroup(DataModel):
    """A heading over several months."""

    name: Annotated[Line, printed("indicators")]
    months: Whole = Field(ge=1)


class Activity(DataModel):
    """A row of the plan. Without ``to`` it is done within one month."""

    name: Annotated[Text, printed("indicators")]
    lead: Annotated[list[Line], printed("indicators")] = Field(
        [], description="who is responsible, by code"
    )
    support: Annotated[list[Line], printed("indicators")] = Field([], description="who supports")
    start: Annotated[Name | None, _MONTH] = Field(
        None, alias="from", description="the first month; nothing where the source doesn't say"
    )
    end: Annotated[Name | None, _MONTH] = Field(
        None, alias="to", description="the last month, where not the first"
    )


class Plan(DataModel):
    """Activities by months, drawn as bars."""

    title: Annotated[Line, printed("indicators")]
    number: Annotated[Line, printed("indicators")] = Field(description="the head over the numbers")
    activity: Annotated[Line, printed("indicators")] = Field(description="the head over activities")
    groups: list[MonthGroup] = []
    months: Annotated[list[Line], printed("indicators")] = Field(min_length=1)
    activities: list[Activity] = Field(min_length=1)

    def place(self, month: str) -> int | None:
        """Which of the months one is, or None."""
        names = [thai.folded(name) for name in self.months]
        return names.index(month) if month in names else None

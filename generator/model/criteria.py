"""Criteria: what earns which level, and how the value they read is made.

Three families read a value: a ``ladder`` of conditions, ``points`` between which the score is
interpolated, and a ``band`` that is best in the middle, with points down both sides. A
``composite`` combines parts that have criteria of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .checklist import CountedChecklist
from .combining import COMBINE, MOST, Adjustment, Combine, PartGroup
from .fields import (
    DataModel,
    Flag,
    Key,
    Line,
    Number,
    Positive,
    PrintedIn,
    Text,
    Whole,
    number,
    printed,
    refusal,
    text_as,
    unprinted,
)

Decimals = Annotated[Whole, Field(ge=0, le=10)] | Literal["none"]
"""To how many decimals a value is rounded half-up; ``none``: it is read as it is."""

Below = Number | Literal["linear"]
"""What a value below the first level scores; ``linear``: in proportion, down to nought."""

SHEETS = ("agreement", "indicators", "report", "chart", "personal")
"""The documents that print criteria."""

NOT_EARNED = "-"
"""A level printed so can't be earned (source 004, ภาคผนวก 3)."""

OPEN = "..."
"""A level printed so is still to be agreed; it keeps a unit a draft."""


class Condition(DataModel):
    """What must hold; exactly one of the keys is given."""

    at_least: Number | None = Field(None, description="ตั้งแต่ … ขึ้นไป")
    more_than: Number | None = Field(None, description="มากกว่า …")
    at_most: Number | None = Field(None, description="ไม่เกิน …")
    less_than: Number | None = Field(None, description="ต่ำกว่า …")
    between: list[Number] | None = Field(None, description="[from, to], both included")
    equals: Number | None = Field(None, description="exactly this value")
    done: Whole | None = Field(None, description="the milestone with this number is done")
    all: list[Condition] | None = Field(None, min_length=1, description="every one of these holds")
    any: list[Condition] | None = Field(None, min_length=1, description="one of these holds")

    @model_validator(mode="after")
    def _one(self) -> Condition:
        given = [name for name in CONDITIONS if getattr(self, name) is not None]
        if len(given) > 1:
            raise refusal(message("one-condition", number=str(len(given)), given=tuple(given)))
        if self.between is not None and (
            len(self.between) != 2 or self.between[0] > self.between[1]
        ):
            raise refusal(message("between-takes-two"))
        return self


CONDITIONS = (
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "between",
    "equals",
    "done",
    "all",
    "any",
)


class LevelMark(Condition):
    """One level: the words printed, and the condition (ladder) or value (points) behind them."""

    text: Annotated[Text, PrintedIn(SHEETS)] = Field(
        description="the words in the level's cell; '-' can't be earned, '...' is still open"
    )
    table: Annotated[Text | None, printed("agreement", "report", "chart", "personal")] = Field(
        None, description="the words in the tables, where they differ from the sheet's"
    )
    value: Number | None = Field(
        None,
        description="the value at which this level's points are earned, where the words aren't it",
    )

    @property
    def earned_at(self) -> Decimal | None:
        """The value at which this level's points are earned: stated, or the words themselves."""
        return number(self.text) if self.value is None else self.value

    @property
    def conditional(self) -> bool:
        """Whether a condition stands behind the level's words."""
        return any(getattr(self, name) is not None for name in CONDITIONS)

    @property
    def state(self) -> Literal["defined", "not earned", "open"]:
        """Whether the level can be earned, can't, or is still to be agreed."""
        if self.text == NOT_EARNED:
            return "not earned"
        return "open" if not self.text.strip(".… ") or self.text.endswith("...") else "defined"


Level = Annotated[LevelMark, text_as("text")]


class Possible(DataModel):
    """Which figures there can be at all, where the measure doesn't say it."""

    at_least: Number | None = Field(None, description="no figure is smaller; none: no limit")
    at_most: Number | None = Field(None, description="no figure is larger; none: no limit")

    @model_validator(mode="after")
    def _order(self) -> Possible:
        if self.at_least is None and self.at_most is None:
            raise refusal(message("possible-says-nothing"))
        if None not in (self.at_least, self.at_most) and self.at_least > self.at_most:  # type: ignore[operator]
            raise refusal(message("possible-least-above-most"))
        return self


POSSIBLE = (
    "which figures are possible, at_least and at_most; without it a percentage and points lie "
    "from 0 to 100 (to twice the largest figure of levels that ask for more), and nothing is "
    "below 0"
)


class FormulaInput(DataModel):
    """A named figure that a formula reads."""

    name: Annotated[Line, printed("indicators", "report")] = Field(
        description="the words in the formula"
    )
    measure: Annotated[Line | None, printed("indicators", "report")] = Field(
        None, description="หน่วยวัด of this figure"
    )
    definition: Annotated[Text | None, printed("indicators")] = Field(
        None, description="what is counted, where the agency's sheets define the figures"
    )
    constant: Number | None = Field(
        None, description="the figure, where it is fixed by the indicator"
    )
    monthly: Flag = Field(False, description="reported month by month, then added up")
    possible: Possible | None = Field(None, description=POSSIBLE)


class LookupRow(Condition):
    """A row of a score table: the condition, what it gives, and the words printed."""

    gives: Number
    text: Annotated[Line, printed("indicators")]


class Lookup(DataModel):
    """A score table that turns one figure into points."""

    of: str = Field(description="the expression whose value is looked up")
    heading: Annotated[Line | None, printed("indicators")] = Field(
        None, description="what the sheet calls it; where there is none, the name of its figure"
    )
    rows: list[LookupRow] = Field(min_length=1)


class Value(DataModel):
    """How the value that criteria read is made from what is reported."""

    formula: str | None = Field(
        None,
        description="arithmetic on the inputs: registered / target * 100; also abs(a), and "
        "min, max and mean of several: min(a, b)",
    )
    negative: Flag = Field(
        False, description="true: a percentage that may fall below nought, as a change does"
    )
    shown: Flag = Field(True, description="false: the sheet doesn't print the formula")
    survey: Literal["satisfaction", "dissatisfaction"] | None = Field(
        None, description="the percentage of the unit's counted surveys that it is"
    )
    checklist: CountedChecklist | None = Field(
        None, description="items to tick off, where the value is how many of them are done"
    )
    inputs: dict[Key, FormulaInput] = {}
    lookups: dict[Key, Lookup] = {}
    points: Annotated[Line | None, printed("indicators")] = Field(
        None, description="the heading over the points of the score tables"
    )
    note: Annotated[Text | None, printed("indicators")] = Field(
        None, description="what follows the score tables"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Value:
        others = [self.formula, self.survey, self.inputs or None, self.lookups or None]
        if self.checklist is not None and any(other is not None for other in others):
            raise refusal(message("checklist-beside-formula"))
        return self

    def heading_of(self, key: str) -> str:
        """What a score table is called: its heading, else the figure it is of, else its key."""
        table = self.lookups[key]
        figure = self.inputs.get(table.of.strip())
        return table.heading or (figure.name if figure is not None else key)


class _Reading(DataModel):
    scale: Key | None = Field(
        None, description="a scale of agency.yaml, where not the agency's own"
    )
    read: Literal["ladder", "points", "band"] | None = Field(
        None,
        description="ladder: the highest level whose condition holds; points: interpolated; "
        "band: best between two figures, interpolated on both sides of them",
    )
    decimals: Decimals | None = Field(
        None, description="the value is rounded half-up to so many decimals before it is read"
    )
    below: Below | None = Field(
        None,
        description="the score of a value below the first level; linear: it goes on falling as "
        "between the first two levels, down to nought",
    )
    levels: dict[Key, Level] = Field(
        {}, description="the words and condition of each level of the scale"
    )
    value: Value | None = Field(
        None, description="how the value is made, where it is not reported as such"
    )


class CriteriaPart(_Reading):
    """One of several things an indicator is judged by."""

    id: Key
    name: Annotated[Line, printed("indicators", "report", "chart")]
    short: Annotated[Line | None, printed("agreement", "report", "chart")] = Field(
        None, description="the words before the level's in the tables"
    )
    measure: Annotated[
        Line | None, unprinted("the unit of its value in the workbook for results")
    ] = Field(None, description="หน่วยวัด of its value, where not the indicator's")
    weight: Number | None = None
    group: Key | None = Field(None, description="the group (groups) that it is combined in first")
    possible: Possible | None = Field(None, description=POSSIBLE)


class LevelCounts(DataModel):
    """What the levels' percentages of a target come to, as a row of its own on the chart."""

    of: Number = Field(description="the target that the levels are percentages of")
    measure: Annotated[Line, printed("chart")] = Field(description="what is counted, such as กิจการ")
    rounding: Literal["floor", "half-up"] = Field(
        description="how a count becomes whole; sources differ even between their own tables"
    )


class Criteria(_Reading):
    """เกณฑ์การประเมิน of one round: levels, or parts with levels of their own."""

    parts: list[CriteriaPart] = []
    count: LevelCounts | None = Field(None, description="the levels also counted, for the chart")
    combine: Combine | None = Field(None, description=COMBINE)
    most: Positive | None = Field(None, description=MOST)
    groups: list[PartGroup] = Field(
        [], description="parts that are combined among themselves first, each by a rule of its own"
    )
    adjustments: list[Adjustment] = Field(
        [],
        description="หักคะแนน เพิ่มคะแนน: what may be taken off the score or added to it, and how "
        "much at most; the score stays within the scale",
    )

    def of_part(self, part: CriteriaPart) -> CriteriaPart:
        """A part, with what the criteria around it say where it says nothing itself."""
        inherited = {
            name: getattr(self, name)
            for name in ("scale", "read", "decimals", "below")
            if getattr(part, name) is None
        }
        return part.model_copy(update=inherited)

    @model_validator(mode="after")
    def _levels_or_parts(self) -> Criteria:
        if self.parts and self.levels:
            raise refusal(message("levels-and-parts"))
        if len({part.id for part in self.parts}) != len(self.parts):
            raise refusal(message("part-twice"))
        groups = [group.id for group in self.groups]
        if len(set(groups)) != len(groups) or set(groups) & {part.id for part in self.parts}:
            raise refusal(message("group-twice"))
        if len({one.id for one in self.adjustments}) != len(self.adjustments):
            raise refusal(message("adjustment-twice"))
        return self

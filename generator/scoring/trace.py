"""How a score came about: steps in order, as plain data.

Each step holds what an officer needs to work it out again with a pocket calculator.
``explain`` puts them into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from ..exact import Exact
from ..model import Combine, Condition, Definitions
from .combining_steps import PartLeftOut, PointsAdjusted
from .competency_steps import CompetenciesSummed, CompetencyJudged
from .row_steps import RatioOfSums, RowsRolledUp, RowsSummed


@dataclass(frozen=True, slots=True)
class Policy:
    """A default that decided: its name, its setting, and where that is stated."""

    name: Literal[
        "decimals",
        "points_decimals",
        "below",
        "combine",
        "exempt_weight",
        "rounds",
        "span",
        "assessment",
    ]
    setting: str
    stated: Literal["criteria", "scale", "agency", "round"]


@dataclass(frozen=True, slots=True)
class ValueReported:
    """The value was reported as such."""

    kind: ClassVar[str] = "reported"
    value: Exact


@dataclass(frozen=True, slots=True)
class Milestones:
    """Which milestones are done, of those the criteria ask for."""

    kind: ClassVar[str] = "milestones"
    done: tuple[int, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure that a formula reads; ``months``: what it adds up; ``fixed``: by the indicator."""

    kind: ClassVar[str] = "figure"
    key: str
    name: str
    measure: str
    value: Exact
    months: tuple[tuple[str, Exact], ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class TickedItem:
    """An item of a checklist, what it counts for, and whether it is done."""

    id: str
    text: str
    weight: Exact | None
    done: bool


@dataclass(frozen=True, slots=True)
class ChecklistCounted:
    """The value is made of the items of a checklist that are done.

    ``shares`` are what these count for, ``whole`` is what all items do.
    """

    kind: ClassVar[str] = "checklist"
    items: tuple[TickedItem, ...]
    counts: Literal["items", "weights", "percent"]
    shares: tuple[Exact, ...]
    whole: Exact
    value: Exact


@dataclass(frozen=True, slots=True)
class ResultBorrowed:
    """The result is another unit's: the units from the borrower to who reported it."""

    kind: ClassVar[str] = "borrowed"
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeanOfColumn:
    """The value is the mean over a column of a table."""

    kind: ClassVar[str] = "mean"
    column: str
    count: int
    total: Exact
    value: Exact


@dataclass(frozen=True, slots=True)
class CountedFromSurveys:
    """The result is what the answers to surveys came to, by the definitions they state.

    ``full`` are the full marks of the scales that were read, ``issues`` those of written issues.
    """

    kind: ClassVar[str] = "survey"
    surveys: tuple[str, ...]
    titles: tuple[str, ...]
    n: int
    satisfaction: Exact | None
    dissatisfaction: Exact | None
    definitions: Definitions
    full: tuple[int, ...] = (5,)
    issues: tuple[int, ...] = (5,)


@dataclass(frozen=True, slots=True)
class FormulaCalculated:
    """A formula, its numbers put in, and what it comes to. ``of``: the score table it is for."""

    kind: ClassVar[str] = "formula"
    formula: str
    written: str
    value: Exact
    of: str = ""


@dataclass(frozen=True, slots=True)
class ValueRounded:
    """The value before and after rounding half-up; ``decimals`` None: it is read as it is."""

    kind: ClassVar[str] = "rounding"
    before: Exact
    after: Exact
    decimals: int | None
    policy: Policy


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A row of a score table holds, and what it gives."""

    kind: ClassVar[str] = "lookup"
    key: str
    heading: str
    value: Exact
    text: str
    condition: Condition
    gives: Exact


@dataclass(frozen=True, slots=True)
class LevelTried:
    """A level that was looked at; ``holds`` None: it is open, and what it will ask is more."""

    level: str
    name: str
    condition: Condition | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class LevelHeld:
    """The highest level whose condition holds, with those looked at before it (highest first)."""

    kind: ClassVar[str] = "level"
    level: str
    name: str
    points: Exact
    condition: Condition
    tried: tuple[LevelTried, ...]


@dataclass(frozen=True, slots=True)
class LevelValue:
    """A level of points: the value that earns its points exactly."""

    level: str
    name: str
    value: Exact
    points: Exact


@dataclass(frozen=True, slots=True)
class BelowFirstLevel:
    """No level is reached: what that earns, and by which policy.

    ``first`` is the lowest level of a ladder, ``mark`` that of points.
    """

    kind: ClassVar[str] = "below"
    points: Exact
    policy: Policy
    first: LevelTried | None = None
    mark: LevelValue | None = None


@dataclass(frozen=True, slots=True)
class AtLevelValue:
    """The value is exactly a level's; ``capped``: it lies beyond the last one."""

    kind: ClassVar[str] = "mark"
    value: Exact
    mark: LevelValue
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Interpolated:
    """The value lies between two levels: ``points + (value − from) × rise ÷ run``."""

    kind: ClassVar[str] = "interpolation"
    value: Exact
    low: LevelValue
    high: LevelValue
    points: Exact


@dataclass(frozen=True, slots=True)
class Extrapolated:
    """The value is below the first level, on the line of the first two: as ``Interpolated``.

    ``points`` are not below nought.
    """

    kind: ClassVar[str] = "extrapolation"
    value: Exact
    low: LevelValue
    high: LevelValue
    points: Exact
    policy: Policy


@dataclass(frozen=True, slots=True)
class PartScored:
    """One part's score and the steps to it."""

    kind: ClassVar[str] = "part"
    part: str
    name: str
    weight: Exact | None
    points: Exact
    trace: Trace


@dataclass(frozen=True, slots=True)
class PartsCombined:
    """How the parts' scores became one, of a ``group`` or all; ``most``: the cap of a sum."""

    kind: ClassVar[str] = "combination"
    rule: Combine
    scores: tuple[Exact, ...]
    weights: tuple[Exact, ...]
    points: Exact
    policy: Policy
    group: str = ""
    most: Exact | None = None


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """An assessor gave the score itself."""

    kind: ClassVar[str] = "given"
    points: Exact


@dataclass(frozen=True, slots=True)
class AssessorScored:
    """One assessor's score and the steps to it; ``difference``: to that of the one before.

    ``agreed``: it is that of the one before, and has no steps of its own.
    """

    kind: ClassVar[str] = "assessor"
    assessor: str
    name: str
    points: Exact
    difference: Exact | None
    agreed: bool
    trace: Trace


@dataclass(frozen=True, slots=True)
class AssessorsCombined:
    """How the assessors' scores became the one that counts; ``one``: that of one of them.

    ``least`` is what each has to reach, ``bound`` percent of the full mark. ``value`` is what the
    criteria read of the result that counts.
    """

    kind: ClassVar[str] = "assessors"
    rule: str
    names: tuple[str, ...]
    scores: tuple[Exact, ...]
    weights: tuple[Exact, ...]
    full: Exact
    bound: Exact | None
    least: Exact | None
    points: Exact
    value: Exact | None
    policy: Policy


@dataclass(frozen=True, slots=True)
class AppealDecided:
    """What an appeal changed: the score before and after, by whom, on which day."""

    kind: ClassVar[str] = "appeal"
    was: Exact
    now: Exact
    by: str
    day: str


Step = (
    CompetencyJudged
    | CompetenciesSummed
    | ValueReported
    | Milestones
    | ReportedFigure
    | ResultBorrowed
    | MeanOfColumn
    | ChecklistCounted
    | CountedFromSurveys
    | FormulaCalculated
    | ValueRounded
    | LookedUp
    | LevelHeld
    | BelowFirstLevel
    | AtLevelValue
    | Interpolated
    | Extrapolated
    | PartScored
    | PartsCombined
    | ScoreGiven
    | AssessorScored
    | AssessorsCombined
    | AppealDecided
    | PartLeftOut
    | PointsAdjusted
    | RowsSummed
    | RowsRolledUp
    | RatioOfSums
)


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps in the order they are taken."""

    steps: tuple[Step, ...] = ()

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies that decided something, each once."""
        return tuple(dict.fromkeys(self._policies()))

    def _policies(self) -> Iterator[Policy]:
        for step in self.steps:
            if isinstance(
                step,
                ValueRounded | BelowFirstLevel | Extrapolated | PartsCombined | AssessorsCombined,
            ):
                yield step.policy
            elif isinstance(step, PartScored | AssessorScored):
                yield from step.trace.policies


def judged(trace: Trace) -> Exact | None:
    """The value that the criteria were applied to; None for milestones and composites."""
    value: Exact | None = None
    for step in trace.steps:
        if isinstance(step, ValueRounded):
            value = step.before if step.before == step.after else step.after
        elif isinstance(
            step,
            ValueReported | MeanOfColumn | ChecklistCounted | FormulaCalculated | AssessorsCombined,
        ):
            value = step.value
    return value

"""Ladders: the score is the highest level whose condition holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..exact import Exact, bare
from ..messages import Message, message
from ..model import Condition, LevelMark, ScaleLevel
from .conditions import (
    EMPTY,
    WHOLE,
    Region,
    direction,
    holds,
    milestones,
    neighbours,
    reads_value,
    region,
    rising,
    words,
)
from .refusal import Refused, ResultSpot
from .trace import BelowFirstLevel, LevelHeld, LevelTried, Policy, Step


@dataclass(frozen=True, slots=True)
class LadderLevel:
    """A level of the scale, and what the criteria say of it."""

    level: ScaleLevel
    mark: LevelMark

    @property
    def state(self) -> Literal["defined", "not earned", "open"]:
        """A level without a condition is as open as one that is printed so."""
        if self.mark.state == "defined" and not self.mark.conditional:
            return "open"
        return self.mark.state

    @property
    def condition(self) -> Condition | None:
        """What must hold, where that is agreed."""
        return self.mark if self.state == "defined" else None

    def tried(self, outcome: bool | None) -> LevelTried:
        """What looking at the level came to."""
        return LevelTried(self.level.id, self.level.name, self.condition, outcome)


@dataclass(frozen=True, slots=True)
class CriteriaOutcome:
    """What criteria make of a result: points, the level reached, and the last steps."""

    points: Exact
    level: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BelowPolicy:
    """What a value below the first level scores, and where that is stated.

    ``points`` None: it goes on along the line of the first two levels, down to nought.
    """

    points: Exact | None
    policy: Policy


def asked(rungs: Sequence[LadderLevel]) -> tuple[int, ...]:
    """The milestones that a ladder's levels ask for, in order."""
    found = {m: None for rung in rungs if rung.condition for m in milestones(rung.condition)}
    return tuple(sorted(found))


def reads_values(rungs: Sequence[LadderLevel]) -> bool:
    """Whether some level of a ladder looks at a value."""
    return any(rung.condition is not None and reads_value(rung.condition) for rung in rungs)


def climb(
    rungs: Sequence[LadderLevel],
    value: Exact | None,
    done: Collection[int] | None,
    floor: BelowPolicy,
    spot: ResultSpot,
) -> CriteriaOutcome | Refused:
    """Read a value and the milestones done (None: not reported) by a ladder, lowest rung first."""
    if done is not None and (refused := _out_of_order(rungs, done, spot)):
        return refused
    tried: list[LevelTried] = []
    unsettled: list[LadderLevel] = []
    winner: LadderLevel | None = None
    for rung in reversed(rungs):
        if rung.state == "not earned":
            continue
        if rung.condition is None:
            unsettled.append(rung)
            tried.append(rung.tried(None))
            continue
        found = holds(rung.condition, value, done)
        tried.append(rung.tried(found))
        if found:
            winner = rung
            break
        if found is None:
            unsettled.append(rung)
    unreported = [rung for rung in unsettled if rung.condition is not None]
    if unreported:
        return _unreported(unreported[0], value, spot)
    if unsettled and (winner is None or not _starts_at(winner, value, rungs)):
        return still_open(list(reversed(unsettled)), value, spot)
    if refused := _gap(rungs, value, done, spot):
        return refused
    if winner is not None:
        step = LevelHeld(
            winner.level.id,
            winner.level.name,
            winner.level.points,
            winner.mark,
            tuple(tried),
        )
        return CriteriaOutcome(winner.level.points, winner.level.id, (step,))
    if floor.points is None:
        return spot.refuse(message("linear-below-a-ladder"))
    return CriteriaOutcome(
        floor.points,
        None,
        (BelowFirstLevel(floor.points, floor.policy, tried[-1] if tried else None),),
    )


def _starts_at(rung: LadderLevel, value: Exact | None, rungs: Sequence[LadderLevel]) -> bool:
    """Whether a value only just meets a level: whatever is higher must ask more."""
    way = direction(_regions(rungs))
    start = rung.mark.at_least if way > 0 else rung.mark.at_most
    return value is not None and way != 0 and value in (start, rung.mark.equals)


def _regions(rungs: Sequence[LadderLevel]) -> list[Region]:
    return [region(rung.condition, None) for rung in rungs if rung.condition is not None]


def _out_of_order(
    rungs: Sequence[LadderLevel], done: Collection[int], spot: ResultSpot
) -> Refused | None:
    known = asked(rungs)
    strange = sorted(set(done) - set(known))
    if strange and not any(rung.state == "open" for rung in rungs):
        return spot.refuse(message("no-such-milestone", milestone=strange[0], asked=known), "done")
    order: dict[int, int] = {}
    for rank, rung in enumerate(rungs):
        for milestone in milestones(rung.condition, choices=False) if rung.condition else ():
            order.setdefault(milestone, rank)
    for later in sorted(done, reverse=True):
        for earlier in sorted(order):
            if earlier not in done and order[earlier] < order.get(later, -1):
                return spot.refuse(
                    message("milestone-out-of-order", later=later, earlier=earlier), "done"
                )
    return None


def _unreported(rung: LadderLevel, value: Exact | None, spot: ResultSpot) -> Refused:
    if value is None:
        return spot.refuse(message("level-reads-unreported-value", level=_named(rung)), "done")
    return spot.refuse(message("level-asks-unsaid-milestone", level=_named(rung)), "value")


def still_open(rungs: Sequence[LadderLevel], value: Exact | None, spot: ResultSpot) -> Refused:
    """The fault of a result that needs levels which are not agreed on."""
    ids = tuple(rung.level.id for rung in rungs)
    said = (
        message("result-needs-open-levels", count=len(ids), levels=ids)
        if value is None
        else message("value-needs-open-levels", count=len(ids), levels=ids, value=bare(value))
    )
    return spot.refuse(said, *_where(value), hint=message("agree-on-levels"))


def _gap(
    rungs: Sequence[LadderLevel],
    value: Exact | None,
    done: Collection[int] | None,
    spot: ResultSpot,
) -> Refused | None:
    """The fault of a value that lies between levels, or beyond the last of them."""
    if value is None:
        return None
    places = list(_places(rungs, done))
    beside = neighbours(value, [found for _, found in places])
    if beside is None:
        return None
    under, over = ((None if i is None else places[i][0]) for i in beside)
    more_is_better = rising(_regions(rungs))
    if under is not None and over is not None:
        first, second = (under, over) if more_is_better else (over, under)
        return spot.refuse(
            message(
                "value-between-levels",
                value=bare(value),
                first=_named(first),
                second=_named(second),
            ),
            *_where(value),
        )
    last = under if more_is_better else over
    if last is not None:
        return spot.refuse(
            message("value-beyond-levels", value=bare(value), level=_named(last)), *_where(value)
        )
    return None


def _places(
    rungs: Sequence[LadderLevel], done: Collection[int] | None
) -> Iterator[tuple[LadderLevel, Region]]:
    """Where on the number line each level holds, for those that look at a value."""
    for rung in rungs:
        if rung.condition is not None:
            found = region(rung.condition, done if done is not None else ())
            if found not in (EMPTY, WHOLE):
                yield rung, found


def _named(rung: LadderLevel) -> Message:
    return message("level-with-condition", level=rung.level.id, condition=words(rung.condition))


def _where(value: Exact | None) -> tuple[str, ...]:
    return ("done",) if value is None else ("value",)

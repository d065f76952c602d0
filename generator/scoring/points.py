"""Points and bands: the score is interpolated inside each interval between two levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..exact import Exact, bare
from ..messages import message
from ..model import LevelMark
from .ladder import BelowPolicy, CriteriaOutcome, LadderLevel, still_open
from .refusal import Refused, ResultSpot
from .trace import AtLevelValue, BelowFirstLevel, Extrapolated, Interpolated, LevelHeld, LevelValue


@dataclass(frozen=True, slots=True)
class _Place:
    """A level's value, or why it has none: it is open, or can't be earned."""

    rung: LadderLevel
    mark: LevelValue | None
    open: bool


Earned = Callable[[LadderLevel], Decimal | None]
"""The value at which a level's points are earned; None where that is open."""


def _value(rung: LadderLevel) -> Decimal | None:
    return rung.mark.earned_at


def interpolate(
    rungs: Sequence[LadderLevel],
    value: Exact,
    floor: BelowPolicy,
    spot: ResultSpot,
    earned: Earned = _value,
) -> CriteriaOutcome | Refused:
    """Read a value by the values that ``earned`` gives of the levels, lowest level first.

    Where two levels ask for the same value, it earns the higher one.
    """
    places = [_place(rung, earned) for rung in rungs]
    marks = [place.mark for place in places if place.mark is not None]
    if same := [mark for mark in marks if mark.value == value]:
        mark = same[-1]  # a value that two levels ask for earns the higher one
        return CriteriaOutcome(mark.points, mark.level, (AtLevelValue(value, mark),))
    holes = [place for place in places if place.mark is None and place.open]
    if len(marks) < 2:
        return _unreadable(value, holes[0] if holes else None, spot)
    up = marks[0].value < marks[-1].value
    steps = [(a.value, b.value) for a, b in pairwise(marks) if a.value != b.value]
    if not steps or any((a < b) != up for a, b in steps):
        return spot.refuse(message("values-neither-rise-nor-fall"), "value")
    passed = [
        index
        for index, place in enumerate(places)
        if place.mark is not None and (place.mark.value < value) == up
    ]
    if not passed:
        return _below(places, value, floor, spot)
    at = passed[-1]
    low = places[at].mark
    assert low is not None
    above = next((i for i in range(at + 1, len(places)) if places[i].mark is not None), None)
    between = places[at + 1 : above]
    if above is None:
        if any(place.open for place in between):
            return _needed(value, next(place for place in between if place.open), spot)
        return CriteriaOutcome(low.points, low.level, (AtLevelValue(value, low, capped=True),))
    if between:
        return _needed(value, between[0], spot)
    high = places[above].mark
    assert high is not None
    points = on_the_line(value, low, high)
    return CriteriaOutcome(points, low.level, (Interpolated(value, low, high, points),))


def across(
    rungs: Sequence[LadderLevel], value: Exact, floor: BelowPolicy, spot: ResultSpot
) -> CriteriaOutcome | Refused:
    """Read a value by bands, each level's inside that of the level below it.

    Inside the best band the best level is reached. On either side of it the ends of that side are
    the values at which points are earned.
    """
    banded = [rung for rung in rungs if rung.mark.state == "defined" and rung.mark.between]
    best = banded[-1] if banded else None
    if best is None or best.mark.between is None:
        return interpolate(rungs, value, floor, spot, lambda rung: None)
    if not nested([rung.mark for rung in banded]):
        return spot.refuse(message("bands-not-nested"), "value")
    low, high = best.mark.between
    if value < low:
        return interpolate(rungs, value, floor, spot, _low_end)
    if value > high:
        return interpolate(rungs, value, floor, spot, _high_end)
    better = rungs[rungs.index(best) + 1 :]
    if any(rung.mark.state != "not earned" for rung in better):
        return still_open([r for r in better if r.mark.state != "not earned"], value, spot)
    level = best.level
    step = LevelHeld(level.id, level.name, level.points, best.mark, ())
    return CriteriaOutcome(level.points, level.id, (step,))


def nested(marks: Sequence[LevelMark]) -> bool:
    """Whether each level's band lies inside that of the level below it, at both ends."""
    ends = [mark.between for mark in marks if mark.between is not None]
    return all(wide[0] < narrow[0] and narrow[1] < wide[1] for wide, narrow in pairwise(ends))


def _low_end(rung: LadderLevel) -> Decimal | None:
    return rung.mark.between[0] if rung.mark.between else None


def _high_end(rung: LadderLevel) -> Decimal | None:
    return rung.mark.between[1] if rung.mark.between else None


def on_the_line(value: Exact, low: LevelValue, high: LevelValue) -> Fraction:
    """The points of a value on the line through two levels."""
    start, first = Fraction(low.value), Fraction(low.points)
    rise, run = Fraction(high.points) - first, Fraction(high.value) - start
    return first + (Fraction(value) - start) * rise / run


def _place(rung: LadderLevel, earned: Earned) -> _Place:
    if rung.mark.state == "not earned":
        return _Place(rung, None, open=False)
    at = earned(rung)
    if rung.mark.state == "open" or at is None:
        return _Place(rung, None, open=True)
    level = rung.level
    return _Place(rung, LevelValue(level.id, level.name, at, level.points), open=False)


def _below(
    places: Sequence[_Place], value: Exact, floor: BelowPolicy, spot: ResultSpot
) -> CriteriaOutcome | Refused:
    first = next(index for index, place in enumerate(places) if place.mark is not None)
    for place in places[:first]:
        if place.open:
            return _needed(value, place, spot)
    mark = places[first].mark
    assert mark is not None
    if floor.points is not None:
        step = BelowFirstLevel(floor.points, floor.policy, mark=mark)
        return CriteriaOutcome(floor.points, None, (step,))
    second = places[first + 1]
    while second.mark is not None and second.mark.value == mark.value:
        first, mark = first + 1, second.mark
        second = places[first + 1]
    if second.mark is None:
        return _needed(value, second, spot)
    points = max(Fraction(0), on_the_line(value, mark, second.mark))
    line = Extrapolated(value, mark, second.mark, points, floor.policy)
    return CriteriaOutcome(points, None, (line,))


def _needed(value: Exact, place: _Place, spot: ResultSpot) -> Refused:
    if place.open:
        return still_open([place.rung], value, spot)
    return spot.refuse(
        message("level-not-earned-between", value=bare(value), level=place.rung.level.id), "value"
    )


def _unreadable(value: Exact, hole: _Place | None, spot: ResultSpot) -> Refused:
    if hole is not None:
        return _needed(value, hole, spot)
    return spot.refuse(message("points-need-two-values", value=bare(value)), "value")

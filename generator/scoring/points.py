"""Points: the score is interpolated inside each interval between two levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..exact import Exact, bare
from ..messages import message
from .ladder import BelowPolicy, CriteriaOutcome, LadderLevel, still_open
from .refusal import Refused, ResultSpot
from .trace import AtLevelValue, BelowFirstLevel, Interpolated, LevelValue


@dataclass(frozen=True, slots=True)
class _Place:
    """A level's value, or why it has none: it is open, or can't be earned."""

    rung: LadderLevel
    mark: LevelValue | None
    open: bool


def interpolate(
    rungs: Sequence[LadderLevel], value: Exact, floor: BelowPolicy, spot: ResultSpot
) -> CriteriaOutcome | Refused:
    """Read a value by the levels' values, lowest level first."""
    places = [_place(rung) for rung in rungs]
    marks = [place.mark for place in places if place.mark is not None]
    for mark in marks:
        if mark.value == value:
            return CriteriaOutcome(mark.points, mark.level, (AtLevelValue(value, mark),))
    holes = [place for place in places if place.mark is None and place.open]
    if len(marks) < 2:
        return _unreadable(value, holes[0] if holes else None, spot)
    up = marks[0].value < marks[-1].value
    if any((a.value < b.value) != up or a.value == b.value for a, b in pairwise(marks)):
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
    start, first = Fraction(low.value), Fraction(low.points)
    rise, run = Fraction(high.points) - first, Fraction(high.value) - start
    points = first + (Fraction(value) - start) * rise / run
    return CriteriaOutcome(points, low.level, (Interpolated(value, low, high, points),))


def _place(rung: LadderLevel) -> _Place:
    if rung.mark.state == "not earned":
        return _Place(rung, None, open=False)
    if rung.mark.state == "open" or rung.mark.earned_at is None:
        return _Place(rung, None, open=True)
    level = rung.level
    return _Place(
        rung, LevelValue(level.id, level.name, rung.mark.earned_at, level.points), open=False
    )


def _below(
    places: Sequence[_Place], value: Exact, floor: BelowPolicy, spot: ResultSpot
) -> CriteriaOutcome | Refused:
    first = next(index for index, place in enumerate(places) if place.mark is not None)
    for place in places[:first]:
        if place.open:
            return _needed(value, place, spot)
    mark = places[first].mark
    assert mark is not None
    return CriteriaOutcome(
        floor.points, None, (BelowFirstLevel(floor.points, floor.policy, mark=mark),)
    )


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

"""Conditions: whether one holds, and which stretch of the number line it covers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from ..exact import Exact, bare
from ..messages import Message, message
from ..model import Condition


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Part of the number line; None: it goes on for ever. ``open``: the end isn't included."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def below(self, value: Exact) -> bool:
        """Whether all of it lies below ``value``."""
        return self.high is not None and (
            self.high < value or (self.high == value and self.high_open)
        )

    def above(self, value: Exact) -> bool:
        """Whether all of it lies above ``value``."""
        return self.low is not None and (self.low > value or (self.low == value and self.low_open))


Region = tuple[NumberRange, ...]
WHOLE: Region = (NumberRange(),)
EMPTY: Region = ()


def holds(condition: Condition, value: Exact | None, done: Collection[int] | None) -> bool | None:
    """Whether a condition holds; None where what it reads was not reported."""
    if condition.all is not None:
        found = [holds(part, value, done) for part in condition.all]
        return False if False in found else None if None in found else True
    if condition.any is not None:
        found = [holds(part, value, done) for part in condition.any]
        return True if True in found else None if None in found else False
    if condition.done is not None:
        return None if done is None else condition.done in done
    stretches = _numeric(condition)
    if value is None:
        return None if stretches else False
    return any(not s.below(value) and not s.above(value) for s in stretches)


def region(condition: Condition, done: Collection[int] | None) -> Region:
    """Where a condition holds; ``done`` None: as if every milestone were done."""
    if condition.all is not None:
        found = WHOLE
        for part in condition.all:
            found = _common(found, region(part, done))
        return found
    if condition.any is not None:
        return tuple(stretch for part in condition.any for stretch in region(part, done))
    if condition.done is not None:
        return WHOLE if done is None or condition.done in done else EMPTY
    return _numeric(condition)


def reads_value(condition: Condition) -> bool:
    """Whether a condition looks at a value (and not at milestones alone)."""
    parts = [*(condition.all or ()), *(condition.any or ())]
    return bool(_numeric(condition)) or any(reads_value(part) for part in parts)


def milestones(condition: Condition, *, choices: bool = True) -> Iterator[int]:
    """The milestones a condition looks at; without ``choices``, those that all must be done."""
    if condition.done is not None:
        yield condition.done
    for part in [*(condition.all or ()), *((condition.any or ()) if choices else ())]:
        yield from milestones(part, choices=choices)


def direction(regions: Sequence[Region]) -> int:
    """Whether the levels' stretches, in order, move up the number line (1) or down (-1).

    0 where fewer than two of them say so.
    """
    steps = 0
    for before, after in pairwise(r for r in regions if r not in (EMPTY, WHOLE)):
        steps += _compare(_low(after), _low(before)) + _compare(_high(after), _high(before))
    return _compare(steps, 0)


def rising(regions: Sequence[Region]) -> bool:
    """Whether more is better; one level alone is taken to begin at its only end."""
    placed = [r for r in regions if r not in (EMPTY, WHOLE)]
    found = direction(placed)
    if found or not placed:
        return found >= 0
    return not (_low(placed[0]) == -_FAR and _high(placed[0]) != _FAR)


def neighbours(value: Exact, regions: Sequence[Region]) -> tuple[int | None, int | None] | None:
    """Which regions lie next to a value, below and above; None when it lies in one of them."""
    under: list[tuple[Decimal, bool, int]] = []
    over: list[tuple[Decimal, bool, int]] = []
    for index, stretches in enumerate(regions):
        for stretch in stretches:
            if stretch.high is not None and stretch.below(value):
                under.append((-stretch.high, stretch.high_open, index))
            elif stretch.low is not None and stretch.above(value):
                over.append((stretch.low, stretch.low_open, index))
            else:
                return None
    return (min(under)[2] if under else None, min(over)[2] if over else None)


def words(condition: Condition | None) -> Message:
    """A condition in words: ``at least 80``, ``81 to 85``, ``milestone 3``."""
    if condition is None:
        return message("condition-open")
    if condition.all is not None:
        return both(map(_bracketed, condition.all))
    if condition.any is not None:
        return either(map(_bracketed, condition.any))
    if condition.done is not None:
        return message("condition-milestone", milestone=condition.done)
    if condition.between is not None:
        low, high = condition.between
        return message("condition-between", low=bare(low), high=bare(high))
    if condition.equals is not None:
        return message("condition-equals", limit=bare(condition.equals))
    if condition.at_least is not None:
        return message("condition-at-least", limit=bare(condition.at_least))
    if condition.more_than is not None:
        return message("condition-more-than", limit=bare(condition.more_than))
    if condition.at_most is not None:
        return message("condition-at-most", limit=bare(condition.at_most))
    if condition.less_than is not None:
        return message("condition-less-than", limit=bare(condition.less_than))
    return message("condition-none")


def both(said: Iterable[Message]) -> Message:
    """Sentences of which each holds: ``x and y``."""
    return reduce(lambda one, other: message("said-and", one=one, other=other), said)


def either(said: Iterable[Message]) -> Message:
    """Sentences of which one holds: ``x or y``."""
    return reduce(lambda one, other: message("or", one=one, other=other), said)


def _bracketed(part: Condition) -> Message:
    """A part of a condition; in brackets where it has parts itself."""
    said = words(part)
    return message("in-brackets", said=said) if len(part.all or part.any or ()) > 1 else said


_FAR = Decimal("Infinity")


def _low(region: Region) -> Decimal:
    return min(-_FAR if s.low is None else s.low for s in region)


def _high(region: Region) -> Decimal:
    return max(_FAR if s.high is None else s.high for s in region)


def _compare(left: Decimal | int, right: Decimal | int) -> int:
    return (left > right) - (left < right)


def _numeric(condition: Condition) -> Region:
    if condition.at_least is not None:
        return (NumberRange(low=condition.at_least),)
    if condition.more_than is not None:
        return (NumberRange(low=condition.more_than, low_open=True),)
    if condition.at_most is not None:
        return (NumberRange(high=condition.at_most),)
    if condition.less_than is not None:
        return (NumberRange(high=condition.less_than, high_open=True),)
    if condition.between is not None:
        return (NumberRange(condition.between[0], condition.between[1]),)
    if condition.equals is not None:
        return (NumberRange(condition.equals, condition.equals),)
    return EMPTY


def _common(one: Region, other: Region) -> Region:
    return tuple(met for a in one for b in other if (met := _meet(a, b)) is not None)


def _meet(a: NumberRange, b: NumberRange) -> NumberRange | None:
    low, low_open = a.low, a.low_open
    if b.low is not None and (low is None or b.low > low):
        low, low_open = b.low, b.low_open
    elif b.low == low:
        low_open = low_open or b.low_open
    high, high_open = a.high, a.high_open
    if b.high is not None and (high is None or b.high < high):
        high, high_open = b.high, b.high_open
    elif b.high == high:
        high_open = high_open or b.high_open
    met = NumberRange(low, high, low_open, high_open)
    if low is not None and high is not None and (low > high or met.below(low) or met.above(high)):
        return None
    return met


def ends(stretches: Region) -> tuple[Decimal, ...]:
    """Where stretches begin and end, in order, each once."""
    found = {end for s in stretches for end in (s.low, s.high) if end is not None}
    return tuple(sorted(found))

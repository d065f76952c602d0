"""Bars as cells of a table: both formats draw them, and neither needs a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...exact import Exact

STEPS = 50
"""How many cells a full bar has."""


DARKEST = 5
"""The tone of a bar of one part, and of the last of a bar of several."""

MARKS = 5
"""A scale has at most so many marks."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar: over so many cells, from the palest (1) to the darkest; 0 is not filled."""

    span: int
    tone: int


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """A mark of a scale, at the right of so many cells."""

    text: str
    span: int


def scale_marks(most: Exact | int, last: str, shown: Callable[[int], str]) -> tuple[ScaleMark, ...]:
    """The marks of a scale from nought on, one a whole number; the ``last`` says what is full.

    Of more than five numbers each second one has a mark, so that the last has room for its words;
    of many, five have one. Where the numbers don't fall on cells, the last stands alone.
    """
    step = 1 if most <= MARKS else 2
    if most > step * MARKS and most % MARKS == 0:
        step = int(most) // MARKS
    if not 1 < most <= step * MARKS or most % step or STEPS * step % int(most):
        return (ScaleMark(last, STEPS),)
    each = STEPS * step // int(most)
    marks = (ScaleMark(shown(number), each) for number in range(step, int(most), step))
    return (*marks, ScaleMark(last, each))


_TOPS = tuple(Fraction(n, 2) for n in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20))
"""What a scale of five marks may end with, times a power of ten."""


def figure_scale(most: Exact, shown: Callable[[Fraction], str]) -> tuple[Fraction, list[ScaleMark]]:
    """A scale from nought on for figures up to ``most``: where it ends, and five marks.

    Where nothing is above nought it ends there, and has no marks.
    """
    largest = Fraction(most)
    if largest <= 0:
        return Fraction(0), [ScaleMark("", STEPS)]
    power = Fraction(1)
    while power * 10 < largest:
        power *= 10
    while power >= largest:
        power /= 10
    top = next(power * n for n in _TOPS if power * n >= largest)
    each = STEPS // MARKS
    return top, [ScaleMark(shown(top * n / MARKS), each) for n in range(1, MARKS + 1)]


def bars(value: Exact | int, most: Exact | int) -> tuple[BarPart, ...]:
    """A bar as long as the value is of the most."""
    share = Fraction(value) / Fraction(most) if most > 0 else Fraction(0)
    share = min(max(share, Fraction(0)), Fraction(1))
    filled = int(share * STEPS + Fraction(1, 2))
    return tuple(
        BarPart(span, tone) for span, tone in ((filled, DARKEST), (STEPS - filled, 0)) if span
    )


def spread(counts: Sequence[int]) -> tuple[BarPart, ...]:
    """A full bar of how often each of some levels was the answer, the first the palest.

    Each part ends where the answers up to it end, half-up, so that none is off by more than half a
    cell; nothing is filled where there are no answers.
    """
    whole = sum(counts)
    if not whole:
        return (BarPart(STEPS, 0),)
    ends = [(2 * STEPS * sum(counts[: n + 1]) + whole) // (2 * whole) for n in range(len(counts))]
    last = max(len(counts) - 1, 1)
    return tuple(
        BarPart(end - begin, 1 + (2 * n * (DARKEST - 1) + last) // (2 * last))
        for n, (begin, end) in enumerate(zip([0, *ends], ends, strict=False))
        if end > begin
    )

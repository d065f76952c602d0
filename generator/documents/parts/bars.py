"""Bars as cells of a table: both formats draw them, and neither needs a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from ...exact import Exact

STEPS = 50
"""How many cells a full bar has."""


MARKS = 10
"""A scale has at most so many marks."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar: over so many cells, filled or not."""

    span: int
    filled: bool


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """A mark of a scale, at the right of so many cells."""

    text: str
    span: int


def scale_marks(most: Exact | int, last: str, shown: Callable[[int], str]) -> tuple[ScaleMark, ...]:
    """The marks of a scale from nought on, one a whole number; the ``last`` says what is full.

    Where the numbers don't fall on cells, or are many, the last stands alone.
    """
    if not 1 < most <= MARKS or most != int(most) or STEPS % int(most):
        return (ScaleMark(last, STEPS),)
    each = STEPS // int(most)
    marks = (ScaleMark(shown(number), each) for number in range(1, int(most)))
    return (*marks, ScaleMark(last, each))


def bars(value: Exact | int, most: Exact | int) -> tuple[BarPart, ...]:
    """A bar as long as the value is of the most."""
    share = Fraction(value) / Fraction(most) if most > 0 else Fraction(0)
    share = min(max(share, Fraction(0)), Fraction(1))
    filled = int(share * STEPS + Fraction(1, 2))
    return tuple(
        BarPart(span, is_filled)
        for span, is_filled in ((filled, True), (STEPS - filled, False))
        if span
    )

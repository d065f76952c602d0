"""Bars as cells of a table: both formats draw them, and neither needs a picture."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...exact import Exact

STEPS = 50
"""How many cells a full bar has."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar: over so many cells, filled or not."""

    span: int
    filled: bool


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

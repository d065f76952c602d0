"""Bars as cells of a table: both formats draw them, and neither needs a picture."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

STEPS = 50
"""How many cells a full bar has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar: over so many cells, filled or not."""

    span: int
    filled: bool


def bars(value: Decimal, most: Decimal) -> tuple[Bar, ...]:
    """A bar as long as the value is of the most."""
    share = max(Decimal(0), min(value / most, Decimal(1))) if most > 0 else Decimal(0)
    filled = int(share * STEPS + Decimal("0.5"))
    return tuple(
        Bar(span, is_filled)
        for span, is_filled in ((filled, True), (STEPS - filled, False))
        if span
    )

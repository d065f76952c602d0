"""Target levels as the manual works them out."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from .. import thai
from ..errors import UsageError
from ..messages import message
from ..scoring import targets

_MOST_DIGITS = 20


def around(baseline: str | Decimal, step: str | Decimal, measure: str = "") -> str:
    """Five levels a step apart with the baseline in the middle, as an indicator's file has them.

    ``measure`` is the word before each figure. Raises UsageError.
    """
    return targets.as_yaml(targets.around(number(baseline), number(step)), measure)


def six_months(
    year: Literal["quantity", "steps"],
    half: Literal["quantity", "steps"],
    target: str | Decimal | None = None,
) -> str:
    """The first six months' target, by what the criteria of the year and of the half are.

    ``target`` is the year's basic target, where it is a quantity. Raises UsageError.
    """
    return targets.six_months(year, half, None if target in (None, "") else number(target))


def number(written: str | Decimal) -> Decimal:
    """A number as officers write it: 1,200,000 or ๕๓.๑๙. Raises UsageError."""
    try:
        found = Decimal(thai.folded(str(written)).replace(",", ""))
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        raise UsageError(message("no-number", written=str(written)))
    return found

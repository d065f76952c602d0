"""Target setting as the manual does it: around a baseline, and for the first six months.

Source 004: the levels of BCG (53.19 ± 5, ± 10; line 1075) and the three cases of the
six-month target (lines 118–124).
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from .. import thai
from ..errors import UsageError
from ..exact import shown
from ..messages import message

Kind = Literal["quantity", "steps"]
"""What a round's criteria are: figures, or steps of work."""

DIGITS = 200
"""More than any figure has: nothing is rounded."""

PLAN = "จัดทำแผนการดำเนินการตามตัวชี้วัด (ต.ค. – ก.ย.) และกำหนดเป้าหมาย 6 เดือนว่าจะดำเนินการถึงขั้นตอนใด"


def around(baseline: Decimal, step: Decimal, levels: int = 5) -> tuple[Decimal, ...]:
    """The levels' values: the baseline in the middle, a step between them; exact.

    A negative step is for results that are better when lower. Raises UsageError for an even
    number of levels, which has no middle, and for a step of nothing.
    """
    if levels < 1 or levels % 2 == 0:
        raise UsageError(message("levels-not-odd"))
    if step == 0:
        raise UsageError(message("step-is-nought"))
    middle = levels // 2
    with localcontext(prec=DIGITS):
        return tuple(baseline + step * (index - middle) for index in range(levels))


def six_months(year: Kind, half: Kind, target: Decimal | None = None) -> str:
    """What the first six months' target is, by the case that the two rounds make.

    Figures in both rounds: half of the year's basic target. Steps in the first: a plan is
    needed. Raises UsageError for steps followed by figures, which is no case, and for
    figures without a target.
    """
    if half == "steps":
        return PLAN
    if year == "steps":
        raise UsageError(message("steps-then-figures"))
    if target is None:
        raise UsageError(message("half-of-what"))
    return shown(Fraction(target) / 2, DIGITS)


def as_yaml(values: tuple[Decimal, ...], measure: str = "") -> str:
    """The levels as an indicator's file writes them."""
    prefix = f"{measure} " if measure else ""
    return "\n".join(
        f"{level}: {{text: {prefix}{thai.number(value)}, value: {value}}}"
        for level, value in enumerate(values, start=1)
    )

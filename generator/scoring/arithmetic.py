"""Exact arithmetic, and numbers and formulas as people write them.

Sums and products are exact: the widest that occur have some hundred digits. What
division can't give exactly has 50 significant digits, a subtotal 100, so that a mean of
equal scores is that score.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from .. import formula

LARGEST = Decimal("1E+30")
"""No figure of an agreement comes near it; what is larger is refused."""

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: " + ",
    ast.Sub: " − ",
    ast.Mult: " × ",
    ast.Div: " ÷ ",
}


def add(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, number)
    return total


def subtract(left: Decimal, right: Decimal) -> Decimal:
    """The exact difference."""
    return _EXACT.subtract(left, right)


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """The exact product."""
    return _EXACT.multiply(left, right)


def divide(left: Decimal, right: Decimal, digits: int = formula.PRECISION) -> Decimal:
    """The quotient to so many significant digits; ``right`` isn't nought."""
    return Context(prec=digits, rounding=ROUND_HALF_UP).divide(left, right)


def percent_of(number: Decimal, weight: Decimal) -> Decimal:
    """``number × weight ÷ 100``, exact."""
    return multiply(multiply(number, weight), Decimal("0.01"))


def half_up(number: Decimal, decimals: int) -> Decimal:
    """A number rounded half away from zero, as officials round."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    return rounded if rounded else abs(rounded)


def bare(number: Decimal) -> str:
    """A number without needless noughts: ``80.5``, ``75``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(number: Decimal, decimals: int = 6) -> str:
    """A number with thousands separated; what is longer is cut off, not rounded: ``73.039852…``."""
    whole, _, rest = f"{number:f}".partition(".")
    sign, whole = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    text = f"{sign}{int(whole):,}"
    if len(rest) > decimals and rest[decimals:].strip("0"):
        return f"{text}.{rest[:decimals]}…"
    rest = rest[:decimals]
    return f"{text}.{rest}" if rest else text


def written(expression: str, figures: Mapping[str, Decimal]) -> str:
    """A formula with its numbers put in: ``406,561 ÷ 556,629 × 100``."""
    return _side(formula.parse(expression), expression, figures)


def divisors(expression: str) -> frozenset[str]:
    """The names of the figures that a formula divides by."""
    return frozenset(
        name.id
        for node in ast.walk(formula.parse(expression))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        for name in ast.walk(node.right)
        if isinstance(name, ast.Name)
    )


def _side(node: ast.expr, source: str, figures: Mapping[str, Decimal]) -> str:
    if isinstance(node, ast.Name):
        number = figures[node.id]
        return f"({shown(number)})" if number < 0 else shown(number)
    if isinstance(node, ast.UnaryOp):
        inner = _side(node.operand, source, figures)
        return f"−({inner})" if isinstance(node.operand, ast.BinOp) else f"−{inner}"
    if isinstance(node, ast.BinOp):
        tight = isinstance(node.op, (ast.Mult, ast.Div))
        left = _side(node.left, source, figures)
        right = _side(node.right, source, figures)
        if tight and _loose(node.left):
            left = f"({left})"
        bound = tight or isinstance(node.op, ast.Sub)
        over = isinstance(node.op, ast.Div) and isinstance(node.right, ast.BinOp)
        if over or (bound and _loose(node.right)):
            right = f"({right})"
        return f"{left}{_SIGNS[type(node.op)]}{right}"
    return formula.written(source, node)


def _loose(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))

"""Formulas as people write them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from ..exact import Exact, shown
from . import formula

_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: " + ",
    ast.Sub: " − ",
    ast.Mult: " × ",
    ast.Div: " ÷ ",
}


FUNCTION_WORDS: Mapping[str, str] = {
    "min": "ค่าต่ำสุดของ",
    "max": "ค่าสูงสุดของ",
    "mean": "ค่าเฉลี่ยของ",
}


def called(function: str, figures: Iterable[str]) -> str:
    """A function of figures in words: ``ค่าเฉลี่ยของ (72, 80 และ 90)``; ``abs`` between bars."""
    given = tuple(figures)
    if function == "abs":
        return f"|{given[0]}|"
    return f"{FUNCTION_WORDS[function]} ({', '.join(given[:-1])} และ {given[-1]})"


def written(expression: str, figures: Mapping[str, Exact]) -> str:
    """A formula with its numbers put in: ``406,561 ÷ 556,629 × 100``."""
    return _side(formula.parse(expression), expression, figures)


def divisors(expression: str) -> frozenset[str]:
    """The names of the figures that a formula divides by."""
    return frozenset(
        name
        for node in ast.walk(formula.parse(expression))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        for name in formula.figures_in(node.right)
    )


def _side(node: ast.expr, source: str, figures: Mapping[str, Exact]) -> str:
    if isinstance(node, ast.Name):
        number = figures[node.id]
        return f"({shown(number)})" if number < 0 else shown(number)
    if isinstance(node, ast.Call):
        given = [_side(argument, source, figures) for argument in node.args]
        return called(formula.function_of(node), given)
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

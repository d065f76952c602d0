"""Equations as they are set: words, and fractions of words."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...scoring import formula
from ...scoring.formula_text import called

_SIGNS = {ast.Add: " + ", ast.Sub: " − ", ast.Mult: " × ", ast.Div: " / "}


@dataclass(frozen=True, slots=True)
class EquationTerm:
    """A stretch of an equation: words, or a fraction when there is something ``under``."""

    text: str
    under: str = ""


Equation = tuple[EquationTerm, ...]


def of_line(line: str) -> Equation:
    """The equation a line of text holds (``A = B // C``: B over C), or nothing."""
    if not line[:1].strip() or "\n" in line:
        return ()
    equals = _before_word(line, " = ", 1)
    over = equals + 3
    slashes = _before_word(line, " // ", over + 1) if equals > 0 else -1
    if slashes < 0:
        return ()
    return (EquationTerm(line[:over]), EquationTerm(line[over:slashes], line[slashes + 4 :]))


def _before_word(line: str, sign: str, start: int) -> int:
    """Where a sign stands that a word follows, at ``start`` or later; -1 where none does."""
    place = line.find(sign, start)
    while place >= 0 and not line[place + len(sign) : place + len(sign) + 1].strip():
        place = line.find(sign, place + 1)
    return place


def of_formula(expression: str, words: Mapping[str, str]) -> Equation:
    """The equation of a formula, its names in ``words``. Raises FormulaError."""
    return tuple(_joined(_terms(formula.parse(expression), expression, words)))


def _terms(node: ast.expr, source: str, words: Mapping[str, str]) -> Iterator[EquationTerm]:
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Div):
            over = _line(node.left, source, words)
            under = _line(node.right, source, words)
            yield EquationTerm(over, under)
            return
        tight = isinstance(node.op, ast.Mult)
        yield from _operand(node.left, source, words, tight)
        yield EquationTerm(_SIGNS[type(node.op)])
        yield from _operand(node.right, source, words, tight or isinstance(node.op, ast.Sub))
    else:
        yield EquationTerm(_line(node, source, words))


def _operand(
    node: ast.expr, source: str, words: Mapping[str, str], tight: bool
) -> Iterator[EquationTerm]:
    if tight and isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        yield EquationTerm("(")
        yield from _terms(node, source, words)
        yield EquationTerm(")")
    else:
        yield from _terms(node, source, words)


def _line(node: ast.expr, source: str, words: Mapping[str, str]) -> str:
    """A part of a formula on one line, for what stands over or under a bar."""
    if isinstance(node, ast.Name):
        return words.get(node.id, node.id)
    if isinstance(node, ast.Call):
        given = [_line(argument, source, words) for argument in node.args]
        return called(formula.function_of(node), given)
    if isinstance(node, ast.UnaryOp):
        return "−" + _line(node.operand, source, words)
    if isinstance(node, ast.BinOp):
        tight = isinstance(node.op, (ast.Mult, ast.Div))
        sides = []
        for side in (node.left, node.right):
            text = _line(side, source, words)
            loose = isinstance(side, ast.BinOp) and isinstance(side.op, (ast.Add, ast.Sub))
            sides.append(f"({text})" if tight and loose else text)
        return _SIGNS[type(node.op)].join(sides)
    return formula.written(source, node)


def _joined(terms: Iterator[EquationTerm]) -> Iterator[EquationTerm]:
    """Neighbouring words as one term."""
    words = ""
    for term in terms:
        if term.under:
            if words:
                yield EquationTerm(words)
            yield term
            words = ""
        else:
            words += term.text
    if words:
        yield EquationTerm(words)

"""Arithmetic on named figures: exact, and unable to do anything else.

An expression may add, subtract, multiply, divide, use brackets and a few functions
(``FUNCTIONS``); names are the figures it is given, folded as all names are (``thai.folded``).
simpleeval walks the tree; numbers are Fractions from the first digit on.

Python would take ``จำนวน`` for another name (it normalises them) and many Thai words for none. So
a word that isn't ASCII is parsed as a row of underscores, as many as it has bytes, and put back by
its place.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from simpleeval import InvalidExpression, SimpleEval

from .. import thai
from ..exact import Exact, add
from ..messages import Message, message

MAX_LENGTH = 500
LARGEST = 10**30
"""No figure of an agreement comes near it; what is larger is refused."""

FINEST = 10**100
"""A fraction with a larger divisor comes of no figures that somebody counted; it is refused."""

_WORD = re.compile(
    r"(?<![0-9A-Za-z_])[0-9A-Za-z_]*[^\W\x00-\x7f×÷−][\w\u0e31-\u0e4e\u0300-\u036f]*"
)
"""A name that isn't ASCII; signs over and below letters are none of Python's word characters."""

_NUMBER = re.compile(r"\d{1,20}(\.\d{1,20})?")
_ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.USub,
    ast.Call,
)


def _mean(*figures: Fraction) -> Fraction:
    return add(figures) / len(figures)


FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "mean": _mean,
}
"""What may stand before brackets: ``abs`` with one figure in them, the others with several."""


class FormulaError(ValueError):
    """A formula can't be read, names what isn't there, or divides by zero; ``said`` says which."""

    def __init__(self, said: Message) -> None:
        super().__init__(said)
        self.said = said


@lru_cache(maxsize=512)
def parse(expression: str) -> ast.expr:
    """The tree of an expression. Raises FormulaError."""
    if len(expression) > MAX_LENGTH:
        raise FormulaError(message("formula-too-long", most=MAX_LENGTH))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            source = _source(expression)
            tree = ast.parse(_WORD.sub(_as_underscores, source), mode="eval")
    except (SyntaxError, ValueError, SyntaxWarning, RecursionError, MemoryError) as error:
        raise FormulaError(_mistake(expression)) from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = ast.get_source_segment(source, node) or node.id
        if not isinstance(node, _ALLOWED):
            raise FormulaError(message("formula-knows-only-arithmetic"))
        if isinstance(node, ast.Call):
            _check_call(node)
        if isinstance(node, ast.Constant) and not _NUMBER.fullmatch(written(expression, node)):
            raise FormulaError(message("formula-holds-only-names-and-numbers"))
    return tree.body


_SIGNS = {"×": "*", "x": "*", "X": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "%": "/ 100"}
"""Signs of arithmetic as people write them, and as formulas do."""


def _mistake(expression: str) -> Message:
    """What is wrong with an expression that is no arithmetic, where it is a usual slip."""
    opened, closed = expression.count("("), expression.count(")")
    if opened != closed:
        return message("formula-brackets-uneven", opened=opened, closed=closed)
    found = re.search(r"[×÷:−–%]|(?<=[\s)])[xX](?=[\s(])", expression)
    if found is not None:
        return message("formula-sign-unknown", sign=found[0], meant=_SIGNS[found[0]])
    return message("formula-is-no-arithmetic")


def written(expression: str, node: ast.expr) -> str:
    """How a part of an expression is written."""
    return ast.get_source_segment(_source(expression), node) or ""


def _source(expression: str) -> str:
    """An expression in one line and one spelling."""
    return thai.folded(expression)


def _as_underscores(word: re.Match[str]) -> str:
    return "_" * len(word[0].encode())


def function_of(call: ast.Call) -> str:
    """Which function an expression's part calls."""
    assert isinstance(call.func, ast.Name)
    return call.func.id


def _check_call(call: ast.Call) -> None:
    if not isinstance(call.func, ast.Name) or call.keywords:
        raise FormulaError(message("formula-knows-only-arithmetic"))
    name = call.func.id
    if name not in FUNCTIONS:
        raise FormulaError(message("formula-knows-only-arithmetic"))
    if name == "abs" and len(call.args) != 1:
        raise FormulaError(message("function-takes-one", name=name))
    if name != "abs" and len(call.args) < 2:
        raise FormulaError(message("function-takes-several", name=name))


def names(expression: str) -> frozenset[str]:
    """The figures an expression reads. Raises FormulaError."""
    return frozenset(figures_in(parse(expression)))


def figures_in(node: ast.expr) -> Iterator[str]:
    """The figures that a part of an expression reads; the name of a function is none."""
    called = {id(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}
    for n in ast.walk(node):
        if isinstance(n, ast.Name) and id(n) not in called:
            yield n.id


def value(expression: str, figures: Mapping[str, Exact]) -> Fraction:
    """What an expression comes to, exact. Raises FormulaError."""
    return _value(expression, tuple(figures.items()))


# Tables are worked out for each document that prints them.
@lru_cache(maxsize=1 << 14)
def _value(expression: str, figures: tuple[tuple[str, Exact], ...]) -> Fraction:
    tree = parse(expression)
    try:
        found = _Exact(expression, dict(figures)).eval(expression, tree)
    except ZeroDivisionError as error:
        raise FormulaError(message("formula-divides-by-zero")) from error
    except InvalidExpression as error:
        raise FormulaError(message("formula-fails", reason=str(error))) from error
    assert isinstance(found, Fraction)
    if abs(found) >= LARGEST:
        raise FormulaError(message("formula-too-large"))
    if found.denominator > FINEST:
        raise FormulaError(message("formula-too-fine"))
    return found


class _Exact(SimpleEval):  # type: ignore[misc]
    """simpleeval with Fractions for numbers, and no functions but ours."""

    def __init__(self, expression: str, figures: Mapping[str, Exact]) -> None:
        named = {thai.folded(name): Fraction(figure) for name, figure in figures.items()}
        super().__init__(names=named, functions=dict(FUNCTIONS))
        self.nodes[ast.Constant] = lambda node: Fraction(written(expression, node))

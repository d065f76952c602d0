"""Scores are made of exact numbers alone: no float stands in the package, and none arises."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "generator"
MODULES = sorted([*(ROOT / "scoring").glob("*.py"), ROOT / "exact.py"])
NAMES = {"float", "round", "math"}


def floats(source: str) -> list[int]:
    """The lines on which a float is written, made, or could come from."""
    found = []
    for node in ast.walk(ast.parse(source)):
        is_number = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        is_name = isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load)
        is_called = isinstance(node, ast.Attribute) and node.attr in ("from_float", "__float__")
        if is_number or is_name or is_called:
            found.append(getattr(node, "lineno", 0))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_float_stands_in_it(path: Path) -> None:
    assert not floats(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "source", ["x = 0.5", "x = float(y)", "x = round(y, 2)", "Decimal.from_float(x)"]
)
def test_a_float_is_noticed(source: str) -> None:
    assert floats(source)

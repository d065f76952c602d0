"""Words for people stand in the catalogues: code names sentences, and says none of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import errors, messages
from generator.errors import GenError

PACKAGE = Path(messages.__file__).parents[1]
MODULES = sorted(PACKAGE.rglob("*.py"))

FAULTS = {"Diagnostic"} | {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, GenError)
}
"""What is said to people: their first two arguments are a sentence and its remedy."""


def plain_words(path: Path) -> Iterator[int]:
    """The lines on which a fault is made of words."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
        name = name.id if isinstance(name, ast.Name) else name
        said = [keyword.value for keyword in node.keywords if keyword.arg in ("advice", "hint")]
        if name in FAULTS:
            said += [argument for place, argument in enumerate(node.args) if place != 1]
            said += node.args[1:2] if name != "Diagnostic" else []
        elif name not in ("fault", "warning"):
            continue
        if any(has_words(one) for one in said):
            yield node.lineno


def has_words(node: ast.expr) -> bool:
    """Whether an argument is text with words in it, perhaps one of two."""
    if isinstance(node, ast.IfExp):
        return has_words(node.body) or has_words(node.orelse)
    if isinstance(node, ast.BinOp):
        return has_words(node.left) or has_words(node.right)
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_fault_is_made_of_plain_words(path: Path) -> None:
    assert list(plain_words(path)) == []


def test_plain_words_are_seen(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    lines = [
        'Diagnostic("words", place)',
        'Diagnostic(message("code"), place)',
        'errors.DataError(f"{count} faults")',
        'DataError(message("code"), "do this")',
        'DataError(message("code"), message("other") if x else "")',
        'fault("code", place, hint="words" if x else "")',
        'warning("code", place, hint=message("code"))',
        'FileError("a" + name)',
        "ValueError('for programmers')",
    ]
    source.write_text("\n".join(lines), "utf-8")
    assert list(plain_words(source)) == [1, 3, 4, 6, 8]

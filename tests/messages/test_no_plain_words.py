"""Words for people stand in the catalogues: code names sentences, and says none of its own."""

import ast
import re
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


# Sentences anywhere

ENGLISH = re.compile(r"[A-Za-z']{2,}[ ,]+[A-Za-z']{2,}[ ,]+[A-Za-z']{2,}")
THAI = re.compile("[ก-๛]")
ROOMS_OF_DOCUMENTS = {"documents", "model", "scoring", "survey", "thai.py", "typesetting"}
"""Where Thai words are those of documents, of their traces and of data: these are Thai."""

KEPT = {
    "agreements/yaml_faults.py": "how the library's complaints are known",
    "api/additions.py": "the data of files that a new agency gets, with its comments",
    "api/baselines.py": "units of measure",
    "api/doctor.py": "commands to type",
    "api/editing/new_attached.py": "the data of plans and tables that an indicator gets",
    "api/next_year.py": "digits",
    "batch/report.py": "states by name",
    "cli/needs_board.py": "states by name",
    "cli/scoreboard.py": "heads of the form",
    "errors.py": "what README says of exit codes, which a test compares",
    "importing/agency_book": "the words of the workbook, a form in Thai",
    "importing/pasted.py": "signs of percent before and behind a figure",
    "importing/responses/heads.py": "heads of other programs",
    "importing/word": "the words by which forms in Thai are recognised",
    "importing/workbook": "the words of the workbook, a form in Thai",
    "key_names.py": "between which words a list of choices is read",
    "model": "descriptions (schema/th.po), and why a field isn't printed, for tests",
    "odd_signs.py": "letters",
    "rules/levels.py": "how levels are called in data",
    "rules/misspelt_declarations.py": "kinds of names",
    "rules/sheet_fields.py": "the labels of the sheet",
    "rules/weights.py": "how weights are said in data",
    "scoring": "states by name",
    "survey/sheet_map.py": "what a map's measures are, for programs",
    "templates": "why templates differ, for tests; templates as text, for who makes them",
    "verify": "operators of PDF, letters",
    "visible.py": "names of signs",
    "workspace/environment.py": "the name of a face",
    "writers": "facts for programs, operators of PDF, letters",
}
"""What may hold words of its own, and which."""


def sentences(tree: ast.AST, *, thai: bool) -> Iterator[ast.Constant]:
    """Texts with words in them, but what says to programmers what code is for or did wrong."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))  # a docstring
        if isinstance(node, ast.Assert) and node.msg is not None:
            silent.update(map(id, ast.walk(node.msg)))
        if isinstance(node, ast.Raise) and node.exc is not None and not _is_told(node.exc):
            silent.update(map(id, ast.walk(node.exc)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = ENGLISH.search(node.value) or (thai and THAI.search(node.value))
            if words and id(node) not in silent:
                yield node


def _is_told(raised: ast.expr) -> bool:
    """Whether what is raised is said to people; all else is caught where it is understood."""
    called = raised.func if isinstance(raised, ast.Call) else raised
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in FAULTS


def is_kept(path: str) -> bool:
    return any(path == kept or path.startswith(f"{kept}/") for kept in KEPT)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_sentence_stands_outside_the_catalogues(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    if name.startswith("messages/") or is_kept(name):
        return
    thai = name.split("/")[0] not in ROOMS_OF_DOCUMENTS
    found = sentences(ast.parse(path.read_text("utf-8")), thai=thai)
    assert [f"{one.lineno}: {one.value!r}" for one in found] == []


def test_what_keeps_words_has_some() -> None:
    for kept in KEPT:
        paths = [PACKAGE / kept] if kept.endswith(".py") else sorted((PACKAGE / kept).rglob("*.py"))
        trees = [ast.parse(path.read_text("utf-8")) for path in paths]
        assert any(next(sentences(tree, thai=True), None) for tree in trees), kept


def test_a_sentence_is_seen() -> None:
    lines = [
        '"""What this is for."""',
        'out("nothing was written here")',
        'out("ไม่ได้เขียนไฟล์ใด")',
        'print(f"{count} of the files are bad")',
        'raise ValueError("this is for programmers")',
        'raise DataError("this is for people")',
        'assert x, "this is for programmers"',
        'option("--round", "one-word")',
    ]
    tree = ast.parse("\n".join(lines))
    assert sorted(one.lineno for one in sentences(tree, thai=True)) == [2, 3, 4, 6]
    assert sorted(one.lineno for one in sentences(tree, thai=False)) == [2, 4, 6]

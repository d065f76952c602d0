"""The tests stand where what they test stands, and share through ``support`` alone."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "generator"
OWN = {"support", "data", "whole"}
"""Folders that mirror nothing: helpers, data, and tests of the whole."""

MODULES = sorted(path for path in TESTS.rglob("*.py") if "data" not in path.parts)


def test_each_folder_of_tests_is_a_folder_of_the_package() -> None:
    folders = {path.parent.relative_to(TESTS) for path in MODULES}
    rooms = {folder for folder in folders if folder.parts and folder.parts[0] not in OWN}
    assert {folder.as_posix() for folder in rooms if not (PACKAGE / folder).is_dir()} == set()


def test_helpers_stand_in_support_and_tests_elsewhere() -> None:
    tests = {path for path in MODULES if path.stem.startswith("test_")}
    helpers = set(MODULES) - tests
    assert not [path for path in tests if "support" in path.parts]
    top = {"conftest", "bench", "same_bytes", "pages", "word", "scans", "imports"}
    assert not [path for path in helpers if "support" not in path.parts and path.stem not in top]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(TESTS).as_posix())
def test_no_module_imports_a_test(path: Path) -> None:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    stems = {test.stem for test in MODULES if test.stem.startswith("test_")}
    assert not [name for name in names if stems & set(name.split("."))]

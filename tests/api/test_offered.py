"""``from generator import api``: rooms that are imported when they are named; nothing printed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from generator import api
from support.making import ROOT

ROOMS = Path(api.__file__).parent


@pytest.mark.parametrize("name", api.__all__)
def test_every_room_is_there_and_says_what_it_does(name: str) -> None:
    room = getattr(api, name)
    assert room.__name__ == f"generator.api.{name}"
    assert room.__doc__
    for offered in getattr(room, "__all__", ()):
        assert hasattr(room, offered), f"{name}.{offered}"


def test_a_room_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = getattr(api, "nothing")  # noqa: B009


def test_naming_the_rooms_imports_none_of_them() -> None:
    code = (
        "import sys; from generator import api\n"
        "heavy = {'pydantic', 'yaml', 'jinja2', 'docx', 'weasyprint', 'click'}\n"
        "loaded = [name for name in sys.modules if name.startswith('generator.api.')]\n"
        "print(sorted(heavy & set(sys.modules)), loaded)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] []\n"


@pytest.mark.parametrize("path", sorted(ROOMS.glob("*.py")), ids=lambda path: path.stem)
def test_nothing_is_printed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"print", "input", "sys.exit", "exit"}, f"{path.name}: {called}"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"sys.stdout", "sys.stderr"}, path.name

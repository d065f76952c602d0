"""Commands ask and print; what they decide is decided below."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from support.making import ROOT

MODULES = sorted(Path(cli.__file__).parent.glob("*.py"))
SHOWN = {"scoreboard", "answers_board", "needs_board", "terminal"}
"""How figures and help are laid out for the terminal: these know what they lay out."""

BELOW = {"api", "errors", "key_names", "messages", "workspace", "__version__", "visible"}
"""What the other modules may import of the package, outside of their own room."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_one_module_prints_and_exits(path: Path) -> None:
    if path.stem == "output":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {
                "print",
                "sys.exit",
                "click.echo",
                "click.prompt",
                "click.confirm",
            }
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"sys.stdout", "sys.stderr"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_commands_know_the_api_alone(path: Path) -> None:
    if path.stem in SHOWN:
        return
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level == 2:
            names = [node.module.split(".")[0]] if node.module else [a.name for a in node.names]
            assert set(names) <= BELOW, f"{path.name} imports {names}"


STARTED = """
import sys
sys.argv = ["gen", "--help"]
from generator import __main__
from generator.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr)
"""
SLOW = {
    *("babel", "docx", "docxtpl", "fontTools", "jinja2", "lxml", "openpyxl", "pikepdf"),
    *("pydantic", "pyhanko", "pypdfium2", "rich", "weasyprint", "yaml"),
    *("asyncio", "difflib", "fractions", "multiprocessing", "xml"),
}
ROOMS = {
    *("api", "cli", "diagnostics", "errors", "key_names", "messages", "thai", "visible"),
    "typesetting",  # where a line of Thai may end
    "workspace",
}


def test_the_command_starts_with_little() -> None:
    """What ``gen --help`` imports; ``make bench`` says how long it takes beside Python itself."""
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = done.stderr.split()
    assert not {name.split(".")[0] for name in loaded} & SLOW
    own = {name.split(".")[1] for name in loaded if name.startswith("generator.")}
    assert own <= {*ROOMS, "__main__"}
    assert len(loaded) < 250

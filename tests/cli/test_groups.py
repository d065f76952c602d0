"""Commands ask and print; what they decide is decided below."""

import ast
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from support.making import ROOT

MODULES = sorted(Path(cli.__file__).parent.glob("*.py"))
SHOWN = {"scoreboard", "answers_board"}
"""How figures are laid out for the terminal: these know what they lay out."""

BELOW = {"api", "errors", "messages", "workspace", "__version__", "visible"}
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


def test_the_command_starts_at_once() -> None:
    """Within 0.1 s of Python itself, in seconds of computing: the machine may be busy."""

    def seconds(*words: str) -> float:
        best = 9.0
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best = min(best, used)
        return best

    started = seconds(
        "-c",
        "import sys; sys.argv = ['gen', '--help']\nfrom generator.__main__ import main\nmain()",
    )
    assert started - seconds("-c", "pass") < 0.1

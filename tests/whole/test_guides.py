"""What the guides print is what gen says: the READMEs, and every command of the Thai guide."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from support import terminals

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "th" / "README.md"
BLOCK = re.compile(r"^```\n(\$ gen .*?)^```", re.MULTILINE | re.DOTALL)


def said(folder: Path, command: str, language: str) -> str:
    """All that a command says in a folder."""
    run = subprocess.run(
        [sys.executable, "-m", "generator", *shlex.split(command, comments=True)[1:]],
        cwd=folder,
        env={**os.environ, "GEN_LANG": language, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr + run.stdout


def steps(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, and the lines that each is said to print."""
    found = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(lines[0], lines[1:]) for lines in (part.rstrip().split("\n") for part in found)]


def assert_prints(printed: str, lines: list[str]) -> None:
    """Whether all lines are printed in their order; … stands for others."""
    rest = iter(printed.splitlines())
    for line in lines:
        assert line == "…" or line in rest, f"{line!r} isn't there, or not in its place:\n{printed}"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the worked example's mistake."""
    folder = terminals.workspace(tmp_path_factory.mktemp("worked"))
    text = (folder / "agreements" / "dsdw-2566" / "กอส.yaml").read_text("utf-8")
    assert terminals.MISTAKE[1] in text.split("\n")[20]
    return folder


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.th.md", "th")])
def test_the_sessions_are_printed_so(worked: Path, name: str, language: str) -> None:
    """Of the worked example in Thai too, in both."""
    blocks = BLOCK.findall((ROOT / name).read_text("utf-8"))
    sessions = [
        (worked if ":21:55: " in block else ROOT, *session)
        for block in blocks
        if re.search(":21:55: |--trace|--explain", block)
        for session in steps(block)
    ]
    commands = [command for _, command, _ in sessions]
    assert "gen --lang th agreement กอส.yaml" in commands
    assert len(sessions) >= (4 if language == "en" else 3)
    for folder, command, lines in sessions:
        assert_prints(said(folder, command, language), lines)


@pytest.mark.parametrize("name", terminals.PICTURES)
def test_pictures_of_terminals_show_what_is_printed(worked: Path, name: str) -> None:
    drawn = (GUIDE.parent / name).read_text("utf-8")
    assert terminals.picture(terminals.PICTURES[name], worked) == drawn, "make terminals"
    assert name in GUIDE.read_text("utf-8")


def test_every_command_of_the_thai_guide_runs(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    for block in BLOCK.findall(GUIDE.read_text("utf-8")):
        for command, lines in steps(block):
            printed = said(tmp_path, command, "th")
            assert "ข้อผิดพลาด:" not in printed, f"{command}\n{printed}"
            assert_prints(printed, lines)

"""What the guides print is what gen says: the READMEs, and every command of the Thai guide."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "th" / "README.md"
BLOCK = re.compile(r"^```\n(\$ gen .*?)^```", re.MULTILINE | re.DOTALL)
MISTAKE = ("weight: 20", "weight: 18")


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


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.th.md", "th")])
def test_the_worked_example_is_printed_so(tmp_path: Path, name: str, language: str) -> None:
    shutil.copytree(ROOT / "agreements" / "dsdw-2566", tmp_path / "agreements" / "dsdw-2566")
    file = tmp_path / "agreements" / "dsdw-2566" / "กอส.yaml"
    text = file.read_text("utf-8")
    assert MISTAKE[0] in text.split("\n")[20]
    file.write_text(text.replace(*MISTAKE, 1), "utf-8")
    blocks = BLOCK.findall((ROOT / name).read_text("utf-8"))
    ((command, lines),) = next(steps(block) for block in blocks if ":21:55: " in block)
    assert_prints(said(tmp_path, command, language), lines)


def test_every_command_of_the_thai_guide_runs(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    for block in BLOCK.findall(GUIDE.read_text("utf-8")):
        for command, lines in steps(block):
            printed = said(tmp_path, command, "th")
            assert "ข้อผิดพลาด:" not in printed, f"{command}\n{printed}"
            assert_prints(printed, lines)

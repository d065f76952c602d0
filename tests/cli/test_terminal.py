"""What is printed stands in its columns, in any terminal: Thai, narrow, without colours, of old."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from generator.cli import cli, output, terminal
from generator.messages import LANGUAGES, speaking
from generator.thai import MONTHS, SHORT_MONTHS
from generator.visible import width
from support.command import ROOT
from support.terminals import on_a_terminal

THAI = "กขตัวชี้วัดน้ำหนักร้อยละผู้ใหญ่เเ\u0e33\u0e4d ab/-12"
MARK = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("กอส", 3),
        ("น้ำ", 2),
        ("ที่ดิน", 3),
        ("ผู้ใหญ่", 4),
        ("ตัวชี้วัด", 5),
        ("日本", 4),
        ("Ａ", 2),
        ("\u200b", 0),
        ("e\u0301", 1),
    ],
)
def test_a_width_is_what_a_terminal_gives(text: str, columns: int) -> None:
    assert width(text) == columns
    assert cell_len(text) == columns, "the tables of a batch are measured so"


@pytest.mark.parametrize("text", [*MONTHS, *SHORT_MONTHS])
def test_both_measures_of_a_width_agree(text: str) -> None:
    assert width(text) == cell_len(text)


@given(st.text(st.sampled_from(THAI), max_size=60), st.integers(2, 40))
def test_a_cell_has_its_columns(text: str, columns: int) -> None:
    assert width(terminal.left(text, columns)) == columns
    assert terminal.right(text, columns).endswith(text)


@given(st.text(st.sampled_from(THAI), max_size=80), st.integers(2, 40))
def test_lines_hold_all_and_part_no_letter(text: str, columns: int) -> None:
    assume(not re.search(f"(?:^|\\s){MARK.pattern}", text))  # a mark over nothing
    lines = terminal.wrapped(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= columns for line in lines)
    for before, line in pairwise(lines):
        assert before
        # ำ is one column of its own; a mark is none, and stays with its letter.
        assert unicodedata.category(line[0]) != "Mn" or len(before) == 1


def test_lines_of_thai_end_between_words() -> None:
    lines = terminal.wrapped("ผลน้อยที่สุดของตัวชี้วัดที่ยังไม่มีผลแต่ละตัว เพื่อให้ได้ผลการประเมินนี้", 20)
    assert "ตัวชี้วัด" in " ".join(lines)
    assert len(lines) > 2


@pytest.mark.parametrize("columns", [32, 40, 60, 80, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["--help", "score --help", "survey form --help", "sign --help"])
def test_help_fits_the_terminal(
    columns: int, language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    with speaking(language):
        said = CliRunner().invoke(cli, words.split(), prog_name="gen").output
    for line in said.splitlines():
        word = max(line.split(), key=len, default="")
        assert width(line) <= columns or word.isascii(), line
        assert not MARK.match(line.strip()), line
        assert "..." not in line.replace("[ARGS]...", "").replace("]...", "") or language == "en"


# The command in a terminal


SCORE = ("score", "กอส", "--round", "2")


def test_a_table_fits_a_narrow_terminal_without_colours() -> None:
    plain = on_a_terminal(*SCORE, columns=50, NO_COLOR="1")
    assert "\x1b" not in plain
    rows = [line for line in plain.splitlines() if line.count("  ") >= 3]
    assert len(rows) > 5
    assert {width(line) for line in rows} == {50}


@pytest.mark.parametrize(
    ("variable", "value", "coloured"),
    [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False), ("X", "", True)],
)
def test_colours_are_left_out_where_nobody_wants_them(
    variable: str, value: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)
    assert terminal.is_coloured() == coloured


@pytest.mark.parametrize("page", ["cp874", "cp1252", "cp437"])
def test_a_code_page_crashes_nothing(page: str) -> None:
    said = in_page(page, "score", "--help").decode(page)
    assert ("ตัวชี้วัด" in said) == (page == "cp874")
    assert ("\\u0e15" in said) == (page != "cp874")


def test_json_is_json_in_a_code_page() -> None:
    said = in_page("cp1252", *SCORE, "--json").decode("ascii")
    assert json.loads(said)["unit"] == "กอส"


def in_page(page: str, *words: str) -> bytes:
    environ = {**os.environ, "PYTHONIOENCODING": page, "GEN_LANG": "th"}
    command = [sys.executable, "-m", "generator", *words]
    run = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
    assert run.stderr == b""
    return run.stdout


def test_a_terminal_in_its_code_page_is_spoken_to_in_it() -> None:
    said = on_a_terminal("score", "--help", PYTHONIOENCODING="cp874", GEN_LANG="th")
    assert "ตัวชี้วัด" in said


def test_what_goes_to_a_file_is_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the system's code page is another one, as on Windows."""
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    output.make_ready(stream)
    assert (stream.encoding, stream.errors) == ("utf-8", "backslashreplace")
    output.make_ready(None)

"""The line test for ภาคผนวก 3 of source 004 (lines 708–1592): each of the 14 sheets by itself.

What a sheet of the source says stands in the sheet that gen makes, in DOCX and PDF. Left out
are the people and telephones (they are blank fields here) and the weights, which belong to
each unit's frame. The source leaves the indicator's number open; gen fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from support import making
from support.sources import Passage, corrected_lines, missing, normal, share, story_of

ENOUGH = 99.5

# The first and last line of each sheet, and a unit that has the indicator.
SHEETS = {
    "participation": (708, 754, "กสค"),
    "volunteers": (755, 805, "กอส"),
    "household": (806, 874, "กพพ"),
    "household (field unit)": (877, 1036, "หน่วยงาน"),
    "bcg": (1038, 1084, "กพพ"),
    "alerts": (1085, 1137, "กพพ"),
    "pmqa": (1138, 1175, "กพพ"),
    "capacity": (1178, 1231, "กคส"),
    "reintegration": (1232, 1273, "กคส"),
    "satisfaction": (1274, 1324, "กพพ"),
    "disbursement": (1325, 1366, "กพพ"),
    "ita": (1369, 1432, "กพพ"),
    "energy": (1433, 1528, "กพพ"),
    "waste": (1529, 1592, "กพพ"),
}

PEOPLE = re.compile(r"^(ผู้กำกับดูแลตัวชี้วัด|ผู้จัดเก็บข้อมูล|นาย|นาง)|โทร\s*[:.]")
WEIGHT = re.compile(r"^น้ำหนัก\s*:")
NUMBER = re.compile(r"^ตัวชี้วัดที่\s*[.…]*\s*:")
ITEMS = re.compile(r"\s(?=\d[.)]\s)|(?<=[ก-๙]) : (?=\d[.)]\s)")
LABEL = re.compile(r"^([^:]{3,30}) : ?")


def plain(line: str) -> str:
    """A line without what only the extract has: bullets and the mark-up of formulas."""
    line = re.sub(r"^\s*[●•]\s*", "", line)
    if "$" in line or "\\" in line:
        line = re.sub(r"\\(frac|text|left|right|quad)\b", "", line)
        line = line.replace(r"\times", "×").replace(r"\%", "%")
        line = re.sub(r"[{}$]", "", line)
    return line


def wanted_in(first: int, last: int) -> Iterator[Passage]:
    """What a sheet has to say, piece by piece: items and labels stand by themselves."""
    for number, line in corrected_lines("004", first, last).items():
        if PEOPLE.search(line) or WEIGHT.match(line):
            continue
        for cell in plain(NUMBER.sub("", line)).split("\t"):
            for part in ITEMS.split(cell):
                if text := normal(part):
                    yield Passage(number, text, "\t" in line)


@cache
def sheets(unit: str) -> dict[str, bytes]:
    return making.made("indicators", unit)


@pytest.mark.parametrize("extension", ["docx", "pdf"])
@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_says_what_the_source_prints(name: str, extension: str) -> None:
    first, last, unit = SHEETS[name]
    wanted = list(wanted_in(first, last))
    assert len(wanted) > 10
    lost = missing(wanted, story_of(sheets(unit), extension))
    found = share(wanted, lost)
    assert found >= ENOUGH, "\n".join([f"only {found:.2f} %; missing:", *map(str, lost)])


def test_another_unit_lacks_what_only_one_has() -> None:
    wanted = list(wanted_in(755, 805))
    assert share(wanted, missing(wanted, story_of(sheets("กสค"), "docx"))) < 60

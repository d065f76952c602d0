"""The framework of the agency: the line test for chapters 3 and 6 of source 004, and its figures.

Each table is looked for by itself: whole lines and cells, in the order of the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from generator import rules
from generator.agreements import lookup, reading
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.api import documents, inspection
from generator.diagnostics import Diagnostic
from generator.documents import building
from generator.documents.framework import Framework
from generator.documents.parts.framework_tables import MARK, FrameworkChapter
from generator.errors import DataError, UsageError
from generator.model.responsible import responsible
from generator.model.tree import weight_in
from support import making
from support.sources import (
    Passage,
    corrected_lines,
    missing,
    out_of_place,
    passages,
    share,
    story_of,
)

SUBJECT = "blank dsdw-2566"
AGENCY = making.ROOT / "agreements" / "dsdw-2566"

# The first and last line of each table, with the words around it.
TABLES = {
    "3.1 and 3.2": (98, 133),
    "6.1": (272, 275),
    "6.2": (276, 286),
    "6.3": (288, 315),
    "frame 1": (317, 332),
    "frame 2": (334, 350),
    "frame 3": (352, 370),
    "frame 4": (372, 388),
    "frame 5": (390, 406),
    "frame 6": (408, 426),
    "frame 7": (428, 444),
    "frame 8": (446, 461),
    "frame 9": (463, 481),
    "6.4": (483, 498),
}
JOINED = {108: 107, 464: 463, 478: 477, 481: 480}
"""Lines that go on a sentence, and the line where it begins."""

AGAIN = (132, 309, 310)
"""Heads that are printed again on the next page of the source."""

CONTINUED = {133: 130}
"""A row that goes on after such a head, in the same cells."""

extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])


def wanted_in(first: int, last: int) -> list[Passage]:
    lines = corrected_lines("004", first, last)
    for line, start in JOINED.items():
        if line in lines:
            lines[start] += lines.pop(line)
    for line, start in CONTINUED.items():
        if line in lines:
            pairs = zip(lines[start].split("\t"), lines.pop(line).split("\t"), strict=True)
            lines[start] = "\t".join(f"{above} {below}" for above, below in pairs)
    return passages({number: line for number, line in lines.items() if number not in AGAIN})


@cache
def document() -> dict[str, bytes]:
    return making.made("framework", SUBJECT)


@cache
def origin() -> DocumentInput:
    folder = reading.read_agency(AGENCY)
    units = tuple(reading.read_unit(folder, path) for path in folder.unit_paths)
    return DocumentInput(
        "framework",
        DocumentOptions("agency"),
        valid_agency(folder),
        reading.read_form(folder),
        units,
    )


@cache
def context() -> Framework:
    built = building.build(making.WORLD, origin()).context
    assert isinstance(built, Framework)
    return built


@extensions
@pytest.mark.parametrize("name", TABLES)
def test_the_framework_says_what_the_source_prints(name: str, extension: str) -> None:
    wanted = wanted_in(*TABLES[name])
    story = story_of(document(), extension)
    lost = missing(wanted, story)
    assert not lost, "\n".join([f"{share(wanted, lost):.2f} %; missing:", *map(str, lost)])
    assert out_of_place(wanted, story) is None


def chapters() -> Iterator[tuple[FrameworkChapter, list[tuple[str, ...]]]]:
    """Each chapter with the texts of its rows' cells."""
    for chapter in context().chapters:
        yield (
            chapter,
            [
                tuple("".join(block.text for block in cell.words) for cell in row.cells)
                for row in chapter.grid.rows
                if not row.section
            ],
        )


def test_every_row_of_the_matrix_and_the_frames_has_one_mark() -> None:
    marked = [
        row.count(MARK)
        for chapter, rows in chapters()
        if "กรอบตัวชี้วัด" in chapter.heading
        for row in rows
        if not row[0].startswith("รวม")
    ]
    assert len(marked) == 16 + 73 + 8
    assert set(marked) == {1}


def test_every_division_counts_seventy_and_thirty() -> None:
    agency = origin().folder.agency.model
    assert agency is not None
    divisions = [unit for unit in origin().units if unit.unit.level == "division"]
    assert len(divisions) == 11
    fives = []
    for unit in divisions:
        weights = [
            (use.component, weight_in(use, round_.id))
            for use in unit.unit.indicators
            for round_ in agency.rounds
        ]
        for component, wanted in (("performance", 70), ("potential", 30)):
            total = sum((weight or Decimal(0) for name, weight in weights if name == component))
            assert total == wanted * len(agency.rounds), (unit.id, component)
        fives.append([w for name, w in weights if name == "potential"].count(Decimal(5)) // 2)
    assert sorted(set(fives)) == [0, 6]
    assert fives.count(0) == 2


def test_what_some_units_count_as_performance() -> None:
    as_performance = {
        (unit.id, use.key)
        for unit in origin().units
        if unit.unit.level == "division"
        for use in unit.unit.indicators
        if use.component == "performance" and use.key in ("ita", "pmqa", "alerts")
    }
    assert as_performance == {
        ("ศูนย์ส่งเสริมจริยธรรมฯ", "ita"),
        ("กลุ่มพัฒนาระบบบริหาร", "pmqa"),
        ("กยผ", "alerts"),
        ("กพพ", "alerts"),
    }


def test_the_last_row_of_a_frame_is_its_total() -> None:
    for chapter, rows in chapters():
        if "กรอบตัวชี้วัด" in chapter.heading and rows[-1][0] == "รวม":
            assert sum(Decimal(row[-1]) for row in rows[:-1]) == Decimal(rows[-1][-1]) == 100


def test_who_is_responsible_follows_the_units_and_differences_are_told() -> None:
    agency = origin().folder.agency.model
    assert agency is not None
    row = agency.matrix[0].rows[0]
    divisions = [(unit.id, unit.unit) for unit in origin().units]
    assert responsible(divisions, row, "ทุกกอง") == "กสค."
    everyone = row.model_copy(update={"indicator": "ita", "responsible": None})
    assert responsible(divisions, everyone, "ทุกกอง") == "ทุกกอง"
    # Without กสค nobody has the indicator, and that is a difference.
    units = [unit for unit in origin().units if unit.id != "กสค"]
    told = [f for f in rules.check_together(origin().folder, units, ()) if "printed" in str(f)]
    assert any(f.message.startswith("'กสค.' is printed as responsible") for f in told)


def test_the_units_files_agree_with_the_printed_column() -> None:
    found = rules.check_together(origin().folder, origin().units, ())
    assert not [fault for fault in found if "printed as responsible" in fault.message]


def test_what_the_matrix_and_the_frames_name_must_exist() -> None:
    folder = origin().folder
    agency = folder.agency.model
    assert agency is not None
    block = agency.matrix[0]
    row = block.rows[0].model_copy(update={"indicator": "volunters", "component": "nothing"})
    frame = agency.frames[0].model_copy(update={"units": ["กพพพ"]})
    changed = agency.model_copy(
        update={
            "matrix": [block.model_copy(update={"rows": [row, *block.rows[1:]]})],
            "frames": [frame, *agency.frames[1:]],
        }
    )
    folder = replace(folder, agency=replace(folder.agency, model=changed))
    found: dict[str, Diagnostic] = {
        fault.message: fault for fault in rules.check_together(folder, origin().units, ())
    }
    assert "volunteers" in found["unknown indicator 'volunters'"].hint
    assert found["unknown component 'nothing'"].location.line
    assert "กพพ" in found["unknown unit 'กพพพ'"].hint


def test_it_is_made_again_from_its_source(tmp_path: Path) -> None:
    extract(document()["pdf"], tmp_path)
    found = lookup.find(making.WORLD, str(tmp_path / "source.yaml"))
    again = documents.make(making.WORLD, "framework", found)
    assert {path.suffix[1:]: data for path, data in again.files.items()} == document()
    extract(making.made("agreement", "ตัวอย่าง-ข")["pdf"], tmp_path)
    with pytest.raises(UsageError, match="can't be made of one unit's source"):
        documents.make(making.WORLD, "framework", found)


def extract(pdf: bytes, folder: Path) -> None:
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    files, _ = inspection.extracted(inspection.examine(file), folder)
    for path, data in files.items():
        path.write_bytes(data)


def test_an_agency_without_the_words_has_no_framework() -> None:
    with pytest.raises(DataError) as error:
        documents.make(making.WORLD, "framework", lookup.find(making.WORLD, "cdd-2561"))
    assert "there is no 'framework'" in error.value.diagnostics[0].message

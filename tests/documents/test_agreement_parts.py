"""The parts that some agencies' agreements have: chapters, tables by component, goals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents, scores
from generator.documents import building, inputs
from generator.documents.agreement import Agreement
from generator.documents.parts import cells
from generator.documents.parts.rich import Rich
from generator.errors import DataError
from generator.model import LevelMark
from generator.scoring import IndicatorScore
from generator.verify import ContentPiece
from generator.writers import document
from support.making import ROOT, WORLD, draft

PARTS = ROOT / "tests" / "data" / "agreements" / "parts"
UNIT = PARTS / "กองครบ.yaml"
GOALS = ROOT / "agreements" / "cdd-2561" / "พัฒนาการอำเภอ.yaml"


@cache
def agreement(*, blank: bool = False) -> Agreement:
    found = lookup.Target(PARTS, None if blank else UNIT)
    origin = inputs.find_input("agreement", found, DocumentOptions("form" if blank else "unit"))
    context = building.build(WORLD, origin).context
    assert isinstance(context, Agreement)
    return context


def words(cell: Rich) -> str:
    return "|".join(block.text for block in cell)


def test_parts_without_words_are_left_out() -> None:
    made = agreement()
    assert (made.duties, made.criteria, made.summary, made.clauses) == (None, None, None, ())
    # Sheets it has: there are words for them.
    assert len(made.sheets) == 4


def test_fields_of_the_rounds() -> None:
    assert agreement().title[2] == "รอบเดียว 1 ตุลาคม 2570 ถึง 31 สิงหาคม 2571"


def test_chapters_and_their_sections() -> None:
    plan, ways = agreement().chapters
    assert (plan.heading, words(plan.text)) == ("แผนยุทธศาสตร์ของกอง", "ความนำของแผน")
    (mission,) = plan.sections
    assert [(block.marker, block.depth) for block in mission.text] == [
        ("1.", 0),
        ("-", 1),
        ("2.", 0),
        ("", 1),
    ]
    assert ways.text == ()
    assert [section.heading for section in ways.sections] == ["แนวทางแรก"]


def test_weights_are_those_of_the_highest_components_of_several() -> None:
    table = agreement().weights
    assert table is not None
    # The name's own words for this table, else the name.
    assert [(words(row.name), row.weight) for row in table.rows] == [
        ("1. คะแนนของด้านงาน", "80"),
        ("2. ด้านคน", "20"),
    ]
    assert (table.total, table.total_weight) == ("รวมน้ำหนัก", "100")


def test_a_table_for_each_component_that_holds_indicators() -> None:
    found = agreement().tables
    assert [bool(part.text) for part in found] == [True, False, False, True]
    assert [part.table and part.table.heading for part in found] == [None, "● งานหลัก", "", ""]
    tables = [part.table for part in found if part.table is not None]
    assert [table.total_weight for table in tables] == ["50", "30", "20"]
    assert len({table.widths for table in tables}) == 1
    assert [[words(row.name) for row in table.rows] for table in tables] == [
        ["1. ร้อยละของงานที่เสร็จ", "2.1 ขั้นตอนของงาน"],
        ["1. งานรอง"],
        ["ก. คนที่อบรม"],
    ]


def test_any_number_of_past_years_and_words_where_there_is_none() -> None:
    main = agreement().tables[1].table
    assert main is not None
    assert main.years == ("2568", "2569", "2570")
    assert [[words(past) for past in row.baselines] for row in main.rows] == [
        ["62.45", "70.50", "1,200"],
        ["-", "-", "-"],
    ]


def test_goals_stand_once_and_components_above_their_first() -> None:
    table = agreement().goals
    assert table is not None
    assert [words(row.goal) for row in table.rows] == [
        "งานหลัก|งานหลักเสร็จ",
        "",
        "งานรอง|1. งานรองเสร็จ|2. คนพร้อม",
        "ด้านคน|1. งานรองเสร็จ|2. คนพร้อม",
    ]
    assert table.rows[0].goal[0].spans[0].bold
    # Numbers run through the table.
    assert [words(row.indicator) for row in table.rows] == [
        "ตัวชี้วัดที่ 1 ร้อยละของงานที่เสร็จ",
        "ตัวชี้วัดที่ 2.1 ขั้นตอนของงาน",
        "ตัวชี้วัดที่ 3 งานรอง",
        "ตัวชี้วัดที่ ก คนที่อบรม",
    ]
    assert words(table.rows[0].source) == "รายงานประจำเดือน"


def test_criteria_are_lines_with_the_conditions_below() -> None:
    table = agreement().goals
    assert table is not None
    share, steps, side, _ = (words(row.criteria) for row in table.rows)
    assert share == (
        "ระดับ 1 60|ระดับ 2 70|ระดับ 3 แปดสิบ|ระดับ 4 90|ระดับ 5 100|เงื่อนไข:|1. นับเฉพาะงานในแผน"
    )
    # A list stands below the level's name, other words beside it.
    assert steps == ("ระดับ 1|- เริ่ม|- วางแผน|ระดับ 2 -|ระดับ 3 ทำแล้ว|ระดับ 4 -|ระดับ 5 เสร็จ|และรายงาน")
    assert side.startswith("ระดับ 1 ...|ระดับ 2 ...")


def test_the_blank_form_has_the_forms_empty_rows() -> None:
    made = agreement(blank=True)
    tables = [part.table for part in made.tables if part.table is not None]
    assert [[words(row.name) for row in table.rows] for table in tables] == [
        ["1..........", "2.........."],
        ["1.........."],
    ]
    assert made.goals is not None
    assert [words(row.goal) for row in made.goals.rows] == ["งานหลัก", "", "ด้านคน"]
    assert made.chapters == ()


@pytest.mark.parametrize("blank", [False, True])
def test_both_formats_say_it(blank: bool) -> None:
    files = document.write(WORLD, draft(agreement(blank=blank)), document.FORMATS)
    story = verify.docx_content(files["docx"])
    assert story == verify.pdf_facts(files["pdf"]).content
    assert (ContentPiece("paragraph", "พันธกิจ") in story) is not blank
    # The totals say the levels again, in the table of weights and in each of the others.
    totals = [n for n, piece in enumerate(story) if piece == ContentPiece("cell", "รวม")]
    assert len(totals) == (2 if blank else 3)
    levels = [ContentPiece("cell", f"ระดับ{n}") for n in range(1, 6)]
    for place in totals:
        assert list(story[place + 5 : place + 10]) == levels


@pytest.mark.parametrize(
    ("number", "shown"), [(None, "7. ก"), ("4", "4. ก"), ("16.1", "16.1 ก"), ("5.", "5. ก")]
)
def test_numbers_of_indicators(number: str | None, shown: str) -> None:
    assert cells.numbered(number or "7", "ก") == shown


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("60", None, "60"),
        ("1,200.50", None, "1200.50"),
        ("๘๐", None, "80"),
        ("-", None, "None"),
        ("ร้อยละ 60", None, "None"),
        ("ร้อยละ 60", "60", "60"),
        ("60", "61", "61"),
    ],
)
def test_a_level_that_is_a_number_is_the_value_of_its_points(
    text: str, value: str | None, found: str
) -> None:
    level = LevelMark.model_validate({"text": text, "value": value})
    assert str(level.earned_at) == found


def test_points_between_levels_that_are_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    (folder / "results" / "1").mkdir(parents=True)
    for path in PARTS.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    results = "fiscal_year: 2571\nresults: {share: {value: 72.5}, people: {value: 3.25}}\n"
    (folder / "results" / "1" / UNIT.name).write_text(results, "utf-8")
    # No words for a report are needed to score.
    scored = scores.score(lookup.Target(folder, folder / UNIT.name), "1").score
    earned = {row.key: row.score for row in scored.rows}
    share, people = earned["share"], earned["people"]
    assert isinstance(share, IndicatorScore)
    assert isinstance(people, IndicatorScore)
    assert (float(share.points), float(people.points)) == (2.25, 3.25)


@pytest.mark.parametrize(
    ("kind", "words", "unit"),
    [("indicators", "sheet", GOALS), ("report", "report", UNIT)],
    ids=["indicators", "report"],
)
def test_a_document_without_its_words_is_refused(kind: str, words: str, unit: Path) -> None:
    found = lookup.Target(unit.parent, unit)
    with pytest.raises(DataError) as caught:
        documents.make(WORLD, kind, found, options=DocumentOptions(round="1"))
    (fault,) = caught.value.diagnostics
    assert fault.message == f"there is no '{words}', the words of this document"
    assert fault.location.path == unit.parent / "wording.yaml"

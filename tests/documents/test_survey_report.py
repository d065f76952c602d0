"""The report on counted answers: its figures, each with its definition, and what was written."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pypdf
import pytest
import yaml

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.parts.bars import STEPS, bars, spread
from generator.documents.parts.survey_tables import SurveyRow, SurveyTable, bar_table, joined
from generator.documents.survey_report import SurveyReport
from generator.errors import DataError, UsageError
from generator.typesetting.lettering import CENTIMETRES
from generator.verify import squeezed
from generator.workspace.environment import Workspace
from support import making
from support.answered import SURVEY, UNIT, WRITTEN, workspace
from support.counted import COUNTS

OPTIONS = DocumentOptions(survey=SURVEY, round="2")

extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])


def context(world: Workspace) -> SurveyReport:
    origin = inputs.find_input("survey-report", lookup.find(world, UNIT), OPTIONS)
    made = building.build(world, origin).context
    assert isinstance(made, SurveyReport)
    return made


def story(files: dict[str, bytes], extension: str) -> list[str]:
    data = files[extension]
    pieces = verify.docx_content(data) if extension == "docx" else verify.pdf_facts(data).content
    return [piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("measure", "dissatisfaction", "expected", "named"),
    [
        (
            "mean",
            "complement",
            ("85.66", "14.34"),
            ("ทุกข้อ (ไม่รวมข้อโดยรวม) ÷ 5 × 100", "100 ลบด้วยร้อยละความพึงพอใจ"),
        ),
        ("mean", "bottom-two", ("85.66", "4.40"), ("(ไม่รวมข้อโดยรวม) ÷ 5 × 100", "ในข้อความพึงพอใจ")),
        ("top-two", "part3", ("81.45", "9.43"), ("มากที่สุดของทุกข้อ (ไม่รวมข้อโดยรวม)", "ถือว่าไม่มี")),
    ],
)
def test_every_percentage_says_its_definition(
    tmp_path: Path,
    measure: str,
    dissatisfaction: str,
    expected: tuple[str, str],
    named: tuple[str, str],
) -> None:
    world = workspace(
        tmp_path,
        satisfaction=f"{{measure: {measure}, over: items}}",
        dissatisfaction=dissatisfaction,
    )
    made = context(world)
    assert tuple(row.percent for row in made.outcomes.rows) == expected
    for row, name in zip(made.outcomes.rows, named, strict=True):
        assert row.definition.endswith(name)
    # A table that prints percentages of ratings says how they are worked out; where they are the
    # means in other parts, statements have one figure alone.
    per_item = {"mean": "ค่าเฉลี่ย ÷ 5 × 100", "top-two": "ระดับมากและมากที่สุด"}[measure]
    tables = [t for c in made.chapters for t in c.tables if "S.D." in t.heads]
    assert len(tables) == 2
    for table in tables:
        has_percent = "ร้อยละ" in table.heads
        assert has_percent == (measure != "mean" or table is tables[-1])
        assert table.notes[0].endswith(per_item) == has_percent
    (quick,) = [row for row in tables[0].rows if row.label[:1] and row.label[0].startswith("2.1 ")]
    assert quick.cells == (
        *("6", "8", "45", "90", "169"),
        "318",
        "4.28",
        "0.93",
        *([expected[0]] if measure != "mean" else []),
        "มาก",
    )


def test_a_bar_shows_how_the_answers_spread() -> None:
    """6, 14, 59, 149 and 318 of 318 answers are 0.94, 2.2, 9.3, 23.4 and 50 of 50 cells."""
    assert [(part.span, part.tone) for part in spread((6, 8, 45, 90, 169))] == [
        *((1, 1), (1, 2), (7, 3), (14, 4), (27, 5)),
    ]
    assert [(part.span, part.tone) for part in spread((0, 0, 0))] == [(STEPS, 0)]
    assert [(part.span, part.tone) for part in spread((0, 3, 0))] == [(STEPS, 3)]
    many = spread((1,) * 11)
    assert sum(part.span for part in many) == STEPS
    assert [part.tone for part in many] == [1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5]
    assert [part.tone for part in spread((1, 1))] == [1, 5]


def test_the_spread_stands_beside_the_counts(tmp_path: Path) -> None:
    made = context(workspace(tmp_path))
    tables = [t for c in made.chapters for t in c.tables if "S.D." in t.heads and t.steps]
    assert tables
    assert tables[0].scale == "น้อยที่สุด (อ่อน) – มากที่สุด (เข้ม)"
    (row,) = [row for row in tables[0].rows if row.label[:1] and row.label[0].startswith("2.1 ")]
    assert row.bars == spread((6, 8, 45, 90, 169))
    assert all(sum(part.span for part in row.bars) == STEPS for row in tables[0].rows if row.cells)


def test_how_many_answered(tmp_path: Path) -> None:
    assert context(workspace(tmp_path / "a")).facts == (
        "จำนวนผู้ตอบแบบสำรวจ 318 คน ไม่น้อยกว่าเกณฑ์ขั้นต่ำ 30 คน",
        "ผู้ที่ต้องสำรวจมีทั้งหมด 1,200 คน ขนาดตัวอย่างตามสูตรของยามาเน่ (Yamane) "
        "ที่ความคลาดเคลื่อน 0.05 คือ 300 คน",
        "จำนวนผู้ตอบไม่น้อยกว่าขนาดตัวอย่าง",
    )
    few = context(workspace(tmp_path / "b", "{fiscal_year: 2570, version: 1, n: 29}"))
    assert few.facts[0] == "จำนวนผู้ตอบแบบสำรวจ 29 คน น้อยกว่าเกณฑ์ขั้นต่ำ 30 คน"
    assert few.facts[2] == "จำนวนผู้ตอบน้อยกว่าขนาดตัวอย่าง"
    # Nobody answered anything: figures are blank, and nothing is drawn or divided.
    assert [row.percent for row in few.outcomes.rows] == ["", "0.00"]


def test_choices_numbers_and_bars(tmp_path: Path) -> None:
    first = context(workspace(tmp_path)).chapters[0]
    who, age = first.tables
    assert [(row.label, row.cells) for row in who.rows[:3]] == [
        (("ประชาชน",), ("200", "66.67")),
        (("ผู้แทนบริษัท",), ("100", "33.33")),
        (("เจ้าหน้าที่ของรัฐ",), ("0", "0.00")),
    ]
    assert who.notes == ("ร้อยละของผู้ที่ตอบข้อนี้ 300 คน",)
    assert [sum(bar.span for bar in row.bars) for row in who.rows] == [STEPS] * len(who.rows)
    assert [bar.span for bar in who.rows[0].bars] == [33, 17]
    assert age.rows[0].cells == ("4", "40.00", "20", "60")


@extensions
def test_what_was_written_comes_out_as_typed(tmp_path: Path, extension: str) -> None:
    world = workspace(tmp_path, WRITTEN)
    files = documents.make(world, "survey-report", lookup.find(world, UNIT), options=OPTIONS).files
    said = story({path.suffix[1:]: data for path, data in files.items()}, extension)
    assert squeezed("<b>ดี</b> &amp; {{ 7 * 7 }} {% raw %} **หนา**") in said
    # No face has this sign; its name is printed, and the report is made.
    assert squeezed("- ไม่ใช่รายการ บรรทัดที่สอง [U+1F44D][U+1F3FD] ดี") in said
    place = next(n for n, text in enumerate(said) if text.startswith("รอนาน"))
    assert said[place + 1 : place + 3] == [squeezed("น้อย 1, มากที่สุด 2"), "3"]
    place = said.index("ที่จอดรถน้อย")
    assert said[place + 2] == "1"


@extensions
def test_the_shipped_example_worked_out_again(extension: str) -> None:
    path = making.ROOT / "agreements/dsdw-2566/answers/2/กอส/service.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    items = [code for code in data["items"] if re.fullmatch(r"q2_[1-4]_\d", code)]
    assert len(items) == 15
    count = sum(sum(data["items"][code].values()) for code in items)
    total = sum(int(k) * v for code in items for k, v in data["items"][code].items())
    satisfied = Decimal(20 * total) / count
    dissatisfied = Decimal(100 * data["dissatisfied"]) / data["n"]
    shown = [
        str(value.quantize(Decimal("0.01"), ROUND_HALF_UP)) for value in (satisfied, dissatisfied)
    ]
    said = story(making.made("survey-report", "กอส:service"), extension)
    for name, figure in zip(("ความพึงพอใจ", "ความไม่พึงพอใจ"), shown, strict=True):
        assert said[said.index(name) + 1] == figure
    # The overall statement of the example has the answers of the printed example: 4.2830.
    assert data["items"]["q2_5"] == {int(level): times for level, times in COUNTS.items()}
    place = said.index("ความพึงพอใจโดยรวม")
    assert [text for text in said[place + 1 :] if text][:9] == [
        *("6", "8", "45", "90", "169", "318"),
        *("4.28", "0.93", "มาก"),
    ]
    # The report of results scores the same two figures, and names the survey.
    report = story(making.made("report", "กอส"), extension)
    cell = f"ความพึงพอใจ {shown[0]} ความไม่พึงพอใจ {shown[1]} ผลจากแบบสำรวจ (ผู้ตอบ 318 คน)"
    assert squeezed(cell) in report
    assert any(text.startswith(squeezed("นับจากคำตอบ 318 ชุดของแบบสำรวจ")) for text in report)


@extensions
def test_a_frame_says_which_surveys_feed_which_indicator(extension: str) -> None:
    said = story(making.made("framework", "blank dsdw-2566"), extension)
    notes = [text for text in said if "ใช้ผลจาก" in text]
    assert len(notes) == 2
    assert all("และแบบสำรวจ" in note and "(" not in note for note in notes)


def test_without_answers_or_words_there_is_no_report(tmp_path: Path) -> None:
    world = workspace(tmp_path / "a", "")
    with pytest.raises(UsageError, match="no answers of ตัวอย่าง-ก to 'visitors' are counted"):
        context(world)
    world = workspace(tmp_path / "b")
    wording = tmp_path / "b" / "agreements" / "example-2570" / "wording.yaml"
    text = wording.read_text("utf-8")
    wording.unlink()
    wording.write_text(f"{text}\nsurvey: {{report: ~}}\n", "utf-8")
    with pytest.raises(DataError) as refused:
        documents.make(world, "survey-report", lookup.find(world, UNIT), options=OPTIONS)
    assert "there is no 'survey.report'" in refused.value.diagnostics[0].message


def test_a_report_of_six_parts_takes_nine_pages() -> None:
    made = making.made("survey-report", "กอส:service")["pdf"]
    assert len(pypdf.PdfReader(making.stream(made)).pages) <= 9


def rating_table(tmp_path: Path, levels: int) -> SurveyTable:
    """The table of a grid whose scale has so many levels of long words."""
    world = workspace(tmp_path, "{fiscal_year: 2570, version: 1, n: 29}")
    path = next((tmp_path / "agreements").glob("*/surveys/visitors.yaml"))
    words = ", ".join(f"ระดับความพึงพอใจที่ {n}" for n in range(levels))
    said = path.read_text("utf-8")
    grid = said.index("measures: satisfaction")
    path.write_text(said[:grid] + re.sub("levels: .*", f"levels: [{words}]", said[grid:], count=1))
    tables = (t for c in context(world).chapters for t in c.tables)
    return next(t for t in tables if "S.D." in t.heads)


@pytest.mark.parametrize("levels", [3, 5, 7, 11])
def test_statements_keep_their_room_beside_any_scale(tmp_path: Path, levels: int) -> None:
    """Levels that have no room for their words are headed by numbers, and a note says the words."""
    table = rating_table(tmp_path, levels)
    assert table.widths[0] >= 24
    assert sum(table.widths) <= 113
    numbered = table.heads[:levels] == tuple(map(str, range(1, levels + 1)))
    assert numbered == (levels > 3)
    assert numbered == "".join(table.notes[-1:]).startswith("1 = ระดับความพึงพอใจที่ 0")
    measured = making.WORLD.lettering
    for head, width in zip(table.heads, table.widths[-len(table.heads) :], strict=True):
        longest = measured.paragraph(head, bold=True).longest * 10 * CENTIMETRES
        assert longest <= width / 100 * 16, head


def rows(table: SurveyTable) -> list[tuple[str, bool]]:
    return [(row.section or row.label[0], row.kept) for row in table.rows]


def test_questions_with_the_same_columns_share_a_table() -> None:
    """A part's choices stand in one table, a section a question; few stay together."""

    def choices(name: str, count: int) -> SurveyTable:
        made = [SurveyRow("", (f"{name}{n}",), bars(n, count), ("1", "2")) for n in range(count)]
        return bar_table(name, "คำตอบ", "สัดส่วน", ("จำนวน", "ร้อยละ"), made, (f"จาก {count}",))

    ages = SurveyTable("อายุ", "คำตอบ", "", ("ผู้ตอบ",), (), (80.0, 20.0))
    alone, _, few = joined([choices("ก", 2), ages, choices("ข", 3), choices("ค", 10)])
    assert (alone.heading, alone.notes) == ("ก", ("จาก 2",))
    assert few.heading == ""
    assert rows(few)[:4] == [("ข (จาก 3)", True), ("ข0", True), ("ข1", True), ("ข2", False)]
    kept = [is_kept for _, is_kept in rows(few)[4:]]
    assert kept == [True] * 3 + [False] * 5 + [True] * 2 + [False]

"""Scales of 2 to 11 levels, two beside each other, no opinion, and options put in order."""

import csv
import io
import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from generator import rules
from generator.agreements import lookup, reading, unsealing
from generator.agreements.record import DocumentOptions
from generator.api import documents, surveys
from generator.diagnostics import errors
from generator.documents import building, inputs
from generator.documents.survey import PrintedForm
from generator.documents.survey_report import SurveyReport
from generator.errors import DataError
from generator.model import AnswerCounts, Survey
from generator.scoring import explain
from generator.scoring.trace import CountedFromSurveys, Trace
from generator.survey import definitions, figures, full_marks
from generator.survey.figures import RatingsOfScales, rating, satisfied
from generator.workspace.environment import Workspace
from support import scales
from support.scored import model

OF_YEAR = DocumentOptions(round="2", survey=scales.SURVEY)


@cache
def world() -> Workspace:
    """The survey with the answers of two rounds."""
    made = scales.world(Path(mkdtemp()))
    scales.counted(made, scales.answered(scales.ROWS[:2]), "1")
    scales.counted(made, scales.answered())
    return made


def form() -> Survey:
    return model(Survey, scales.FORM.read_text("utf-8"))


@cache
def report() -> SurveyReport:
    origin = inputs.find_input("survey-report", lookup.find(world(), scales.UNIT), OF_YEAR)
    built: SurveyReport = building.build(world(), origin).context
    return built


def table(heading: str) -> list[tuple[str, ...]]:
    """The heads and rows of the first table with a heading."""
    found = next(t for c in report().chapters for t in c.tables if t.heading == heading)
    return [found.heads, *((*row.label, *row.cells) for row in found.rows if not row.section)]


# Counts.


def test_each_answer_is_counted_and_no_opinion_apart() -> None:
    counted = scales.counted(world(), scales.answered(), over=True).answers.items
    assert counted["polite"] == {"2": 1, "4": 1, "5": 1, "na": 1}
    assert counted["polite_expected"] == {"3": 1, "4": 1, "5": 2}
    assert counted["friend"] == {"0": 1, "8": 1, "10": 1, "na": 1}
    assert counted["effort"] == {"0": 1, "5": 1, "7": 1, "10": 1}
    assert counted["first_things_time"] == {"1": 2, "2": 1, "3": 1}
    assert counted["best_two_line"] == {"2": 1}


def test_words_of_levels_and_of_no_opinion_are_read_too() -> None:
    row = scales.ROWS[0].replace(",5,4,5,3,", ",มากที่สุด,มาก,มากที่สุด,ปานกลาง,", 1)
    row = row.replace(",10,na,", ",๑๐,ไม่เกี่ยวข้อง,")
    again = scales.counted(world(), scales.answered([row, *scales.ROWS[1:]]), over=True)
    assert (
        again.answers.items == scales.counted(world(), scales.answered(), over=True).answers.items
    )


def test_issues_on_any_scale_make_dissatisfied_at_its_two_highest_levels() -> None:
    assert scales.counted(world(), scales.answered(), over=True).answers.dissatisfied == 2


# Figures.


def test_satisfaction_of_several_scales_is_the_mean_of_shares_of_full_marks() -> None:
    """(4+3+5+4+2+5)/5 + (10+8+0+9+0+5)/10 over 12 ratings; what is overall is not among them."""
    answers = scales.counted(world(), scales.answered(), over=True).answers
    found = figures(form(), answers)
    shares = Fraction(4 + 3 + 5 + 4 + 2 + 5, 5) + Fraction(10 + 8 + 0 + 9 + 0 + 5, 10)
    assert found.satisfaction == 100 * shares / 12 == 65
    assert found.dissatisfaction == 50
    assert full_marks(form()) == (5, 10)
    said = definitions.satisfaction(form().definitions, full_marks(form()))
    assert said.startswith("ค่าเฉลี่ยของ (คำตอบ ÷ คะแนนเต็มของแต่ละมาตร)")


def test_one_grid_alone_may_be_read() -> None:
    text = scales.FORM.read_text("utf-8").replace(
        "over: items}", "over: items, grids: [recommend]}"
    )
    asked = model(Survey, text)
    answers = scales.counted(world(), scales.answered(), over=True).answers
    assert figures(asked, answers).satisfaction == Fraction(1000 + 800 + 900 + 500, 60)
    assert "÷ 10 × 100" in definitions.satisfaction(asked.definitions, full_marks(asked))


@given(
    st.integers(0, 1),
    st.lists(st.integers(0, 50), min_size=2, max_size=11),
    st.integers(0, 50),
)
def test_bounds_and_no_opinion_changes_nothing(first: int, times: list[int], none: int) -> None:
    last = first + len(times) - 1
    counts = {str(level): count for level, count in enumerate(times, start=first)}
    found = rating({**counts, "na": none}, last, first)
    assert found == rating(counts, last, first)
    assert found.n == sum(times)
    if found.n:
        assert first <= (found.mean or 0) <= last
        assert 0 <= (found.percent or 0) <= 100
        alone = RatingsOfScales((found,))
        assert (alone.percent, alone.mean, alone.top) == (found.percent, found.mean, found.top)


@given(st.integers(0, 20), st.integers(1, 20))
def test_more_at_a_higher_level_never_lowers_satisfaction(low: int, high: int) -> None:
    def percent(up: int) -> Fraction:
        items = {"friend": {"2": low + high - up, "9": up}, "polite": {"3": 5}}
        found = satisfied(form(), AnswerCounts(n=100, items=items)).percent
        assert found is not None
        return found

    assert percent(0) <= percent(high)


def test_the_score_names_the_full_marks() -> None:
    counted = CountedFromSurveys(
        ("scales",), ("แบบสำรวจ",), 4, Fraction(65), Fraction(50), form().definitions, (5, 10), (6,)
    )
    lines = explain.lines(Trace((counted,)))
    assert lines[1].startswith("ความพึงพอใจ ร้อยละ 65: ค่าเฉลี่ยของ (คำตอบ ÷ คะแนนเต็มของแต่ละมาตร)")
    assert "ในสองระดับสูงสุด" in lines[2]


# On paper, on the screen.


def printed(layout: str = "") -> PrintedForm:
    options = DocumentOptions(survey=scales.SURVEY)
    origin = inputs.find_input("survey", lookup.find(world(), scales.UNIT), options)
    built: PrintedForm = building.build(world(), origin).context
    return built


def test_every_row_has_a_box_for_each_answer_there_can_be() -> None:
    items = [item for part in printed().parts for item in part.items]
    grids = {item.grid.heading: item.grid for item in items if item.grid is not None}
    two = grids["การให้บริการ"]
    assert [head.over for head in two.besides] == ["ที่คาดหวัง"]
    codes = [box.code for box in two.sections[0].rows[0].boxes]
    assert codes == [
        *(f"polite_expected:{n}" for n in range(1, 6)),
        *(f"polite:{n}" for n in range(1, 6)),
        "polite:na",
    ]
    assert [box.code for box in grids["เรื่อง"].sections[0].rows[0].boxes][:1] == ["issue1:0"]
    eleven = grids["ท่านจะแนะนำให้ผู้อื่นมาใช้บริการหรือไม่"].sections[0].rows[0].boxes
    assert [box.code for box in eleven] == [*(f"friend:{n}" for n in range(11)), "friend:na"]
    ranked = [item.grid for item in items if item.grid and item.asked]
    assert [box.code for box in ranked[0].sections[0].rows[2].boxes] == [
        f"first_things_forms:{n}" for n in (1, 2, 3)
    ]


def test_no_grid_is_wider_than_its_page_and_long_words_stand_upright() -> None:
    grids = [item.grid for part in printed().parts for item in part.items if item.grid]
    for grid in grids:
        assert sum(grid.widths) == pytest.approx(100, abs=0.2)
        assert grid.widths[0] > 20
        assert len(grid.widths) == 1 + len(grid.sections[0].rows[0].boxes)
    upright = {grid.heading for grid in grids if grid.upright}
    assert upright == {"การให้บริการ", "ข้อความ"}


@pytest.mark.parametrize("layout", ["", "large", "booklet", "fillable"])
def test_the_map_has_every_box_in_every_layout(layout: surveys.Layout) -> None:
    made = surveys.make(
        world(), lookup.find(world(), scales.UNIT), scales.SURVEY, layout=layout, formats=["pdf"]
    )
    (data,) = (data for path, data in made.files.items() if path.suffix == ".json")
    boxes = json.dumps(json.loads(data), ensure_ascii=False)
    for code in ("polite_expected:5", "polite:na", "friend:0", "friend:10", "best_two_come:2"):
        column, _, answer = code.partition(":")
        assert code in boxes or (f'"{column}"' in boxes and f'"{answer}"' in boxes), code


def exported(kind: surveys.ExportKind) -> dict[str, bytes]:
    files = surveys.export(world(), lookup.find(world(), scales.UNIT), scales.SURVEY, kind).files
    return {path.name: data for path, data in files.items()}


def test_xlsforms_ask_every_scale_and_give_each_place_once() -> None:
    (data,) = exported("xlsform").values()
    book = load_workbook(io.BytesIO(data))
    rows = [[cell or "" for cell in row] for row in book["survey"].iter_rows(values_only=True)]
    by_name = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert str(by_name["polite_expected"]["type"]).startswith("select_one")
    assert by_name["first_things_forms"]["constraint"] == (
        ". != ${first_things_time} and . != ${first_things_place}"
    )
    choices = [row[:2] for row in book["choices"].iter_rows(values_only=True)]
    assert [code for name, code in choices if name == "friend"] == [
        *map(str, range(11)),
        "na",
    ]


def test_google_forms_have_a_grid_a_scale_and_limit_places() -> None:
    (data,) = exported("google").values()
    script = data.decode()
    items = json.loads(script[script.index("{") : script.index(";\n\n")])["items"]
    grids = {item["title"]: item for item in items if item["kind"] == "grid"}
    assert grids["ด้านเจ้าหน้าที่ – ที่คาดหวัง"]["columns"][-1] == "ไม่มีความเห็น"
    assert len(grids["ด้านเจ้าหน้าที่ – ที่ได้รับ"]["rows"]) == 2
    ranked = next(item for title, item in grids.items() if title.startswith("3."))
    assert ranked["each"] is True
    assert ranked["columns"] == ["1", "2", "3"]
    (scale,) = (item for item in items if item["kind"] == "scale")
    assert (scale["least"], scale["most"]) == (0, 10)


def test_the_template_is_the_head_of_the_answers_that_were_read() -> None:
    files = exported("csv-template")
    (head,) = csv.reader(io.StringIO(next(iter(files.values())).decode("utf-8-sig")))
    assert tuple(head[1:]) == scales.HEADS


# The report.


def test_the_report_sets_the_scales_beside_each_other() -> None:
    assert table("การให้บริการ – ส่วนต่าง")[:3] == [
        ("ที่คาดหวัง", "ที่ได้รับ", "ส่วนต่าง"),
        ("1. พูดจาสุภาพ", "4.25", "3.67", "-0.58"),
        ("2. ให้บริการรวดเร็วและตอบข้อซักถามได้ชัดเจนทุกเรื่องที่สอบถาม", "4.67", "4.00", "-0.67"),
    ]
    own = table("การให้บริการ – ที่ได้รับ")
    assert own[0][5:7] == ("ไม่มีความเห็น", "ผู้ตอบ")
    assert own[1][1:8] == ("0", "1", "0", "1", "1", "1", "3")
    assert table("ท่านจะแนะนำให้ผู้อื่นมาใช้บริการหรือไม่")[1][-4:] == ("3", "6.00", "5.29", "")


def test_the_report_counts_by_place() -> None:
    assert table("3. โปรดเรียงลำดับเรื่องที่ควรปรับปรุงก่อน (1 คือก่อนที่สุด)") == [
        ("ลำดับที่ 1", "ลำดับที่ 2", "ลำดับที่ 3", "ผู้ตอบ", "ค่าเฉลี่ย"),
        ("ความรวดเร็ว", "2", "1", "1", "4", "1.75"),
        ("สถานที่", "1", "2", "1", "4", "2.00"),
        ("แบบฟอร์ม", "1", "1", "2", "4", "2.25"),
    ]


def test_the_report_has_the_round_before_beside_this_one() -> None:
    chapter = next(c for c in report().chapters if c.heading.startswith("เทียบกับ"))
    first = chapter.tables[0]
    assert [row.cells for row in first.rows] == [
        ("84.29", "65.00", "-19.29"),
        ("50.00", "50.00", "0.00"),
    ]
    assert first.heads[1:] == ("รอบนี้", "เปลี่ยนแปลง")


def test_the_report_is_made_again_from_its_source_with_both_rounds(tmp_path: Path) -> None:
    origin = inputs.find_input("survey-report", lookup.find(world(), scales.UNIT), OF_YEAR)
    built = building.build(world(), origin)
    path = tmp_path / "source.yaml"
    path.write_bytes(built.record.data)
    again = building.build(world(), unsealing.unseal(path))
    assert again.context == built.context


def test_the_report_is_the_same_in_both_formats() -> None:
    """What each says is read again and compared before it is given out."""
    found = lookup.find(world(), scales.UNIT)
    files = documents.make(world(), "survey-report", found, options=OF_YEAR).files
    assert {path.suffix for path in files} == {".pdf", ".docx"}


# What is wrong with a form, a file of counts, a row.

GRID = "levels: [ไม่เคย, เคย]"
WRONG_FORMS = [
    (
        'first: 0\n        levels: ["0"',
        'first: 2\n        levels: ["0"',
        "the first level is numbered 1 or 0",
    ),
    ("over: ที่คาดหวัง,", "over: ที่คาดหวัง, levels: [ก, ข],", "the two scales have 5 and 2 levels"),
    ("no_opinion: ไม่เกี่ยวข้อง", "beside: {id: x, over: ก, gap: ข}", "a row has 22 boxes"),
    (GRID, "levels: [เคย]", ""),
    (GRID, f"levels: [{', '.join('กขคงจฉชซญฎฏฐ')}]", ""),
    ("        label: เรื่อง\n        ends: ลำดับที่\n", "", "a question of kind rank has a label"),
    ("places: 2", "places: 5", "2 to 4 places can be given"),
    (
        "first: 0\n        last: 10",
        "first: 0\n        last: 10\n        places: 2",
        "only a question of kind rank",
    ),
    (
        "over: items}",
        "over: items, grids: [recomend]}",
        "there is no grid 'recomend' that measures",
    ),
    ("measure: mean", "measure: top-two", ""),
    (
        "        over: เคยใช้\n",
        "        over: เคยใช้\n        bands: rounded\n",
        "the word 'มากที่สุด' is for means of 4.51",
    ),
    ("        over: เคยใช้\n", "        over: เคยใช้\n        bands: rownded\n", ""),
    (
        "{id: time, text: ความรวดเร็ว}",
        "{id: time, text: ความรวดเร็ว, write: true}",
        "an option that is put in order",
    ),
]


def faults_of(root: Path, text: str, wording: tuple[str, str] = ("", "")) -> list[str]:
    made = scales.world(root, {"surveys/scales.yaml": text})
    path = made.root / "agreements/example-2570/wording.yaml"
    path.write_text(
        path.read_text("utf-8").replace(*wording) if wording[0] else path.read_text("utf-8"),
        "utf-8",
    )
    folder = reading.read_agency(path.parent)
    found = [*rules.check_folder(folder), *rules.check_survey(folder, scales.SURVEY)]
    return [fault.message for fault in errors(found)]


def test_the_form_itself_is_in_order(tmp_path: Path) -> None:
    assert faults_of(tmp_path, scales.FORM.read_text("utf-8")) == []


@pytest.mark.parametrize(("old", "new", "said"), WRONG_FORMS)
def test_a_form_that_contradicts_itself_is_refused(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    text = scales.FORM.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    if new == "measure: top-two":  # a scale of three levels has no two highest
        changed = changed.replace(
            "levels: [น้อยที่สุด, น้อย, ปานกลาง, มาก, มากที่สุด]", "levels: [น้อย, กลาง, มาก]"
        )
        said = "the definitions read the two highest or lowest levels, and this scale has only 3"
    found = faults_of(tmp_path, changed)
    assert found
    assert any(said in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("10,1,2,3,1", "10,1,2,2,1", "place 2 is given twice: here and to 'first_things_place'"),
        ("10,1,2,3,1", "10,1,2,,1", "nothing is put in place 3 of 'first_things'"),
        ("10,1,2,3,1", "10,1,2,4,1", "'4' is outside the scale 1 to 3"),
        (",10,na,", ",11,na,", "'11' is outside the scale 0 to 10"),
        (",4,10,1,2,3,", ",5,10,1,2,3,", "'5' is outside the scale 1 to 4"),
        ("citizen,5,4,", "citizen,na,0,", "'0' is outside the scale 1 to 5"),
        ("1,2,,,ช้า", "1,,,,ช้า", "nothing is put in place 2 of 'best_two'"),
    ],
)
def test_rows_at_fault_are_named(old: str, new: str, said: str) -> None:
    row = scales.ROWS[0]
    assert old in row
    with pytest.raises(DataError) as refused:
        scales.counted(
            world(), scales.answered([row.replace(old, new), *scales.ROWS[1:]]), over=True
        )
    assert said in "\n".join(fault.message for fault in errors(refused.value.diagnostics))


def test_counts_that_cannot_be_are_refused(tmp_path: Path) -> None:
    made = scales.world(tmp_path)
    scales.counted(made, scales.answered())
    folder = reading.read_agency(made.root / "agreements/example-2570")
    path = folder.answer_path("2", scales.UNIT, scales.SURVEY)
    text = path.read_text("utf-8")
    unit = reading.read_unit(folder, folder.unit_path(scales.UNIT))
    for old, new, said in (
        ("first_things_time: {1: 2,", "first_things_time: {1: 1,", "are given unequally often"),
        ("friend: {0: 1,", "friend: {11: 1,", "has no answer '11'"),
        ("level: 6", "level: 7", ""),
    ):
        assert old in text, text
        path.write_text(text.replace(old, new), "utf-8")
        found = errors([*rules.check_answers(folder, reading.read_answers(path), [unit])])
        assert found
        assert any(said in fault.message for fault in found)

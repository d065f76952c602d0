"""How a questionnaire's lines are laid out: choices in columns, room to write, who asks."""

import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from pydantic import ValidationError

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.parts.choice_lines import MEASURES, ChoiceLine, ChoiceLines
from generator.documents.parts.questions import PrintedQuestion
from generator.documents.survey import PrintedForm
from generator.model import QuestionOption, SurveyPart
from generator.typesetting.lettering import CENTIMETRES
from support import making
from support.changed import AGENCY, example
from support.sources import normal, story_of


def form(subject: str, survey: str, *, shape: str = "") -> PrintedForm:
    found = lookup.find(making.WORLD, subject.removeprefix("blank "))
    options = DocumentOptions("form" if subject.startswith("blank") else "unit", survey=survey)
    if shape == "large":
        options = replace(options, layout="large")
    built = building.build(making.WORLD, inputs.find_input("survey", found, options)).context
    assert isinstance(built, PrintedForm)
    return built


def asked(made: PrintedForm, code: str) -> PrintedQuestion:
    """The question whose boxes or room bear a code."""
    for part in made.parts:
        for item in part.items:
            question = item.asked
            if question is not None and code in codes(question):
                return question
    raise AssertionError(code)


def codes(question: PrintedQuestion) -> set[str]:
    rooms = [room for room in (question.write, question.below) if room is not None]
    lines = [line for group in question.groups for line in group]
    boxes = [choice.box.code.partition(":")[0] for line in lines for choice in line.choices]
    return {*boxes, *(room.code for room in rooms)}


def words(line: ChoiceLine) -> list[str]:
    return [choice.text for choice in line.choices]


def test_short_choices_stand_in_the_line_of_their_question() -> None:
    (group,) = asked(form("กอส", "service"), "sex").groups
    (line,) = group
    assert line.lead == "1. เพศ"
    assert words(line) == ["หญิง", "ชาย", "อื่น ๆ"]


def test_no_line_of_choices_is_wider_than_the_page() -> None:
    for shape in ("", "large"):
        made = form("กอส", "service", shape=shape)
        for part in made.parts:
            for item in part.items:
                for line in (
                    one for group in (item.asked.groups if item.asked else ()) for one in group
                ):
                    sides = (line.choices[: line.down], line.choices[line.down :])
                    widths = [sum(choice.width for choice in side) for side in sides]
                    if line.down:
                        assert {choice.width for choice in line.choices} == {50}
                        assert 0 <= len(sides[0]) - len(sides[1]) <= 1
                        continue
                    assert sum(widths) <= 100.1
                    assert line.columns >= len(line.choices)


def test_headings_begin_groups_that_hold_together() -> None:
    groups = asked(form("กอส", "service"), "target").groups
    assert [group[0].heading[:10] for group in groups] == ["กลุ่มที่ 1", "กลุ่มที่ 2"]
    assert [[line.last for line in group][-1] for group in groups] == [True, True]
    assert not any(line.last for group in groups for line in group[:-1])


def test_what_opens_under_a_choice_stands_below_it() -> None:
    (group,) = asked(form("กอส", "training"), "personnel").groups
    at = next(n for n, line in enumerate(group) if line.nested)
    assert words(group[at - 1]) == ["บุคลากรจากหน่วยงานในสังกัดกรมพัฒนาสังคมและสวัสดิการ โปรดระบุ"]
    assert words(group[at]) == ["ส่วนกลาง", "ส่วนภูมิภาค"]
    assert [choice.box.code for choice in group[at].choices] == [
        "personnel_department:central",
        "personnel_department:regional",
    ]


def test_a_line_to_write_on_has_room() -> None:
    plain = asked(form("กอส", "training"), "personnel").groups[0]
    large = asked(form("กอส", "training", shape="large"), "personnel").groups[0]
    code = "personnel_outside_text"
    assert [line.stacked for line in plain if line.write and line.write.code == code] == [False]
    assert [line.stacked for line in large if line.write and line.write.code == code] == [True]


@pytest.mark.parametrize(
    ("subject", "survey", "place"),
    [
        ("blank dsdw-2566", "service", [("กอง", True), ("กลุ่ม", True), ("กระบวนงาน", True)]),
        (
            "ตัวอย่าง-ก",
            "visitors",
            [("กองตัวอย่าง ก", False), ("งานที่ท่านมาติดต่อ การรับและออกใบอนุญาต", False)],
        ),
    ],
)
def test_what_nobody_filled_in_becomes_a_line(
    subject: str, survey: str, place: list[tuple[str, bool]]
) -> None:
    assert [(found.text, found.open) for found in form(subject, survey).place] == place


def test_a_catchword_announces_a_fresh_page() -> None:
    parts = form("กอส", "service").parts
    assert [part.fresh for part in parts] == [False, False, True, True, False, False]
    for one, other in pairwise(parts):
        assert other.fresh == bool(one.catchword)
        assert not one.catchword or other.heading.startswith(one.catchword.rstrip("."))


def test_what_has_a_frame_of_its_own_can_t_be_framed() -> None:
    part = {"id": "a", "heading": "x", "framed": "true"}
    scale = {"id": "q", "kind": "scale", "text": "x"}
    with pytest.raises(ValidationError, match="frames of their own"):
        SurveyPart.model_validate({**part, "items": [scale]})
    assert SurveyPart.model_validate({**part, "items": [{**scale, "kind": "text"}]}).framed


def test_every_form_has_its_measures() -> None:
    for sheet in MEASURES.values():
        assert sheet.width - 5 * sheet.level > sheet.width / 2
        assert 10 * sheet.number < sheet.width


def test_the_words_over_a_grid_stand_clear_of_its_rules() -> None:
    """By the face's own letters, at the size that the stylesheet has there."""
    sheet = MEASURES[""]
    measured = making.WORLD.lettering
    grids = [
        item.grid
        for part in form("กอส", "service").parts
        for item in part.items
        if item.grid is not None
    ]
    assert len(grids) == 3
    for grid in grids:
        assert not grid.upright
        for width, word in zip(grid.widths[1:], grid.levels, strict=True):
            length = measured.paragraph(word).length * sheet.head * CENTIMETRES * 10
            assert width * sheet.width / 100 - length >= 1.5, word


def test_heads_that_stand_upright_are_as_high_as_their_words() -> None:
    """ปานกลาง and น้อยที่สุด stood in heads of 36 mm."""
    grid = next(
        item.grid
        for part in form("example-hospital-2570", "outpatients").parts
        for item in part.items
        if item.grid is not None and item.grid.upright
    )
    words = [*grid.levels, *(word for other in grid.besides for word in other.levels)]
    measured, head = making.WORLD.lettering, MEASURES[""].head * CENTIMETRES * 10
    longest = max(measured.paragraph(word).length for word in words) * head
    assert longest + 3 < grid.high < longest + 6


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 9])
def test_choices_stand_in_one_line_or_in_two_columns(count: int) -> None:
    lay = ChoiceLines({"q": "q"}, MEASURES[""])
    options = [QuestionOption(id=f"o{n}", text=f"คำตอบที่ {n}") for n in range(count)]
    long = [QuestionOption(id=f"o{n}", text=f"คำตอบที่ยาวกว่า ข้อ {n}") for n in range(count)]
    short_lines, long_lines = lay.lines("q", options, 165), lay.lines("q", long, 165)
    assert {line.columns for line in short_lines} == ({count} if count <= 5 else {2})
    assert {line.columns for line in long_lines} == {2}
    # Two columns are read downwards: the first has as many choices as the other, or one more.
    assert [line.down for line in long_lines] == [(count + 1) // 2]
    for lines in (short_lines, long_lines):
        boxes = [choice.box.code for line in lines for choice in line.choices]
        assert boxes == [f"q:o{n}" for n in range(count)]


def test_a_long_choice_parts_the_columns() -> None:
    """What is longer than a column, or opens something, has its line; the rest goes on below."""
    lay = ChoiceLines({"q": "q", "q_o3_text": "q"}, MEASURES[""])
    texts = ["ก" * 20, "ข" * 20, "ค" * 20, "ง" * 20, "จ" * 50, "ฉ" * 20]
    options = [QuestionOption(id=f"o{n}", text=text, write=n == 3) for n, text in enumerate(texts)]
    made = lay.lines("q", options, 165)
    assert [(words(line), line.columns, line.down) for line in made] == [
        (texts[:3], 2, 2),
        (texts[3:4], 1, 0),
        (texts[4:5], 1, 0),
        (texts[5:], 1, 0),
    ]


def test_a_list_longer_than_a_page_goes_on() -> None:
    lay = ChoiceLines({"q": "q"}, MEASURES[""])
    options = [QuestionOption(id=f"o{n}", text="ก" * 20) for n in range(77)]
    made = lay.lines("q", options, 165)
    assert [(len(line.choices), line.down) for line in made] == [(20, 10)] * 3 + [(17, 9)]


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_columns_are_read_downwards(extension: str) -> None:
    """In both formats, by whoever reads the file: one column, then the other."""
    said = "".join(
        piece.text for piece in story_of(making.made("survey", "กอส:service"), extension)
    )
    (group,) = asked(form("กอส", "service"), "education").groups
    places = [said.index(choice.text) for line in group for choice in line.choices]
    assert places == sorted(places)


def test_the_service_form_takes_three_sheets() -> None:
    pages = pypdf.PdfReader(making.stream(making.made("survey", "กอส:service")["pdf"])).pages
    assert len(pages) == 6


AROUND = {"purpose": "เพื่อปรับปรุงงานของ[[unit|กอง]]", "hand_in": "ส่งคืนที่ [[desk]]"}


def test_what_stands_around_the_questions_comes_from_data(tmp_path: Path) -> None:
    """Emblem, sender, purpose, privacy, where to hand it in: filled in, each in its place."""
    agency = making.ROOT / "agreements" / AGENCY
    said = (agency / "surveys" / "visitors.yaml").read_text("utf-8")
    more = "".join(f'{key}: "{text}"\n' for key, text in AROUND.items() if key != "hand_in")
    said = said.replace("blanks:\n", "blanks:\n  desk: โต๊ะ\n")
    said = re.sub("hand_in: .*", f'hand_in: "{AROUND["hand_in"]}"', said)
    files: dict[str, str | bytes] = {
        "emblem.png": making.png(60, 40, "RGB"),
        "agency.yaml": (agency / "agency.yaml").read_text("utf-8") + "\nemblem: emblem.png\n",
        "surveys/visitors.yaml": f"{said}\nemblem: true\n{more}",
    }
    world = example(tmp_path, files)
    options = DocumentOptions(survey="visitors")
    made = documents.make(world, "survey", lookup.find(world, "ตัวอย่าง-ก"), options=options).files
    by_format = {path.suffix.removeprefix("."): data for path, data in made.items()}
    order = [
        "กรมตัวอย่าง (ข้อมูลสมมติ) โดย กองตัวอย่าง ก",
        "เพื่อปรับปรุงงานของกองตัวอย่าง ก",
        "แบบสำรวจนี้ไม่ถามชื่อของท่าน",
        "คำชี้แจง",
        "ขอขอบคุณที่สละเวลา",
        "ส่งคืนที่ โต๊ะ ....",
    ]
    for extension in ("docx", "pdf"):
        text = normal("".join(piece.text for piece in story_of(by_format, extension)))
        places = [text.find(normal(words)) for words in order]
        assert -1 not in places, (extension, places)
        assert places == sorted(places), extension
    assert len(pypdf.PdfReader(making.stream(by_format["pdf"])).pages[0].images) == 1
    with zipfile.ZipFile(making.stream(by_format["docx"])) as archive:
        assert archive.read("word/media/emblem.png") == files["emblem.png"]

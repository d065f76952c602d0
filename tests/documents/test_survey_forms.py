"""The printed questionnaires: ภาคผนวก 4 and 5 of source 004 line by line, codes, and the page."""

import io
import re
import zipfile
from typing import Literal

import pytest
from lxml import etree, html

from generator.agreements import lookup, reading
from generator.agreements.record import DocumentOptions
from generator.documents import building, inputs
from generator.documents.parts.choice_lines import SIGN
from generator.survey import columns
from generator.verify import Content
from generator.writers import document
from support import making
from support.sources import Passage, corrected_lines, normal, story_of

ENOUGH = 99.5
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The first and last line of each form, and how it is made.
FORMS = {
    "service": (1596, 1739, "blank dsdw-2566:service"),
    "training": (1743, 1866, "blank dsdw-2566:training"),
}
forms = pytest.mark.parametrize("form", FORMS)
extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])

BOX = SIGN
MM = 8
"""How many pixels a millimetre has in the pictures of pages."""

Shape = Literal["", "large", "fillable", "booklet"]
HEADED = "ตัวอย่าง"
"""The appendix is headed so: an example of a form. The form itself doesn't say it."""


def wanted_in(form: str) -> list[Passage]:
    """What the form has to say, in the order of the source."""
    first, last, _ = FORMS[form]
    lines = corrected_lines("004", first, last)
    assert lines[first].startswith(HEADED)
    lines[first] = lines[first].removeprefix(HEADED)
    return [
        Passage(number, text, "\t" in line)
        for number, line in sorted(lines.items())
        for cell in line.split("\t")
        if (text := words(cell))
    ]


def words(text: str) -> str:
    """Text without boxes, mark-up, dots, white space, and the marker of a list."""
    return re.sub(r"\.{2,}", "", normal(re.sub(r"\.{3,}", "", text.replace(BOX, ""))))


def text_of(story: Content) -> str:
    """All that a document says, in its order."""
    return "".join(words(piece.text) for piece in story)


def lost_in(wanted: list[Passage], text: str) -> list[Passage]:
    """What doesn't stand whole in the text, after all that stands before it in the source."""
    lost, position = [], 0
    for passage in wanted:
        at = text.find(passage.text, position)
        if at < 0:
            lost.append(passage)
        else:
            position = at + len(passage.text)
    return lost


@forms
@extensions
def test_the_form_says_what_the_source_prints(form: str, extension: str) -> None:
    wanted = wanted_in(form)
    assert len(wanted) > 100
    text = text_of(story_of(making.made("survey", FORMS[form][2]), extension))
    lost = lost_in(wanted, text)
    total = sum(len(passage.text) for passage in wanted)
    share = 100 - 100 * sum(len(passage.text) for passage in lost) / total
    assert share >= ENOUGH, "\n".join([f"only {share:.2f} %; missing:", *map(str, lost)])


@forms
def test_nothing_else_stands_in_the_form(form: str) -> None:
    text = text_of(story_of(making.made("survey", FORMS[form][2]), "pdf"))
    said = sum(len(passage.text) for passage in wanted_in(form))
    assert said <= len(text) <= said * 1.005


@forms
def test_a_line_that_is_left_out_is_noticed(form: str) -> None:
    wanted = wanted_in(form)
    story = story_of(making.made("survey", FORMS[form][2]), "docx")
    for start in range(0, len(story), 7):
        if words(story[start].text):
            less = text_of((*story[:start], *story[start + 1 :]))
            assert lost_in(wanted, less), story[start]


def rendered(survey: str, form: Shape) -> str:
    """The HTML of กอส's form."""
    found = lookup.find(making.WORLD, "กอส")
    options = DocumentOptions(survey=survey, layout=form)
    origin = inputs.find_input("survey", found, options)
    return document.html(making.WORLD, building.again(making.WORLD, origin))


def expected(survey: str) -> tuple[list[str], list[str]]:
    """The codes of the boxes and of the lines to write on that a survey's columns ask for."""
    folder = reading.read_agency(making.ROOT / "agreements" / "dsdw-2566")
    model = folder.surveys[survey].model
    assert model is not None
    boxes, writes = [], []
    for column in columns(model):
        boxes += [f"{column.code}:{choice.id}" for choice in column.choices]
        if column.kind in ("text", "number"):
            writes.append(column.code)
    return boxes, writes


@pytest.mark.parametrize("survey", FORMS)
@pytest.mark.parametrize("form", ["", "large", "fillable", "booklet"])
def test_every_answer_has_one_box_or_line(survey: str, form: Shape) -> None:
    root = html.document_fromstring(rendered(survey, form))
    boxes, writes = expected(survey)
    drawn = root.xpath("//*[@data-box]")
    assert sorted(str(box.get("data-box")) for box in drawn) == sorted(boxes)
    assert all(box.text == BOX and box.get("title") for box in drawn)
    rooms = root.xpath("//*[@data-write]")
    assert sorted(str(room.get("data-write")) for room in rooms) == sorted(writes)


@pytest.mark.parametrize("survey", FORMS)
def test_word_has_a_control_a_box(survey: str) -> None:
    data = making.made("survey", FORMS[survey][2])["docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    tags = [str(tag.get(f"{W}val")) for tag in root.iter(f"{W}tag")]
    assert sorted(tags) == sorted(expected(survey)[0])
    texts = ["".join(map(str, sdt.itertext())) for sdt in root.iter(f"{W}sdt")]
    assert texts == [BOX] * len(tags)

"""The manual's questionnaires on paper and on screen: every box, mark, code and field."""

import io
import json
import math
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import pypdf
import pytest

from generator import verify
from generator.agreements import lookup, reading
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.survey import columns
from generator.writers.document import ONE, Copies
from support import readers, scans, verapdf
from support.making import WORLD

SURVEYS = ("service", "training")
FORMS: tuple[Literal["", "large", "booklet"], ...] = ("", "large", "booklet")
TYPED = "ที่นี่น้ำใจดี ผู้ให้บริการสุภาพ"


@cache
def printed(
    survey: str,
    form: Literal["", "large", "fillable", "booklet"] = "",
    copies: Copies = ONE,
) -> tuple[bytes, Any]:
    """A questionnaire of กอส as PDF, and its map."""
    files = documents.make(
        WORLD,
        "survey",
        lookup.find(WORLD, "กอส"),
        formats=("pdf",),
        options=DocumentOptions(survey=survey, layout=form),
        copies=copies,
    ).files
    (data,) = (data for path, data in files.items() if path.suffix == ".pdf")
    (found,) = (data for path, data in files.items() if path.suffix == ".json")
    return data, json.loads(found)


def model(survey: str) -> Any:
    file = reading.read_agency(WORLD.agreements / "dsdw-2566").surveys[survey]
    assert file.model is not None
    return file.model


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("survey", SURVEYS)
def test_the_map_lies_on_every_box(survey: str, form: Literal["", "large", "booklet"]) -> None:
    data, found = printed(survey, form)
    images = scans.pages(data)
    for box in found["boxes"]:
        assert min(box["width"], box["height"]) >= 4.5
        assert scans.farthest(images[box["side"] - 1], box) <= 0.3, box
    for page in found["pages"]:
        image = images[page["side"] - 1]
        for mark in page["marks"]:
            seen = scans.mark_near(image, mark["left"] + 2, mark["top"] + 2)
            wanted = (mark["left"], mark["top"], mark["width"], mark["height"])
            assert seen == pytest.approx(wanted, abs=0.3)
    said = [code for image in images for code in scans.codes(image)]
    pages = len(found["pages"])
    assert sorted(said) == sorted(
        f"gen1;{survey};1;{found['document']};{page}/{pages}" for page in range(1, pages + 1)
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("survey", SURVEYS)
def test_the_map_has_every_code_once(survey: str, form: Literal["", "large", "booklet"]) -> None:
    _, found = printed(survey, form)
    boxes = [(box["item"], box["option"]) for box in found["boxes"]]
    # What opens under an option stands beside it, before the next option.
    assert sorted(boxes) == sorted(
        (column.code, choice.id) for column in columns(model(survey)) for choice in column.choices
    )
    blanks = {blank["item"] for blank in found["blanks"]}
    assert blanks == {
        column.code for column in columns(model(survey)) if column.kind in ("number", "text")
    }


@pytest.mark.parametrize("form", ["", "large"])
@pytest.mark.parametrize("survey", SURVEYS)
def test_nothing_stands_at_the_edge(survey: str, form: Literal["", "large"]) -> None:
    data, _ = printed(survey, form)
    edge = round(10 * 100 / 25.4) - 1
    for image in scans.pages(data, 100):
        middle = image.crop((edge, edge, image.width - edge, image.height - edge))
        ink = sum(image.histogram()[:250])
        assert ink == sum(middle.histogram()[:250])


def scale(matrix: Sequence[float]) -> float:
    """How much larger something is drawn, whichever way it is turned."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def test_large_print_is_large() -> None:
    with io.BytesIO(printed("service", "large")[0]) as file:
        sizes: list[float] = []
        pages = pypdf.PdfReader(file).pages
        for page in pages:
            page.extract_text(
                visitor_text=lambda text, cm, tm, font, size: (
                    sizes.append(size * scale(tm) * scale(cm)) if text.strip() else None
                )
            )
    small = [size for size in sizes if size < 20 - 0.01]
    # The foot of each page alone is smaller: unit, year, number, page of pages.
    assert len(small) <= 5 * len(pages)


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_booklet_says_the_same(survey: str) -> None:
    plain, folded = (readers.by_pdfium(printed(survey, form)[0]) for form in ("", "booklet"))
    words = [line for line in texts(survey) if line]
    assert all(line in plain for line in words)
    assert [line for line in words if line not in folded] == []


def texts(survey: str) -> list[str]:
    """The words of every question and option, as readers give them back."""
    return [
        readers.solid(words)
        for column in columns(model(survey))
        for words in (column.section, *(choice.text for choice in column.choices))
    ]


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize("survey", SURVEYS)
def test_the_fillable_form_is_valid(survey: str, flavour: verapdf.Flavour) -> None:
    assert verapdf.check(printed(survey, "fillable")[0], flavour) == []


def wanted_values(survey: str) -> dict[str, str]:
    """An answer for every field: of the options the last, of texts some Thai."""
    values: dict[str, str] = {}
    for column in columns(model(survey)):
        if column.kind == "many":
            values |= {f"{column.code}_{choice.id}": f"/{choice.id}" for choice in column.choices}
        elif column.choices:
            values[column.code] = f"/{column.choices[-1].id}"
        else:
            values[column.code] = "45" if column.kind == "number" else TYPED
    return values


def values_in(data: bytes) -> dict[str, Any]:
    fields = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    return {name: field.get("/V") for name, field in fields.items()}


@pytest.mark.parametrize("survey", SURVEYS)
def test_filled_by_pypdf_item_by_item(survey: str) -> None:
    data, _ = printed(survey, "fillable")
    assert set(values_in(data).values()) == {None}
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    wanted = wanted_values(survey)
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, wanted, auto_regenerate=False)
    saved = io.BytesIO()
    writer.write(saved)
    assert values_in(saved.getvalue()) == wanted


@pytest.mark.parametrize("survey", SURVEYS)
def test_filled_by_pdfium_item_by_item(survey: str) -> None:
    data, found = printed(survey, "fillable")
    wanted = wanted_values(survey)
    clicks = [
        box
        for box in found["boxes"]
        if wanted.get(box["item"], wanted.get(f"{box['item']}_{box['option']}"))
        == f"/{box['option']}"
    ]
    blanks = {blank["item"]: blank for blank in reversed(found["blanks"])}
    typed = [(place, wanted[item]) for item, place in blanks.items()]
    assert values_in(scans.filled(data, clicks, typed)) == wanted


@pytest.mark.parametrize("survey", SURVEYS)
def test_screen_and_paper_are_one_sheet(survey: str) -> None:
    paper, screen = printed(survey)[1], printed(survey, "fillable")[1]
    assert paper["boxes"] == screen["boxes"]
    assert paper["blanks"] == screen["blanks"]


def test_numbered_copies() -> None:
    data, found = printed("service", "", Copies(3, True))
    assert len(set(found["copies"])) == 3
    said = [scans.codes(image) for image in scans.pages(data, 150)]
    pages = len(found["pages"])
    assert said == [
        [f"gen1;service;1;{copy};{page}/{pages}"]
        for copy in found["copies"]
        for page in range(1, pages + 1)
    ]


def test_the_stamped_form_is_what_it_says() -> None:
    forms: tuple[Literal["", "fillable"], ...] = ("", "fillable")
    for form in forms:
        found = verify.read_pdf(printed("service", form)[0], "x")
        assert verify.problems(found) == ()

"""The page of what isn't saved is the page of the document that would be made."""

import io
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from generator import api
from generator.agreements.record import DocumentOptions
from generator.errors import DataError
from generator.preview.drawing_desk import DrawingDesk
from generator.preview.requests import FieldOnPage, PageRequest, PreviewedPage, PrintedPlace
from generator.workspace.unsaved import unsaved
from generator.writers.pdf import page_pictures
from support.making import ROOT, WORLD, made

DOTS = 50.0
UNIT = ROOT / "agreements" / "example-2570" / "ตัวอย่าง-ก.yaml"


@cache
def desk() -> DrawingDesk:
    return DrawingDesk(WORLD)


def asked(kind: str = "agreement", **more: object) -> PageRequest:
    return PageRequest(kind, UNIT, dots=DOTS, **more)  # type: ignore[arg-type]


def last(request: PageRequest) -> PreviewedPage:
    *_, page = desk().pages(request)
    assert not page.faults, [fault.message for fault in page.faults]
    return page


def is_alike(one: bytes, other: bytes) -> bool:
    first, second = (Image.open(io.BytesIO(data)).convert("RGB") for data in (one, other))
    return first.size == second.size and ImageChops.difference(first, second).getbbox() is None


@pytest.mark.parametrize(
    ("kind", "subject", "options"),
    [
        ("agreement", "ตัวอย่าง-ก", DocumentOptions()),
        ("report", "ตัวอย่าง-ก", DocumentOptions(round="2")),
        ("survey", "ตัวอย่าง-ก:visitors", DocumentOptions(survey="visitors")),
    ],
)
def test_every_page_is_that_of_the_finished_file(
    kind: str, subject: str, options: DocumentOptions
) -> None:
    data = made(kind, subject)["pdf"]
    count = len(pypdfium2.PdfDocument(data))
    for number in range(1, count + 1):
        page = last(asked(kind, options=options, page=number))
        assert (page.page, page.pages) == (number, count)
        assert is_alike(page.picture, page_pictures.picture(data, DOTS, number)), number


def test_the_page_of_what_is_not_saved_is_the_one_that_would_be_made() -> None:
    text = UNIT.read_text("utf-8")
    new = text.replace("weight: 30", "weight: 29", 1).replace(
        "กองตัวอย่าง ก\nlevel", "กองใหม่\nlevel", 1
    )
    held = {UNIT: new.encode()}
    with unsaved(held):
        unit = api.workspaces.find(WORLD, str(UNIT))
        with pytest.raises(DataError):
            # Weights don't add up: it can't be made, and is shown all the same.
            api.documents.make(WORLD, "agreement", unit, formats=("pdf",))
    shown = last(asked(unsaved=held))
    assert not is_alike(shown.picture, last(asked()).picture)
    held = {UNIT: text.replace("กองตัวอย่าง ก\nlevel", "กองใหม่\nlevel", 1).encode()}
    with unsaved(held):
        files = api.documents.make(WORLD, "agreement", unit, formats=("pdf",)).files
    (data,) = files.values()
    assert is_alike(last(asked(unsaved=held)).picture, page_pictures.picture(data, DOTS))
    assert UNIT.read_text("utf-8") == text


def test_what_is_looked_at_comes_first_and_then_what_the_rest_makes_of_it() -> None:
    before = last(asked()).pages
    text = UNIT.read_text("utf-8")
    longer = text.replace(
        "  - ดูแลอาคาร", "".join(f"  - หน้าที่ที่ {n}\n" for n in range(60)) + "  - ดูแลอาคาร"
    )
    waited = []
    first, *rest = desk().pages(
        asked(page=6, unsaved={UNIT: longer.encode()}), pause=lambda: waited.append(True)
    )
    assert waited == [True]
    assert not first.settled
    assert first.pages == before, "the part before it is taken to be as long as it was"
    (settled,) = rest
    assert settled.settled
    assert settled.pages > before


def field(*keys: str | int, path: Path = UNIT) -> PrintedPlace:
    return PrintedPlace(path, keys)


def of(page: PreviewedPage, *keys: str | int) -> list[FieldOnPage]:
    return [one for one in page.fields if one.field.keys == keys and one.field.path == UNIT]


@pytest.mark.parametrize("number", range(5))
def test_a_weight_is_found_in_the_row_of_its_indicator(number: int) -> None:
    """Three of them are 15."""
    page = last(asked(at=field("indicators", number, "weight")))
    assert page.found
    (weight,) = of(page, "indicators", number, "weight")
    file = UNIT.parent / "indicators"
    name = ["on-time", "manuals", "knowledge", "satisfaction", "energy"][number]
    names = [one for one in page.fields if one.field.path == file / f"{name}.yaml"]
    tops = [one.rectangle.top for one in names if one.field.keys[-1] == "name"]
    assert min(abs(top - weight.rectangle.top) for top in tops) < 1


def test_a_field_that_several_texts_hold_is_found_in_each() -> None:
    page = last(asked())
    assert {one.text for one in of(page, "name")} >= {"กองตัวอย่างก"}
    assert of(page, "assessees", 0, "position")
    assert all(0 <= one.rectangle.left <= page.size[0] for one in page.fields)
    assert all(one.field.line for one in page.fields)


def test_a_duty_leads_to_its_page_and_words_of_the_program_to_nothing() -> None:
    page = last(asked(at=field("duties", 2)))
    assert page.page > 1
    assert [one.text for one in of(page, "duties", 2)] == ["3.ดูแลอาคารสถานที่ร่วมกับกองตัวอย่างข"]
    assert all(one.field.path.is_relative_to(ROOT / "agreements") for one in page.fields)


def test_a_field_that_no_page_shows_leaves_the_page_that_is_looked_at() -> None:
    page = last(asked(page=2, at=field("nothing", "here", path=UNIT.with_name("x.yaml"))))
    assert (page.page, page.found) == (2, False)


@pytest.mark.parametrize("spoilt", ["name: [", "status: none\n", "level: x\n  y: z", "\0"])
def test_data_that_are_no_document_are_told_with_their_place(spoilt: str) -> None:
    *_, page = desk().pages(asked(unsaved={UNIT: (spoilt + "\n").encode()}))
    assert not page.picture
    assert page.faults
    assert all(fault.location.path == UNIT for fault in page.faults)


def test_a_shared_file_of_the_agency_may_be_unsaved_too() -> None:
    shared = UNIT.parent / "indicators" / "energy.yaml"
    text = shared.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("name:"))
    page = last(
        asked(
            at=field("name", path=shared),
            unsaved={shared: text.replace(line, "name: ตัวชี้วัดใหม่ทีเดียว", 1).encode()},
        )
    )
    assert page.found
    assert any("ตัวชี้วัดใหม่ทีเดียว" in one.text for one in page.fields)
    again = last(asked(at=field("name", path=shared)))
    assert not any("ตัวชี้วัดใหม่ทีเดียว" in one.text for one in again.fields)


@pytest.mark.parametrize("words", ["ดูแลอาคาร", "กองตัวอย่าง ก\nlevel"])
def test_a_page_that_is_drawn_alone_is_the_one_that_stays(words: str) -> None:
    last(asked())
    text = UNIT.read_text("utf-8")
    changed = text.replace(words, f"ใหม่{words}", 1)
    assert changed != text
    keys = ("duties", 2) if words.startswith("ดูแล") else ("name",)
    page, *rest = desk().pages(asked(unsaved={UNIT: changed.encode()}, at=field(*keys)))
    assert page.found
    assert not page.settled
    assert not rest, "what comes then is the same"

"""Sides as nobody should make them: two pages on one, forms filled in on screen, coloured ink."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from generator.scanning import printed_forms, reading, working
from generator.scanning.pictures import opened
from generator.scanning.printed_forms import FormOnPaper
from generator.scanning.prints import Grey, Prints
from generator.scanning.reading import ReadSide
from generator.survey import sheet_map
from generator.survey.sheet_map import SheetMap
from support import scans
from support.scanned import forms

DPI = 200
PX = DPI / 25.4
SURVEY = "visitors"


@cache
def of_two() -> tuple[SheetMap, Prints, tuple[Grey, ...]]:
    """A form in two numbered copies: its map, what it may be, and a picture of each."""
    data, places = forms.printed(SURVEY, "", 2)
    of = sheet_map.read(places)
    prints = printed_forms.prints({of.document: FormOnPaper(of, data)})
    return of, prints, tuple(np.array(page, np.uint8) for page in scans.pages(data, DPI))


def crossed(picture: np.ndarray, of: SheetMap, option: int, ink: int = 40) -> np.ndarray:
    """The same option of every question of a scale crossed."""
    found = picture.copy()
    for box in of.boxes:
        if box.option == str(option):
            left, top = box.rectangle.left * PX, box.rectangle.top * PX
            a, b = round(left + 5), round(left + box.rectangle.width * PX - 5)
            c, d = round(top + 5), round(top + box.rectangle.height * PX - 5)
            cv2.line(found, (a, c), (b, d), ink, 4, cv2.LINE_AA)
            cv2.line(found, (a, d), (b, c), ink, 4, cv2.LINE_AA)
    return found


def answers(found: ReadSide) -> list[tuple[str, bool, set[str]]]:
    """Page by page: the copy, whether it counts, and all options that were read."""
    return [
        (
            page.copy,
            page.laid,
            {one for _, _, answer in working.answers(page, frozenset()) for one in answer.options},
        )
        for page in found.pages
    ]


def without_code(picture: np.ndarray, of: SheetMap) -> np.ndarray:
    found, code = picture.copy(), of.pages[0].code
    top, left = round(code.top * PX), round(code.left * PX)
    found[top : top + round(code.height * PX), left : left + round(code.width * PX)] = 255
    return found


@pytest.mark.parametrize("turned", [0, 1])
def test_two_pages_on_a_side(turned: int) -> None:
    """Two sheets on one glass, or made smaller by a copier: both count, also with a code lost."""
    of, prints, pages = of_two()
    first, second = crossed(pages[0], of, 2), crossed(pages[1], of, 4)
    if turned:
        second = without_code(second, of)
    both = np.hstack([first, second])
    small = cv2.resize(both, None, fx=0.707, fy=0.707, interpolation=cv2.INTER_AREA)
    found = reading.read(np.asarray(np.rot90(small, turned).copy(), np.uint8), prints)
    last = "" if turned else of.copies[1]
    assert sorted(answers(found)) == sorted([(of.copies[0], True, {"2"}), (last, True, {"4"})])


def test_a_form_that_was_filled_in_on_screen(tmp_path: Path) -> None:
    """Its fields are part of the page, though they are no ink."""
    data, places = forms.printed(SURVEY, "fillable")
    of = sheet_map.read(places)
    path = tmp_path / "filled.pdf"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        annotations: Any = pdf.pages[0].Annots
        for field in annotations:
            states = [key for key in field.get("/AP", {}).get("/N", {}) if key != "/Off"]
            if states == ["/3"]:
                field.AS = pikepdf.Name("/3")
                if "/Parent" in field:
                    field.Parent.V = pikepdf.Name("/3")
        pdf.save(path)
    with opened(path) as file:
        picture = file.picture(1)
    found = reading.read(picture, printed_forms.prints({of.document: FormOnPaper(of, data)}))
    ((_, laid, options),) = answers(found)
    assert (laid, options) == (True, {"3"})


@pytest.mark.parametrize("kind", ["pdf", "jpg"])
def test_ink_that_is_pale_to_the_eye_is_seen(tmp_path: Path, kind: str) -> None:
    """Yellow is all but white where a picture is made grey."""
    of, prints, pages = of_two()
    black = pages[0]
    yellow = np.dstack([black, black, crossed(black, of, 5, 30)])
    path = tmp_path / f"a.{kind}"
    Image.fromarray(yellow).save(path, resolution=DPI)
    with opened(path) as file:
        ((_, laid, options),) = answers(reading.read(file.picture(1), prints))
    assert (laid, options) == (True, {"5"})


def test_a_page_of_which_a_part_is_missing_is_no_blank_one(tmp_path: Path) -> None:
    """What a PDF lacks of a picture is drawn as if nothing were there."""
    _, prints, pages = of_two()
    out = io.BytesIO()
    Image.fromarray(pages[0]).save(out, "PDF", resolution=DPI)
    path = tmp_path / "a.pdf"
    with pikepdf.open(out) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        image.write(image.read_raw_bytes()[:3000], filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    reader = working.Reader(prints, frozenset())
    record = reader.side(working.SideJob(path, "", 1)).record
    reader.close()
    assert (record.fault, record.blank, record.pages) == ("picture-damaged", False, ())

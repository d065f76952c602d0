"""Filled-in sheets, scanned in every way, are read as they were meant; or a person is asked.

``make scans`` reads thousands; docs/scans.md has its figures.
"""

import io
import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pikepdf
import pytest

from generator.scanning import answering, reading
from generator.survey import sheet_map
from support import scans
from support.scanned import effects, filling, forms, measuring
from support.scanned.forms import Layout
from support.scanned.levels import LEVELS
from support.scanned.measuring import Forms

FORMS: Forms = (("visitors", ""), ("outpatients", "booklet"), ("visitors", "large"), ("scales", ""))
ASKED = {"clean": 0.02, "office": 0.06, "hard": 0.15, "phone": 0.12}
"""At most such a share of questions goes to a person; of few sheets, so more than of many."""

HARD: tuple[tuple[str, str, str, Layout], ...] = (
    ("0", "hard", "scales", ""),
    ("0", "hard", "visitors", "large"),
    ("2", "hard", "outpatients", "booklet"),
    ("1", "hard", "outpatients", "large"),
    ("1", "hard", "training", "large"),
)
"""Sheets on which an earlier reader went wrong: ticks beside their boxes, faint circles, a filled
box whose tick elsewhere missed its own, a stain that black and white made specks of."""


@pytest.mark.parametrize("level", LEVELS)
def test_sheets_of_every_level(level: str) -> None:
    total: Counter[str] = Counter()
    for survey, layout in FORMS:
        for side, picture, truth in measuring.copy("test", level, survey, layout):
            found = measuring.read(side, picture, truth, FORMS)
            assert not [one for one in found.mistakes if one[0] == "wrong"], found.mistakes
            assert found.taken == 0
            for key in ("pages", "found", "questions", "doubts", "boxes"):
                total[key] += getattr(found, key)
    assert total["found"] == total["pages"]
    assert total["boxes"] > 150
    assert total["doubts"] <= max(1, ASKED[level] * total["questions"])


@pytest.mark.parametrize(("seed", "level", "survey", "layout"), HARD)
def test_sheets_that_were_hard(seed: str, level: str, survey: str, layout: Layout) -> None:
    known = FORMS if (survey, layout) in FORMS else ((survey, layout),)
    for side, picture, truth in measuring.copy(seed, level, survey, layout):
        found = measuring.read(side, picture, truth, known)
        assert not [one for one in found.mistakes if one[0] == "wrong"], found.mistakes


def test_marks_of_another_program(tmp_path: Path) -> None:
    """Ticks and crosses as a program for vectors draws them, rendered by poppler."""
    data, places = forms.printed("visitors", "")
    of = sheet_map.read(places)
    meant = {"who": "company", "quick": "4", "overall": "5"}
    drawn = ["q 0.1 0.2 0.6 RG 1.6 w 1 J"]
    for box in of.boxes:
        if meant.get(box.item) == box.option:
            x, y = box.rectangle.left * 72 / 25.4, (of.height - box.rectangle.top) * 72 / 25.4
            side = box.rectangle.width * 72 / 25.4
            if box.item == "quick":
                drawn.append(f"{x} {y} m {x + side} {y - side} l S {x + side} {y} m")
                drawn.append(f"{x} {y - side} l S")
            else:
                drawn.append(
                    f"{x + 2} {y - 6} m {x + 5} {y - side + 1} l {x + side + 4} {y + 3} l S"
                )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream("\n".join([*drawn, "Q"]).encode()))
        pdf.save(tmp_path / "drawn.pdf")
    program = ["pdftoppm", "-r", "200", "-png", "-singlefile"]
    subprocess.run([*program, tmp_path / "drawn.pdf", tmp_path / "drawn"], check=True)
    picture = cv2.imread(str(tmp_path / "drawn.png"), cv2.IMREAD_GRAYSCALE)
    (page,) = reading.read(np.asarray(picture, np.uint8), measuring.prints(FORMS)).pages
    assert page.laid
    found = {
        box.placed.place.item: box.placed.place.option
        for box in page.boxes
        if box.verdict.state != "empty"
    }
    assert found == meant
    assert all(box.verdict.state in ("empty", "marked") for box in page.boxes)


def test_pages_of_others_are_nobodys() -> None:
    """With their code, and without it: then the foot tells them from ours."""
    ours: Forms = (("visitors", ""),)
    large = scans.pages(forms.printed("visitors", "large")[0], 200)[0]
    picture = np.array(large, np.uint8)
    found = reading.read(picture, measuring.prints(ours))
    assert not found.pages
    assert len(found.foreign) == 1
    of = sheet_map.read(forms.printed("visitors", "large")[1])
    spoilt = picture.copy()
    code = of.pages[0].code
    px = 200 / 25.4
    spoilt[
        round(code.top * px) : round((code.top + code.height) * px),
        round(code.left * px) : round((code.left + code.width) * px),
    ] = 255
    others = reading.read(spoilt, measuring.prints((("visitors", ""), ("scales", ""))))
    assert not any(one.laid for one in others.pages)
    (page,) = reading.read(spoilt, measuring.prints((("visitors", "large"), *ours))).pages
    assert (page.printed.map.form, page.copy) == ("large", "")


def test_blank_backs_and_noise_are_no_pages() -> None:
    blank = np.full((2339, 1654), 246, np.uint8)
    found = reading.read(blank, measuring.prints((("visitors", ""),)))
    assert (found.pages, found.foreign, found.blank) == ((), (), True)
    noise = np.random.default_rng(1).integers(0, 255, (1200, 900), np.uint8)
    assert reading.read(noise, measuring.prints((("visitors", ""),))).pages == ()


def test_a_box_is_traced_to_its_place() -> None:
    """The corners said of a box are where it is in the scan."""
    of = measuring.form("visitors", "")
    page = of.map["pages"][0]
    marks = [(mark["left"] + 2.5, mark["top"] + 2.5) for mark in page["marks"]]
    chance = Random(5)
    sides, _ = filling.answered(of, LEVELS["clean"], chance)
    scan = effects.scanned(sides[0], LEVELS["clean"], chance, marks, [0, 0, 1])
    (read,) = reading.read(scan.picture, measuring.prints(FORMS)).pages
    for box in read.boxes:
        if box.verdict.state == "empty":
            corners = np.array(box.corners)
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            part = scan.picture[top - 2 : bottom + 3, left - 2 : right + 3]
            inside = scan.picture[top + 8 : bottom - 8, left + 8 : right - 8]
            assert inside.min() > 120
            assert part[part.shape[0] // 2].min() < 120


@pytest.mark.parametrize(
    ("states", "many", "fills", "answer", "doubt"),
    [
        ({"a": 0.3}, False, False, ("a",), ""),
        ({}, False, False, (), ""),
        ({"a": 0.3, "b": 0.3}, False, False, (), "two-marks"),
        ({"a": 0.3, "b": 0.9}, False, False, ("a",), ""),
        ({"a": 0.3, "b": 0.9}, False, True, (), "filled-or-corrected"),
        ({"b": 0.9}, False, True, ("b",), ""),
        ({"a": 0.04}, False, False, (), "near-the-bound"),
        ({"a": 0.3, "b": 0.04}, False, False, ("a",), ""),
        ({"a": 0.3, "b": 0.3}, True, False, ("a", "b"), ""),
        ({"a": 0.3, "b": 0.04}, True, False, (), "near-the-bound"),
        ({"a": 0.3, "b": 0.9}, True, False, ("a",), ""),
        ({"b": 0.9}, True, False, (), "filled-or-corrected"),
    ],
)
def test_answers(
    states: dict[str, float], many: bool, fills: bool, answer: tuple[str, ...], doubt: str
) -> None:
    from generator.scanning.boxes import BoxInk
    from generator.scanning.judging import judged

    codes = ("a", "b", "c", *map(str, range(20)))
    inks = [BoxInk(states.get(code, 0.0), states.get(code, 0.0), 0, 0, 0, 0) for code in codes]
    boxes = dict(zip(codes, judged(inks), strict=True))
    found = answering.answered(boxes, many=many, fills=fills, marks=9)
    assert (found.options, found.doubt) == (answer, doubt)

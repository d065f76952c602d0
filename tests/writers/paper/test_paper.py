"""A questionnaire on paper: marks, codes, the map, fields, copies, booklets."""

import io
import json
from datetime import date
from functools import cache
from typing import Any

import pikepdf
import pypdf
import pytest

from generator.survey import AnswerColumn, AnswerOption
from generator.workspace.environment import SYMBOLS
from generator.writers.paper import imposition, printing, stamps
from generator.writers.pdf.jobs import DrawnPdf, FormFieldsSetup
from generator.writers.pdf.writer import PdfWriter
from support import readers, scans, verapdf
from support.making import WORLD

COLUMNS = {
    column.code: column
    for column in (
        AnswerColumn(
            "sex", "one", "1. เพศ", "p", "sex", (AnswerOption("f", "หญิง"), AnswerOption("m", "ชาย"))
        ),
        AnswerColumn(
            "ways",
            "many",
            "2. ช่องทาง",
            "p",
            "ways",
            (AnswerOption("a", "เว็บ"), AnswerOption("b", "สาย")),
        ),
        AnswerColumn("why", "text", "3. เพราะ", "p", "why", lines=2),
    )
}
PAGE = """<p>1. เพศ <span class="box" data-box="sex:f">☐</span> หญิง
<span class="box" data-box="sex:m">☐</span> ชาย</p>
<table><tr><th scope="row">ช่องทาง</th><td><span class="box" data-box="ways:a">☐</span></td>
<td><span class="box" data-box="ways:b">☐</span></td></tr></table>
<p>3. เพราะ</p><div class="write" data-write="why"></div>
<div class="write" data-write="why"></div>"""
STYLE = """
@page { size: %s; margin: 2cm }
html { font-size: 14pt }
.box { font: 18.6pt/1 "DejaVu Sans"; vertical-align: middle }
.write { height: 8mm; border-bottom: 0.5pt dotted #000 }
section + section { break-before: page }
"""


@cache
def written(pages: int = 1, size: str = "A4", *, fillable: bool = False) -> DrawnPdf:
    sections = "".join(
        f"<section>{PAGE if number == 0 else f'<p>หน้าที่ {number + 1}</p>'}</section>"
        for number in range(pages)
    )
    html = (
        '<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>แบบสำรวจ</title>'
        f"</head><body>{sections}</body></html>"
    )
    sheet = FormFieldsSetup(
        WORLD.file_of(WORLD.font), WORLD.file_of(SYMBOLS), COLUMNS, fillable=fillable
    )
    return PdfWriter(STYLE % size, WORLD.font).write_sheet(
        html, sheet, pictures={}, day=date(2022, 10, 1)
    )


def finished(made: DrawnPdf, **more: Any) -> printing.PrintedPaper:
    job = printing.PrintJob("users", "1", "K7QD-2M9X-4TPA", **more)
    return printing.finish(made, job, WORLD.file_of(SYMBOLS))


def test_the_map_lies_on_the_boxes() -> None:
    made = finished(written())
    found = json.loads(made.map)
    (image,) = scans.pages(made.data)
    assert [(box["item"], box["option"]) for box in found["boxes"]] == [
        ("sex", "f"),
        ("sex", "m"),
        ("ways", "a"),
        ("ways", "b"),
    ]
    for box in found["boxes"]:
        assert min(box["width"], box["height"]) >= 4.5
        assert scans.farthest(image, box) <= 0.3
    assert [blank["item"] for blank in found["blanks"]] == ["why", "why"]
    off = {**found["boxes"][0], "left": found["boxes"][0]["left"] + 0.5}
    assert scans.farthest(image, off) > 0.3


def test_marks_and_code_of_every_page() -> None:
    made = finished(written(3))
    found = json.loads(made.map)
    assert found["sides"] == 3
    for number, (image, page) in enumerate(
        zip(scans.pages(made.data), found["pages"], strict=True), start=1
    ):
        assert scans.codes(image) == [f"gen1;users;1;K7QD-2M9X-4TPA;{number}/3"]
        for mark in page["marks"]:
            seen = scans.mark_near(image, mark["left"] + 2, mark["top"] + 2)
            wanted = (mark["left"], mark["top"], mark["width"], mark["height"])
            assert seen == pytest.approx(wanted, abs=0.3)
            assert min(mark["left"], mark["top"]) >= 10
            assert mark["left"] + mark["width"] <= 200
            assert mark["top"] + mark["height"] <= 287


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize("fillable", [False, True])
def test_stamped_and_fillable_files_are_valid(fillable: bool, flavour: verapdf.Flavour) -> None:
    assert verapdf.check(finished(written(2, fillable=fillable)).data, flavour) == []


def test_fields_change_nothing_that_is_drawn() -> None:
    assert written().places == written(fillable=True).places
    plain, fillable = (
        scans.pages(finished(made).data, 100)[0] for made in (written(), written(fillable=True))
    )
    assert plain.tobytes() == fillable.tobytes()


TYPED = "น้ำใจผู้รับบริการ"


def test_filled_by_pypdf() -> None:
    data = finished(written(fillable=True)).data
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    values = {"sex": "/m", "ways_b": "/b", "why": TYPED}
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    saved = io.BytesIO()
    writer.write(saved)
    fields = pypdf.PdfReader(saved).get_fields() or {}
    said = {name: field.get("/V") for name, field in fields.items()}
    assert said == {"sex": "/m", "ways_a": None, "ways_b": "/b", "why": TYPED}
    assert {name: field.get("/TU") for name, field in fields.items()} == {
        "sex": "1. เพศ",
        "ways_a": "2. ช่องทาง: เว็บ",
        "ways_b": "2. ช่องทาง: สาย",
        "why": "3. เพราะ",
    }


def test_numbered_copies() -> None:
    made = finished(written(2), copies=3, serial=True)
    assert (made.sides, made.tagged) == (6, False)
    assert json.loads(made.map)["copies"] == [f"K7QD-2M9X-4TPA-000{n}" for n in (1, 2, 3)]
    said = [scans.codes(image) for image in scans.pages(made.data, 150)]
    assert said == [
        [f"gen1;users;1;K7QD-2M9X-4TPA-000{copy};{page}/2"] for copy in (1, 2, 3) for page in (1, 2)
    ]
    assert verapdf.check(made.data, "3u") == []
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert (
            b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes().split(b"</pdfaExtension")[0][:9]
        )


@pytest.mark.parametrize(
    ("pages", "order"),
    [
        (1, [(1, None, 1), (2, None, None)]),
        (4, [(1, 4, 1), (2, 2, 3)]),
        (6, [(1, None, 1), (2, 2, None), (3, 6, 3), (4, 4, 5)]),
        (8, [(1, 8, 1), (2, 2, 7), (3, 6, 3), (4, 4, 5)]),
    ],
)
def test_a_booklets_pages_lie_as_a_fold_needs_them(
    pages: int, order: list[tuple[int, int | None, int | None]]
) -> None:
    laid = imposition.booklet(pages, 148)
    sides = [(a.side, a.page, b.page) for a, b in zip(laid[::2], laid[1::2], strict=True)]
    assert sides == order
    assert {place.left for place in laid} == {0.5, 148.5}


def test_a_booklet() -> None:
    made = finished(written(3, "A5"), form="booklet", copies=2, serial=True)
    found = json.loads(made.map)
    assert (found["side"], found["sides"]) == ({"width": 297.0, "height": 210.0}, 2)
    images = scans.pages(made.data)
    assert [len(scans.codes(image)) for image in images] == [1, 2, 1, 2]
    for box in found["boxes"]:
        assert scans.farthest(images[box["side"] - 1], box) <= 0.3
    for page in found["pages"]:
        for mark in page["marks"]:
            seen = scans.mark_near(images[page["side"] - 1], mark["left"] + 2, mark["top"] + 2)
            wanted = (mark["left"], mark["top"], mark["width"], mark["height"])
            assert seen == pytest.approx(wanted, abs=0.3)
    assert verapdf.check(made.data, "3u") == []
    text = readers.by_pdfium(made.data)
    assert text.count("หน้าที่3") == 2


def test_copies_share_their_pages() -> None:
    one = len(finished(written(3), copies=1, serial=True).data)
    many = len(finished(written(3), copies=51, serial=True).data)
    assert many - one < 50 * 0.2 * len(written(3).data)


def test_stamps_are_the_same_each_time() -> None:
    assert finished(written(2)) == finished(written(2))
    assert finished(written(2), copies=2) == finished(written(2), copies=2)
    assert stamps.code_place(210, 297).left + stamps.CODE < 195


def test_filled_by_pdfium() -> None:
    made = finished(written(fillable=True))
    found = json.loads(made.map)
    clicks = [box for box in found["boxes"] if (box["item"], box["option"]) in FILLED]
    data = scans.filled(made.data, clicks, [(found["blanks"][0], TYPED)])
    fields = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    said = {name: field.get("/V") for name, field in fields.items()}
    assert said == {"sex": "/m", "ways_a": "/a", "ways_b": None, "why": TYPED}


FILLED = [("sex", "f"), ("sex", "m"), ("ways", "a")]
"""Clicked in this order: of the radio buttons the last one stays."""

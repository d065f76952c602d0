"""Signature fields: empty, named, where the line to sign on is, and tagged."""

from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

from generator.writers.pdf.signature_appearance import COVER, LINE, ROOM
from support.making import EVERY, OTHERS, made, stream
from support.readers import entries, solid

AGREEMENTS = [subject for kind, subject in EVERY if kind == "agreement"]
NAMES = {
    "กอส": ["assessor-1", "assessee-1"],
    "ตัวอย่าง-ก": ["assessor-1", "assessee-1"],
    "ตัวอย่าง-ข": ["assessor-1", "assessee-1", "assessee-2"],
    "blank dsdw-2566": ["assessor-1", "assessee-1"],
    "blank example-2570": ["assessor-1", "assessee-1"],
    **{
        subject: ["assessor-1", "assessee-1"]
        for agency, unit in OTHERS.items()
        for subject in (unit, f"blank {agency}")
    },
}
PURPOSES = [
    "ลงลายมือชื่อ ผู้รับคำรับรอง อธิบดีกรมตัวอย่าง",
    "ลงลายมือชื่อ ผู้ทำคำรับรอง ผู้อำนวยการกองตัวอย่าง ข",
    "ลงลายมือชื่อ ผู้ทำคำรับรอง รองผู้อำนวยการกองตัวอย่าง ข",
]

agreements = pytest.mark.parametrize("subject", AGREEMENTS)


def opened(subject: str) -> pikepdf.Pdf:
    return pikepdf.open(stream(made("agreement", subject)["pdf"]))


def fields(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.Root.AcroForm.Fields)


def test_every_agreement_is_looked_at() -> None:
    assert sorted(NAMES) == sorted(AGREEMENTS)


@agreements
def test_each_signer_has_one_empty_field(subject: str) -> None:
    with opened(subject) as pdf:
        form = pdf.Root.AcroForm
        assert [str(field.T) for field in fields(pdf)] == NAMES[subject]
        assert int(form.SigFlags) == 1
        assert "/NeedAppearances" not in form
        for field in fields(pdf):
            assert (field.Type, field.Subtype, field.FT) == ("/Annot", "/Widget", "/Sig")
            assert "/V" not in field
            # Printed with the page, not hidden (PDF 1.7, 12.5.3).
            assert int(field.F) == 4
            left, bottom, right, top = (float(edge) for edge in field.Rect)
            appearance = field.AP.N
            assert appearance.read_bytes().strip() == b""
            assert [float(edge) for edge in appearance.BBox] == pytest.approx(
                [0, 0, right - left, top - bottom], abs=0.02
            )


def test_the_purpose_is_said() -> None:
    with opened("ตัวอย่าง-ข") as pdf:
        assert [str(field.TU) for field in fields(pdf)] == PURPOSES


@agreements
def test_every_field_says_something_of_its_own(subject: str) -> None:
    with opened(subject) as pdf:
        purposes = [str(field.TU) for field in fields(pdf)]
    assert all(len(purpose) > 10 for purpose in purposes)
    assert len(set(purposes)) == len(purposes)


@agreements
def test_fields_stand_on_the_page_that_lists_them(subject: str) -> None:
    with opened(subject) as pdf:
        listed = [
            (page.obj.objgen, annotation.objgen)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Widget"
        ]
        assert listed == [(field.P.objgen, field.objgen) for field in fields(pdf)]


@agreements
def test_fields_are_tagged_as_forms_in_their_paragraph(subject: str) -> None:
    with opened(subject) as pdf:
        elements = [item for item in pdf.objects if entries(item).get("/S") == "/Form"]
        assert [e.K.Obj.objgen for e in elements] == [f.objgen for f in fields(pdf)]
        parents = dict(pairs(list(pdf.Root.StructTreeRoot.ParentTree.Nums)))
        for element, field in zip(elements, fields(pdf), strict=True):
            # One reference, not an array of one: later signatures depend on it.
            assert not isinstance(element.K, pikepdf.Array)
            assert element.K.Type == "/OBJR"
            assert element.K.Pg.objgen == field.P.objgen
            assert element.P.S == "/P"
            assert parents[int(field.StructParent)].objgen == element.objgen


def pairs(numbers: list[Any]) -> Iterator[tuple[int, Any]]:
    """The entries of a number tree's leaf (PDF 1.7, 7.9.7)."""
    return zip(map(int, numbers[::2]), numbers[1::2], strict=True)


Box = tuple[float, float, float, float]


def lines(page: pypdfium2.PdfPage) -> list[Box]:
    """Where the page shows the dotted lines that begin with the words to sign, in order."""
    text = page.get_textpage()
    said = text.get_text_range()
    assert len(said) == text.count_chars()
    found = []
    start = said.find("ลงชื่อ")
    while start >= 0:
        end = start + len("ลงชื่อ")
        while end < len(said) and said[end] in ". …":
            end += 1
        assert solid(said[start:end]).count(".") > 10, said[start:end]
        boxes = [text.get_charbox(index) for index in range(start, end)]
        found.append(
            (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
        )
        start = said.find("ลงชื่อ", end)
    return found


@agreements
def test_fields_lie_over_their_dotted_lines(subject: str) -> None:
    with opened(subject) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        stated = [
            (numbers[field.P.objgen], [float(edge) for edge in field.Rect]) for field in fields(pdf)
        ]
    with pypdfium2.PdfDocument(made("agreement", subject)["pdf"]) as document:
        shown = [
            (index, box, document[index].get_size())
            for index in sorted({number for number, _ in stated})
            for box in lines(document[index])
        ]
    assert len(shown) == len(stated)
    for (number, field), (index, line, size) in zip(stated, shown, strict=True):
        left, bottom, right, top = field
        assert number == index
        assert 0 < left < right < size[0]
        assert 0 < bottom < top < size[1]
        # As wide as the line or wider; it reaches from the room above the line (34 pt), which a
        # signature's words need, to the end of the line for the date.
        assert left - 1 <= line[0]
        assert line[2] <= right + 1
        assert line[1] - bottom > 2.5 * LINE
        assert top - line[3] == pytest.approx(34, abs=3)


@agreements
def test_fields_do_not_overlap(subject: str) -> None:
    with opened(subject) as pdf:
        boxes = [(f.P.objgen, [float(edge) for edge in f.Rect]) for f in fields(pdf)]
    for number, (page, one) in enumerate(boxes):
        for other_page, other in boxes[number + 1 :]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert page != other_page or apart


@agreements
def test_the_foot_of_a_field_is_the_line_for_the_date(subject: str) -> None:
    """What a dated signature covers holds that line, and nothing of the one before."""
    with opened(subject) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        boxes = [(numbers[f.P.objgen], [float(edge) for edge in f.Rect]) for f in fields(pdf)]
    with pypdfium2.PdfDocument(made("agreement", subject)["pdf"]) as document:
        for number, (left, bottom, right, top) in boxes:
            text = document[number].get_textpage()
            said = text.get_text_range()
            inside = [
                (sign, box)
                for sign, box in zip(said, map(text.get_charbox, range(len(said))), strict=True)
                if left <= box[0] and box[2] <= right and bottom <= box[1] and box[3] <= top
                if sign.strip()
            ]
            cover, line = bottom + COVER, top - ROOM
            date = "".join(sign for sign, box in inside if box[1] < cover)
            assert date.startswith("วันที่"), date
            assert all(box[3] < cover for _, box in inside if box[1] < cover)
            assert all(box[3] < line for _, box in inside)

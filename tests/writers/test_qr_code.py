"""The QR code of the id: readable where it is printed, the same each time."""

import json
import zipfile

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from generator.agreements import record
from generator.writers import qr_code
from support import readers
from support.making import EVERY, made, stream

every = pytest.mark.parametrize(("kind", "subject"), EVERY)


def read(picture: Image.Image) -> list[str]:
    """The words of the QR codes on a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def document_id(pdf: bytes) -> str:
    """The id that the PDF's own record states."""
    stated = json.loads(readers.attachment(pdf, record.ABOUT))["id"]
    assert isinstance(stated, str)
    assert len(stated) == 14
    return stated


@every
def test_the_code_on_the_first_page_reads_the_id(kind: str, subject: str) -> None:
    data = made(kind, subject)["pdf"]
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[0].render(scale=200 / 72).to_pil()
    said = read(picture)
    # A questionnaire's code also says which survey, copy and page it is.
    assert [words.split(";")[3] if kind == "survey" else words for words in said] == [
        document_id(data)
    ]


@every
def test_the_code_of_the_docx_reads_the_same_id(kind: str, subject: str) -> None:
    files = made(kind, subject)
    with zipfile.ZipFile(stream(files["docx"])) as archive:
        picture = Image.open(stream(archive.read("word/media/code.png")))
    assert read(picture) == [document_id(files["pdf"])]


def test_other_data_has_another_code() -> None:
    ids = [document_id(made(kind, subject)["pdf"]) for kind, subject in EVERY]
    assert len(set(ids)) == len(EVERY)


def test_the_same_id_is_drawn_the_same() -> None:
    for draw in (qr_code.dots, qr_code.png):
        first = draw("K7QD-2M9X-4TPA")
        draw.cache_clear()
        assert draw("K7QD-2M9X-4TPA") == first
        assert draw("K7QD-2M9X-4TPB") != first


def test_the_png_is_sharp_and_has_a_white_border() -> None:
    picture = Image.open(stream(qr_code.png("K7QD-2M9X-4TPA"))).convert("L")
    # Version 1 has 21 modules a side (ISO 18004); 8 dots each, two modules of white around.
    assert picture.size == ((21 + 4) * 8,) * 2
    assert set(picture.tobytes()) == {0, 255}
    assert picture.crop((0, 0, picture.width, 16)).getextrema() == (255, 255)
    assert read(picture) == ["K7QD-2M9X-4TPA"]

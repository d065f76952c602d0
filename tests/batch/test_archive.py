"""Archives, their contents page, and the PDF to print."""

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import verify
from support.readers import by_poppler
from support.small import AGENCY, batch, workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose three units' agreements are made and packed."""
    folder = workspace(tmp_path_factory.mktemp("batch"), 3)
    report = batch(folder, zip=True, merge=True)
    assert not report.faults
    base = folder / "outputs" / AGENCY
    assert {path for path in report.paths if path.suffix == ".zip"} == {
        base / f"{AGENCY}.zip",
        *(base / f"unit-{n}" / f"unit-{n}.zip" for n in (1, 2, 3)),
    }
    return folder


def test_an_archive_a_unit(folder: Path) -> None:
    base = folder / "outputs" / AGENCY / "unit-2"
    with zipfile.ZipFile(base / "unit-2.zip") as archive:
        assert archive.namelist() == ["unit-2-agreement.docx", "unit-2-agreement.pdf"]
        for name in archive.namelist():
            assert archive.read(name) == (base / name).read_bytes()


def test_one_of_all_with_its_contents(folder: Path) -> None:
    base = folder / "outputs" / AGENCY
    with zipfile.ZipFile(base / f"{AGENCY}.zip") as archive:
        assert archive.namelist() == [
            "contents.pdf",
            *(f"unit-{n}/unit-{n}-agreement.{e}" for n in (1, 2, 3) for e in ("docx", "pdf")),
        ]
        contents = archive.read("contents.pdf")
        pages = {
            n: verify.page_count(archive.read(f"unit-{n}/unit-{n}-agreement.pdf"))
            for n in (1, 2, 3)
        }
        ids = [
            verify.record_of(archive.read(f"unit-{n}/unit-{n}-agreement.pdf"), "x")["id"]
            for n in (1, 2, 3)
        ]
    cells = [piece.text for piece in verify.pdf_facts(contents).content if piece.kind == "cell"]
    rows = [cells[start : start + 7] for start in range(7, len(cells), 7)]
    signer = "ชื่อตัวอย่างอธิบดี,อธิบดีกรมตัวอย่าง"
    assert rows == [
        *(
            [str(n), f"กองที่{n}", "คำรับรองการปฏิบัติราชการ", ids[n - 1], str(pages[n]), "", signer]
            for n in (1, 2, 3)
        ),
        ["", "รวม", "3", "", str(sum(pages.values())), "", ""],
    ]
    assert "สารบัญเอกสาร" in by_poppler(contents)


def test_one_pdf_to_print(folder: Path) -> None:
    base = folder / "outputs" / AGENCY
    whole = PdfReader(io.BytesIO((base / f"{AGENCY}-print.pdf").read_bytes()))
    parts = [
        PdfReader(base / f"unit-{n}" / f"unit-{n}-agreement.pdf").pages[0].mediabox
        for n in (1, 2, 3)
    ]
    counts = [
        verify.page_count((base / f"unit-{n}" / f"unit-{n}-agreement.pdf").read_bytes())
        for n in (1, 2, 3)
    ]
    assert len(whole.pages) == sum(counts)
    starts = [0, counts[0], counts[0] + counts[1]]
    assert [whole.get_destination_page_number(item) for item in whole.outline] == starts  # type: ignore[arg-type]
    assert [whole.pages[start].mediabox for start in starts] == parts


def test_packed_again_it_is_the_same(folder: Path) -> None:
    base = folder / "outputs" / AGENCY
    before = {path: path.read_bytes() for path in base.glob("*.*") if path.is_file()}
    batch(folder, zip=True, merge=True)
    assert {path: path.read_bytes() for path in before} == before

"""DOCX: columns and cells, pictures, properties, the archive."""

import io
import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents.common import Properties
from generator.workspace.environment import Workspace
from generator.writers.docx.archive import pack
from generator.writers.docx.finishing import png_size
from generator.writers.docx.parts import W
from generator.writers.docx.tables import fit_columns
from generator.writers.docx.writer import core_properties
from support.making import (
    EVERY,
    ROOT,
    by_libreoffice,
    is_empty_form,
    made,
    png,
    stream,
    with_emblem,
)

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# A cell of a test's table: its span and, where it states one, its width.
Cell = tuple[int, int | None]


def table(rows: list[list[Cell]], total: int | None = 9000) -> etree._Element:
    """A table as a template holds it, with the grid of some other table."""

    def cell(span: int, width: int | None) -> str:
        inner = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width is not None else ""
        inner += f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
        return f"<w:tc>{f'<w:tcPr>{inner}</w:tcPr>' if inner else ''}<w:p/></w:tc>"

    body = "".join(f"<w:tr>{''.join(cell(*c) for c in row)}</w:tr>" for row in rows)
    width = f'<w:tblW w:w="{total}" w:type="dxa"/>' if total is not None else ""
    return etree.fromstring(
        f'<w:tbl xmlns:w="{W}"><w:tblPr>{width}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>{body}</w:tbl>'
    )


def grid(element: etree._Element) -> list[int]:
    """The widths of a table's own columns; a table in one of its cells has others."""
    columns = element.iterfind(f"{{{W}}}tblGrid/{{{W}}}gridCol")
    return [int(column.get(f"{{{W}}}w", "")) for column in columns]


def cells(element: etree._Element) -> list[list[tuple[int, int]]]:
    """The span and width of each cell, a list a row."""
    found: list[list[tuple[int, int]]] = []
    for row in element.iterfind(f"{{{W}}}tr"):
        found.append([])
        for properties in row.iterfind(f"{{{W}}}tc/{{{W}}}tcPr"):
            span = properties.find(f"{{{W}}}gridSpan")
            width = properties.find(f"{{{W}}}tcW")
            assert width is not None
            assert width.get(f"{{{W}}}type") == "dxa"
            stated = "1" if span is None else span.get(f"{{{W}}}val", "")
            found[-1].append((int(stated), int(width.get(f"{{{W}}}w", ""))))
    return found


def fitted(rows: list[list[Cell]], *widths: float, total: int | None = 9000) -> etree._Element:
    element = table(rows, total)
    fit_columns(element, widths)
    return element


def test_columns_follow_the_cells_of_the_longest_row() -> None:
    found = fitted([[(1, 500)], [(1, 1000), (1, 2000)]])
    assert grid(found) == [3000, 6000]
    assert cells(found) == [[(2, 9000)], [(1, 3000), (1, 6000)]]


def test_given_widths_are_parts_of_the_table() -> None:
    found = fitted([[(1, 5), (1, 5), (1, 5)]], 1, 1.5, 2)
    assert grid(found) == [2000, 3000, 4000]
    assert cells(found) == [[(1, 2000), (1, 3000), (1, 4000)]]


def test_a_cell_over_columns_is_as_wide_as_they_are() -> None:
    found = fitted([[(1, 1), (2, 1)], [(1, 1), (1, 1), (1, 1)], [(2, 1), (1, 1)]], 1, 1.5, 2)
    assert cells(found) == [
        [(1, 2000), (2, 7000)],
        [(1, 2000), (1, 3000), (1, 4000)],
        [(2, 5000), (1, 4000)],
    ]


def test_a_spanning_cell_shares_its_width_among_its_columns() -> None:
    assert grid(fitted([[(2, 4000), (1, 5000)]])) == [2000, 2000, 5000]


def test_a_short_row_spans_to_the_last_column() -> None:
    found = fitted([[(1, 1), (1, 1), (1, 1), (1, 1)], [(1, 1), (1, 1)], [(3, 1)]], 1, 1, 1, 1)
    assert cells(found)[1:] == [[(1, 2250), (3, 6750)], [(4, 9000)]]


def test_cells_without_properties_get_theirs_in_the_schemas_order() -> None:
    found = fitted([[(1, None), (1, None)], [(1, None)]], 1, 2)
    assert cells(found) == [[(1, 3000), (1, 6000)], [(2, 9000)]]
    names = [etree.QName(e).localname for e in found.findall(f"{{{W}}}tr/{{{W}}}tc/*/*")]
    assert names == ["tcW", "tcW", "tcW", "gridSpan"]


@pytest.mark.parametrize("count", [3, 7, 13])
def test_no_width_is_lost_in_rounding(count: int) -> None:
    found = fitted([[(1, 1)] * count], *([1 / 3] * count), total=9071)
    assert sum(grid(found)) == 9071
    assert sum(width for _, width in cells(found)[0]) == 9071
    assert max(grid(found)) - min(grid(found)) <= 1


def test_a_table_that_states_no_width_keeps_that_of_its_cells() -> None:
    assert grid(fitted([[(1, 1200), (1, 800)]], total=None)) == [1200, 800]


@pytest.mark.parametrize(("kind", "subject"), EVERY)
def test_every_row_of_a_document_fills_its_table(kind: str, subject: str) -> None:
    with zipfile.ZipFile(stream(made(kind, subject)["docx"])) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    tables = list(root.iter(f"{{{W}}}tbl"))
    assert len(tables) >= (1 if is_empty_form(kind, subject) else 2)
    for element in tables:
        columns = grid(element)
        for row in cells(element):
            assert sum(span for span, _ in row) == len(columns)
            assert sum(width for _, width in row) == sum(columns)


PROPERTIES = Properties("A & B <c> น้ำ", "เรื่อง & <อื่น>", "กรม “ก”", date(2026, 10, 1))


def opened(properties: Properties, identifier: str = "") -> docx.document.Document:
    """A DOCX of the properties, opened by python-docx."""
    files = {"docx": made(*EVERY[0])["docx"]}
    with zipfile.ZipFile(stream(files["docx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = core_properties(properties, identifier)
    return docx.Document(stream(pack(parts)))


def test_properties_come_out_as_they_went_in() -> None:
    core = opened(PROPERTIES, "K7QD-2M9X-4TPA").core_properties
    assert core.title == PROPERTIES.title
    assert core.subject == PROPERTIES.subject
    assert (core.author, core.last_modified_by) == (PROPERTIES.author,) * 2
    assert core.language == "th-TH"
    assert core.identifier == "K7QD-2M9X-4TPA"
    assert core.revision == 1
    day = datetime(2026, 10, 1)
    assert [d and d.replace(tzinfo=None) for d in (core.created, core.modified)] == [day, day]


def test_properties_are_cut_to_what_word_takes() -> None:
    long = "น้ำ" * 100
    core = opened(Properties(long, long, long, date(2026, 10, 1))).core_properties
    assert {core.title, core.subject, core.author} == {long[:255]}


def test_packing_depends_on_the_parts_only() -> None:
    parts = {"word/b.xml": b"b" * 1000, "word/a.xml": b"a", "[Content_Types].xml": b"<Types/>"}
    data = pack(parts)
    assert pack(dict(reversed(parts.items()))) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # The content types stand first, as Word writes them; the rest is sorted.
        assert archive.namelist() == ["[Content_Types].xml", "word/a.xml", "word/b.xml"]
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {item.create_system for item in archive.infolist()} == {0}
        assert {name: archive.read(name) for name in parts} == parts
        assert archive.getinfo("word/b.xml").compress_size < 1000


@pytest.mark.parametrize("size", [(1, 1), (640, 480), (3, 70000)])
def test_the_size_of_a_png(size: tuple[int, int]) -> None:
    assert png_size(png(*size)) == size


def test_an_emblem_keeps_its_proportion_and_the_templates_height() -> None:
    heights = set()
    for width, height in ((400, 300), (300, 400), (7, 7)):
        picture = png(width, height)
        with zipfile.ZipFile(stream(with_emblem(picture)["docx"])) as archive:
            assert archive.read("word/media/emblem.png") == picture
            root = etree.fromstring(archive.read("word/document.xml"))
        extents = [e for name in (f"{WP}extent", f"{A}ext") for e in root.iter(name) if e.get("cy")]
        assert len(extents) == 2
        for extent in extents:
            across, up = int(extent.get("cx", "")), int(extent.get("cy", ""))
            assert across / up == pytest.approx(width / height, rel=1e-5)
            heights.add(up)
    # 3 cm in English Metric Units.
    assert heights == {1_080_000}


def test_every_picture_has_a_number_and_words() -> None:
    numbers, words = [], []
    with zipfile.ZipFile(stream(with_emblem(png(60, 40))["docx"])) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for picture in etree.fromstring(archive.read(name)).iter(f"{WP}docPr"):
                    numbers.append(picture.get("id"))
                    words.append(picture.get("descr"))
    assert len(numbers) == 3
    assert len(set(numbers)) == 3
    assert all(words)


def test_page_numbers_in_thai_digits_are_digits_in_libreoffice_too(tmp_path: Path) -> None:
    agency = tmp_path / "agreements" / "example-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", agency)
    settings = agency / "agency.yaml"
    text = settings.read_text("utf-8").replace("digits: arabic", "digits: thai")
    settings.write_text(text, "utf-8")
    world = Workspace(tmp_path, {})
    found, options = lookup.find(world, "ตัวอย่าง-ข"), DocumentOptions(sheets=False)
    (data,) = documents.make(
        world, "agreement", found, formats=["docx"], options=options
    ).files.values()
    with zipfile.ZipFile(stream(data)) as archive:
        feet = [archive.read(name) for name in archive.namelist() if "/footer" in name]
    assert {foot.count(b" \\* thaiarabic ") for foot in feet} == {0, 2}
    with pypdfium2.PdfDocument(by_libreoffice(data)) as pdf:
        for number, page in enumerate(pdf, start=1):
            assert f"หน้า {number}/{len(pdf)}" in page.get_textpage().get_text_range()

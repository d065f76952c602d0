"""A sheet's last page holds more than a few lines in Word, where that can be."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.templates.conventions import SHEET_HEADING
from generator.typesetting.lettering import AVERAGE
from generator.writers.docx import page_runs
from generator.writers.docx.block_heights import Block
from generator.writers.docx.parts import W
from generator.writers.docx.styles import Styles

LINE, ROOM = 400, 10_000
STYLES = Styles(
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Text"><w:pPr>'
    f'<w:spacing w:before="40" w:line="{LINE}" w:lineRule="exact"/></w:pPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="{SHEET_HEADING}"><w:basedOn w:val="Text"/></w:style>'
    "</w:styles>".encode()
)
SECTION = (
    f'<w:sectPr><w:pgSz w:w="9000" w:h="{ROOM + 2000}"/>'
    '<w:pgMar w:top="1000" w:bottom="1000" w:left="1000" w:right="1000"/></w:sectPr>'
)
NAMES = {"w": W}


def block(height: float, *, keeps: bool = False, step: float = 0.0, row: float = -1.0) -> Block:
    """A block of lines alone; with heads of a height it is a row."""
    element = etree.Element(f"{{{W}}}{'p' if row < 0 else 'tr'}")
    return Block(element, height, keeps=keeps, step=step, heads=max(row, 0.0))


def pages(*blocks: Block) -> list[tuple[int, bool, float]]:
    found = page_runs.paginated(blocks, ROOM)
    return [(page.start, page.is_rest, round(page.fill, 2)) for page in found]


def test_what_stays_together_goes_to_the_next_page_together() -> None:
    found = pages(block(8000), block(1000, keeps=True), block(1500), block(500))
    assert found == [(0, False, 0.8), (1, False, 0.3)]


def test_two_lines_of_a_paragraph_stay_together_at_either_end() -> None:
    assert pages(block(9400), block(1600, step=400)) == [(0, False, 0.94), (1, False, 0.16)]
    assert pages(block(9000), block(1600, step=400)) == [(0, False, 0.98), (1, True, 0.08)]
    assert pages(block(8500), block(1600, step=400)) == [(0, False, 0.93), (1, True, 0.08)]


def test_a_page_that_begins_with_a_row_repeats_its_heads() -> None:
    rows = [block(3000, row=700) for _ in range(4)]
    found = pages(block(700, keeps=True, row=0), *rows)
    assert found == [(0, False, 0.97), (4, False, 0.37)]


def test_what_is_higher_than_a_page_ends_all_the_same() -> None:
    assert len(pages(block(25_000, step=400), block(12_000), block(100))) > 3


def sheet(lines: int, start: str = "", end: str = "") -> etree._Element:
    """A body with a sheet of so many lines, as finished."""
    heading = f'<w:p><w:pPr><w:pStyle w:val="{SHEET_HEADING}"/></w:pPr></w:p>'
    text = "<w:p><w:r><w:t>ก</w:t></w:r></w:p>"
    root = etree.fromstring(
        f'<w:document xmlns:w="{W}"><w:body>{start}{heading}{text * (lines - 1)}{end}{SECTION}'
        "</w:body></w:document>"
    )
    page_runs.settle(root, STYLES, AVERAGE)
    return root


def kept(root: etree._Element) -> int:
    return len(root.findall(".//w:keepNext", NAMES))


def spacings(root: etree._Element) -> list[dict[str, str]]:
    found = root.iterfind(".//w:spacing", NAMES)
    return [{name.rpartition("}")[2]: value for name, value in one.items()} for one in found]


@pytest.mark.parametrize("lines", [20, 22, 36, 40])
def test_a_sheet_whose_last_page_is_full_enough_stays_as_it_is(lines: int) -> None:
    root = sheet(lines)
    assert (kept(root), spacings(root)) == (0, [])


def test_a_sheet_that_runs_over_by_a_line_is_tightened() -> None:
    root = sheet(23)
    assert kept(root) == 0
    expected = {"before": "16", "after": "0", "line": "380", "lineRule": "exact"}
    assert spacings(root) == [expected] * 23


def test_one_that_runs_over_by_more_shares_its_last_two_pages() -> None:
    root = sheet(28)
    assert spacings(root) == []
    # 12 of 28 lines stay on the last page: half of it, and one line more.
    assert kept(root) == 11
    assert root[0][-2].find(".//w:keepNext", NAMES) is None


def test_what_stands_around_a_sheet_makes_no_difference() -> None:
    """A sheet is finished by itself, and may be anywhere in a document."""
    alone = [etree.tostring(one) for one in sheet(28)[0][:-1]]
    text = "<w:p><w:r><w:t>ก</w:t></w:r></w:p>"
    empty = "<w:p/>" * 30
    among = sheet(28, text * 30 + f"<w:p><w:pPr>{SECTION}</w:pPr></w:p>", empty)
    assert [etree.tostring(one) for one in among[0][31:59]] == alone
    other = sheet(3, text * 30)
    assert (kept(other), spacings(other)) == (0, [])


def test_the_first_row_below_heads_is_not_kept_whole() -> None:
    """LibreOffice loses rows of tables of which it is."""
    width = '<w:tcPr><w:tcW w:w="3000"/></w:tcPr>'
    row = f"<w:tr><w:tc>{width}<w:p><w:r><w:t>ก</w:t></w:r></w:p></w:tc></w:tr>"
    head = row.replace("<w:tc>", "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc>")
    root = sheet(16, end=f"<w:tbl>{head}{row * 9}</w:tbl>")
    whole = [one.find("w:trPr/w:cantSplit", NAMES) is not None for one in root.iter(f"{{{W}}}tr")]
    assert whole == [True, False, *[True] * 7, False]
    assert kept(root) >= 9

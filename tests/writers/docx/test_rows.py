"""Rows stay whole, sums and bands with their rows, as in the PDF."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.templates.conventions import BELOW_TABLE, DATA_TABLE, GOES_ON, LAYOUT_TABLE
from generator.writers.docx import rows
from generator.writers.docx.parts import W
from generator.writers.docx.styles import Styles
from support import making

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr>'
    '<w:spacing w:line="286" w:lineRule="exact"/></w:pPr><w:rPr><w:szCs w:val="22"/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:keepNext/></w:pPr></w:style>'
    "</w:styles>"
)
HEAD = "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
SHORT, TALL = "มาตรการลดและคัดแยกขยะมูลฝอย", "จัดทำแนวทางการพัฒนาอาสาสมัครประจำปี " * 12
NAMES = {"w": W}


def row(*cells: str, start: str = "<w:tr>", style: str = "a") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    said = (
        f'<w:tc><w:tcPr><w:tcW w:w="1500"/></w:tcPr><w:p>{named}<w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:tc>"
        for words in cells
    )
    return f"{start}{''.join(said)}</w:tr>"


def kept(*found: str, table: str = DATA_TABLE, below: str = "") -> list[tuple[bool, str | None]]:
    """Of each row: whether it is whole, and what its first paragraph says of the next."""
    properties = f'<w:tblPr><w:tblStyle w:val="{table}"/></w:tblPr>'
    body = etree.fromstring(
        f'<w:body xmlns:w="{W}"><w:tbl>{properties}{"".join(found)}</w:tbl>{below}</w:body>'
    )
    rows.keep(body, Styles(STYLES.encode()), making.WORLD.lettering)
    said = []
    for one in body.iter(f"{{{W}}}tr"):
        next_ = one.find(".//w:pPr/w:keepNext", NAMES)
        value = None if next_ is None else next_.get(f"{{{W}}}val", "1")
        said.append((one.find("w:trPr/w:cantSplit", NAMES) is not None, value))
    return said


def test_short_rows_are_whole_and_tall_ones_go_on() -> None:
    found = kept(row(SHORT, "5"), row(TALL, "5"), row(SHORT, "5"), table=DATA_TABLE)
    assert [whole for whole, _ in found] == [True, False, True]


def test_the_last_row_has_two_rows_above_it_and_keeps_nothing_below() -> None:
    head = row("ตัวชี้วัด", "น้ำหนัก", start=HEAD, style="Head")
    total = row("รวม", "100", style="Head")
    found = kept(head, *[row(SHORT, "5")] * 4, total)
    assert [value for _, value in found] == [None, None, None, "1", "1", "0"]


def test_tall_rows_dont_stay_with_the_last_one() -> None:
    found = kept(row(SHORT, "5"), row(TALL, "5"), row(TALL, "5"), row("รวม", "100"))
    assert [value for _, value in found] == [None] * 4
    found = kept(row(SHORT, "5"), row(TALL, "5"), row(SHORT, "5"), row("รวม", "100"))
    assert [value for _, value in found] == [None, None, "1", None]


def test_the_first_row_below_a_head_is_kept_whole_by_its_paragraphs() -> None:
    """LibreOffice loses the rows of a table whose first one lacks less than a point of its page."""
    head = row("ตัวชี้วัด", "น้ำหนัก", start=HEAD, style="Head")
    body = etree.fromstring(
        f'<w:body xmlns:w="{W}"><w:tbl><w:tblPr><w:tblStyle w:val="{DATA_TABLE}"/></w:tblPr>'
        f"{head}{row('ส่วนที่ 1')}{row(SHORT, '5') * 4}</w:tbl></w:body>"
    )
    rows.keep(body, Styles(STYLES.encode()), making.WORLD.lettering)
    found = list(body.iter(f"{{{W}}}tr"))
    whole = [one.find("w:trPr/w:cantSplit", NAMES) is not None for one in found]
    assert whole == [True, True, False, True, True, True]
    lines = [len(one.findall(".//w:pPr/w:keepLines", NAMES)) for one in found]
    assert lines == [0, 0, 2, 0, 0, 0]


def test_a_band_stays_with_its_first_row() -> None:
    found = kept(row("ส่วนที่ 1"), *[row(SHORT, "5")] * 4, row("ส่วนที่ 2"), row(SHORT, "5"), row("", ""))
    assert [value for _, value in found][:1] == ["1"]
    assert found[5][1] == "1"


def test_a_table_stays_with_its_notes() -> None:
    note = f'<w:p><w:pPr><w:pStyle w:val="{BELOW_TABLE}"/></w:pPr></w:p>'
    found = kept(*[row(SHORT, "5")] * 5, below=note)
    assert [value for _, value in found] == [None, None, "1", "1", "1"]


def on_page(*found: str, below: str = "", tall: int = 8_000) -> list[tuple[bool, bool]]:
    """Of each row of a table on a page of a height: whether it's whole, and stays with the next."""
    body = etree.fromstring(
        f'<w:document xmlns:w="{W}"><w:body><w:tbl><w:tblPr><w:tblStyle w:val="{DATA_TABLE}"/>'
        f'</w:tblPr>{"".join(found)}</w:tbl>{below}<w:sectPr><w:pgSz w:h="{tall}"/></w:sectPr>'
        "</w:body></w:document>"
    )
    rows.keep(body, Styles(STYLES.encode()), making.WORLD.lettering)
    return [
        (
            one.find("w:trPr/w:cantSplit", NAMES) is not None,
            one.find(".//w:pPr/w:keepNext", NAMES) is not None
            and one.find(".//w:pPr/w:keepNext[@w:val='0']", NAMES) is None,
        )
        for one in body.iter(f"{{{W}}}tr")
    ]


def test_the_last_rows_make_a_page_that_begins_with_them_no_nearly_empty_one() -> None:
    """Of rows of 898, as many as make three eighths of a page with heads of 326."""
    found = on_page(row("ตัวชี้วัด", start=HEAD), *[row(SHORT, "5")] * 12)
    assert all(whole for whole, _ in found[2:])
    assert [next_ for _, next_ in found][-5:] == [False, True, True, True, False]


def test_a_tall_row_before_the_last_one_is_whole_where_both_leave_room() -> None:
    tall = row("จัดทำแนวทางการพัฒนาอาสาสมัครประจำปี " * 3, "5")
    assert on_page(*[tall] * 4, row(SHORT, "5"))[-2:] == [(True, True), (True, False)]
    assert on_page(*[tall] * 4, row(SHORT, "5"), tall=5_000)[-2:] == [(False, False), (True, False)]


def test_a_table_stays_with_what_is_said_to_follow_it() -> None:
    below = f'<w:p><w:pPr><w:pStyle w:val="{GOES_ON}"/></w:pPr></w:p>'
    assert on_page(*[row(SHORT, "5")] * 3, below=below)[-1] == (True, True)
    assert on_page(*[row(SHORT, "5")] * 3, below="<w:p/>")[-1] == (True, False)


@pytest.mark.parametrize("table", [LAYOUT_TABLE, "Equations"])
def test_only_tables_of_data_are_touched(table: str) -> None:
    assert kept(row(SHORT, "5"), row("รวม", "100"), table=table) == [(False, None)] * 2

"""Clipboards of Excel, Word and browsers: cells land where they were, merged ones in each."""

import pytest

from generator.importing import pasted

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--td
	{padding:0px;}--></style></head><body><table border=0 cellpadding=0><!--StartFragment-->
<col width=64><tr height=20><td class=xl65 width=64>ตัวชี้วัด</td><td>น้ำหนัก
 (ร้อยละ)</td></tr><tr><td rowspan=2>๑.&nbsp;บริการ</td><td align=right>๑๕</td></tr>
<tr><td>15.50%</td></tr><tr><td colspan=2>รวม &lt;ทั้งหมด&gt;</td></tr>
<!--EndFragment--></table></body></html>"""

WORD = """<table class=MsoTableGrid><thead><tr><td><p class=MsoNormal><b><span lang=TH>ระดับ
1</span></b><o:p></o:p></p></td><td><p>ระดับ 2</p></td></tr></thead><tr><td><p>ข้อ ก</p>
<p>ข้อ ข<br>ข้อ ค</p></td><td><table><tr><td>ใน</td><td>ตาราง</td></tr></table></td></tr></table>"""


def test_cells_of_excel_with_merged_ones_and_thai_digits() -> None:
    found = pasted.read(EXCEL, "ไม่ใช้")
    assert found.rows == (
        ("ตัวชี้วัด", "น้ำหนัก (ร้อยละ)"),
        ("๑. บริการ", "๑๕"),
        ("๑. บริการ", "15.50%"),
        ("รวม <ทั้งหมด>", "รวม <ทั้งหมด>"),
    )
    assert found.merged == 2
    assert not found.cut


def test_paragraphs_of_a_word_cell_are_its_lines_and_a_table_in_it_is_words() -> None:
    found = pasted.read(WORD, "")
    assert found.rows[0] == ("ระดับ 1", "ระดับ 2")
    assert found.rows[1][0] == "ข้อ ก\nข้อ ข\nข้อ ค"
    assert found.rows[1][1].replace("\n", "") == "ในตาราง"


def test_text_between_tabs_with_breaks_in_a_cell() -> None:
    found = pasted.read("<p>ไม่มีตาราง</p>", 'ก\t"ข\nค"\r\n1\t2\t3\r\n')
    assert found.rows == (("ก", "ข\nค", ""), ("1", "2", "3"))


def test_lines_of_text_are_one_column_and_nothing_is_nothing() -> None:
    assert pasted.read("", "หนึ่ง\r\nสอง").rows == (("หนึ่ง",), ("สอง",))
    assert pasted.read("", "").rows == ()


@pytest.mark.parametrize(
    "spans", ["colspan=99999999", "rowspan=99999999", "colspan=-1", "colspan=x"]
)
def test_no_span_fills_the_machine(spans: str) -> None:
    found = pasted.read(f"<table><tr><td {spans}>ก</td></tr></table>" * 40, "")
    assert sum(map(len, found.rows)) <= pasted.MOST_CELLS
    assert found.rows[0][0] == "ก"


def test_what_is_too_much_is_said_to_be_cut() -> None:
    assert pasted.read("", "ก\tข\n" * 40_000).cut
    assert not pasted.read("", "ก\tข\n" * 400).cut


@pytest.mark.parametrize(
    ("cell", "read"),
    [("๑๕", "15"), ("15.50%", "15.50"), ("ร้อยละ ๘๐", "80"), ("1,200", "1,200"), ("มาก", "มาก")],
)
def test_figures_are_read_as_fields_have_them(cell: str, read: str) -> None:
    assert pasted.figure(cell) == read


def test_scripts_and_styles_are_no_words() -> None:
    html = "<table><tr><td><script>alert(1)</script><style>p{}</style>ก&amp;ข</td></tr></table>"
    assert pasted.read(html, "").rows == (("ก&ข",),)

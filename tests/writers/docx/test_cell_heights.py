"""How high cells are is measured in the letters and lines of their styles."""

from __future__ import annotations

from lxml import etree

from generator.writers.docx.cell_heights import CellHeights
from generator.writers.docx.parts import W
from generator.writers.docx.styles import Styles
from support import making

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr>'
    '<w:spacing w:line="286" w:lineRule="exact"/></w:pPr><w:rPr><w:szCs w:val="22"/></w:rPr>'
    "</w:style></w:styles>"
)


def height(words: str, width: int) -> int:
    table = etree.fromstring(
        f'<w:tbl xmlns:w="{W}"><w:tblPr/><w:tr><w:tc><w:tcPr><w:tcW w:w="{width}"/></w:tcPr>'
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    styles = Styles(STYLES.encode())
    heights = CellHeights(table, styles, making.WORLD.lettering, bold=False)
    return heights.of(next(table.iter(f"{{{W}}}tc")))


def test_words_take_more_lines_in_a_narrow_cell() -> None:
    words = "ร้อยละของผู้รับบริการที่พึงพอใจต่อการให้บริการของหน่วยงาน"
    assert height(words, 9000) == 40 + 286
    assert height(words, 1600) >= 40 + 4 * 286

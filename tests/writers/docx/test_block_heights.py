"""About how high paragraphs and rows are in Word."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.typesetting.lettering import AVERAGE
from generator.writers.docx.block_heights import Block, BlockHeights
from generator.writers.docx.parts import W
from generator.writers.docx.styles import Styles

STYLES = Styles(
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Text"><w:pPr>'
    '<w:spacing w:before="60" w:after="40" w:line="400" w:lineRule="exact"/></w:pPr><w:rPr>'
    '<w:szCs w:val="32"/></w:rPr></w:style></w:styles>'.encode()
)
WORDS = "ก" * 50
"""416 points in average letters of 16 points."""


def blocks(inner: str, width: int = 6000) -> list[Block]:
    root = etree.fromstring(
        f'<w:document xmlns:w="{W}"><w:body>{inner}<w:sectPr><w:pgSz w:w="{width}"/>'
        '<w:pgMar w:left="1000" w:right="1000"/></w:sectPr></w:body></w:document>'
    )
    heights = BlockHeights(root, STYLES, AVERAGE)
    return [block for element in root[0] for block in heights.of(element)]


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_a_paragraph_has_lines_and_what_is_around_them() -> None:
    short, long, longer = blocks(
        paragraph("ก") + paragraph(WORDS) + paragraph(WORDS * 2, "<w:keepNext/>")
    )
    assert (short.height, short.step, short.least) == (500, 0, 500)
    assert (long.height, long.step) == (60 + 3 * 400 + 40, 0)
    assert (longer.lines, longer.step, longer.least) == (5 * 400, 400, 60 + 2 * 400)
    assert [short.keeps, long.keeps, longer.keeps] == [False, False, True]


def test_a_number_hangs_beside_its_words() -> None:
    words = "ก" * 23
    item = f"<w:p><w:r><w:t>12)</w:t><w:tab/><w:t>{words}</w:t></w:r></w:p>"
    assert blocks(item)[0].lines == 400


@pytest.mark.parametrize(("said", "step"), [("", 400), ("<w:cantSplit/>", 0)])
def test_rows_repeat_the_heads_above_them(said: str, step: float) -> None:
    cell = f'<w:tc><w:tcPr><w:tcW w:w="3000"/></w:tcPr>{paragraph(WORDS)}</w:tc>'
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell}</w:tr>"
    one, two = blocks(f"<w:tbl>{head}<w:tr><w:trPr>{said}</w:trPr>{cell}</w:tr></w:tbl>")
    assert one.is_row
    assert one.keeps
    assert (one.heads, two.heads) == (0, one.height)
    assert (one.step, two.step, two.keeps) == (0, step, False)
    assert two.height == two.lines + two.edges > 4 * 400

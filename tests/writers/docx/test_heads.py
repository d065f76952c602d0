"""Heads over all rows of a table's head have room for their words where the head is repeated."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from generator.writers.docx import heads
from generator.writers.docx.parts import W
from generator.writers.docx.styles import Styles
from support import making

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr>'
    '<w:spacing w:line="286" w:lineRule="exact"/></w:pPr><w:rPr><w:szCs w:val="22"/></w:rPr>'
    "</w:style></w:styles>"
)
LONG = "แผนปฏิบัติราชการกรม ประเด็นยุทธศาสตร์ของกอง"


def cell(words: str, width: int, more: str = "") -> str:
    said = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{said}</w:tc>'


def row(*cells: str) -> str:
    return f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def heights(*rows: str) -> list[str | None]:
    root = etree.fromstring(f'<w:tbl xmlns:w="{W}"><w:tblPr/>{"".join(rows)}</w:tbl>')
    styles = Styles(STYLES.encode())
    body = etree.fromstring(f'<w:body xmlns:w="{W}"/>')
    body.append(root)
    heads.make_room(body, styles, making.WORLD.lettering)
    found = [one.find(f"{{{W}}}trPr/{{{W}}}trHeight") for one in root.iter(f"{{{W}}}tr")]
    return [None if one is None else one.get(f"{{{W}}}val") for one in found]


def test_the_last_row_takes_what_a_deep_head_needs() -> None:
    deep, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    first = row(cell(LONG, 1000, deep), cell("รอบ", 3000))
    second = row(cell("", 1000, below), cell("1", 3000))
    none, height = heights(first, second)
    assert none is None
    assert int(height or 0) >= 3 * 286


@pytest.mark.parametrize(("width", "lines"), [(400, 1), (900, 2)])
def test_a_row_is_as_high_as_words_that_stand_upright(width: int, lines: int) -> None:
    """In as many lines as the column has room for beside each other."""
    turned = '<w:textDirection w:val="btLr"/>'
    own = heights(row(cell("", 900)), row(cell("Performance Base", width, turned)))[1]
    words = making.WORLD.lettering.paragraph("Performance Base", bold=True)
    needed = words.narrowest(lines) * 11 * 20
    assert needed < int(own or 0) < 1.4 * needed


@pytest.mark.parametrize("width", [6000, 9000])
def test_a_head_with_room_stays_as_it_is(width: int) -> None:
    deep, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    first = row(cell(LONG, width, deep), cell("รอบ", 3000))
    second = row(cell("", width, below), cell("1", 3000))
    assert heights(first, second) == [None, None]
    assert heights(row(cell(LONG, 900))) == [None]


def test_a_height_that_a_template_states_is_for_upright_words_alone() -> None:
    stated = '<w:trPr><w:trHeight w:val="1000" w:hRule="atLeast"/>'
    flat = [row(cell("", 900)), row(cell("1", 3000)).replace("<w:trPr>", stated)]
    assert heights(*flat) == [None, None]
    turned = '<w:textDirection w:val="btLr"/>'
    upright = row(cell("Base", 900, turned)).replace("<w:trPr>", stated)
    assert 0 < int(heights(flat[0], upright)[1] or 0) < 1000


def test_the_summary_of_an_agreement_has_such_a_head() -> None:
    data = making.made("agreement", "กอส")["docx"]
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    tables = [t for t in root.iter(f"{{{W}}}tbl") if "2563" in "".join(t.itertext())]
    found = [e for t in tables for e in t.iter(f"{{{W}}}trHeight")]
    assert any(e.get(f"{{{W}}}hRule") == "atLeast" for e in found)

"""Fractions in Word files: words over words in a table, the same to whoever reads them."""

import zipfile

import pytest
from lxml import etree
from markupsafe import Markup

from generator.documents.parts.equation import EquationTerm
from generator.documents.parts.rich import Paragraph
from generator.templates.docx import equation, spans
from generator.typesetting.lettering import AVERAGE
from generator.verify.docx import _docx_blocks
from generator.writers.docx import fractions
from generator.writers.docx.styles import Styles
from support.making import made, stream

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
STYLES = Styles(
    f'<w:styles xmlns:w="{NAMESPACE}"><w:style w:type="paragraph" w:default="1" w:styleId="N">'
    '<w:name w:val="Normal"/><w:rPr><w:szCs w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="M"><w:basedOn w:val="N"/><w:pPr><w:jc w:val="center"/>'
    "</w:pPr></w:style></w:styles>".encode()
)
ROOM = 9071
PAGE = f'<w:sectPr><w:pgSz w:w="{ROOM + 2000}"/><w:pgMar w:left="1500" w:right="500"/></w:sectPr>'


def body(*paragraphs: Markup, style: str = "N") -> etree._Element:
    inner = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{p}</w:p>' for p in paragraphs)
    root = etree.fromstring(
        f'<w:document xmlns:w="{NAMESPACE}" xmlns:m="{fractions.M}"><w:body>{inner}{PAGE}</w:body>'
        "</w:document>"
    )
    fractions.set_as_tables(root, STYLES, AVERAGE)
    found = root.find(f"{W}body")
    assert found is not None
    return found


def rows(table: etree._Element) -> list[list[list[str]]]:
    """The words of each paragraph of each cell of each row."""
    return [
        [
            ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in cell.iterfind(f"{W}p")]
            for cell in row.iterfind(f"{W}tc")
        ]
        for row in table.iterfind(f"{W}tr")
    ]


SHORT = (EquationTerm("ร้อยละ = "), EquationTerm("ก", "ข"), EquationTerm(" × 100"))


def test_words_and_fractions_stand_side_by_side() -> None:
    table, end, *_ = body(equation(SHORT))
    assert rows(table) == [[["ร้อยละ = "], ["ก", "ข"], [" × 100"]]]
    assert end.tag == f"{W}p"  # two tables below each other would be one to Word
    over, under = table.findall(f".//{W}tc")[1].findall(f"{W}p")
    assert over.find(f"{W}pPr/{W}pBdr/{W}bottom") is not None
    assert under.find(f"{W}pPr/{W}pBdr") is None
    assert [t.text for t in table.iter(f"{{{fractions.M}}}t")] == []


def test_what_has_no_room_beside_the_words_stands_below_them() -> None:
    long = (EquationTerm("ดัชนีการใช้พลังงาน " * 4 + "= "), EquationTerm("ก" * 40, "ข"))
    table = body(equation(long))[0]
    assert [len(row) for row in rows(table)] == [1, 1]
    widths = [int(c.get(f"{W}w", "")) for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    assert sum(widths) <= ROOM
    for row in table.iterfind(f"{W}tr"):
        cells = [int(c.get(f"{W}w", "")) for c in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
        assert sum(cells) == sum(widths)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_it_says_what_the_paragraph_said(count: int) -> None:
    block = Paragraph((), equation=SHORT * count)
    label = Markup("<w:r><w:t>สูตร :</w:t></w:r>") + spans(block)
    [said] = [piece.text for piece in _docx_blocks(body(label)) if piece.kind == "paragraph"]
    assert said == "สูตร:" + "ร้อยละ=กข×100" * count


def test_two_equations_below_each_other_stay_two() -> None:
    found = [child.tag for child in body(equation(SHORT), equation(SHORT))]
    assert found == [f"{W}{n}" for n in ("tbl", "p", "tbl", "p", "sectPr")]


def test_one_in_the_middle_stays_there() -> None:
    table = body(equation(SHORT), style="M")[0]
    [aligned] = table.findall(f"{W}tblPr/{W}jc")
    assert aligned.get(f"{W}val") == "center"


def test_documents_have_no_mathematics_of_words() -> None:
    with zipfile.ZipFile(stream(made("agreement", "กอส")["docx"])) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    assert list(root.iter(f"{{{fractions.M}}}oMath")) == []
    assert len(root.xpath("//w:tblStyle[@w:val='Equations']", namespaces={"w": NAMESPACE})) > 1

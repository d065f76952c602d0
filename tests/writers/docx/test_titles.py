"""Word's centred headings of two lines are balanced."""

from lxml import etree

from generator.typesetting.lettering import AVERAGE
from generator.writers.docx.styles import Styles
from generator.writers.docx.titles import balance

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:jc w:val="center"/></w:pPr>
<w:rPr><w:bCs/><w:szCs w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Left"><w:rPr><w:bCs/></w:rPr></w:style>
</w:styles>"""
LONG = "การประเมินส่วนราชการ ตามมาตรการปรับปรุงประสิทธิภาพ ในการปฏิบัติราชการ"


def indents(style: str, words: str, inner: str = "") -> list[tuple[int, int]]:
    """The indents of a heading with such words, left and right."""
    root = etree.fromstring(
        f"""<w:document xmlns:w="{W}"><w:body><w:p><w:pPr><w:pStyle w:val="{style}"/>{inner}</w:pPr>
        <w:r><w:t>{words}</w:t></w:r></w:p><w:sectPr><w:pgSz w:w="11906"/>
        <w:pgMar w:left="1701" w:right="1134"/></w:sectPr></w:body></w:document>"""
    )
    balance(root, Styles(STYLES.encode()), AVERAGE)
    properties = next(root.iter(f"{{{W}}}pPr"))
    order = [etree.QName(one).localname for one in properties]
    assert order == sorted(order, key=["pStyle", "keepNext", "spacing", "ind", "jc"].index)
    return [
        (int(one.get(f"{{{W}}}left", "0")), int(one.get(f"{{{W}}}right", "0")))
        for one in root.iter(f"{{{W}}}ind")
    ]


def test_a_centred_heading_of_two_lines_has_room_on_both_sides() -> None:
    ((left, right),) = indents(
        "Head", LONG, '<w:keepNext/><w:spacing w:after="1"/><w:jc w:val="center"/>'
    )
    assert left == right
    assert 567 < left < 3 * 567


def test_other_headings_stay() -> None:
    assert indents("Head", "คำรับรอง") == []
    assert indents("Left", LONG) == []
    assert indents("Head", "") == []
    assert indents("Head", LONG, '<w:ind w:left="5"/>') == [(5, 0)]

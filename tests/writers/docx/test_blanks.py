"""Several blanks to write in on a line share its room."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.typesetting.lettering import AVERAGE
from generator.writers.docx import blanks
from generator.writers.docx.parts import W
from generator.writers.docx.styles import Styles

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Place"><w:pPr><w:tabs>'
    '<w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Choices"><w:pPr><w:tabs>'
    '<w:tab w:val="left" w:pos="4961"/></w:tabs></w:pPr></w:style></w:styles>'
)


def stops(*labels: str, style: str = "Place", after: str = " ") -> list[int]:
    """The stops that a paragraph with a blank after each label gets."""
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    runs = "<w:r><w:tab/></w:r>".join(text.format(label) for label in (*labels, after))
    root = etree.fromstring(
        f'<w:body xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{runs}</w:p></w:body>"
    )
    blanks.share(root, Styles(STYLES.encode()), AVERAGE)
    return [
        int(str(tab.get(f"{{{W}}}pos"))) for found in root.iter(f"{{{W}}}tabs") for tab in found
    ]


def test_each_blank_is_as_long_as_the_others() -> None:
    found = stops("กอง", " กลุ่ม", " กระบวนงาน")
    lengths = [AVERAGE.paragraph(label).length * 10 * 20 for label in ("กอง", " กลุ่ม")]
    blank = found[0] - lengths[0]
    assert len(found) == 2
    assert found[1] == pytest.approx(found[0] + lengths[1] + blank, abs=2)


@pytest.mark.parametrize(
    ("labels", "style", "after"),
    [
        (("กอง",), "Place", " "),
        (("กอง", "กลุ่ม"), "Choices", " "),
        (("กอง", "กลุ่ม"), "Place", "ตัวเลือก"),
        (("กองส่งเสริม" * 6, "กลุ่ม" * 12), "Place", " "),
    ],
)
def test_others_stay_as_they_are(labels: tuple[str, ...], style: str, after: str) -> None:
    assert stops(*labels, style=style, after=after) == []

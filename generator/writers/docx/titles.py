"""Titles of two or more lines are balanced in Word as in the PDF: by room on both sides of them."""

from __future__ import annotations

from lxml import etree

from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W, inner
from .styles import Styles

_PARAGRAPH, _PROPERTIES, _SECTION = (f"{{{W}}}{name}" for name in ("p", "pPr", "sectPr"))
_TWENTIETHS = 567
"""A centimetre, in twentieths of a point."""

_SLACK = 1.03
"""Word breaks lines by its own dictionary, and kerns."""

_BEFORE_INDENT = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing"),
)
"""What stands before an indent in a paragraph's properties (ISO 29500-1, CT_PPr)."""


def balance(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Indent each centred heading of a document that has two lines or more."""
    body = root.find(f"{{{W}}}body")
    if body is None:
        return
    titles: dict[str, bool] = {}
    section: etree._Element | None = None
    for child in reversed(body):
        if child.tag == _PARAGRAPH and section is not None:
            style = styles.of(child)
            if style not in titles:
                titles[style] = _is_title(styles, style)
            if titles[style]:
                _balance(child, section, styles.size(style), lettering)
        # A section's measures stand in its last paragraph, the last one's below all.
        named = child if child.tag == _SECTION else inner(child, _PROPERTIES, _SECTION)
        section = section if named is None else named


def _is_title(styles: Styles, style: str) -> bool:
    return styles.value(style, "pPr/jc") == "center" and styles.has(style, "rPr/bCs")


def _balance(
    paragraph: etree._Element, section: etree._Element, size: float, lettering: Lettering
) -> None:
    words = "".join(paragraph.itertext(f"{{{W}}}t")).strip()
    if not words:
        return
    page, margins = (section.find(f"{{{W}}}{name}") for name in ("pgSz", "pgMar"))
    width = _number(page, "w") - _number(margins, "left") - _number(margins, "right")
    scale = size * CENTIMETRES * _TWENTIETHS
    if lettering.lines(words, width / scale, bold=True) == 1:
        return
    title = lettering.paragraph(words, bold=True)
    spare = width - title.balanced(width / scale) * scale * _SLACK
    if spare > 0:
        _indent(paragraph, round(spare / 2))


def _indent(paragraph: etree._Element, twentieths: int) -> None:
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{{{W}}}ind") is not None:
        return
    names = [etree.QName(one).localname for one in properties]
    before = [n for n, name in enumerate(names, start=1) if name in _BEFORE_INDENT]
    sides = {f"{{{W}}}{side}": str(twentieths) for side in ("left", "right")}
    properties.insert(max(before, default=0), etree.Element(f"{{{W}}}ind", sides))


def _number(element: etree._Element | None, name: str) -> float:
    return float(element.get(f"{{{W}}}{name}", "0")) if element is not None else 0.0

"""A chart in Word on the paper that it is for: a template can't scale, so its writer does.

The template's page is of A3 and its styles are of 11 points; what stands at the head and foot of
the page keeps its size. Word knows no page wider than 22 inches, so what is for A2
or A1 is laid out alike on A3, to be enlarged in print.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from ...documents.parts.pages import CHARTS, PageFormat
from .parts import W

_LETTERS = 11
_FIXED = ("ChartHeader", "ChartFooter")
_MILLIMETRE = 1440 / 25.4
"""In twentieths of a point."""

_BESIDE_CODE = 800
"""What the code at the end of a foot takes."""

_MEASURES = (("spacing", ("before", "after", "line")), ("ind", ("left", "right", "hanging")))


_WIDEST = 31680


def in_word(page: PageFormat, letters: float) -> tuple[PageFormat, float]:
    """A page that Word knows, and the letters' size on it, in points."""
    if page.paper.width * _MILLIMETRE <= _WIDEST:
        return page, letters
    largest = CHARTS["a3"]
    return largest, letters * largest.text_width / page.text_width


@lru_cache(maxsize=32)
def sized(styles: bytes, page: PageFormat, letters: float) -> bytes:
    """The styles of a chart whose letters are so large, in points, on such a page."""
    root = etree.fromstring(styles)
    share = letters / _LETTERS
    for style in root.iter(f"{{{W}}}style"):
        name = str(style.get(f"{{{W}}}styleId"))
        if not name.startswith("Chart"):
            continue
        for tab in style.iter(f"{{{W}}}tab"):
            room = page.text_millimetres * _MILLIMETRE - _BESIDE_CODE
            tab.set(f"{{{W}}}pos", str(round(room)))
        if name not in _FIXED:
            _scale(style, share)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _scale(style: etree._Element, share: float) -> None:
    measures = [*_MEASURES, ("sz", ("val",)), ("szCs", ("val",))]
    for name, attributes in measures:
        for element in style.iter(f"{{{W}}}{name}"):
            for attribute in attributes:
                said = element.get(f"{{{W}}}{attribute}")
                if said is not None:
                    element.set(f"{{{W}}}{attribute}", str(round(int(said) * share)))


def set_page(root: etree._Element, page: PageFormat) -> None:
    """Give a document's one section its paper and its margins."""
    [section] = root.iter(f"{{{W}}}sectPr")
    size, margins = section.find(f"{{{W}}}pgSz"), section.find(f"{{{W}}}pgMar")
    assert size is not None
    assert margins is not None
    for name, length in zip(("w", "h"), page.paper.size, strict=True):
        size.set(f"{{{W}}}{name}", str(round(length * _MILLIMETRE)))
    for name in ("top", "right", "bottom", "left"):
        margins.set(f"{{{W}}}{name}", str(round(getattr(page, name) * _MILLIMETRE)))

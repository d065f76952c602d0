"""Where the boxes and blanks of a questionnaire stand on the pages, measured in the layout.

An element with ``data-box`` (column:option) draws one ☐; its place is that of the drawn
square. An element with ``data-write`` (column) is a blank to write in; its place is its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure import boxes

from ...templates.conventions import ANSWER_BLANK, BOX, CHECK_BOX
from .places import BoxPlace, Rectangle

MM = 25.4 / 96
"""Millimetres to a CSS pixel."""


def find(document: Any, symbols: Path) -> Iterator[tuple[Any, BoxPlace]]:
    """Every box and blank of a laid-out document, with the layout's own box that it is."""
    square = _square(symbols)
    for number, page in enumerate(document.pages, start=1):
        for box in _elements(page._page_box):
            said = box.element.attrib
            if CHECK_BOX in said:
                column, _, option = said[CHECK_BOX].partition(":")
                rectangle = _drawn(box, square)
            else:
                column, option = said[ANSWER_BLANK], ""
                rectangle = _millimetres(
                    box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
                )
            yield box, BoxPlace(number, column, option, rectangle, said.get("title", ""))


def _elements(box: Any) -> Iterator[Any]:
    """The boxes of elements that are places; none in what is repeated from page to page."""
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.MarginBox) or getattr(box, "is_header", False):
        return
    if box.element is not None and not isinstance(box, boxes.LineBox | boxes.TextBox):
        said = box.element.attrib
        if (CHECK_BOX in said or ANSWER_BLANK in said) and "::" not in (box.element_tag or ""):
            yield box
            return
    for child in getattr(box, "children", ()):
        yield from _elements(child)


def _drawn(box: Any, square: tuple[float, float, float, float]) -> Rectangle:
    """The square that the box's one sign draws."""
    (text,) = (part for part in _texts(box) if part.text.strip())
    assert text.text.strip() == BOX, text.text
    size = text.style["font_size"]
    left, bottom, right, top = (edge * size for edge in square)
    baseline = text.position_y + text.baseline
    start = text.position_x
    return _millimetres(start + left, baseline - top, right - left, top - bottom)


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _millimetres(left: float, top: float, width: float, height: float) -> Rectangle:
    return Rectangle(*(round(value * MM, 3) for value in (left, top, width, height)))


@lru_cache(maxsize=4)
def _square(symbols: Path) -> tuple[float, float, float, float]:
    """The outline of ☐ in a font, in parts of its size: left, bottom, right, top."""
    font = TTFont(io.BytesIO(symbols.read_bytes()), lazy=True)
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(BOX)]].draw(pen)
    left, bottom, right, top = (edge / font["head"].unitsPerEm for edge in pen.bounds)
    return left, bottom, right, top

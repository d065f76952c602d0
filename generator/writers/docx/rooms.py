"""How much room what stands in a finished Word file has, in twentieths of a point."""

from __future__ import annotations

from lxml import etree

from .parts import W, inner
from .styles import Styles

_CELL_MARGIN = 108
"""Word's own margin left and right in a cell."""


class Rooms:
    """The widths of a document's pages and cells, read once; tables have their widths."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._pages: dict[etree._Element, int] = {}
        self._margins: dict[etree._Element, int] = {}
        self._indents: dict[str, int] = {}
        body = root.find(f"{{{W}}}body")
        room = 0
        for child in reversed(list(body) if body is not None else []):
            # A section's measures stand in its last paragraph, the last one's below all.
            named = child if child.tag == _OF_SECTION else inner(child, *_SECTION)
            if named is not None:
                size, margins = (named.find(f"{{{W}}}{name}") for name in ("pgSz", "pgMar"))
                room = _measure(size, "w") - _measure(margins, "left") - _measure(margins, "right")
            self._pages[child] = room

    def of(self, paragraph: etree._Element) -> int:
        """The room of a paragraph's words: of its cell or page, less its style's indents."""
        style = self._styles.of(paragraph)
        if style not in self._indents:
            sides = (self._styles.value(style, "pPr/ind", side) or 0 for side in ("left", "right"))
            self._indents[style] = round(sum(map(float, sides)))
        return max(self.around(paragraph) - self._indents[style], 0)

    def around(self, paragraph: etree._Element) -> int:
        """The room of a paragraph's cell or page."""
        outer = paragraph.getparent()
        if outer is None or outer.tag != _CELL:
            return self._pages.get(paragraph, 0)
        width = _measure(inner(outer, *_CELL_WIDTH), "w")
        table = next(outer.iterancestors(_TABLE))
        if table not in self._margins:
            self._margins[table] = self._sides(table)
        return max(width - self._margins[table], 0)

    def _sides(self, table: etree._Element) -> int:
        named = table.find(f"{{{W}}}tblPr/{{{W}}}tblStyle")
        style = "" if named is None else str(named.get(f"{{{W}}}val"))
        found = 0.0
        for side in ("left", "right"):
            own = table.find(f"{{{W}}}tblPr/{{{W}}}tblCellMar/{{{W}}}{side}")
            said = self._styles.value(style, f"tblPr/tblCellMar/{side}", "w")
            found += _measure(own, "w") if own is not None else float(said or _CELL_MARGIN)
        return round(found)


_OF_SECTION = f"{{{W}}}sectPr"
_SECTION = f"{{{W}}}pPr", _OF_SECTION
_TABLE, _CELL = f"{{{W}}}tbl", f"{{{W}}}tc"
_CELL_WIDTH = f"{{{W}}}tcPr", f"{{{W}}}tcW"


def _measure(element: etree._Element | None, name: str) -> int:
    return 0 if element is None else round(float(element.get(f"{{{W}}}{name}", "0")))


def section_of(element: etree._Element) -> etree._Element | None:
    """The section that an element of a body ends."""
    return element if element.tag == f"{{{W}}}sectPr" else inner(element, *_SECTION)


def page_height(section: etree._Element) -> float:
    """How high the pages of a section are, less their margins."""
    size, margins = (section.find(f"{{{W}}}{name}") for name in ("pgSz", "pgMar"))
    tall, above, below = _measure(size, "h"), _measure(margins, "top"), _measure(margins, "bottom")
    return float(tall - above - below)

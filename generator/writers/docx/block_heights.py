"""How high the paragraphs and rows of a finished Word file are, in twentieths of a point.

Where a program ends lines is its own matter; that a sheet takes so many lines, or one more, isn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from lxml import etree

from ...typesetting.lettering import CENTIMETRES, Lettering
from .cell_heights import CellHeights
from .parts import W, inner
from .rooms import Rooms
from .styles import Styles

_TWIPS = 1440 / 2.54
_LOST = 0.9
"""What a full line lacks at its end, on the average, in parts of the size."""

_RULE = 10
_USUAL_LINE = 320.0
_FEW = 3
"""A paragraph of no more lines stays whole, for two of them stay together at either end."""

_PROPERTIES, _SPACING = f"{{{W}}}pPr", f"{{{W}}}spacing"
_PARAGRAPH, _TABLE, _ROW, _CELL, _OF_CELL, _MERGED, _TEXT, _TAB, _TABS = (
    f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "tcPr", "vMerge", "t", "tab", "tabs")
)
_OF_ROW, _WHOLE, _HEAD, _HEIGHT = (
    f"{{{W}}}{name}" for name in ("trPr", "cantSplit", "tblHeader", "trHeight")
)


@dataclass(slots=True)
class Block:
    """A paragraph, or a row of a table: how high it is, and what stays with it."""

    element: etree._Element
    lines: float
    """How high its lines are, all of them."""

    before: float = 0.0
    after: float = 0.0
    edges: float = 0.0
    """What a row has above and below its words."""

    step: float = 0.0
    """How high a line is between which and the next one a page may end; 0 where none may."""

    keeps: bool = False
    """Whether it stays with the next one."""

    heads: float = 0.0
    """How high the heads are which a page repeats that begins with it."""

    @property
    def is_row(self) -> bool:
        """Whether it is a row."""
        return bool(self.element.tag == _ROW)

    @property
    def height(self) -> float:
        """All of it."""
        return self.before + self.lines + self.edges + self.after

    @property
    def least(self) -> float:
        """What of it has to have room on a page for it to begin there."""
        begun = self.before + self.edges + 2 * self.step
        return min(self.height, begun) if self.step else self.height


class BlockHeights:
    """Measures what stands in the body of a document; tables have their widths."""

    def __init__(self, root: etree._Element, styles: Styles, lettering: Lettering) -> None:
        self._styles, self._lettering = styles, lettering
        self._rooms = Rooms(root, styles)

    def of(self, element: etree._Element) -> Iterator[Block]:
        """A paragraph's block, or those of a table's rows."""
        if element.tag == _PARAGRAPH:
            yield self._paragraph(element)
        elif element.tag == _TABLE:
            yield from self._rows(element)

    def line(self, paragraph: etree._Element) -> float:
        """How high a line of a paragraph is."""
        return self.spacing(paragraph, "line") or _USUAL_LINE

    def spacing(self, paragraph: etree._Element, name: str) -> float:
        """What a paragraph, or its style, says of its lines and of what is above and below."""
        own = inner(paragraph, _PROPERTIES, _SPACING)
        said = own.get(f"{{{W}}}{name}") if own is not None else None
        style = self._styles.of(paragraph)
        return float(said or self._styles.value(style, "pPr/spacing", name) or 0)

    def _paragraph(self, paragraph: etree._Element) -> Block:
        line, count = self.line(paragraph), self._count(paragraph)
        is_whole = count <= _FEW or self._says(paragraph, "keepLines")
        return Block(
            paragraph,
            count * line,
            self.spacing(paragraph, "before"),
            self.spacing(paragraph, "after"),
            step=0.0 if is_whole else line,
            keeps=self._says(paragraph, "keepNext"),
        )

    def _count(self, paragraph: etree._Element) -> int:
        """How many lines its words take; where they end needn't be known for that."""
        style = self._styles.of(paragraph)
        room = self._rooms.of(paragraph) / (self._styles.size(style) * CENTIMETRES * _TWIPS)
        is_bold = self._styles.has(style, "rPr/bCs")
        face = self._lettering.bold if is_bold else self._lettering.upright
        length = face.width(_words(paragraph))
        return 1 if length <= room or room <= _LOST else ceil(length / (room - _LOST))

    def _rows(self, table: etree._Element) -> Iterator[Block]:
        heights = CellHeights(table, self._styles, self._lettering, bold=False)
        heads = 0.0
        for row in table.iterchildren(_ROW):
            lines = heights.of_words(_cells(row))
            edges = heights.around + _RULE
            properties = inner(row, _OF_ROW)
            said = {one.tag: one for one in properties} if properties is not None else {}
            if _HEIGHT in said:
                lines = max(lines, int(said[_HEIGHT].get(f"{{{W}}}val", "0")) - edges)
            first = next(row.iter(_PARAGRAPH), None)
            line = self.line(first) if first is not None else _USUAL_LINE
            is_whole = _WHOLE in said or _HEAD in said or lines < 2 * line
            keeps = _HEAD in said or (first is not None and self._says(first, "keepNext"))
            step = 0.0 if is_whole else line
            block = Block(row, lines, edges=edges, step=step, keeps=keeps, heads=heads)
            yield block
            if _HEAD in said:
                heads += block.height

    def _says(self, paragraph: etree._Element, name: str) -> bool:
        own = inner(paragraph, _PROPERTIES, f"{{{W}}}{name}")
        if own is not None:
            return own.get(f"{{{W}}}val", "1") not in ("0", "false", "off")
        return self._styles.has(self._styles.of(paragraph), f"pPr/{name}")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, but for those that reach over several."""
    for cell in row.iterchildren(_CELL):
        if inner(cell, _OF_CELL, _MERGED) is None:
            yield cell


def _words(paragraph: etree._Element) -> str:
    """A paragraph's words; a number before a tab hangs beside them."""
    words: list[str] = []
    for one in paragraph.iter(_TEXT, _TAB):
        outer = one.getparent()
        if one.tag == _TEXT:
            words.append(one.text or "")
        elif outer is not None and outer.tag != _TABS:
            words.clear()
    return "".join(words).strip()

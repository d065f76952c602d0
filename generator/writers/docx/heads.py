"""Repeated heads of tables keep room for all of their words in LibreOffice, too.

A head over both rows of a table's head is a cell that goes on below itself. LibreOffice makes the
rows as high as such words need where the table begins, and clips them where the head is repeated.
So the last row of a head says how high it has to be; and where words stand upright, no program
makes a row as high as they are long.
"""

from __future__ import annotations

from math import ceil

from lxml import etree

from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W, inner
from .styles import Styles

_TWENTIETHS = 567
"""A centimetre, in twentieths of a point."""

_SLACK = 1.03
"""Word breaks lines by its own dictionary, and kerns."""

_SIDES, _ABOVE_AND_BELOW = 216, 40
"""Beside a cell's words, and above and below them, where its table says nothing; in twentieths."""

_ROW, _OF_ROW, _HEADER, _CELL, _OF_CELL, _MERGED, _WIDE, _TURNED = (
    f"{{{W}}}{name}"
    for name in ("tr", "trPr", "tblHeader", "tc", "tcPr", "vMerge", "tcW", "textDirection")
)
_PARAGRAPH, _OF_PARAGRAPH, _SPACING = (f"{{{W}}}{name}" for name in ("p", "pPr", "spacing"))
_AFTER_HEIGHT = {f"{{{W}}}{name}" for name in ("tblHeader", "tblCellSpacing", "jc", "hidden")}


def make_room(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Give each head of several rows the height that its words need."""
    for table in root.iter(f"{{{W}}}tbl"):
        rows = [row for row in table.iterchildren(_ROW) if inner(row, _OF_ROW, _HEADER) is not None]
        if len(rows) > 1:
            _Head(table, rows, styles, lettering).make_room()


class _Head:
    """The rows of a table's head."""

    def __init__(
        self,
        table: etree._Element,
        rows: list[etree._Element],
        styles: Styles,
        lettering: Lettering,
    ) -> None:
        self._rows, self._styles, self._lettering = rows, styles, lettering
        margins = table.find(f"{{{W}}}tblPr/{{{W}}}tblCellMar")
        self._beside = self._margins(margins, ("left", "right"), _SIDES)
        self._around = self._margins(margins, ("top", "bottom"), _ABOVE_AND_BELOW)

    def make_room(self) -> None:
        """The last row is as high as what the heads over all rows lack in the others."""
        own: list[int] = []
        deep, stands_upright = 0, False
        for row in self._rows:
            cells = list(row.iterchildren(_CELL))
            merged = [c for c in cells if inner(c, _OF_CELL, _MERGED) is not None]
            deep = max([deep, *map(self._height, merged)])
            own.append(max((self._height(c) for c in cells if c not in merged), default=0))
            stands_upright = any(map(_is_turned, cells))
        needed = max(deep - sum(own[:-1]), own[-1])
        if needed > own[-1] or stands_upright:
            self._set_height(self._rows[-1], needed)

    def _height(self, cell: etree._Element) -> int:
        """How high a cell has to be for its words, in twentieths of a point."""
        width = inner(cell, _OF_CELL, _WIDE)
        room = float(width.get(f"{{{W}}}w", "0")) - self._beside if width is not None else 0.0
        paragraphs = list(cell.iterchildren(_PARAGRAPH))
        if _is_turned(cell):
            return self._beside + max(self._length(one, room) for one in paragraphs)
        return self._around + sum(self._lines(one, room) for one in paragraphs)

    def _length(self, paragraph: etree._Element, room: float) -> int:
        """How long a paragraph is in as many lines as there is room for beside each other."""
        style = self._styles.of(paragraph)
        words = "".join(paragraph.itertext(f"{{{W}}}t")).strip()
        size = self._styles.size(style)
        count = max(int(room / self._line(paragraph, style, size)), 1)
        length = self._lettering.paragraph(words, bold=True).narrowest(count)
        return ceil(length * size * CENTIMETRES * _TWENTIETHS * _SLACK**2)

    def _lines(self, paragraph: etree._Element, room: float) -> int:
        style = self._styles.of(paragraph)
        small = paragraph.find(f"{{{W}}}r/{{{W}}}rPr/{{{W}}}szCs")
        size = self._styles.size(style)
        if small is not None:
            size = float(small.get(f"{{{W}}}val", "0")) / 2
        words = "".join(paragraph.itertext(f"{{{W}}}t")).strip()
        if not words or room <= 0:
            return 0
        scale = size * CENTIMETRES * _TWENTIETHS * _SLACK
        count = self._lettering.paragraph(words, bold=True).lines(room / scale)
        return ceil(count * self._line(paragraph, style, size))

    def _line(self, paragraph: etree._Element, style: str, size: float) -> float:
        own = inner(paragraph, _OF_PARAGRAPH, _SPACING)
        stated = own.get(f"{{{W}}}line") if own is not None else None
        rule = own.get(f"{{{W}}}lineRule") if own is not None else None
        if stated is None:
            stated = self._styles.value(style, "pPr/spacing", "line")
            rule = self._styles.value(style, "pPr/spacing", "lineRule")
        return float(stated) if stated and rule == "exact" else size * 1.35 * 20

    @staticmethod
    def _margins(margins: etree._Element | None, names: tuple[str, str], usual: int) -> int:
        sides = [margins.find(f"{{{W}}}{n}") for n in names] if margins is not None else []
        found = [int(side.get(f"{{{W}}}w", "0")) for side in sides if side is not None]
        return sum(found) if found else usual

    @staticmethod
    def _set_height(row: etree._Element, height: int) -> None:
        properties = row.find(f"{{{W}}}trPr")
        assert properties is not None
        place = next((n for n, one in enumerate(properties) if one.tag in _AFTER_HEIGHT), None)
        stated = {f"{{{W}}}val": str(height), f"{{{W}}}hRule": "atLeast"}
        element = etree.Element(f"{{{W}}}trHeight", stated)
        properties.insert(len(properties) if place is None else place, element)


def _is_turned(cell: etree._Element) -> bool:
    """Whether the words of a cell stand upright."""
    return inner(cell, _OF_CELL, _TURNED) is not None

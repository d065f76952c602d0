"""How high the cells of a finished table have to be for their words, in twentieths of a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from operator import itemgetter

from lxml import etree

from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W, inner
from .styles import Styles

_TWENTIETHS = 567
"""A centimetre, in twentieths of a point."""

_SLACK = 1.03
"""Word breaks lines by its own dictionary, and kerns."""

_CELL_WIDTH = f"{{{W}}}tcPr", f"{{{W}}}tcW"
_DIRECTION = f"{{{W}}}tcPr", f"{{{W}}}textDirection"
_PARAGRAPH, _TEXT, _SIZE, _W = (f"{{{W}}}{name}" for name in ("p", "t", "szCs", "w"))
_SPACING = f"{{{W}}}pPr", f"{{{W}}}spacing"
_SIDES, _ABOVE_AND_BELOW = 216, 40
"""Beside a cell's words, and above and below them, where its table says nothing."""


_Words = tuple[str, float, float]
"""A paragraph's words, the room that they have at size 1, and how high a line of them is."""


class CellHeights:
    """Measures the cells of one table; ``bold`` says in which letters."""

    def __init__(
        self, table: etree._Element, styles: Styles, lettering: Lettering, *, bold: bool
    ) -> None:
        self._styles, self._lettering, self._bold = styles, lettering, bold
        margins = table.find(f"{{{W}}}tblPr/{{{W}}}tblCellMar")
        self._beside = _margins(margins, ("left", "right"), _SIDES)
        self.around = _margins(margins, ("top", "bottom"), _ABOVE_AND_BELOW)

    def of(self, cell: etree._Element) -> int:
        """How high a cell has to be."""
        if is_turned(cell):
            paragraphs = cell.iterchildren(_PARAGRAPH)
            return self._beside + max(self._length(one, self._room(cell)) for one in paragraphs)
        return self.around + sum(map(self._height, self._read(cell)))

    def is_below(self, cell: etree._Element, height: int) -> bool:
        """Whether a cell is lower than that; most are, wherever their lines are broken."""
        if is_turned(cell):
            return self.of(cell) < height
        read = list(self._read(cell))
        if self.around + self._most(read) < height:
            return True
        return self.around + sum(map(self._height, read)) < height

    def of_words(self, cells: Iterable[etree._Element]) -> int:
        """How high the words of a row's cells are; none that can't be the highest are broken."""
        found, upright = 0, list[tuple[int, list[_Words]]]()
        for cell in cells:
            if is_turned(cell):
                found = max(found, self.of(cell) - self.around)
            elif read := list(self._read(cell)):
                upright.append((self._most(read), read))
        for most, read in sorted(upright, key=itemgetter(0), reverse=True):
            if most <= found:
                break
            found = max(found, sum(map(self._height, read)))
        return found

    def _most(self, read: Iterable[_Words]) -> int:
        """How high a cell has to be at the most."""
        most, bold = self._lettering.most_lines, self._bold
        return sum(ceil(most(words, room, bold=bold) * line) for words, room, line in read)

    def _room(self, cell: etree._Element) -> float:
        width = inner(cell, *_CELL_WIDTH)
        return float(width.get(_W, "0")) - self._beside if width is not None else 0.0

    def _length(self, paragraph: etree._Element, room: float) -> int:
        """How long a paragraph is in as many lines as there is room for beside each other."""
        style = self._styles.of(paragraph)
        words = "".join(paragraph.itertext(_TEXT)).strip()
        size = self._styles.size(style)
        count = max(int(room / self._line(paragraph, style, size)), 1)
        length = self._lettering.paragraph(words, bold=self._bold).narrowest(count)
        return ceil(length * size * CENTIMETRES * _TWENTIETHS * _SLACK**2)

    def _read(self, cell: etree._Element) -> Iterator[_Words]:
        """What stands in a cell."""
        room = self._room(cell)
        if room <= 0:
            return
        for paragraph in cell.iterchildren(_PARAGRAPH):
            words = "".join(paragraph.itertext(_TEXT)).strip()
            if words:
                style = self._styles.of(paragraph)
                size = _smaller(paragraph) or self._styles.size(style)
                scale = size * CENTIMETRES * _TWENTIETHS * _SLACK
                yield words, room / scale, self._line(paragraph, style, size)

    def _height(self, read: _Words) -> int:
        words, room, line = read
        return ceil(self._lettering.lines(words, room, bold=self._bold) * line)

    def _line(self, paragraph: etree._Element, style: str, size: float) -> float:
        own = inner(paragraph, *_SPACING)
        stated = own.get(f"{{{W}}}line") if own is not None else None
        rule = own.get(f"{{{W}}}lineRule") if own is not None else None
        if stated is None:
            stated = self._styles.value(style, "pPr/spacing", "line")
            rule = self._styles.value(style, "pPr/spacing", "lineRule")
        return float(stated) if stated and rule == "exact" else size * 1.35 * 20


def _smaller(paragraph: etree._Element) -> float:
    """The size that a paragraph's words are given, if any are."""
    if next(paragraph.iter(_SIZE), None) is None:
        return 0.0
    own = paragraph.find(f"{{{W}}}r/{{{W}}}rPr/{_SIZE}")
    return 0.0 if own is None else float(own.get(f"{{{W}}}val", "0")) / 2


def is_turned(cell: etree._Element) -> bool:
    """Whether the words of a cell stand upright."""
    return inner(cell, *_DIRECTION) is not None


def _margins(margins: etree._Element | None, names: tuple[str, str], usual: int) -> int:
    sides = [margins.find(f"{{{W}}}{n}") for n in names] if margins is not None else []
    found = [int(side.get(f"{{{W}}}w", "0")) for side in sides if side is not None]
    return sum(found) if found else usual

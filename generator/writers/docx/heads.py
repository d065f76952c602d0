"""Repeated heads of tables keep room for all of their words in LibreOffice, too.

A head over both rows of a table's head is a cell that goes on below itself. LibreOffice makes the
rows as high as such words need where the table begins, and clips them where the head is repeated.
So the last row of a head says how high it has to be; and where words stand upright, no program
makes a row as high as they are long.
"""

from __future__ import annotations

from lxml import etree

from ...typesetting.lettering import Lettering
from .cell_heights import CellHeights, is_turned
from .parts import W, inner
from .styles import Styles

_ROW, _OF_ROW, _HEIGHT, _HEADER, _CELL, _OF_CELL, _MERGED = (
    f"{{{W}}}{name}" for name in ("tr", "trPr", "trHeight", "tblHeader", "tc", "tcPr", "vMerge")
)
_AFTER_HEIGHT = {f"{{{W}}}{name}" for name in ("tblHeader", "tblCellSpacing", "jc", "hidden")}


def make_room(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Give each head of several rows the height that its words need."""
    for table in root.iter(f"{{{W}}}tbl"):
        rows = [row for row in table.iterchildren(_ROW) if inner(row, _OF_ROW, _HEADER) is not None]
        if len(rows) > 1:
            _make_room(rows, CellHeights(table, styles, lettering, bold=True))


def _make_room(rows: list[etree._Element], heights: CellHeights) -> None:
    """The last row is as high as what the heads over all rows lack in the others."""
    own: list[int] = []
    deep, stands_upright = 0, False
    for row in rows:
        cells = list(row.iterchildren(_CELL))
        merged = [c for c in cells if inner(c, _OF_CELL, _MERGED) is not None]
        deep = max([deep, *map(heights.of, merged)])
        own.append(max((heights.of(c) for c in cells if c not in merged), default=0))
        stands_upright = any(map(is_turned, cells))
    needed = max(deep - sum(own[:-1]), own[-1])
    properties = inner(rows[-1], _OF_ROW)
    assert properties is not None
    # What a template says is for heads that stand upright; here it is known how long they are.
    for stated in list(properties.iterchildren(_HEIGHT)):
        properties.remove(stated)
    if needed > own[-1] or stands_upright:
        _set_height(properties, needed)


def _set_height(properties: etree._Element, height: int) -> None:
    place = next((n for n, one in enumerate(properties) if one.tag in _AFTER_HEIGHT), None)
    stated = {f"{{{W}}}val": str(height), f"{{{W}}}hRule": "atLeast"}
    element = etree.Element(_HEIGHT, stated)
    properties.insert(len(properties) if place is None else place, element)

"""Tables of a Word file: the widths of their columns and cells, and their letters' size."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from lxml import etree

from .looks import AFTER_SPACING
from .parts import W, inner

_ROW, _CELL, _OF_CELL, _SPAN, _WIDE = (
    f"{{{W}}}{name}" for name in ("tr", "tc", "tcPr", "gridSpan", "tcW")
)
_W, _VAL, _TYPE = (f"{{{W}}}{name}" for name in ("w", "val", "type"))
_WHOLE = 5000
"""What Word calls the whole width, in fiftieths of a percent (ISO 29500-1, ST_TblWidth)."""

_CELL_MARGIN = 108
"""Word's own margin left and right in a cell, in twentieths of a point."""

_WIDTHS = re.compile(r"(\d[\d. ]*?)(?: of ([\d.]+) points)?")
_BEYOND = 101
_LINE = 1.3
"""How high a line of smaller letters is, in their size."""


def fit(root: etree._Element) -> None:
    """Give all tables and their columns the widths that they are told."""
    # Outer tables come first: how wide a cell is, is known when its own tables are fitted.
    for table in root.iter(f"{{{W}}}tbl"):
        _fit_width(table)
        widths, size = _widths(table)
        _widen(table, sum(widths))
        fit_columns(table, widths)
        if size:
            _shrink(table, size)


def fit_columns(table: etree._Element, widths: Sequence[float] = ()) -> None:
    """Give a table its grid and the cells their widths, in parts of the table's own width.

    ``widths`` are the columns' parts; without them the widths of the cells in the longest
    row are. A row that ends early spans to the last column.
    """
    rows = [[_cell(cell) for cell in row.iterchildren(_CELL)] for row in table.iterchildren(_ROW)]
    parts = list(widths) or _parts(rows)
    stated = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
    total = int(stated.get(f"{{{W}}}w", "0")) if stated is not None else 0
    whole = sum(parts, 0.0)
    scale = total / whole if total and whole else 1.0
    edges = [round(sum(parts[:n]) * scale) for n in range(len(parts) + 1)]
    columns = [right - left for left, right in itertools.pairwise(edges)]
    last = len(columns)
    grid = table.find(f"{{{W}}}tblGrid")
    assert grid is not None
    grid[:] = [etree.Element(f"{{{W}}}gridCol", {f"{{{W}}}w": str(c)}) for c in columns]
    for cells in rows:
        position = 0
        for place, (properties, span) in enumerate(cells, start=1):
            end = position + span
            if place == len(cells) and end < last:
                end = last
                _set_span(properties, end - position)
            _set_width(properties, edges[min(end, last)] - edges[min(position, last)])
            position = end


def _cell(cell: etree._Element) -> tuple[etree._Element, int]:
    """A cell's properties, made where there are none, and how many columns it is over."""
    properties = inner(cell, _OF_CELL)
    if properties is None:
        properties = etree.Element(_OF_CELL)
        cell.insert(0, properties)
    span = inner(properties, _SPAN)
    return properties, 1 if span is None else int(span.get(_VAL, "1"))


def _parts(rows: Sequence[Sequence[tuple[etree._Element, int]]]) -> list[float]:
    """The parts of columns by the widths of the cells in the longest row."""
    longest = max(rows, key=lambda cells: (sum(n for _, n in cells), len(cells)), default=[])
    found = []
    for properties, span in longest:
        stated = inner(properties, _WIDE)
        found += [(0.0 if stated is None else float(stated.get(_W, "0"))) / span] * span
    return found


def _fit_width(table: etree._Element) -> None:
    """Give a table that is as wide as its cell or page (in percent) a width of its own."""
    stated = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
    if stated is None or stated.get(f"{{{W}}}type") != "pct":
        return
    outer = table.getparent()
    assert outer is not None
    if outer.tag == f"{{{W}}}tc":
        room = _width(outer) - _sides(next(outer.iterancestors(f"{{{W}}}tbl")))
    else:
        sections = table.xpath("following::w:sectPr", namespaces={"w": W})
        size, margins = (sections[0].find(f"{{{W}}}{name}") for name in ("pgSz", "pgMar"))
        room = _number(size, "w") - _number(margins, "left") - _number(margins, "right")
    width = room * _number(stated, "w") / _WHOLE
    stated.set(f"{{{W}}}type", "dxa")
    stated.set(f"{{{W}}}w", str(round(width)))


def _sides(table: etree._Element) -> float:
    """The inner margins of a table's cells, left and right, as the table itself states them."""
    sides = (table.find(f"{{{W}}}tblPr/{{{W}}}tblCellMar/{{{W}}}{n}") for n in ("left", "right"))
    return sum(_number(side, "w") if side is not None else _CELL_MARGIN for side in sides)


def _number(element: etree._Element, name: str) -> float:
    return float(element.get(f"{{{W}}}{name}", "0"))


def _widths(table: etree._Element) -> tuple[Sequence[float], float]:
    """The widths that a table's title gives (``{% widths … %}`` in Word), and its smaller size."""
    title = table.find(f"{{{W}}}tblPr/{{{W}}}tblCaption")
    found = _WIDTHS.fullmatch(title.get(f"{{{W}}}val", "")) if title is not None else None
    if title is None or found is None:
        return (), 0.0
    properties = title.getparent()
    assert properties is not None
    properties.remove(title)
    return [float(width) for width in found[1].split()], float(found[2] or 0)


def _widen(table: etree._Element, percent: float) -> None:
    """Let a table take some of both margins, where its widths add up to more than the text's."""
    stated = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
    if stated is None or percent < _BEYOND:
        return
    stated.set(f"{{{W}}}w", str(round(_number(stated, "w") * percent / 100)))
    aligned = etree.Element(f"{{{W}}}jc", {f"{{{W}}}val": "center"})
    stated.addnext(aligned)


def _shrink(table: etree._Element, size: float) -> None:
    """Set a table in letters of so many points."""
    half_points, line = str(round(2 * size)), str(round(20 * _LINE * size))
    for run in table.iter(f"{{{W}}}r"):
        properties = run.find(f"{{{W}}}rPr")
        if properties is None:
            properties = etree.Element(f"{{{W}}}rPr")
            run.insert(0, properties)
        for name in ("sz", "szCs"):
            etree.SubElement(properties, f"{{{W}}}{name}", {f"{{{W}}}val": half_points})
    for paragraph in table.iter(f"{{{W}}}p"):
        said = paragraph.find(f"{{{W}}}pPr")
        if said is not None and said.find(f"{{{W}}}spacing") is None:
            place = next((n for n, e in enumerate(said) if e.tag in AFTER_SPACING), len(said))
            spacing = {f"{{{W}}}line": line, f"{{{W}}}lineRule": "exact"}
            said.insert(place, etree.Element(f"{{{W}}}spacing", spacing))


def _width(cell: etree._Element) -> float:
    found = inner(cell, _OF_CELL, _WIDE)
    return float(found.get(_W, "0")) if found is not None else 0.0


def _set_span(properties: etree._Element, columns: int) -> None:
    """Set how many columns a cell is over; that stands after its width (ISO 29500-1, CT_TcPr)."""
    found = inner(properties, _SPAN)
    if found is None:
        found = etree.Element(_SPAN)
        properties.insert(1, found)
    found.set(_VAL, str(columns))


def _set_width(properties: etree._Element, width: int) -> None:
    """Set a cell's width, which stands first."""
    found = inner(properties, _WIDE)
    if found is None or properties[0] is not found:
        found = etree.Element(_WIDE) if found is None else found
        properties.insert(0, found)
    found.set(_TYPE, "dxa")
    found.set(_W, str(width))

"""Rows of a finished table that stay whole, or with the next one, as they do in the PDF.

A template says so of rows that are always short. Of all others it is measured: short ones stay
whole, tall ones go on on the next page. What is said of the rows below stays with the first of
them. The last row, a sum mostly, has two rows above it; it stays with the table's notes, but not
with anything else that follows, though it may be set as heads are, which do.
"""

from __future__ import annotations

from itertools import dropwhile, pairwise, takewhile

from lxml import etree

from ...templates.conventions import BELOW_TABLE, DATA_TABLE
from ...typesetting.lettering import Lettering
from .cell_heights import CellHeights
from .looks import keep_lines, keep_next, keep_whole
from .parts import W, inner
from .styles import Styles

TALL = round(4.5 * 567)
"""The height from which a row may break, in twentieths of a point (4.5 cm)."""

_FEW = 60
"""A row of no more letters isn't as tall as that, however narrow its columns are."""

_ABOVE_LAST = 2
_PARAGRAPH, _ROW, _CELL, _OF_ROW, _WHOLE, _HEAD = (
    f"{{{W}}}{name}" for name in ("p", "tr", "tc", "trPr", "cantSplit", "tblHeader")
)


def keep(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Keep rows whole and together; tables have their widths, and their spaces are bound later."""
    for table in root.iter(f"{{{W}}}tbl"):
        named = table.find(f"{{{W}}}tblPr/{{{W}}}tblStyle")
        if named is not None and named.get(f"{{{W}}}val") == DATA_TABLE:
            _keep(table, styles, CellHeights(table, styles, lettering, bold=False))


def _keep(table: etree._Element, styles: Styles, heights: CellHeights) -> None:
    rows = list(table.iterchildren(_ROW))
    for row in rows:
        if not _is_whole(row) and _is_short(row, heights):
            keep_whole(row)
    _part_first(rows)
    notes = _notes(table, styles)
    if not notes and not _is_head(rows[-1]):
        heads = {styles.of(p) for row in rows if _is_head(row) for p in row.iter(_PARAGRAPH)}
        for paragraph in rows[-1].iter(_PARAGRAPH):
            if styles.of(paragraph) in heads:
                keep_next(paragraph, "0")
    last = reversed(rows[-_ABOVE_LAST - 1 :])
    near = list(takewhile(lambda row: _is_short(row, heights), last))[0 if notes else 1 :]
    bands = {row for row, following in pairwise(rows) if _is_band(row, following)}
    for row in rows:
        if not _is_head(row) and (row in near or row in bands):
            for paragraph in row.iter(_PARAGRAPH):
                keep_next(paragraph)
    for paragraph in notes[:-1]:
        keep_next(paragraph)


def _part_first(rows: list[etree._Element]) -> None:
    """Keep the first row below heads and bands whole by its paragraphs alone."""
    below = list(dropwhile(_is_head, rows))
    while len(below) > 1 and _is_band(*below[:2]):
        below.pop(0)
    whole = inner(below[0], _OF_ROW, _WHOLE) if below and _is_head(rows[0]) else None
    properties = None if whole is None else whole.getparent()
    if whole is not None and properties is not None:
        properties.remove(whole)
        for paragraph in below[0].iter(_PARAGRAPH):
            keep_lines(paragraph)


def _notes(table: etree._Element, styles: Styles) -> list[etree._Element]:
    """The notes right below a table."""
    return list(takewhile(lambda one: _is_note(one, styles), table.itersiblings()))


def _is_note(element: etree._Element, styles: Styles) -> bool:
    return element.tag == _PARAGRAPH and styles.of(element) == BELOW_TABLE


def _is_short(row: etree._Element, heights: CellHeights) -> bool:
    if sum(len(text.text or "") for text in row.iter(f"{{{W}}}t")) <= _FEW:
        return True
    return all(heights.is_below(cell, TALL) for cell in row.iterchildren(_CELL))


def _is_whole(row: etree._Element) -> bool:
    return inner(row, _OF_ROW, _WHOLE) is not None


def _is_head(row: etree._Element) -> bool:
    return inner(row, _OF_ROW, _HEAD) is not None


def _is_band(row: etree._Element, following: etree._Element) -> bool:
    """Whether a row is one cell over the columns of the next one."""
    one, more = (sum(1 for _ in found.iterchildren(_CELL)) for found in (row, following))
    return one == 1 < more

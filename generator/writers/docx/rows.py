"""Rows of a finished table that stay whole, or with the next one, as they do in the PDF.

A template says so of rows that are always short. Of all others it is measured: short ones stay
whole, tall ones go on on the next page. What is said of the rows below stays with the first of
them. The last rows stay together: as many as make a page that begins with them no nearly empty one,
and of a sum the two above it. The last one stays with the table's notes and with what is said to
follow it, but not with anything else, though it may be set as heads are, which do.
"""

from __future__ import annotations

from itertools import dropwhile, pairwise, takewhile

from lxml import etree

from ...templates.conventions import BELOW_TABLE, DATA_TABLE, GOES_ON
from ...typesetting.lettering import Lettering
from .cell_heights import CellHeights
from .looks import keep_lines, keep_next, keep_whole
from .parts import W, inner
from .rooms import page_height, section_of
from .styles import Styles

TALL = round(4.5 * 567)
"""The height from which a row may break, in twentieths of a point (4.5 cm)."""

_FEW = 60
"""A row of no more letters isn't as tall as that, however narrow its columns are."""

_ABOVE_LAST = 2
_COMPANY, _TOO_MUCH = 0.38, 0.62
"""So much of a page the last rows of a table make, where they aren't more than so much of it."""

_PARAGRAPH, _TABLE, _ROW, _CELL, _OF_ROW, _WHOLE, _HEAD = (
    f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "trPr", "cantSplit", "tblHeader")
)


def keep(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Keep rows whole and together; tables have their widths, and their spaces are bound later."""
    tall = _page_heights(root)
    for table in root.iter(f"{{{W}}}tbl"):
        named = table.find(f"{{{W}}}tblPr/{{{W}}}tblStyle")
        if named is not None and named.get(f"{{{W}}}val") == DATA_TABLE:
            heights = CellHeights(table, styles, lettering, bold=False)
            _keep(table, styles, heights, tall.get(table, 0.0))


def _page_heights(root: etree._Element) -> dict[etree._Element, float]:
    """How high the pages are on which tables stand; tables in tables stand on none."""
    found: dict[etree._Element, float] = {}
    body = root.find(f"{{{W}}}body")
    room = 0.0
    for element in reversed(body) if body is not None else ():
        section = section_of(element)
        if section is not None:
            room = page_height(section)
        elif element.tag == _TABLE:
            found[element] = room
    return found


def _keep(table: etree._Element, styles: Styles, heights: CellHeights, tall: float) -> None:
    rows = list(table.iterchildren(_ROW))
    for row in rows:
        if not _is_whole(row) and _is_short(row, heights):
            keep_whole(row)
    _part_first(rows)
    notes = _notes(table, styles)
    following = table.getnext()
    goes_on = bool(notes) or (following is not None and styles.of(following) == GOES_ON)
    if not goes_on and not _is_head(rows[-1]):
        heads = {styles.of(p) for row in rows if _is_head(row) for p in row.iter(_PARAGRAPH)}
        for paragraph in rows[-1].iter(_PARAGRAPH):
            if styles.of(paragraph) in heads:
                keep_next(paragraph, "0")
    near = _last_rows(rows, heights, tall)
    bands = {row for row, following in pairwise(rows) if _is_band(row, following)}
    for row in rows:
        if _is_head(row):
            continue
        if row in near[0 if goes_on else 1 :] or row in bands:
            for paragraph in row.iter(_PARAGRAPH):
                keep_next(paragraph)
    for paragraph in notes[:-1]:
        keep_next(paragraph)


def _last_rows(
    rows: list[etree._Element], heights: CellHeights, tall: float
) -> list[etree._Element]:
    """The rows that stay together at a table's end, the last one first."""
    if not tall:
        last = reversed(rows[-_ABOVE_LAST - 1 :])
        return list(takewhile(lambda row: _is_short(row, heights), last))
    found: list[etree._Element] = []
    # A page that begins with them repeats the heads.
    high = sum(_height(row, heights) for row in rows if _is_head(row))
    for row in reversed(rows):
        is_near = len(found) <= _ABOVE_LAST and _is_short(row, heights)
        if _is_head(row) or (high >= _COMPANY * tall and not is_near):
            break
        high += _height(row, heights)
        if high > _TOO_MUCH * tall and not is_near:
            break
        found.append(row)
    for row in found:
        # The first one below heads is whole by its paragraphs alone.
        if next(row.iter(f"{{{W}}}keepLines"), None) is None:
            keep_whole(row)
    return found


def _height(row: etree._Element, heights: CellHeights) -> int:
    return heights.of_words(row.iterchildren(_CELL)) + heights.around


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

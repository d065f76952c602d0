"""Rows that aren't tall stay whole, though tall ones may go on on the next page.

WeasyPrint parts a row cell by cell: what fits stays, and a name of three lines stands on the next
page beside none of its figures. A stylesheet can't tell rows by their height, so the rows that it
lets break are measured here: the words of each cell, set in one line, over its column's width.

A row that takes half a page and more may break whatever the stylesheet says: kept whole, it would
leave a page with nothing but the heading above it, or a row of sums alone.

A row that breaks begins with words in each of its cells. WeasyPrint begins it where those of one
have room, be it a figure beside names and levels that all stand on the next page.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.layout.preferred import max_content_width
from weasyprint.text.line_break import strut

TALL = 4.5 / 2.54 * 96
"""The height from which a row may break, in CSS pixels (4.5 cm)."""

HUGE = 0.45
"""The share of a page's height from which a row may break in any case."""

_MANY = 150
"""A row of fewer letters isn't as tall as that."""

_FULLER = 1.1
"""Lines end between words, so a text takes more of them than its length alone."""

_MEASURED = "_gen_measured"
_ROW = "_gen_row"

_original_cell = block.block_container_layout


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    block.block_container_layout = _cell_layout


def _cell_layout(
    context: Any,
    cell: Any,
    bottom_space: Any,
    skip_stack: Any,
    page_is_empty: bool,
    *args: Any,
    **named: Any,
) -> Any:
    found = _original_cell(context, cell, bottom_space, skip_stack, page_is_empty, *args, **named)
    row = getattr(cell, _ROW, None)
    if row is not None and skip_stack is None and not page_is_empty:
        if cell is row.children[0]:  # it is begun anew
            _break_inside(row, "auto")
        if found[0] is None:
            _break_inside(row, "avoid")
    return found


def keep_whole(context: Any, table: Any) -> None:
    """Have the rows of a table that aren't tall kept whole; its columns have their widths."""
    if hasattr(table, _MEASURED):
        return
    setattr(table, _MEASURED, True)
    for group in table.children:
        for row in group.children if not group.is_header else ():
            _measure(context, table, row)
            if row.style["break_inside"] == "auto":
                for cell in row.children:
                    setattr(cell, _ROW, row)


def _measure(context: Any, table: Any, row: Any) -> None:
    """Have a row kept whole that isn't tall, and one broken that is huge."""
    if row.style["break_inside"] == "auto":
        if _height(context, table, row) < TALL:
            _break_inside(row, "avoid")
    elif _letters(row) > _MANY and _height(context, table, row) > HUGE * context.page_bottom:
        for box in (row, *row.descendants()):
            if box.style["break_inside"] == "avoid":
                _break_inside(box, "auto")


def _break_inside(box: Any, value: str) -> None:
    box.style = box.style.copy()
    box.style["break_inside"] = value


def _letters(row: Any) -> int:
    return sum(map(len, row.element.itertext())) if row.element is not None else 0


def _height(context: Any, table: Any, row: Any) -> float:
    return max((_cell_height(context, table, cell) for cell in row.children), default=0.0)


def _cell_height(context: Any, table: Any, cell: Any) -> float:
    width = sum(table.column_widths[cell.grid_x :][: cell.colspan])
    lines: Iterator[float] = (
        ceil(max_content_width(context, words, outer=False) * _FULLER / width)
        * strut(words.style)[0]
        for words in _blocks(cell)
        if width > 0
    )
    return sum(lines, 0.0)


def _blocks(box: Any) -> Iterator[Any]:
    inner = [child for child in box.children if isinstance(child, boxes.BlockContainerBox)]
    if not inner:
        yield box
    for child in inner:
        yield from _blocks(child)

"""Sheets of rows: what comes row by row is filled in on a sheet of its own, and becomes a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from ... import thai
from ...agreements.files import TableFile
from ...agreements.yaml_tree import Node
from ...diagnostics import Diagnostic, Location
from ...messages import message
from ...model import Indicator, Result, Value
from ...model.by_row import MOST_ROWS
from ...scoring.row_figures import site_columns, wanted
from .cell_faults import CellFaults
from .cells import CellRefused, typed
from .look import BOLD, as_head, as_page, as_row, as_text, locked, sheet_name

MARK = "gen-rows 1"
"""What the hidden row of a sheet of rows begins with; the indicator's id stands beside it."""

NAME_ROW, MARK_ROW, HEAD_ROW = 1, 2, 3
EMPTY_ROWS = 40
"""So many rows, at least, are there to fill in where no table says which there have to be."""

WIDTHS = (34, 18)
"""The widths of the column of names, and of the others."""


@dataclass(frozen=True, slots=True)
class RowSheet:
    """The rows of an indicator: the heads, and what stands in the rows already.

    ``fixed``: the names of the rows are those of a table, and can't be changed.
    """

    key: str
    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fixed: bool


def of_indicator(
    number: int,
    key: str,
    indicator: Indicator,
    value: Value | None,
    tables: Mapping[str, TableFile],
    given: Result | None,
) -> RowSheet | None:
    """The sheet of an indicator whose result comes row by row; None where it doesn't."""
    rule = indicator.by_row
    if rule is None:
        return None
    sites = tables.get(rule.sites) if rule.sites is not None else None
    beside = site_columns(rule, sites)
    own = [name for name in (rule.full, rule.weight) if name and name not in beside]
    alone = [(name,) for name in (rule.key, *rule.texts, *own)]
    every = [*alone, *(tuple(reversed(heads)) for heads in wanted(rule, value).values())]
    typed_rows = (given.rows if given is not None else None) or []
    reported = {thai.folded(row.get(rule.key, "")): row for row in typed_rows}
    names = _names(sites) or [row.get(rule.key, "") for row in reported.values()]
    rows = [
        (name, *(_first(reported.get(thai.folded(name), {}), heads) for heads in every[1:]))
        for name in names
    ]
    return RowSheet(
        key,
        indicator.names.report or indicator.name,
        sheet_name(f"รายแถว {number} {key}"),
        tuple(heads[0] for heads in every),
        tuple(rows),
        bool(_names(sites)),
    )


def _first(row: Mapping[str, str], heads: Sequence[str]) -> str:
    """What stands below one of the heads that a column may have."""
    return next((cell for head in heads if (cell := row.get(head))), "")


def _names(sites: TableFile | None) -> list[str]:
    if sites is None or sites.file.model is None:
        return []
    return [row[sites.file.model.key] for row in sites.csv.rows]


def write(book: Workbook, rows: RowSheet) -> None:
    """Add the sheet to a workbook."""
    sheet = book.create_sheet(rows.title)
    as_text(sheet.cell(NAME_ROW, 1), rows.name)
    sheet.cell(NAME_ROW, 1).font = BOLD
    as_text(sheet.cell(MARK_ROW, 1), MARK)
    as_text(sheet.cell(MARK_ROW, 2), rows.key)
    sheet.row_dimensions[MARK_ROW].hidden = True
    for column, head in enumerate(rows.heads, start=1):
        as_head(sheet.cell(HEAD_ROW, column), head)
        letter = sheet.cell(HEAD_ROW, column).column_letter
        sheet.column_dimensions[letter].width = WIDTHS[0] if column == 1 else WIDTHS[1]
    empty = ("",) * len(rows.heads)
    more = 0 if rows.fixed else max(EMPTY_ROWS - len(rows.rows), EMPTY_ROWS // 2)
    for number, cells in enumerate((*rows.rows, *([empty] * more)), start=HEAD_ROW + 1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            is_open = column > 1 or not rows.fixed
            as_row(cell, is_open=is_open)
            if text:
                as_text(cell, text)
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    as_page(sheet, HEAD_ROW)
    locked(sheet)


def key_of(sheet: Worksheet) -> str | None:
    """The indicator whose rows a sheet holds; None where it is no sheet of rows."""
    mark, key = sheet.cell(MARK_ROW, 1).value, sheet.cell(MARK_ROW, 2).value
    return thai.folded(key) if mark == MARK and isinstance(key, str) else None


def place_of(path: Path, sheet: Worksheet) -> Path:
    """What faults of a sheet's cells are placed in: the workbook, and the sheet in it."""
    return path.with_name(f"{path.name}!{sheet.title}")


def read(path: Path, sheet: Worksheet, asked: RowSheet) -> Node | tuple[Diagnostic, ...] | None:
    """The rows of a sheet, each cell with its place; None where nothing is filled in."""
    faults = CellFaults(path, sheet.title)
    if sheet.max_row > MOST_ROWS + HEAD_ROW:
        faults.add(MOST_ROWS + HEAD_ROW + 1, 1, message("too-many-rows", most=MOST_ROWS))
        return faults.all()
    for column, head in enumerate(asked.heads, start=1):
        if thai.folded(str(sheet.cell(HEAD_ROW, column).value or "")) != thai.folded(head):
            faults.add(HEAD_ROW, column, message("heading-expected", heading=head))
    rows = list(_rows(path, sheet, asked, faults))
    if faults.found:
        return faults.all()
    if not any(_is_begun(node, asked) for node in rows):
        return None
    return Node(rows, Location(place_of(path, sheet), HEAD_ROW, 1))


def _rows(path: Path, sheet: Worksheet, asked: RowSheet, faults: CellFaults) -> Iterator[Node]:
    inside, count = place_of(path, sheet), len(asked.heads)
    keys = {head: Location(inside, HEAD_ROW, n) for n, head in enumerate(asked.heads, start=1)}
    columns = min(max(sheet.max_column, count), count + 20)
    for cells in sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=columns):
        number = cells[0].row or 0
        texts = [_text(cell, faults) for cell in cells]
        for cell, text in zip(cells[count:], texts[count:], strict=True):
            if text:
                faults.add(number, cell.column or 0, message("cell-outside-table"))
        if any(texts[:count]):
            row = {
                head: Node(texts[index], Location(inside, number, index + 1))
                for index, head in enumerate(asked.heads)
            }
            yield Node(row, Location(inside, number, 1), keys)


def _text(cell: Cell | MergedCell, faults: CellFaults) -> str:
    if cell.data_type == "f":
        faults.add(cell.row or 0, cell.column or 0, message("formula-in-cell"))
        return ""
    try:
        return (typed(cell) or "").replace("\n", " ")
    except CellRefused as refused:
        faults.add(cell.row or 0, cell.column or 0, refused.said, refused.hint)
        return ""


def _is_begun(node: Node, asked: RowSheet) -> bool:
    """Whether more than the row's name is there."""
    assert isinstance(node.value, dict)
    return any(node.value[head].value for head in asked.heads[1:])


def as_csv(rows: Sequence[Node]) -> bytes:
    """The rows as a CSV that spreadsheets open as it is."""
    first = rows[0].value
    assert isinstance(first, dict)
    out = io.StringIO(newline="")
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow(first)
    for row in rows:
        assert isinstance(row.value, dict)
        written.writerow(str(cell.value or "") for cell in row.value.values())
    return b"\xef\xbb\xbf" + out.getvalue().encode()

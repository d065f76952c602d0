"""A filled-in workbook compared with the files: what was changed in Excel, each with its cell.

A cell counts as changed where it says something else than when it was written. What was changed
in the files meanwhile stays, and what was changed in both is a fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from ... import thai
from ...agreements.changes import KeyPath
from ...agreements.yaml_tree import Plain
from ...diagnostics import Diagnostic, Location
from ...messages import Message, message
from .. import excel
from ..workbook.cell_faults import CellFaults, cell_name
from ..workbook.cells import CellRefused
from . import cell_values
from .tables import BookTable, Cell, Column, Kind, NewRows, Row, entry
from .writing import ABOUT, FORMAT, KEY, LISTS, WAS, kind_of, row_key

MAX_ROWS, MAX_COLUMNS = 100_000, 200
MAX_TAGS = 8_000_000
"""So many tags a workbook of an agency may have: 161 units' sheets have some two millions."""

HEADS_WITHIN = 40
"""The heads stand in one of the first rows, also where rows were put in above them."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One content of a cell that is another one than in the file."""

    file: str
    path: KeyPath
    old: str | None
    new: str | None
    cell: str
    """The cell as Excel calls it, with its sheet."""


@dataclass(frozen=True, slots=True)
class RowAdded:
    """An entry that a list of a file gets."""

    file: str
    path: KeyPath
    value: Plain
    cell: str


@dataclass(frozen=True, slots=True)
class RowRemoved:
    """An entry whose row was taken out."""

    file: str
    path: KeyPath
    key: tuple[str, ...]
    cell: str
    """The sheet it stood in."""


@dataclass(slots=True)
class Found:
    """What a workbook asks for, what is wrong with it, and what else there is to say."""

    changes: list[CellChange] = field(default_factory=list)
    added: list[RowAdded] = field(default_factory=list)
    removed: list[RowRemoved] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """A workbook that was opened, and the agency's folder and year that it says it is of."""

    path: Path
    book: Workbook
    agency: str
    year: str

    @property
    def place(self) -> Location:
        """The file."""
        return Location(self.path)


def opened(path: Path, data: bytes) -> OpenedBook | Diagnostic:
    """The workbook in ``data``, or why it isn't read; ``path`` only names it."""
    book = excel.opened(path, data, tags=MAX_TAGS)
    if isinstance(book, Diagnostic):
        return book
    if ABOUT not in {sheet.title for sheet in book.worksheets}:
        return Diagnostic(message("no-agency-workbook"), Location(path))
    sheet = next(s for s in book.worksheets if s.title == ABOUT)
    texts = [str(sheet.cell(1, column).value or "") for column in (1, 2, 3)]
    if texts[0] != f"{ABOUT} {FORMAT}":
        said = message("workbook-of-other-version", found=texts[0], version=FORMAT)
        return Diagnostic(said, Location(path))
    return OpenedBook(path, book, thai.folded(texts[1]), texts[2])


def read(opened_book: OpenedBook, tables: Sequence[BookTable]) -> Found:
    """What was changed in a workbook of these tables, as the files say them now."""
    found = Found()
    path, book = opened_book.path, opened_book.book
    sheets = dict(_sheets(book))
    known = _keys(book)
    for other in book.worksheets:
        if other.title not in (ABOUT, LISTS) and other.title not in {
            sheet.title for sheet, _ in sheets.values()
        }:
            found.remarks.append(message("book-sheet-not-read", sheet=other.title))
    for table in tables:
        if table.id not in sheets:
            found.remarks.append(message("sheet-taken-out", sheet=table.title))
            continue
        sheet, head_row = sheets[table.id]
        _Sheet(table, sheet, head_row, found, CellFaults(path, sheet.title), known).read()
    return found


def _sheets(book: Workbook) -> Iterator[tuple[str, tuple[Worksheet, int]]]:
    """The sheets of tables, wherever their heads stand now."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=HEADS_WITHIN, max_col=MAX_COLUMNS):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(f"{KEY}:"):
                    yield cell.value.removeprefix(f"{KEY}:"), (sheet, cell.row or 1)


def _keys(book: Workbook) -> frozenset[str]:
    """The keys of all rows that the workbook had."""
    about = next(sheet for sheet in book.worksheets if sheet.title == ABOUT)
    rows = about.iter_rows(min_row=2, max_col=1, values_only=True)
    return frozenset(str(row[0]) for row in rows if row[0] is not None)


Cells = tuple[ExcelCell | MergedCell, ...]


@dataclass
class _Sheet:
    """One sheet, read row by row."""

    table: BookTable
    sheet: Worksheet
    head_row: int
    found: Found
    faults: CellFaults
    known: frozenset[str]
    at: dict[str, int] = field(default_factory=dict)
    """By heading: the column, from 0."""

    def read(self) -> None:
        """Read the heads, then every row."""
        self._heads()
        if self.sheet.sheet_state != "visible":
            self.found.remarks.append(message("hidden-sheet-read", sheet=self.sheet.title))
        self._merged()
        if not self.faults.found:
            self._rows()
        self.found.faults += self.faults.all()

    def _heads(self) -> None:
        wanted = {thai.folded(c.heading): c.heading for c in self.table.columns}
        wanted |= {f"{KEY}:{self.table.id}": KEY, WAS: WAS}
        for cell in next(
            self.sheet.iter_rows(min_row=self.head_row, max_row=self.head_row, max_col=MAX_COLUMNS)
        ):
            heading = wanted.get(thai.folded(str(cell.value or "")))
            if heading is None:
                continue
            if heading in self.at:
                self.faults.add(
                    self.head_row, cell.column or 1, message("heading-twice", heading=heading)
                )
            self.at[heading] = (cell.column or 1) - 1
        for heading in (KEY, WAS):
            if heading not in self.at:
                self.faults.add(self.head_row, 1, message("hidden-column-missing", heading=heading))
        for column in self.table.columns:
            if column.heading not in self.at and column.kind not in ("shown", "sum"):
                self.found.remarks.append(
                    message("column-taken-out", sheet=self.sheet.title, heading=column.heading)
                )

    def _merged(self) -> None:
        """Merged cells: all but the first of them would count as emptied."""
        own = {column + 1 for column in self.at.values()}
        for merged in self.sheet.merged_cells.ranges:
            columns = own & {*range(merged.min_col, merged.max_col + 1)}
            if merged.max_row > self.head_row and columns:
                said = message("cells-merged", cells=merged.coord)
                self.faults.add(merged.min_row, merged.min_col, said)

    def _rows(self) -> None:
        rows = {row_key(self.table, row.key): row for row in self.table.rows}
        seen: dict[str, int] = {}
        hidden = 0
        if self.sheet.max_row > MAX_ROWS:
            said = message("sheet-of-too-many-rows", rows=self.sheet.max_row)
            self.faults.add(MAX_ROWS + 1, 1, said)
            return
        for cells in self.sheet.iter_rows(min_row=self.head_row + 1, max_col=MAX_COLUMNS):
            number = cells[0].row or 0
            key = cells[self.at[KEY]].value
            if key is None:
                self._new(number, cells)
                continue
            hidden += bool(self.sheet.row_dimensions[number].hidden)
            row = rows.get(str(key))
            if str(key) in seen:
                self.faults.add(number, 1, message("row-twice", row=seen[str(key)]))
            elif row is not None:
                self._row(number, cells, row)
            elif str(key) in self.known:
                self.faults.add(number, 1, message("entry-gone-from-file"), message("export-again"))
            else:
                self.faults.add(number, 1, message("row-key-spoilt"), message("export-again"))
            seen[str(key)] = number
        if hidden:
            self.found.remarks.append(
                message("hidden-rows-read", sheet=self.sheet.title, count=hidden)
            )
        gone = [row for key, row in rows.items() if key in self.known and key not in seen]
        self._removed(gone)

    def _removed(self, gone: Sequence[Row]) -> None:
        for row in gone:
            if self.table.new is None:
                self.found.remarks.append(
                    message("row-missing-left", sheet=self.sheet.title, row=" ".join(row.key))
                )
            else:
                self.found.removed.append(RowRemoved(row.file, row.path, row.key, self.sheet.title))

    def _row(self, number: int, cells: Cells, row: Row) -> None:
        marks = self._marks(number, cells)
        for column, cell in zip(self.table.columns, row.cells, strict=True):
            if column.heading not in self.at:
                continue
            index = self.at[column.heading]
            kind = kind_of(column, cell)
            if kind == "sum":
                continue
            try:
                typed = cell_values.read(cells[index], "text" if kind == "shown" else kind)
            except CellRefused as refused:
                self.faults.add(number, index + 1, refused.said, refused.hint)
                continue
            if cell_values.same(typed, cell.value, kind):
                continue
            if kind == "shown":
                if cell.value is not None or typed is not None:
                    self._shown_changed(number, index, cell)
                continue
            was = marks.get(column.heading)
            if was == cell_values.mark(typed, kind):
                continue  # not changed in Excel; the file is newer
            if was is not None and was != cell_values.mark(cell.value, kind):
                said = message("changed-in-both", now=(cell.value or "")[:60])
                self.faults.add(number, index + 1, said, message("export-again"))
                continue
            self._changed(number, index, row, column, cell, typed)

    def _shown_changed(self, number: int, index: int, cell: Cell) -> None:
        said = message("cell-cannot-be-changed", was=(cell.value or "")[:60])
        self.faults.add(number, index + 1, said, message("put-back-or-edit-elsewhere"))

    def _changed(
        self, number: int, index: int, row: Row, column: Column, cell: Cell, typed: str | None
    ) -> None:
        if (
            cell.meaning
            and typed is not None
            and typed not in cell.meaning
            and typed not in cell.meaning.values()
        ):
            said = message("not-in-list", typed=typed[:60], known=tuple(cell.meaning))
            self.faults.add(number, index + 1, said)
            return
        assert cell.path is not None
        name = cell_name(self.sheet.title, number, index + 1)
        self.found.changes.append(
            CellChange(row.file, cell.path, cell.means(cell.value), cell.means(typed), name)
        )

    def _marks(self, number: int, cells: Cells) -> Mapping[str, str]:
        try:
            marks = json.loads(str(cells[self.at[WAS]].value or "{}"))
        except (ValueError, RecursionError):
            marks = None
        if not isinstance(marks, dict):
            self.faults.add(number, 1, message("row-key-spoilt"), message("export-again"))
            return {}
        return {str(key): str(value) for key, value in marks.items()}

    def _new(self, number: int, cells: Cells) -> None:
        """A row that the workbook didn't have."""
        given: dict[str, str] = {}
        for column in self.table.columns:
            if column.kind == "sum" or column.heading not in self.at:
                continue
            index = self.at[column.heading]
            kind: Kind = "text" if column.kind == "shown" else column.kind
            try:
                typed = cell_values.read(cells[index], kind)
            except CellRefused as refused:
                self.faults.add(number, index + 1, refused.said, refused.hint)
                continue
            if typed is not None:
                given[column.heading] = typed
        if not given:
            return
        if self.table.new is None:
            self.faults.add(number, 1, message("no-rows-to-add", sheet=self.sheet.title))
            return
        self._added(number, given, self.table.new)

    def _added(self, number: int, given: Mapping[str, str], new: NewRows) -> None:
        at = tuple(thai.folded(given.get(head, "")) for head in new.heads)
        place = new.places.get(at)
        for head in (*(new.heads if place is None else ()), *new.needed):
            if head in self.at and (place is None or head not in given):
                said = message("new-row-of-nothing", known=_near(new, at))
                if place is not None:
                    said = message("new-row-lacks", heading=head)
                self.faults.add(number, self.at[head] + 1, said)
                return
        assert place is not None
        values: dict[KeyPath, str] = {}
        for heading, path in new.columns.items():
            if heading in given:
                meaning = new.meanings.get(heading, {})
                values[path] = meaning.get(given[heading], given[heading])
        name = cell_name(self.sheet.title, number, 1)
        self.found.added.append(RowAdded(*place, entry(values), name))


def _near(new: NewRows, at: tuple[str, ...]) -> tuple[str, ...]:
    """What can stand under the first head that has nothing of the kind."""
    known = [
        key for key in new.places if all(a == b for a, b in zip(at[:-1], key[:-1], strict=True))
    ]
    return tuple(dict.fromkeys(key[-1] for key in known if key[-1]))[:20]

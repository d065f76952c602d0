"""A file of answers as tables of texts: CSV in the encodings there are, or Excel.

Nothing in a file runs: a formula is a fault of its cell. The place of a cell is its row and
column in the file, both from 1.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ...agreements import csv_files
from ...diagnostics import Diagnostic, Location, Severity, Suggestion, warning
from ...messages import Message, message
from .. import excel

MAX_BYTES = excel.MAX_BYTES
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 100_000, 2_000, 20_000
"""So many rows and columns, and so many characters in a cell, are read."""

MAX_CELLS = 5_000_000
"""So many cells the rectangle of an Excel sheet may have."""

HEAD_ROWS = 20
"""Among so many rows from the top the head is looked for."""

_DELIMITERS = (",", ";", "\t", "|")
_LEGACY = "cp874"
"""Windows-874, of which TIS-620 is a part."""

_SEP = re.compile(r'"?sep=(.)"?[,;\t]*', re.IGNORECASE)
"""The line by which a CSV tells Excel its delimiter."""


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """What stands in a cell and isn't taken as an answer, and what to do about it."""

    said: Message
    advice: Message | Suggestion | str = ""


AnswerCell = str | UnreadCell
TableRow = tuple[int, tuple[AnswerCell, ...]]
"""The number of a row in its file, and its cells."""

FORMULA = UnreadCell(message("formula-in-cell"))


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """What only an Excel sheet has.

    ``hidden`` are rows and ``folded`` columns (from 0) that aren't shown, ``merged`` the first
    and last row and column (from 1) of cells that are one.
    """

    title: str
    hidden: frozenset[int] = frozenset()
    folded: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: ``lines`` are its rows that aren't empty.

    Which of them is the head is found by ``heads``; ``head`` and ``rows`` are then those below.
    """

    path: Path
    lines: tuple[TableRow, ...] = ()
    sheet: OpenedSheet | None = None
    head_row: int = 1
    head: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    width: int = 0
    """How many cells the head has, with empty ones at its end."""

    def place(self, row: int, column: int) -> Location:
        """The place of a cell; ``column`` counts from 0."""
        return Location(self.path, row, column + 1)

    def headed(self, line: int, below: int) -> Table:
        """The table with one of its lines as head, and its rows from the line ``below`` on."""
        number, cells = self.lines[line]
        head = [cell if isinstance(cell, str) else "" for cell in cells]
        while head and not head[-1].strip():
            head.pop()
        return replace(
            self,
            head_row=number,
            head=tuple(head),
            rows=self.lines[below:],
            width=len(cells),
        )

    def uneven(self) -> Iterator[Diagnostic]:
        """The rows that are longer or shorter than the head."""
        for row, cells in self.rows:
            # A sheet has no short rows: its empty cells are cells.
            least = 0 if self.sheet is not None else len(self.head)
            fault = csv_files.uneven(self.path, row, len(cells), (least, self.width))
            if fault is not None:
                yield fault


@dataclass(frozen=True, slots=True)
class ReadTables:
    """The tables of a file (of a workbook one a sheet), and what is wrong with it."""

    tables: tuple[Table, ...] = ()
    faults: tuple[Diagnostic, ...] = field(default=())


def read(path: Path, data: bytes) -> ReadTables:
    """The tables in ``data``; ``path`` only names it."""
    if not data.strip():
        return _refused(path, message("table-empty"))
    if len(data) > MAX_BYTES:
        return _refused(
            path, message("excel-or-csv-too-large", size=MAX_BYTES >> 20), message("split-the-file")
        )
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") or data.startswith(b"PK\x03\x04"):
        return _workbook(path, data)
    return _csv(path, data)


def _refused(
    path: Path, said: Message, hint: Message | str = "", *, row: int = 1, column: int = 1
) -> ReadTables:
    return ReadTables(faults=(Diagnostic(said, Location(path, row, column), hint),))


def _table(
    path: Path, rows: Iterable[TableRow], sheet: OpenedSheet | None = None
) -> Table | ReadTables:
    """The rows that aren't empty, within the limits."""
    kept: list[TableRow] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if len(kept) > MAX_ROWS or len(cells) > MAX_COLUMNS:
            most, wide = f"{MAX_ROWS:,}", f"{MAX_COLUMNS:,}"
            return _refused(path, message("table-too-long", rows=most, columns=wide), row=number)
        kept.append((number, cells))
    if not kept:
        return _refused(path, message("table-empty"))
    return Table(path, tuple(kept), sheet)


def _csv(path: Path, data: bytes) -> ReadTables:
    faults: list[Diagnostic] = []
    text: str
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return _refused(path, message("text-not-utf-16"))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            try:
                text = data.decode(_LEGACY)
            except UnicodeDecodeError:
                return _no_text(path, data, error.start)
            faults.append(warning("read-as-windows-874", Location(path, 1, 1)))
    if "\x00" in text:
        return _refused(path, message("file-of-no-text"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    said = _SEP.fullmatch(first.strip(" "))
    if said is not None:
        delimiter, text, before = said[1], rest, 1
    else:
        delimiter, before = _delimiter(text), 0
    parsed = csv_files.parse(path, text, delimiter)
    if isinstance(parsed, Diagnostic):
        place = replace(parsed.location, line=parsed.location.line + before)
        return ReadTables(faults=(replace(parsed, location=place),))
    numbered = enumerate(parsed, start=1 + before)
    found = _table(path, ((n, tuple(map(str.strip, cells))) for n, cells in numbered))
    return found if isinstance(found, ReadTables) else ReadTables((found,), tuple(faults))


def _delimiter(text: str) -> str:
    """The delimiter by which the first rows have the most cells, and most rows have so many.

    Above a head stand titles, and a comma may stand in a figure.
    """
    most: dict[str, tuple[int, int]] = {}
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = [len(row) for row, _ in zip(reader, range(HEAD_ROWS), strict=False)]
        except csv.Error:
            rows = []
        widest = max(rows, default=0)
        most[delimiter] = widest, rows.count(widest)
    return max(_DELIMITERS, key=lambda found: most[found])


def _no_text(path: Path, data: bytes, start: int) -> ReadTables:
    """The fault of a file in an unknown encoding, at the first cell that shows it."""
    before = data[:start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    parsed = csv_files.parse(path, before + "?", strict=False)
    rows = [["?"]] if isinstance(parsed, Diagnostic) else parsed
    return _refused(
        path,
        message("text-of-unknown-encoding", byte=f"{data[start]:02X}"),
        row=len(rows),
        column=len(rows[-1]),
    )


def _workbook(path: Path, data: bytes) -> ReadTables:
    book = excel.opened(path, data, message("save-as-xlsx-or-csv"))
    if isinstance(book, Diagnostic):
        return ReadTables(faults=(replace(book, location=Location(path, 1, 1)),))
    found = [(sheet, _of_sheet(path, sheet)) for sheet in _shown_first(book.worksheets)]
    tables = tuple(made for _, made in found if isinstance(made, Table))
    unread = [
        (sheet.title, made.faults[0]) for sheet, made in found if isinstance(made, ReadTables)
    ]
    if not tables:
        faults = tuple(fault for _, fault in unread[:1])
        return ReadTables(faults=faults) if faults else _refused(path, message("table-empty"))
    return ReadTables(
        tables,
        tuple(
            replace(fault, said=_of(title, fault), severity=Severity.WARNING)
            for title, fault in unread
        ),
    )


def _of(title: str, fault: Diagnostic) -> Message | str:
    """A fault of one sheet, which is named."""
    said = fault.said
    return said.about(f"'{title}'") if isinstance(said, Message) else f"'{title}': {said}"


def _shown_first(sheets: Iterable[Worksheet]) -> list[Worksheet]:
    """The sheets with something in them; those that are shown come first."""
    filled = [sheet for sheet in sheets if sheet.max_row > 1 or sheet["A1"].value]
    return sorted(filled, key=lambda sheet: sheet.sheet_state != "visible")


def _of_sheet(path: Path, sheet: Worksheet) -> Table | ReadTables:
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        high, wide = f"{sheet.max_row:,}", f"{sheet.max_column:,}"
        return _refused(path, message("sheet-too-large", rows=high, columns=wide))
    return _table(path, _cells(sheet.iter_rows()), _sheet(sheet))


def _sheet(sheet: Worksheet) -> OpenedSheet:
    """What of a sheet isn't shown, and what is merged."""
    rows = {n for n, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
    columns = {
        index - 1
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for index in range(column.min or 1, min(column.max or 1, MAX_COLUMNS) + 1)
    }
    merged = sorted(
        (found.min_row, found.min_col, found.max_row, found.max_col)
        for found in sheet.merged_cells.ranges
    )
    return OpenedSheet(sheet.title, frozenset(rows), frozenset(columns), tuple(merged))


def cells_name(merged: Sequence[int]) -> str:
    """Merged cells as Excel calls them: ``B3:C3``."""
    row, column, last_row, last_column = merged
    return f"{get_column_letter(column)}{row}:{get_column_letter(last_column)}{last_row}"


def _cells(rows: Iterable[tuple[object, ...]]) -> Iterator[TableRow]:
    for number, row in enumerate(rows, start=1):
        cells = tuple(
            _cell(getattr(cell, "value", None), getattr(cell, "data_type", "n")) for cell in row
        )
        filled = max((n for n, cell in enumerate(cells, start=1) if cell), default=0)
        yield number, cells[:filled]


def _cell(value: object, kind: str) -> AnswerCell:
    """What Excel holds as the text that a CSV would have."""
    if value is None:
        return ""
    if kind == "f":
        return FORMULA
    if kind == "e":
        return UnreadCell(message("error-in-cell", error=str(value)))
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        try:
            return f"{value:.15g}"
        except OverflowError:
            return UnreadCell(message("number-impossibly-large"))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    text = str(value).replace("_x005F_x", "_x").replace("_x000D_", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()

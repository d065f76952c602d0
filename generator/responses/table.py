"""A file of answers as a table of texts: CSV in the encodings there are, or Excel.

Nothing in a file runs: a formula is a fault of its cell. The place of a cell is its row and
column in the file, both from 1.
"""

from __future__ import annotations

import codecs
import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook

from ..diagnostics import Diagnostic, Location, Severity
from ..workbook import archive

MAX_BYTES = archive.MAX_BYTES
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 100_000, 2_000, 20_000
"""So many rows and columns, and so many characters in a cell, are read."""

MAX_CELLS = 5_000_000
"""So many cells the rectangle of an Excel sheet may have."""

_DELIMITERS = (",", ";", "\t")
_LEGACY = "cp874"
"""Windows-874, of which TIS-620 is a part."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands in a cell and isn't taken as an answer, and what to do about it."""

    message: str
    hint: str


Cell = str | Unread
Row = tuple[int, tuple[Cell, ...]]
"""The number of a row in its file, and its cells."""

FORMULA = Unread(
    "a formula stands here; formulas are never executed",
    "put in the value (copy, then paste as values)",
)


@dataclass(frozen=True, slots=True)
class Table:
    """The head and the rows that aren't empty; no head where the file can't be read."""

    path: Path
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    def place(self, row: int, column: int) -> Location:
        """The place of a cell; ``column`` counts from 0."""
        return Location(self.path, row, column + 1)


def read(path: Path, data: bytes) -> Table:
    """The table in ``data``; ``path`` only names it."""
    if not data.strip():
        return _refused(path, "the file is empty", "export the answers again")
    if len(data) > MAX_BYTES:
        return _refused(path, f"the file is larger than {MAX_BYTES >> 20} MiB", "split it")
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") or data.startswith(b"PK\x03\x04"):
        return _workbook(path, data)
    return _csv(path, data)


def _refused(path: Path, message: str, hint: str = "", row: int = 1, column: int = 1) -> Table:
    return Table(path, faults=(Diagnostic(message, Location(path, row, column), hint),))


def _table(path: Path, rows: Iterable[Row], faults: list[Diagnostic]) -> Table:
    """Head and rows, within the limits."""
    kept: list[Row] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if len(kept) > MAX_ROWS or len(cells) > MAX_COLUMNS:
            limit = f"{MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns"
            return _refused(path, f"the file has more than {limit}", "split it", number)
        kept.append((number, cells))
    if not kept:
        return _refused(path, "the file is empty", "export the answers again")
    (number, first), *rest = kept
    head = [cell if isinstance(cell, str) else "" for cell in first]
    for column, cell in enumerate(first):
        if isinstance(cell, Unread):
            place = Location(path, number, column + 1)
            faults.append(Diagnostic(f"{cell.message}, in the head", place, cell.hint))
    while head and not head[-1].strip():
        head.pop()
    return Table(path, tuple(head), tuple(rest), tuple(faults))


def _csv(path: Path, data: bytes) -> Table:
    faults: list[Diagnostic] = []
    text: str
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return _refused(path, "the file is no whole UTF-16 text", "save it as CSV UTF-8")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            try:
                text = data.decode(_LEGACY)
            except UnicodeDecodeError:
                return _no_text(path, data, error.start)
            faults.append(
                Diagnostic(
                    "the file is not UTF-8; it is read as Windows-874 (TIS-620)",
                    Location(path, 1, 1),
                    "save it as CSV UTF-8, and look at the written answers",
                    Severity.WARNING,
                )
            )
    if "\x00" in text:
        return _refused(path, "the file holds no text", "save it as CSV UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = max(_DELIMITERS, key=lambda found: len(_first(text, found)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbered = enumerate(reader, start=1)
    try:
        rows: list[Row] = [(n, tuple(map(str.strip, cells))) for n, cells in numbered]
    except csv.Error as error:
        line = reader.line_num
        return _refused(path, f"the CSV can't be read: {error}", "save it again as CSV UTF-8", line)
    return _table(path, rows, faults)


def _first(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _no_text(path: Path, data: bytes, start: int) -> Table:
    """The fault of a file in an unknown encoding, at the first cell that shows it."""
    before = data[:start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    rows = list(csv.reader(io.StringIO(before + "?", newline=""))) or [["?"]]
    return _refused(
        path,
        f"the file is neither UTF-8 nor Windows-874 (byte {data[start]:02X})",
        "save it as CSV UTF-8",
        len(rows),
        len(rows[-1]),
    )


def _workbook(path: Path, data: bytes) -> Table:
    refused = archive.refusal(data)
    if refused is not None:
        return _refused(path, refused[0], "save it as .xlsx without a password, or as CSV UTF-8")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.max_row > 1 or sheet["A1"].value]
            rows: list[Row] = []
            if sheets and sheets[0].max_row * sheets[0].max_column <= MAX_CELLS:
                rows = list(_cells(sheets[0].iter_rows()))
    except Exception as error:  # a damaged part ends openpyxl in any of many ways
        reason = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
        return _refused(path, f"the workbook can't be read: {reason}", "save it again as .xlsx")
    if sheets and not rows:
        size = f"{sheets[0].max_row:,} rows and {sheets[0].max_column:,} columns"
        return _refused(path, f"the sheet has {size}", "delete what stands outside the table")
    faults = [
        Diagnostic(
            f"the sheet '{other.title}' is not read, only '{sheets[0].title}' is",
            Location(path),
            severity=Severity.WARNING,
        )
        for other in sheets[1:]
    ]
    return _table(path, rows, faults)


def _cells(rows: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = tuple(
            _cell(getattr(cell, "value", None), getattr(cell, "data_type", "n")) for cell in row
        )
        filled = max((n for n, cell in enumerate(cells, start=1) if cell), default=0)
        yield number, cells[:filled]


def _cell(value: object, kind: str) -> Cell:
    """What Excel holds as the text that a CSV would have."""
    if value is None:
        return ""
    if kind == "f":
        return FORMULA
    if kind == "e":
        return Unread(f"the error {value} stands here", "put in the value")
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    text = str(value).replace("_x005F_x", "_x").replace("_x000D_", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()

"""The text of a CSV with other cells: rows that aren't concerned keep their bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...errors import UsageError
from ...messages import message


def with_cells(text: str, cells: Iterable[tuple[int, int, str]]) -> str:
    """A CSV's text with some cells otherwise, by row and column from 1; other lines stay.

    A row behind the last one is added.
    """
    records = [*_records(text)]
    newline = "\r\n" if "\r\n" in text else "\n"
    for row, column, value in cells:
        while len(records) < row:
            width = len(records[0].cells) if records else column
            records.append(_Record("", [""] * width))
        record = records[row - 1]
        if column <= len(record.cells) and record.cells[column - 1] == value:
            continue
        wide = [*record.cells, *[""] * (column - len(record.cells))]
        wide[column - 1] = value
        records[row - 1] = replace(record, text=_line(wide, newline), cells=wide)
    return "".join(_ended(record.text, newline) for record in records)


def with_row(text: str, row: int) -> str:
    """A CSV's text with an empty row before another one, or behind the last."""
    records = [*_records(text)]
    newline = "\r\n" if "\r\n" in text else "\n"
    empty = _line([""] * max(len(records[0].cells) if records else 1, 2), newline)
    lines = [_ended(record.text, newline) for record in records]
    return "".join([*lines[: row - 1], empty, *lines[row - 1 :]])


def without_row(text: str, row: int) -> str:
    """A CSV's text without a row."""
    records = [*_records(text)]
    return "".join(record.text for number, record in enumerate(records, start=1) if number != row)


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of a CSV: its text with its line break, and its cells."""

    text: str
    cells: list[str]


def _records(text: str) -> Iterable[_Record]:
    lines = text.splitlines(keepends=True) if "\x0b" not in text else text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""))
    begun = 0
    try:
        for cells in reader:
            yield _Record("".join(lines[begun : reader.line_num]), cells)
            begun = reader.line_num
    except csv.Error as error:
        raise UsageError(message("no-table-in-file", reason=str(error))) from error


def _ended(text: str, newline: str) -> str:
    return text if text.endswith("\n") else f"{text}{newline}"


def _line(cells: Sequence[str], newline: str) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator=newline).writerow(cells)
    return made.getvalue()


def text_of_rows(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the text of a CSV."""
    return "".join(_line(row, "\n") for row in rows)


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV that aren't empty. Raises UsageError where it can't be read."""
    return [one.cells for one in _records(text) if any(cell.strip() for cell in one.cells)]

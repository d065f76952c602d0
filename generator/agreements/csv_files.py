"""The CSV files that target tables stand on: every fault with its row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path

from .. import thai
from ..diagnostics import Diagnostic, Location, did_you_mean, errors, fault
from ..errors import FileError
from ..messages import Message, message
from ..model import TargetTable
from ..workspace import confined, folders
from ..workspace.confined import read_bytes
from .text_faults import MAX_FAULTS, controls, private_letters
from .yaml_tree import MAX_BYTES, Node

_NUMBER = re.compile(r"-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,10})?")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV as read: rows by column, their figures, and what is wrong with it."""

    path: Path
    rows: tuple[Mapping[str, str], ...]
    figures: tuple[Mapping[str, Decimal], ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def read(path: Path, node: Node, table: TargetTable) -> CsvTable:
    """Read the CSV that ``table`` names, beside the table's own file at ``path``."""
    file = path.parent / table.csv
    place = node.at("csv")
    rows, faults = cells(file, table.csv, place, message("put-csv-beside-table"))
    if errors(faults):
        return CsvTable(file, (), faults=faults)
    found = of_rows(file, rows, table, place)
    return replace(found, faults=(*faults, *found.faults))


def cells(
    file: Path, name: str, place: Location, hint: Message
) -> tuple[list[list[str]], tuple[Diagnostic, ...]]:
    """The cells of the CSV that is called ``name`` at ``place``, its head first, and its faults.

    Where one of the faults is an error, no cells; ``hint`` says where the file belongs.
    """
    data = _bytes(file, name)
    if not isinstance(data, bytes):
        return [], (Diagnostic(data, place, hint),)
    if len(data) > MAX_BYTES:
        return [], (fault("csv-too-large", Location(file, 1, 1)),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], (fault("file-not-utf-8", Location(file, 1, 1)),)
    rows = parse(file, text)
    if isinstance(rows, Diagnostic):
        return [], (rows,)
    if faults := tuple(_unprintable(file, rows)):
        return [], faults
    remarks = [
        private_letters(cell, Location(file, line, column))
        for line, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if thai.without_private(cell) != cell
    ]
    plain = [[thai.without_private(cell) for cell in row] for row in rows]
    return plain, tuple(remarks[:MAX_FAULTS])


def _bytes(file: Path, name: str) -> bytes | Message | str:
    """What the file holds that a table names, or why that can't be known."""
    if "/" in name or confined.fault(file.parent, name):
        return message("csv-missing", name=name)
    try:
        return read_bytes(file) if folders.is_file(file) else message("csv-missing", name=name)
    except FileError as error:
        return error.said


def _unprintable(path: Path, rows: list[list[str]]) -> Iterator[Diagnostic]:
    """The cells with control characters, as many as are told."""
    found = (
        fault(
            "control-character-in-cell",
            Location(path, row, column),
            number=f"U+{ord(sign):04X}",
            row=str(row),
            column=str(column),
        )
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        for sign in controls(cell)
    )
    return islice(found, MAX_FAULTS)


def parse(
    path: Path, text: str, delimiter: str = ",", *, strict: bool = True
) -> list[list[str]] | Diagnostic:
    """The rows of a CSV's text, or why they can't be read; ``path`` only names it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        return list(reader)
    except csv.Error as error:
        place = Location(path, max(reader.line_num, 1), 1)
        return fault("csv-unreadable", place, reason=str(error))


def uneven(path: Path, row: int, cells: int, width: tuple[int, int]) -> Diagnostic | None:
    """The fault of a row whose cells don't go with the head, of which some at its end are empty.

    ``width`` is how many cells the row has at least and at most. Nothing of such a row can be
    trusted: a comma in a number or a text moves all that follows it.
    """
    least, most = width
    if least <= cells <= most:
        return None
    head = least if cells < least else most
    if cells > most:
        place = Location(path, row, most + 1)
        hint = message("quotes-round-commas")
    else:
        place = Location(path, row, cells + 1)
        hint = message("delimiter-missing")
    return fault("row-uneven", place, hint=hint, row=str(row), count=cells, head=str(head))


def of_rows(file: Path, rows: list[list[str]], table: TargetTable, place: Location) -> CsvTable:
    """The rows of a table (the first is the head), checked."""
    wanted = {table.key, *table.numbers, *(c.text for c in table.columns if c.text is not None)}
    head = [thai.folded(name) for name in rows[0]] if rows else []
    most = len(head)
    while head and not head[-1]:
        head.pop()
    faults = [
        fault("csv-column-twice", Location(file, 1, column + 1), name=name)
        for column, name in enumerate(head)
        if name and name in head[:column]
    ]
    faults += [
        fault("csv-column-missing", Location(file, 1, 1), hint=did_you_mean(name, head), name=name)
        for name in sorted(wanted - set(head))
    ]
    if faults:
        return CsvTable(file, (), faults=tuple(faults))
    texts: list[Mapping[str, str]] = []
    figures: list[Mapping[str, Decimal]] = []
    seen: dict[str, int] = {}
    for line, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if (wrong := uneven(file, line, len(cells), (len(head), most))) is not None:
            faults.append(wrong)
            continue
        row = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        faults += _row_faults(file, line, head, row, table, seen)
        texts.append(row)
        figures.append(
            {
                name: Decimal(thai.folded(row[name]).replace(",", ""))
                for name in table.numbers
                if _NUMBER.fullmatch(thai.folded(row.get(name, "")))
            }
        )
    if table.rows is not None and len(texts) != table.rows:
        wanted_rows = str(table.rows)
        faults.append(
            fault("csv-rows-not-as-many", place, rows=str(len(texts)), wanted=wanted_rows)
        )
    return CsvTable(file, tuple(texts), tuple(figures), tuple(faults))


def _row_faults(
    file: Path,
    line: int,
    head: list[str],
    row: Mapping[str, str],
    table: TargetTable,
    seen: dict[str, int],
) -> Iterator[Diagnostic]:
    key = thai.folded(row.get(table.key, ""))
    if not key:
        place = Location(file, line, head.index(table.key) + 1)
        yield fault("csv-row-without-key", place, row=str(line), column=table.key)
    elif key in seen:
        place = Location(file, line, head.index(table.key) + 1)
        yield fault("csv-key-twice", place, key=row[table.key], row=str(seen[key]))
    seen.setdefault(key, line)
    for name in table.numbers:
        written = row.get(name, "")
        if not _NUMBER.fullmatch(thai.folded(written)):
            yield fault(
                "csv-number-expected",
                Location(file, line, head.index(name) + 1),
                column=name,
                row=str(line),
                found=written[:40],
            )

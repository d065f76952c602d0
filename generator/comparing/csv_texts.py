"""Cells of CSV files that a document prints, and the files after some of them were changed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from ..agreements.changes import Inserted, Put, Removed
from ..agreements.csv_files import parse
from .guesses import FileChange
from .leaves import DataText, Stretch, stretches

_BARE = re.compile(r"[0-9]{4,20}(?:\.[0-9]{1,10})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,10})?")


def texts_of(name: str, data: bytes) -> Iterator[DataText]:
    """All cells below the head, by row and column; none of a file that can't be read."""
    rows = parse(Path(name), data.decode("utf-8-sig", "replace"))
    if isinstance(rows, list):
        for number, row in enumerate(rows[1:], start=1):
            for column, text in enumerate(row):
                if text.strip():
                    yield DataText(name, (number, column), text, number + 1)


def printed(text: DataText) -> list[Stretch]:
    """A cell as it is printed: commas between the thousands of a figure."""
    if not _BARE.fullmatch(text.value):
        return stretches(text)
    said = f"{Decimal(text.value):,}"
    places = [index - said[:index].count(",") for index in range(len(said))]
    return [Stretch(text, said, (*places, len(text.value)), 0)]


def changed(data: bytes, changes: Iterable[FileChange]) -> bytes:
    """The file after changes of cells: only their rows are written anew."""
    text = data.decode("utf-8-sig")
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""))
    rows, ends = [], []
    for row in reader:
        rows.append(row)
        ends.append(reader.line_num)
    changes = list(changes)
    for number, cells in _by_row(changes).items():
        begin, end = ends[number - 1] if number else 0, ends[number]
        for column, value in cells.items():
            rows[number][column] = value
        last = lines[end - 1]
        out = io.StringIO()
        csv.writer(out, lineterminator=last[len(last.rstrip("\r\n")) :]).writerow(rows[number])
        lines[begin:end] = [out.getvalue(), *([""] * (end - begin - 1))]
    _rows(lines, ends, changes)
    bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return bom + "".join(lines).encode()


def _rows(lines: list[str], ends: list[int], changes: Iterable[FileChange]) -> None:
    """Take rows out of lines, then put new ones in, from the last; ``ends`` are those of rows."""
    for one in changes:
        if isinstance(one.change, Removed) and isinstance(row := one.path[0], int):
            lines[ends[row - 1] : ends[row]] = [""] * (ends[row] - ends[row - 1])
    new = [one.change for one in changes if isinstance(one.change, Inserted)]
    for change in sorted(new, key=lambda one: str(one.path[0]).zfill(6), reverse=True):
        place = ends[int(change.path[0]) - 1]
        cells = change.value if isinstance(change.value, list) else []
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([_typed(str(cell)) for cell in cells])
        if not lines[place - 1].endswith("\n"):
            lines[place - 1] += "\n"
        lines.insert(place, out.getvalue())


def _by_row(changes: Iterable[FileChange]) -> Mapping[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for one in changes:
        if not isinstance(one.change, Put):
            continue
        row, column = one.path
        assert isinstance(row, int)
        assert isinstance(column, int)
        found.setdefault(row, {})[column] = _typed(str(one.change.value))
    return found


def _typed(value: str) -> str:
    return value.replace(",", "") if _GROUPED.fullmatch(value) else value

"""Tables of targets that follow a sheet (a row a province, a hospital): their figures as a CSV.

What a column says stays as it is printed; where all of its rows and its total are a share of
another column, the share is kept in place of the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from ... import thai
from . import grids
from .found import FoundFile
from .kept import Mapping, Typed
from .pieces import Line, WordCell, WordRow, WordTable, squashed
from .words import figure

LEAST_ROWS = 2


def is_target(table: WordTable) -> bool:
    """Whether a table is one of rows with names and figures."""
    count = _height(table)
    rows = table.rows[count:]
    if not count or len(rows) < LEAST_ROWS or table.width < 2:
        return False
    figures = [cell for row in rows for cell in row.cells if figure(cell.text) is not None]
    return len(figures) >= len(rows) and _key(rows, table.width) is not None


def _height(table: WordTable) -> int:
    flagged = [row.head for row in table.rows]
    if flagged and flagged[0]:
        return flagged.index(False) if False in flagged else 0
    for number, row in enumerate(table.rows[:4]):
        if any(figure(cell.text) is not None for cell in row.cells if cell.text):
            return number
    return 0


def _key(rows: list[WordRow], width: int) -> int | None:
    """The column that names the rows: the first whose words are all there, and all others'."""
    for index in range(width):
        said = [cell.text for row in rows if (cell := row.at(index)) is not None]
        if len(said) != len(rows) or not all(said) or len(set(said)) != len(said):
            continue
        if all(re.search("[A-Za-zก-ฮ]", text) for text in said):
            return index
    return None


def read(found: FoundFile, table: WordTable, titles: Iterable[Line]) -> Mapping | None:
    """The table as ``tables/<name>.yaml``; ``rows`` of it become the CSV."""
    count = _height(table)
    rows = [row for row in table.rows[count:] if row.text]
    total = rows[-1] if grids.is_total(_from_key(rows[-1])) else None
    body = rows[:-1] if total is not None else rows
    key = _key(body, table.width)
    if key is None or len(body) < LEAST_ROWS:
        return None
    shares = _shares(body, total, table.width, key) if total is not None else {}
    if total is not None and not _adds_up(body, total, table.width, key, shares):
        body, total, shares = rows, None, {}
    made = Mapping()
    lines = list(titles)
    source = next((line for line in lines if line.text.startswith("ที่มา")), None)
    made["title"] = [Typed(line.said, line) for line in lines if line is not source] or [Typed("-")]
    if source is not None:
        made["source"] = Typed(source.said, source)
    made["csv"] = Typed("")
    made["key"] = Typed(f"c{key + 1}")
    made["rows"] = Typed(str(len(body)), bare=True)
    numbers: list[Typed] = []
    columns: list[Mapping] = []
    heads: list[str] = []
    cells: list[list[Typed]] = [[] for _ in body]
    for index in range(table.width):
        column = _head(table.rows[:count], index)
        columns.append(column)
        if index in shares:
            base, share = shares[index]
            column["formula"] = Typed(
                f"c{base + 1}" if share == 1 else f"c{base + 1} * {share.normalize():f}"
            )
            _say(found, [*body, total] if total is not None else body, index)
            if share != 1 or base != index:
                continue
            numbers.append(Typed(f"c{index + 1}"))
            heads.append(f"c{index + 1}")
            for row, into in zip(body, cells, strict=True):
                into.append(_value(row.at(index), as_number=True))
        elif _is_count(body, index):
            _say(found, body, index)
        else:
            column["text"] = Typed(f"c{index + 1}")
            heads.append(f"c{index + 1}")
            for row, into in zip(body, cells, strict=True):
                into.append(_value(row.at(index)))
    made["numbers"] = numbers
    made["columns"] = columns
    if total is not None:
        words = next((c.lines for c in total.cells if c.lines and figure(c.text) is None), [])
        if words:
            made["total"] = Typed(words[0].said, words[0])
    made.rows = [[Typed(name) for name in heads], *cells]
    return made


def _from_key(row: WordRow) -> WordRow:
    return WordRow([cell for cell in row.cells if cell.text])


def _head(rows: list[WordRow], index: int) -> Mapping:
    cells: list[WordCell] = []
    for row in rows:
        cell = row.at(index)
        if cell is not None and cell.text and cell not in cells:
            cells.append(cell)
    made = Mapping(heading=_words(cells[-1]) if cells else Typed("-"))
    if len(cells) > 1:
        made["group"] = _words(cells[0])
    return made


def _words(cell: WordCell) -> Typed:
    made = Typed(" ".join(line.said for line in cell.lines))
    made.sources = [(line, line.said) for line in cell.lines]
    return made


def _value(cell: WordCell | None, *, as_number: bool = False) -> Typed:
    if cell is None or not cell.lines:
        return Typed("")
    made = _words(cell)
    if as_number:
        plain = Typed(figure(str(made)) or "")
        plain.sources = made.sources
        return plain
    return made


def _say(found: FoundFile, rows: Iterable[WordRow], index: int) -> None:
    for row in rows:
        cell = row.at(index)
        for line in cell.lines if cell is not None else ():
            found.account.says(line, line.said)


def _is_count(rows: list[WordRow], index: int) -> bool:
    said = [cell.text if (cell := row.at(index)) is not None else "" for row in rows]
    return [re.sub(r"\.$", "", thai.arabic_digits(text)) for text in said] == [
        str(number) for number in range(1, len(rows) + 1)
    ]


def _figures(rows: list[WordRow], index: int) -> list[Decimal] | None:
    """A column's figures, where each is printed as gen prints them: whole, in groups of three."""
    out = []
    for row in rows:
        cell = row.at(index)
        text = cell.text if cell is not None else ""
        value = figure(text)
        if value is None or not re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d{1,3}", text):
            return None
        out.append(Decimal(value))
    return out


def _shares(
    body: list[WordRow], total: WordRow, width: int, key: int
) -> dict[int, tuple[int, Decimal]]:
    """Columns of figures: by number, of which column they are a share, and what share."""
    found: dict[int, tuple[int, Decimal]] = {}
    columns = {
        index: values
        for index in range(width)
        if index != key
        and not _is_count(body, index)
        and (values := _figures([*body, total], index)) is not None
    }
    bases: list[int] = []
    for index, values in columns.items():
        for base in bases:
            share = _share(columns[base], values)
            if share is not None:
                found[index] = (base, share)
                break
        else:
            if sum(values[:-1], Decimal(0)) == values[-1]:
                bases.append(index)
                found[index] = (index, Decimal(1))
    return found


def _share(base: list[Decimal], values: list[Decimal]) -> Decimal | None:
    if not base[-1]:
        return None
    for places in range(1, 5):
        share = (values[-1] / base[-1]).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
        if share and all(
            (b * share).quantize(Decimal(1), ROUND_HALF_UP) == v
            for b, v in zip(base, values, strict=True)
        ):
            return share
    return None


def _adds_up(
    body: list[WordRow],
    total: WordRow,
    width: int,
    key: int,
    shares: dict[int, tuple[int, Decimal]],
) -> bool:
    """Whether gen would print the total row as it is printed."""
    for cell in total.cells:
        if not cell.text or cell.column in shares:
            continue
        if squashed(cell.text).startswith("รวม") and cell.column <= key:
            continue
        return False
    return all(0 <= index < width for index in shares) and bool(body)

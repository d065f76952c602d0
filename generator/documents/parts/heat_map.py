"""Scores of units by indicator, the darker the better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...typesetting.columns import MeasuredTable, Setting
from ..identity import LAYOUT
from . import cells, widths


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A score, and how dark its cell is (1–5); 0 where the unit has no score for it."""

    text: str
    heat: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit's scores, one for each indicator."""

    unit: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Units of a level × indicators. The heads are numbers, those of the summary's legend."""

    level: str
    unit: str
    indicators: str
    numbers: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    widths: tuple[float, ...] = ()
    small: float = field(default=0.0, metadata=LAYOUT)


def fitted(table: HeatMap, setting: Setting) -> Iterator[HeatMap]:
    """A table as it fits its page; columns that have no room go on in tables of as many each.

    Units that have none of a table's indicators don't stand in it.
    """
    count = len(table.numbers)
    for tables in range(1, count + 1):
        size = -(-count // tables)
        parts = [_part(table, slice(n, n + size)) for n in range(0, count, size)]
        if tables == count or all(widths.has_room(_measured(p), setting) for p in parts):
            for part in parts:
                fit = widths.fitted_beside(_measured(part), setting)
                yield replace(part, widths=fit.widths, small=fit.small)
            return


def _part(table: HeatMap, columns: slice) -> HeatMap:
    """A table with some of its columns."""
    rows = (replace(row, cells=row.cells[columns]) for row in table.rows)
    kept = tuple(row for row in rows if any(cell.text for cell in row.cells))
    return replace(table, numbers=table.numbers[columns], rows=kept)


def _measured(table: HeatMap) -> MeasuredTable:
    """All columns of scores are as wide as the longest score."""
    count = len(table.numbers)
    texts = (*table.numbers, *(cell.text for row in table.rows for cell in row.cells))
    longest = max(texts, key=widths.letters)
    rows: Sequence[widths.Row] = [(row.unit, *([longest] * count)) for row in table.rows]
    over = [(1, count, table.indicators)]
    return widths.measured(rows, (table.unit,), over, (cells.NAME_WIDTH,))

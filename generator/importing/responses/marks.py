"""What was done to rows of answers before they came here: hidden, filtered, rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...diagnostics import Diagnostic, Severity
from ...survey.headers import key
from .heads import Heads
from .table import Table, TableRow

_REJECTED = frozenset({"rejected", "not approved", "validation_status_not_approved"})
"""What ODK Central, and Kobo by name or by code, call a submission that doesn't count."""

_UNSETTLED = frozenset(
    {"hasissues", "has issues", "on hold", "validation_status_on_hold"},
)
_SHOWN = 10


def kept(
    table: Table, heads: Heads, *, with_rejected: bool = False
) -> tuple[Table, tuple[Diagnostic, ...]]:
    """The table without the submissions that were rejected, and a remark on all such rows.

    ``with_rejected`` lets them stay; the remark says so.
    """
    rejected = [row for row in table.rows if _says(row, heads, _REJECTED)]
    unsettled = [row for row in table.rows if _says(row, heads, _UNSETTLED)]
    counted = "they are counted" if with_rejected else "they are left out"
    remarks = [
        *_remark(
            table,
            rejected,
            (
                "submission that was rejected in ODK or Kobo",
                "submissions that were rejected in ODK or Kobo",
            ),
            counted,
            "" if with_rejected else "--rejected counts them too",
        ),
        *_remark(
            table,
            unsettled,
            (
                "submission that is on hold or has issues",
                "submissions that are on hold or have issues",
            ),
            "they are counted",
            "settle them in ODK or Kobo, and export the answers again",
        ),
    ]
    numbers = set() if with_rejected else {number for number, _ in rejected}
    rows = tuple(row for row in table.rows if row[0] not in numbers)
    if table.sheet is not None:
        hidden = [row for row in rows if row[0] in table.sheet.hidden]
        remarks += _remark(
            table,
            hidden,
            (
                "row that is hidden or filtered out in Excel",
                "rows that are hidden or filtered out in Excel",
            ),
            "they are counted",
            "show all rows, and delete those that aren't to count",
        )
    return replace(table, rows=rows), tuple(remarks)


def _says(row: TableRow, heads: Heads, words: frozenset[str]) -> bool:
    _, cells = row
    said = (cells[index] for index in heads.reviews if index < len(cells))
    return any(isinstance(cell, str) and key(cell) in words for cell in said)


def _remark(
    table: Table, rows: Sequence[TableRow], nouns: tuple[str, str], what: str, hint: str
) -> Iterator[Diagnostic]:
    """How many rows there are of a kind, which they are, and whether they count."""
    if not rows:
        return
    numbers = ", ".join(str(number) for number, _ in rows[:_SHOWN])
    more = ", …" if len(rows) > _SHOWN else ""
    if len(rows) == 1:
        said = f"1 {nouns[0]} (row {numbers}); {what.replace('they are', 'it is')}"
    else:
        said = f"{len(rows):,} {nouns[1]} (rows {numbers}{more}); {what}"
    yield Diagnostic(said, table.place(rows[0][0], 0), hint, Severity.WARNING)

"""What was done to rows of answers before they came here: hidden, filtered, rejected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...diagnostics import Diagnostic, Severity
from ...messages import Message, Parameter, message
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
    numbers = set() if with_rejected else {number for number, _ in rejected}
    rows = tuple(row for row in table.rows if row[0] not in numbers)
    folded = table.sheet.hidden if table.sheet is not None else frozenset()
    hidden = [row for row in rows if row[0] in folded]
    remarks: list[Diagnostic] = []
    if rejected and with_rejected:
        remarks.append(
            _remark(table, rejected, message("rejected-submissions-counted", **_which(rejected)))
        )
    elif rejected:
        remarks.append(
            _remark(table, rejected, message("rejected-submissions-left-out", **_which(rejected)))
        )
    if unsettled:
        remarks.append(
            _remark(table, unsettled, message("unsettled-submissions-counted", **_which(unsettled)))
        )
    if hidden:
        said = message("hidden-rows-counted", **_which(hidden))
        remarks.append(_remark(table, hidden, said))
    return replace(table, rows=rows), tuple(remarks)


def _says(row: TableRow, heads: Heads, words: frozenset[str]) -> bool:
    _, cells = row
    said = (cells[index] for index in heads.reviews if index < len(cells))
    return any(isinstance(cell, str) and key(cell) in words for cell in said)


def _remark(table: Table, rows: Sequence[TableRow], said: Message) -> Diagnostic:
    """A warning at the first of some rows."""
    return Diagnostic(said, table.place(rows[0][0], 0), severity=Severity.WARNING)


def _which(rows: Sequence[TableRow]) -> dict[str, Parameter]:
    """How many rows there are, and which."""
    numbers = ", ".join(str(number) for number, _ in rows[:_SHOWN])
    more = ", …" if len(rows) > _SHOWN else ""
    return {"count": len(rows), "number": f"{len(rows):,}", "rows": numbers + more}

"""A filled-in workbook opened: whether it is one of ours, and what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from ... import thai
from ...diagnostics import Diagnostic, Location, Suggestion
from ...messages import Message, message
from .. import excel
from . import row_sheets
from .cell_faults import CellFaults, cell_name
from .form import WorkbookHead
from .sheet import FORMAT, HEAD_ROW, HEADINGS, KEY, KEY_HEADING

MAX_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook that was opened, and what it says it belongs to; ``rows`` by indicator."""

    path: Path
    sheet: Worksheet
    about: WorkbookHead
    rows: Mapping[str, Worksheet] = field(default_factory=dict)


def opened(path: Path, data: bytes) -> OpenedWorkbook | tuple[Diagnostic, ...]:
    """The workbook in ``data``, or why it can't be read; ``path`` only names it."""
    book = excel.opened(path, data)
    if isinstance(book, Diagnostic):
        return (book,)
    sheets = book.worksheets
    marked = [s for s in sheets if str(s.cell(1, KEY).value or "").startswith(KEY_HEADING)]
    if not marked:
        named = cell_name(sheets[0].title, 1, KEY) if sheets else ""
        return (Diagnostic(message("no-results-workbook").about(named), Location(path)),)
    sheet = marked[0]
    faults = CellFaults(path, sheet.title)
    tables = {key: other for other in sheets if (key := row_sheets.key_of(other)) is not None}
    known = {sheet.title, *(other.title for other in tables.values())}
    for other in book.sheetnames:
        if other not in known:
            said = message("sheet-not-from-template", sheet=other)
            faults.found[0, 0, other] = Diagnostic(
                said.about(cell_name(other, 1, 1)), Location(path)
            )
    about = _about(sheet, faults)
    if about is None or faults.found:
        return faults.all()
    return OpenedWorkbook(path, sheet, about, tables)


def _about(sheet: Worksheet, faults: CellFaults) -> WorkbookHead | None:
    texts = [sheet.cell(row, KEY).value for row in range(1, 5)]
    if texts[0] != f"{KEY_HEADING} {FORMAT}":
        faults.add(
            1, KEY, message("workbook-of-other-version", found=str(texts[0]), version=FORMAT)
        )
        return None
    if sheet.max_row > MAX_ROWS:
        faults.add(MAX_ROWS + 1, 1, message("sheet-of-too-many-rows", rows=sheet.max_row))
    for column, wanted in enumerate((*HEADINGS, KEY_HEADING), start=1):
        if thai.folded(str(sheet.cell(HEAD_ROW, column).value or "")) != thai.folded(wanted):
            faults.add(HEAD_ROW, column, message("heading-expected", heading=wanted))
    agency, unit, when = (thai.folded(text) if isinstance(text, str) else "" for text in texts[1:])
    match = re.fullmatch(r"(\d{4}) (\S+)", when)
    if match is None:
        faults.add(4, KEY, message("year-and-round-expected"))
        return None
    return WorkbookHead(agency, unit, int(match[1]), match[2])


def misplaced(
    book: OpenedWorkbook, row: int, said: Message, hint: Message | Suggestion | str = ""
) -> Diagnostic:
    """The fault of a workbook that belongs to something else; ``row`` is where it says so."""
    name = cell_name(book.sheet.title, row, KEY)
    return Diagnostic(said.about(name), Location(book.path), hint)


def in_cells(book: OpenedWorkbook, faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Faults of the results in a workbook, by cell; those of other files are left out."""
    sheets = {book.path: book.sheet}
    sheets |= {row_sheets.place_of(book.path, sheet): sheet for sheet in book.rows.values()}
    found = {path: CellFaults(book.path, sheet.title) for path, sheet in sheets.items()}
    for fault in faults:
        place = fault.location
        if place.path in found:
            found[place.path].take(place.line, place.column, fault)
    return tuple(fault for of_sheet in found.values() for fault in of_sheet.all())

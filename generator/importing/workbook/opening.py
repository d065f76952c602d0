"""A filled-in workbook opened: whether it is one of ours, and what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from ... import thai
from ...diagnostics import Diagnostic, Location, Suggestion
from ...messages import Message, message
from .. import excel
from .cell_faults import CellFaults, cell_name
from .form import WorkbookHead
from .sheet import FORMAT, HEAD_ROW, HEADINGS, KEY, KEY_HEADING

MAX_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook that was opened, and what it says it belongs to."""

    path: Path
    sheet: Worksheet
    about: WorkbookHead


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
    for other in book.sheetnames:
        if other != sheet.title:
            said = message("sheet-not-from-template", sheet=other)
            faults.found[0, 0, other] = Diagnostic(
                said.about(cell_name(other, 1, 1)), Location(path)
            )
    about = _about(sheet, faults)
    if about is None or faults.found:
        return faults.all()
    return OpenedWorkbook(path, sheet, about)


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
    found = CellFaults(book.path, book.sheet.title)
    for fault in faults:
        place = fault.location
        if place.path == book.path:
            found.take(place.line, place.column, fault)
    return found.all()

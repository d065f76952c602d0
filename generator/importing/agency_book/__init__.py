"""A whole agency as one workbook: its units, indicators, levels and results, out and in again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...agreements.files import ValidAgency
from ...diagnostics import Diagnostic
from ...errors import DataError
from ...messages import Message, message
from . import applying, reading, writing
from .of_indicators import baselines, contacts, criteria, indicators
from .of_results import results
from .of_units import units, uses
from .reading import CellChange, RowAdded, RowRemoved
from .sources import AgencySource
from .tables import BookTable

__all__ = [
    "BookChanges",
    "CellChange",
    "RowAdded",
    "RowRemoved",
    "opened",
    "tables",
    "taken_in",
    "written",
]

opened = reading.opened


@dataclass(frozen=True, slots=True)
class BookChanges:
    """What a workbook changes: the files as they become, and each change with its cell."""

    files: Mapping[Path, bytes]
    changes: Sequence[CellChange]
    added: Sequence[RowAdded]
    removed: Sequence[RowRemoved]
    remarks: Sequence[Message]
    """What else there is to say of the workbook: hidden rows, columns taken out."""


def tables(folder: ValidAgency) -> tuple[BookTable, ...]:
    """The sheets of an agency's workbook."""
    source = AgencySource(folder)
    made = (units, uses, indicators, criteria, baselines, contacts, results)
    return tuple(make(source) for make in made)


def written(folder: ValidAgency) -> bytes:
    """The workbook of an agency."""
    agency = folder.agency.model
    return writing.write(tables(folder), agency.name, folder.id, agency.fiscal_year)


def taken_in(folder: ValidAgency, book: reading.OpenedBook) -> BookChanges:
    """What a workbook changes in the agency's files; nothing is written.

    Raises DataError (with every cell that is at fault), UsageError, FileError.
    """
    agency = folder.agency.model
    sheets = tables(folder)
    found = reading.read(book, sheets)
    if str(agency.fiscal_year) != book.year:
        said = message("results-of-other-year", year=book.year, own=agency.fiscal_year)
        found.faults.append(Diagnostic(said, book.place))
    if found.faults:
        count = len(found.faults)
        said = message("faults-in-workbook", count=count)
        raise DataError(said, diagnostics=tuple(found.faults))
    files = applying.applied(book.path, folder.folder, agency.fiscal_year, sheets, found)
    return BookChanges(files, found.changes, found.added, found.removed, found.remarks)

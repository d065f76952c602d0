"""The sheet of results: what each unit reports of its indicators, round by round."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...agreements import reading
from ...agreements.changes import KeyPath
from ...agreements.files import UnitFile
from ..workbook.form import COMPETENCIES, WorkbookHead, asked
from ..workbook.rows import ReportedRow
from .of_units import INDICATOR, UNIT
from .sources import AgencySource
from .tables import BookTable, Cell, Column, Kind, Row, shown

ROUND = "รอบ"
VALUE = "ผล"
_LISTS = ("done", "checked")
_KINDS: dict[str, Kind] = {"number": "number", "level": "number", "tick": "tick", "text": "text"}


def results(source: AgencySource) -> BookTable:
    """A row for everything that is reported of an indicator in a round, evidence left out.

    Evidence, other assessors' scores and results by row have the unit's own workbook.
    """
    columns = (
        Column(UNIT, 22, "shown"),
        Column(ROUND, 8, "shown"),
        Column(INDICATOR, 20, "shown"),
        Column("รายการ", 60, "shown"),
        Column("หน่วย", 14, "shown"),
        Column(VALUE, 34),
    )
    rows = (
        row
        for unit in source.units
        if unit.file.model is not None
        for row in _of_unit(source, unit)
    )
    return BookTable("results", "ผลการดำเนินงาน", columns, tuple(rows))


def _of_unit(source: AgencySource, unit: UnitFile) -> Iterator[Row]:
    units = {file.id: file for file in source.units if file.file.model is not None}
    folder, agency = source.folder, source.agency
    titles = {
        key: " ".join(file.model.title)
        for key, file in folder.surveys.items()
        if file.model is not None
    }
    for round_id, _ in source.rounds(unit):
        path = folder.result_path(round_id, unit.id)
        reported = reading.read_results(path).model if path.is_file() else None
        about = WorkbookHead(folder.id, unit.id, agency.fiscal_year, round_id)
        form = asked(agency, about, units, reported, folder.tables, titles)
        name = path.relative_to(folder.folder).as_posix()
        for block in form.blocks:
            for row in block.rows:
                if row.kind in _KINDS and row.path[1] != "assessed":
                    key = (unit.id, round_id, *row.path)
                    cells = (
                        shown(unit.id),
                        shown(round_id),
                        shown(row.path[0] or block.name),
                        shown(row.item),
                        shown(row.measure or None),
                        _cell(row),
                    )
                    yield Row(key, name, (), cells)


def _cell(row: ReportedRow) -> Cell:
    given = f"{row.given:f}" if isinstance(row.given, Decimal) else row.given
    path: KeyPath = ("results", *row.path)
    if row.path[0] == COMPETENCIES:
        path = ("competencies", *row.path[1:])
    return Cell(given, path, kind=_KINDS[row.kind])


def is_tick(path: KeyPath) -> bool:
    """Whether a path leads to one of the things that are done, and not to a value."""
    return len(path) > 1 and path[0] == "results" and path[-2] in _LISTS

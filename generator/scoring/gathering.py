"""What the units of an agency reported in a round, in one piece."""

from __future__ import annotations

from collections.abc import Mapping

from ..agreements.files import DataFile, UnitFile, ValidAgency
from ..diagnostics import errors
from ..model import Answers, Results, RoundId
from .borrowing import RoundReports


def gathered(
    folder: ValidAgency,
    round_id: RoundId,
    units: Mapping[str, UnitFile],
    results: Mapping[str, DataFile[Results]],
    answers: Mapping[tuple[str, str], DataFile[Answers]],
) -> RoundReports:
    """What scoring reads: units, their results, the figures of tables, counted answers."""
    tables = {
        key: table
        for key, table in folder.tables.items()
        if table.file.model is not None and not errors(table.faults)
    }
    columns = {
        f"{key}.{name}": tuple(row[name] for row in table.csv.figures)
        for key, table in tables.items()
        if table.file.model is not None
        for name in table.file.model.numbers
    }
    counted = {
        key: (asked.model, file.model)
        for key, file in answers.items()
        if (asked := folder.surveys.get(key[1])) is not None
        and asked.model is not None
        and file.model is not None
    }
    return RoundReports(folder.agency.model, round_id, units, results, columns, counted, tables)

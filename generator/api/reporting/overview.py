"""Who has reported what: all units of an agency, round by round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ... import rules
from ...agreements import reading
from ...agreements.files import AgencyFolder
from ...workspace import folders
from .view import units_of


@dataclass(frozen=True, slots=True)
class ReportedRounds:
    """A unit: of how many indicators it reports results, and how many it has, by round.

    None where there is no file yet.
    """

    id: str
    name: str
    asked: int
    rounds: Mapping[str, int | None]


def reported(path: Path) -> tuple[list[tuple[str, str]], list[ReportedRounds]]:
    """The rounds of an agency, and what each of its units has reported. Raises DataError."""
    folder = rules.valid(reading.read_agency(path))
    named = [(one.id, one.name) for one in folder.agency.model.rounds]
    found = []
    for unit in units_of(folder).values():
        own = [item for item in unit.items if item.use.result.own]
        counts = {id_: _count(folder, unit.id, id_) for id_, _ in named}
        found.append(ReportedRounds(unit.id, unit.unit.name or unit.id, len(own), counts))
    return named, found


def _count(folder: AgencyFolder, unit: str, round_: str) -> int | None:
    path = folder.result_path(round_, unit)
    if not folders.is_file(path):
        return None
    file = reading.read_results(path)
    return len(file.model.results) if file.model is not None else 0

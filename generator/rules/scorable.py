"""Whatever was reported can be scored: every refusal, before anybody asks for a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..agreements.files import DataFile, UnitFile, ValidAgency
from ..agreements.paths import id_of
from ..diagnostics import Diagnostic, errors, in_order
from ..model import Answers, Results
from ..model.round_sets import ids_of
from ..scoring import gathered, score_unit


def check(
    folder: ValidAgency,
    units: Iterable[UnitFile],
    reported: Iterable[DataFile[Results]],
    counted: Iterable[DataFile[Answers]],
    at_fault: Iterable[Diagnostic] = (),
) -> tuple[Diagnostic, ...]:
    """All that ``gen score`` and ``gen report`` would refuse, of every round with results.

    What rests on a file that is among the places ``at_fault`` is left out: its faults come
    first. A unit at fault otherwise isn't given here.
    """
    wrong = {fault.location.path for fault in errors(at_fault)}
    members = {unit.id: unit for unit in units if unit.file.model is not None}
    results, answers = tuple(reported), tuple(counted)
    faults: list[Diagnostic] = []
    agency = folder.agency.model
    for round_id in agency.round_ids:
        own = {id_of(file.path): file for file in results if file.path.parent.name == round_id}
        asked = {
            (id_of(file.path.parent), id_of(file.path)): file
            for file in answers
            if file.path.parent.parent.name == round_id
        }
        if not own and not asked:
            continue
        bad = {name for name, unit in members.items() if unit.file.path in wrong}
        bad |= {name for name, file in own.items() if file.path in wrong}
        bad |= {name for (name, _), file in asked.items() if file.path in wrong}
        reports = gathered(folder, round_id, members, own, asked)
        for name, unit in members.items():
            rests_on = {name, *_lenders(unit, members)}
            has_round = round_id in ids_of(unit.unit, agency)
            if has_round and not bad & rests_on and rests_on <= members.keys():
                faults += score_unit(reports, name).faults
    return in_order(faults)


def _lenders(unit: UnitFile, members: Mapping[str, UnitFile]) -> Iterator[str]:
    """The units that a unit's results come from, through others too."""
    seen, todo = {unit.id}, [unit]
    while todo:
        for resolved in todo.pop().indicators:
            name = resolved.item.use.result.from_
            if name is not None and name not in seen:
                seen.add(name)
                yield name
                todo += [members[name]] if name in members else []

"""What a document is made from: found among an agency's files, or in a finished document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import rules, thai
from ..agreements import lookup, reading, unsealing
from ..agreements.files import AgencyFolder, DataFile, UnitFile, ValidAgency
from ..agreements.record import DocumentInput, DocumentOptions
from ..documents.kinds import KINDS
from ..errors import UsageError
from ..model import Answers, Results
from ..survey.uses import named, uses
from ..workspace import listing
from ..workspace.confined import below, read_bytes

if TYPE_CHECKING:
    pass


USUAL = DocumentOptions()


def find_input(kind: str, found: lookup.Target, options: DocumentOptions) -> DocumentInput:
    """What the document is made from: an agency, a unit or form in it, and how."""
    if found.sealed:
        assert found.unit is not None
        origin = unsealing.unseal(found.unit)
        if KINDS[kind].of_agency and not origin.units:
            raise UsageError(
                f"a {kind} can't be made of one unit's source", f"it is that of: {origin.kind}"
            )
        return replace(origin, kind=kind)
    is_form = options.blank and not KINDS[kind].of_agency and not KINDS[kind].of_survey
    if KINDS[kind].of_round and not options.round and not is_form:
        raise UsageError(f"a {kind} is of one round", "add --round 1 or --round 2")
    folder = rules.valid(reading.read_agency(found.folder))
    name = named(folder, options.survey) if KINDS[kind].of_survey else thai.folded(options.survey)
    options = replace(options, survey=name)
    if KINDS[kind].of_agency or options.blank or found.unit is None:
        units = _units(folder) if KINDS[kind].of_agency else ()
        results = _results(folder, units, options.round)
        answers = _answers(folder, units, options.round)
        form = reading.read_form(folder)
        return DocumentInput(
            kind, replace(options, blank=True), folder, form, units, results, answers
        )
    return unit_input(kind, folder, reading.read_unit(folder, found.unit), options)


def surveys_of(found: lookup.Target, *, blank: bool) -> tuple[str, ...]:
    """The surveys that a unit's indicators name; where it names none, all of the agency's.

    Raises UsageError, DataError, FileError.
    """
    if found.sealed:
        assert found.unit is not None
        return (unsealing.unseal(found.unit).options.survey,)
    folder = reading.read_agency(found.folder)
    every = tuple(folder.surveys)
    if found.unit is not None and not blank:
        unit = reading.read_unit(folder, found.unit)
        every = tuple(uses(unit)) or every
    if not every:
        raise UsageError("the agency has no survey", "surveys/ holds none")
    return every


def unit_input(
    kind: str, folder: ValidAgency, unit: UnitFile, options: DocumentOptions
) -> DocumentInput:
    """What a unit's document is made from; a report also from what it borrows."""
    if KINDS[kind].of_survey:
        if not KINDS[kind].of_round:
            return DocumentInput(kind, options, folder, unit)
        path = folder.answer_path(options.round, unit.id, options.survey)
        if not listing.is_file(path):
            raise UsageError(
                f"no answers of {unit.id} to '{options.survey}' are counted in round "
                f"{options.round}",
                "count them: gen survey score",
            )
        counted = {(unit.id, options.survey): reading.read_answers(path)}
        return DocumentInput(kind, options, folder, unit, answers=counted)
    units = tuple(_lenders(folder, unit)) if options.round else ()
    if KINDS[kind].of_person:
        units = (*units, *_above(folder, unit, {member.id for member in units}))
    members = (unit, *units)
    return DocumentInput(
        kind,
        options,
        folder,
        unit,
        units,
        _results(folder, members, options.round),
        _answers(folder, members, options.round),
    )


def _lenders(folder: AgencyFolder, unit: UnitFile) -> Iterator[UnitFile]:
    """The units whose results a unit borrows, and those that they borrow from."""
    seen, todo = {unit.id}, [unit]
    while todo:
        for resolved in todo.pop().indicators:
            name = resolved.item.use.result.from_
            if name is not None and name not in seen and folder.has_unit(name):
                seen.add(name)
                todo.append(reading.read_unit(folder, folder.unit_path(name)))
                yield todo[-1]


def _above(folder: AgencyFolder, unit: UnitFile, known: set[str]) -> Iterator[UnitFile]:
    """The units that a person belongs to, and whose indicators the person's derive from."""
    origins = [item.use.origin[0] for item in unit.items if item.use.origin is not None]
    parent = unit.file.model.parent if unit.file.model is not None else None
    for name in dict.fromkeys([*([parent] if parent else []), *origins]):
        if name not in {unit.id, *known} and folder.has_unit(name):
            yield reading.read_unit(folder, folder.unit_path(name))


def _results(
    folder: AgencyFolder, units: Iterable[UnitFile], round_: str
) -> dict[str, DataFile[Results]]:
    """What the units have reported in a round, by unit."""
    paths = {unit.id: folder.result_path(round_, unit.id) for unit in units}
    return {
        name: reading.read_results(path)
        for name, path in paths.items()
        if round_ and listing.is_file(path)
    }


def _answers(
    folder: AgencyFolder, units: Iterable[UnitFile], round_: str
) -> dict[tuple[str, str], DataFile[Answers]]:
    """The counted answers of a round to the surveys that the units' indicators name."""
    paths = {
        (unit.id, asked.survey): folder.answer_path(round_, unit.id, asked.survey)
        for unit in units
        for resolved in unit.indicators
        for asked in resolved.item.use.surveys
    }
    return {
        key: reading.read_answers(path)
        for key, path in paths.items()
        if round_ and listing.is_file(path)
    }


def _units(folder: ValidAgency) -> tuple[UnitFile, ...]:
    """All units of an agency, in the order of its frames, then by name."""
    framed = [name for frame in folder.agency.model.frames for name in frame.units]
    units = {unit.id: unit for unit in (reading.read_unit(folder, p) for p in folder.unit_paths)}
    order = dict.fromkeys([*(name for name in framed if name in units), *units])
    return tuple(units[name] for name in order)


def emblem_of(folder: ValidAgency) -> bytes | None:
    """The agency's emblem, where it has one. Raises FileError."""
    emblem = folder.agency.model.emblem
    return read_bytes(below(folder.folder, emblem)) if emblem is not None else None

"""What a document is made from: found among an agency's files, or in a finished document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .. import rules, thai
from ..agreements import evidence_files, lookup, reading, rounds, unsealing
from ..agreements.files import AgencyFolder, DataFile, UnitFile, ValidAgency, valid_file
from ..agreements.record import DocumentInput, DocumentOptions, DocumentScope
from ..errors import UsageError
from ..messages import message
from ..model import Answers, Results
from ..model.round_sets import ids_of
from ..survey.uses import named, uses
from ..workspace import folders
from ..workspace.confined import below, read_bytes
from .kinds import KINDS

USUAL = DocumentOptions()


def find_input(kind: str, found: lookup.Target, options: DocumentOptions) -> DocumentInput:
    """What the document is made from: an agency, a unit or form in it, and how."""
    if found.sealed:
        assert found.unit is not None
        return _of_source(kind, unsealing.unseal(found.unit))
    return input_of(kind, found, options, lambda: rules.valid(reading.read_agency(found.folder)))


def input_of(
    kind: str,
    found: lookup.Target,
    options: DocumentOptions,
    read: Callable[[], ValidAgency],
) -> DocumentInput:
    """The same of what lies in an agency's folder, which ``read`` reads."""
    scope = _scope(kind, found, options)
    is_form = options.scope == "form" and KINDS[kind].scope == "unit" and not KINDS[kind].of_survey
    if KINDS[kind].of_round and not options.round and not is_form:
        raise UsageError(message("document-of-one-round", kind=kind))
    folder = read()
    name = named(folder, options.survey) if KINDS[kind].of_survey else thai.folded(options.survey)
    round_ = rounds.named(options.round, folder.agency.model) if options.round else ""
    options = replace(options, scope=scope, survey=name, round=round_)
    if scope != "unit":
        units = units_of(folder, round_) if scope == "agency" else ()
        results = _results(folder, units, options.round)
        answers = _answers(folder, units, options.round)
        form = reading.read_form(folder)
        return DocumentInput(kind, options, folder, form, units, results, answers)
    assert found.unit is not None
    return unit_input(kind, folder, reading.read_unit(folder, found.unit), options)


def _scope(kind: str, found: lookup.Target, options: DocumentOptions) -> DocumentScope:
    """What a document is of: an agency that is named without a unit means its form."""
    if KINDS[kind].scope == "agency":
        return "agency"
    return options.scope if found.unit is not None else "form"


def _of_source(kind: str, made_from: DocumentInput) -> DocumentInput:
    """A document of a kind from the source of another; of one unit's there is none of all units."""
    if KINDS[kind].scope == "agency":
        if made_from.options.scope != "agency":
            raise UsageError(message("source-of-one-unit", kind=kind, made_from=made_from.kind))
        return replace(made_from, kind=kind)
    scope: DocumentScope = "unit" if made_from.options.scope == "unit" else "form"
    return replace(made_from, kind=kind, options=replace(made_from.options, scope=scope))


def surveys_of(found: lookup.Target, scope: DocumentScope) -> tuple[str, ...]:
    """The surveys that a unit's indicators name; where it names none, and of a form, all.

    Raises UsageError, DataError, FileError.
    """
    if found.sealed:
        assert found.unit is not None
        return (unsealing.unseal(found.unit).options.survey,)
    folder = reading.read_agency(found.folder)
    every = tuple(folder.surveys)
    if found.unit is not None and scope == "unit":
        unit = reading.read_unit(folder, found.unit)
        every = tuple(uses(unit)) or every
    if not every:
        raise UsageError(message("agency-has-no-survey"))
    return every


def unit_input(
    kind: str, folder: ValidAgency, unit: UnitFile, options: DocumentOptions
) -> DocumentInput:
    """What a unit's document is made from; a report also from what it borrows.

    Raises UsageError for a round that the unit doesn't have, or in which nothing is assessed.
    """
    if options.round and unit.file.model is not None:
        rounds.named(options.round, folder.agency.model, unit.file.model)
        if not KINDS[kind].of_survey and not _assessed(unit, options.round):
            raise UsageError(message("nothing-assessed-in-round", round=options.round))
    if KINDS[kind].of_survey:
        if KINDS[kind].is_questionnaire:
            return DocumentInput(kind, options, folder, unit)
        path = folder.answer_path(options.round, unit.id, options.survey)
        if not folders.is_file(path):
            raise UsageError(
                message(
                    "no-answers-to-report",
                    unit=unit.id,
                    survey=options.survey,
                    round=options.round,
                )
            )
        counted = {(unit.id, options.survey): reading.read_answers(path)}
        before = _before(folder, unit, options)
        return DocumentInput(kind, options, folder, unit, answers=counted, before=before)
    units = tuple(_lenders(folder, unit)) if options.round else ()
    if KINDS[kind].level == "person":
        units = (*units, *_above(folder, unit, {member.id for member in units}))
    members = (unit, *units)
    results = _results(folder, members, options.round)
    proof = results.values() if KINDS[kind].lists_evidence else ()
    return DocumentInput(
        kind,
        options,
        folder,
        unit,
        units,
        results,
        _answers(folder, members, options.round),
        evidence=evidence_files.hashes(folder.folder, proof),
    )


def _before(
    folder: ValidAgency, unit: UnitFile, options: DocumentOptions
) -> tuple[str, DataFile[Answers]] | None:
    """The round before with answers to the same questions, where the report has words for it."""
    words = folder.wording.model.survey
    if words is None or words.report is None or words.report.before is None:
        return None
    rounds = ids_of(unit.unit, folder.agency.model)
    survey = valid_file(folder.surveys[options.survey]).model
    if options.round not in rounds:
        return None
    for round_id in reversed(rounds[: rounds.index(options.round)]):
        path = folder.answer_path(round_id, unit.id, options.survey)
        if folders.is_file(path):
            file = reading.read_answers(path)
            if file.model is not None and file.model.version == survey.version:
                return round_id, file
    return None


def _assessed(unit: UnitFile, round_: str) -> bool:
    """Whether anything is assessed in a round; of a unit without indicators nothing is said."""
    items = unit.items
    if unit.file.model is not None and unit.file.model.competencies:
        return True
    return not items or any(item.indicator.assessed_in(round_) for item in items)


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
        if round_ and folders.is_file(path)
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
        if round_ and folders.is_file(path)
    }


def units_of(folder: ValidAgency, round_: str = "") -> tuple[UnitFile, ...]:
    """All units of an agency that have the round, in the order of its frames, then by name."""
    framed = [name for frame in folder.agency.model.frames for name in frame.units]
    units = {unit.id: unit for unit in (reading.read_unit(folder, p) for p in folder.unit_paths)}
    order = dict.fromkeys([*(name for name in framed if name in units), *units])
    return tuple(units[name] for name in order if not round_ or _has(units[name], round_, folder))


def _has(unit: UnitFile, round_: str, folder: ValidAgency) -> bool:
    """Whether the round is one of the unit's; of a unit that can't be read, its faults are told."""
    return unit.file.model is None or round_ in ids_of(unit.file.model, folder.agency.model)


def emblem_of(folder: ValidAgency) -> bytes | None:
    """The agency's emblem, where it has one. Raises FileError."""
    emblem = folder.agency.model.emblem
    return read_bytes(below(folder.folder, emblem)) if emblem is not None else None

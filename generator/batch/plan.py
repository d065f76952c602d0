"""What is to be made: the documents of an agency's units, one unit after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import rules
from ..agreements import lookup, reading, record, rounds
from ..agreements.document_names import DocumentName, folder_of, unit_id
from ..agreements.files import AgencyFolder, UnitFile, ValidAgency
from ..agreements.paths import id_of, unit_paths
from ..agreements.record import DocumentOptions
from ..diagnostics import Diagnostic, Location, did_you_mean, errors, fault
from ..documents import inputs, soundness
from ..documents.common import assessees, assessors
from ..documents.kinds import KINDS
from ..errors import DataError, FileError, UsageError, stop_on
from ..exact import add, bare
from ..messages import Message, message
from ..model import Party
from ..model.round_sets import ids_of, rounds_of
from ..model.tree import weight_in
from ..survey.uses import uses
from ..verify.up_to_date import Today
from ..workspace import folders
from ..workspace.environment import Workspace
from . import revisions
from .rendering import RenderJob, WorkerSetup
from .request import WantedDocuments

DEFAULT = ("agreement", "indicators")
"""The documents that every unit has, whatever round it is."""


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document to make or to leave, and what its files are called."""

    job: RenderJob
    called: DocumentName
    source_hash: str
    differs: bool
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that isn't made: faults, or why a unit has none."""

    name: str
    kind: str
    faults: tuple[Diagnostic, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class FilesAtFault:
    """Files of a unit beside its documents that are at fault."""

    faults: tuple[Diagnostic, ...]


def kinds(wanted: WantedDocuments) -> tuple[str, ...]:
    """The kinds asked for, or those that every unit has. Raises UsageError."""
    known = [kind.name for kind in KINDS.values() if kind.scope == "unit"]
    for name in wanted.kinds:
        if name in KINDS and KINDS[name].scope == "agency":
            raise UsageError(message("document-of-whole-agency", kind=name))
        if name not in known:
            raise UsageError(message("no-such-document", name=name), did_you_mean(name, known))
        if KINDS[name].of_round and not wanted.round:
            raise UsageError(message("document-of-one-round", kind=name))
    if wanted.kinds:
        return tuple(dict.fromkeys(wanted.kinds))
    of_round = [name for name in known if KINDS[name].of_round and wanted.round]
    return (*(name for name in known if name in DEFAULT), *of_round)


def sources(folder: Path, wanted: WantedDocuments) -> tuple[Path, ...]:
    """The files of the units asked for. Raises UsageError for one that isn't there."""
    paths = {id_of(path): path for path in unit_paths(folder)}
    if not wanted.units:
        return tuple(paths.values())
    chosen = []
    for name in wanted.units:
        stem = lookup.stem(name)
        if stem not in paths:
            raise UsageError(message("no-such-unit", name=name), did_you_mean(stem, paths))
        chosen.append(paths[stem])
    return tuple(dict.fromkeys(chosen))


def round_meant(folder: ValidAgency, wanted: WantedDocuments) -> str:
    """The round asked for, or none. Raises UsageError for one that no unit has."""
    return rounds.named(wanted.round, folder.agency.model) if wanted.round else ""


def worker_setup(workspace: Workspace, path: Path) -> WorkerSetup:
    """An agency, read and checked once for all its documents. Raises DataError, FileError."""
    folder = rules.valid(reading.read_agency(path))
    return WorkerSetup(workspace, folder, inputs.emblem_of(folder))


def documents(
    setup: WorkerSetup,
    paths: Iterable[Path],
    names: Sequence[str],
    round_: str,
    *,
    look_for_faults: bool = True,
) -> Iterator[PlannedDocument | Skipped | FilesAtFault]:
    """The documents of the units, each unit read when its turn comes.

    Who makes none needs only those looked for that can be seen without the others.
    """
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            unit = reading.read_unit(setup.folder, path)
        except FileError as error:
            found = Diagnostic(error.said, Location(path), error.advice)
            yield from _skipped(path, names, found)
            continue
        name = unit_id(unit)
        if name in seen:
            alike = fault("documents-called-alike", Location(path, 1, 1), file=seen[name].name)
            yield from _skipped(path, names, alike)
            continue
        seen[name] = path
        signed = revisions.read(folder_of(setup.workspace.signed, setup.folder.id, name))
        if signed.odd:
            advice = message("mend-or-move-signed-version")
            yield FilesAtFault(
                tuple(Diagnostic(odd.reason, Location(odd.path), advice) for odd in signed.odd)
            )
        for kind in names:
            for options in _options(setup.folder, unit, kind, round_):
                yield _document(setup, unit, path, kind, options, signed, look_for_faults)


def _skipped(path: Path, names: Sequence[str], why: Diagnostic) -> Iterator[Skipped]:
    """All documents of a unit's file, none of which is made."""
    for kind in names:
        yield Skipped(str(DocumentName(path.stem, kind)), kind, (why,))


def most(folder: AgencyFolder, names: Sequence[str]) -> int:
    """How many documents a unit has at the most: of surveys it may not name each."""
    return sum(len(folder.surveys) if KINDS[name].of_survey else 1 for name in names)


def _options(
    folder: AgencyFolder, unit: UnitFile, kind: str, round_: str
) -> Iterator[DocumentOptions]:
    """How a unit's documents of a kind are to be made: one, or one a survey."""
    options = DocumentOptions(round=round_ if KINDS[kind].of_round else "")
    if not KINDS[kind].of_survey:
        yield options
        return
    asked = uses(unit)
    yield from (replace(options, survey=survey) for survey in asked or folder.surveys)


def _document(
    setup: WorkerSetup,
    unit: UnitFile,
    path: Path,
    kind: str,
    options: DocumentOptions,
    signed: revisions.SignedHashes,
    look_for_faults: bool,
) -> PlannedDocument | Skipped:
    folder = setup.folder
    called = DocumentName.of(unit_id(unit), kind, options)
    name = str(called)
    try:
        if reason := _lacking(folder, unit, kind, options):
            return Skipped(name, kind, reason=reason)
        made_from = inputs.unit_input(kind, folder, unit, options)
        if look_for_faults:
            soundness.checked(setup.workspace, made_from)
        else:
            stop_on(unit.faults)
    except DataError as error:
        return Skipped(name, kind, errors(error.diagnostics))
    except FileError as error:
        return Skipped(name, kind, (Diagnostic(error.said, Location(path), error.advice),))
    pictures = {record.EMBLEM: setup.emblem} if setup.emblem is not None else {}
    try:
        today = Today(setup.workspace, (made_from,), setup.emblem)
        revision, differs = signed.revision(kind, options.round, today)
    except FileError as error:
        return Skipped(name, kind, (Diagnostic(error.said, Location(path), error.advice),))
    return PlannedDocument(
        RenderJob(
            str(called.revised(revision)),
            path,
            kind,
            options,
            unit,
            made_from.units,
            made_from.results,
            made_from.answers,
        ),
        called.revised(revision),
        record.source_hash(made_from, pictures),
        differs,
        _about(folder, unit),
    )


def _lacking(
    folder: ValidAgency, unit: UnitFile, kind: str, options: DocumentOptions
) -> Message | None:
    """What a unit hasn't that the document is made of; nothing where it has everything."""
    known, model, agency = KINDS[kind], unit.file.model, folder.agency.model
    if options.round and model is not None and options.round not in ids_of(model, agency):
        return message("it-has-no-such-round", name=options.round)
    if not soundness.has_words(folder, kind):
        return message("wording-lacks-part", part=known.words)
    if known.level == "person" and unit.file.model is not None and unit.unit.level != "person":
        return message("it-is-no-person")
    if known.reports_answers:
        path = folder.answer_path(options.round, unit.id, options.survey)
        if folders.is_file(path):
            return None
        return message("no-answers-in-round", round=options.round)
    results = folder.result_path(options.round, unit.id)
    if known.of_round and not folders.is_file(results):
        return message("no-results-in-round", round=options.round)
    return None


def _about(folder: ValidAgency, unit: UnitFile) -> dict[str, Any]:
    """What a contents page says of a unit: its name, its weights, who signs."""
    agency = folder.agency.model
    last = rounds_of(unit.unit, agency)[-1].id
    weights = [weight_in(use, last) for use in unit.unit.indicators]
    stated = [weight for weight in weights if weight is not None]
    parties = (*assessors(agency, unit.unit), *assessees(unit.unit))
    return {
        "unit": unit.unit.name or unit.id,
        "indicators": len(weights),
        "weight": bare(add(stated)) if stated else "",
        "signers": [_named(party) for party in parties if party.name or party.position],
    }


def _named(party: Party) -> str:
    return ", ".join(filter(None, (party.name, party.position)))

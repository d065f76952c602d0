"""Whether a document may be made: what there is to say about the data it is made from."""

from __future__ import annotations

from collections.abc import Iterator

from .. import rules
from ..agreements.files import AgencyFolder
from ..agreements.record import DocumentInput
from ..diagnostics import Diagnostic, Location, did_you_mean, errors, fault
from ..errors import stop_on
from ..model.responsible import FRAMED
from ..workspace.environment import Workspace
from .kinds import KINDS


def checked(workspace: Workspace, made_from: DocumentInput) -> tuple[Diagnostic, ...]:
    """What there is to say about a document's data. Raises DataError when there are errors."""
    _worded(made_from)
    stop_on(_lacking(made_from))
    if KINDS[made_from.kind].level == "person" and made_from.options.scope == "unit":
        stop_on(rules.check_is_person(made_from.unit))
    faults = sound(made_from)
    if not made_from.folder.sealed and workspace.signs is not None:
        stop_on(
            rules.check_signs_of(
                made_from.folder,
                made_from.options.survey,
                (made_from.unit, *made_from.units),
                made_from.results.values(),
                workspace.signs,
            )
        )
    return faults


def sound(made_from: DocumentInput) -> tuple[Diagnostic, ...]:
    """The same of data alone, whatever words there are for a document."""
    stop_on(rules.check_folder(made_from.folder))
    if made_from.options.survey:
        stop_on(rules.check_survey(made_from.folder, made_from.options.survey))
    faults = [*rules.check_unit(made_from.folder, made_from.unit)]
    for unit in made_from.units:
        faults += errors(rules.check_unit(made_from.folder, unit))
    for file in made_from.results.values():
        faults += file.faults
        if not made_from.folder.sealed:
            members = (made_from.unit, *made_from.units)
            faults += rules.check_results(made_from.folder.agency.model, file, members)
            faults += rules.check_report_end(made_from.folder, file)
    earlier = () if made_from.before is None else (made_from.before[1],)
    for counted in (*made_from.answers.values(), *earlier):
        faults += rules.check_answers(made_from.folder, counted, (made_from.unit, *made_from.units))
    stop_on(faults)
    kind = KINDS[made_from.kind]
    if (
        kind.scope == "agency"
        and kind.level
        and not any(unit.unit.level == kind.level for unit in made_from.units)
    ):
        place = Location(made_from.folder.agency.path, 1, 1)
        stop_on([fault("no-department", place, agency=made_from.folder.id, kind=kind.name)])
    if not _holds_anything(made_from):
        place = Location(made_from.folder.agency.path, 1, 1)
        stop_on([fault("nothing-of-agency", place, agency=made_from.folder.id)])
    return tuple(faults)


def _holds_anything(made_from: DocumentInput) -> bool:
    """Whether there is anything that a document of all units can show but its title."""
    agency, units = made_from.folder.agency.model, made_from.units
    if agency is None or made_from.kind not in ("framework", "summary"):
        return True
    if made_from.kind == "summary":
        return bool(units)
    shown = ("department", *FRAMED)
    return bool(
        agency.statements
        or agency.matrix
        or agency.frames
        or any(unit.items for unit in units if unit.unit.level in shown)
    )


def _lacking(made_from: DocumentInput) -> Iterator[Diagnostic]:
    """A document of a round has one; one of a survey has it, and the answers that it reports on.

    What a source was taken from says for which documents it is enough.
    """
    kind, survey = KINDS[made_from.kind], made_from.options.survey
    place = Location(made_from.folder.agency.path, 1, 1)
    if kind.scope == "agency" and kind.of_round and not made_from.options.round:
        yield fault("source-of-no-round", place)
    if kind.of_survey and survey not in made_from.folder.surveys:
        near = did_you_mean(survey, made_from.folder.surveys)
        yield fault("survey-of-document-missing", place, hint=near, survey=survey)
    elif kind.reports_answers and (made_from.unit.id, survey) not in made_from.answers:
        yield fault("counted-answers-missing", place, survey=survey)


def _worded(made_from: DocumentInput) -> None:
    """Refuse a document that the agency has no words for. Raises DataError."""
    kind, folder = KINDS[made_from.kind], made_from.folder
    if not has_words(folder, kind.name):
        place = Location(folder.wording.path, 1, 1)
        missing = fault(
            "words-of-document-missing", place, words=kind.words, agency=folder.id, kind=kind.name
        )
        stop_on([missing])


def has_words(folder: AgencyFolder, kind: str) -> bool:
    """Whether the agency has the words of a kind of document, as far as its wording is read."""
    words, wording = KINDS[kind].words, folder.wording
    return not words or wording.model is None or _part(wording.model, words) is not None


def _part(model: object, path: str) -> object:
    """What stands at a path of a model (``survey.report``); None where any of it is missing."""
    for name in path.split("."):
        model = getattr(model, name, None)
    return model

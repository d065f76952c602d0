"""Whether a document may be made: what there is to say about the data it is made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .. import rules
from ..agreements.files import AgencyFolder
from ..agreements.record import DocumentInput
from ..diagnostics import Diagnostic, Location, did_you_mean, errors
from ..documents.kinds import KINDS
from ..errors import stop_on
from ..workspace.environment import Workspace

if TYPE_CHECKING:
    pass


def checked(world: Workspace, origin: DocumentInput) -> tuple[Diagnostic, ...]:
    """What there is to say about a document's data. Raises DataError when there are errors."""
    _worded(origin)
    stop_on(_lacking(origin))
    if KINDS[origin.kind].of_person and not origin.options.blank:
        stop_on(rules.check_is_person(origin.unit))
    faults = sound(origin)
    if not origin.folder.sealed and world.signs is not None:
        stop_on(
            rules.check_signs_of(
                origin.folder,
                origin.options.survey,
                (origin.unit, *origin.units),
                origin.results.values(),
                world.signs,
            )
        )
    return faults


def sound(origin: DocumentInput) -> tuple[Diagnostic, ...]:
    """The same of data alone, whatever words there are for a document."""
    stop_on(rules.check_folder(origin.folder))
    if origin.options.survey:
        stop_on(rules.check_survey(origin.folder, origin.options.survey))
    faults = [*rules.check_unit(origin.folder, origin.unit)]
    for unit in origin.units:
        faults += errors(rules.check_unit(origin.folder, unit))
    for file in origin.results.values():
        faults += file.faults
        if not origin.folder.sealed:
            members = (origin.unit, *origin.units)
            faults += rules.check_results(origin.folder.agency.model, file, members)
    for counted in origin.answers.values():
        faults += rules.check_answers(origin.folder, counted, (origin.unit, *origin.units))
    stop_on(faults)
    if KINDS[origin.kind].of_department and not any(
        unit.unit.level == "department" for unit in origin.units
    ):
        place = Location(origin.folder.agency.path, 1, 1)
        fault = Diagnostic(
            "no unit is the department, whose indicators this document shows",
            place,
            f"one unit's file says 'level: department'; to add such a unit: {_command(origin)}",
        )
        stop_on([fault])
    return tuple(faults)


def _lacking(origin: DocumentInput) -> Iterator[Diagnostic]:
    """A document of a round has one; one of a survey has it, and the answers that it reports on.

    What a source was taken from says for which documents it is enough.
    """
    kind, survey = KINDS[origin.kind], origin.options.survey
    place = Location(origin.folder.agency.path, 1, 1)
    if kind.of_round and kind.of_agency and not origin.options.round:
        yield Diagnostic("this document is of one round, and its source of none", place, _OTHER)
    if kind.of_survey and survey not in origin.folder.surveys:
        said = f"there is no survey '{survey}' to make this document of"
        yield Diagnostic(said, place, did_you_mean(survey, origin.folder.surveys) or _OTHER)
    elif kind.of_survey and kind.of_round and (origin.unit.id, survey) not in origin.answers:
        yield Diagnostic(f"there are no counted answers to '{survey}'", place, _OTHER)


_OTHER = "make it of the agency's own files"


def _worded(origin: DocumentInput) -> None:
    """Refuse a document that the agency has no words for. Raises DataError."""
    words = KINDS[origin.kind].words
    if not has_words(origin.folder, origin.kind):
        place = Location(origin.folder.wording.path, 1, 1)
        fault = Diagnostic(
            f"there is no '{words}', the words of this document",
            place,
            f"to add them: {_command(origin)}",
        )
        stop_on([fault])


def _command(origin: DocumentInput) -> str:
    """The command that adds what an agency lacks for a kind of document."""
    return f"gen init {origin.folder.id} --add {origin.kind}"


def has_words(folder: AgencyFolder, kind: str) -> bool:
    """Whether the agency has the words of a kind of document, as far as its wording is read."""
    words, wording = KINDS[kind].words, folder.wording
    return not words or wording.model is None or _part(wording.model, words) is not None


def _part(model: object, path: str) -> object:
    """What stands at a path of a model (``survey.report``); None where any of it is missing."""
    for name in path.split("."):
        model = getattr(model, name, None)
    return model

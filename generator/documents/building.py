"""What a document is made from becomes its finished strings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..agreements import record
from ..agreements.document_names import code_of
from ..agreements.files import FORM_ID, TableFile, valid_file
from ..agreements.record import DocumentInput, SourceRecord
from ..agreements.yaml_tree import Plain
from ..diagnostics import errors
from ..errors import stop_on
from ..model import Results, SurveyUse
from ..scoring import RoundReports, UnitScore, gathered, score_unit
from ..survey import columns
from ..survey.uses import uses
from ..workspace.environment import Workspace
from . import numerals
from .common import DocumentSubject, Picture, Questionnaire, TableData, UnitInDocument
from .identity import content
from .inputs import emblem_of
from .kinds import KINDS
from .soundness import checked


@dataclass(frozen=True, slots=True)
class FinishedText:
    """A document before it is written: its finished strings, and the record of its source.

    ``survey``: what it is a questionnaire of, where it is one. ``made_from`` is given where a
    fault of the finished pages is to name its place in the data.
    """

    context: Any
    record: SourceRecord
    survey: Questionnaire | None = None
    made_from: DocumentInput | None = None


def again(workspace: Workspace, made_from: DocumentInput) -> FinishedText:
    """A document that is made again from its source; nothing is written.

    Raises DataError, FileError.
    """
    checked(workspace, made_from)
    return build(workspace, made_from)


def build(workspace: Workspace, made_from: DocumentInput) -> FinishedText:
    """The finished strings of a document. The data must be free of errors."""
    return built(workspace, made_from, emblem_of(made_from.folder))


def built(workspace: Workspace, made_from: DocumentInput, data: bytes | None) -> FinishedText:
    """The finished strings of a document whose emblem was read already."""
    draft, said = _said(workspace, made_from, data)
    pictures = {record.EMBLEM: data} if data is not None else {}
    made_of = record.of(made_from, pictures, said)
    context = replace(draft, page=replace(draft.page, id=made_of.id))
    return FinishedText(context, made_of, asked(made_from), made_from)


def context_of(workspace: Workspace, made_from: DocumentInput) -> Any:
    """The finished strings of a document alone, with its id: its source isn't written out.

    What breaks no rule may break here in any way: who asks has to be ready for it.
    """
    draft, said = _said(workspace, made_from, emblem_of(made_from.folder))
    id_ = record.document_id(record.data_hash(made_from, said))
    return replace(draft, page=replace(draft.page, id=id_))


def _said(workspace: Workspace, made_from: DocumentInput, data: bytes | None) -> tuple[Any, Plain]:
    """The finished strings of a document without its id, and what that is made of."""
    folder, unit, options = made_from.folder, made_from.unit, made_from.options
    agency, wording = folder.agency.model, folder.wording.model
    emblem = None
    if data is not None:
        emblem = Picture(data, wording.emblem.replace("[[agency]]", agency.name))
    scores = _scores(made_from, _as_printed)
    stop_on(fault for score in scores.values() for fault in score.faults)
    context = KINDS[made_from.kind].build(
        DocumentSubject(
            agency,
            wording,
            unit.unit,
            unit.items,
            emblem,
            scope=options.scope,
            sheets=options.sheets,
            tables={k: _table(t) for k, t in folder.tables.items() if not errors(t.faults)},
            plans={key: file.model for key, file in folder.plans.items() if file.model},
            units={
                member.id: UnitInDocument(code_of(member), member.unit, member.items)
                for member in made_from.units
            },
            round=options.round,
            paper=options.paper,
            scores=scores,
            score=scores.get(unit.id),
            example=_is_example(made_from),
            survey=_questionnaire(made_from),
            surveys={
                key: " ".join(file.model.title)
                for key, file in folder.surveys.items()
                if file.model is not None
            },
            reported=_reported(made_from),
            assessed=_assessed(made_from),
            lettering=workspace.lettering,
        )
    )
    survey = asked(made_from)
    # The code and the fields of a questionnaire say more than its pages.
    more = (survey.model.version, columns(survey.model)) if survey is not None else ()
    # A file that proves a result is part of what the document says.
    proved = (tuple(made_from.evidence.items()),) if made_from.evidence else ()
    said = content((context, more, *proved))
    if workspace.day is not None:
        context = replace(context, properties=replace(context.properties, day=workspace.day))
    return context, said


def asked(made_from: DocumentInput) -> Questionnaire | None:
    """The questionnaire that the document is, where it is one."""
    return _questionnaire(made_from) if KINDS[made_from.kind].is_questionnaire else None


def _reported(made_from: DocumentInput) -> Results | None:
    """What the unit itself reported in the round."""
    file = made_from.results.get(made_from.unit.id)
    return file.model if file is not None else None


def _assessed(made_from: DocumentInput) -> Mapping[str, int]:
    """The competencies of a person as they were assessed in the round."""
    file = made_from.results.get(made_from.unit.id)
    return file.model.competencies if file is not None and file.model is not None else {}


def _is_example(made_from: DocumentInput) -> bool:
    """Whether any of the results or answers are invented."""
    results = [file.model for file in made_from.results.values()]
    answers = [file.model for file in made_from.answers.values()]
    earlier = [] if made_from.before is None else [made_from.before[1].model]
    every = (*results, *answers, *earlier)
    return any(model.example for model in every if model is not None)


def _questionnaire(made_from: DocumentInput) -> Questionnaire | None:
    """The survey that the document is of, as the unit makes it."""
    name = made_from.options.survey
    file = made_from.folder.surveys.get(name)
    if file is None or file.model is None:
        return None
    use = uses(made_from.unit).get(name, SurveyUse(survey=name))
    counted = made_from.answers.get((made_from.unit.id, name))
    answers = counted.model if counted is not None else None
    earlier = made_from.before
    before = None
    if earlier is not None and earlier[1].model is not None:
        before = earlier[0], earlier[1].model
    return Questionnaire(name, file.model, use, made_from.options.layout, answers, before)


def scored(made_from: DocumentInput) -> dict[str, UnitScore]:
    """The scores of all units of a document; none where it is of no round, or of a survey."""
    return _scores(made_from, lambda reports: reports)


def _scores(
    made_from: DocumentInput, words: Callable[[RoundReports], RoundReports]
) -> dict[str, UnitScore]:
    if not made_from.options.round or KINDS[made_from.kind].of_survey:
        return {}
    reports = words(reports_of(made_from))
    # The units above a person are there to be named, not to be scored.
    alone = KINDS[made_from.kind].level == "person"
    names = (name for name in reports.units if not alone or name == made_from.unit.id)
    return {name: score_unit(reports, name) for name in names}


def reports_of(made_from: DocumentInput) -> RoundReports:
    """What was agreed and reported, of all units of a document, in its round."""
    members = {member.id: member for member in (made_from.unit, *made_from.units)}
    members.pop(FORM_ID, None)
    folder, round_ = made_from.folder, made_from.options.round
    return gathered(folder, round_, members, made_from.results, made_from.answers)


def _as_printed(reports: RoundReports) -> RoundReports:
    """The same, in which what scores name (components, grades, levels) has the agency's digits."""
    if reports.agency.digits == "arabic":
        return reports
    units = {
        name: replace(
            file, file=replace(file.file, model=numerals.tree_of(reports.agency, file.unit))
        )
        for name, file in reports.units.items()
    }
    return replace(reports, agency=numerals.form_of(reports.agency), units=units)


def _table(table: TableFile) -> TableData:
    return TableData(valid_file(table.file).model, table.csv.rows, table.csv.figures)

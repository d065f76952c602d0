"""Files of answers to a survey, read and counted: CSV and Excel, as they come out of forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ... import rules
from ...agreements import lookup, own_keys, reading, rounds, yaml_tree, yaml_writing
from ...agreements.files import AgencyFolder, DataFile, UnitFile, valid_file
from ...agreements.model_faults import to_model
from ...agreements.yaml_tree import Plain
from ...agreements.yaml_writing import PlainText
from ...diagnostics import Diagnostic, errors, fault, in_order, warning
from ...errors import DataError, UsageError, stop_on
from ...messages import message
from ...model import Answers, Survey, SurveyUse
from ...survey.uses import named, uses
from ...workspace.confined import read_bytes
from ...workspace.environment import Workspace
from . import counting, heads, kept_rows, table

MAX_FILES = 100


@dataclass(frozen=True, slots=True)
class CountedAnswers:
    """Counted answers, as the file they go to, and what there is to say about them."""

    files: dict[Path, bytes]
    name: str
    survey: Survey
    use: SurveyUse
    answers: Answers
    remarks: tuple[Diagnostic, ...] = field(default=())


def count(
    workspace: Workspace,
    found: lookup.Target,
    survey_id: str,
    round_id: str,
    paths: Iterable[Path],
    *,
    over: bool = False,
    with_rejected: bool = False,
) -> CountedAnswers:
    """Count the answers in files to one survey of a unit; ``over``: in place of counted ones.

    Submissions that were rejected in ODK or Kobo are left out but ``with_rejected``.
    Raises DataError (with every cell that is at fault), FileError, UsageError.
    """
    if found.unit is None or found.sealed:
        raise UsageError(message("answers-of-no-unit"))
    folder = rules.valid(reading.read_agency(found.folder))
    unit = reading.read_unit(folder, found.unit)
    survey_id = named(folder, survey_id)
    survey = _survey(folder, survey_id)
    agency = folder.agency.model
    round_id = rounds.named(round_id, agency, unit.file.model)
    target = folder.answer_path(round_id, unit.id, survey_id)
    if target.exists() and not over:
        raise UsageError(message("answers-counted-already", round=round_id, survey=survey_id))
    respondents, names, remarks = _read(survey, survey_id, tuple(paths), with_rejected)
    data: dict[str, Plain] = {
        "fiscal_year": PlainText(agency.fiscal_year),
        "version": survey.version,
        "sources": list(names),
        **counting.counted(survey, respondents),
    }
    written = yaml_writing.file_of(target, "answers", data)
    answers = _checked(folder, unit, target, written)
    use = uses(unit).get(survey_id, SurveyUse(survey=survey_id))
    return CountedAnswers({target: written}, survey_id, survey, use, answers, remarks)


def _survey(folder: AgencyFolder, name: str) -> Survey:
    stop_on(rules.check_survey(folder, name))
    return valid_file(folder.surveys[name]).model


def _read(
    survey: Survey, name: str, paths: tuple[Path, ...], with_rejected: bool
) -> tuple[list[counting.Respondent], tuple[str, ...], tuple[Diagnostic, ...]]:
    """All respondents of all files, the files' names, and remarks. Raises DataError."""
    if len(paths) > MAX_FILES:
        raise UsageError(message("too-many-files", most=MAX_FILES))
    respondents: list[counting.Respondent] = []
    faults: list[Diagnostic] = []
    contents: dict[bytes, Path] = {}
    for path in paths:
        data = read_bytes(path, table.MAX_BYTES)
        first = contents.setdefault(data, path)
        if first is not path:
            place = table.Table(path).place(1, 0)
            faults.append(fault("same-answers-twice", place, first=first.name))
            continue
        read = table.read(path, data)
        faults += read.faults
        if not read.tables:
            continue
        found, where, wrong = heads.match(survey, name, read)
        faults += wrong
        if found is not None and where is not None:
            found, remarks = kept_rows.kept(found, where, with_rejected=with_rejected)
            rows, wrong_cells = counting.respondents(survey, found, where)
            respondents += rows
            faults += (*remarks, *wrong_cells)
    faults += counting.twice(respondents)
    if not respondents and not errors(faults):
        place = table.Table(paths[0]).place(1, 0)
        faults.append(fault("no-answer-in-file", place))
    if wrong_ones := errors(faults):
        raise DataError(
            message("faults-in-answers", count=len(wrong_ones)), diagnostics=in_order(faults)
        )
    return respondents, tuple(path.name for path in paths), in_order(faults)


def _checked(folder: AgencyFolder, unit: UnitFile, target: Path, data: bytes) -> Answers:
    """The counted answers as they read back. Raises DataError."""
    read = own_keys.in_english(yaml_tree.parse(target, data, reading.MAX_ANSWERS), Answers)
    stop_on(read.faults)
    assert read.node is not None
    answers, faults = to_model(read.node, Answers)
    stop_on(faults)
    assert answers is not None
    file = DataFile(target, answers, read.node)
    stop_on(rules.check_answers(folder, file, (unit,)))
    return answers


def thin(counted: CountedAnswers) -> Diagnostic | None:
    """A warning when fewer answered than the survey's definitions ask for."""
    least = counted.survey.definitions.minimum
    if counted.answers.n >= least:
        return None
    return warning(
        "respondents-too-few",
        table.Table(next(iter(counted.files))).place(1, 0),
        count=counted.answers.n,
        least=least,
    )

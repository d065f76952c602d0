"""A questionnaire's codes stand once, its definitions can be worked out, and who uses it fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import thai
from ..agreements.blanks import BLANK
from ..agreements.files import AgencyFolder, DataFile, UnitFile
from ..agreements.paths import id_of
from ..diagnostics import Diagnostic, did_you_mean
from ..model import AnswerCounts, Answers, Survey, Unit, Wording
from ..survey import AnswerColumn, columns
from ..survey.figures import satisfaction_rows
from ..survey.headers import RESPONDENT

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_OPTION = re.compile(r"[A-Za-z0-9_]{1,40}")


def check(file: DataFile[Survey], wording: Wording | None) -> Iterator[Diagnostic]:
    """A questionnaire by itself."""
    yield from file.faults
    survey = file.model
    if survey is None:
        return
    yield from _codes(file, survey)
    yield from _definitions(file, survey, wording)
    known = {*survey.blanks, "unit", "agency", "year"}
    for match in BLANK.finditer(survey.place or ""):
        if match[1] not in known:
            yield Diagnostic(
                f"the blank [[{match[1]}]] is not declared",
                file.node.at("place"),
                did_you_mean(match[1], known),
            )


def _codes(file: DataFile[Survey], survey: Survey) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for column in columns(survey):
        if column.code in seen:
            yield Diagnostic(
                f"two columns of answers have the code '{column.code}'",
                file.node.location,
                "give every question, row and option an id of its own",
            )
        seen.add(column.code)
        ids = [choice.id for choice in column.choices]
        shapes = [(column.code, _NAME), *((option, _OPTION) for option in ids)]
        for code, shape in shapes:
            if not shape.fullmatch(code):
                yield Diagnostic(
                    f"'{code}' can't be a code of answers",
                    file.node.location,
                    "every program can read letters a to z, digits and _; questions begin with a "
                    "letter",
                )
        if column.code == RESPONDENT:
            yield Diagnostic(f"the code '{RESPONDENT}' is kept for who answers", file.node.location)
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield Diagnostic(
                f"two options of '{column.code}' have the code '{twice}'",
                file.node.location,
                "give every option an id of its own",
            )


def _definitions(
    file: DataFile[Survey], survey: Survey, wording: Wording | None
) -> Iterator[Diagnostic]:
    definitions, node = survey.definitions, file.node
    if not satisfaction_rows(survey):
        over = definitions.satisfaction.over
        yield Diagnostic(
            f"there is nothing to read satisfaction from over '{over}'",
            node.at("definitions", "satisfaction"),
            "mark a grid with measures: satisfaction, and its overall row with overall: true",
        )
    issues = [i for g in survey.grids if g.measures == "dissatisfaction" for i in g.issues]
    if definitions.dissatisfaction == "part3" and not issues:
        yield Diagnostic(
            "there are no issues to read dissatisfaction from",
            node.at("definitions", "dissatisfaction"),
            "mark the grid of the issues with measures: dissatisfaction",
        )
    bands = wording.survey.bands if wording is not None and wording.survey is not None else {}
    if wording is not None and definitions.bands not in bands:
        yield Diagnostic(
            f"unknown bands '{definitions.bands}'",
            node.at("definitions", "bands"),
            did_you_mean(definitions.bands, bands) or "wording.yaml: survey: bands holds none",
        )
    choices = {q.id for q in survey.questions if q.kind == "one"}
    if definitions.group_by is not None and definitions.group_by not in choices:
        yield Diagnostic(
            f"there is no question '{definitions.group_by}' with one answer to group by",
            node.at("definitions", "group_by"),
            did_you_mean(definitions.group_by, choices),
        )
    if not 0 < definitions.error < 1:
        yield Diagnostic(
            "the error is a share of one, such as 0.05", node.at("definitions", "error")
        )


def check_uses(folder: AgencyFolder, unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    """The surveys that a unit names exist, agree, and have the blanks that it fills in.

    A document's source holds only the surveys that the document is of.
    """
    for index, use in enumerate(model.indicators):
        place = ("indicators", index, "surveys")
        poolings: set[str] = set()
        for number, asked in enumerate(use.surveys):
            file = folder.surveys.get(asked.survey)
            if file is None and folder.sealed:
                continue
            if file is None:
                yield Diagnostic(
                    f"unknown survey '{asked.survey}'",
                    unit.file.node.at(*place, number, "survey"),
                    did_you_mean(asked.survey, folder.surveys) or "surveys/ holds none",
                )
                continue
            yield from file.faults
            if file.model is None:
                continue
            poolings.add(repr(_together(file.model)))
            for name in asked.blanks:
                if name not in file.model.blanks:
                    yield Diagnostic(
                        f"the survey '{asked.survey}' has no blank '{name}'",
                        unit.file.node.key_at(*place, number, "blanks", name),
                        did_you_mean(name, file.model.blanks),
                    )
        if len(poolings) > 1:
            yield Diagnostic(
                "the surveys of one indicator are defined in different ways, so that their "
                "figures can't be put together",
                unit.file.node.at(*place),
                "give them the same satisfaction, dissatisfaction and pooling",
            )


def _together(survey: Survey) -> tuple[object, ...]:
    definitions = survey.definitions
    return (definitions.satisfaction, definitions.dissatisfaction, definitions.pooling)


def check_answers(
    folder: AgencyFolder, file: DataFile[Answers], units: tuple[UnitFile, ...]
) -> Iterator[Diagnostic]:
    """Counted answers belong to a round, a unit and a survey, and name its items and options."""
    yield from file.faults
    answers, agency = file.model, folder.agency.model
    if answers is None or agency is None:
        return
    node, path = file.node, file.path
    if not folder.sealed:
        rounds, names = [r.id for r in agency.rounds], [unit.id for unit in units]
        for what, name, known in (
            ("round", path.parent.parent.name, rounds),
            ("unit", thai.folded(path.parent.name), names),
        ):
            if name not in known:
                yield Diagnostic(
                    f"there is no {what} '{name}'", node.location, did_you_mean(name, known)
                )
    if answers.fiscal_year != agency.fiscal_year:
        yield Diagnostic(
            f"these are answers of {answers.fiscal_year}; the agency's year is "
            f"{agency.fiscal_year}",
            node.at("fiscal_year"),
        )
    about = folder.surveys.get(id_of(path))
    if about is None or about.model is None:
        if about is None:
            yield Diagnostic(
                f"there is no survey '{path.stem}'",
                node.location,
                did_you_mean(path.stem, folder.surveys),
            )
        return
    if answers.version != about.model.version:
        yield Diagnostic(
            f"version {answers.version} of the survey was answered; it is now "
            f"version {about.model.version}",
            node.at("version"),
            "count the answers again, or keep the survey as it was",
        )
    yield from _known(file, answers, about.model)


def _known(file: DataFile[Answers], answers: Answers, survey: Survey) -> Iterator[Diagnostic]:
    every = {column.code: column for column in columns(survey)}
    yield from _counted(file, every, answers, ())
    group_by = survey.definitions.group_by
    groups = {choice.id for choice in every[group_by].choices} if group_by in every else set()
    for name, counts in answers.groups.items():
        if name not in groups:
            yield Diagnostic(
                f"the survey has no group '{name}'",
                file.node.key_at("groups", name),
                did_you_mean(name, groups),
            )
        yield from _counted(file, every, counts, ("groups", name))
    for code, lines in answers.written.items():
        if code not in every or every[code].kind != "text":
            texts = [column.code for column in every.values() if column.kind == "text"]
            yield Diagnostic(
                f"nothing can be written at '{code}'",
                file.node.key_at("written", code),
                did_you_mean(code, texts),
            )
        for index, line in enumerate(lines):
            if line.times < 1 or line.level not in (None, 1, 2, 3, 4, 5):
                yield Diagnostic(
                    "words are written at least once, and rated 1 to 5",
                    file.node.at("written", code, index),
                )
    if not 0 <= answers.dissatisfied <= answers.n:
        yield Diagnostic(
            f"{answers.dissatisfied} of {answers.n} respondents can't be dissatisfied",
            file.node.at("dissatisfied"),
        )


def _counted(
    file: DataFile[Answers],
    every: Mapping[str, AnswerColumn],
    counts: AnswerCounts,
    path: tuple[str, ...],
) -> Iterator[Diagnostic]:
    """Counts of items that there are, and of answers that can be given."""
    for code, given in counts.items.items():
        column = every.get(code)
        if column is None or column.kind == "text":
            yield Diagnostic(
                f"the survey has no item '{code}'",
                file.node.key_at(*path, "items", code),
                did_you_mean(code, every),
            )
            continue
        options = {choice.id for choice in column.choices}
        for option, count in given.items():
            place = file.node.key_at(*path, "items", code, option)
            if options and option not in options:
                yield Diagnostic(
                    f"'{code}' has no answer '{option}'", place, did_you_mean(option, options)
                )
            elif not options and not _is_within(option, column):
                yield Diagnostic(
                    f"'{option}' is no number from {column.least} to {column.most}", place
                )
            if count < 0 or count > counts.n:
                yield Diagnostic(f"{counts.n} respondents can't answer {count} times", place)
        if column.kind != "many" and sum(given.values()) > counts.n:
            yield Diagnostic(
                f"{counts.n} respondents can't answer {sum(given.values())} times in all",
                file.node.key_at(*path, "items", code),
            )


def _is_within(number: str, column: AnswerColumn) -> bool:
    is_number = re.fullmatch(r"-?\d{1,9}", number) is not None
    return is_number and column.least <= int(number) <= column.most

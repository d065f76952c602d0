"""A questionnaire's codes stand once, its definitions can be worked out, and who uses it fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, did_you_mean
from ..model import Answers, Survey, Unit, Wording
from ..reader import BLANK, AgencyFolder, File, UnitFile
from ..survey import columns
from ..survey.figures import satisfaction_rows
from ..survey.headers import RESPONDENT

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_OPTION = re.compile(r"[A-Za-z0-9_]{1,40}")


def check(file: File[Survey], wording: Wording | None) -> Iterator[Diagnostic]:
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


def _codes(file: File[Survey], survey: Survey) -> Iterator[Diagnostic]:
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
    file: File[Survey], survey: Survey, wording: Wording | None
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
    folder: AgencyFolder, file: File[Answers], units: tuple[UnitFile, ...]
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
            ("unit", path.parent.name, names),
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
    about = folder.surveys.get(path.stem)
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


def _known(file: File[Answers], answers: Answers, survey: Survey) -> Iterator[Diagnostic]:
    every = {column.code: column for column in columns(survey)}
    for code, counts in answers.items.items():
        column = every.get(code)
        if column is None:
            yield Diagnostic(
                f"the survey has no item '{code}'",
                file.node.key_at("items", code),
                did_you_mean(code, every),
            )
            continue
        options = {choice.id for choice in column.choices}
        for option, count in counts.items():
            place = file.node.key_at("items", code, option)
            if options and option not in options:
                yield Diagnostic(
                    f"'{code}' has no answer '{option}'", place, did_you_mean(option, options)
                )
            if count < 0 or count > answers.n:
                yield Diagnostic(f"{answers.n} respondents can't answer {count} times", place)
    if not 0 <= answers.dissatisfied <= answers.n:
        yield Diagnostic(
            f"{answers.dissatisfied} of {answers.n} respondents can't be dissatisfied",
            file.node.at("dissatisfied"),
        )

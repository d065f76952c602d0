"""Counted answers fit the survey that was answered, its items and options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import thai
from ..agreements.files import AgencyFolder, DataFile, UnitFile
from ..agreements.paths import id_of
from ..diagnostics import Diagnostic, did_you_mean
from ..model import AnswerCounts, Answers, Survey
from ..survey import AnswerColumn, columns


def check(
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

"""Counted answers fit the survey that was answered, its items and options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import thai
from ..agreements.files import AgencyFolder, DataFile, UnitFile
from ..agreements.paths import id_of
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..model import AnswerCounts, Answers, Question, RatingGrid, Survey
from ..survey import AnswerColumn, columns
from . import rounds


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
        names = {unit.id: unit.file.model for unit in units}
        round_id, unit_name = path.parent.parent.name, thai.folded(path.parent.name)
        yield from rounds.of_unit(round_id, names.get(unit_name), agency, node.location)
        if unit_name not in names:
            yield fault(
                "no-such-unit", node.location, hint=did_you_mean(unit_name, names), name=unit_name
            )
    if answers.fiscal_year != agency.fiscal_year:
        yield fault(
            "answers-of-other-year",
            node.at("fiscal_year"),
            year=answers.fiscal_year,
            own=agency.fiscal_year,
        )
    about = folder.surveys.get(id_of(path))
    if about is None or about.model is None:
        if about is None:
            yield fault(
                "no-such-survey",
                node.location,
                hint=did_you_mean(path.stem, folder.surveys),
                name=path.stem,
            )
        return
    if answers.version != about.model.version:
        yield fault(
            "answers-of-other-version",
            node.at("version"),
            version=answers.version,
            now=about.model.version,
        )
    yield from _known(file, answers, about.model)


def _known(file: DataFile[Answers], answers: Answers, survey: Survey) -> Iterator[Diagnostic]:
    every = {column.code: column for column in columns(survey)}
    yield from _counted(file, every, answers, ())
    group_by = survey.definitions.group_by
    groups = {choice.id for choice in every[group_by].choices} if group_by in every else set()
    for name, counts in answers.groups.items():
        if name not in groups:
            yield fault(
                "survey-has-no-group",
                file.node.key_at("groups", name),
                hint=did_you_mean(name, groups),
                group=name,
            )
        yield from _counted(file, every, counts, ("groups", name))
    for code, lines in answers.written.items():
        if code not in every or every[code].kind != "text":
            texts = [column.code for column in every.values() if column.kind == "text"]
            yield fault(
                "nothing-to-write-at",
                file.node.key_at("written", code),
                hint=did_you_mean(code, texts),
                column=code,
            )
        grid = next((grid for grid in survey.grids if _is_of(every.get(code), grid)), None)
        levels = range(1, 6) if grid is None else grid.numbers
        for index, line in enumerate(lines):
            if line.times < 1 or (line.level is not None and line.level not in levels):
                yield fault("words-counted-wrongly", file.node.at("written", code, index))
    for question in survey.questions:
        if question.kind == "rank":
            yield from _ranked(file, answers, question)
    if not 0 <= answers.dissatisfied <= answers.n:
        yield fault(
            "dissatisfied-beyond-respondents",
            file.node.at("dissatisfied"),
            dissatisfied=answers.dissatisfied,
            respondents=answers.n,
        )


def _is_of(column: AnswerColumn | None, grid: RatingGrid) -> bool:
    return column is not None and column.grid == grid.id


def _ranked(file: DataFile[Answers], answers: Answers, question: Question) -> Iterator[Diagnostic]:
    """Who puts options in order gives each place once: every place is given equally often."""
    codes = [f"{question.id}_{option.id}" for option in question.options]
    given = [answers.items.get(code, {}) for code in codes]
    places = [str(place) for place in range(1, question.ranks + 1)]
    times = {place: sum(one.get(place, 0) for one in given) for place in places}
    if len(set(times.values())) > 1:
        first = next((code for code in codes if code in answers.items), None)
        place = file.node.at("items") if first is None else file.node.key_at("items", first)
        told = tuple(f"{place}: {count}" for place, count in times.items())
        yield fault("places-given-unequally", place, question=question.id, times=told)


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
            yield fault(
                "survey-has-no-item",
                file.node.key_at(*path, "items", code),
                hint=did_you_mean(code, every),
                item=code,
            )
            continue
        options = {choice.id for choice in column.choices}
        for option, count in given.items():
            place = file.node.key_at(*path, "items", code, option)
            if options and option not in options:
                yield fault(
                    "item-has-no-answer",
                    place,
                    hint=did_you_mean(option, options),
                    item=code,
                    answer=option,
                )
            elif not options and not _is_within(option, column):
                yield fault(
                    "answer-out-of-range",
                    place,
                    answer=option,
                    least=column.least,
                    most=column.most,
                )
            if count < 0 or count > counts.n:
                yield fault("answered-beyond-respondents", place, respondents=counts.n, times=count)
        if column.kind != "many" and sum(given.values()) > counts.n:
            yield fault(
                "answered-beyond-respondents-in-all",
                file.node.key_at(*path, "items", code),
                respondents=counts.n,
                times=sum(given.values()),
            )


def _is_within(number: str, column: AnswerColumn) -> bool:
    is_number = re.fullmatch(r"-?\d{1,9}", number) is not None
    return is_number and column.least <= int(number) <= column.most

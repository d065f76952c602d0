"""Respondents to counts: what ``answers/<round>/<unit>/<survey>.yaml`` says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...agreements.yaml_tree import Plain
from ...agreements.yaml_writing import InlineMapping, PlainText
from ...diagnostics import Diagnostic, Location, fault, warning
from ...messages import message
from ...model import Question, Survey
from ...survey import AnswerColumn, columns
from .cells import Answer, CellReader, ticked
from .heads import Heads
from .known_heads import KnownHeads
from .table import Table, UnreadCell

MAX_FAULTS = 500
_RATINGS = ("level", "scale", "place")


@dataclass(frozen=True, slots=True)
class Respondent:
    """One row of answers, by column; what wasn't answered isn't there."""

    id: str
    place: Location
    answers: Mapping[str, Answer]


def respondents(
    survey: Survey, table: Table, heads: Heads
) -> tuple[list[Respondent], list[Diagnostic]]:
    """The rows of a table as answers, with every cell that is at fault."""
    known = KnownHeads(survey)
    readers = {
        code: CellReader(column, known.labels[code]) for code, column in known.columns.items()
    }
    ranked = [question for question in survey.questions if question.kind == "rank"]
    found: list[Respondent] = []
    uneven = {fault.location.line: fault for fault in table.uneven()}
    faults: list[Diagnostic] = []
    for row, cells in table.rows:
        if row in uneven:
            faults.append(uneven[row])
            continue
        answers, wrong = _answers(readers, table, heads, (row, cells))
        if not wrong:
            wrong = list(_misplaced(ranked, table, heads, row, answers))
        faults += wrong
        said = cells[heads.id] if heads.id is not None and heads.id < len(cells) else ""
        if answers:
            place = table.place(row, heads.id or 0)
            found.append(Respondent(said if isinstance(said, str) else "", place, answers))
        elif not wrong:
            faults.append(warning("row-without-answer", table.place(row, 0), row=row))
        if len(faults) > MAX_FAULTS:
            break
    return found, faults[:MAX_FAULTS]


def _answers(
    readers: Mapping[str, CellReader],
    table: Table,
    heads: Heads,
    row: tuple[int, Sequence[str | UnreadCell]],
) -> tuple[dict[str, Answer], list[Diagnostic]]:
    number, cells = row
    answers: dict[str, Answer] = {}
    faults: list[Diagnostic] = []

    def at(index: int) -> str | UnreadCell:
        return cells[index] if index < len(cells) else ""

    def refuse(index: int, unread: UnreadCell) -> None:
        said = unread.said.about(table.head[index][:60])
        faults.append(Diagnostic(said, table.place(number, index), unread.advice))

    for code, reader in readers.items():
        given: list[tuple[int, Answer]] = []
        for index in heads.whole.get(code, ()):
            answer = reader.read(at(index))
            if isinstance(answer, UnreadCell):
                refuse(index, answer)
            elif answer:
                given.append((index, answer))
        if code not in heads.whole and (options := heads.ticks.get(code)):
            given += _ticks(options, at, refuse)
        if given:
            answers[code] = given[0][1]
        for index, answer in given[1:]:
            if answer != given[0][1]:
                place = table.place(number, given[0][0])
                refuse(index, UnreadCell(message("answered-otherwise", column=place.column)))
    return answers, faults


def _misplaced(
    ranked: Iterable[Question],
    table: Table,
    heads: Heads,
    row: int,
    answers: Mapping[str, Answer],
) -> Iterator[Diagnostic]:
    """Options that were put in order: each place is given once, or none at all."""
    for question in ranked:
        codes = [f"{question.id}_{option.id}" for option in question.options]
        given = {code: answers[code][0] for code in codes if code in answers}
        at = {code: heads.whole.get(code, (0,))[0] for code in codes}
        for index, code in enumerate(given):
            first = next((one for one in list(given)[:index] if given[one] == given[code]), None)
            if first is not None:
                place = table.place(row, at[code])
                yield fault("place-given-twice", place, place=given[code], other=first)
        if given and len(set(given.values())) < question.ranks:
            wanted = (str(number) for number in range(1, question.ranks + 1))
            missing = tuple(one for one in wanted if one not in given.values())
            column = next((at[code] for code in codes if code not in given), at[codes[0]])
            yield fault(
                "place-not-given", table.place(row, column), places=missing, question=question.id
            )


def _ticks(
    options: Mapping[str, tuple[int, ...]],
    at: Callable[[int], str | UnreadCell],
    refuse: Callable[[int, UnreadCell], None],
) -> Iterator[tuple[int, Answer]]:
    """What is ticked in the cells of a question's options, each time that it was asked."""
    times = max(len(indices) for indices in options.values())
    for time in range(times):
        found: list[str] = []
        first = 0
        for option, indices in options.items():
            if time >= len(indices):
                continue
            first = first or indices[time]
            is_ticked = ticked(at(indices[time]))
            if isinstance(is_ticked, UnreadCell):
                refuse(indices[time], is_ticked)
            elif is_ticked:
                found.append(option)
        if found:
            yield first, tuple(found)


def twice(found: Iterable[Respondent]) -> Iterator[Diagnostic]:
    """Respondents who stand there more than once."""
    seen: dict[str, Location] = {}
    for respondent in found:
        if not respondent.id:
            continue
        first = seen.setdefault(respondent.id, respondent.place)
        if first != respondent.place:
            yield fault(
                "respondent-twice",
                respondent.place,
                respondent=respondent.id[:60],
                row=first.line,
                file=first.path.name,
            )


def counted(survey: Survey, found: Sequence[Respondent]) -> dict[str, Plain]:
    """The counts of all respondents, their ratings by group, and what they wrote.

    Groups have ratings alone: who is the only one of an age in a group would be known by it.
    """
    every = columns(survey)
    data: dict[str, Plain] = {
        **_counts(every, found),
        "dissatisfied": _bare(sum(_is_dissatisfied(survey, one) for one in found)),
    }
    group_by = survey.definitions.group_by
    if group_by is not None:
        question = next(column for column in every if column.code == group_by)
        groups = {
            choice.id: [one for one in found if one.answers.get(group_by) == (choice.id,)]
            for choice in question.choices
        }
        data["groups"] = {
            name: _counts([column for column in every if column.kind in _RATINGS], members)
            for name, members in groups.items()
            if members
        }
    if written := dict(_written(every, found)):
        data["written"] = written
    return {key: value for key, value in data.items() if value != {}}


def _counts(every: Iterable[AnswerColumn], found: Sequence[Respondent]) -> dict[str, Plain]:
    items: dict[str, Plain] = {}
    for column in every:
        if column.kind == "text":
            continue
        times = Counter(
            option for respondent in found for option in respondent.answers.get(column.code, ())
        )
        order = [choice.id for choice in column.choices] or sorted(times, key=int)
        given = {_key(one): _bare(times[one]) for one in order if times[one]}
        if given:
            items[column.code] = InlineMapping(given)
    return {"n": _bare(len(found)), "items": items}


def _is_dissatisfied(survey: Survey, respondent: Respondent) -> bool:
    """Whether one of the issues of a respondent is rated มาก or มากที่สุด (source 004, ส่วนที่ 3).

    These are the two highest levels of whatever scale the issues are rated on.
    Who skips the part has none.
    """
    return any(
        respondent.answers.get(issue.id, ("",))[0] in grid.two_highest
        for grid in survey.grids
        if grid.measures == "dissatisfaction"
        for issue in grid.issues
    )


def _written(
    every: Iterable[AnswerColumn], found: Sequence[Respondent]
) -> Iterator[tuple[str, Plain]]:
    """What was written, by column: the most frequent first, equal words once."""
    for column in every:
        if column.kind != "text":
            continue
        rated = column.item if column.grid else None
        times = Counter(
            (words[0], respondent.answers.get(rated, ("",))[0] if rated is not None else "")
            for respondent in found
            if (words := respondent.answers.get(column.code))
        )
        if times:
            order = sorted(times, key=lambda one: (-times[one], *one))
            yield column.code, [_line(text, level, times[text, level]) for text, level in order]


def _line(text: str, level: str, times: int) -> Plain:
    line: dict[str, Plain] = {"text": text}
    if level:
        line["level"] = PlainText(level)
    if times > 1:
        line["times"] = _bare(times)
    return line


def _bare(number: int) -> PlainText:
    return PlainText(number)


def _key(option: str) -> str:
    return PlainText(option) if option.isdecimal() else option

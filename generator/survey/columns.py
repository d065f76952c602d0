"""The columns in which answers come: one code each, the same on paper, screen and in files.

An item's column has the item's own code. What opens under an option ``a`` of the item
``q`` is ``q_a``; what is written beside it ``q_a_text``; what is written beside an issue
``i`` is ``i_text``. A row ``r`` of a grid with a second scale ``s`` is also ``r_s``. A question
``q`` whose options are put in order has a column ``q_a`` for each: the place of ``a``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from ..model import NO_OPINION, Question, QuestionOption, RatingGrid, Survey

Kind = Literal["one", "many", "level", "scale", "place", "number", "text"]


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """An answer to tick: its code and its words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column of answers.

    ``kind`` is place for an option that is put in order. ``label`` are the words of its question;
    ``grid`` the grid it is a row of. ``choices`` are all that can be answered (a level or number of
    a scale is its own code). ``least`` and ``most`` bound a number. ``under`` is the column and
    option that open it. ``item`` is the question, row or issue it belongs to, ``part`` the survey's
    part. ``beside``: it is rated on the grid's second scale.
    """

    code: str
    kind: Kind
    label: str
    part: str
    item: str
    choices: tuple[AnswerOption, ...] = ()
    least: int = 0
    most: int = 0
    optional: bool = False
    grid: str = ""
    section: str = ""
    under: tuple[str, str] | None = None
    lines: int = 1
    beside: bool = False


def columns(survey: Survey) -> tuple[AnswerColumn, ...]:
    """Every column of a survey's answers, in the order of the questions."""
    found: list[AnswerColumn] = []
    for part in survey.parts:
        for item in part.items:
            if isinstance(item, RatingGrid):
                found += _of_grid(item, part.id)
            else:
                found += _of_question(item, part.id)
    return tuple(found)


def _of_question(question: Question, part: str) -> Iterator[AnswerColumn]:
    label = " ".join(filter(None, (question.number, question.text)))
    kind = question.kind
    if kind in ("one", "many"):
        yield AnswerColumn(
            question.id,
            kind,
            label,
            part,
            question.id,
            _choices(question.options),
            optional=question.optional,
        )
        yield from _below(question.id, question.options, part, question.id)
    elif kind == "scale":
        numbers = tuple(
            AnswerOption(str(n), str(n)) for n in range(question.first, question.last + 1)
        )
        yield AnswerColumn(
            question.id, "scale", label, part, question.id, numbers, optional=question.optional
        )
    elif kind == "rank":
        places = tuple(AnswerOption(str(n), str(n)) for n in range(1, question.ranks + 1))
        optional = question.optional or question.ranks < len(question.options)
        for option in question.options:
            yield AnswerColumn(
                f"{question.id}_{option.id}",
                "place",
                option.text,
                part,
                question.id,
                places,
                optional=optional,
                section=label,
            )
    else:
        yield AnswerColumn(
            question.id,
            kind,
            label,
            part,
            question.id,
            least=question.at_least,
            most=question.at_most,
            optional=question.optional or kind == "text",
            lines=question.lines,
        )


def _choices(options: Iterable[QuestionOption]) -> tuple[AnswerOption, ...]:
    return tuple(AnswerOption(option.id, option.text) for option in options)


def _below(
    code: str, options: Iterable[QuestionOption], part: str, item: str
) -> Iterator[AnswerColumn]:
    """The columns that open under options."""
    for option in options:
        under = (code, option.id)
        inner = f"{code}_{option.id}"
        if option.options:
            choices = _choices(option.options)
            yield AnswerColumn(
                inner, "one", option.text, part, item, choices, optional=True, under=under
            )
            yield from _below(inner, option.options, part, item)
        if option.write:
            text = f"{inner}_text"
            yield AnswerColumn(text, "text", option.text, part, item, optional=True, under=under)


def _of_grid(grid: RatingGrid, part: str) -> Iterator[AnswerColumn]:
    levels = _levels(grid, grid.levels)
    beside = grid.beside
    for section in grid.sections:
        of = partial(AnswerColumn, part=part, grid=grid.id, section=section.heading or "")
        for row in section.rows:
            label = " ".join(filter(None, (row.number, row.text)))
            if beside is not None:
                yield of(
                    f"{row.id}_{beside.id}",
                    "level",
                    f"{label} ({beside.over})",
                    item=row.id,
                    choices=_levels(grid, beside.levels or grid.levels),
                    optional=row.optional,
                    beside=True,
                )
                label = f"{label} ({grid.over})"
            yield of(row.id, "level", label, item=row.id, choices=levels, optional=row.optional)
        for issue in section.issues:
            label = f"{issue.number} {section.heading or ''}".strip()
            yield of(f"{issue.id}_text", "text", label, item=issue.id, optional=True)
            yield of(issue.id, "level", label, item=issue.id, choices=levels, optional=True)


def _levels(grid: RatingGrid, words: Iterable[str]) -> tuple[AnswerOption, ...]:
    """The levels of a scale, and the answer of who has no opinion."""
    levels = (AnswerOption(str(n), word) for n, word in zip(grid.numbers, words, strict=True))
    if grid.no_opinion is None:
        return tuple(levels)
    return (*levels, AnswerOption(NO_OPINION, grid.no_opinion))

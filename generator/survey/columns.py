"""The columns in which answers come: one code each, the same on paper, screen and in files.

An item's column has the item's own code. What opens under an option ``a`` of the item
``q`` is ``q_a``; what is written beside it ``q_a_text``; what is written beside an issue
``i`` is ``i_text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from ..model import Question, QuestionOption, RatingGrid, Survey

Kind = Literal["one", "many", "level", "scale", "number", "text"]


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """An answer to tick: its code and its words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column of answers.

    ``label`` are the words of its question; ``grid`` the grid it is a row of. ``choices`` are
    all that can be answered (a level or number of a scale is its own code). ``least`` and
    ``most`` bound a number. ``under`` is the column and option that open it. ``item`` is the
    question, row or issue it belongs to, ``part`` the survey's part.
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
        numbers = tuple(AnswerOption(str(n), str(n)) for n in range(1, question.last + 1))
        yield AnswerColumn(
            question.id, "scale", label, part, question.id, numbers, optional=question.optional
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
    levels = tuple(AnswerOption(str(n), word) for n, word in enumerate(grid.levels, start=1))
    for section in grid.sections:
        of = partial(AnswerColumn, part=part, grid=grid.id, section=section.heading or "")
        for row in section.rows:
            label = " ".join(filter(None, (row.number, row.text)))
            yield of(row.id, "level", label, item=row.id, choices=levels, optional=row.optional)
        for issue in section.issues:
            label = f"{issue.number} {section.heading or ''}".strip()
            yield of(f"{issue.id}_text", "text", label, item=issue.id, optional=True)
            yield of(issue.id, "level", label, item=issue.id, choices=levels, optional=True)

"""A questionnaire as it is asked on a screen: pages of blocks of questions, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...model import Question, QuestionOption, RatingGrid, Survey, SurveyPart
from .. import AnswerColumn, columns
from ..headers import GoogleColumn, google_places, option_labels, screen_words

_SHORT = 40


@dataclass(frozen=True, slots=True)
class ScreenQuestion:
    """One column of answers and what stands around it.

    ``words`` is the question, ``labels`` its options' words by code, ``ends`` the words at the
    two ends of a scale, ``place`` where it stands in a Google Form. ``condition`` is the column
    that opens it and the option that does; an option None stands for anything written.
    """

    column: AnswerColumn
    words: str
    hint: str
    labels: dict[str, str]
    ends: tuple[str, str]
    place: GoogleColumn
    condition: tuple[AnswerColumn, str | None] | None


@dataclass(frozen=True, slots=True)
class ScreenBlock:
    """Questions under one heading (which may be missing); ``id`` that of the first."""

    id: str
    heading: str
    note: str
    asked: tuple[ScreenQuestion, ...]


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """A part of the questionnaire."""

    id: str
    heading: str
    note: str
    blocks: tuple[ScreenBlock, ...]


@dataclass(frozen=True, slots=True)
class ScreenForm:
    """A questionnaire: what is said before its pages, they themselves, and the thanks."""

    id: str
    version: str
    title: str
    intro: tuple[str, ...]
    pages: tuple[ScreenPage, ...]
    thanks: str

    @property
    def asked(self) -> Iterator[ScreenQuestion]:
        """All columns, in order."""
        for page in self.pages:
            for block in page.blocks:
                yield from block.asked


def screen(id_: str, survey: Survey, about: Sequence[str]) -> ScreenForm:
    """The questionnaire as a screen asks it; ``about`` are the words on who asks and why."""
    made = _Maker(survey)
    intro = [*about]
    if survey.instructions is not None:
        intro.append(survey.instructions.heading)
        intro += [text.replace("**", "") for text in survey.instructions.items]
    return ScreenForm(
        id_,
        survey.version,
        " ".join(survey.title),
        tuple(intro),
        tuple(made.page(part) for part in survey.parts),
        survey.thanks or "",
    )


class _Maker:
    def __init__(self, survey: Survey) -> None:
        self._every = {column.code: column for column in columns(survey)}
        self._places = google_places(survey)

    def page(self, part: SurveyPart) -> ScreenPage:
        blocks: list[ScreenBlock] = []
        for is_grid, items in groupby(part.items, key=lambda item: isinstance(item, RatingGrid)):
            for item in items if is_grid else ():
                assert isinstance(item, RatingGrid)
                blocks += self._of_grid(item)
            if not is_grid:
                blocks += self._of_questions(q for q in items if isinstance(q, Question))
        return ScreenPage(part.id, part.heading, part.note or "", tuple(blocks))

    def _of_questions(self, questions: Iterable[Question]) -> Iterator[ScreenBlock]:
        """A block goes on until the next heading."""
        first, heading, asked = "", "", list[ScreenQuestion]()
        for question in questions:
            if question.heading is not None and asked:
                yield ScreenBlock(first, heading, "", tuple(asked))
                asked = []
            if not asked:
                first, heading = question.id, question.heading or ""
            asked += self._of_question(question)
        if asked:
            yield ScreenBlock(first, heading, "", tuple(asked))

    def _of_question(self, question: Question) -> Iterator[ScreenQuestion]:
        hints = {
            question.id: (
                question.label,
                question.measure,
                question.ends if _ends(question) == ("", "") else "",
                *_headings(question.options),
            ),
        }
        for column in self._every.values():
            if column.item == question.id and not column.grid:
                hint = " ".join(filter(None, hints.get(column.code, ())))
                words = screen_words(column) if column.kind == "place" else column.label
                yield self._asked(column, words, hint, _ends(question))

    def _of_grid(self, grid: RatingGrid) -> Iterator[ScreenBlock]:
        for section in grid.sections:
            asked = [
                self._asked(column, column.label)
                for column in self._every.values()
                if column.item in {row.id for row in section.rows}
            ]
            for issue in section.issues:
                written = self._every[f"{issue.id}_text"]
                rated = self._every[issue.id]
                asked.append(self._asked(written, self._places[written.code].title))
                asked.append(
                    self._asked(rated, self._places[rated.code].title, condition=(written, None))
                )
            if asked:
                heading = section.heading or grid.heading
                yield ScreenBlock(asked[0].column.code, heading, section.note or "", tuple(asked))

    def _asked(
        self,
        column: AnswerColumn,
        words: str,
        hint: str = "",
        ends: tuple[str, str] = ("", ""),
        condition: tuple[AnswerColumn, str | None] | None = None,
    ) -> ScreenQuestion:
        if column.under is not None:
            condition = (self._every[column.under[0]], column.under[1])
        labels = option_labels(column)
        return ScreenQuestion(
            column, words, hint, labels, ends, self._places[column.code], condition
        )


def _ends(question: Question) -> tuple[str, str]:
    """The words at the two ends of a scale: those before and after the arrow."""
    ends = [end.strip() for end in re.split("[→⟶]", question.ends or "")]
    return (ends[0], ends[1]) if len(ends) == 2 else ("", "")


def _headings(options: Iterable[QuestionOption]) -> Iterator[str]:
    """Headings among options, which lists on a screen can't have: with where each begins."""
    for option in options:
        if option.heading is not None:
            text = option.text if len(option.text) <= _SHORT else option.text[:_SHORT] + "…"
            yield f"{option.heading}: ตั้งแต่ “{text}”"

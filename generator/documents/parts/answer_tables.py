"""Answers in a survey's report: how often each was given, numbers, and what was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ... import survey
from ...model import Question, RatingGrid, WrittenAnswer
from ...survey import AnswerColumn
from .bars import bars
from .survey_tables import PrintedAnswers, SurveyRow, SurveyTable, bar_table

_PRINTABLE = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0xE01, 0xE3A)),
    *((0xE3F, 0xE5B), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C), (0x20AC, 0x20AC)),
    *((0x2190, 0x22FF), (0x2500, 0x269C), (0x1F600, 0x1F623)),
)
"""Signs that the faces of documents have; people write others too."""


@dataclass(frozen=True, slots=True)
class AnswerTables:
    """Makes the tables of a survey's questions."""

    of: PrintedAnswers

    def question(self, question: Question) -> Iterator[SurveyTable]:
        """A table for each thing that a question asks; its words come later."""
        if question.kind == "rank":
            yield self._ranked(question)
            return
        for column in self.of.columns:
            if column.item != question.id or column.grid or column.kind == "text":
                continue
            counts = self.of.answers.items.get(column.code, {})
            if column.kind == "number":
                yield self._numbers(column, counts)
            else:
                yield self._choices(column, counts)

    def _ranked(self, question: Question) -> SurveyTable:
        """How often each option was given each place, and its mean place."""
        words = self.of.words
        own = [c for c in self.of.columns if c.item == question.id and c.kind == "place"]
        rows = []
        for column in own:
            counts = self.of.answers.items.get(column.code, {})
            found = survey.spread(counts)
            places = (self.of.count(counts.get(choice.id, 0)) for choice in column.choices)
            cells = (*places, self.of.count(found.n), self.of.figure(found.mean))
            rows.append(SurveyRow("", (column.label,), (), cells))
        heads = tuple(
            f"{question.ends or ''} {self.of.digits(str(n))}".strip()
            for n in range(1, question.ranks + 1)
        )
        each = round(50 / question.ranks, 2)
        return SurveyTable(
            own[0].section,
            question.label or words.answer,
            "",
            (*heads, words.answered, words.mean),
            tuple(rows),
            (round(100 - 20 - each * question.ranks, 2), *([each] * question.ranks), 10.0, 10.0),
        )

    def _numbers(self, column: AnswerColumn, counts: Mapping[str, int]) -> SurveyTable:
        words, found = self.of.words, survey.spread(counts)
        ends = (self.of.count(found.least), self.of.count(found.most)) if found.n else ("", "")
        row = SurveyRow(
            "", (column.label,), (), (self.of.count(found.n), self.of.figure(found.mean), *ends)
        )
        heads = (words.answered, words.mean, words.least, words.most)
        return SurveyTable(
            column.label, words.answer, "", heads, (row,), (52.0, 12.0, 12.0, 12.0, 12.0)
        )

    def _choices(self, column: AnswerColumn, counts: Mapping[str, int]) -> SurveyTable:
        """How often each option was ticked, of those who answered or of all."""
        words, given = self.of.words, sum(counts.values())
        whole = self.of.answers.n if column.kind == "many" else given
        rows = [
            SurveyRow(
                "",
                (self.of.digits(choice.text) if column.kind == "scale" else choice.text,),
                bars(counts.get(choice.id, 0), whole),
                (
                    self.of.count(counts.get(choice.id, 0)),
                    self._share(counts.get(choice.id, 0), whole),
                ),
            )
            for choice in column.choices
        ]
        note = words.of_all if column.kind == "many" else words.of_answered
        notes = [self.of.fill.fill(note, n=self.of.count(whole))]
        if column.kind == "scale":
            mean = survey.spread(counts).mean
            notes.append(f"{words.mean} {self.of.figure(mean)}")
        heads = (words.count, words.percent)
        return bar_table(
            self.of.heading(column), words.answer, words.share, heads, rows, tuple(notes)
        )

    def _share(self, count: int, whole: int) -> str:
        return self.of.figure(Fraction(100 * count, whole)) if whole else ""

    def written(self) -> Iterator[SurveyTable]:
        """What respondents wrote, as they typed it, with how they rated it and how often.

        Equal words are one row, also where they are rated differently. What nobody rates has no
        column for it.
        """
        levels = {grid.id: _level_words(grid) for grid in self.of.survey.grids}
        said = [
            c for c in self.of.columns if c.kind == "text" and self.of.answers.written.get(c.code)
        ]
        for column in said:
            words, of = self.of.words, levels.get(column.grid)
            alike: dict[str, list[WrittenAnswer]] = {}
            for line in self.of.answers.written[column.code]:
                alike.setdefault(line.text, []).append(line)
            order = sorted(alike, key=lambda text: (-_times(alike[text]), text))
            rows = tuple(self._said(text, alike[text], of) for text in order)
            heads = (words.times,) if of is None else (words.level, words.times)
            widths = (86.0, 14.0) if of is None else (36.0, 50.0, 14.0)
            yield SurveyTable(self.of.heading(column), words.words, "", heads, rows, widths)

    def _said(
        self, text: str, lines: Sequence[WrittenAnswer], levels: Mapping[int, str] | None
    ) -> SurveyRow:
        """Words, how often they were rated at each level, and how often they were written."""
        cells: tuple[str, ...] = (self.of.count(_times(lines)),)
        if levels is not None:
            rated_ = sorted((line.level, line.times) for line in lines if line.level is not None)
            ratings = (f"{levels[n]} {self.of.count(times)}" for n, times in rated_ if n in levels)
            cells = (", ".join(ratings), *cells)
        return SurveyRow("", _typed(text), (), cells)


def _level_words(grid: RatingGrid) -> dict[int, str]:
    """The levels' words by their numbers."""
    return dict(zip(grid.numbers, grid.levels, strict=True))


def _times(lines: Iterable[WrittenAnswer]) -> int:
    return sum(line.times for line in lines)


def _typed(text: str) -> tuple[str, ...]:
    """Words as they were typed, line by line; signs that no face has are named."""
    return tuple("".join(map(_sign, line)) for line in text.split("\n"))


def _sign(character: str) -> str:
    code = ord(character)
    if any(first <= code <= last for first, last in _PRINTABLE):
        return character
    if unicodedata.category(character) in ("Cf", "Mn", "Zs"):
        return " " if unicodedata.category(character) == "Zs" else ""
    return f"[U+{code:04X}]"

"""What a questionnaire asks, ready to print: questions, scales, and grids of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...model import GridStatement, OwnIssue, Question, RatingGrid
from .choice_lines import AnswerBox, ChoiceLine, ChoiceLines, Write


@dataclass(frozen=True, slots=True)
class ScaleTick:
    """A number of a scale, over its box."""

    number: str
    box: AnswerBox


@dataclass(frozen=True, slots=True)
class PrintedScale:
    """A row of numbers to tick one of."""

    label: str
    ends: str
    ticks: tuple[ScaleTick, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question: its words, then lines of choices, a scale, or room to write.

    ``text`` is empty where the words stand in the line of the choices.
    ``write`` goes on in the same line, up to ``measure``; ``below`` has lines of its own.
    """

    heading: str
    text: str
    groups: tuple[tuple[ChoiceLine, ...], ...] = ()
    scale: PrintedScale | None = None
    write: Write | None = None
    measure: str = ""
    below: Write | None = None


@dataclass(frozen=True, slots=True)
class PrintedRating:
    """A row of a grid: a statement, or a number and room to write, and a box a level."""

    text: str
    boxes: tuple[AnswerBox, ...]
    write: Write | None = None


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """Rows under one heading."""

    heading: str
    note: str
    rows: tuple[PrintedRating, ...]


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """Statements and the levels that they are rated at."""

    heading: str
    over: str
    levels: tuple[str, ...]
    sections: tuple[PrintedSection, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Makes questions and grids of a form, as its choices are laid out."""

    lay: ChoiceLines

    def asked(self, question: Question, *, framed: bool) -> PrintedQuestion:
        """A question: its choices, its scale, or room to write in."""
        text = " ".join(filter(None, (question.number, question.text)))
        room = self.lay.page.width - self.lay.page.indent - (4 if framed else 0)
        made = PrintedQuestion(question.heading or "", text)
        if question.options and (line := self.lay.after_question(question, text, room)):
            return replace(made, text="", groups=((line,),))
        if question.options:
            return replace(made, groups=self.lay.groups(question.id, question.options, room))
        if question.kind == "scale":
            return replace(made, scale=self._scale(question))
        write = self.lay.write(question.id, question.lines)
        if question.kind == "number":
            return replace(made, write=write, measure=question.measure or "")
        # A line that is hardly there is no room to write: it gets a line of its own.
        is_short = self.lay.long(text) < room * 0.6
        if question.lines == 1 and is_short:
            return replace(made, write=write)
        return replace(made, below=write)

    def _scale(self, question: Question) -> PrintedScale:
        numbers = range(1, question.last + 1)
        label = self.lay.page.width - self.lay.page.number * 10
        return PrintedScale(
            label=question.label or "",
            ends=question.ends or "",
            ticks=tuple(ScaleTick(str(n), self.lay.box(question.id, str(n))) for n in numbers),
            widths=_percent([label, *(self.lay.page.number * 10 / question.last for _ in numbers)]),
        )

    def grid(self, grid: RatingGrid) -> PrintedGrid:
        """A grid: statements, and the unit's own issues, a box a level."""
        levels = tuple(grid.levels)
        statement = self.lay.page.width - self.lay.page.level * len(levels)
        return PrintedGrid(
            heading=grid.heading,
            over=grid.over,
            levels=levels,
            sections=tuple(
                PrintedSection(
                    section.heading or "",
                    section.note or "",
                    (
                        *(self._row(row, len(levels)) for row in section.rows),
                        *(self._issue(issue, len(levels)) for issue in section.issues),
                    ),
                )
                for section in grid.sections
            ),
            widths=_percent([statement, *(self.lay.page.level for _ in levels)]),
        )

    def _row(self, row: GridStatement, levels: int) -> PrintedRating:
        text = " ".join(filter(None, (row.number, row.text)))
        return PrintedRating(text, self._boxes(row.id, levels))

    def _issue(self, issue: OwnIssue, levels: int) -> PrintedRating:
        write = self.lay.write(f"{issue.id}_text", 3)
        return PrintedRating(issue.number, self._boxes(issue.id, levels), write)

    def _boxes(self, code: str, levels: int) -> tuple[AnswerBox, ...]:
        return tuple(self.lay.box(code, str(level)) for level in range(1, levels + 1))


def _percent(widths: Iterable[float]) -> tuple[float, ...]:
    """Widths in percent of their sum."""
    every = list(widths)
    return tuple(round(100 * width / sum(every), 2) for width in every)

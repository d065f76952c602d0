"""Boxes to tick, lines to write on, and choices in as few lines as they need.

The codes are those of ``survey.columns``: paper, screen and files share them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ...agreements.record import SurveyLayout
from ...model import Question, QuestionOption
from .pages import SURVEY, SURVEY_BOOKLET, SURVEY_LARGE
from .widths import letters

SIGN = "☐"
"""What is drawn for a box: one sign in both formats."""

_MOST_COLUMNS = 5
_MOST_IN_COLUMNS = 20
"""So many choices stand in two columns before they begin anew, so that long lists can go on."""

_SHORT = 14
"""How many letters are a short question, or a short choice with its box."""


@dataclass(frozen=True, slots=True)
class AnswerBox:
    """A box to tick. ``code`` is its column and answer (``sex:female``), ``title`` the question."""

    code: str
    title: str
    sign: str = SIGN


@dataclass(frozen=True, slots=True)
class Write:
    """Room to write in: the column it is read into, the question, and how many lines."""

    code: str
    title: str
    lines: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class PrintedChoice:
    """A box and its words; ``width`` is how much of the line they take, in percent."""

    box: AnswerBox
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """Choices that stand in one line of so many columns, or in two that are read downwards.

    ``down`` is how many stand in the first of the two; without it they are one line. With ``write``
    it is one choice, and the line to write on after it, or below it (``stacked``). ``nested``
    choices belong to the one above. ``heading`` stands over the line, ``lead`` in it, before the
    first box; the ``last`` one of a question may end the page.
    """

    columns: int
    choices: tuple[PrintedChoice, ...]
    write: Write | None = None
    stacked: bool = False
    nested: bool = False
    heading: str = ""
    lead: str = ""
    last: bool = False
    down: int = 0


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The measures of a form's page, in mm: the text's width, a letter's, a box's with its gap.

    Choices stand ``indent`` from the left. ``level`` and ``number`` are the widths of a grid's
    and of a scale's columns, ``tick`` the least a column with a box can have; ``no_opinion`` is
    the width of the column for no opinion. ``head`` is the size of the words over a grid's
    columns, in points, ``upright`` how tall that head may be where columns don't give way to its
    words; ``stem`` is how wide a line of upright words is.
    """

    width: float
    letter: float
    box: float
    indent: float
    level: float
    number: float
    tick: float
    no_opinion: float
    head: float
    upright: int = 0
    stem: int = 6


_LARGE, _BOOKLET = SURVEY_LARGE.text_millimetres, SURVEY_BOOKLET.text_millimetres
_PLAIN = PageMeasures(SURVEY.text_millimetres, 2.8, 8.8, 5, 15.6, 12.8, 6.4, 18, 12)
MEASURES: Mapping[SurveyLayout, PageMeasures] = {
    "": _PLAIN,
    "fillable": _PLAIN,
    "large": PageMeasures(_LARGE, 4.0, 13, 5, 12.5, 12.6, 8.8, 30, 20, 62, 9),
    "booklet": PageMeasures(_BOOKLET, 2.2, 8.8, 5, 9.2, 9, 6.4, 14, 11, 34),
}


@dataclass(frozen=True, slots=True)
class ChoiceLines:
    """Lays choices out: the questions' words by column, and the page's measures."""

    titles: Mapping[str, str]
    page: PageMeasures

    def box(self, code: str, option: str) -> AnswerBox:
        """The box of an answer to what a column asks."""
        return AnswerBox(f"{code}:{option}", self.titles[code])

    def write(self, code: str, lines: int = 1) -> Write:
        """Room to write in what a column asks."""
        return Write(code, self.titles[code], tuple(range(1, lines + 1)))

    def long(self, text: str) -> float:
        """About how long a text is, in mm."""
        return letters(text) * self.page.letter

    def after_question(self, question: Question, text: str, room: float) -> ChoiceLine | None:
        """The choices in the question's own line, where all are short."""
        options = question.options
        step = self.page.letter * _SHORT
        fits = self.long(text) < step and (len(options) + 1) * step <= room
        if not fits or any(o.write or o.options or o.heading for o in options):
            return None
        if any(self.page.box + self.long(option.text) > step for option in options):
            return None
        width = round(100 * step / self.page.width, 2)
        choices = tuple(PrintedChoice(self.box(question.id, o.id), o.text, width) for o in options)
        return ChoiceLine(len(options), choices, lead=text, last=True)

    def groups(
        self, code: str, options: Sequence[QuestionOption], room: float
    ) -> tuple[tuple[ChoiceLine, ...], ...]:
        """The lines of choices, a new group where a heading stands over them."""
        starts = [n for n, option in enumerate(options) if n == 0 or option.heading]
        groups = []
        for start, end in zip(starts, [*starts[1:], len(options)], strict=True):
            lines = self.lines(code, options[start:end], room)
            lines[0] = replace(lines[0], heading=options[start].heading or "")
            lines[-1] = replace(lines[-1], last=True)
            groups.append(tuple(lines))
        return tuple(groups)

    def lines(
        self,
        code: str,
        options: Sequence[QuestionOption],
        room: float,
        *,
        nested: bool = False,
    ) -> list[ChoiceLine]:
        """Options in one line where they fit it, else in two columns read downwards.

        What is too long for a column has a line to itself, as has what opens something.
        """
        for count in range(1, _MOST_COLUMNS + 1):
            if (line := self._in_one(code, options, room, count)) is not None:
                return [replace(line, nested=nested)]
        lines: list[ChoiceLine] = []
        short: list[PrintedChoice] = []

        def end() -> None:
            for start in range(0, len(short), _MOST_IN_COLUMNS):
                choices = tuple(short[start : start + _MOST_IN_COLUMNS])
                down = (len(choices) + 1) // 2 if len(choices) > 2 else 0
                if len(choices) == 1:
                    choices = (replace(choices[0], width=100),)
                lines.append(ChoiceLine(min(2, len(choices)), choices, nested=nested, down=down))
            short.clear()

        for option in options:
            choice = self._choice(code, option, 50)
            if not _opens(option) and self._need(option) <= room / 2:
                short.append(choice)
                continue
            end()
            lines += self._alone(code, option, room, nested=nested)
        end()
        return lines

    def _need(self, option: QuestionOption) -> float:
        return self.page.box + self.long(option.text)

    def _choice(self, code: str, option: QuestionOption, width: float) -> PrintedChoice:
        return PrintedChoice(self.box(code, option.id), option.text, round(width, 2))

    def _in_one(
        self, code: str, options: Sequence[QuestionOption], room: float, count: int
    ) -> ChoiceLine | None:
        """Options in one line of ``count`` columns, of which longer ones take several."""
        if any(map(_opens, options)):
            return None
        spans = [ceil(max(self._need(option), 1) * count / room) for option in options]
        if sum(spans) > count:
            return None
        choices = (
            self._choice(code, option, 100 * span / count)
            for option, span in zip(options, spans, strict=True)
        )
        return ChoiceLine(count, tuple(choices))

    def _alone(
        self, code: str, option: QuestionOption, room: float, *, nested: bool
    ) -> list[ChoiceLine]:
        """A choice with a line to itself, and what opens under it."""
        inner = f"{code}_{option.id}"
        write = self.write(f"{inner}_text") if option.write else None
        is_short = room - self._need(option) < self.page.letter * _SHORT
        choice = self._choice(code, option, 100)
        lines = [ChoiceLine(1, (choice,), write, option.write and is_short, nested)]
        if option.options:
            lines += self.lines(inner, option.options, room - 8, nested=True)
        return lines


def _opens(option: QuestionOption) -> bool:
    """Whether an option has a line to write on, or choices under it."""
    return option.write or bool(option.options)

"""What a questionnaire asks, ready to print: questions, scales, and grids of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import ceil

from ...model import NO_OPINION, GridStatement, OwnIssue, Question, RatingGrid
from ...typesetting.lettering import AVERAGE, CENTIMETRES, Lettering
from ..identity import LAYOUT
from .choice_lines import AnswerBox, ChoiceLine, ChoiceLines, Write

SHORT = 3
"""So many rows of a grid are kept on one page."""


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
class ScaleHead:
    """A scale over its columns: its head, and its levels."""

    over: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """Statements and the levels that they are rated at.

    ``besides`` is the second scale, which stands before the grid's own, where there is one;
    ``no_opinion`` the head of the last column. ``upright``: the levels' words are longer than their
    columns are wide. ``high`` is how high upright heads are, ``stem`` how wide their line, in mm;
    ``small`` the size of their letters, in points, where columns have no room for the usual one.
    """

    heading: str
    over: str
    levels: tuple[str, ...]
    sections: tuple[PrintedSection, ...]
    widths: tuple[float, ...]
    besides: tuple[ScaleHead, ...] = ()
    no_opinion: str = ""
    upright: bool = field(default=False, metadata=LAYOUT)
    high: int = field(default=0, metadata=LAYOUT)
    stem: int = field(default=6, metadata=LAYOUT)
    small: int = field(default=0, metadata=LAYOUT)

    @property
    def short(self) -> bool:
        """Whether it has so few rows that it stands on one page."""
        return sum(len(section.rows) for section in self.sections) <= SHORT


@dataclass(frozen=True, slots=True)
class Questions:
    """Makes questions and grids of a form, as its choices are laid out.

    Heads over a grid's columns are measured in ``lettering``.
    """

    lay: ChoiceLines
    lettering: Lettering = AVERAGE

    def asked(self, question: Question, *, framed: bool) -> PrintedQuestion:
        """A question: its choices, its scale, or room to write in."""
        text = " ".join(filter(None, (question.number, question.text)))
        room = self.lay.page.width - self.lay.page.indent - (4 if framed else 0)
        made = PrintedQuestion(question.heading or "", text)
        if question.kind == "rank":
            return made
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
        numbers = range(question.first, question.last + 1)
        label = self.lay.page.width - self.lay.page.number * 10
        return PrintedScale(
            label=question.label or "",
            ends=question.ends or "",
            ticks=tuple(ScaleTick(str(n), self.lay.box(question.id, str(n))) for n in numbers),
            widths=_percent([label, *(self.lay.page.number * 10 / len(numbers) for _ in numbers)]),
        )

    def grid(self, grid: RatingGrid) -> PrintedGrid:
        """A grid: statements, and the unit's own issues, a box a level."""
        levels = tuple(grid.levels)
        besides: tuple[ScaleHead, ...] = ()
        if grid.beside is not None:
            words = tuple(grid.beside.levels or grid.levels)
            besides = (ScaleHead(grid.beside.over, words),)
        shown = (*(word for other in besides for word in other.levels), *levels)
        page = self.lay.page
        longest = max(map(self._length, shown))
        need = longest + _GAP
        level, widths = self._columns(
            len(shown), 0 if page.upright else need, has_none=grid.no_opinion is not None
        )
        is_upright = (longest + _CLOSE if page.upright else need) > level
        return PrintedGrid(
            heading=grid.heading,
            over=grid.over,
            levels=levels,
            besides=besides,
            no_opinion=grid.no_opinion or "",
            upright=is_upright,
            high=self._high(longest) if is_upright else 0,
            stem=page.stem,
            small=self._small(level) if is_upright else 0,
            sections=tuple(
                PrintedSection(
                    section.heading or "",
                    section.note or "",
                    (
                        *(self._row(grid, row) for row in section.rows),
                        *(self._issue(grid, issue) for issue in section.issues),
                    ),
                )
                for section in grid.sections
            ),
            widths=widths,
        )

    def _high(self, longest: float) -> int:
        """How high a head of upright words is, in mm."""
        page = self.lay.page
        around = _CLOSE if page.upright else _AROUND
        return min(page.upright or _HIGHEST, ceil(longest + around))

    def _small(self, level: float) -> int:
        """The size of upright letters whose marks have room in so narrow a column; 0: the usual."""
        size = int(level / (_UPRIGHT * CENTIMETRES * 10))
        return size if size < self.lay.page.head else 0

    def ranked(self, question: Question) -> PrintedGrid:
        """Options to put in order: a row for each, and a box for each place."""
        places = tuple(str(place) for place in range(1, question.ranks + 1))
        _, widths = self._columns(len(places))
        rows = tuple(
            PrintedRating(option.text, self._boxes(f"{question.id}_{option.id}", places))
            for option in question.options
        )
        return PrintedGrid(
            heading=question.label or "",
            over=question.ends or "",
            levels=places,
            sections=(PrintedSection("", "", rows),),
            widths=widths,
        )

    def _length(self, head: str) -> float:
        """How long the words over a column are, in mm."""
        points = self.lettering.paragraph(head).length * self.lay.page.head
        return points * CENTIMETRES * 10

    def _columns(
        self, boxes: int, need: float = 0, *, has_none: bool = False
    ) -> tuple[float, tuple[float, ...]]:
        """How wide a column with a box is, and the widths of all.

        Columns are narrower where there are many, and as wide as they ``need`` to be where there
        is room for that.
        """
        page = self.lay.page
        none = (page.no_opinion,) if has_none else ()
        room = page.width * _BOXES - sum(none)
        level = max(page.tick, min(max(need, page.level), room / boxes))
        statement = page.width - level * boxes - sum(none)
        return level, _percent([statement, *([level] * boxes), *none])

    def _row(self, grid: RatingGrid, row: GridStatement) -> PrintedRating:
        text = " ".join(filter(None, (row.number, row.text)))
        beside: tuple[AnswerBox, ...] = ()
        if grid.beside is not None:
            beside = self._boxes(f"{row.id}_{grid.beside.id}", map(str, grid.numbers))
        return PrintedRating(text, (*beside, *self._levels(grid, row.id)))

    def _issue(self, grid: RatingGrid, issue: OwnIssue) -> PrintedRating:
        write = self.lay.write(f"{issue.id}_text", 3)
        return PrintedRating(issue.number, self._levels(grid, issue.id), write)

    def _levels(self, grid: RatingGrid, code: str) -> tuple[AnswerBox, ...]:
        none = () if grid.no_opinion is None else (NO_OPINION,)
        return self._boxes(code, (*map(str, grid.numbers), *none))

    def _boxes(self, code: str, answers: Iterable[str]) -> tuple[AnswerBox, ...]:
        return tuple(self.lay.box(code, answer) for answer in answers)


_GAP, _CLOSE = 1.6, 1.4
"""What is left beside the words over a column, left and right together, in mm: where columns give
way to them, and where they don't.
"""

_UPRIGHT = 1.6
"""How wide a line of upright words is with its marks and what they keep clear of, in its size."""

_HIGHEST, _AROUND = 36, 4.0
"""How high heads of levels are at the most; what is left above and below upright words; in mm."""

_BOXES = 0.6
"""So much of a page's width the boxes of a grid may take."""


def _percent(widths: Iterable[float]) -> tuple[float, ...]:
    """Widths in percent of their sum."""
    every = list(widths)
    return tuple(round(100 * width / sum(every), 2) for width in every)

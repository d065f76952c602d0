"""A questionnaire, ready to print: every box and every line to write on with its code.

The codes are those of ``survey.columns``: paper, screen and files share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .. import model
from ..agreements.blanks import BLANK
from ..survey import columns
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    fields,
    furniture,
    properties,
)
from .parts import styles
from .parts.rich import Rich, parse
from .parts.widths import letters

SIGN = "☐"
"""What is drawn for a box: one sign in both formats."""


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
    """Choices that stand in one line of so many columns.

    With ``write`` it is one choice, and the line to write on after it, or below it (``stacked``).
    ``nested`` choices belong to the one above. ``heading`` stands over the line, ``lead`` in it,
    before the first box; the ``last`` one of a question may end the page.
    """

    columns: int
    choices: tuple[PrintedChoice, ...]
    write: Write | None = None
    stacked: bool = False
    nested: bool = False
    heading: str = ""
    lead: str = ""
    last: bool = False


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
class PrintedItem:
    """A question or a grid."""

    asked: PrintedQuestion | None = None
    grid: PrintedGrid | None = None


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """Questions under one heading. ``fresh``: it begins a page, as a catchword has announced."""

    heading: str
    note: str
    framed: bool
    fresh: bool
    items: tuple[PrintedItem, ...]
    catchword: str


@dataclass(frozen=True, slots=True)
class AskingUnit:
    """Who asks, or about what: words, with a line to fill in where ``open``."""

    text: str
    open: bool


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A printed questionnaire."""

    properties: Properties
    page: PageFurniture
    form: str
    title: tuple[str, ...]
    place: tuple[AskingUnit, ...]
    instructions_heading: str
    instructions: Rich
    parts: tuple[PrintedPart, ...]
    thanks: str


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The measures of a form's page, in mm: the text's width, a letter's, a box's with its gap.

    Choices stand ``indent`` from the left. ``level`` and ``number`` are the widths of a grid's
    and of a scale's columns.
    """

    width: float
    letter: float
    box: float
    indent: float
    level: float
    number: float


_PLAIN = PageMeasures(170, 2.7, 8.8, 5, 15.6, 12.8)
SHEETS: Mapping[Literal["", "large", "fillable", "booklet"], PageMeasures] = {
    "": _PLAIN,
    "fillable": _PLAIN,
    "large": PageMeasures(170, 4.0, 13, 5, 12.5, 12.6),
    "booklet": PageMeasures(122, 2.2, 8.8, 5, 9.2, 9),
}
_MOST_COLUMNS = 5
_SHORT = 14
"""How many letters are a short question, or a short choice with its box."""


def build(subject: DocumentSubject) -> PrintedForm:
    """The questionnaire of one unit, or the agency's, on which the unit is filled in by hand."""
    asked = subject.survey
    assert asked is not None
    survey, fill = asked.model, fields(subject)
    titles = {column.code: column.label for column in columns(survey)}
    maker = _Maker(titles, SHEETS[asked.form])
    parts: list[PrintedPart] = []
    for part in survey.parts:
        fresh = bool(parts and parts[-1].catchword)
        parts.append(maker.part(part, fresh=fresh))
    instructions = survey.instructions
    return PrintedForm(
        properties=properties(subject, " ".join(survey.title)),
        page=furniture(subject, fill),
        form=asked.form,
        title=tuple(survey.title),
        place=_place(subject, survey, asked.use.blanks, fill),
        instructions_heading=instructions.heading if instructions is not None else "",
        instructions=styles.BODY.on(parse("\n".join(instructions.items)))
        if instructions is not None
        else (),
        parts=tuple(parts),
        thanks=survey.thanks or "",
    )


def _place(
    subject: DocumentSubject, survey: model.Survey, given: Mapping[str, str], fill: Fields
) -> tuple[AskingUnit, ...]:
    """Who asks, and about what. What nobody has filled in becomes a line, after its words."""
    found: list[AskingUnit] = []
    text, position = survey.place or "", 0
    for match in BLANK.finditer(text):
        if words := text[position : match.start()].strip():
            found.append(AskingUnit(words, open=False))
        position = match.end()
        name = match[1]
        if name in survey.blanks:
            words = " ".join(filter(None, (survey.blanks[name], given.get(name))))
            found.append(AskingUnit(words, open=not given.get(name)))
        elif name == "unit" and not subject.unit.name:
            found.append(AskingUnit(match[2] or "", open=True))
        else:
            found.append(AskingUnit(fill.fill(match[0]), open=False))
    if words := text[position:].strip():
        found.append(AskingUnit(words, open=False))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the parts of a form: the questions' words by column, and the page's measures."""

    titles: Mapping[str, str]
    sheet: PageMeasures

    def part(self, part: model.SurveyPart, *, fresh: bool) -> PrintedPart:
        return PrintedPart(
            heading=part.heading,
            note=part.note or "",
            framed=part.framed,
            fresh=fresh,
            items=tuple(
                PrintedItem(grid=self.grid(item))
                if isinstance(item, model.RatingGrid)
                else PrintedItem(asked=self.asked(item, framed=part.framed))
                for item in part.items
            ),
            catchword=part.catchword or "",
        )

    def asked(self, question: model.Question, *, framed: bool) -> PrintedQuestion:
        text = " ".join(filter(None, (question.number, question.text)))
        room = self.sheet.width - self.sheet.indent - (4 if framed else 0)
        made = PrintedQuestion(question.heading or "", text)
        if question.options and (line := self.after(question, text, room)):
            return replace(made, text="", groups=((line,),))
        if question.options:
            return replace(made, groups=self.groups(question.id, question.options, room))
        if question.kind == "scale":
            return replace(made, scale=self.scale(question))
        write = self.write(question.id, question.lines)
        if question.kind == "number":
            return replace(made, write=write, measure=question.measure or "")
        # A line that is hardly there is no room to write: it gets a line of its own.
        is_short = self.long(text) < room * 0.6
        if question.lines == 1 and is_short:
            return replace(made, write=write)
        return replace(made, below=write)

    def after(self, question: model.Question, text: str, room: float) -> ChoiceLine | None:
        """The choices in the question's own line, where all are short."""
        options = question.options
        step = self.sheet.letter * _SHORT
        fits = self.long(text) < step and (len(options) + 1) * step <= room
        if not fits or any(o.write or o.options or o.heading for o in options):
            return None
        if any(self.sheet.box + self.long(option.text) > step for option in options):
            return None
        width = round(100 * step / self.sheet.width, 2)
        choices = tuple(PrintedChoice(self.box(question.id, o.id), o.text, width) for o in options)
        return ChoiceLine(len(options), choices, lead=text, last=True)

    def groups(
        self, code: str, options: Sequence[model.QuestionOption], room: float
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
        options: Sequence[model.QuestionOption],
        room: float,
        *,
        nested: bool = False,
    ) -> list[ChoiceLine]:
        """Options in as few lines as they need, in columns, so that the boxes stand in rows."""
        tries = (self.packed(code, options, room, n, nested) for n in range(1, _MOST_COLUMNS + 1))
        return min(tries, key=len)

    def packed(
        self,
        code: str,
        options: Sequence[model.QuestionOption],
        room: float,
        count: int,
        nested: bool,
    ) -> list[ChoiceLine]:
        """Options in lines of ``count`` columns; longer ones take several."""
        lines: list[ChoiceLine] = []
        row: list[PrintedChoice] = []
        used = 0

        def end() -> None:
            nonlocal used
            if row:
                lines.append(ChoiceLine(count, tuple(row), nested=nested))
            row.clear()
            used = 0

        for option in options:
            need = self.sheet.box + self.long(option.text)
            span = next((n for n in range(1, count) if n * room / count >= need), count)
            alone = option.write or bool(option.options) or need > room
            choice = PrintedChoice(
                self.box(code, option.id), option.text, round(100 * span / count, 2)
            )
            inner = f"{code}_{option.id}"
            if alone:
                end()
                write = self.write(f"{inner}_text") if option.write else None
                short = room - need < self.sheet.letter * _SHORT
                stacked = option.write and short
                lines.append(ChoiceLine(1, (replace(choice, width=100),), write, stacked, nested))
                if option.options:
                    lines += self.lines(inner, option.options, room - 8, nested=True)
                continue
            if used + span > count:
                end()
            row.append(choice)
            used += span
        end()
        return lines

    def scale(self, question: model.Question) -> PrintedScale:
        numbers = range(1, question.last + 1)
        label = self.sheet.width - self.sheet.number * 10
        return PrintedScale(
            label=question.label or "",
            ends=question.ends or "",
            ticks=tuple(ScaleTick(str(n), self.box(question.id, str(n))) for n in numbers),
            widths=_percent([label, *(self.sheet.number * 10 / question.last for _ in numbers)]),
        )

    def grid(self, grid: model.RatingGrid) -> PrintedGrid:
        levels = tuple(grid.levels)
        statement = self.sheet.width - self.sheet.level * len(levels)
        return PrintedGrid(
            heading=grid.heading,
            over=grid.over,
            levels=levels,
            sections=tuple(
                PrintedSection(
                    section.heading or "",
                    section.note or "",
                    (
                        *(self.row(row, len(levels)) for row in section.rows),
                        *(self.issue(issue, len(levels)) for issue in section.issues),
                    ),
                )
                for section in grid.sections
            ),
            widths=_percent([statement, *(self.sheet.level for _ in levels)]),
        )

    def row(self, row: model.GridStatement, levels: int) -> PrintedRating:
        text = " ".join(filter(None, (row.number, row.text)))
        return PrintedRating(text, self.boxes(row.id, levels))

    def issue(self, issue: model.OwnIssue, levels: int) -> PrintedRating:
        write = self.write(f"{issue.id}_text", 3)
        return PrintedRating(issue.number, self.boxes(issue.id, levels), write)

    def boxes(self, code: str, levels: int) -> tuple[AnswerBox, ...]:
        return tuple(self.box(code, str(level)) for level in range(1, levels + 1))

    def box(self, code: str, option: str) -> AnswerBox:
        return AnswerBox(f"{code}:{option}", self.titles[code])

    def write(self, code: str, lines: int = 1) -> Write:
        return Write(code, self.titles[code], tuple(range(1, lines + 1)))

    def long(self, text: str) -> float:
        """About how long a text is, in mm."""
        return letters(text) * self.sheet.letter


def _percent(widths: Iterable[float]) -> tuple[float, ...]:
    """Widths in percent of their sum."""
    every = list(widths)
    return tuple(round(100 * width / sum(every), 2) for width in every)

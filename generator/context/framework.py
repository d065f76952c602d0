"""The framework of a whole agency: its statements, the matrix, and every unit's frame.

The order is that of source 004, chapters 3 and 6 (lines 98–153 and 270–498). Who is
responsible is drawn from the units' own files; the source's column is only compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .. import thai
from ..model import Agency, Component, Statement, Unit, UnitIndicator
from ..model.wording import FrameworkWords
from ..rules.framework import responsible
from ..rules.weights import components_of, walk, weight_in
from . import rich, widths
from .common import (
    Fields,
    Page,
    Properties,
    Subject,
    UnitView,
    digits,
    fields,
    furniture,
    properties,
)
from .rich import Rich
from .tables import Head

WIDTH, LEAST, LETTER = 16.0, 0.9, 0.175
"""The text's width, a column's least width, and about that of a letter of the tables, in cm."""

MARK = "●"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell, and whether it stands in the middle (marks and figures)."""

    words: Rich
    centred: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells; or, over the whole width, the heading of a section."""

    section: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads in one or two rows, rows, and the columns' widths in percent."""

    heads: tuple[Head, ...]
    below: tuple[str, ...]
    rows: tuple[GridRow, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading (may be empty), what comes before the table, the table, what comes after it.

    ``notes`` are set small, right below the table. A chapter that is a unit's ``frame``
    has pages of its own, to be handed to the unit.
    """

    heading: str
    before: Rich
    grid: Grid
    notes: Rich = ()
    after: Rich = ()
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """The agency's framework."""

    properties: Properties
    page: Page
    title: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def build(subject: Subject) -> Framework:
    """The framework of the subject's agency, from all its units."""
    words = subject.wording.framework
    assert words is not None
    fill = fields(subject)
    title = tuple(fill.fill(line) for line in words.title)
    return Framework(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        chapters=tuple(_chapters(subject, words, fill)),
    )


def _chapters(subject: Subject, words: FrameworkWords, fill: Fields) -> Iterator[Chapter]:
    agency = subject.agency
    for statement in agency.statements:
        yield _statement(statement)
    department = next(
        (view for view in subject.units.values() if view.unit.level == "department"), None
    )
    if department is not None:
        yield _links(agency, words, department.unit, department.indicators)
        yield _department(agency, words, department.unit, department.indicators)
    if agency.matrix:
        yield _matrix(subject, words)
    for frame in agency.frames:
        first = subject.units.get(frame.units[0])
        if first is not None:
            yield _frame(subject, words, fill, frame.title, first)


def _statement(statement: Statement) -> Chapter:
    rows = [tuple(rich.cell(rich.parse(cell)) for cell in row) for row in statement.rows]
    return Chapter(
        "",
        rich.parse(statement.before),
        _grid([Head(head, 1, True) for head in statement.heads], (), rows),
        after=rich.parse(statement.after),
    )


def _links(
    agency: Agency, words: FrameworkWords, unit: Unit, indicators: tuple[UnitIndicator, ...]
) -> Chapter:
    """Which indicator hangs on which plan: a row a link, a column an indicator."""
    counted = [item for item in indicators if _counts(unit, agency, item)]
    links = list(dict.fromkeys(link for item in counted for link in item.use.links))
    numbers = tuple(digits(agency, str(number)) for number in range(1, len(counted) + 1))
    rows = [
        (rich.parse(link), *(_mark(link in item.use.links) for item in counted)) for link in links
    ]
    heads = [Head(words.link, 1, True), Head(words.department_numbers, len(counted), False)]
    return Chapter(words.links_heading, (), _grid(heads, numbers, rows, centred=range(1, 99)))


def _department(
    agency: Agency, words: FrameworkWords, unit: Unit, indicators: tuple[UnitIndicator, ...]
) -> Chapter:
    """The department's own indicators, numbered through, with their links."""
    rows: list[tuple[Rich, ...] | str] = []
    number = 0
    for component in walk(components_of(unit, agency)):
        own = [item for item in indicators if item.use.component == component.id]
        if not own or not component.counts:
            continue
        rows.append(component.name)
        for item in own:
            number += 1
            rows.append(
                (
                    rich.plain(digits(agency, str(number))),
                    rich.plain(_name(item)),
                    rich.plain(_weight(agency, item)),
                    tuple(
                        rich.Block(block.spans, "-")
                        for link in item.use.links
                        for block in rich.parse(link)
                    ),
                )
            )
    heads = [
        Head(text, 1, True)
        for text in (words.number, words.name, words.weight, words.department_links)
    ]
    return Chapter(words.department_heading, (), _grid(heads, (), rows, centred=(0, 2)))


def _matrix(subject: Subject, words: FrameworkWords) -> Chapter:
    """The cascade matrix: one mark a row, and who is responsible."""
    agency = subject.agency
    marked = _marked(agency)
    divisions = [(view.code, view.unit) for view in subject.units.values()]
    rows: list[tuple[Rich, ...] | str] = []
    for block in agency.matrix:
        rows.append(block.name)
        for number, row in enumerate(block.rows, start=1):
            first, *rest = rich.parse(row.text)
            name = rich.plain(f"{digits(agency, str(number))}. {first.text}")
            rows.append(
                (
                    (*name, *rest),
                    *_marks(marked, row.component),
                    rich.plain(row.origin),
                    rich.plain(responsible(divisions, row, words.everyone)),
                )
            )
    heads = _frame_heads(words, marked, words.responsible)
    below = tuple(component.short or component.name for component in marked)
    return Chapter(words.matrix_heading, (), _grid(heads, below, rows, centred=_middle(marked)))


def _frame(
    subject: Subject, words: FrameworkWords, fill: Fields, title: str, view: UnitView
) -> Chapter:
    """A unit's frame; with who is responsible where it has no weights."""
    agency, unit, indicators = subject.agency, view.unit, view.indicators
    marked = _marked(agency)
    weighed = any(item.use.weight for item in indicators)
    rows: list[tuple[Rich, ...] | str] = [
        (
            rich.plain(f"{digits(agency, str(number))}. {_name(item)}"),
            *_marks(marked, item.use.component),
            rich.plain(item.indicator.origin or ""),
            rich.plain(_weight(agency, item) if weighed else item.use.responsible or ""),
        )
        for number, item in enumerate(indicators, start=1)
    ]
    if weighed:
        total = sum(weight_in(i.use, agency.rounds[-1].id) or Decimal(0) for i in indicators)
        empty = (rich.plain(""),) * (len(marked) + 1)
        sum_ = rich.plain(digits(agency, thai.number(Decimal(total))))
        rows.append((rich.plain(words.total), *empty, sum_))
    heads = _frame_heads(words, marked, words.weight if weighed else words.responsible)
    below = tuple(component.short or component.name for component in marked)
    centred = {*_middle(marked), *({len(marked) + 2} if weighed else ())}
    notes = [*agency.notes.get(unit.level, ()), *unit.notes]
    after = [f"{words.note} : {note}" if n == 0 else note for n, note in enumerate(notes)]
    after += _surveys(subject, words, fill, indicators)
    return Chapter(
        title,
        (),
        _grid(heads, below, rows, centred=centred),
        notes=tuple(block for note in after for block in rich.plain(note)),
        frame=True,
    )


def _surveys(
    subject: Subject, words: FrameworkWords, fill: Fields, indicators: tuple[UnitIndicator, ...]
) -> Iterator[str]:
    """Which surveys an indicator's result is counted from, a line an indicator."""
    for number, item in enumerate(indicators, start=1):
        asked = [use.survey for use in item.use.surveys]
        if asked and words.surveys is not None:
            yield fill.fill(
                words.surveys,
                number=digits(subject.agency, str(number)),
                surveys=" และ ".join(f"{subject.surveys[name]} ({name})" for name in asked),
            )


def _marked(agency: Agency) -> list[Component]:
    """The components that frames mark: those that hold indicators in the agency's own tree."""
    return [c for c in walk(agency.components) if not c.components and c.counts]


def _marks(marked: list[Component], component: str) -> Iterator[Rich]:
    return (_mark(found.id == component) for found in marked)


def _mark(is_set: bool) -> Rich:
    return rich.plain(MARK if is_set else "")


def _middle(marked: list[Component]) -> range:
    return range(1, 1 + len(marked))


def _frame_heads(words: FrameworkWords, marked: list[Component], last: str) -> list[Head]:
    return [
        Head(words.indicator, 1, True),
        Head(words.components, len(marked), False),
        Head(words.origin, 1, True),
        Head(last, 1, True),
    ]


def _name(item: UnitIndicator) -> str:
    return item.indicator.names.frame or item.indicator.name


def _weight(agency: Agency, item: UnitIndicator) -> str:
    weight = weight_in(item.use, agency.rounds[-1].id)
    return "" if weight is None else digits(agency, thai.number(weight))


def _counts(unit: Unit, agency: Agency, item: UnitIndicator) -> bool:
    return any(c.id == item.use.component and c.counts for c in walk(components_of(unit, agency)))


def _grid(
    heads: Iterable[Head],
    below: tuple[str, ...],
    rows: Iterable[tuple[Rich, ...] | str],
    centred: Iterable[int] = (),
) -> Grid:
    """A grid whose columns share the page by what they hold."""
    heads, rows, middle = tuple(heads), list(rows), set(centred)
    texts = [[widths.words(cell) for cell in row] for row in rows if not isinstance(row, str)]
    texts.append([text for head in heads for text in ([head.text] if head.deep else below)])
    return Grid(
        heads=heads,
        below=below,
        rows=tuple(
            GridRow(row, ())
            if isinstance(row, str)
            else GridRow(
                "",
                tuple(GridCell(rich.cell(cell), n in middle) for n, cell in enumerate(row)),
            )
            for row in rows
        ),
        widths=widths.share_out(texts, WIDTH, LETTER, [LEAST] * len(texts[-1])),
    )

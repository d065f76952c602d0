"""The framework of a whole agency: its statements, the matrix, and every unit's frame.

The order is that of source 004, chapters 3 and 6 (lines 98–153 and 270–498). Who is
responsible is drawn from the units' own files; the source's column is only compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import thai
from ..model import Agency, Component, StatementTable, Unit, UnitIndicator
from ..model.responsible import responsible
from ..model.tree import components_of, walk, weight_in
from ..model.wording import FrameworkWords
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    UnitInDocument,
    digits,
    fields,
    furniture,
    properties,
    total,
)
from .parts import cells, rich, styles, widths
from .parts.rich import Rich

WIDTH, LEAST, LETTER = 16.0, 0.9, 0.175
"""The text's width, a column's least width, and about that of a letter of the tables, in cm."""

PADDING = 0.35
"""What a column has beside its longest word, in cm: heads are bold."""

MARK = "●"

WEIGHTS = 4
"""So many units' weights stand side by side in a frame; with more of them it has further tables."""


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
class GridHead:
    """A heading with the heads of its columns ``below``; ``deep``: none, it is its column's."""

    text: str
    below: tuple[str, ...] = ()

    @property
    def span(self) -> int:
        """How many columns it stands over."""
        return len(self.below) or 1

    @property
    def deep(self) -> bool:
        """Whether it reaches down over both rows of heads."""
        return not self.below


@dataclass(frozen=True, slots=True)
class FrameworkTable:
    """A table: heads, in two rows where some have heads below, rows, and widths in percent."""

    heads: tuple[GridHead, ...]
    below: bool
    rows: tuple[GridRow, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FrameworkChapter:
    """A heading (may be empty), what comes before the table, the table, what comes after it.

    ``notes`` are set small, right below the table. A chapter that is a unit's ``frame``
    has pages of its own, to be handed to the unit.
    """

    heading: str
    before: Rich
    grid: FrameworkTable
    notes: Rich = ()
    after: Rich = ()
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """The agency's framework."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    chapters: tuple[FrameworkChapter, ...]


def build(subject: DocumentSubject) -> Framework:
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


def _chapters(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields
) -> Iterator[FrameworkChapter]:
    agency = subject.agency
    for statement in agency.statements:
        yield _statement(statement)
    department = next(
        (view for view in subject.units.values() if view.unit.level == "department"), None
    )
    if department is not None:
        if any(item.use.links for item in department.indicators):
            yield _links(agency, words, department.unit, department.indicators)
        yield _department(agency, words, department.unit, department.indicators)
    if agency.matrix:
        yield _matrix(subject, words)
    for frame in agency.frames:
        members = [subject.units[name] for name in frame.units if name in subject.units]
        yield from _frames(subject, words, fill, frame.title, members)


def _statement(statement: StatementTable) -> FrameworkChapter:
    rows = [tuple(rich.cell(rich.parse(cell)) for cell in row) for row in statement.rows]
    return FrameworkChapter(
        "",
        styles.BODY.on(rich.parse(statement.before)),
        _grid(map(GridHead, statement.heads), rows),
        after=styles.BODY.on(rich.parse(statement.after)),
    )


def _links(
    agency: Agency, words: FrameworkWords, unit: Unit, indicators: tuple[UnitIndicator, ...]
) -> FrameworkChapter:
    """Which indicator hangs on which plan: a row a link, a column an indicator."""
    counted = [item for item in indicators if _counts(unit, agency, item)]
    links = list(dict.fromkeys(link for item in counted for link in item.use.links))
    numbers = tuple(digits(agency, str(number)) for number in range(1, len(counted) + 1))
    rows = [
        (rich.parse(link), *(_mark(link in item.use.links) for item in counted)) for link in links
    ]
    heads = [GridHead(words.link), GridHead(words.department_numbers, numbers)]
    return FrameworkChapter(words.links_heading, (), _grid(heads, rows, centred=range(1, 99)))


def _department(
    agency: Agency, words: FrameworkWords, unit: Unit, indicators: tuple[UnitIndicator, ...]
) -> FrameworkChapter:
    """The department's own indicators, numbered through, with their links."""
    linked = any(item.use.links for item in indicators)
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
                    *([_hung(item.use.links)] if linked else []),
                )
            )
    names = (words.number, words.name, words.weight, words.department_links)
    heads = map(GridHead, names if linked else names[:-1])
    return FrameworkChapter(words.department_heading, (), _grid(heads, rows, centred=(0, 2)))


def _hung(links: list[str]) -> Rich:
    """The plans that an indicator hangs on, one below the other."""
    return tuple(rich.Paragraph(block.spans, "-") for link in links for block in rich.parse(link))


def _matrix(subject: DocumentSubject, words: FrameworkWords) -> FrameworkChapter:
    """The cascade matrix: one mark a row, and who is responsible."""
    agency = subject.agency
    marked = _leaves(agency.components)
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
    heads = _frame_heads(words, marked, GridHead(words.responsible))
    return FrameworkChapter(words.matrix_heading, (), _grid(heads, rows, centred=_middle(marked)))


def _frames(
    subject: DocumentSubject,
    words: FrameworkWords,
    fill: Fields,
    title: str,
    members: list[UnitInDocument],
) -> Iterator[FrameworkChapter]:
    """The frame that units share: their weights side by side where these alone differ.

    Units whose indicators or components differ have frames apart, each with their names.
    """
    alike: dict[object, list[UnitInDocument]] = {}
    for view in members:
        alike.setdefault(_frame_of(subject, view), []).append(view)
    tables = [
        found[start : start + WEIGHTS]
        for views in alike.values()
        for found in [_by_weights(subject.agency, views)]
        for start in range(0, len(found), WEIGHTS)
    ]
    for groups in tables:
        yield _frame(subject, words, fill, title, groups, apart=len(tables) > 1)


def _frame_of(subject: DocumentSubject, view: UnitInDocument) -> object:
    """What a frame says of a unit, but its weights; equal for units that can share it."""
    marked = _marked(subject.agency, view)
    weighed = _is_weighed(view)
    rows = (
        (i.use.component, _name(i), i.indicator.origin, None if weighed else i.use.responsible)
        for i in view.indicators
    )
    return weighed, tuple((c.id, c.short or c.name) for c in marked), tuple(rows)


def _by_weights(agency: Agency, views: Iterable[UnitInDocument]) -> list[list[UnitInDocument]]:
    """The units in groups of equal weights."""
    groups: dict[tuple[str, ...], list[UnitInDocument]] = {}
    for view in views:
        groups.setdefault(tuple(_weight(agency, i) for i in view.indicators), []).append(view)
    return list(groups.values())


def _is_weighed(view: UnitInDocument) -> bool:
    return any(item.use.weight for item in view.indicators)


def _frame(
    subject: DocumentSubject,
    words: FrameworkWords,
    fill: Fields,
    title: str,
    groups: list[list[UnitInDocument]],
    *,
    apart: bool,
) -> FrameworkChapter:
    """A frame, a column of weights a group; with who is responsible where it has no weights."""
    agency, views = subject.agency, [view for group in groups for view in group]
    first, indicators = views[0], views[0].indicators
    marked, weighed = _marked(agency, first), _is_weighed(first)
    numbers = _numbers(subject, first)
    rows: list[tuple[Rich, ...] | str] = [
        (
            rich.plain(f"{numbers[item.key]}. {_name(item)}"),
            *_marks(marked, item.use.component),
            rich.plain(item.indicator.origin or ""),
            *(
                [rich.plain(_weight(agency, g[0].indicators[number - 1])) for g in groups]
                if weighed
                else [rich.plain(item.use.responsible or "")]
            ),
        )
        for number, item in enumerate(indicators, start=1)
    ]
    if weighed:
        empty = (rich.plain(""),) * (len(marked) + 1)
        sums = (rich.plain(_total(agency, group[0])) for group in groups)
        rows.append((rich.plain(words.total), *empty, *sums))
    names = tuple("/".join(view.code for view in group) for group in groups)
    last = GridHead(
        words.weight if weighed else words.responsible, names if len(groups) > 1 else ()
    )
    weights = range(len(marked) + 2, len(marked) + 2 + len(groups)) if weighed else ()
    after: list[str] = []
    for view in views:
        notes = [*agency.notes.get(view.unit.level, ()), *view.unit.notes]
        after += (note for note in notes if note not in after)
    if after:
        after[0] = f"{words.note} : {after[0]}"
    after += dict.fromkeys(line for view in views for line in _surveys(subject, words, fill, view))
    return FrameworkChapter(
        title,
        styles.BODY.on(rich.plain(" ".join(view.unit.name or view.code for view in views)))
        if apart
        else (),
        _grid(_frame_heads(words, marked, last), rows, centred={*_middle(marked), *weights}),
        notes=tuple(block for note in after for block in rich.plain(note)),
        frame=True,
    )


def _numbers(subject: DocumentSubject, view: UnitInDocument) -> dict[str, str]:
    """A frame's own numbers, row by row; those of all documents where these go through the unit."""
    agency = subject.agency
    if not cells.is_through(subject):
        return {i.key: digits(agency, str(n)) for n, i in enumerate(view.indicators, start=1)}
    parts = cells.sections(agency, view.unit, view.indicators, through=True)
    return {item.key: number for part in parts for number, item in part.indicators}


def _total(agency: Agency, view: UnitInDocument) -> str:
    """The sum of a unit's weights in the last round."""
    weights = (weight_in(item.use, agency.rounds[-1].id) for item in view.indicators)
    return total(agency, (weight for weight in weights if weight is not None))


def _surveys(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields, view: UnitInDocument
) -> Iterator[str]:
    """Which surveys an indicator's result is counted from, a line an indicator."""
    numbers = _numbers(subject, view)
    for item in view.indicators:
        asked = [use.survey for use in item.use.surveys]
        if asked and words.surveys is not None:
            yield fill.fill(
                words.surveys,
                number=numbers[item.key],
                surveys=" และ ".join(f"{subject.surveys[name]} ({name})" for name in asked),
            )


def _leaves(components: Iterable[Component]) -> list[Component]:
    """The components that can bear a mark: those without components, where they count."""
    return [c for c in walk(components) if not c.components and c.counts]


def _marked(agency: Agency, view: UnitInDocument) -> list[Component]:
    """The components of a unit's own tree that bear a mark, or hold indicators beside others."""
    tree = list(walk(components_of(view.unit, agency)))
    used = {item.use.component for item in view.indicators}
    return [c for c in tree if c.counts and (not c.components or c.id in used)]


def _marks(marked: list[Component], component: str) -> Iterator[Rich]:
    return (_mark(found.id == component) for found in marked)


def _mark(is_set: bool) -> Rich:
    return rich.plain(MARK if is_set else "")


def _middle(marked: list[Component]) -> range:
    return range(1, 1 + len(marked))


def _frame_heads(
    words: FrameworkWords, marked: list[Component], last: GridHead
) -> tuple[GridHead, ...]:
    return (
        GridHead(words.indicator),
        GridHead(words.components, tuple(c.short or c.name for c in marked)),
        GridHead(words.origin),
        last,
    )


def _name(item: UnitIndicator) -> str:
    return item.indicator.names.frame or item.indicator.name


def _weight(agency: Agency, item: UnitIndicator) -> str:
    weight = weight_in(item.use, agency.rounds[-1].id)
    return "" if weight is None else digits(agency, thai.number(weight))


def _counts(unit: Unit, agency: Agency, item: UnitIndicator) -> bool:
    return any(c.id == item.use.component and c.counts for c in walk(components_of(unit, agency)))


def _cell(words: Rich, *, is_centred: bool) -> GridCell:
    style = styles.CENTRED_CELL if is_centred else styles.CELL
    return GridCell(styles.in_cell(rich.cell(words), style), is_centred)


def _grid(
    heads: Iterable[GridHead],
    rows: Iterable[tuple[Rich, ...] | str],
    centred: Iterable[int] = (),
) -> FrameworkTable:
    """A grid whose columns share the page by what they hold."""
    heads, rows, middle = tuple(heads), list(rows), set(centred)
    texts = [[widths.words(cell) for cell in row] for row in rows if not isinstance(row, str)]
    texts.append([text for head in heads for text in head.below or (head.text,)])
    return FrameworkTable(
        heads=heads,
        below=any(head.below for head in heads),
        rows=tuple(
            GridRow(row, ())
            if isinstance(row, str)
            else GridRow(
                "",
                tuple(_cell(cell, is_centred=n in middle) for n, cell in enumerate(row)),
            )
            for row in rows
        ),
        widths=widths.share_out(texts, WIDTH, LETTER, [LEAST] * len(texts[-1]), PADDING),
    )

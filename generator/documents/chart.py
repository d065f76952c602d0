"""The framework on one page: the department's weight tree from left to right, as boxes.

A band is what counts as one thing within a dimension; its indicators stand side by side, each
with its strategy, projects, level table and checklists. What doesn't count stands apart. The
parts are those of source 000; how they are laid out is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from types import MappingProxyType

from ..errors import DataError
from ..messages import Message, message
from ..model import Agency, Component, UnitIndicator
from ..model.papers import PaperSize
from ..model.tree import components_of, indicators_of, walk
from ..model.wording import ChartWords
from ..typesetting.columns import Setting
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    UnitInDocument,
    fields,
    furniture,
    properties,
)
from .identity import LAYOUT
from .parts import rich, widths
from .parts.chart_boxes import BAND, SPINE, ChartBand, ChartCards, ChartHeights, Dimension
from .parts.chart_cards import EDGES, LETTER, CardMaker, ChartCard, least_width, words_of
from .parts.pages import CHARTS
from .parts.rich import Rich

LETTERS: Mapping[PaperSize, tuple[float, float]] = MappingProxyType(
    {"a1": (24, 10), "a2": (18, 10), "a3": (14, 10), "a4": (10, 8)}
)
"""The usual and the least size of letters by paper, in points.

10 are the least that stand anywhere else; 8 are legible on what is held in the hand.
"""

_STEP = 0.5
_FULL = 0.97
"""So much of a page may be filled by what is worked out: Word and the PDF each round lines."""


@dataclass(frozen=True, slots=True)
class WallChart:
    """The framework of an agency's department on one page."""

    properties: Properties
    page: PageFurniture
    paper: PaperSize
    letters: float = field(metadata=LAYOUT)
    """The size of its letters, in points."""
    title: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    notes: tuple[str, ...]


def build(subject: DocumentSubject) -> WallChart:
    """The chart of the department among the subject's units."""
    words = subject.wording.chart
    assert words is not None
    department = next(u for u in subject.units.values() if u.unit.level == "department")
    fill = fields(subject)
    title = tuple(fill.fill(line) for line in words.title)
    maker = CardMaker(subject.agency, words, fill, department)
    notes = tuple(department.unit.notes)
    page = CHARTS[subject.paper]
    for letters in _sizes(subject.paper):
        setting = subject.setting(letters, page.text_width)
        drawing = _Drawing(subject.agency, words, fill, department, maker, setting)
        dimensions = tuple(drawing.dimensions())
        if ChartHeights(setting).page(title, dimensions, notes) <= page.text_height * _FULL:
            break
    else:
        raise DataError(_refusal(subject.paper))
    return WallChart(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        paper=subject.paper,
        letters=letters,
        title=title,
        dimensions=dimensions,
        notes=notes,
    )


def _sizes(paper: PaperSize) -> Iterator[float]:
    """The sizes of letters that are tried on a paper, the usual one first."""
    usual, least = LETTERS[paper]
    for steps in range(round((usual - least) / _STEP) + 1):
        yield usual - steps * _STEP


def _refusal(paper: PaperSize) -> Message:
    """What is said of a chart that its paper doesn't hold; its hint names the next larger one."""
    size = f"{LETTERS[paper][1]:g}"
    larger = list(LETTERS)[: list(LETTERS).index(paper)]
    if not larger:
        return message("chart-too-full-for-all", paper=paper.upper(), size=size)
    return message("chart-too-full", paper=paper.upper(), size=size, larger=larger[-1])


@dataclass(frozen=True, slots=True)
class _Group:
    """Indicators below one or several nodes, before they are given room."""

    path: tuple[Component, ...]
    items: tuple[UnitIndicator, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A band before it is given room."""

    path: tuple[Component, ...]
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Lays out one department's tree."""

    agency: Agency
    words: ChartWords
    fill: Fields
    department: UnitInDocument
    maker: CardMaker
    setting: Setting

    def dimensions(self) -> Iterator[Dimension]:
        """The components that count, from the top, then those that don't."""
        roots = components_of(self.department.unit, self.agency)
        tops = [component for component in roots if component.counts]
        if len(tops) == 1 and not self._own(tops[0]):
            tops = [component for component in tops[0].components if component.counts]
        for tone, top in enumerate(filter(self._holds, tops), start=1):
            yield self._dimension(top, list(self._rows(top)), tone)
        for component in walk(roots):
            if not component.counts and self._holds(component):
                groups = tuple(self._groups(component))
                yield self._dimension(component, [_Row((), groups)], 0)

    def _own(self, component: Component) -> tuple[UnitIndicator, ...]:
        return indicators_of(component, self.department.indicators)

    def _holds(self, component: Component) -> bool:
        return any(self._own(inner) for inner in _inside(component))

    def _parts(self, component: Component) -> list[Component | tuple[UnitIndicator, ...]]:
        """What stands directly below a node, in the order of the unit's indicators."""
        parts: list[Component | tuple[UnitIndicator, ...]] = [
            child for child in component.components if child.counts and self._holds(child)
        ]
        if own := self._own(component):
            parts.append(own)
        return sorted(parts, key=self._position)

    def _position(self, part: Component | tuple[UnitIndicator, ...]) -> int:
        within = (
            {inner.id for inner in _inside(part)}
            if isinstance(part, Component)
            else {item.use.component for item in part}
        )
        found = (n for n, i in enumerate(self.department.indicators) if i.use.component in within)
        return next(found)

    def _rows(self, top: Component) -> Iterator[_Row]:
        parts = self._parts(top)
        if not all(isinstance(part, Component) for part in parts):
            yield _Row((), tuple(self._groups(top)))
            return
        for part in parts:
            assert isinstance(part, Component)
            path, inner = [part], self._parts(part)
            # A node that holds nothing but another one is said once, over all of it.
            while len(inner) == 1 and isinstance(inner[0], Component):
                path.append(inner[0])
                inner = self._parts(inner[0])
            yield _Row(tuple(path), tuple(self._groups(path[-1])))

    def _groups(self, component: Component) -> Iterator[_Group]:
        for part in self._parts(component):
            if not isinstance(part, Component):
                yield _Group((), part)
                continue
            first, *others = self._groups(part)
            yield _Group((part, *first.path), first.items)
            yield from others

    def _dimension(self, top: Component, rows: list[_Row], tone: int) -> Dimension:
        banded = any(row.path for row in rows)
        names = (SPINE, BAND) if banded else (SPINE + BAND,)
        room = 100 - SPINE - BAND
        shares = [self._shares(row, room) for row in rows]
        edges = [list(accumulate((sum(part) for part in parts), initial=0)) for parts in shares]
        # Word's tables have one set of columns: those of all bands together.
        columns = sorted({edge for band in edges for edge in band})
        return Dimension(
            heading=self._heading(top),
            note=self.fill.fill(self.words.apart) if not tone else "",
            tone=tone,
            banded=banded,
            bands=tuple(
                self._band(row, parts, band, columns)
                for row, parts, band in zip(rows, shares, edges, strict=True)
            ),
            widths=(
                *names,
                *(room * (right - left) / 1000 for left, right in pairwise(columns)),
            ),
        )

    def _shares(self, row: _Row, room: float) -> list[list[int]]:
        """Each card's part of the row, in thousandths, group by group."""
        cards = [card for group in row.groups for card in self._cards(group)]
        found = widths.level_out(
            [words_of(card) for card in cards],
            self.setting.room / self.setting.scale * room / 100,
            LETTER,
            [least_width(card) for card in cards],
            [len(card.levels.rows) + 2 if card.levels else 0 for card in cards],
            EDGES,
        )
        parts = iter(round(10 * width) for width in found)
        return [[next(parts) for _ in self._cards(group)] for group in row.groups]

    def _band(
        self, row: _Row, shares: list[list[int]], edges: list[int], columns: list[int]
    ) -> ChartBand:
        return ChartBand(
            name="".join(map(self._heading, row.path[:1])),
            headings=tuple(map(self._heading, row.path[1:])),
            note=_notes(row.path),
            parts=tuple(
                ChartCards(
                    headings=tuple(map(self._heading, group.path)),
                    note=_notes(group.path),
                    cards=tuple(self._cards(group)),
                    widths=tuple(round(100 * part / sum(parts), 3) for part in parts),
                    width=sum(parts) / 10,
                    span=columns.index(right) - columns.index(left),
                )
                for group, parts, (left, right) in zip(
                    row.groups, shares, pairwise(edges), strict=True
                )
            ),
        )

    def _heading(self, component: Component) -> str:
        """A component's name, with its weight where it states one and counts.

        Names often end with the weight already, for the tables of the agreement.
        """
        name = component.short or component.name
        if component.weight is None or not component.counts:
            return name
        weight = self.maker.weight(component.weight)
        return name if name.endswith(weight) else f"{name} {weight}"

    def _cards(self, group: _Group) -> list[ChartCard]:
        return [card for item in group.items for card in self.maker.cards(item)]


def _inside(component: Component) -> Iterator[Component]:
    """A node and all below it that counts for it."""
    yield component
    for child in component.components:
        if child.counts:
            yield from _inside(child)


def _notes(path: Iterable[Component]) -> Rich:
    return tuple(block for component in path for block in rich.parse(component.note))

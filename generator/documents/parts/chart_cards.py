"""The cards of a chart: an indicator with its strategy, projects, levels and checklists."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ... import thai
from ...exact import half_up
from ...model import Agency, Criteria, CriteriaPart, LevelCounts, LevelScale, Project, UnitIndicator
from ...model.round_sets import rounds_of
from ...model.scales import scale_of
from ...model.tree import weight_in, weights_sum
from ...model.wording import ChartWords
from ...scoring.rows import PERCENT
from ..common import Fields, UnitInDocument, digits
from . import cells, rich, styles, widths
from .rich import Paragraph, Rich, TextSpan

LETTER = 0.477
"""About how wide a letter is, in parts of its size."""

FIGURE = 5
"""How many letters of a level's cell stay on one line; words may wrap."""

NARROW = 8.25
"""The least width of a card, in parts of the letters' size."""

LABEL, EDGES = 31.0, 2.3
"""How wide the labels of a level table are, in percent of it, and what is left and right of it, in
parts of the letters' size."""


@dataclass(frozen=True, slots=True)
class ChartLevelRow:
    """A row of a level table: what it says, and a cell for each level."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartLevels:
    """An indicator's levels, with what they count to where that is asked for."""

    head: str
    names: tuple[str, ...]
    rows: tuple[ChartLevelRow, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChartChecklist:
    """A checklist; the heading may be empty."""

    heading: str
    lines: Rich


@dataclass(frozen=True, slots=True)
class ChartCard:
    """An indicator, or more of the one before it: each further checklist has its own card."""

    more: bool
    name: Rich
    strategies: Rich
    projects: Rich
    levels: ChartLevels | None
    checklists: tuple[ChartChecklist, ...]


def counted(level: Decimal, count: LevelCounts) -> Decimal:
    """What a level's percentage of the target comes to, whole, rounded as the count states."""
    exact = Fraction(count.of) * Fraction(level) / 100
    return Decimal(math.floor(exact)) if count.rounding == "floor" else half_up(exact, 0)


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Makes the cards of one department."""

    agency: Agency
    words: ChartWords
    fill: Fields
    department: UnitInDocument

    @property
    def _last(self) -> str:
        """The department's last round."""
        return rounds_of(self.department.unit, self.agency)[-1].id

    def cards(self, item: UnitIndicator) -> Iterator[ChartCard]:
        """The indicator's card; of several checklists each but the first has one of its own."""
        card = self._card(item)
        first, others = card.checklists[:1], card.checklists[1:]
        yield replace(card, checklists=first)
        for checklist in others:
            yield ChartCard(True, (), (), (), None, (checklist,))

    def _card(self, item: UnitIndicator) -> ChartCard:
        use, indicator = item.use, item.indicator
        spans = [TextSpan(f"{use.number} ", bold=True)] if use.number else []
        spans.append(TextSpan(indicator.name))
        if (weight := weight_in(use, self._last)) is not None:
            spans.append(TextSpan(f" {self.weight(weight)}", bold=True))
        return ChartCard(
            more=False,
            name=(Paragraph(tuple(spans)),),
            strategies=tuple(
                block
                for strategy in self.department.unit.strategy
                if item.key in strategy.indicators
                for block in rich.parse(strategy.issue)
            ),
            projects=tuple(map(self._project, indicator.projects)),
            levels=self._levels(item),
            checklists=tuple(
                ChartChecklist(
                    checklist.name or "", styles.CHECKLIST.on(rich.parse(checklist.items))
                )
                for checklist in indicator.checklists
            ),
        )

    def _project(self, project: Project) -> Paragraph:
        spans = [TextSpan(f"{project.code} ", bold=True)] if project.code else []
        spans.append(TextSpan(project.name))
        if project.target is not None:
            figure = self._digits(f"{project.target:,f}")
            target = f"{figure} {project.measure or ''}".strip()
            spans.append(TextSpan(f" {self.fill.fill(self.words.target, target=target)}"))
        return Paragraph(tuple(spans))

    def _levels(self, item: UnitIndicator) -> ChartLevels | None:
        """The level table of the last round; none where no level is agreed yet."""
        criteria = item.indicator.criteria_of(self._last)
        if criteria is None:
            return None
        scale = scale_of(criteria, self.department.unit, self.agency)
        parts: list[Criteria | CriteriaPart] = [criteria.of_part(part) for part in criteria.parts]
        parts = parts or [criteria]
        levels = [level for part in parts for level in part.levels.values()]
        if scale is None or not any(level.state == "defined" for level in levels):
            return None
        measure = item.indicator.measure or ""
        rows = [
            self._level_row(
                cells.part_name(self.agency, criteria, part)
                if isinstance(part, CriteriaPart)
                else measure,
                part,
                scale,
            )
            for part in parts
        ]
        if (count := criteria.count) is not None:
            rows.append(self._counts(criteria, scale, count))
        room = (100 - LABEL) / len(scale.levels)
        return ChartLevels(
            head=self.words.levels,
            names=tuple(self._digits(level.name) for level in scale.levels),
            rows=tuple(rows),
            widths=(LABEL, *(round(room, 3) for _ in scale.levels)),
        )

    def _level_row(
        self, label: str, part: Criteria | CriteriaPart, scale: LevelScale
    ) -> ChartLevelRow:
        found = (part.levels.get(level.id) for level in scale.levels)
        return ChartLevelRow(
            label, tuple((mark.table or mark.text) if mark else "" for mark in found)
        )

    def _counts(self, criteria: Criteria, scale: LevelScale, count: LevelCounts) -> ChartLevelRow:
        marks = (criteria.levels.get(level.id) for level in scale.levels)
        cells = (
            self._digits(f"{counted(mark.value, count):,}")
            if mark and mark.value is not None
            else ""
            for mark in marks
        )
        return ChartLevelRow(self.fill.fill(self.words.count, measure=count.measure), tuple(cells))

    def weight(self, weight: Decimal) -> str:
        """A weight as the chart prints it: in percent, unless weights add up to another number."""
        said = self._digits(thai.weight(weight))
        in_percent = weights_sum(self.department.unit, self.agency) == PERCENT
        return self.fill.fill(self.words.weight, weight=said) if in_percent else f"({said})"

    def _digits(self, text: str) -> str:
        return digits(self.agency, text)


def least_width(card: ChartCard) -> float:
    """The least width of a card, in parts of the letters' size.

    The figures of its level table stay on one line.
    """
    if card.levels is None:
        return NARROW
    longest = max(widths.letters(cell) for row in card.levels.rows for cell in row.cells)
    figures = len(card.levels.names) * (min(longest, FIGURE) + 1) * LETTER
    return max(NARROW, EDGES + figures / (1 - LABEL / 100))


def words_of(card: ChartCard) -> list[str]:
    """The paragraphs above and below a card's level table, for measuring."""
    blocks = [*card.name, *card.strategies, *card.projects]
    blocks += [block for checklist in card.checklists for block in checklist.lines]
    headings = [checklist.heading for checklist in card.checklists if checklist.heading]
    return [*(block.text for block in blocks), *headings]

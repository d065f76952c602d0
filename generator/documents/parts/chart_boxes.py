"""The boxes of a chart, and how tall they get: whether a page holds them before it is laid out.

Heights are in parts of the letters' size, as ``chart.css`` has them; words are measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...typesetting.columns import Setting
from .chart_cards import ChartCard, ChartLevels
from .rich import Rich

SPINE, BAND = 5.5, 9.5
"""How wide the names of dimensions and of bands are, in percent of the page."""

_LINE, _TABLE_LINE = 1.21, 1.2
_TITLE, _TOP, _NAME, _FIGURE, _NOTE = 1.8, 1.3, 1.15, 0.95, 0.9
_GAP, _ABOVE, _SIDES = 0.3, 0.35, 1.0
"""What parts boxes, stands above a paragraph of a card, and lies beside it."""


@dataclass(frozen=True, slots=True)
class ChartCards:
    """Indicators side by side, below the names of the components that hold them.

    ``widths`` are the cards', in percent of these; ``width`` is what these take of the band,
    in percent, and ``span`` how many of the dimension's columns that is.
    """

    headings: tuple[str, ...]
    note: Rich
    cards: tuple[ChartCard, ...]
    widths: tuple[float, ...]
    width: float
    span: int


@dataclass(frozen=True, slots=True)
class ChartBand:
    """A row of the chart: a component's name, and what it holds from left to right.

    ``headings`` stand over all of it: nodes that hold nothing but one another.
    """

    name: str
    headings: tuple[str, ...]
    note: Rich
    parts: tuple[ChartCards, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A component at the top of the tree, with its bands.

    ``banded``: its bands have names. ``tone`` numbers those that count, from 1; it is 0 of what
    stands apart. ``widths``, in percent, are those of its own name, of its bands' names where
    they have any, and of the columns that all its bands fit.
    """

    heading: str
    note: str
    tone: int
    banded: bool
    bands: tuple[ChartBand, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChartHeights:
    """How tall what a chart says gets, set as ``setting`` says."""

    setting: Setting

    def page(
        self, title: Sequence[str], dimensions: Iterable[Dimension], notes: Sequence[str]
    ) -> float:
        """All of it, in cm."""
        room = self.setting.room / self.setting.scale
        found = sum(self._text(line, room, _TITLE, bold=True) for line in title)
        found += sum(_GAP + 0.1 + self._dimension(one, room) for one in dimensions)
        if notes:
            found += _GAP + self._text("  ".join(notes), room, _NOTE)
        return found * self.setting.scale

    def _text(self, text: str, room: float, size: float = 1.0, *, bold: bool = False) -> float:
        measured = self.setting.paragraph(text, bold=bold)
        return measured.lines(max(room, 1) / size) * size * _LINE

    def _rich(self, blocks: Rich, room: float) -> float:
        return sum(self._text(block.text, room) for block in blocks)

    def _dimension(self, dimension: Dimension, room: float) -> float:
        spine = room * dimension.widths[0] / 100 - 2 * _GAP
        own = self._text(dimension.heading, spine, _TOP, bold=True) + 2 * _GAP
        if dimension.note:
            own += 0.2 + self._text(dimension.note, spine, _NOTE)
        bands = [self._band(band, room, banded=dimension.banded) for band in dimension.bands]
        return max(own, sum(bands) + _GAP * (len(bands) - 1))

    def _band(self, band: ChartBand, room: float, *, banded: bool) -> float:
        content = room * (100 - SPINE - BAND) / 100 - _GAP
        over = [self._heading(heading, content) for heading in band.headings]
        if band.note:
            over.append(0.2 + self._rich(band.note, content - _SIDES))
        parts = [self._part(part, content * part.width / 100) for part in band.parts]
        found = sum(over) + max(parts, default=0.0)
        if not banded:
            return found
        names = room * BAND / 100 - 3 * _GAP
        return max(found, self._text(band.name, names, _NAME, bold=True) + 2 * _GAP)

    def _heading(self, heading: str, room: float) -> float:
        return 0.2 + self._text(heading, room - _SIDES, bold=True)

    def _part(self, part: ChartCards, room: float) -> float:
        inner = room - _GAP
        over = [self._heading(heading, inner) for heading in part.headings]
        if part.note:
            over.append(0.2 + self._rich(part.note, inner - _SIDES))
        cards = (
            self._card(card, inner * width / 100 - _SIDES)
            for card, width in zip(part.cards, part.widths, strict=True)
        )
        return sum(over) + max(cards, default=0.0)

    def _card(self, card: ChartCard, room: float) -> float:
        found = 2 * _GAP + self._rich(card.name, room)
        found += sum(0.2 + _ABOVE + self._rich((b,), room - 0.6) for b in card.strategies)
        found += sum(_ABOVE + self._rich((b,), room - 0.6) for b in card.projects)
        if card.levels is not None:
            found += _ABOVE + self._levels(card.levels, room)
        for checklist in card.checklists:
            if checklist.heading:
                found += _ABOVE + self._text(checklist.heading, room, bold=True)
            found += sum(
                self._text(block.text, room - 1 - block.depth) for block in checklist.lines
            )
        return found

    def _levels(self, levels: ChartLevels, room: float) -> float:
        rows = [(levels.head, *levels.names), *((row.label, *row.cells) for row in levels.rows)]
        return sum(
            0.15
            + _FIGURE
            * _TABLE_LINE
            * max(
                self.setting.paragraph(cell).lines(room * width / 100 / _FIGURE - 0.25)
                for cell, width in zip(row, levels.widths, strict=True)
            )
            for row in rows
        )

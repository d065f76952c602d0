"""A table shares its width so that it gets as low as it can, and no word is cut.

Cells are measured in the face and size in which they are set. A table that doesn't fit says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from operator import itemgetter

from .lettering import CENTIMETRES, Lettering, MeasuredText

Cell = Sequence[str]
"""A cell's paragraphs."""

_STEPS = 160
"""Widths are tried in so many parts of a table's."""

_STRIDES = (16, 8, 4, 2, 1)
_ROUNDS = 12
_POWERS, _NOTHING = (0.5, 2, 0), 1e-6
_SLACK = 1.02
"""Kerning and rounding take so much of a piece's length."""


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """What a table says: its rows, and heads over one column (``heads``) or several (``over``).

    ``over`` are the first and the last column of a head and its words. ``least`` is what each
    column gets in any case, in cm, and ``wanted`` what it gets where there is room, since somebody
    writes in it; ``padding`` is what lies beside a cell's words, left and right together. ``sums``
    are rows in bold letters.
    """

    rows: Sequence[Sequence[Cell]]
    heads: Sequence[str] = ()
    over: Sequence[tuple[int, int, str]] = ()
    least: Sequence[float] = ()
    padding: float = 0.2
    wanted: Sequence[float] = ()
    sums: Sequence[Sequence[Cell]] = ()

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(len(self.heads), len(self.least), *map(len, (*self.rows, *self.sums)), 1)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: the face, its size in points, the room across in cm.

    ``loose`` as for ``bound.stretches``.
    """

    lettering: Lettering
    size: float
    room: float
    loose: int = 0

    @property
    def scale(self) -> float:
        """The size, in cm."""
        return self.size * CENTIMETRES

    def paragraph(self, text: str, *, bold: bool = False) -> MeasuredText:
        """A paragraph as it is measured here."""
        return self.lettering.paragraph(text, bold=bold, loose=self.loose)


def fitting(table: MeasuredTable, settings: Iterable[Setting]) -> Setting | None:
    """The first setting in which every word has room in its column; None where there is none."""
    return next((setting for setting in settings if fits(table, setting)), None)


def fits(table: MeasuredTable, setting: Setting) -> bool:
    """Whether every word has room in its column."""
    return sum(_floors(table, setting)) <= setting.room


def share_out(table: MeasuredTable, setting: Setting) -> tuple[float, ...]:
    """The widths of a table's columns in percent, to two decimals; they add up to 100.

    Where the words have no room, columns are as wide as their longest pieces are to each other.
    Where figures may part from their words, they stay together in as many columns as have room.
    """
    floors = _floors(table, setting)
    if sum(floors) >= setting.room:
        return _in_percent(floors)
    floors, settings = _bound_where_room(table, floors, setting)
    floors = _widened(floors, table.wanted, setting.room)
    heads = [
        [own.paragraph(head, bold=True)] if head else []
        for own, head in zip(settings, table.heads, strict=False)
    ]
    rows = [_measured(row, settings) for row in table.rows]
    sums = [_measured(row, settings, bold=True) for row in table.sums]
    return _in_percent(_Search([heads, *rows, *sums], floors, setting, table.padding).best())


def _measured(
    row: Sequence[Cell], settings: Sequence[Setting], *, bold: bool = False
) -> list[list[MeasuredText]]:
    return [
        [own.paragraph(text, bold=bold) for text in cell]
        for own, cell in zip(settings, row, strict=False)
    ]


def _bound_where_room(
    table: MeasuredTable, floors: list[float], setting: Setting
) -> tuple[list[float], list[Setting]]:
    """What columns need and how they are bound: tightly, those first that need least for it."""
    settings = [setting] * len(floors)
    for loose in reversed(range(setting.loose)):
        tighter = replace(setting, loose=loose)
        needed = _floors(table, tighter)
        spare = setting.room - sum(floors)
        for column in sorted(range(len(floors)), key=lambda n: needed[n] - floors[n]):
            more = max(0.0, needed[column] - floors[column])
            if settings[column].loose == loose + 1 and more <= spare:
                floors[column] += more
                settings[column] = tighter
                spare -= more
    return floors, settings


def _floors(table: MeasuredTable, setting: Setting) -> list[float]:
    """What each column needs for its longest piece."""

    def needed(text: str, *, bold: bool = False) -> float:
        longest = setting.paragraph(text, bold=bold).longest
        return longest * setting.scale * _SLACK + table.padding

    floors = [*table.least, *([0.0] * (table.columns - len(table.least)))]
    for column, head in enumerate(table.heads):
        floors[column] = max(floors[column], needed(head, bold=True))
    for row in table.rows:
        for column, cell in enumerate(row):
            floors[column] = max([floors[column], *map(needed, cell)])
    for row in table.sums:
        for column, cell in enumerate(row):
            floors[column] = max([floors[column], *(needed(text, bold=True) for text in cell)])
    for first, last, words in table.over:
        own, wanted = sum(floors[first : last + 1]), needed(words, bold=True)
        if own < wanted:
            more = (wanted - own) / (last + 1 - first)
            floors[first : last + 1] = [floor + more for floor in floors[first : last + 1]]
    return floors


def _widened(floors: list[float], wanted: Sequence[float], room: float) -> list[float]:
    """As much of what is wanted as there is room for, of each column the same share."""
    more = [max(0.0, want - floor) for want, floor in zip(wanted, floors, strict=False)]
    if not any(more):
        return floors
    share = min(1.0, (room - sum(floors)) / sum(more))
    return [f + share * m for f, m in zip_longest(floors, more, fillvalue=0.0)]


class _Search:
    """Gives the spare width, in small steps, to the columns in which rows are tallest."""

    def __init__(
        self,
        rows: list[list[list[MeasuredText]]],
        floors: list[float],
        setting: Setting,
        padding: float,
    ) -> None:
        self._rows, self._floors = rows, floors
        self._scale, self._padding = setting.scale, padding
        self._room = setting.room
        self._step = (setting.room - sum(floors)) / _STEPS
        self._known: list[dict[int, list[int]]] = [{} for _ in floors]

    def best(self) -> list[float]:
        """The widths with which the table is lowest."""
        _, given, heights = min((self._from(start) for start in self._starts()), key=itemgetter(0))
        needed = [
            floor + self._step * self._least(column, given[column], heights[column])
            for column, floor in enumerate(self._floors)
        ]
        whole = sum(needed)
        return [n * self._room / whole for n in needed] if whole else [1.0] * len(needed)

    def _least(self, column: int, steps: int, lines: list[int]) -> int:
        """The fewest steps with which a column has no more lines: what nobody needs all share."""
        low, high = 0, steps
        while low < high:
            middle = (low + high) // 2
            if self._lines(column, middle) == lines:
                high = middle
            else:
                low = middle + 1
        return high

    def _from(self, given: list[int]) -> tuple[float, list[int], list[list[int]]]:
        """How low the table gets when one begins with such widths: its height, widths, lines."""
        heights = [self._lines(column, steps) for column, steps in enumerate(given)]
        lowest = self._height(heights)
        for stride in _STRIDES:
            for _ in range(_ROUNDS):
                better = self._move(given, heights, lowest, stride)
                if better is None:
                    break
                lowest = better
        return lowest, given, heights

    def _starts(self) -> Iterator[list[int]]:
        """By what each column holds beyond its narrowest, several ways.

        Moving width from a column to another ends where no single move makes the table lower.
        """
        wanted = []
        for column, floor in enumerate(self._floors):
            lengths = [
                sum(p.length for p in row[column]) * self._scale
                for row in self._rows
                if column < len(row)
            ]
            beyond = [max(0.0, length - floor + self._padding) for length in lengths]
            wanted.append(sum(beyond) + 1e-9)
        for power in _POWERS if max(wanted) > _NOTHING else _POWERS[-1:]:  # else all get the same
            shares = [one**power for one in wanted]
            whole = sum(shares)
            edges = [round(_STEPS * sum(shares[:n]) / whole) for n in range(len(shares) + 1)]
            yield [right - left for left, right in pairwise(edges)]

    def _move(
        self, given: list[int], heights: list[list[int]], lowest: float, stride: int
    ) -> float | None:
        """The best move of ``stride`` steps from each column that has them; None without one."""
        found = None
        for giver in range(len(given)):
            if given[giver] < stride:
                continue
            less = self._lines(giver, given[giver] - stride)
            best: tuple[float, int, list[int]] | None = None
            for taker in range(len(given)):
                if taker == giver:
                    continue
                more = self._lines(taker, given[taker] + stride)
                if more == heights[taker]:
                    continue
                tried = heights.copy()
                tried[giver], tried[taker] = less, more
                height = self._height(tried)
                if height < lowest - 1e-9 and (best is None or height < best[0]):
                    best = (height, taker, more)
            if best is not None:
                lowest, taker, more = best
                given[giver] -= stride
                given[taker] += stride
                heights[giver], heights[taker] = less, more
                found = lowest
        return found

    def _lines(self, column: int, steps: int) -> list[int]:
        known = self._known[column]
        if steps not in known:
            width = self._floors[column] + steps * self._step - self._padding
            inner = width / self._scale / 1.005
            known[steps] = [
                sum(paragraph.lines(inner) for paragraph in row[column]) if column < len(row) else 0
                for row in self._rows
            ]
        return known[steps]

    @staticmethod
    def _height(heights: list[list[int]]) -> float:
        """All rows' lines; where that is equal, fewer lines in all cells."""
        return sum(map(max, *heights)) + sum(map(sum, heights)) / 1000 if len(heights) > 1 else 0.0


def _in_percent(widths: Sequence[float]) -> tuple[float, ...]:
    total = sum(widths)
    edges = [round(10_000 * sum(widths[:n]) / total) for n in range(len(widths) + 1)]
    return tuple((right - left) / 100 for left, right in pairwise(edges))

"""The tables of a framework: heads in two rows, sections, and marks below components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ... import thai
from ...model import Agency, Component, Unit, UnitIndicator
from ...model.round_sets import rounds_of
from ...model.tree import weight_in
from ...model.wording import FrameworkWords
from ...typesetting.columns import Setting
from ..common import digits
from ..identity import LAYOUT
from . import rich, styles, widths
from .rich import Rich

SIZE, LEAST, TWO_LINES, PADDING = 12.0, 0.9, 1.22, 0.34
"""The size of the letters, in points; what a column gets at the least, what one with two upright
lines, and what lies beside a cell's words, in cm.
"""

TURNED_LINES, AROUND_TURNED = 2, 0.4
"""So many lines may a head take that is turned, or stands over such; what lies above and below its
words, in cm.
"""

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
class GridHead:
    """A heading with the heads of its columns ``below``; ``deep``: none, it is its column's.

    ``turned`` is how high those are that stand upright over narrow columns, in cm; else 0.
    """

    text: str
    below: tuple[str, ...] = ()
    turned: float = field(default=0.0, metadata=LAYOUT)

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

    ``units`` names the units of a frame where the heading doesn't.
    ``notes`` are set small, right below the table.
    """

    heading: str
    before: Rich
    grid: FrameworkTable
    notes: Rich = ()
    after: Rich = ()
    units: str = ""


def grid(
    setting: Setting,
    heads: Iterable[GridHead],
    rows: Iterable[tuple[Rich, ...] | str],
    centred: Iterable[int] = (),
) -> FrameworkTable:
    """A grid whose columns share the page by what they hold."""
    rows, middle = list(rows), set(centred)
    heads = tuple(_turned(setting, heads, [row for row in rows if not isinstance(row, str)]))
    over, at = [], 0
    for head in heads:
        if head.below:
            over.append((at, at + len(head.below) - 1, head.text))
        at += max(len(head.below), 1)
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
        widths=widths.share_out(
            [row for row in rows if not isinstance(row, str)],
            setting,
            heads=[
                "" if head.turned else text for head in heads for text in head.below or (head.text,)
            ],
            over=over,
            least=[least for head in heads for least in [_least(setting, head)] * head.span],
            padding=PADDING,
        ),
    )


def _turned(
    setting: Setting, heads: Iterable[GridHead], rows: Sequence[tuple[Rich, ...]]
) -> Iterator[GridHead]:
    """The heads; those over columns of nothing but marks stand upright where they are long.

    All of a row or none: what is turned is drawn after all that isn't, out of the order of reading.
    """
    heads, at, heights = tuple(heads), 0, list[float]()
    for head in heads:
        columns = range(at, at + head.span)
        at += head.span
        are_marks = all(widths.words(row[n]) in ("", MARK) for row in rows for n in columns)
        words = [setting.paragraph(text, bold=True) for text in head.below]
        longest = max((text.narrowest(TURNED_LINES) for text in words), default=0.0) * setting.scale
        heights.append(longest + AROUND_TURNED if are_marks and longest > LEAST else 0.0)
    upright = all(height for head, height in zip(heads, heights, strict=True) if head.below)
    for head, height in zip(heads, heights, strict=True):
        yield replace(head, turned=round(height, 2) if upright else 0.0)


def _least(setting: Setting, head: GridHead) -> float:
    """What a head's columns get at the least: what is turned has the head over it in two lines."""
    if not head.turned:
        return LEAST
    over = setting.paragraph(head.text, bold=True).narrowest(TURNED_LINES) * setting.scale
    high = (head.turned - AROUND_TURNED) / setting.scale
    is_one = all(setting.paragraph(text, bold=True).length <= high for text in head.below)
    return max(LEAST if is_one else TWO_LINES, (1.03 * over + PADDING) / head.span)


def _cell(words: Rich, *, is_centred: bool) -> GridCell:
    style = styles.CENTRED_CELL if is_centred else styles.CELL
    return GridCell(styles.in_cell(rich.cell(words), style), is_centred)


def mark(*, is_set: bool) -> Rich:
    """A mark, or an empty cell."""
    return rich.plain(MARK if is_set else "")


def marks(marked: list[Component], component: str) -> Iterator[Rich]:
    """A cell for each component; the mark stands in that of one."""
    return (mark(is_set=found.id == component) for found in marked)


def mark_columns(marked: list[Component]) -> range:
    """The columns of the marks, which are centred."""
    return range(1, 1 + len(marked))


def marked_heads(
    words: FrameworkWords, marked: list[Component], last: GridHead
) -> tuple[GridHead, ...]:
    """The heads of a table with marks: indicator, components, origin, and the last ones."""
    return (
        GridHead(words.indicator),
        GridHead(words.components, tuple(c.short or c.name for c in marked)),
        GridHead(words.origin),
        last,
    )


def frame_name(item: UnitIndicator) -> str:
    """What frames call an indicator."""
    return item.indicator.names.frame or item.indicator.name


def last_weight(agency: Agency, unit: Unit, item: UnitIndicator) -> str:
    """What an indicator weighs in the last round; nothing where that is open."""
    weight = weight_in(item.use, rounds_of(unit, agency)[-1].id)
    return "" if weight is None else digits(agency, thai.weight(weight))

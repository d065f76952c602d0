"""Widths of a table's columns, shared out so that its rows stay short.

Both formats take the same widths, so a table looks the same in Word and in the PDF.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from ...typesetting import bound, columns
from ...typesetting.columns import Setting
from .pages import ACROSS, UPRIGHT
from .rich import Rich

PORTRAIT, LANDSCAPE = UPRIGHT.text_width, ACROSS.text_width
"""How wide the text of an A4 page is upright and across, in cm."""

MARGINS = 2.0
"""So much of a page's margins may a table across take that has no room, left and right together."""

SMALL = 10.0
"""The least size of letters, in points."""

PADDING = 0.19
"""What lies beside the words of a cell, left and right together, with its rules, in cm."""

TURNED_COLUMN, AROUND_TURNED, LONGEST_TURNED = 0.62, 0.4, 4.0
"""What a column gets at the least whose head stands upright; what lies above and below such words;
how high such heads may be; in cm.
"""

Row = Sequence[Rich | str]
"""The cells of a row."""

_RUN = re.compile(r"[\u0e00-\u0e7f]+|[^\s\u0e00-\u0e7f]+")
_LONGEST_THAI_WORD = 8
_STEPS = 80


def letters(text: str) -> int:
    """How many letters a text shows side by side (vowels and tones above take no room)."""
    return sum(unicodedata.category(character) != "Mn" for character in text)


def words(rich: Rich) -> str:
    """The words of a cell, for measuring."""
    return " ".join(block.text for block in rich)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits its page: its columns' widths in percent; where it is set smaller, its size.

    The widths of a table that takes some of the page's margins add up to more than 100.
    ``small`` is the size of its letters in points, 0 where it is the usual one.
    """

    widths: tuple[float, ...]
    small: float


def share_out(
    rows: Iterable[Row],
    setting: Setting,
    *,
    heads: Sequence[str] = (),
    over: Sequence[tuple[int, int, str]] = (),
    least: Sequence[float] = (),
    padding: float = PADDING,
) -> tuple[float, ...]:
    """Column widths in percent; see ``typesetting.columns.share_out``.

    Where words have no room, figures may part from them.
    """
    return shared(measured(rows, heads, over, least, padding), setting)


def shared(table: columns.MeasuredTable, setting: Setting) -> tuple[float, ...]:
    """The same of a table that is measured."""
    return _fit(table, setting, _loosened([setting])).widths


def halves(count: int) -> tuple[slice, slice]:
    """The two halves of so many columns; the first has one more where they are odd."""
    half = (count + 1) // 2
    return slice(half), slice(half, count)


def in_margins(table: columns.MeasuredTable, setting: Setting) -> tuple[float, ...]:
    """The same of a table across that is never set smaller.

    Where it has no room though figures part from their words, it takes some of the margins.
    """
    wider = enlarged(setting)[1:2]
    return _fit(table, setting, [*_loosened([setting]), *_loosened(wider)]).widths


def has_room(table: columns.MeasuredTable, setting: Setting, *, upright: bool = False) -> bool:
    """Whether a table across, or one of a sheet, can be set so that no word of it is cut.

    Columns that somebody writes in also need what they get in any case.
    """
    tried = _upright(setting) if upright else _loosened(enlarged(setting))
    least = table.least if table.wanted else ()
    return columns.fitting(replace(table, least=least), tried) is not None


def fitted(table: columns.MeasuredTable, setting: Setting) -> Fit:
    """How a table across fits its page.

    One that has no room takes some of the margins, then smaller letters; then figures may part
    from their words.
    """
    return _fit(table, setting, _loosened(enlarged(setting)))


def whole_figures(table: columns.MeasuredTable, setting: Setting) -> Fit | None:
    """How a table fits its page, taking of its margins, then smaller letters.

    None where it can't without parting figures from their words.
    """
    tried = enlarged(setting)
    return None if columns.fitting(table, tried) is None else _fit(table, setting, tried)


def turned_height(heads: Iterable[str], setting: Setting) -> float:
    """How high a row of heads is whose words stand upright, in cm; 0 where they are too long."""
    longest = max((setting.paragraph(one, bold=True).length for one in heads), default=0.0)
    height = longest * setting.scale + AROUND_TURNED
    return round(height, 2) if height <= LONGEST_TURNED else 0.0


def fitted_beside(table: columns.MeasuredTable, setting: Setting) -> Fit:
    """How a table fits that stands among others as wide as the text.

    It takes smaller letters before it takes of the margins.
    """
    small = replace(setting, size=SMALL)
    wider = replace(small, room=setting.room + MARGINS)
    return _fit(table, setting, _loosened([setting, small, wider]))


def fitted_upright(table: columns.MeasuredTable, setting: Setting) -> Fit:
    """How a table of a sheet fits: as large as it can be without taking figures from their words.

    One that has no room even in the least size lets them part, and is as large as can be then.
    """
    return _fit(table, setting, _upright(setting))


def _fit(table: columns.MeasuredTable, setting: Setting, tried: list[Setting]) -> Fit:
    """The first way in which words have room; where none has, no column gets more than it needs."""
    cells = (text for row in (*table.rows, *table.sums) for cell in row for text in cell)
    said = "\n".join((*cells, *table.heads, *(words for _, _, words in table.over)))
    named = setting.lettering.named.within(said).sorted()
    ways = [(one.size, one.room, one.loose) for one in (setting, *tried)]
    key = hashlib.sha256(repr((table, named, ways)).encode()).digest()
    found: Fit = setting.lettering.kept(key, lambda: _fit_anew(table, setting, tried))
    return found


def _fit_anew(table: columns.MeasuredTable, setting: Setting, tried: list[Setting]) -> Fit:
    bare = replace(table, least=())
    found = columns.fitting(table, tried)
    if found is None:
        table, found = bare, columns.fitting(bare, tried) or tried[-1]
    share = found.room / setting.room
    widths = tuple(round(width * share, 2) for width in columns.share_out(table, found))
    return Fit(widths, found.size if found.size < setting.size else 0.0)


def enlarged(setting: Setting) -> list[Setting]:
    """How a table across may be set, the usual way first."""
    wider = replace(setting, room=setting.room + MARGINS)
    return [setting, wider, replace(wider, size=SMALL)]


def _upright(setting: Setting) -> list[Setting]:
    """How a table of a sheet may be set: a little smaller before it takes of the margins."""
    wider = setting.room + MARGINS
    sizes = range(int(setting.size) - 1, int(SMALL) - 1, -1)
    smaller = [replace(setting, size=float(size), room=wider) for size in sizes]
    return _loosened([setting, replace(setting, size=setting.size - 1), *smaller])


def _loosened(settings: Sequence[Setting]) -> list[Setting]:
    return [replace(one, loose=loose) for loose in range(bound.LOOSEST + 1) for one in settings]


def measured(
    rows: Iterable[Row],
    heads: Sequence[str] = (),
    over: Sequence[tuple[int, int, str]] = (),
    least: Sequence[float] = (),
    padding: float = PADDING,
    wanted: Sequence[float] = (),
) -> columns.MeasuredTable:
    """A table's words as they are measured."""
    return columns.MeasuredTable(
        [[_texts(cell) for cell in row] for row in rows], heads, over, least, padding, wanted
    )


def _texts(cell: Rich | str) -> tuple[str, ...]:
    if isinstance(cell, str):
        return (cell,) if cell else ()
    return tuple(block.text for block in cell if block.text)


def level_out(
    boxes: Sequence[Sequence[str]],
    total: float,
    letter: float,
    least: Sequence[float],
    more: Sequence[int],
    padding: float = 0.9,
) -> tuple[float, ...]:
    """Widths of boxes side by side, in percent, such that the tallest is as low as can be.

    ``boxes`` are the paragraphs of each; ``more`` is how many lines a box has beside them,
    however wide it is. The rest as for ``share_out``.
    """
    floors = [
        max(low, padding + letter * max(map(_longest_word, box), default=1))
        for box, low in zip(boxes, least, strict=True)
    ]
    lengths = [[letters(text) * letter for text in box] for box in boxes]
    steps = [1.05**n for n in range(_STEPS)]

    def lines(number: int, width: float) -> int:
        room = width - padding
        return more[number] + sum(ceil(length / room) for length in lengths[number])

    def needed(height: int) -> list[float]:
        """The least width of each box in which it is no taller than ``height`` lines."""
        return [
            next((floor * s for s in steps if lines(n, floor * s) <= height), 2 * total)
            for n, floor in enumerate(floors)
        ]

    low, high = 0, max((lines(n, floor) for n, floor in enumerate(floors)), default=0)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if sum(needed(middle)) <= total else (middle, high)
    found = needed(high)
    return _in_percent([width + (total - sum(found)) * width / sum(found) for width in found])


def _longest_word(text: str) -> int:
    longest = 1
    for run in _RUN.findall(text):
        thai = "\u0e00" <= run[0] <= "\u0e7f"
        longest = max(longest, min(letters(run), _LONGEST_THAI_WORD) if thai else letters(run))
    return longest


def _in_percent(widths: list[float]) -> tuple[float, ...]:
    total = sum(widths)
    edges = [round(1000 * sum(widths[:n]) / total) for n in range(len(widths) + 1)]
    return tuple((right - left) / 10 for left, right in pairwise(edges))

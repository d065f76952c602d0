"""Widths of a table's columns, shared out so that its rows stay short.

Both formats take the same widths, so a table looks the same in Word and in the PDF.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from .pages import ACROSS, CHART_A3, UPRIGHT
from .rich import Rich

PORTRAIT, LANDSCAPE, WALL = (page.text_width for page in (UPRIGHT, ACROSS, CHART_A3))
"""How wide the text of an A4 page is upright and across, and of an A3 page across, in cm."""

_RUN = re.compile(r"[\u0e00-\u0e7f]+|[^\s\u0e00-\u0e7f]+")
_LONGEST_THAI_WORD = 8
_ROUNDS = 40
_STEPS = 80


def letters(text: str) -> int:
    """How many letters a text shows side by side (vowels and tones above take no room)."""
    return sum(unicodedata.category(character) != "Mn" for character in text)


def words(rich: Rich) -> str:
    """The words of a cell, for measuring."""
    return " ".join(block.text for block in rich)


def share_out(
    rows: Sequence[Sequence[str]],
    total: float,
    letter: float,
    least: Sequence[float],
    padding: float = 0.15,
) -> tuple[float, ...]:
    """Column widths in percent of ``total``, to one decimal; they add up to 100.

    ``rows`` are the cells' texts, ``letter`` a letter's width and ``least`` what each
    column gets at the least, in the unit of ``total``. No column gets narrower than its
    longest word. What is left is given to the columns whose text makes rows tall, found
    by weighing each cell by how close it comes to its row's height.
    """
    lengths = [[letters(text) * letter for text in row] for row in rows]
    floors = _floors(rows, letter, least, padding)
    spare = total - sum(floors)
    return _in_percent(_balance(lengths, floors, spare) if spare > 0 else floors)


def fits(
    rows: Sequence[Sequence[str]],
    total: float,
    letter: float,
    least: Sequence[float],
    padding: float = 0.15,
) -> bool:
    """Whether there is room for the longest word of every column."""
    return sum(_floors(rows, letter, least, padding)) <= total


def _floors(
    rows: Sequence[Sequence[str]], letter: float, least: Sequence[float], padding: float
) -> list[float]:
    return [
        max(least[j], padding + letter * max((_longest_word(row[j]) for row in rows), default=1))
        for j in range(len(least))
    ]


def _balance(lengths: list[list[float]], floors: list[float], spare: float) -> list[float]:
    widths = [floor + spare / len(floors) for floor in floors]
    for _ in range(_ROUNDS):
        wanted = [1e-6] * len(floors)
        for row in lengths:
            heights = [length / width for length, width in zip(row, widths, strict=True)]
            tallest = max(heights) or 1.0
            for j, height in enumerate(heights):
                wanted[j] += row[j] * (height / tallest) ** 4
        roots = [value**0.5 for value in wanted]
        widths = [f + spare * r / sum(roots) for f, r in zip(floors, roots, strict=True)]
    return widths


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

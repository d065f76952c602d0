"""Widths of a table's columns, shared out so that its rows stay short.

Both formats take the same widths, so a table looks the same in Word and in the PDF.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from .rich import Rich

_RUN = re.compile(r"[\u0e00-\u0e7f]+|[^\s\u0e00-\u0e7f]+")
_LONGEST_THAI_WORD = 8
_ROUNDS = 40


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
    floors = [
        max(least[j], padding + letter * max((_longest_word(row[j]) for row in rows), default=1))
        for j in range(len(least))
    ]
    spare = total - sum(floors)
    return _in_percent(_balance(lengths, floors, spare) if spare > 0 else floors)


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

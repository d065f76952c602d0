"""What a laid-out page says where: each run of text on a line, with the paragraph it belongs to.

Heads and feet are left out. Places are the layout's own, measured before a line is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from .places import Rectangle

_MM = 25.4 / 96
"""Millimetres to a CSS pixel."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text on a line. ``page`` counts from 0.

    ``block`` is the paragraph that the run is part of, ``row`` the row of a table (0 for none):
    numbers that mean nothing but that runs belong together.
    """

    page: int
    rectangle: Rectangle
    text: str
    block: int
    row: int


def text_runs(pages: Sequence[Any]) -> tuple[TextRun, ...]:
    """All that laid-out pages say, in their order."""
    numbers: dict[int, int] = {0: 0}
    return tuple(
        TextRun(index, _place(box), box.text, _number(numbers, block), _number(numbers, row))
        for index, page in enumerate(pages)
        for box, block, row in _texts(page._page_box, 0, 0)
        if box.text.strip()
    )


def _texts(box: Any, block: int, row: int) -> Iterator[tuple[Any, int, int]]:
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.MarginBox):
        return
    if isinstance(box, boxes.TextBox):
        yield box, block, row
        return
    if box.element is not None:
        if isinstance(box, boxes.BlockContainerBox):
            block = id(box.element)
        if isinstance(box, boxes.TableRowBox):
            row = id(box.element)
    for child in getattr(box, "children", ()):
        yield from _texts(child, block, row)


def _number(numbers: dict[int, int], key: int) -> int:
    return numbers.setdefault(key, len(numbers))


def _place(box: Any) -> Rectangle:
    edges = (box.position_x, box.position_y, box.width, box.height)
    return Rectangle(*(round(edge * _MM, 2) for edge in edges))

"""Ink in a question that no mark explains: words underlined, an arrow, a tick before its box.

What a box says is judged by its own ink and what lies close to it. People also write on an option's
words, before its box, or between boxes; such ink has a meaning that only a person can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .ink import HALF, Inked
from .judging import BoxVerdict
from .prints import PX, Placed, PrintedPage
from .surroundings import words_beside

_BEFORE = 6.0
"""How far before its box a question's room begins, in millimetres; what is there is its own."""
_AFTER = 6.0
"""How far after its last box, or its words, it ends."""
_ABOVE, _BELOW = 1.0, 1.5
_BETWEEN = 6.0
"""Rows of a question that are no farther apart have the room between them, too."""
_LEAST = 0.6
"""Ink of fewer square millimetres is dirt."""
_LONG = 1.2
"""What is nowhere longer, in millimetres, is dirt, too."""
_REACH = 1.0
"""How far a mark may reach out of its box, in widths of the box."""
_AS_DARK = 0.5
"""What has less of the pen's darkness is what an eraser left."""
_BLANK = 3.5
"""How far above and below a line to write on writing may reach, in millimetres."""

Room = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels of what ``ink`` works out."""


@dataclass(frozen=True, slots=True)
class _Rooms:
    """Where a page's questions are, and where words are written."""

    questions: tuple[tuple[str, tuple[Room, ...]], ...]
    blanks: tuple[Room, ...]


def found(inked: Inked, printed: PrintedPage, verdicts: Sequence[BoxVerdict]) -> frozenset[str]:
    """The questions of a page in which there is ink that is part of no mark."""
    stats = inked.stats
    longest = np.maximum(stats[:, 2], stats[:, 3])
    large = (stats[:, 4] >= _LEAST * HALF**2) & (longest >= _LONG * HALF)
    large[0] = False
    if not large.any():
        return frozenset()
    rooms = _rooms(printed)
    large &= ~_explained(stats, printed, verdicts)
    for room in rooms.blanks:
        counts = _counts(inked, room)
        large &= counts < 0.5 * stats[:, 4]
    if not large.any():
        return frozenset()
    return frozenset(
        item
        for item, several in rooms.questions
        if any(_is_ink(inked, one) for one in _inside(inked, several, large))
    )


def _inside(inked: Inked, rooms: Sequence[Room], large: NDArray[np.bool_]) -> Iterator[int]:
    """The strokes that lie in a question's room for the most part."""
    counts = sum((_counts(inked, room) for room in rooms), np.zeros(len(large), np.int64))
    yield from map(int, np.flatnonzero(large & (counts >= 0.5 * inked.stats[:, 4])))


def _is_ink(inked: Inked, stroke: int) -> bool:
    left, top, width, height = (int(value) for value in inked.stats[stroke, :4])
    there = slice(top, top + height), slice(left, left + width)
    dark = inked.dark[there][inked.labels[there] == stroke]
    return float(np.percentile(dark, 75)) >= _AS_DARK * inked.pen


def _counts(inked: Inked, room: Room) -> NDArray[np.int64]:
    x0, y0, x1, y1 = room
    part = inked.labels[y0:y1, x0:x1]
    return np.asarray(np.bincount(part.ravel(), minlength=len(inked.stats)), np.int64)


def _explained(
    stats: NDArray[np.int32], printed: PrintedPage, verdicts: Sequence[BoxVerdict]
) -> NDArray[np.bool_]:
    """Which strokes lie within reach of a mark, and no nearer to another box."""
    within = np.zeros(len(stats), bool)
    left, top = stats[:, 0], stats[:, 1]
    right, bottom = left + stats[:, 2], top + stats[:, 3]
    middle = (left + right) / 2, (top + bottom) / 2
    edges = np.array(
        [(one.left, one.top, one.left + one.width, one.top + one.height) for one in printed.boxes]
    )
    nearest = np.full(len(stats), np.inf)
    for edge in edges / 2:
        nearest = np.minimum(nearest, _away(middle, edge))
    for box, verdict in zip(printed.boxes, verdicts, strict=True):
        if verdict.state not in ("marked", "filled") and verdict.why != "little":
            continue
        end = box.left + box.width
        if verdict.why == "words":
            words = words_beside(printed, box)
            end = words[1] if words is not None else end
        far, foot = _REACH * box.width, box.top + box.height
        within |= (
            (left >= (box.left - far) / 2)
            & (top >= (box.top - far) / 2)
            & (right <= (end + far) / 2)
            & (bottom <= (foot + far) / 2)
            & (_away(middle, np.array((box.left, box.top, end, foot)) / 2) <= nearest)
        )
    return within


def _away(
    at: tuple[NDArray[np.float64], NDArray[np.float64]], edges: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far points are from a rectangle (left, top, right, bottom); 0 inside."""
    across = np.maximum(np.maximum(edges[0] - at[0], at[0] - edges[2]), 0)
    down = np.maximum(np.maximum(edges[1] - at[1], at[1] - edges[3]), 0)
    return np.asarray(np.hypot(across, down), np.float64)


@lru_cache(maxsize=256)
def _rooms(printed: PrintedPage) -> _Rooms:
    boxes: dict[str, list[Placed]] = defaultdict(list)
    for box in printed.boxes:
        boxes[box.place.item].append(box)
    return _Rooms(
        tuple((item, tuple(_of(printed, several))) for item, several in boxes.items()),
        tuple(
            _room(one.left, one.top - _BLANK * PX, one.left + one.width, _foot(one))
            for one in printed.blanks
        ),
    )


def _foot(blank: Placed) -> float:
    return blank.top + blank.height + _BLANK * PX


def _of(printed: PrintedPage, boxes: Sequence[Placed]) -> Iterator[Room]:
    """A question's room, row by row of its boxes."""
    rows: dict[int, list[Placed]] = defaultdict(list)
    for box in sorted(boxes, key=lambda one: one.top):
        at = next((top for top in rows if abs(top - box.top) < PX), round(box.top))
        rows[at].append(box)
    bottom_before = None
    for row in rows.values():
        top, bottom = min(one.top for one in row), max(one.top + one.height for one in row)
        left, right = min(one.left for one in row), max(one.left + one.width for one in row)
        others = [
            one for one in printed.boxes if abs(one.top - top) < one.height and one not in row
        ]
        start = max([left - _BEFORE * PX, *(o.left + o.width for o in others if o.left < left)])
        last = max(row, key=lambda one: one.left)
        words = words_beside(printed, last)
        end = max(right, words[1] if words is not None else right) + _AFTER * PX
        end = min([end, *(o.left for o in others if o.left > right)])
        above, below = _gaps(printed, top, bottom)
        first = top - above
        if bottom_before is not None and top - bottom_before < _BETWEEN * PX:
            first = bottom_before
        yield _room(start, first, end, bottom + below)
        bottom_before = bottom + below


def _gaps(printed: PrintedPage, top: float, bottom: float) -> tuple[float, float]:
    """How far a row's room goes up and down: to halfway to the next row, at most."""
    up = [top - one.top - one.height for one in printed.boxes if one.top + one.height <= top]
    down = [one.top - bottom for one in printed.boxes if one.top >= bottom]
    return (
        min([_ABOVE * PX, *(gap / 2 for gap in up)]),
        min([_BELOW * PX, *(gap / 2 for gap in down)]),
    )


def _room(left: float, top: float, right: float, bottom: float) -> Room:
    return max(0, round(left / 2)), max(0, round(top / 2)), round(right / 2), round(bottom / 2)

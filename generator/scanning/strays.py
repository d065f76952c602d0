"""Ink in a question that no mark explains: words underlined, an arrow, a tick before its box.

What a box says is judged by its own ink and what lies close to it. People also write on an option's
words, before its box, or between boxes; such ink has a meaning that only a person can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from .ink import HALF, Inked, inner
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
_SPECK = 0.4
"""Ink of fewer square millimetres is dirt."""
_LEAST, _LONG = 1.0, 1.8
"""A stroke of so many square millimetres, that is so many long, is something."""
_TOGETHER = 2.0
"""So many square millimetres of smaller ones are, too."""
_TALL = 10.0
"""What is higher, in millimetres, is a line that slipped or dirt on a scanner's glass."""
_REACH = 1.0
"""How far a mark may reach out of its box, in widths of the box."""
_CUT = 7
"""How many pixels print takes out of a stroke that crosses a line of it."""
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
    some = inked.stats[:, 4] >= _SPECK * HALF**2
    some[0] = False
    if not some.any():
        return frozenset()
    rooms = _rooms(printed)
    wholes = _wholes(inked)
    some &= wholes.high < _TALL * HALF
    some &= ~_explained(inked, printed, verdicts, wholes)
    for room in rooms.blanks:
        some &= _counts(inked, room) < 0.5 * inked.stats[:, 4]
    if not some.any():
        return frozenset()
    return frozenset(
        item for item, several in rooms.questions if _is_stray(inked, wholes, several, some)
    )


def _is_stray(
    inked: Inked, wholes: _Wholes, rooms: Sequence[Room], some: NDArray[np.bool_]
) -> bool:
    """Whether strokes that lie in a question's room, with all that they go on as, are enough."""
    counts = sum((_counts(inked, room) for room in rooms), np.zeros(len(some), np.int64))
    here = some & (counts >= 0.5 * inked.stats[:, 4])
    x, y = wholes.middle
    here &= np.any([(x >= a) & (y >= b) & (x <= c) & (y <= d) for a, b, c, d in rooms], axis=0)
    strokes = [one for one in map(int, np.flatnonzero(here)) if _is_ink(inked, one)]
    sizes = [int(inked.stats[one, 4]) for one in strokes]
    longest = [int(max(inked.stats[one, 2], inked.stats[one, 3])) for one in strokes]
    return sum(sizes) >= _TOGETHER * HALF**2 or any(
        size >= _LEAST * HALF**2 and long >= _LONG * HALF
        for size, long in zip(sizes, longest, strict=True)
    )


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
    inked: Inked, printed: PrintedPage, verdicts: Sequence[BoxVerdict], wholes: _Wholes
) -> NDArray[np.bool_]:
    """Which strokes are part of a mark: within its reach, and going on from it or nearest to it."""
    stats = inked.stats
    within = np.zeros(len(stats), bool)
    left, top = stats[:, 0], stats[:, 1]
    right, bottom = left + stats[:, 2], top + stats[:, 3]
    middle = (left + right) / 2, (top + bottom) / 2
    nearest = np.full(len(stats), np.inf)
    for box in printed.boxes:
        nearest = np.minimum(nearest, _away(middle, _edges(box, box.left + box.width)))
    for box, verdict in zip(printed.boxes, verdicts, strict=True):
        if verdict.state not in ("marked", "filled") and verdict.why != "little":
            continue
        end, far = box.left + box.width, _REACH * box.width / 2
        if verdict.why == "words":
            words = words_beside(printed, box)
            end = words[1] if words is not None else end
        edges = _edges(box, end)
        reached = (
            (left >= edges[0] - far)
            & (top >= edges[1] - far)
            & (right <= edges[2] + far)
            & (bottom <= edges[3] + far)
        )
        if verdict.why not in ("circle", "words"):
            x0, y0, x1, y1 = inner(box)
            goes_on = np.isin(wholes.number, wholes.number[_strokes(inked, (x0, y0, x1, y1))])
            reached &= goes_on | (_away(middle, edges) <= nearest)
        within |= reached
    return within


def _strokes(inked: Inked, room: Room) -> NDArray[np.int64]:
    """The strokes of which anything is in a room."""
    return np.flatnonzero(_counts(inked, room)[1:]) + 1


@dataclass(frozen=True, slots=True)
class _Wholes:
    """Of each stroke the whole that it is a piece of: its number, its middle, how high it is."""

    number: NDArray[np.int32]
    middle: tuple[NDArray[np.float64], NDArray[np.float64]]
    high: NDArray[np.int32]


def _wholes(inked: Inked) -> _Wholes:
    """Strokes put together again that print cuts into pieces."""
    mask = (inked.labels > 0).astype(np.uint8)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((_CUT, _CUT), np.uint8))
    _, joined, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    number = np.zeros(len(inked.stats), np.int32)
    # A stroke lies in one whole; any of its points tells which.
    number[inked.labels.ravel()] = joined.ravel()
    number[0] = 0
    left, top, wide, high = (stats[number, index] for index in range(4))
    return _Wholes(number, (left + wide / 2, top + high / 2), high)


def _edges(box: Placed, end: float) -> NDArray[np.float64]:
    return np.array((box.left, box.top, end, box.top + box.height)) / 2


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

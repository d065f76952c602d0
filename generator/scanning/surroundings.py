"""What lies round the boxes of a printed page: the places where a circle would pass.

Worked out once a page. A circle goes round the box, or round the words to its right; where print
stands it can't be seen, and that part of its way counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .ink import HALF, outer
from .prints import PX, Placed, PrintedPage

_SECTORS = 24
_GAP = 3.5
"""A gap in print that ends an option's words, in millimetres."""
_PIECE = 2.5
"""The length of a part of the way round words, in millimetres."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way round something: for each of its parts, the pixels where ink would be seen.

    ``top`` and ``left`` are those of ``parts``, which numbers the pixels of each part from 1; 0 is
    no part of the way. ``known`` says of which parts enough is free of print.
    """

    left: int
    top: int
    parts: NDArray[np.int32]
    known: NDArray[np.bool_]

    def covered(self, mask: NDArray[np.bool_]) -> float:
        """Which share of the way has ink, of what can be seen of it."""
        if not self.known.any():
            return 0.0
        high, wide = self.parts.shape
        part = mask[self.top : self.top + high, self.left : self.left + wide]
        counts = np.bincount(
            self.parts[: part.shape[0], : part.shape[1]][part], minlength=len(self.known) + 1
        )[1:]
        met = counts > 0
        return float((met & self.known).sum() / self.known.sum())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Round one box: the way round it, and round its words where it has some."""

    box: Way
    words: Way | None


@lru_cache(maxsize=256)
def surroundings(printed: PrintedPage) -> tuple[Surroundings, ...]:
    """What lies round each box of a page."""
    free = printed.free
    return tuple(
        Surroundings(_round_box(box, free), _round_words(printed, box, free))
        for box in printed.boxes
    )


def _round_box(box: Placed, free: NDArray[np.bool_]) -> Way:
    x0, y0, x1, y1 = outer(box, box.width / PX * 0.62)
    x1, y1 = min(x1, free.shape[1]), min(y1, free.shape[0])
    gx, gy = np.meshgrid(np.arange(x0, x1), np.arange(y0, y1))
    mx, my = box.middle[0] / 2, box.middle[1] / 2
    dx, dy = (gx - mx) / (box.width / 2), (gy - my) / (box.height / 2)
    outside = np.maximum(np.abs(dx), np.abs(dy)) > 0.5
    away = np.hypot(dx, dy)
    angle = ((np.arctan2(dy, dx) / (2 * np.pi) + 1) % 1 * _SECTORS).astype(np.int32)
    parts = np.where(outside & (away < 1.12), angle + 1, 0).astype(np.int32)
    return _way(x0, y0, parts, free[y0:y1, x0:x1], _SECTORS)


def _round_words(printed: PrintedPage, box: Placed, free: NDArray[np.bool_]) -> Way | None:
    found = words_beside(printed, box)
    if found is None:
        return None
    left, right = found[0] / 2 - 0.2 * HALF, found[1] / 2 + 0.2 * HALF
    top, bottom = (box.top - 0.2 * PX) / 2, (box.top + box.height + 0.2 * PX) / 2
    far = round(2.4 * HALF)
    x0, x1 = max(0, round(left) - far), min(free.shape[1], round(right) + far)
    y0, y1 = max(0, round(top) - far), min(free.shape[0], round(bottom) + far)
    if x1 - x0 < far or y1 - y0 < far:
        return None
    gx, gy = np.meshgrid(np.arange(x0, x1), np.arange(y0, y1))
    across, down = (right - left) / 2, (bottom - top) / 2
    dx, dy = (gx - (left + right) / 2), (gy - (top + bottom) / 2)
    # The ellipse of a hand passes inside the corners of the words and outside their ends.
    away = np.hypot(dx / (across + far * 0.4), dy / (down + far * 0.4))
    band = (away > 0.78) & (away < 1.32)
    count = max(8, round(2 * (right - left + bottom - top) / HALF / _PIECE))
    # Parts are about as long as each other along the way.
    turn = np.arctan2(dy / (down + far), dx / (across + far)) / (2 * np.pi)
    parts = np.where(band, ((turn + 1) % 1 * count).astype(np.int32) + 1, 0).astype(np.int32)
    return _way(x0, y0, parts, free[y0:y1, x0:x1], count)


def _way(left: int, top: int, parts: NDArray[np.int32], free: NDArray[np.bool_], count: int) -> Way:
    whole = np.bincount(parts.ravel(), minlength=count + 1)[1:]
    seen = np.bincount(parts[free].ravel(), minlength=count + 1)[1:]
    known = np.asarray(seen > 0.2 * np.maximum(whole, 1), bool)
    return Way(left, top, np.where(free, parts, 0).astype(np.int32), known)


def words_beside(printed: PrintedPage, box: Placed) -> tuple[float, float] | None:
    """Where the words of a box begin and end, to its right."""
    top, bottom = round(box.top), round(box.top + box.height)
    start = round(box.left + box.width + 0.6 * PX)
    end = min(printed.picture.shape[1], start + 95 * PX)
    other = [b.left for b in printed.boxes if b.left > box.left + 1 and abs(b.top - box.top) < PX]
    if other:
        end = min(end, round(min(other) - PX))
    strip: NDArray[np.bool_] = np.asarray(printed.picture[top:bottom, start:end] < 140, bool)
    if not strip.size:
        return None
    # A line of a table is no word.
    strip[:, strip.all(axis=0)] = False
    columns = np.flatnonzero(strip.any(axis=0))
    if not len(columns) or columns[0] > 2.5 * PX:
        return None
    gaps = np.flatnonzero(np.diff(columns) > _GAP * PX)
    last = columns[gaps[0]] if len(gaps) else columns[-1]
    if last - columns[0] < 2.5 * PX:
        return None
    return float(start + columns[0]), float(start + last)

"""Each box of a page, measured: how much ink is in it, whose, and what goes round it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from .ink import HALF, Inked, inner, outer
from .prints import Placed, PrintedPage
from .surroundings import surroundings

_LONG = 14.0
"""A straight line of so many millimetres is no mark."""


@dataclass(frozen=True, slots=True)
class BoxInk:
    """What was measured of a box, each a share from 0 to 1.

    ``cover``: of its inside that is ink. ``mean``: how dark its inside is. ``round_box`` and
    ``round_words``: of the way round it that has ink. ``near``: of what is close round it that
    has ink. ``crossed``: of its ink that lies on a long line. ``arc``: of its ink that lies on
    another box's circle.
    """

    cover: float
    mean: float
    round_box: float
    round_words: float
    near: float
    crossed: float
    arc: float = 0.0


def measured(inked: Inked, printed: PrintedPage) -> tuple[BoxInk, ...]:
    """All boxes of a page, in the order of its map."""
    mask = inked.dark > inked.bound
    stats = inked.stats
    # Dirt is no ink, but where a box is all but empty: there it is looked at.
    small = np.flatnonzero(stats[:, 4] < 0.3 * HALF * HALF)
    clean = mask & ~np.isin(inked.labels, small)
    lines = _lines(clean)
    found = []
    for box, way in zip(printed.boxes, surroundings(printed), strict=True):
        x0, y0, x1, y1 = inner(box)
        inside = inked.dark[y0:y1, x0:x1]
        if not inside.size:
            found.append(BoxInk(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
            continue
        ink = clean[y0:y1, x0:x1]
        a0, b0, a1, b1 = outer(box, 1.3)
        close = clean[b0:b1, a0:a1].copy()
        close[y0 - b0 : y1 - b0, x0 - a0 : x1 - a0] = False
        seen = max(float(printed.free[b0:b1, a0:a1].sum()) - inside.size, 0.35 * close.size)
        on_lines = lines[y0:y1, x0:x1]
        found.append(
            BoxInk(
                float(ink.mean()),
                float(inside.mean()),
                way.box.covered(clean),
                way.words.covered(clean) if way.words is not None else 0.0,
                float(close.sum() / seen),
                float((ink & on_lines).sum() / max(1, ink.sum())) if on_lines.any() else 0.0,
            )
        )
    return _arcs(found, clean, printed)


def _lines(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What lies on long straight lines."""
    drawn = np.zeros(mask.shape, np.uint8)
    # Coarser: a line stays one, and there is less to look at.
    low = cv2.resize(mask.astype(np.uint8), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_NEAREST)
    least = round(_LONG * HALF / 2)
    if int(low.sum()) < least:
        return drawn.astype(bool)
    found = cv2.HoughLinesP(low, 1, np.pi / 120, least // 2, None, least, round(1.3 * HALF))
    if found is None:
        return drawn.astype(bool)
    for x0, y0, x1, y1 in found.reshape(-1, 4):
        length = float(np.hypot(x1 - x0, y1 - y0))
        more = 3.0 * HALF / 2 / max(length, 1.0)
        dx, dy = (x1 - x0) * more, (y1 - y0) * more
        first = round((x0 - dx) * 2), round((y0 - dy) * 2)
        last = round((x1 + dx) * 2), round((y1 + dy) * 2)
        cv2.line(drawn, first, last, 1, round(1.6 * HALF))
    return drawn.astype(bool)


def _arcs(found: list[BoxInk], mask: NDArray[np.bool_], printed: PrintedPage) -> tuple[BoxInk, ...]:
    """Ink in a box that is a neighbour's circle."""
    circled = [
        box
        for box, one in zip(printed.boxes, found, strict=True)
        if one.round_box > 0.6 and one.cover < 0.5
    ]
    if not circled:
        return tuple(found)
    result = []
    for box, one in zip(printed.boxes, found, strict=True):
        share = max(
            (_on_circle(box, other, mask) for other in circled if other is not box), default=0
        )
        if share and one.cover:
            result.append(replace(one, arc=float(share)))
        else:
            result.append(one)
    return tuple(result)


def _on_circle(box: Placed, other: Placed, mask: NDArray[np.bool_]) -> float:
    if np.hypot(box.middle[0] - other.middle[0], box.middle[1] - other.middle[1]) > 2 * box.width:
        return 0.0
    x0, y0, x1, y1 = inner(box)
    rows, columns = np.nonzero(mask[y0:y1, x0:x1])
    if not len(rows):
        return 0.0
    dx = (columns + x0 - other.middle[0] / 2) / (other.width / 2)
    dy = (rows + y0 - other.middle[1] / 2) / (other.height / 2)
    away = np.hypot(dx, dy)
    return float(((away > 0.55) & (away < 1.15)).mean())

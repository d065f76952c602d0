"""What was added to a page that was printed: how dark it is, stroke by stroke, box by box.

Worked out at half the straightened page's resolution. Dark is 0 for paper and 1 for black.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .prints import PX, Grey, Placed, PrintedPage, Real

HALF = PX // 2
"""Pixels to a millimetre of what is worked out here."""

_LEAST = 0.10
"""Ink that is less dark than this is none, even on the whitest paper."""

_SPECK = 0.3
"""What is smaller (square millimetres) is dirt."""


@dataclass(frozen=True, slots=True)
class Inked:
    """A page's ink.

    ``dark``: how dark added ink is; nothing where print is. ``pen``: how dark the pen is.
    ``bound``: from where on it is ink. ``labels``: the strokes, numbered; ``stats`` as OpenCV has
    them (left, top, width, height, area). ``print_dark``: how dark print is. ``there``: a pixel a
    millimetre, which share of the print round it is where it should be.
    """

    dark: Real
    bound: float
    pen: float
    noise: float
    print_dark: float
    there: Real
    labels: NDArray[np.int32]
    stats: NDArray[np.int32]


def inked(picture: Grey, printed: PrintedPage) -> Inked:
    """The ink on a straightened page."""
    small = cv2.resize(picture, None, fx=1 / PX, fy=1 / PX, interpolation=cv2.INTER_AREA)
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    light = cv2.GaussianBlur(light, (0, 0), 4.0)
    size = picture.shape[1], picture.shape[0]
    paper = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
    rest = np.asarray(cv2.divide(picture, np.maximum(paper, 30), scale=255.0), np.uint8)
    print_ = printed.print
    pale = rest[printed.core]
    print_dark = 1.0 - float(np.median(pale[::7])) / 255 if len(pale) else 0.8
    there = _there(rest, printed, print_dark)
    white = rest[~print_][::23].astype(np.float32)
    middle = float(np.median(white))
    noise = 1.4826 * float(np.median(np.abs(white - middle))) / 255
    rest[print_] = 255
    half = cv2.resize(rest, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = np.clip((middle - half.astype(np.float32)) / max(middle, 1.0), 0, 1)
    pen = _pen(dark, printed)
    bound = max(_LEAST, 4 * noise / 2, 0.3 * pen)
    mask = (dark > bound).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return Inked(
        dark,
        bound,
        pen,
        noise,
        print_dark,
        there,
        np.asarray(labels, np.int32),
        np.asarray(stats, np.int32),
    )


def _there(rest: Grey, printed: PrintedPage, print_dark: float) -> Real:
    """Which share of print is dark where it should be, within some 15 millimetres."""
    darkest = cv2.erode(rest, np.ones((3, 3), np.uint8))
    met = (darkest < 255 * (1 - 0.45 * print_dark)) & printed.core
    size = printed.core.shape[1] // PX, printed.core.shape[0] // PX
    shares = []
    for mask in (met, printed.core):
        small = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        shares.append(cv2.blur(small, (31, 31)))
    return np.asarray(shares[0] / np.maximum(shares[1], 1e-4), np.float32)


def inner(box: Placed) -> tuple[int, int, int, int]:
    """The white inside of a box: left, top, right, bottom."""
    inset = box.width * 0.16
    left, top = (box.left + inset) / 2, (box.top + inset) / 2
    right, bottom = (box.left + box.width - inset) / 2, (box.top + box.height - inset) / 2
    return round(left), round(top), round(right), round(bottom)


def outer(box: Placed, more: float) -> tuple[int, int, int, int]:
    """A box and what is round it, so many millimetres."""
    far = more * PX
    left, top = (box.left - far) / 2, (box.top - far) / 2
    right, bottom = (box.left + box.width + far) / 2, (box.top + box.height + far) / 2
    return max(0, round(left)), max(0, round(top)), round(right), round(bottom)


def _pen(dark: Real, printed: PrintedPage) -> float:
    """How dark the pen of this page is, by the darkest parts of its boxes that hold anything."""
    found = []
    for box in printed.boxes:
        # What is drawn round a box tells the pen as well, where nothing is drawn inside.
        for x0, y0, x1, y1 in (inner(box), outer(box, 2.5)):
            part = dark[y0:y1, x0:x1]
            if part.size and float((part > _LEAST).mean()) > 0.03:
                found.append(float(np.partition(part.ravel(), -8)[-8]))
                break
    return float(np.median(found)) if found else 0.0

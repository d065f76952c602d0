"""A picture of a side, read: which pages it shows, and what each of their boxes says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import boxes, finding, ink, judging, straightening, strays
from .judging import BoxVerdict
from .prints import PX, Grey, Placed, PrintedPage, Prints

THERE = 0.9
"""Which share of the print round a box has to be where it should."""

SAME_FOOT = 0.88
"""How alike the foot of a page without a code and its print have to be."""

LIKE_FOOT = 0.7
"""With a foot that is less alike, but so much, a person has to say whether it is ours."""

_LAID = 0.6
"""For which share of a page's boxes that has to hold, for the page to be read."""


@dataclass(frozen=True, slots=True)
class ReadBox:
    """A box, what it says, and where it is in the picture (corners, in pixels, going round)."""

    placed: Placed
    verdict: BoxVerdict
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read.

    ``copy`` is empty where no code was. ``written`` are the blanks that hold something. ``stray``
    are the questions with ink that is part of no mark. ``laid`` is false where the page couldn't be
    laid on its print: then nothing of it counts.
    """

    printed: PrintedPage
    copy: str
    laid: bool
    boxes: tuple[ReadBox, ...]
    written: tuple[Placed, ...]
    stray: frozenset[str]
    picture: Grey


@dataclass(frozen=True, slots=True)
class ReadSide:
    """All that is on a side."""

    pages: tuple[ReadPage, ...]
    foreign: tuple[str, ...]
    blank: bool


def read(picture: Grey, prints: Prints) -> ReadSide:
    """A side of paper, as it was scanned."""
    brought = finding.brought(picture)
    seen = finding.see(brought, prints)
    scale = picture.shape[1] / brought.shape[1]
    pages = [_page(brought, one, scale, sure=True) for one in seen.pages]
    others, sure = _without_code(brought, seen.likely, prints)
    pages += [_page(brought, one, scale, sure=sure) for one in others]
    return ReadSide(tuple(pages), seen.foreign, seen.blank)


def _without_code(
    picture: Grey, likely: tuple[finding.FoundPage, ...], prints: Prints
) -> tuple[tuple[finding.FoundPage, ...], bool]:
    """Of the pages that a picture may show that whose foot it bears; whether that is sure."""
    best, most = None, LIKE_FOOT
    for one in likely:
        straight = straightening.straighten(picture, one)
        alike = straightening.same_foot(straight.picture, one.printed)
        if alike > most:
            best, most = one, alike
    if best is None:
        return (), True
    return (best, *finding.beside((best,), prints)), most > SAME_FOOT


def _page(picture: Grey, found: finding.FoundPage, scale: float, *, sure: bool) -> ReadPage:
    printed = found.printed
    straight = straightening.straighten(picture, found)
    inked = ink.inked(straight.picture, printed)
    measured = boxes.measured(inked, printed)
    verdicts = [
        one if _there(inked, box) >= THERE else BoxVerdict("unsure", "elsewhere", one.ink)
        for box, one in zip(printed.boxes, judging.judged(measured), strict=True)
    ]
    there = sum(one.why != "elsewhere" for one in verdicts)
    laid = sure and there >= _LAID * len(verdicts) and inked.print_dark > 0.2
    read_boxes = tuple(
        ReadBox(box, verdict, corners)
        for box, verdict, corners in zip(
            printed.boxes, verdicts, _corners(straight.warp, printed.boxes, scale), strict=True
        )
    )
    written = tuple(one for one in printed.blanks if _is_written(inked, one))
    stray = strays.found(inked, printed, verdicts)
    return ReadPage(printed, found.copy, laid, read_boxes, written, stray, straight.picture)


def _there(inked: ink.Inked, box: Placed) -> float:
    high, wide = inked.there.shape
    x, y = int(box.middle[0] / PX), int(box.middle[1] / PX)
    return float(inked.there[min(y, high - 1), min(x, wide - 1)])


def _corners(
    warp: straightening.Warp, boxes: tuple[Placed, ...], scale: float
) -> list[tuple[tuple[int, int], ...]]:
    """Where boxes are in the picture: their corners."""
    at: NDArray[np.float64] = np.array(
        [
            (box.left / PX + x * box.width / PX, box.top / PX + y * box.height / PX)
            for box in boxes
            for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
        ]
    ).reshape(-1, 2)
    seen = [(round(x * scale), round(y * scale)) for x, y in warp(at)]
    return [tuple(seen[index : index + 4]) for index in range(0, len(seen), 4)]


def _is_written(inked: ink.Inked, blank: Placed) -> bool:
    """Whether there is more than dirt on a blank, or right above it."""
    high = max(blank.height, 5.0 * PX)
    y0, y1 = (blank.top + blank.height - high) / 2, (blank.top + blank.height + PX) / 2
    part = inked.labels[
        max(0, round(y0)) : round(y1), round(blank.left / 2) : round((blank.left + blank.width) / 2)
    ]
    counts = np.bincount(part.ravel(), minlength=len(inked.stats))
    whole = inked.stats[:, 4]
    inside = (counts > 0.5 * whole) & (whole > 0.3 * ink.HALF**2)
    inside[0] = False
    return int(counts[inside].sum()) > 1.5 * ink.HALF**2

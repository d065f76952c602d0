"""A page laid on its print: first as a whole, then piece by piece, as paper bends.

Pieces of the print are looked for near where they should be; a smooth surface through what was
found says how far everything lies from its place. Ink that hides a piece is outvoted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .finding import FoundPage
from .prints import PX, Grey, PrintedPage, Real

Points = NDArray[np.float64]

_GRID = 4
"""Millimetres of the straightened page between two places whose way is worked out."""


@dataclass(frozen=True, slots=True)
class Straightened:
    """A page on its print: the picture, how well pieces fit (1 is wholly), and what is left over.

    ``left_over`` is the median distance of the pieces from the surface, in millimetres.
    """

    picture: Grey
    fits: float
    left_over: float
    warp: Warp


@dataclass(frozen=True, slots=True)
class Warp:
    """From a page's millimetres to the picture's pixels, by way of a surface."""

    lies: Points
    surfaces: tuple[_Surface, ...]

    def __call__(self, at: Points) -> Points:
        """Where places are in the picture."""
        moved = at
        for surface in reversed(self.surfaces):
            moved = moved + surface(moved)
        found = np.hstack([moved, np.ones((len(moved), 1))]) @ self.lies.T
        return np.asarray(found[:, :2] / found[:, 2:], np.float64)


@dataclass(frozen=True, slots=True)
class _Surface:
    """How far everything lies from its place (mm): a polynomial, and what is local on top."""

    size: tuple[float, float]
    degree: int
    factors: Points
    at: Points
    rest: Points
    near: float

    def __call__(self, where: Points) -> Points:
        """How far places lie from theirs."""
        found = _powers(where, self.size, self.degree) @ self.factors
        if not len(self.at) or not self.near:
            return np.asarray(found, np.float64)
        away = ((where[:, None, :] - self.at[None]) ** 2).sum(axis=2)
        weight = np.exp(-away / (2 * self.near**2))
        total = weight.sum(axis=1, keepdims=True)
        return np.asarray(found + weight @ self.rest / (total + 0.6), np.float64)


def straighten(picture: Grey, found: FoundPage) -> Straightened:
    """A picture's page on its print."""
    printed = found.printed
    size = printed.width, printed.height
    lies = found.to_picture
    small_size = round(size[0] * 2), round(size[1] * 2)
    scale = float(np.hypot(lies[0, 0], lies[1, 0]))
    less = max(1.0, scale / 2.6)
    soft = cv2.resize(picture, None, fx=1 / less, fy=1 / less, interpolation=cv2.INTER_AREA)
    to_small = np.diag([1 / less, 1 / less, 1.0]) @ lies @ np.diag([0.5, 0.5, 1.0])
    seen = cv2.warpPerspective(
        soft,
        to_small,
        small_size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    reach = 6.0 if found.marks >= 3 else 10.0
    nodes = _nodes(size, 18.0)
    pieces = _matched(seen, printed.coarse, nodes, 2, 11.0, reach)
    first = _surface(pieces, size, 3, 0.0)
    half = _laid(picture, Warp(lies, (first,)), printed, PX // 2)
    boxes = np.array([box.middle for box in printed.boxes]).reshape(-1, 2) / PX
    nodes = np.vstack([boxes, _nodes(size, 14.0)])
    pieces = _matched(half.astype(np.float32), printed.fine, nodes, 4, 5.5, 1.8)
    second = _surface(pieces, size, 4, 16.0)
    warp = Warp(lies, (first, second))
    page = _laid(picture, warp, printed, PX)
    if len(pieces.at) == 0:
        return Straightened(page, 0.0, 9.0, warp)
    away = np.hypot(*(pieces.moved - second(pieces.at)).T)
    return Straightened(page, float(np.median(pieces.score)), float(np.median(away)), warp)


@dataclass(frozen=True, slots=True)
class _Pieces:
    at: Points
    moved: Points
    score: Points


def _nodes(size: tuple[float, float], step: float) -> Points:
    x = np.arange(step * 0.8, size[0] - step * 0.5, step)
    y = np.arange(step * 0.8, size[1] - step * 0.5, step)
    return np.array([(a, b) for b in y for a in x])


def _matched(
    seen: Real, printed: Real, nodes: Iterable[Points], px: int, half: float, reach: float
) -> _Pieces:
    """Where pieces of print are found: the nodes, how far away (mm), how alike."""
    at, moved, score = [], [], []
    side, far = round(half * px), round(reach * px)
    high, wide = printed.shape
    for node in nodes:
        x, y = round(node[0] * px), round(node[1] * px)
        left, top = max(x - side, far), max(y - side, far)
        right, bottom = min(x + side, wide - far), min(y + side, high - far)
        if right - left < side or bottom - top < side:
            continue
        piece = printed[top:bottom, left:right]
        if float(piece.std()) < 14.0:
            continue
        window = seen[top - far : bottom + far, left - far : right + far]
        if window.shape[0] < piece.shape[0] + 2 * far or window.shape[1] < piece.shape[1] + 2 * far:
            continue
        like = np.asarray(cv2.matchTemplate(window, piece, cv2.TM_CCOEFF_NORMED), np.float32)
        _, best, _, peak = cv2.minMaxLoc(like)
        if best < 0.35 or not 0 < peak[0] < 2 * far or not 0 < peak[1] < 2 * far:
            continue
        dx = peak[0] + _top(like[peak[1], peak[0] - 1 : peak[0] + 2]) - far
        dy = peak[1] + _top(like[peak[1] - 1 : peak[1] + 2, peak[0]]) - far
        at.append(((left + right) / 2 / px, (top + bottom) / 2 / px))
        moved.append((dx / px, dy / px))
        score.append(best)
    return _Pieces(
        np.array(at).reshape(-1, 2), np.array(moved).reshape(-1, 2), np.array(score, np.float64)
    )


def _top(three: NDArray[np.float32]) -> float:
    a, b, c = (float(value) for value in three)
    bend = a - 2 * b + c
    return 0.0 if bend >= 0 else max(-0.5, min(0.5, 0.5 * (a - c) / bend))


def _powers(at: Points, size: tuple[float, float], degree: int) -> Points:
    x = at[:, 0] / size[0] * 2 - 1
    y = at[:, 1] / size[1] * 2 - 1
    terms = [x**i * y**j for i in range(degree + 1) for j in range(degree + 1 - i)]
    return np.stack(terms, axis=1)


def _surface(pieces: _Pieces, size: tuple[float, float], degree: int, near: float) -> _Surface:
    """A smooth surface through what was found; what is far off it counts less and less."""
    none = np.zeros((0, 2))
    while degree > 0 and len(pieces.at) < (degree + 1) * (degree + 2):
        degree -= 1
    if len(pieces.at) < 3:
        return _Surface(size, 0, np.zeros((1, 2)), none, none, 0.0)
    terms = _powers(pieces.at, size, degree)
    weight = pieces.score**2
    stiff = np.diag([1e-9, *[0.02] * (terms.shape[1] - 1)])
    factors = np.zeros((terms.shape[1], 2))
    # The first guess is the middle: a few pieces that lie elsewhere don't draw it away.
    rest = pieces.moved - np.median(pieces.moved, axis=0)
    for turn in range(8):
        away = np.hypot(*rest.T)
        bound = max(0.35, 3.0 * float(np.median(away))) * (1.6 if turn < 2 else 1.0)
        trust = weight * np.clip(1 - (away / bound) ** 2, 0, 1) ** 2
        left = terms.T * trust
        factors = np.linalg.solve(left @ terms + stiff, left @ pieces.moved)
        rest = pieces.moved - terms @ factors
    away = np.hypot(*rest.T)
    good = away < max(0.3, 3.0 * float(np.median(away)))
    return _Surface(size, degree, factors, pieces.at[good], rest[good], near)


def _laid(picture: Grey, warp: Warp, printed: PrintedPage, px: int) -> Grey:
    """The page as its print lies, so many pixels to a millimetre."""
    wide, high = round(printed.width * px), round(printed.height * px)
    step = _GRID * px
    rows, columns = high // step + 2, wide // step + 2
    gx, gy = np.meshgrid(np.arange(columns) * _GRID, np.arange(rows) * _GRID)
    at = np.stack([gx.ravel(), gy.ravel()], axis=1).astype(np.float64)
    way = warp(at).reshape(rows, columns, 2).astype(np.float32)
    # Between the places of the grid the way is straight.
    whole = cv2.warpAffine(
        way,
        np.array([[1 / step, 0, 0], [0, 1 / step, 0]], np.float64),
        (wide, high),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )
    return np.asarray(
        cv2.remap(
            picture,
            whole,
            None,  # type: ignore[call-overload]
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


def same_foot(picture: Grey, printed: PrintedPage) -> float:
    """How alike the foot of a straightened page and its print are, from 0 to 1.

    It bears the document's id and the page's number: what tells this page from all others.
    """
    high = printed.picture.shape[0]
    top, bottom = high - 34 * PX, high - 10 * PX
    left, right = 16 * PX, round(printed.placed(printed.page.code)[0]) - 2 * PX
    around = PX // 2
    piece = printed.picture[top + around : bottom - around, left + around : right - around]
    window = picture[top:bottom, left:right]
    if not piece.size or float(piece.std()) < 4.0:
        return 0.0
    soft = [cv2.GaussianBlur(one, (0, 0), 1.5) for one in (window, piece)]
    return float(cv2.matchTemplate(soft[0], soft[1], cv2.TM_CCOEFF_NORMED).max())

"""Which page a picture shows, and how it lies: by its code, and by the squares in its corners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from ..survey.sheet_map import PageCode
from .prints import Grey, PrintedPage, Prints

Points = NDArray[np.float64]

LONGEST = 2600
"""To how many pixels a picture's longer side is brought before it is looked at."""

_MOST_SQUARES = 14
_LEANS = 0.16
"""By which share of its distance from the code a square may lie elsewhere (perspective)."""
_ALIKE = 0.45
"""How alike a page without a code and its print have to be."""
_NEARLY = 0.12
"""What is hardly less alike than the likeliest is likely, too."""
_MOST_LIKELY = 4
_ROOM = 0.3
"""With so much of a picture beside the pages that are found another may be there."""
_FEWEST = 3
"""A page without its code is known by so many squares."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page in a picture. ``to_picture`` leads from its millimetres to the picture's pixels.

    ``copy`` is empty where no code was read.
    """

    printed: PrintedPage
    copy: str
    to_picture: Points
    marks: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in a picture: pages by their codes, and codes that aren't ours.

    Where no code is read, or there is room for a page without one beside those that are found,
    ``likely`` is what that may be, the likeliest first.
    """

    pages: tuple[FoundPage, ...]
    likely: tuple[FoundPage, ...]
    foreign: tuple[str, ...]
    blank: bool


def brought(picture: Grey) -> Grey:
    """A picture of a size that is enough."""
    longest = max(picture.shape)
    if longest > LONGEST:
        share = LONGEST / longest
        size = round(picture.shape[1] * share), round(picture.shape[0] * share)
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.ascontiguousarray(_without_streaks(_without_streaks(picture).T).T)


def _without_streaks(picture: Grey) -> Grey:
    """The picture without thin dark lines from its top to its bottom, as dirty feeders draw them.

    Lines of print don't reach the edges.
    """
    edge = max(8, picture.shape[0] // 40)
    far = 4
    ends = np.vstack([picture[2:edge], picture[-edge:-2]])
    if not _streaked(ends, far).any():
        return picture
    columns = np.flatnonzero(_streaked(ends, far) & _streaked(picture, far))
    if not len(columns) or len(columns) > picture.shape[1] // 20:
        return picture
    found = picture.copy()
    last = picture.shape[1] - 1
    for column in map(int, columns):
        left, right = picture[:, max(0, column - far)], picture[:, min(column + far, last)]
        found[:, max(0, column - 1) : column + 2] = np.maximum(left, right)[:, None]
    return found


def _streaked(picture: Grey, far: int) -> NDArray[np.bool_]:
    """Which columns are darker than those beside them, nearly everywhere."""
    found = np.zeros(picture.shape[1], bool)
    middle = picture[:, far:-far].astype(np.int16)
    beside = np.minimum(picture[:, : -2 * far], picture[:, 2 * far :]).astype(np.int16)
    found[far:-far] = (middle + 14 < beside).mean(axis=0) > 0.75
    return found


def see(picture: Grey, prints: Prints) -> Seen:
    """The pages in a picture (of a size that is enough)."""
    found: list[FoundPage] = []
    foreign: list[str] = []
    squares = _squares(picture)
    for text, corners in _codes(picture):
        code = PageCode.parse(text)
        printed = prints.page(code) if code is not None else None
        if code is None or printed is None:
            foreign.append(text)
            continue
        lies, marks = _by_code(printed, corners, squares)
        found.append(FoundPage(printed, code.copy, lies, marks))
    found += beside(found, prints)
    none = not found and not foreign
    rest = (picture, squares) if none else _rest(picture, squares, found)
    likely = _by_squares(*rest, prints) if rest is not None else ()
    blank = none and not likely and _is_blank(picture)
    return Seen(tuple(found), likely, tuple(foreign), blank)


def _rest(
    picture: Grey, squares: list[_Square], found: Sequence[FoundPage]
) -> tuple[Grey, list[_Square]] | None:
    """What is beside the pages that were found, where there is room for another one."""
    taken = np.zeros(picture.shape, np.uint8)
    for one in found:
        wide, high = one.printed.width, one.printed.height
        corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float64)
        outline = np.round(_through(one.to_picture, corners)).astype(np.int32)
        cv2.fillPoly(taken, [outline], 1)
    if not found or float(taken.mean()) > 1 - _ROOM:
        return None
    inside = taken.astype(bool)
    others = [one for one in squares if not _within(inside, one)]
    if len(others) < _FEWEST:
        return None
    rest = picture.copy()
    rest[inside] = 255
    return rest, others


def _within(inside: NDArray[np.bool_], one: _Square) -> bool:
    x, y = (round(value) for value in one.middle)
    return bool(inside[min(y, inside.shape[0] - 1), min(x, inside.shape[1] - 1)])


def beside(found: Sequence[FoundPage], prints: Prints) -> list[FoundPage]:
    """The other page of a booklet's side, where its own code can't be read."""
    others = []
    seen = {(id(one.printed), one.copy) for one in found}
    for one in found:
        for page in prints.pages[one.printed.map.document]:
            if page.page.side == one.printed.page.side and (id(page), one.copy) not in seen:
                moved = np.eye(3)
                moved[0, 2] = page.origin[0] - one.printed.origin[0]
                moved[1, 2] = page.origin[1] - one.printed.origin[1]
                others.append(FoundPage(page, one.copy, one.to_picture @ moved, 0))
    return others


def _codes(picture: Grey) -> Iterator[tuple[str, Points]]:
    kinds: Any = zxingcpp.BarcodeFormat.QRCode
    read = zxingcpp.read_barcodes(picture, formats=kinds)
    if not read:
        sharper = cv2.resize(picture, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
        read = zxingcpp.read_barcodes(sharper, formats=kinds)
        for one in read:
            yield one.text, _corners(one.position) / 1.5
        return
    for one in read:
        yield one.text, _corners(one.position)


def _corners(place: Any) -> Points:
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(point.x, point.y) for point in points], np.float64)


@dataclass(frozen=True, slots=True)
class _Square:
    middle: tuple[float, float]
    side: float


def _squares(picture: Grey) -> list[_Square]:
    """What is dark, full and square, of any size a mark may have."""
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    wide = max(small.shape) // 18 * 2 + 1
    light = cv2.blur(small, (wide, wide)).astype(np.float32)
    dark = (small < light * 0.72).astype(np.uint8)
    high = max(small.shape) * 5 / 297
    # What touches a mark (a line, dirt) is thinner than it.
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, _, stats, middles = cv2.connectedComponentsWithStats(opened, connectivity=4)
    found = []
    for label in range(1, count):
        _, _, width, height, area = stats[label]
        if not 0.5 * high < max(width, height) < 2.1 * high:
            continue
        if min(width, height) < 0.6 * max(width, height):
            continue
        if area < 0.6 * width * height:
            continue
        x, y = middles[label]
        found.append(_Square((x * 2 + 0.5, y * 2 + 0.5), 2 * float(area) ** 0.5))
    return found


def _by_code(printed: PrintedPage, corners: Points, squares: list[_Square]) -> tuple[Points, int]:
    """How a page lies, and by how many of its squares that is known.

    The code says roughly where each square is; of all that may be them those are taken with which
    the code itself lies where it should.
    """
    rough = _similar(printed.code, corners)
    scale = float(np.hypot(rough[0, 0], rough[1, 0]))
    wanted = _through(rough, printed.marks)
    far = np.linalg.norm(printed.marks - printed.code.mean(axis=0), axis=1)
    may_be = [
        _near(squares, wanted[index], (3.0 + _LEANS * far[index]) * scale, 5.0 * scale)
        for index in range(4)
    ]
    for count, bound in ((4, 1.5), (3, 2.5)):
        best: tuple[float, Points, list[int]] | None = None
        for left_out in combinations(range(4), 4 - count):
            kept = [index for index in range(4) if index not in left_out]
            for some in product(*(may_be[index] for index in kept)):
                seen = np.array([one.middle for one in some])
                if len({one.middle for one in some}) < count:
                    continue
                fit = _projective if count == 4 else _affine
                lies = fit(printed.marks[kept], seen)
                away = float(np.abs(_through(lies, printed.code) - corners).max()) / scale
                off = float(np.linalg.norm(seen - wanted[kept], axis=1).mean()) / scale
                score = away + 0.03 * off
                if away < bound and (best is None or score < best[0]):
                    best = score, lies, kept
        if best is not None:
            _, lies, kept = best
            if count == 3:
                lies = _with_code(printed, kept, lies, corners, may_be)
            return lies, count
    near = [index for index in range(4) if far[index] < 40 and may_be[index]]
    first = np.vstack([printed.code, *(printed.marks[[index]] for index in near)])
    second = np.vstack([corners, *(np.array([may_be[index][0].middle]) for index in near)])
    return _similar(first, second), len(near)


def _with_code(
    printed: PrintedPage,
    kept: list[int],
    lies: Points,
    corners: Points,
    may_be: list[list[_Square]],
) -> Points:
    """Three squares and, where the fourth is the one beside it, the code in its place."""
    if 3 in kept:
        return lies
    chosen = []
    for index, (x, y) in zip(kept, _through(lies, printed.marks[kept]), strict=True):
        away = [np.hypot(one.middle[0] - x, one.middle[1] - y) for one in may_be[index]]
        chosen.append(may_be[index][int(np.argmin(away))])
    first = np.vstack([printed.marks[kept], printed.code.mean(axis=0)])
    second = np.vstack([np.array([one.middle for one in chosen]), corners.mean(axis=0)])
    return _projective(first, second)


def _near(squares: list[_Square], at: Points, reach: float, side: float) -> list[_Square]:
    """The squares near a place that have about the right size, the nearest first."""
    found = [
        (float(np.hypot(one.middle[0] - at[0], one.middle[1] - at[1])), index)
        for index, one in enumerate(squares)
        if 0.6 < one.side / side < 1.5
    ]
    return [squares[index] for away, index in sorted(found)[:5] if away < reach]


def _by_squares(picture: Grey, squares: list[_Square], prints: Prints) -> tuple[FoundPage, ...]:
    """What a page without a code may be: its squares say how it lies, its print which it is."""
    found: list[tuple[float, PrintedPage, Points, int]] = []
    sizes: dict[tuple[float, float], list[PrintedPage]] = {}
    for page in prints.every:
        sizes.setdefault((round(page.width), round(page.height)), []).append(page)
    high = max(picture.shape) * 5 / 297
    marks = sorted(squares, key=lambda one: abs(one.side - high))[:_MOST_SQUARES]
    small = cv2.GaussianBlur(picture, (0, 0), 3.0)
    for pages in sizes.values():
        for lies, count in _layings(pages[0], marks):
            wide, high_mm = round(pages[0].width), round(pages[0].height)
            seen = cv2.warpPerspective(
                small, lies, (wide, high_mm), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            ).astype(np.float32)
            seen = cv2.GaussianBlur(seen, (0, 0), 0.7).astype(np.float32)
            found += [(_alike(seen, page.sketch), page, lies, count) for page in pages]
    found.sort(key=lambda one: -one[0])
    likely: dict[int, FoundPage] = {}
    for score, page, lies, count in found:
        if score < max(_ALIKE, found[0][0] - _NEARLY) or len(likely) == _MOST_LIKELY:
            break
        likely.setdefault(id(page), FoundPage(page, "", lies, count))
    return tuple(likely.values())


def _layings(page: PrintedPage, squares: list[_Square]) -> Iterator[tuple[Points, int]]:
    """Every way in which squares can be a page's marks: four of them, or three."""
    tried = 0
    for count in (4, 3):
        for some in combinations(squares, count):
            sides = [one.side for one in some]
            if max(sides) > 1.35 * min(sides):
                continue
            points = np.array([one.middle for one in some])
            centre = points.mean(axis=0)
            turn = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
            round_ = points[np.argsort(turn)]
            for marks in _orders(page.marks, count):
                for first in range(count):
                    seen = np.roll(round_, first, axis=0)
                    lies = _affine(marks, seen)
                    left = np.abs(_through(lies, marks) - seen).max()
                    across, down = lies[:2, 0], lies[:2, 1]
                    long, high = np.linalg.norm(across), np.linalg.norm(down)
                    if left > 0.03 * long * page.width:
                        continue
                    if not 0.93 < long / high < 1.07 or np.linalg.det(lies[:2, :2]) <= 0:
                        continue
                    if abs(across @ down) > 0.1 * long * high:
                        continue
                    if not 0.7 < np.mean(sides) / (5.0 * long) < 1.35:
                        continue
                    yield (_projective(marks, seen) if count == 4 else lies), count
                    tried += 1
                    if tried > 40:
                        return
        if tried:
            return


def _orders(marks: Points, count: int) -> Iterator[Points]:
    """The marks going round, all or without one."""
    round_ = marks[[0, 1, 3, 2]]
    if count == 4:
        yield round_
        return
    for left_out in range(4):
        yield np.delete(round_, left_out, axis=0)


def _alike(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    high, wide = min(first.shape[0], second.shape[0]), min(first.shape[1], second.shape[1])
    # The corners' squares are on every page.
    a, b = first[20 : high - 32, 12 : wide - 12], second[20 : high - 32, 12 : wide - 12]
    a, b = a - cv2.blur(a, (31, 31)), b - cv2.blur(b, (31, 31))
    return float((a * b).sum() / (np.sqrt((a * a).sum() * (b * b).sum()) + 1e-6))


def _is_blank(picture: Grey) -> bool:
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    light = cv2.blur(small, (61, 61)).astype(np.float32)
    inner = (small < light * 0.8)[20:-20, 20:-20]
    return bool(inner.mean() < 0.0015)


def _through(lies: Points, points: Points) -> Points:
    found = np.hstack([points, np.ones((len(points), 1))]) @ lies.T
    return np.asarray(found[:, :2] / found[:, 2:], np.float64)


def _similar(first: Points, second: Points) -> Points:
    """Turned, scaled and moved, by least squares."""
    rows = []
    for x, y in first:
        rows += [(x, -y, 1, 0), (y, x, 0, 1)]
    a, b, c, d = np.linalg.lstsq(np.array(rows), second.reshape(-1), rcond=None)[0]
    return np.array([(a, -b, c), (b, a, d), (0, 0, 1)])


def _affine(first: Points, second: Points) -> Points:
    rows = np.hstack([first, np.ones((len(first), 1))])
    found = np.linalg.lstsq(rows, second, rcond=None)[0].T
    return np.vstack([found, (0, 0, 1)])


def _projective(first: Points, second: Points) -> Points:
    found = cv2.getPerspectiveTransform(first.astype(np.float32), second.astype(np.float32))
    return np.asarray(found, np.float64)

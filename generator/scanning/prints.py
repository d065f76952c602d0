"""Questionnaires as they were printed: the map, and each page as a picture without ink."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from ..survey.sheet_map import MappedPage, MappedPlace, PageCode, Rectangle, SheetMap

# Sides are read by processes beside each other; threads of the library would not survive a fork.
cv2.setNumThreads(0)

Grey = NDArray[np.uint8]
Real = NDArray[np.float32]

PX = 8
"""Pixels of a straightened page to a millimetre (203 dots per inch)."""

_EDGE = 10.0
"""How far the squares are from their page's edge, in millimetres."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box or blank on its page, in pixels of the straightened page."""

    place: MappedPlace
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle."""
        return self.left + self.width / 2, self.top + self.height / 2


class PrintedPage:
    """A page as it was printed."""

    def __init__(self, of: SheetMap, page: MappedPage, side: Grey) -> None:
        """``side`` is the picture of the whole side, ``PX`` pixels to a millimetre."""
        self.map, self.page = of, page
        left = page.marks[0].left - _EDGE
        top = page.marks[0].top - _EDGE
        right = page.marks[3].left + page.marks[3].width + _EDGE
        bottom = page.marks[3].top + page.marks[3].height + _EDGE
        self.origin = left, top
        self.width, self.height = right - left, bottom - top
        x, y = round(left * PX), round(top * PX)
        wide, high = round(self.width * PX), round(self.height * PX)
        self.picture: Grey = np.full((high, wide), 255, np.uint8)
        part = side[y : y + high, x : x + wide]
        self.picture[: part.shape[0], : part.shape[1]] = part
        code = self.placed(page.code)
        # A copy's code and number are its own.
        x0, y0 = int(code[0]) - PX, int(code[1]) - 5 * PX
        self.picture[y0 : int(code[1] + code[3]) + PX, x0 : int(code[0] + code[2]) + PX] = 255
        self.boxes = tuple(
            Placed(box, *self.placed(box.rectangle)) for box in of.boxes if box.page == page.page
        )
        self.blanks = tuple(
            Placed(one, *self.placed(one.rectangle)) for one in of.blanks if one.page == page.page
        )

    def placed(self, one: Rectangle) -> tuple[float, float, float, float]:
        """A rectangle of the side in pixels of this page: left, top, width, height."""
        return (
            (one.left - self.origin[0]) * PX,
            (one.top - self.origin[1]) * PX,
            one.width * PX,
            one.height * PX,
        )

    @cached_property
    def marks(self) -> NDArray[np.float64]:
        """The middles of the corners' squares, in millimetres of the page."""
        return np.array(
            [
                (m.left - self.origin[0] + m.width / 2, m.top - self.origin[1] + m.height / 2)
                for m in self.page.marks
            ]
        )

    @cached_property
    def code(self) -> NDArray[np.float64]:
        """The corners of the code's drawn part in millimetres of the page, going round."""
        one = self.page.code
        quiet = one.width * 2 / 33
        left, top = one.left - self.origin[0] + quiet, one.top - self.origin[1] + quiet
        side = one.width - 2 * quiet
        return np.array(
            [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
        )

    @cached_property
    def print(self) -> NDArray[np.bool_]:
        """Where print may be once the page is straightened: what is there isn't ink."""
        dark = (self.picture < 200).astype(np.uint8)
        wide = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
        found = cv2.dilate(dark, wide).astype(bool)
        for square in self.page.marks:
            x, y, w, h = self.placed(square)
            found[int(y) - 4 : int(y + h) + 4, int(x) - 4 : int(x + w) + 4] = True
        x, y, w, h = self.placed(self.page.code)
        found[int(y) - 5 * PX : int(y + h) + PX, int(x) - PX : int(x + w) + PX] = True
        return found

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Where no print is, at half the resolution: there ink can be seen."""
        size = self.print.shape[1] // 2, self.print.shape[0] // 2
        blocked = cv2.resize(self.print.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
        return np.asarray(blocked < 200, bool)

    @cached_property
    def core(self) -> NDArray[np.bool_]:
        """Where print is dark for certain."""
        dark = (self.picture < 100).astype(np.uint8)
        return cv2.erode(dark, np.ones((3, 3), np.uint8)).astype(bool)

    @cached_property
    def coarse(self) -> Real:
        """The page at 2 pixels to a millimetre."""
        return shrunk(self.picture, PX // 2)

    @cached_property
    def fine(self) -> Real:
        """The page at 4 pixels to a millimetre."""
        return shrunk(self.picture, 2)

    @cached_property
    def sketch(self) -> Real:
        """The page blurred, a pixel a millimetre: to tell pages apart by."""
        small = shrunk(self.picture, PX)
        return cv2.GaussianBlur(small, (0, 0), 1.0).astype(np.float32)


def shrunk(picture: NDArray[np.uint8], times: int) -> Real:
    """A picture so many times smaller, slightly blurred."""
    size = picture.shape[1] // times, picture.shape[0] // times
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(small, (0, 0), 0.7).astype(np.float32)


class Prints:
    """Every form that pages may be of, by document."""

    def __init__(self, pages: Mapping[str, tuple[PrintedPage, ...]]) -> None:
        self.pages = dict(pages)

    def page(self, code: PageCode) -> PrintedPage | None:
        """The page that a code names; None where no form is known that has it."""
        for document, pages in self.pages.items():
            of = pages[0].map
            if (code.survey, code.version, code.pages) != (of.survey, of.version, len(pages)):
                continue
            if code.copy == document or code.copy in of.copies:
                return next((page for page in pages if page.page.page == code.page), None)
        return None

    def make_ready(self) -> None:
        """Work out now what is else worked out when it is first needed."""
        for page in self.every:
            _ = page.print, page.free, page.core, page.coarse, page.fine, page.sketch

    @property
    def every(self) -> tuple[PrintedPage, ...]:
        """All pages of all forms."""
        return tuple(page for pages in self.pages.values() for page in pages)

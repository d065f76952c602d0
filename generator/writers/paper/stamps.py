"""What a questionnaire's pages bear beside its words, so that a scan of them can be read.

Four black squares in the corners say how a scan lies, a QR code says what page of which copy
it is. Neither is content: both are artifacts, drawn as plain rectangles over the finished page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pikepdf
import segno
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from ..pdf.places import Rectangle

EDGE = 10.0
"""How far from the page's edge everything stays, in millimetres."""

MARK = 5.0
"""The side of a corner's square, in millimetres."""

CODE = 14.0
"""The side of the QR code with its white border, in millimetres."""

_GAP = 3.0
_QUIET = 2
_POINTS = 72 / 25.4
_SMALL = 7.0
"""The size of a copy's number, in points."""


@dataclass(frozen=True, slots=True)
class PageStamp:
    """What one page bears: the text of its code, and the words over it (a copy's number)."""

    code: str
    words: str = ""


def marks(width: float, height: float) -> tuple[Rectangle, ...]:
    """The squares in the corners of a page: upper left and right, lower left and right."""
    far, low = width - EDGE - MARK, height - EDGE - MARK
    return tuple(Rectangle(left, top, MARK, MARK) for top in (EDGE, low) for left in (EDGE, far))


def code_place(width: float, height: float) -> Rectangle:
    """Where the code stands: at the lower right, beside the corner's square."""
    return Rectangle(width - EDGE - MARK - _GAP - CODE, height - EDGE - CODE, CODE, CODE)


def content(stamp: PageStamp, width: float, height: float, font: Path) -> bytes:
    """The drawing of a stamp on a page of that size (millimetres), as an artifact."""
    place = code_place(width, height)
    lines = ["/Artifact BMC", "q", "0 g"]
    lines += (_rectangle(square, height) for square in marks(width, height))
    lines += (_rectangle(dark, height) for dark in _modules(stamp.code, place))
    lines.append("f")
    if stamp.words:
        right, bottom = place.left + place.width, height - place.top + 1.0
        lines += [*_letters(stamp.words, font, right * _POINTS, bottom * _POINTS), "f"]
    return "\n".join([*lines, "Q", "EMC"]).encode()


def add(data: bytes, stamps: Sequence[PageStamp], font: Path) -> bytes:
    """A PDF with a stamp on each page, the same bytes each time."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page, stamp in zip(pdf.pages, stamps, strict=True):
            width, height = size(page)
            page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
            drawn = b"Q\n" + content(stamp, width, height, font)
            page.contents_add(pdf.make_stream(drawn), prepend=False)
        return saved(pdf)


def size(page: pikepdf.Page) -> tuple[float, float]:
    """A page's width and height in millimetres."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return (right - left) / _POINTS, (top - bottom) / _POINTS


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF, the same each time."""
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True, compress_streams=True, linearize=False)
    return buffer.getvalue()


def _rectangle(place: Rectangle, height: float) -> str:
    left, bottom = place.left * _POINTS, (height - place.top - place.height) * _POINTS
    return f"{left:.3f} {bottom:.3f} {place.width * _POINTS:.3f} {place.height * _POINTS:.3f} re"


def _modules(text: str, place: Rectangle) -> Iterator[Rectangle]:
    """The dark parts of a QR code, a row's neighbours together."""
    rows = list(segno.make(text, error="m", micro=False, boost_error=False).matrix)
    side = place.width / (len(rows) + 2 * _QUIET)
    for row, modules in enumerate(rows, start=_QUIET):
        column = _QUIET
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                yield Rectangle(
                    place.left + column * side, place.top + row * side, length * side, side
                )
            column += length


def _letters(text: str, font: Path, right: float, bottom: float) -> Iterator[str]:
    """The outlines of a few letters that end at ``right`` (points from the lower left)."""
    shapes = _outlines(font)
    width = sum(shapes.advance(letter) for letter in text) * _SMALL
    left = right - width
    for letter in text:
        yield from shapes.path(letter, left, bottom)
        left += shapes.advance(letter) * _SMALL


class _Outlines:
    """A font's letters as paths."""

    def __init__(self, font: Path) -> None:
        self._font = TTFont(io.BytesIO(font.read_bytes()), lazy=True)
        self._glyphs = self._font.getGlyphSet()
        self._names = self._font.getBestCmap()
        self._unit = self._font["head"].unitsPerEm

    def advance(self, letter: str) -> float:
        """A letter's width, in parts of the font's size."""
        width: float = self._glyphs[self._names[ord(letter)]].width / self._unit
        return width

    def path(self, letter: str, left: float, bottom: float) -> Iterator[str]:
        """The operators that draw a letter at a point."""
        pen = DecomposingRecordingPen(self._glyphs)
        scale = _SMALL / self._unit
        moved = TransformPen(pen, (scale, 0, 0, scale, left, bottom))
        self._glyphs[self._names[ord(letter)]].draw(moved)
        at = (0.0, 0.0)
        for operator, points in pen.value:
            if operator == "qCurveTo":
                yield from _cubics(at, points)
            elif operator in _OPERATORS:
                yield " ".join(f"{v:.2f}" for p in points for v in p) + f" {_OPERATORS[operator]}"
            if points:
                at = points[-1]


_OPERATORS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h"}
_Point = tuple[float, float]


def _cubics(start: _Point, points: Sequence[_Point]) -> Iterator[str]:
    """TrueType's curves as a PDF draws them: on-curve points lie between the others."""
    *controls, end = points
    for index, (x, y) in enumerate(controls):
        if index + 1 < len(controls):
            after = controls[index + 1]
            stop = ((x + after[0]) / 2, (y + after[1]) / 2)
        else:
            stop = end
        first = (start[0] + (x - start[0]) * 2 / 3, start[1] + (y - start[1]) * 2 / 3)
        second = (stop[0] + (x - stop[0]) * 2 / 3, stop[1] + (y - stop[1]) * 2 / 3)
        yield " ".join(f"{v:.2f}" for p in (first, second, stop) for v in p) + " c"
        start = stop


@lru_cache(maxsize=2)
def _outlines(font: Path) -> _Outlines:
    return _Outlines(font)

"""The map of a printed questionnaire: where its marks, codes, boxes and blanks stand.

Written when the sheet is printed, read when scans of it come back, by this module alone.
Millimetres from the upper left corner of a side of paper.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

CODES = "gen1"
"""What a page's code begins with; another number when its parts change."""

VERSION = 2
"""The version of the map; 1 had no number."""

ENDING = ".map.json"
"""What a map's file is called behind the name of its PDF, which lies beside it."""

PRINTED = "printed"
"""The folder beside printed forms that keeps those they took the place of."""

_MOST = 20_000
"""How many boxes, blanks or pages a map may have."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in millimetres, from the upper left corner of the page or side."""

    left: float
    top: float
    width: float
    height: float

    def moved(self, left: float) -> Rectangle:
        """The same further to the right."""
        return Rectangle(round(self.left + left, 3), self.top, self.width, self.height)


@dataclass(frozen=True, slots=True)
class MappedPage:
    """A page of the questionnaire: its side of paper, the squares in its corners, its code.

    The squares: upper left and right, lower left and right.
    """

    page: int
    side: int
    marks: tuple[Rectangle, ...]
    code: Rectangle


@dataclass(frozen=True, slots=True)
class MappedPlace:
    """A box (with its ``option``) or a blank to write in (without) of a column of answers."""

    item: str
    option: str
    page: int
    side: int
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class SheetMap:
    """All of a printed questionnaire's places. ``copies`` are the ids of what was printed."""

    survey: str
    version: str
    document: str
    form: str
    copies: tuple[str, ...]
    width: float
    height: float
    sides: int
    pages: tuple[MappedPage, ...]
    boxes: tuple[MappedPlace, ...]
    blanks: tuple[MappedPlace, ...]

    @property
    def serial(self) -> bool:
        """Whether each copy has an id of its own."""
        return self.copies != (self.document,) * len(self.copies)


@dataclass(frozen=True, slots=True)
class PageCode:
    """What the code of a page says."""

    survey: str
    version: str
    copy: str
    page: int
    pages: int

    def __str__(self) -> str:
        return f"{CODES};{self.survey};{self.version};{self.copy};{self.page}/{self.pages}"

    @classmethod
    def parse(cls, text: str) -> PageCode | None:
        """What a code says; None where it is none of ours."""
        parts = text.split(";")
        if len(parts) != 5 or parts[0] != CODES:
            return None
        page, _, pages = parts[4].partition("/")
        if not (page.isascii() and page.isdigit() and pages.isascii() and pages.isdigit()):
            return None
        if max(len(page), len(pages)) > 4:
            return None
        return cls(parts[1], parts[2], parts[3], int(page), int(pages))


def written(of: SheetMap) -> bytes:
    """The map as its file has it."""
    about: dict[str, Any] = {
        "format": CODES,
        "map": VERSION,
        "survey": of.survey,
        "version": of.version,
        "document": of.document,
        "form": of.form,
        "copies": list(of.copies),
        "unit": "mm from the upper left corner of the side",
        "side": {"width": of.width, "height": of.height},
        "sides": of.sides,
        "pages": [
            {
                "page": page.page,
                "side": page.side,
                "marks": [asdict(mark) for mark in page.marks],
                "code": asdict(page.code),
            }
            for page in of.pages
        ],
        "boxes": [_entry(place) for place in of.boxes],
        "blanks": [_entry(place) for place in of.blanks],
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes) -> SheetMap:
    """A map's file, of this version or the one before. Raises ValueError for anything else."""
    try:
        about = json.loads(data)
        if about["format"] != CODES or about.get("map", 1) not in (1, VERSION):
            raise ValueError("another format")
        return SheetMap(
            _text(about["survey"]),
            _text(about["version"]),
            _text(about["document"]),
            _text(about["form"]),
            tuple(map(_text, _some(about["copies"]))),
            _number(about["side"]["width"]),
            _number(about["side"]["height"]),
            _whole(about["sides"]),
            tuple(
                MappedPage(
                    _whole(page["page"]),
                    _whole(page["side"]),
                    _marks(page["marks"]),
                    _rectangle(page["code"]),
                )
                for page in _some(about["pages"])
            ),
            tuple(map(_place, _some(about["boxes"]))),
            tuple(map(_place, _some(about["blanks"]))),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no map") from error


def _entry(place: MappedPlace) -> Mapping[str, Any]:
    option = {"option": place.option} if place.option else {}
    about = {"item": place.item, **option, "page": place.page, "side": place.side}
    return {**about, **asdict(place.rectangle)}


def _place(about: Mapping[str, Any]) -> MappedPlace:
    return MappedPlace(
        _text(about["item"]),
        _text(about.get("option", "")),
        _whole(about["page"]),
        _whole(about["side"]),
        _rectangle(about),
    )


def _marks(about: Any) -> tuple[Rectangle, ...]:
    found = tuple(map(_rectangle, _some(about)))
    if len(found) != 4:
        raise ValueError("marks")
    return found


def _rectangle(about: Mapping[str, Any]) -> Rectangle:
    return Rectangle(*(_number(about[key]) for key in ("left", "top", "width", "height")))


def _some(value: Any) -> Sequence[Any]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise ValueError("no list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("no text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10_000:
        raise ValueError("no number")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 2_000:
        raise ValueError("no measure")
    return float(value)

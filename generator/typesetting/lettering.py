"""How much room words take, in the face and size in which they are set. Lengths are in cm."""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from . import bound, breaks
from .names import NOTHING, KnownNames

CENTIMETRES = 2.54 / 72
"""A point, in cm."""

_AVERAGE = 0.52
"""About how wide a letter is, in parts of the size, where no face is known."""


@dataclass(frozen=True, slots=True)
class Face:
    """The advances of a face's letters, in parts of the size; a sign that it lacks is average."""

    advances: Mapping[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """How long a text is, in parts of the size."""
        known = self.advances
        try:
            return sum(map(known.__getitem__, text))
        except KeyError:
            pass
        return sum(known[c] if c in known else _usual(c) for c in text)


@cache
def _usual(letter: str) -> float:
    return 0.0 if unicodedata.category(letter) in ("Mn", "Cf") else _AVERAGE


class Lettering:
    """The faces of a document, upright and bold; without them letters are taken as average.

    ``named`` are the names and measures that its data tell.
    """

    def __init__(self, upright: Face | None = None, bold: Face | None = None) -> None:
        self.upright = upright or Face()
        self.bold = bold or upright or Face()
        self.named = NOTHING
        self._faces: list[str] = []
        self._measured: dict[tuple[str, bool, int, KnownNames], MeasuredText] = {}
        self._bound: dict[tuple[str, float, KnownNames], tuple[int, ...]] = {}
        self._kept: dict[bytes, Any] = {}
        self._named_in: dict[str, KnownNames] = {}

    @property
    def faces(self) -> str:
        """What tells the letters' widths from others (SHA-256)."""
        # Whoever has the same faces shares it: each document names things of its own.
        if not self._faces:
            told = repr([sorted(face.advances.items()) for face in (self.upright, self.bold)])
            self._faces.append(hashlib.sha256(told.encode()).hexdigest())
        return self._faces[0]

    def naming(self, named: KnownNames) -> Lettering:
        """The same faces, and what has a name."""
        found = copy(self)
        found.named = named
        found._named_in = {}
        return found

    def names_in(self, text: str) -> KnownNames:
        """What a text holds of the names: with other ones it is set alike."""
        found = self._named_in.get(text)
        if found is None:
            if len(self._named_in) >= _KEPT:
                self._named_in.clear()
            found = self._named_in[text] = self.named.within(text)
        return found

    def paragraph(self, text: str, *, bold: bool = False, loose: int = 0) -> MeasuredText:
        """A paragraph's pieces as they are set at size 1, kept for the next table."""
        key = (text, bold, loose, self.names_in(text))
        if key not in self._measured:
            if len(self._measured) >= _KEPT:
                self._measured.clear()
            face = self.bold if bold else self.upright
            self._measured[key] = _paragraph(text, face, loose, key[-1])
        return self._measured[key]

    def lines(self, text: str, room: float, *, bold: bool = False) -> int:
        """How many lines a paragraph takes where there is so much room, at size 1."""
        # Where all of it has room there is no need to know where it could be broken.
        if (self.bold if bold else self.upright).width(text) <= room * _SURELY:
            return 1
        return self.paragraph(text, bold=bold).lines(room)

    def most_lines(self, text: str, room: float, *, bold: bool = False) -> int:
        """How many lines it takes at the most, wherever it may be broken.

        Two that follow each other hold more than one has room for.
        """
        width = (self.bold if bold else self.upright).width(text)
        return int(2 * width / (room * _SURELY)) + 1

    def kept(self, key: bytes, make: Callable[[], Any]) -> Any:
        """What was worked out in these faces for a key that says everything else."""
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = make()
        return self._kept[key]

    def bound_spaces(self, text: str, room: float) -> tuple[int, ...]:
        """The spaces of a text that end no line where there is so much room, at size 1.

        What belongs together is bound as closely as its bold letters have room for; and so has all
        from a space that may end a line to the word after the last bound one. LibreOffice, which
        finds no other end of a line before a space that may not end one, would cut a longer one
        anywhere.
        """
        key = (text, room, self.names_in(text))
        if key not in self._bound:
            if len(self._bound) >= _KEPT:
                self._bound.clear()
            self._bound[key] = self._bind(text, room)
        return self._bound[key]

    def _bind(self, text: str, room: float) -> tuple[int, ...]:
        if self.bold.width(text) <= room * _SURELY:
            return tuple(
                place
                for start, end in bound.stretches(text, 0, self.names_in(text))
                for place in range(start, end)
                if text[place] == " "
            )
        spaces = [place for place, letter in enumerate(text) if letter == " "]
        found = set[int]()
        for least in range(bound.LOOSEST + 1):
            # What is bound already has room; of the rest, what has none is bound less closely.
            wanted = self._spaces(text, room, least) | found
            found |= _with_room(text, wanted, spaces, self.bold, room)
            if wanted == found:
                break
        return tuple(sorted(found))

    def _spaces(self, text: str, room: float, least: int) -> set[int]:
        found = set[int]()
        for loose in range(least, bound.LOOSEST + 1):
            spaced = [
                (start, end)
                for start, end in bound.stretches(text, loose, self.names_in(text))
                if " " in text[start:end]
            ]
            fitting = [
                (start, end) for start, end in spaced if self.bold.width(text[start:end]) <= room
            ]
            found.update(
                place for start, end in fitting for place in range(start, end) if text[place] == " "
            )
            # What is bound where room is scarce is in what is bound where there is room.
            if len(fitting) == len(spaced):
                break
        return found


def _with_room(
    text: str, wanted: set[int], spaces: Sequence[int], face: Face, room: float
) -> set[int]:
    """Those of the wanted spaces between whose neighbours, which may end a line, there is room."""
    if not wanted:
        return wanted
    edges = [-1, *(space for space in spaces if space not in wanted), len(text)]
    found = set[int]()
    for before, after in pairwise(edges):
        within = {space for space in wanted if before < space < after}
        if within and face.width(_kept(text, before + 1, max(within), after)) <= room:
            found |= within
    return found


def _kept(text: str, start: int, last: int, end: int) -> str:
    """What stays on a line: to the end of the word after the last space that is bound."""
    after = breaks.pieces(text[last + 1 : end])
    return text[start : last + 1] + (after[0].rstrip() if after else "")


_KEPT = 4096
_SURELY = 1 - 1e-9
"""Sums of the same lengths in another order differ by less."""

AVERAGE = Lettering()


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """What no line's end parts: where each piece begins and ends, were all on one line."""

    begins: tuple[float, ...]
    ends: tuple[float, ...]

    @property
    def longest(self) -> float:
        """The longest piece."""
        return max((e - b for b, e in zip(self.begins, self.ends, strict=True)), default=0.0)

    @property
    def length(self) -> float:
        """All of it on one line."""
        return self.ends[-1] if self.ends else 0.0

    def lines(self, width: float) -> int:
        """How many lines it takes; a piece that is too wide has a line of its own."""
        begins, ends = self.begins, self.ends
        count, at, last = 0, 0, len(ends)
        while at < last:
            count += 1
            at = max(at + 1, bisect_right(ends, begins[at] + width))
        return max(count, 1)

    def narrowest(self, count: int) -> float:
        """The least width in which it takes no more lines than so many."""
        low, high = self.longest, self.length
        if self.lines(low) <= count:
            return low
        for _ in range(_HALVES):
            middle = (low + high) / 2
            low, high = (low, middle) if self.lines(middle) <= count else (middle, high)
        return high

    def balanced(self, width: float) -> float:
        """The least width in which there are as many lines as in ``width``."""
        count = self.lines(width)
        if count == 1:
            return width
        low, high = max(self.longest, self.length / (count + 1)), width
        for _ in range(_HALVES):
            middle = (low + high) / 2
            low, high = (low, middle) if self.lines(middle) == count else (middle, high)
        return min(width, high * _SLACK)


_HALVES, _SLACK = 12, 1.004


def _paragraph(text: str, face: Face, loose: int, named: KnownNames) -> MeasuredText:
    begins, ends, at = [], [], 0.0
    for piece in breaks.pieces(text, loose, named):
        inked = piece.rstrip()
        begins.append(at)
        ends.append(at + face.width(inked))
        at = ends[-1] + face.width(piece[len(inked) :])
    return MeasuredText(tuple(begins), tuple(ends))

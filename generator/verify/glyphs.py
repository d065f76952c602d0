"""What glyphs stand for: the maps that a PDF's fonts carry (ToUnicode; PDF 1.7, 9.10.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ..typesetting import TEXTS
from .streams import UnpackBudget, is_array

UNKNOWN = "\ufffd"
"""Stands for a glyph that stands for nothing."""

_BEGIN = re.compile(rb"begin(?=bfchar|bfrange)")
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\[\]]*)\])"
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MAX_RANGE = 1 << 16
# Fonts draw SARA AM as two glyphs, and the marks of a letter in an order of their own.
_SARA_AM, _HALVES = "\u0e33", "\u0e4d\u0e32"
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class GlyphMap:
    """What the codes of a font stand for, and how many bytes make one."""

    letters: Mapping[int, str] = field(default_factory=dict)
    width: int = 2
    _read: dict[bytes, str] = field(default_factory=dict, compare=False, repr=False)

    def read(self, codes: bytes) -> str:
        """The text that a string of codes draws."""
        known = self._read
        return "".join([known.get(code) or self._letter(code) for code in self.codes(codes)])

    def codes(self, codes: bytes) -> list[bytes]:
        """A string of codes, one by one."""
        width = self.width
        return [codes[start : start + width] for start in range(0, len(codes), width)]

    def letters_of(self, codes: Iterable[bytes]) -> tuple[str, ...]:
        """What each of some codes stands for."""
        known = self._read
        return tuple([known.get(code) or self._letter(code) for code in codes])

    def _letter(self, code: bytes) -> str:
        text = self._read[code] = self.letters.get(int.from_bytes(code), UNKNOWN)
        return text


def glyph_map(font: Any, budget: UnpackBudget) -> GlyphMap:
    """The map of a font; empty where the font has none."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    stream = font.get("/ToUnicode")
    if stream is None or is_array(stream):
        return GlyphMap(width=width)
    letters: dict[int, str] = {}
    for section in _BEGIN.split(budget.unpack(stream))[1:]:
        kind = b"bfchar" if section.startswith(b"bfchar") else b"bfrange"
        body, end, _ = section.removeprefix(kind).partition(b"end" + kind)
        if not end:
            continue
        if kind == b"bfchar":
            letters |= {_number(code): _text(text) for code, text in _CHAR.findall(body)}
        else:
            for first, last, text, texts in _RANGE.findall(body):
                letters |= _range(_number(first), _number(last), text, _HEX.findall(texts))
    return GlyphMap(letters, width)


def _range(first: int, last: int, text: bytes, texts: list[bytes]) -> dict[int, str]:
    codes = range(first, min(last + 1, first + _MAX_RANGE))
    if texts:
        return {code: _text(one) for code, one in zip(codes, texts, strict=False)}
    start = _text(text)
    if not start:
        return {}
    return {code: start[:-1] + chr(min(ord(start[-1]) + code - first, 0x10FFFF)) for code in codes}


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    packed = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(packed + "0" * (-len(packed) % 4)).decode("utf-16-be", "replace")


@lru_cache(maxsize=TEXTS)
def canonical(text: str) -> str:
    """Text as its glyphs stand: the marks of a letter in one order, nothing that isn't seen.

    SARA AM stands in halves, a ligature as its letters.
    """
    text = _MARKS.sub(lambda match: "".join(sorted(match[0])), text.replace(_SARA_AM, _HALVES))
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


@lru_cache(maxsize=TEXTS)
def unreadable(text: str) -> int:
    """How many glyphs stand for nothing, or for a private code that only one font knows."""
    return sum(c == UNKNOWN or unicodedata.category(c) == "Co" for c in text)

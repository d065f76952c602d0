"""Where a line may end: at spaces, and in Thai between the words that libthai finds.

Pango, which breaks the PDF's lines, asks the same library. Where it isn't installed, words are
taken to be as long as Thai words mostly are.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from . import bound
from .names import NOTHING, KnownNames

_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_OTHER = re.compile(r"\s+(?=\S)|(?<=[^\s\d])/(?=\S)|(?<=[A-Za-z\u0e00-\u0e7f])[-–](?=[A-Za-z])")
_LONGEST = 8
"""So many letters has a long word, where nobody says which words there are."""


@lru_cache(maxsize=20_000)
def places(text: str, loose: int = 0, named: KnownNames = NOTHING) -> tuple[int, ...]:
    """The positions at which the next line may begin, but for what is bound together.

    ``loose`` and ``named`` as for ``bound.stretches``.
    """
    found = {match.end() for match in _OTHER.finditer(text)}
    for start, end in thai(text):
        found.update(start + place for place in _in_thai(text[start:end]))
    kept = bound.stretches(text, loose, named)
    return tuple(sorted(p for p in found if not any(start < p < end for start, end in kept)))


def thai(text: str) -> Iterator[tuple[int, int]]:
    """From where to where Thai letters follow each other."""
    return (match.span() for match in _THAI.finditer(text))


def pieces(text: str, loose: int = 0, named: KnownNames = NOTHING) -> list[str]:
    """What no line's end parts, in order; a piece has the space that follows it."""
    edges = (0, *places(text, loose, named), len(text))
    return [text[one:two] for one, two in pairwise(edges) if two > one]


def thai_words(letters: str) -> list[str]:
    """The words of Thai letters that follow each other, as libthai finds them."""
    edges = (0, *_in_thai(letters), len(letters))
    return [letters[one:two] for one, two in pairwise(edges) if two > one]


def _in_thai(words: str) -> list[int]:
    library = _libthai()
    if library is None:
        return list(range(_LONGEST, len(words), _LONGEST))
    found, breaker = library
    letters = words.encode("tis-620")
    room = (ctypes.c_int * len(letters))()
    count = found.th_brk_find_breaks(breaker, letters, room, len(letters))
    return list(room[:count])


@cache
def _libthai() -> tuple[Any, Any] | None:
    """The library and its dictionary, opened once a process; None where it isn't there."""
    try:
        library = ctypes.CDLL("libthai.so.0")
        library.th_brk_new.restype = ctypes.c_void_p
        library.th_brk_new.argtypes = [ctypes.c_char_p]
        library.th_brk_find_breaks.argtypes = [
            *(ctypes.c_void_p, ctypes.c_char_p),
            *(ctypes.POINTER(ctypes.c_int), ctypes.c_size_t),
        ]
        breaker = library.th_brk_new(None)
    except (OSError, AttributeError):
        return None
    return (library, breaker) if breaker else None


@cache
def library() -> str:
    """The version in the name of the library that finds words; empty when it isn't there."""
    try:
        ctypes.CDLL("libthai.so.0")
        maps = Path("/proc/self/maps").read_text("utf-8")
    except OSError:
        return ""
    return max(re.findall(r"libthai\.so\.([0-9.]+)", maps), key=len, default="")

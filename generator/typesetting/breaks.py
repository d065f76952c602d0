"""Where a line may end: at spaces, and in Thai between the words that libthai finds.

Pango, which breaks the PDF's lines, asks the same library. Where it isn't installed, words are
taken to be as long as Thai words mostly are.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from . import TEXTS, bound
from .names import NOTHING, KnownNames

_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_OTHER = re.compile(r"\s+(?=\S)|(?<=[^\s\d])/(?=\S)|(?<=[A-Za-z\u0e00-\u0e7f])[-–](?=[A-Za-z])")
_NEVER = 1 << 62
_LONGEST = 8
"""So many letters has a long word, where nobody says which words there are."""


@lru_cache(maxsize=TEXTS)
def places(text: str, loose: int = 0, named: KnownNames = NOTHING) -> tuple[int, ...]:
    """The positions at which the next line may begin, but for what is bound together.

    ``loose`` and ``named`` as for ``bound.stretches``.
    """
    found = _anywhere(text)
    if not found or not (kept := bound.stretches(text, loose, named)):
        return found
    parting, following = [], iter(kept)
    start, end = next(following)
    for place in found:
        while place >= end and end < _NEVER:
            start, end = next(following, (_NEVER, _NEVER))
        if place <= start:
            parting.append(place)
    return tuple(parting)


@lru_cache(maxsize=TEXTS)
def _anywhere(text: str) -> tuple[int, ...]:
    """The positions at which a line may begin, were nothing bound."""
    found = {match.end() for match in _OTHER.finditer(text)}
    runs = [run for run in thai(text) if run[1] - run[0] > 1]
    if len(runs) == 1 or _libthai() is None:
        for start, end in runs:
            found.update(start + place for place in _in_thai(text[start:end]))
    elif runs:
        # The library is asked once for all: a space parts what has nothing to do with each other.
        edges = iter(_in_thai(" ".join(text[start:end] for start, end in runs)))
        edge, at = next(edges, _NEVER), 0
        for start, end in runs:
            last = at + end - start
            while edge < last:
                if edge > at:
                    found.add(start + edge - at)
                edge = next(edges, _NEVER)
            at = last + 1
    return tuple(sorted(found))


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
    room = _rooms(len(letters))
    count = found.th_brk_find_breaks(breaker, letters, room, len(letters))
    return list(room[:count])


def _rooms(count: int) -> Any:
    """Room for so many figures, a thread's own, used again and again."""
    room = getattr(_OF_THREAD, "room", None)
    if room is None or len(room) < count:
        room = _OF_THREAD.room = (ctypes.c_int * max(count, _USUAL))()
    return room


_OF_THREAD, _USUAL = threading.local(), 4096


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

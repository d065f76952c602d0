"""What keys of files are called in Thai, and sentences that speak of keys as a file writes them.

``key_names.csv`` is the one table. A row is a key, or a name that stands as a key where every
level, aspect or kind has a value of its own (``name``). ``choice`` marks keys whose value is one of
some fixed words; ``word``, keys that are such a word themselves.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_suffix(".csv")

KeyLanguage = Literal["en", "th"]
"""What a file's keys are written in; a file doesn't mix."""

KEY_LANGUAGES: tuple[KeyLanguage, ...] = ("en", "th")


@dataclass(frozen=True)
class KeyTable:
    """The table: Thai by English, of keys and of names; what is marked in it."""

    keys: Mapping[str, str]
    names: Mapping[str, str]
    choices: frozenset[str]
    words: frozenset[str]

    @cached_property
    def english(self) -> Mapping[str, str]:
        """English by Thai, of keys."""
        return {thai: english for english, thai in self.keys.items()}


@cache
def table() -> KeyTable:
    """The table as it stands in its file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    of = {
        kind: {row["english"]: row["thai"] for row in rows if row["kind"] == kind}
        for kind in ("key", "name")
    }
    marked = {
        mark: frozenset(row["english"] for row in rows if mark in row["marks"].split())
        for mark in ("choice", "word")
    }
    return KeyTable(of["key"], of["name"], marked["choice"], marked["word"])


def written(key: str, keys: KeyLanguage) -> str:
    """A key as a file writes it."""
    return table().keys.get(key, key) if keys == "th" else key


_said: ContextVar[KeyLanguage] = ContextVar("keys", default="en")


@contextmanager
def saying(keys: KeyLanguage) -> Iterator[None]:
    """Have sentences name keys as a file writes them, within this block."""
    before = _said.set(keys)
    try:
        yield
    finally:
        _said.reset(before)


def said(key: str) -> str:
    """A key as the sentence that is being said names it."""
    return written(key, _said.get())


_TOKEN = re.compile(
    r"(?P<before>(?:(?<!\w)(?P<of>[a-z_]\w*): )?)(?P<open>['(]?)"
    r"(?<![\w/.<-])(?<!(?<!\{)\{)(?P<key>[a-z_][a-z_0-9]*)(?![\w/>-])(?P<close>['):]?)"
)
_COMMAND = re.compile(r"\bgen(?: [a-z-]+)+")
_WORD = r"[a-z_-]+(?![\w:-])"
_CHOICE = re.compile(rf"\b(?P<of>[a-z_]+): (?P<words>{_WORD}(?:(?:, | หรือ | or ){_WORD})*)")


def in_sentence(pattern: str, language: str) -> str:
    """The words of a sentence, before anything is put into them, with keys as they are written.

    A Thai sentence has no other Latin words than keys, fixed words and commands. In an English one
    a key is what stands in quotes or before a colon, and what no other word is spelt like.
    """
    if _said.get() == "en":
        return pattern
    known = table()
    kept = [match.span() for match in _COMMAND.finditer(pattern)]
    kept += [m.span("words") for m in _CHOICE.finditer(pattern) if m["of"] in known.choices]

    def named(match: re.Match[str]) -> str:
        key, of = match["key"], match["of"]
        start = match.start("key")
        thai = known.keys.get(key)
        within = any(first <= start < last for first, last in kept)
        spoken_of = of if language == "en" and of in known.words else known.keys.get(of, of)
        quoted = match["open"] == "'" and match["close"] == "'"
        in_prose = language == "en" and key in known.words
        marked = quoted or (match["close"] == ":" and not in_prose)
        plain = key not in known.words if language == "th" else "_" in key
        if (
            thai is None
            or within
            or not (marked or plain or (of in known.keys and spoken_of != of))
        ):
            thai = key
        before = f"{spoken_of}: " if of else ""
        return f"{before}{match['open']}{thai}{match['close']}"

    return _TOKEN.sub(named, pattern)

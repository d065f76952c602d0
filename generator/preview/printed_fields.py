"""The values that a document is made from, by the words that it would print of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from .. import thai
from ..agreements.files import AgencyFolder, DataFile
from ..agreements.record import DocumentInput
from ..agreements.yaml_tree import Node
from ..diagnostics import Location
from ..exact import bare
from .requests import KeyPath, PrintedPlace

_BLANK = re.compile(r"[\s\u200b\u00a0]+|\*\*")
_MARKER = re.compile(r"\A\s*(?:[-*•]|\(?\w{1,2}[.)])\s+")
_NUMBER = re.compile(r"\d{1,3}(?:,?\d{3}){0,6}(?:\.\d{1,12})?")
_PART = "\0"
_SHORTEST = 4
"""Shorter words are looked for by themselves alone, not within others."""

NO_ITEM = -1


# Who types has the same words compared again and again.
@lru_cache(maxsize=20_000)
def plain_words(text: str) -> str:
    """A text as it is compared: without spaces and emphasis, its digits Arabic."""
    found = thai.arabic_digits(_BLANK.sub("", text))
    return bare(Decimal(found.replace(",", ""))) if _NUMBER.fullmatch(found) else found


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A value; ``item`` is the number of the unit's indicator that it belongs to."""

    place: PrintedPlace
    item: int = NO_ITEM


@dataclass(slots=True)
class PrintedFields:
    """The values by their words; where several have the same, in the order of the files."""

    by_words: dict[str, list[PrintedField]] = field(default_factory=lambda: defaultdict(list))
    _starts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _all: str = ""
    _offsets: list[int] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)

    def add(self, text: str, value: PrintedField) -> None:
        """Add a value: each of its lines is printed as a paragraph."""
        for line in text.splitlines():
            words = plain_words(_MARKER.sub("", line, count=1))
            if words and value not in self.by_words[words]:
                self.by_words[words].append(value)

    def settle(self) -> PrintedFields:
        """Make ready to be looked at."""
        pieces = []
        offset = 0
        for words in self.by_words:
            if len(words) < _SHORTEST:
                continue
            self._starts[words[:_SHORTEST]].add(words)
            self._offsets.append(offset)
            self._words.append(words)
            pieces.append(words)
            offset += len(words) + 1
        self._all = _PART.join(pieces)
        return self

    def within(self, words: str) -> Iterator[tuple[int, int, list[PrintedField]]]:
        """The values that stand in a paragraph, from where to where: the longest words first."""
        if found := self.by_words.get(words):
            yield 0, len(words), found
            return
        start = nothing = 0
        while start <= len(words) - _SHORTEST:
            known = self._starts.get(words[start : start + _SHORTEST], ())
            longest = max(
                (one for one in known if words.startswith(one, start)), key=len, default=""
            )
            if longest:
                nothing += 1
                yield start, start + len(longest), self.by_words[longest]
            start += len(longest) or 1
        if not nothing and len(words) >= _SHORTEST:
            # A paragraph may be a piece of a value: a long text is laid out in several.
            place = self._all.find(words)
            if place >= 0:
                whole = self._words[bisect_right(self._offsets, place) - 1]
                yield 0, len(words), self.by_words[whole]


def fields_of(made_from: DocumentInput, own: Mapping[Location, KeyPath]) -> PrintedFields:
    """The values that a document is made from. ``own``: the ``keys_by_place`` of its agency."""
    folder, found = made_from.folder, PrintedFields()
    keys = dict(own)
    for member in (made_from.unit, *made_from.units):
        keys |= _places(member.file.node, ())
    for results in made_from.results.values():
        keys |= _places(results.node, ())

    def add(node: Node, item: int = NO_ITEM) -> None:
        for value in _scalars(node):
            at = value.location
            if at in keys:
                place = PrintedPlace(at.path, keys[at], at.line, at.column)
                found.add(str(value.value), PrintedField(place, item))

    for member in (made_from.unit, *made_from.units):
        is_own = member is made_from.unit
        uses = {resolved.place: number for number, resolved in enumerate(member.indicators)}
        node = member.file.node
        if isinstance(node.value, dict):
            add(node.without("indicators"))
        for resolved in member.indicators:
            item = uses[resolved.place] if is_own else NO_ITEM
            add(node.find(resolved.place), item)
            add(resolved.node, item)
            for key in resolved.item.indicator.tables:
                if key in folder.tables:
                    add(folder.tables[key].file.node, item)
    for results in made_from.results.values():
        add(results.node)
    for survey in folder.surveys.values():
        if made_from.options.survey:
            add(survey.node)
    add(folder.agency.node)
    add(folder.wording.node)
    return found.settle()


def keys_by_place(folder: AgencyFolder) -> dict[Location, KeyPath]:
    """The keys of every value of an agency's own files, by its place."""
    files: list[DataFile[Any]] = [folder.agency, folder.wording, *folder.indicators.values()]
    files += [table.file for table in folder.tables.values()]
    files += [*folder.plans.values(), *folder.surveys.values()]
    found: dict[Location, KeyPath] = {}
    # Words that ship with the program stand elsewhere.
    own = cache(lambda path: path.is_relative_to(folder.folder))
    for file in files:
        found.update(item for item in _places(file.node, ()).items() if own(item[0].path))
    return found


def _places(node: Node, keys: KeyPath) -> dict[Location, KeyPath]:
    found: dict[Location, KeyPath] = {}
    todo: list[tuple[Node, KeyPath]] = [(node, keys)]
    while todo:
        one, path = todo.pop()
        if isinstance(one.value, dict):
            todo += [(child, (*path, key)) for key, child in one.value.items()]
        elif isinstance(one.value, list):
            todo += [(child, (*path, index)) for index, child in enumerate(one.value)]
        else:
            found[one.location] = path
    return found


def _scalars(node: Node) -> Iterable[Node]:
    """The texts of a file in their order."""
    if isinstance(node.value, str):
        yield node
    elif isinstance(node.value, dict):
        for child in node.value.values():
            yield from _scalars(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _scalars(child)

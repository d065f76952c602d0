"""The texts of an agency's files that a document may print, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from .. import thai
from ..agreements import own_keys, yaml_tree
from ..agreements.blanks import BLANK
from ..agreements.changes import KeyPath
from ..agreements.yaml_tree import Node, YamlFile
from ..workspace.confined import read_bytes

_MARKER = re.compile(r"\A *(?:[-•●]|[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]|\([0-9]{1,3}\)) +(?=\S)")


@dataclass(frozen=True, slots=True)
class DataText:
    """A text of a file: its name in the agency's folder, the keys, what it says, its line."""

    file: str
    path: KeyPath
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of such a text that is printed in one piece: one line, between two blanks.

    ``said`` is how it is printed: one blank for white space, Arabic digits; ``places`` says of
    each sign, and of its end, where that stands in the text.
    """

    text: DataText
    said: str
    places: tuple[int, ...]
    number: int
    """Which line of the text it is."""


def texts_of(files: Mapping[str, YamlFile]) -> list[DataText]:
    """All texts of files, by their names in the agency's folder."""
    return [
        text
        for name, file in files.items()
        if file.node is not None
        for text in _texts(name, own_keys.of_place(file, PurePath(name)).node, ())
    ]


def read_files(folder: Path, names: Iterable[str]) -> dict[str, YamlFile]:
    """Files of an agency's folder. Raises FileError."""
    return {name: yaml_tree.parse(folder / name, read_bytes(folder / name)) for name in names}


def _texts(file: str, node: Node | None, path: KeyPath) -> Iterator[DataText]:
    if node is None:
        return
    if isinstance(node.value, str):
        yield DataText(file, path, node.value, node.location.line)
    elif isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _texts(file, child, (*path, key))
    elif isinstance(node.value, list):
        for number, child in enumerate(node.value):
            yield from _texts(file, child, (*path, number))


def stretches(text: DataText) -> list[Stretch]:
    """The parts of a text that are printed in one piece, each as it is printed."""
    found: list[Stretch] = []
    start = 0
    for number, line in enumerate(text.value.split("\n")):
        marker = _MARKER.match(line)
        begin = marker.end() if marker else 0
        edges = [begin]
        for blank in BLANK.finditer(line, begin):
            edges += blank.span()
        edges.append(len(line))
        for one, two in zip(edges[::2], edges[1::2], strict=True):
            said, places = _printed(line, one, two)
            if said:
                found.append(Stretch(text, said, tuple(start + p for p in places), number))
        start += len(line) + 1
    return found


def _printed(line: str, one: int, two: int) -> tuple[str, list[int]]:
    signs: list[str] = []
    places: list[int] = []
    place = one
    while place < two:
        sign = line[place]
        if line.startswith("**", place):
            place += 2
            continue
        if sign.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
                places.append(place)
        elif not thai.is_unseen(sign):
            signs.append(thai.arabic_digits(sign))
            places.append(place)
        place += 1
    end = two
    while signs and signs[-1] == " ":
        signs.pop()
        end = places.pop()
    if signs:
        end = places[-1] + 1
    return "".join(signs), [*places, end]

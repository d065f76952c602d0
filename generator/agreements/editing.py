"""Files of data edited as text, where the reader found the values: comments and layout stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Location
from . import yaml_tree
from .yaml_tree import Node


@dataclass(frozen=True, slots=True)
class TextEdit:
    """``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with all edits made."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def texts_of(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Walk over every text of a tree, with the keys that lead to it."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from texts_of(child, f"{path}/{key}" if path else key)
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from texts_of(child, f"{path}/{index}")
    else:
        yield path, node


def offset_of(text: str, place: Location) -> int:
    """Where a place stands in the text of its file, in characters."""
    start = 0
    for _ in range(place.line - 1):
        start = text.index("\n", start) + 1
    return start + place.column - 1


def typed_key(text: str, mapping: Node, key: str) -> str:
    """A number that is a key as it is written; read, its digits are Arabic."""
    place = mapping.keys[key]
    line = text.split("\n")[place.line - 1]
    return line[place.column - 1 :].lstrip("'\"")[: len(key)]


def entry_behind(text: str, mapping: Node, key: str, value: str) -> TextEdit:
    """Put a key and its value behind the last ones of a mapping."""
    assert isinstance(mapping.value, dict)
    start = mapping.span[0]
    if not mapping.value:
        return TextEdit(start + 1, start + 1, f"{key}: {value}")
    end = end_of(text, list(mapping.value.values())[-1])
    if text[start] == "{":
        gap = " " if text[end - 1] == ":" else ""
        return TextEdit(end, end, f"{gap}, {key}: {value}")
    end = text.find("\n", end) if "\n" in text[end:] else len(text)
    newline = "\r\n" if text[:end].endswith("\r") else "\n"
    end -= len(newline) - 1
    indent = " " * (next(iter(mapping.keys.values())).column - 1)
    return TextEdit(end, end, f"{newline}{indent}{key}: {value}")


_NOTHING = re.compile(r"[ \t\r]*(?:#.*)?")
_ENDS_EMPTY = re.compile(r":[ \t\r]*(?:#.*)?\Z")
"""A key's colon, and nothing but blanks and a comment behind it."""


def _colon(text: str, end: int) -> int | None:
    """Where the colon of a key stands that has nothing but blanks and comments up to ``end``."""
    while True:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if not _NOTHING.fullmatch(line):
            found = _ENDS_EMPTY.search(line)
            return start + found.start() if found is not None else None
        if not start:
            return None
        end = start - 1


def end_of(text: str, node: Node) -> int:
    """Find the end of a value's last character; a block's span reaches to what follows it."""
    while node.value and not isinstance(node.value, str) and text[node.span[0]] not in "{[":
        node = (list(node.value.values()) if isinstance(node.value, dict) else node.value)[-1]
    if node.value is None and (colon := _colon(text, node.span[1])) is not None:
        return colon + 1
    return len(text[: node.span[1]].rstrip())


_PLAIN = re.compile(r"(?:\d[\d.]* )?[^\W\d_](?:[^\s,\[\]{}#:\"'\\]| (?=\S))*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def scalar(words: str, like: str = "") -> str:
    """Write a text as YAML: plain where that is safe, or where a number stands so already."""
    if _PLAIN.fullmatch(words) and words.lower() != "null":
        return words
    if _NUMBER.fullmatch(words) and like and like[0] not in "\"'":
        return words
    return json.dumps(words, ensure_ascii=False)


def as_value(words: str) -> str:
    """Words as a value of YAML that is read back as it is."""
    plain = yaml_tree.parse(Path("x.yaml"), f"a: [{words}]\n".encode())
    if not plain.faults and plain.node is not None and plain.node.plain() == {"a": [words]}:
        return words
    return "'" + words.replace("'", "''") + "'"

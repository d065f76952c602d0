"""Strict YAML: text and data, with a Location for every key and value.

Every scalar stays the text that was typed (``0212345670`` is a telephone number,
``no`` is a word); only an empty value, ``~`` and ``null`` mean "nothing". What a text
stands for is decided by the model's field. Duplicate keys, anchors, tags and several
documents in one file are refused: none of them helps an officer, each can hide a
mistake or exhaust the machine.

The tree is built from the parser's events, so nothing is expanded and nesting is
bounded before it is built.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from .. import odd_signs, thai
from ..diagnostics import Diagnostic, Location, fault, warning
from ..messages import Message, message
from ..workspace.confined import read_bytes
from . import yaml_faults
from .paths import refuse_link
from .text_faults import (
    MAX_FAULTS,
    control_character,
    control_characters,
    controls,
    cut,
    likely_encoding,
    private_letters,
    without_controls,
)

MAX_BYTES = 1 << 20
MAX_DEPTH = 40

Plain = str | dict[str, "Plain"] | list["Plain"] | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place. ``span`` is its extent in the file's text, in characters."""

    value: str | dict[str, Node] | list[Node] | None
    location: Location
    keys: Mapping[str, Location] = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)

    def plain(self) -> Plain:
        """The data alone: text, None, dict and list."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def find(self, path: Iterable[str | int]) -> Node:
        """The node at ``path``, or the nearest one above it that exists.

        Steps that the data doesn't have are passed over, so that a path which names
        the model's inner structure still leads to the place the officer wrote.
        """
        node = self
        for step in path:
            child = node.child(step)
            if child is not None:
                node = child
        return node

    def child(self, step: str | int) -> Node | None:
        """The value under one key or index, or None."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int):
            return self.value[step] if 0 <= step < len(self.value) else None
        return None

    def without(self, key: str) -> Node:
        """The same mapping without a key."""
        if not isinstance(self.value, dict) or key not in self.value:
            return self
        return replace(self, value={k: v for k, v in self.value.items() if k != key})

    def at(self, *path: str | int) -> Location:
        """Where the value at ``path`` stands (or the nearest value above it)."""
        return self.find(path).location

    def key_at(self, *path: str | int) -> Location:
        """Where the last key of ``path`` is written, else the value's own place."""
        parent = self.find(path[:-1])
        return parent.keys.get(str(path[-1]), self.at(*path))


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that was read: its text and its tree (None when it doesn't parse)."""

    path: Path
    text: str
    node: Node | None
    faults: tuple[Diagnostic, ...] = ()


def merge(base: Node, patch: Node) -> Node:
    """``patch`` laid over ``base``: mappings merge by key, everything else replaces."""
    if not (isinstance(base.value, dict) and isinstance(patch.value, dict)):
        return patch
    merged = dict(base.value)
    for key, node in patch.value.items():
        merged[key] = merge(merged[key], node) if key in merged else node
    return Node(merged, patch.location, {**base.keys, **patch.keys})


Remembered = dict[Path, tuple[bytes, int, "YamlFile"]]
"""Files as they were read last, for who reads the same ones again and again."""

_remembered: ContextVar[Remembered | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(files: Remembered) -> Iterator[None]:
    """Have files whose bytes are what they were not parsed again; ``files`` keeps them."""
    token = _remembered.set(files)
    try:
        yield
    finally:
        _remembered.reset(token)


def read(path: Path, limit: int = MAX_BYTES) -> YamlFile:
    """Read a YAML file of at most ``limit`` bytes.

    Faults of the text are in the result; a file that can't be read at all raises
    FileError.
    """
    refuse_link(path)
    data = read_bytes(path, limit)
    files = _remembered.get()
    if files is None:
        return parse(path, data, limit)
    known = files.get(path)
    if known is None or known[:2] != (data, limit):
        known = files[path] = (data, limit, parse(path, data, limit))
    return known[2]


def parse(path: Path, data: bytes, limit: int = MAX_BYTES) -> YamlFile:
    """Parse the bytes of a YAML file; ``path`` only names it."""
    if len(data) > limit:
        return _unreadable(path, message("file-too-large", limit=str(limit >> 20)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = likely_encoding(data)
        return _unreadable(path, message("file-not-utf-8"), hint, line=line)
    faults = tuple(control_characters(path, text))
    if faults:
        return YamlFile(path, text, None, faults)
    builder = _Builder(path, text)
    try:
        node = builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mistake = yaml_faults.explain(_complaint(error), text, builder.last)
        place = place_of(path, text, mistake.index)
        return YamlFile(path, text, None, (Diagnostic(mistake.said, place),))
    except yaml.YAMLError:
        # The readers of bytes complain without a place; what they refuse was looked for above.
        return _unreadable(path, message("sign-that-cannot-stand"))
    except _Refused as refused:
        return YamlFile(path, text, None, (refused.diagnostic,))
    return YamlFile(path, text, node, tuple(builder.faults))


def _complaint(error: yaml.MarkedYAMLError) -> yaml_faults.Complaint:
    """A parser's complaint, without its types."""
    noticed, begun = (
        None if mark is None else mark.index for mark in (error.problem_mark, error.context_mark)
    )
    return yaml_faults.Complaint(f"{error.context or ''} | {error.problem or ''}", noticed, begun)


def scalars(text: str) -> list[tuple[int, int]]:
    """Where the scalars of a text that parses begin and end, keys too, in their order."""
    events = yaml.parse(text, Loader=_Loader)
    return [_span(event, event) for event in events if isinstance(event, yaml.ScalarEvent)]


def place_of(path: Path, text: str, index: int) -> Location:
    """The line and column of an offset in the text."""
    start = text.rfind("\n", 0, index) + 1
    return Location(path, text.count("\n", 0, index) + 1, index - start + 1)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_NULLS = {"", "~", "null", "Null", "NULL"}


class _Refused(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Builder:
    """Builds the Node tree from YAML events, with a stack of its own."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.end = self._at(len(text))
        self.faults: list[Diagnostic] = []
        self.last: yaml_faults.Scalar | None = None

    def _add(self, found: Diagnostic) -> None:
        if len(self.faults) < MAX_FAULTS and found not in self.faults:
            self.faults.append(found)

    def place(self, mark: Any) -> Location:
        """Where a mark stands; the end of a text without a last line break is its end."""
        if mark is None or mark.line > len(self.ends):
            return self.end
        return Location(self.path, mark.line + 1, mark.column + 1)

    def _at(self, index: int) -> Location:
        """The line and column of an offset in the text."""
        line = bisect_left(self.ends, index)
        start = self.ends[line - 1] + 1 if line else 0
        return Location(self.path, line + 1, index - start + 1)

    def build(self, events: Iterator[yaml.Event]) -> Node:
        documents = 0
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, message("second-document"))
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 0)
        if root is None:
            return Node({}, Location(self.path, 1, 1))
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._refuse(event, message("nested-too-deep", most=str(MAX_DEPTH)))
        if getattr(event, "anchor", None) is not None:
            raise self._refuse(event, message("anchor-or-alias"))
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._refuse(event, message("tag", tag=str(tag)))
        place = self.place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            span = _span(event, event)
            self.last = yaml_faults.Scalar(*span)
            self._look_for_comment(event, span[1])
            return Node(self._scalar(event, place), place, span=span)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self._node(inner, events, depth + 1))
                if event.flow_style and len(items) > 1:
                    self._look_for_comma(items[-1])
            return Node(items, place, span=_span(event, inner))
        return self._mapping(event, events, place, depth)

    def _mapping(
        self, start: yaml.Event, events: Iterator[yaml.Event], place: Location, depth: int
    ) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_node = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            key = key_node.value
            if key is None:
                key = ""
            if not isinstance(key, str):
                raise _Refused(fault("key-is-no-word", key_node.location))
            written, key = key, key if key.isascii() else thai.folded(key)
            if key != written and (odd := odd_signs.oddity(written)):
                self._add(warning("odd-sign-in-key", key_node.location, key=key, sign=odd))
            if key == "<<":
                raise self._refuse(event, message("merge-key"))
            if getattr(start, "flow_style", False) and self._is_alone(key_node, value):
                self._add(self._alone(key_node))
                continue
            if key in keys:
                line = str(keys[key].line)
                self._add(fault("key-given-twice", key_node.location, key=key, line=line))
                continue
            keys[key] = key_node.location
            values[key] = value
        return Node(values, place, keys, _span(start, event))

    def _scalar(self, event: yaml.ScalarEvent, place: Location) -> str | None:
        if not event.style and event.value in _NULLS:
            return None
        text = self._in_thai(event)
        bad = controls(text)
        if not bad:
            return text
        self._add(control_character(bad[0], place))
        return without_controls(text)

    def _in_thai(self, event: yaml.ScalarEvent) -> str:
        """The text in the letters of Unicode, with a word on those of old faces."""
        text: str = event.value
        mapped = thai.without_private(text)
        if mapped != text:
            start, end = _span(event, event)
            signs = (at for at in range(start, end) if ord(self.text[at]) in thai.PRIVATE)
            place = self._at(next(signs, start))
            self._add(private_letters(text, place))
        return mapped

    def _look_for_comment(self, event: yaml.ScalarEvent, end: int) -> None:
        """Say so where ' #' cuts a plain text off: everything behind it is a comment.

        A note that stands apart as notes do (two blanks, the sign, a blank) is one, and so is one
        behind a number, or behind a key whose value follows below.
        """
        if event.style or (match := _HASH.match(self.text, end)) is None:
            return
        is_apart = match.start(1) - end > 1 or not event.value or _FIGURE.fullmatch(event.value)
        if is_apart and match[1][1:2] in ("", " ", "\t", "#"):
            return
        place = self._at(match.start(1))
        hint = message("quotes-or-blanks-around-comment")
        self._add(warning("comment-cuts-text", place, hint=hint, comment=cut(match[1])))

    def _is_alone(self, key: Node, value: Node) -> bool:
        """Whether a key in braces has neither colon nor value."""
        return value.value is None and ":" not in self.text[key.span[1] : value.span[1]]

    def _figure_at(self, start: int) -> tuple[int, str]:
        """The figure with commas between its digits that a place is in, and where it begins."""
        least = max(start - _LONGEST_FIGURE, 0)
        while start > least and self._is_of_figure(start - 1):
            start -= 1
        whole = not start or not self._is_of_figure(start - 1)
        match = _DIVIDED.match(self.text, start, start + _LONGEST_FIGURE) if whole else None
        return start, match[0] if match is not None else ""

    def _is_of_figure(self, index: int) -> bool:
        return self.text[index].isdigit() or self.text[index] == ","

    def _alone(self, key: Node) -> Diagnostic:
        start, figure = self._figure_at(key.span[0])
        if figure and start < key.span[0]:
            return fault("comma-divides-in-braces", self._at(start), figure=figure)
        return fault("key-without-value", key.location, key=cut(str(key.value)))

    def _look_for_comma(self, item: Node) -> None:
        """Say so where a figure with a comma became two items of a list."""
        start, figure = self._figure_at(item.span[0])
        if figure and start < item.span[0]:
            self._add(warning("comma-divides-in-list", self._at(start), figure=figure))

    def _refuse(self, event: yaml.Event, said: Message) -> _Refused:
        return _Refused(Diagnostic(said, self.place(event.start_mark)))


_HASH = re.compile(r"[ \t]+(#[^\n]*)")
_FIGURE = re.compile(r"-?[\d.,]+|true|false|~")
_LONGEST_FIGURE = 60
_DIVIDED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?")


def _span(start: yaml.Event, end: yaml.Event) -> tuple[int, int]:
    assert start.start_mark is not None
    assert end.end_mark is not None
    return start.start_mark.index, end.end_mark.index


def _unreadable(path: Path, said: Message, hint: Message | str = "", line: int = 1) -> YamlFile:
    return YamlFile(path, "", None, (Diagnostic(said, Location(path, line, 1), hint),))

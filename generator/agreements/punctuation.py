"""Where the signs of YAML stand that aren't part of a value: dashes, colons, commas."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import yaml

from .editing import end_of
from .yaml_tree import Node

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Punctuation:
    """Offsets of the dashes, colons and commas of a file's text, in order."""

    text: str
    dashes: tuple[int, ...]
    colons: tuple[int, ...]
    commas: tuple[int, ...]
    lines: tuple[int, ...]
    """Where each line begins."""

    def dash_of(self, item: Node) -> int:
        """The dash before an item of a list of lines."""
        return self.dashes[bisect_left(self.dashes, item.span[0]) - 1]

    def colon_of(self, mapping: Node, key: str) -> int:
        """The colon behind a key."""
        return self.colons[bisect_right(self.colons, self.key_of(mapping, key))]

    def key_of(self, mapping: Node, key: str) -> int:
        """Where a key begins."""
        place = mapping.keys[key]
        return self.lines[place.line - 1] + place.column - 1

    def comma_before(self, start: int, least: int) -> int | None:
        """The comma between ``least`` and ``start``."""
        return _within(self.commas, bisect_left(self.commas, start) - 1, least, start)

    def comma_behind(self, end: int, most: int) -> int | None:
        """The comma between ``end`` and ``most``."""
        return _within(self.commas, bisect_left(self.commas, end), end, most)

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.lines[bisect_right(self.lines, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends: before its line break, or at the text's end."""
        after = bisect_right(self.lines, offset)
        if after == len(self.lines):
            return len(self.text)
        end = self.lines[after] - 1
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def next_line(self, offset: int) -> int:
        """Where the line behind an offset's begins, or the text's end."""
        after = bisect_right(self.lines, offset)
        return self.lines[after] if after < len(self.lines) else len(self.text)

    def end_of(self, node: Node, colon: int | None = None) -> int:
        """Where a value ends; one that isn't there ends at its colon or dash."""
        if node.value is None and node.span[0] == node.span[1]:
            return node.span[0] if colon is None else colon + 1
        return end_of(self.text, node)


def _within(offsets: tuple[int, ...], index: int, least: int, most: int) -> int | None:
    found = offsets[index] if 0 <= index < len(offsets) else -1
    return found if least <= found < most else None


def of(text: str) -> Punctuation:
    """The punctuation of a text that parses."""
    found: dict[type[yaml.Token], list[int]] = {
        yaml.BlockEntryToken: [],
        yaml.ValueToken: [],
        yaml.FlowEntryToken: [],
    }
    for token in yaml.scan(text, Loader=_Loader):
        if (offsets := found.get(type(token))) is not None:
            offsets.append(token.start_mark.index)
    lines = (0, *(match.end() for match in re.finditer("\n", text)))
    dashes, colons, commas = (tuple(offsets) for offsets in found.values())
    return Punctuation(text, dashes, colons, commas, lines)


def in_braces(root: Node, path: tuple[str | int, ...], text: str) -> bool:
    """Whether the value at a path stands in braces or brackets."""
    node = root
    for step in path:
        if text[node.span[0] : node.span[0] + 1] in ("{", "["):
            return True
        child = node.child(step)
        if child is None:
            break
        node = child
    return False

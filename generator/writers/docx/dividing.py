"""What Jinja made of a Word document's piece, divided into blocks, as text.

A block is a paragraph or table with what looks at it, or is looked at, when it is finished: the
notes below a table, what stands before names to ask, what stands beside an equation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block as Jinja made it: paragraphs and tables, and the section that they stand in."""

    elements: tuple[bytes, ...]
    section: bytes
    has_fraction: bool = False

    @property
    def xml(self) -> bytes:
        """All of it."""
        return b"".join(self.elements)


class WholeError(Exception):
    """A piece isn't to be divided."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Tells whether an element may look at what stands before it: by its style's names."""

    names: tuple[bytes, ...]

    def __call__(self, element: bytes) -> bool:
        """Whether it may, the element being what Jinja made."""
        if not self.names or not element.startswith(b"<w:p"):
            return False
        lowered = element.lower()
        return any(name in lowered for name in self.names)


def grouped(elements: Sequence[bytes], section: bytes, looks: Looks) -> Iterator[BlockText]:
    """The blocks of elements of one section."""
    groups: list[list[bytes]] = []
    waiting = False
    for element in elements:
        has_fraction = b"<m:f" in element and element.startswith(b"<w:p")
        if not groups and looks(element):
            raise WholeError
        if looks(element):
            # With all that stands before it, to the table above that.
            while not groups[-1][0].startswith(b"<w:tbl") and len(groups) > 1:
                tail = groups.pop()
                groups[-1] += tail
            groups[-1].append(element)
        elif groups and (waiting or has_fraction):
            groups[-1].append(element)
        else:
            groups.append([element])
        waiting = has_fraction
    for group in groups:
        yield BlockText(tuple(group), section, any(b"<m:f" in one for one in group))


def split(data: bytes) -> list[bytes]:
    """The paragraphs and tables that stand beside each other. Raises where there is more."""
    found: list[bytes] = []
    at, last = 0, len(data)
    while at < last:
        if data.startswith(b"\n<w:p", at):
            at += 1
        if data.startswith(b"<w:tbl>", at):
            end = _behind(data, b"</w:tbl>", at)
            while data.count(b"<w:tbl>", at, end) > data.count(b"</w:tbl>", at, end):
                end = _behind(data, b"</w:tbl>", end)
        elif data.startswith((b"<w:p>", b"<w:p ", b"<w:p/>"), at):
            end = _behind(data, b">", at)
            if data[end - 2 : end] != b"/>":
                end = _behind(data, b"</w:p>", end)
        else:
            raise WholeError
        found.append(data[at:end])
        at = end
    return found


def _behind(data: bytes, tag: bytes, start: int) -> int:
    place = data.find(tag, start)
    if place < 0:
        raise WholeError
    return place + len(tag)

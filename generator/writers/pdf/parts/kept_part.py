"""A part as it is kept: its pages painted, its elements as bytes with places for numbers.

Marks of content are counted by page, subsets keep the numbers of glyphs, a font is called by a
hash of its description and a graphics state by its value: so a painted page doesn't know its
document. What refers to another object does so by a number that is given when the document is put
together.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

KINDS = ("object", "page", "document", "annotation")
"""What a number stands for: an object of the part, a page of it, the document's element, or the
number that an annotation has in the tree of parents."""

Target = tuple[str, int]
"""The kind of a number, and which of its kind."""

PARTED = b"\0"
"""Stands between the objects of a part, which have none in them."""


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers as bytes: a store of many parts is no burden to whoever looks for garbage."""
    return array("i", numbers).tobytes()


def unpacked(data: bytes) -> list[int]:
    """The numbers of such bytes."""
    found = array("i")
    found.frombytes(data)
    return found.tolist()


@dataclass(frozen=True, slots=True)
class KeptObjects:
    """Objects: their bytes with ``%d`` for each number, and what the numbers stand for, packed.

    ``streams`` are the bytes that follow the dictionary of a stream, by the object's place.
    """

    template: bytes
    targets: bytes
    streams: tuple[tuple[int, bytes], ...]

    @classmethod
    def of(cls, objects: Iterable[tuple[bytes, Iterable[Target], bytes | None]]) -> KeptObjects:
        """Objects one by one: template, targets, and the stream or None."""
        every = [(template, tuple(targets), stream) for template, targets, stream in objects]
        return cls(
            PARTED.join(template for template, _, _ in every),
            packed(
                len(KINDS) * index + KINDS.index(kind)
                for _, targets, _ in every
                for kind, index in targets
            ),
            tuple(
                (place, stream) for place, (_, _, stream) in enumerate(every) if stream is not None
            ),
        )

    @property
    def count(self) -> int:
        """How many there are."""
        return self.template.count(PARTED) + 1 if self.template else 0

    def told(self) -> list[Target]:
        """What the numbers stand for, in order."""
        return [
            (KINDS[number % len(KINDS)], number // len(KINDS)) for number in unpacked(self.targets)
        ]

    def spelt(self, numbers: dict[str, Callable[[int], int]]) -> list[bytes]:
        """The objects as bytes; ``numbers`` gives the number of a target of a kind."""
        if not self.template:
            return []
        given = [numbers[kind] for kind in KINDS]
        kinds = len(KINDS)
        found = tuple([given[number % kinds](number // kinds) for number in unpacked(self.targets)])
        return (self.template % found).split(PARTED)


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture by the name that pages call it by: the picture, and its mask if it has one."""

    name: str
    objects: KeptObjects


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A painted page, in CSS pixels. ``marks``: the elements of its marked content, packed."""

    name: str
    width: float
    height: float
    content: bytes
    marks: bytes
    annotations: tuple[int, ...]
    bookmarks: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class KeptFont:
    """A font that a part uses: its description and size, and its glyphs' widths and letters."""

    description: str
    size: float
    widths: dict[int, int]
    letters: dict[int, str]


@dataclass(frozen=True, slots=True)
class KeptPart:
    """A part, laid out and painted. ``elements`` stand at its top; ``fields`` are to sign in."""

    pages: tuple[KeptPage, ...]
    objects: KeptObjects
    elements: tuple[int, ...]
    annotated: tuple[int, ...]
    fields: tuple[int, ...]
    fonts: tuple[KeptFont, ...]
    states: tuple[tuple[str, bytes], ...]
    pictures: tuple[KeptPicture, ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        pages = sum(len(page.content) + len(page.marks) + 500 for page in self.pages)
        every = (self.objects, *(found.objects for found in self.pictures))
        objects = sum(
            len(found.template) + len(found.targets) + sum(len(data) for _, data in found.streams)
            for found in every
        )
        glyphs = sum(250 * len(font.widths) for font in self.fonts)
        return pages + objects + glyphs + 2000

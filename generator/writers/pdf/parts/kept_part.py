"""A part as it is kept: its pages painted, its elements as bytes with places for numbers.

Marks of content are counted by page, subsets keep the numbers of glyphs, a font is called by a
hash of its description and a graphics state by its value: so a painted page doesn't know its
document. What refers to another object does so by a number that is given when the document is put
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Target = tuple[str, int]
"""What a number stands for: an ``object`` of the part, a ``page`` of it, the ``document`` element,
or the number that an ``annotation`` has in the tree of parents."""


@dataclass(frozen=True, slots=True)
class KeptObject:
    """An object: its bytes with ``%d`` for each number, and what the numbers stand for.

    ``stream`` are the bytes that follow the dictionary of a stream.
    """

    template: bytes
    targets: tuple[Target, ...]
    stream: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture by the name that pages call it by, and its mask, which it calls ``(object, 0)``."""

    name: str
    picture: KeptObject
    mask: KeptObject | None


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A painted page. ``marks``: the elements of its marked content; lengths in CSS pixels."""

    name: str
    width: float
    height: float
    content: bytes
    marks: tuple[int, ...]
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
    objects: tuple[KeptObject, ...]
    elements: tuple[int, ...]
    annotated: tuple[int, ...]
    fields: tuple[int, ...]
    fonts: tuple[KeptFont, ...]
    states: tuple[tuple[str, bytes], ...]
    pictures: tuple[KeptPicture, ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        pages = sum(len(page.content) + 8 * len(page.marks) for page in self.pages)
        objects = sum(len(item.template) + 40 * len(item.targets) + 120 for item in self.objects)
        pictures = sum(len(found.picture.stream or b"") for found in self.pictures)
        glyphs = sum(200 * len(font.widths) for font in self.fonts)
        return pages + objects + pictures + glyphs + 1000

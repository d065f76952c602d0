"""A piece of a Word document as it is kept: finished XML with places for numbers.

It knows its own words, the styles, the face, and the section that it stands in. It knows nothing of
other pieces: which lists its items belong to, and the numbers of its pictures, are filled in when a
document is put together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ...templates.given_values import Spent
from .numbering import ListKind

PLACE = b"\0"
"""Stands in XML, which has no such sign, where a number is filled in."""


@dataclass(frozen=True, slots=True)
class KeptItem:
    """An item of a list: in which place of its piece, 0 being the body, and its number."""

    place: int
    kind: ListKind
    number: int


@dataclass(frozen=True, slots=True)
class KeptWordPart:
    """What a piece of a template made, finished.

    ``filled`` says what each place in ``xml`` is for: the number of an item's list (0) or of a
    picture (1). ``section`` is the first section that ends in it, ``styles`` and ``relations`` are
    what it asks of the rest of its document, ``spent`` what it took to make.

    ``end`` says what a document would end with: ``full``, or ``empty`` where it is nothing but
    paragraphs without words. With ``section`` such paragraphs begin at ``end_at``, one ends the
    section ``end_section``, and ``end_styles`` are used by them alone.
    """

    xml: bytes
    filled: bytes
    items: tuple[KeptItem, ...]
    styles: tuple[str, ...]
    relations: tuple[str, ...]
    section: bytes
    end: str
    end_at: int
    end_section: bytes
    end_styles: tuple[str, ...]
    spent: Spent

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.xml) + 300 * len(self.items) + 2000


def spelt(part: KeptWordPart) -> bytes:
    """A part as bytes."""
    kinds = list(dict.fromkeys(item.kind for item in part.items))
    said = [
        *(part.xml.decode(), list(part.filled)),
        [[kind.style, kind.before, kind.after, kind.numerals, kind.tab] for kind in kinds],
        [[item.place, kinds.index(item.kind), item.number] for item in part.items],
        *(part.styles, part.relations, part.section.decode()),
        *(part.end, part.end_at, part.end_section.decode(), part.end_styles),
        [part.spent.steps, part.spent.letters, part.spent.elements],
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def read(data: bytes) -> KeptWordPart:
    """A part of its bytes. Raises ValueError, TypeError, IndexError where it is none."""
    xml, filled, kinds, items, styles, relations, section, *ending, spent = json.loads(data)
    end, end_at, end_section, end_styles = ending
    known = [
        ListKind(str(style), str(before), str(after), str(numerals), bool(tab))
        for style, before, after, numerals, tab in kinds
    ]
    steps, letters, elements = map(int, spent)
    part = KeptWordPart(
        str(xml).encode(),
        bytes(filled),
        tuple(_item(int(place), known, int(kind), int(number)) for place, kind, number in items),
        tuple(map(str, styles)),
        tuple(map(str, relations)),
        str(section).encode(),
        str(end),
        int(end_at),
        str(end_section).encode(),
        tuple(map(str, end_styles)),
        Spent(steps, letters, elements),
    )
    _check(part)
    return part


def _item(place: int, kinds: list[ListKind], kind: int, number: int) -> KeptItem:
    if kind < 0:
        raise ValueError("kind")
    return KeptItem(place, kinds[kind], number)


def _check(part: KeptWordPart) -> None:
    """Every place is for something, and every end is one."""
    counted: dict[str, Any] = {
        "place": part.xml.count(PLACE) == len(part.filled),
        "item": part.filled.count(0) == len(part.items),
        "filled": max(part.filled, default=0) <= 1,
        "end": part.end in ("full", "empty", "section"),
        "end_at": 0 <= part.end_at <= len(part.xml),
        "spent": min(part.spent.steps, part.spent.letters, part.spent.elements) >= 0,
    }
    for name, holds in counted.items():
        if not holds:
            raise ValueError(name)

"""A finished piece as XML in which numbers and relationships are still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from .kept_parts import PLACE
from .parts import written

ITEM, PICTURED = "\ngen-item", "\ngen-picture"
_PLACES = re.compile(rb"&#10;gen-(item|picture)")
"""Where a number goes: no text spells a line's end so, and no other attribute says so."""

_RELATED = re.compile(rb"&#10;(gen-related-[0-9a-f]{32}-*+)")
_OPENED, _DECLARED = re.compile(rb"<(?:\w+:)?body(?: [^>]*)?>"), re.compile(rb' xmlns:\w+="[^"]*"')


def opened(data: bytes) -> re.Match[bytes] | None:
    """Where a document's body is opened."""
    return _OPENED.search(data)


def inner_xml(root: etree._Element) -> bytes:
    """What is in a document's body, as XML."""
    data = written(root)
    found = opened(data)
    return b"" if found is None else data[found.end() : closing(data)]


def closing(data: bytes) -> int:
    """Where a document's body ends."""
    return data.rindex(b"</", 0, data.rindex(b"</"))


def with_places(data: bytes, filled: bytearray) -> bytes:
    """XML with places for numbers; ``filled`` gets what each is for."""

    def fill(found: re.Match[bytes]) -> bytes:
        filled.append(0 if found[1] == b"item" else 1)
        return PLACE

    return _PLACES.sub(fill, data)


def without_places(data: bytes, filled: bytes) -> bytes:
    """The same as it was before it got places."""
    if not filled:
        return data
    texts = data.split(PLACE)
    names = (b"&#10;gen-picture" if kind else b"&#10;gen-item" for kind in filled)
    return texts[0] + b"".join(part for pair in zip(names, texts[1:], strict=True) for part in pair)


def related(data: bytes) -> list[str]:
    """What the relationships that XML names are called."""
    return [f"\n{name.decode()}" for name in _RELATED.findall(data)]


def fill_relations(data: bytes, id_of: Callable[[str], str]) -> bytes:
    """XML with the ids of its relationships, by what they are called."""
    return _RELATED.sub(lambda found: id_of(f"\n{found[1].decode()}").encode(), data)


def clean(section: etree._Element) -> bytes:
    """A section as it stands in a document that declares its namespaces."""
    return _DECLARED.sub(b"", etree.tostring(section, encoding="utf-8", with_tail=False))

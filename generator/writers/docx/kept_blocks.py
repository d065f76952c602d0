"""Blocks of a Word document as they are kept, and put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from ...templates.given_values import Spent
from . import numbering
from .block_heights import Block
from .kept_parts import KeptItem, KeptWordPart
from .marked_xml import clean, related, with_places
from .page_runs import PlaceInRun
from .parts import W, inner
from .styles import used

_PARAGRAPH, _TEXT = f"{{{W}}}p", f"{{{W}}}t"
_SECTION = f"{{{W}}}pPr", f"{{{W}}}sectPr"


@dataclass(frozen=True, slots=True)
class KeptElement:
    """A finished paragraph or table: its XML, and what its document has to know of it.

    The places of items are its block's. ``section`` is the one that it ends; ``is_empty`` is a
    paragraph without words. Of a sheet it is known how high it is, for its last page.
    """

    xml: bytes
    filled: bytes
    items: tuple[KeptItem, ...]
    styles: frozenset[str]
    section: bytes
    is_empty: bool
    standing: PlaceInRun | None = None
    heights: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptBlock:
    """Finished paragraphs and tables, and the relationships that they name."""

    elements: tuple[KeptElement, ...]
    relations: frozenset[str]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 500 + sum(
            len(one.xml) + 300 * (len(one.items) + len(one.heights)) + 500 for one in self.elements
        )


def kept_block(
    elements: Sequence[etree._Element], xml: Sequence[bytes], items: Sequence[numbering.Item]
) -> KeptBlock:
    """A block of its finished elements, their XML, and the items of all lists."""
    body = elements[0].getparent()
    places: dict[etree._Element | None, int] = {body: 0}
    of: dict[etree._Element, list[KeptItem]] = {element: [] for element in elements}
    for place, kind, number, said in items:
        outer: etree._Element | None = said
        while outer is not None and outer.getparent() is not body:
            outer = outer.getparent()
        if outer is not None and outer in of:
            of[outer].append(KeptItem(places.setdefault(place, len(places)), kind, number))
    kept = [
        _element(element, data, of[element]) for element, data in zip(elements, xml, strict=True)
    ]
    return KeptBlock(tuple(kept), frozenset(name for data in xml for name in related(data)))


def _element(element: etree._Element, data: bytes, items: Sequence[KeptItem]) -> KeptElement:
    filled = bytearray()
    section, first = inner(element, *_SECTION), next(element.iter(_TEXT), None)
    return KeptElement(
        with_places(data, filled),
        bytes(filled),
        tuple(items),
        frozenset(used(element)),
        b"" if section is None else clean(section),
        element.tag == _PARAGRAPH and (first is None or not first.text),
    )


def together(
    blocks: Sequence[KeptBlock], elements: Sequence[KeptElement], spent: Spent
) -> KeptWordPart:
    """A piece of its blocks, as if all had been finished together, and of what these became."""
    items: list[KeptItem] = []
    places = 0
    for block in blocks:
        own = [item for element in block.elements for item in element.items]
        items += (
            KeptItem(item.place + places if item.place else 0, item.kind, item.number)
            for item in own
        )
        places += max((item.place for item in own), default=0)
    ended, at = b"", len(elements)
    while at and elements[at - 1].is_empty and not ended:
        at -= 1
        ended = elements[at].section
    remaining = elements[:at] if ended else elements
    named = frozenset[str]().union(*(element.styles for element in elements))
    left = frozenset[str]().union(*(element.styles for element in remaining))
    return KeptWordPart(
        b"".join(element.xml for element in elements),
        b"".join(element.filled for element in elements),
        tuple(items),
        tuple(sorted(named)),
        tuple(sorted(frozenset[str]().union(*(block.relations for block in blocks)))),
        next((element.section for element in elements if element.section), b""),
        "section" if ended else "full" if at else "empty",
        sum(len(element.xml) for element in remaining) if ended else 0,
        ended,
        tuple(sorted(named - left)),
        spent,
    )

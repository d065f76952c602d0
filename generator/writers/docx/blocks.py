"""A piece of a Word document made of its blocks, each finished once a process.

A block is a paragraph or table with what looks at it, or is looked at, when it is finished: the
notes below a table, what stands before names to ask, what stands beside an equation. It is known by
what Jinja made, the section that it is in, and the names that it holds. Units of which a table
differs have the rest of a piece in common. A piece that can't be divided so is made whole.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ...templates.conventions import BELOW_TABLE, KEPT_WITH_BEFORE
from ...templates.docx import WordTemplate
from ...templates.given_values import Spent
from ...templates.word_parts import DOCUMENT
from ...typesetting.names import NOTHING
from ..kept.store import PartStore
from . import numbering
from .finishing import Finishing
from .kept_parts import KeptItem, KeptWordPart
from .marked_xml import ITEM, clean, inner_xml, related, with_places
from .parts import W, inner
from .styles import used

_MOST = 6 << 20

STORE = PartStore(_MOST)
"""The blocks that this process has finished."""

_BODY, _PARAGRAPH, _TEXT = (f"{{{W}}}{name}" for name in ("body", "p", "t"))
_SECTION = f"{{{W}}}pPr", f"{{{W}}}sectPr"
_FRACTION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}f"
_ODD = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",
    *(
        f"{{{W}}}{name}"
        for name in (
            *("hyperlink", "ins", "del", "smartTag", "sdt", "fldSimple", "pict", "object"),
            *("drawing", "customXml", "bookmarkStart"),
        )
    ),
)
"""What stands in no block: it has a number in its document, or words beside a paragraph's own."""

_TAGS = re.compile(rb"<[^<>]+>")
_SECTIONS = re.compile(rb"<w:sectPr[ >].*?</w:sectPr>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class KeptElement:
    """A finished paragraph or table: its XML, and what its document has to know of it.

    The places of items are its block's. ``section`` is the one that it ends; ``is_empty`` is a
    paragraph without words.
    """

    xml: bytes
    filled: bytes
    items: tuple[KeptItem, ...]
    styles: frozenset[str]
    section: bytes
    is_empty: bool


@dataclass(frozen=True, slots=True)
class KeptBlock:
    """Finished paragraphs and tables, and the relationships that they name."""

    elements: tuple[KeptElement, ...]
    relations: frozenset[str]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return sum(len(one.xml) + 300 * len(one.items) + 500 for one in self.elements) + 500


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as Jinja made it: paragraphs and tables, and the section that they stand in."""

    elements: tuple[bytes, ...]
    section: bytes
    has_fraction: bool = False

    @property
    def xml(self) -> bytes:
        return b"".join(self.elements)


class _WholeError(Exception):
    """A piece isn't to be divided."""


@dataclass(frozen=True, slots=True)
class BlockMaker:
    """What blocks are finished with: their template, what stands around them, the finishing."""

    template: WordTemplate
    around: tuple[str, bytes]
    ids: Mapping[str, str]
    finishing: Finishing
    counts_lists: bool

    def made(self, text: str, spent: Spent, following: bytes) -> KeptWordPart | None:
        """A piece of its blocks; None where it is to be made whole. Raises TemplateFault."""
        try:
            blocks = list(self._blocks(text.encode(), following))
            keys = list(self._keys(blocks))
            known: dict[str, KeptBlock] = {}
            unknown: dict[str, _Block] = {}
            for key, block in zip(keys, blocks, strict=True):
                kept: KeptBlock | None = STORE.get(key)
                if kept is not None and self.ids.keys() >= kept.relations:
                    known[key] = kept
                else:
                    unknown[key] = block
            for key, kept in self._finished(unknown):
                known[key] = kept
                STORE.put(key, kept)
        except _WholeError:
            return None
        return _together([known[key] for key in keys], spent)

    def _keys(self, blocks: Sequence[_Block]) -> Iterator[str]:
        before, after = self.around
        styles, lettering = self.finishing.styles, self.finishing.lettering
        told = repr((styles.digest, lettering.faces, self.counts_lists, before, after))
        base = hashlib.sha256(told.encode())
        for block in blocks:
            xml, named = block.xml, NOTHING
            if lettering.named != NOTHING:
                words = _TAGS.sub(b"", xml).decode()
                named = lettering.named.within(html.unescape(words) if "&" in words else words)
            key = base.copy()
            key.update(repr((len(block.section), named.sorted())).encode())
            key.update(block.section)
            key.update(xml)
            yield key.hexdigest()

    def _blocks(self, text: bytes, following: bytes) -> Iterator[_Block]:
        elements = split(text)
        looks = self._looks(text)
        if not elements or looks(elements[0]):
            raise _WholeError
        for edge in (elements[0], elements[-1]):
            if edge.startswith(b"<w:p") and b"<m:f" in edge:
                raise _WholeError
        if b"<w:sectPr" not in text:
            yield from _grouped(elements, following, looks)
            return
        start = 0
        for place, element in enumerate(elements):
            if b"<w:sectPr" in element:
                sections = _SECTIONS.findall(element)
                if len(sections) != 1 or looks(element) or b"<m:f" in element:
                    raise _WholeError
                yield from _grouped(elements[start : place + 1], sections[0], looks)
                start = place + 1
        if start < len(elements):
            yield from _grouped(elements[start:], following, looks)

    def _looks(self, text: bytes) -> _Looks:
        """What tells the paragraphs that look at what stands before them, if there may be any."""
        kept = (KEPT_WITH_BEFORE, BELOW_TABLE)
        called = {name for name, style in self.template.styles.items() if style in kept}
        lowered, names = text.lower(), sorted({*called, *map(str.lower, kept)})
        spelt = [f'"{name}"'.encode() for name in names]
        return _Looks(tuple(name for name in spelt if name in lowered))

    def _finished(self, blocks: Mapping[str, _Block]) -> Iterator[tuple[str, KeptBlock]]:
        """Blocks finished, those of a section together; what has equations by itself."""
        together: dict[bytes, list[str]] = {}
        for key, block in blocks.items():
            if block.has_fraction:
                yield from self._finished_together([key], blocks)
            else:
                together.setdefault(block.section, []).append(key)
        for keys in together.values():
            yield from self._finished_together(keys, blocks)

    def _finished_together(
        self, keys: Sequence[str], blocks: Mapping[str, _Block]
    ) -> Iterator[tuple[str, KeptBlock]]:
        before, after = self.around
        section = blocks[keys[0]].section
        data = b"".join((*(blocks[key].xml for key in keys), section, after))
        root = self.template.read(DOCUMENT, before + data.decode(), self.ids.keys())
        body = root.find(_BODY)
        if body is None or next(root.iter(*_ODD), None) is not None:
            raise _WholeError
        counts = [len(blocks[key].elements) for key in keys]
        last, given = body[-1], list(body)[:-1]
        if len(given) != sum(counts):
            raise _WholeError
        if not blocks[keys[0]].has_fraction and next(root.iter(_FRACTION), None) is not None:
            raise _WholeError
        self.finishing.finish(root)
        finished = list(body)[:-1]
        if len(keys) == 1:
            counts = [len(finished)]
        elif any(one is not other for one, other in zip(finished, given, strict=True)):
            raise _WholeError
        items = list(self._items(root))
        body.remove(last)
        xml = split(inner_xml(root))
        if len(xml) != len(finished):
            raise _WholeError
        start = 0
        for key, count in zip(keys, counts, strict=True):
            end = start + count
            yield key, _kept(finished[start:end], xml[start:end], items)
            start = end

    def _items(self, root: etree._Element) -> Iterator[numbering.Item]:
        if self.counts_lists:
            for item in numbering.items(root, self.finishing.styles):
                item[-1].set(f"{{{W}}}val", ITEM)
                yield item


@dataclass(frozen=True, slots=True)
class _Looks:
    """Tells whether an element may look at what stands before it: by its style's names."""

    names: tuple[bytes, ...]

    def __call__(self, element: bytes) -> bool:
        if not self.names or not element.startswith(b"<w:p"):
            return False
        lowered = element.lower()
        return any(name in lowered for name in self.names)


def _grouped(elements: Sequence[bytes], section: bytes, looks: _Looks) -> Iterator[_Block]:
    """The blocks of elements of one section."""
    groups: list[list[bytes]] = []
    waiting = False
    for element in elements:
        has_fraction = b"<m:f" in element and element.startswith(b"<w:p")
        if not groups and looks(element):
            raise _WholeError
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
        yield _Block(tuple(group), section, any(b"<m:f" in one for one in group))


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
            raise _WholeError
        found.append(data[at:end])
        at = end
    return found


def _behind(data: bytes, tag: bytes, start: int) -> int:
    place = data.find(tag, start)
    if place < 0:
        raise _WholeError
    return place + len(tag)


def _kept(
    elements: Sequence[etree._Element], xml: Sequence[bytes], items: Sequence[numbering.Item]
) -> KeptBlock:
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


def _together(blocks: Sequence[KeptBlock], spent: Spent) -> KeptWordPart:
    """A piece of its blocks: as if all had been finished together."""
    elements = [element for block in blocks for element in block.elements]
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

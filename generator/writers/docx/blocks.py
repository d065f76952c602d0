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
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from ...templates.conventions import BELOW_TABLE, GOES_ON, KEPT_WITH_BEFORE, SHEET_HEADING
from ...templates.docx import WordTemplate
from ...templates.given_values import Spent
from ...templates.word_package import parse
from ...templates.word_parts import DOCUMENT
from ...typesetting.names import NOTHING
from ..kept.store import PartStore
from . import numbering
from .block_heights import Block, BlockHeights
from .dividing import BlockText, Looks, WholeError, grouped, split
from .finishing import Finishing
from .kept_blocks import KeptBlock, KeptElement, kept_block, together
from .kept_parts import KeptWordPart
from .marked_xml import ITEM, inner_xml, with_places, without_places
from .page_runs import PlaceInRun, is_settled, paginated, runs, settle_run, standing
from .parts import W
from .styles import Styles

_MOST = 12 << 20

STORE = PartStore(_MOST)
"""The blocks that this process has finished."""

_BODY, _PARAGRAPH, _TABLE, _ROW, _TEXT = (
    f"{{{W}}}{name}" for name in ("body", "p", "tbl", "tr", "t")
)
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
            data = text.encode()
            is_sheet = any(name in data.lower() for name in self._spelt(SHEET_HEADING))
            blocks = list(self._blocks(data, following))
            keys = list(self._keys(blocks, is_sheet=is_sheet))
            known: dict[str, KeptBlock] = {}
            unknown: dict[str, BlockText] = {}
            for key, block in zip(keys, blocks, strict=True):
                kept: KeptBlock | None = STORE.get(key)
                if kept is not None and self.ids.keys() >= kept.relations:
                    known[key] = kept
                else:
                    unknown[key] = block
            for key, kept in self._finished(unknown, is_sheet=is_sheet):
                known[key] = kept
                STORE.put(key, kept)
            found = [known[key] for key in keys]
            elements = [element for block in found for element in block.elements]
            if is_sheet:
                self._settle(elements, following)
        except WholeError:
            return None
        return together(found, elements, spent)

    def _settle(self, elements: list[KeptElement], following: bytes) -> None:
        """See to the last page of each sheet: that is a matter of all of it."""
        standings = [element.standing for element in elements if element.standing is not None]
        standings.append(_end_of(self.around, following))
        for start, end, room in runs(standings):
            heights = [height for element in elements[start:end] for height in element.heights]
            if not is_settled(paginated(heights, room)):
                elements[start:end] = self._settled(elements[start:end], room, following)

    def _settled(
        self, elements: Sequence[KeptElement], room: float, following: bytes
    ) -> list[KeptElement]:
        before, after = self.around
        data = b"".join(without_places(element.xml, element.filled) for element in elements)
        root = parse(before.encode() + data + following + after)
        body = root.find(_BODY)
        assert body is not None
        last, given = body[-1], list(body)[:-1]
        measured = [
            replace(height, element=one)
            for element, own in zip(elements, given, strict=True)
            for height, one in zip(element.heights, _measured_in(own), strict=True)
        ]
        styles, lettering = self.finishing.styles, self.finishing.lettering
        settle_run(measured, room, BlockHeights(root, styles, lettering))
        body.remove(last)
        return [
            replace(element, xml=with_places(xml, bytearray()))
            for element, xml in zip(elements, split(inner_xml(root)), strict=True)
        ]

    def _keys(self, blocks: Sequence[BlockText], *, is_sheet: bool) -> Iterator[str]:
        before, after = self.around
        styles, lettering = self.finishing.styles, self.finishing.lettering
        told = repr((styles.digest, lettering.faces, self.counts_lists, before, after, is_sheet))
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

    def _blocks(self, text: bytes, following: bytes) -> Iterator[BlockText]:
        elements = split(text)
        looks = self._looks(text)
        if not elements or looks(elements[0]):
            raise WholeError
        for edge in (elements[0], elements[-1]):
            if edge.startswith(b"<w:p") and b"<m:f" in edge:
                raise WholeError
        if b"<w:sectPr" not in text:
            yield from grouped(elements, following, looks)
            return
        start = 0
        for place, element in enumerate(elements):
            if b"<w:sectPr" in element:
                sections = _SECTIONS.findall(element)
                if len(sections) != 1 or looks(element) or b"<m:f" in element:
                    raise WholeError
                yield from grouped(elements[start : place + 1], sections[0], looks)
                start = place + 1
        if start < len(elements):
            yield from grouped(elements[start:], following, looks)

    def _looks(self, text: bytes) -> Looks:
        """What tells the paragraphs that look at what stands before them, if there may be any."""
        lowered = text.lower()
        spelt = self._spelt(KEPT_WITH_BEFORE, BELOW_TABLE, GOES_ON)
        return Looks(tuple(name for name in spelt if name in lowered))

    def _spelt(self, *styles: str) -> list[bytes]:
        """How styles may be named in what Jinja made, in small letters."""
        called = {name for name, style in self.template.styles.items() if style in styles}
        return [f'"{name}"'.encode() for name in sorted({*called, *map(str.lower, styles)})]

    def _finished(
        self, blocks: Mapping[str, BlockText], *, is_sheet: bool
    ) -> Iterator[tuple[str, KeptBlock]]:
        """Blocks finished, those of a section together; what has equations by itself."""
        of_section: dict[bytes, list[str]] = {}
        for key, block in blocks.items():
            if block.has_fraction:
                yield from self._finished_together([key], blocks, is_sheet=is_sheet)
            else:
                of_section.setdefault(block.section, []).append(key)
        for keys in of_section.values():
            yield from self._finished_together(keys, blocks, is_sheet=is_sheet)

    def _finished_together(
        self, keys: Sequence[str], blocks: Mapping[str, BlockText], *, is_sheet: bool
    ) -> Iterator[tuple[str, KeptBlock]]:
        before, after = self.around
        section = blocks[keys[0]].section
        data = b"".join((*(blocks[key].xml for key in keys), section, after))
        root = self.template.read(DOCUMENT, before + data.decode(), self.ids.keys())
        body = root.find(_BODY)
        if body is None or next(root.iter(*_ODD), None) is not None:
            raise WholeError
        counts = [len(blocks[key].elements) for key in keys]
        last, given = body[-1], list(body)[:-1]
        if len(given) != sum(counts):
            raise WholeError
        if not blocks[keys[0]].has_fraction and next(root.iter(_FRACTION), None) is not None:
            raise WholeError
        heights: list[tuple[Block, ...]] = []
        self.finishing.finish(
            root, settle=lambda root: heights.extend(self._heights(root, is_sheet=is_sheet))
        )
        finished = list(body)[:-1]
        if len(keys) == 1:
            counts = [len(finished)]
        elif any(one is not other for one, other in zip(finished, given, strict=True)):
            raise WholeError
        items = list(self._items(root))
        body.remove(last)
        xml = split(inner_xml(root))
        if len(xml) != len(finished):
            raise WholeError
        start = 0
        for key, count in zip(keys, counts, strict=True):
            end = start + count
            of_block = kept_block(finished[start:end], xml[start:end], items)
            if is_sheet:
                of_block = self._measured(of_block, finished[start:end], heights[start:end])
            yield key, of_block
            start = end

    def _heights(self, root: etree._Element, *, is_sheet: bool) -> Iterator[tuple[Block, ...]]:
        """How high paragraphs and rows are, in place of settling them."""
        if is_sheet and (body := root.find(_BODY)) is not None:
            heights = BlockHeights(root, self.finishing.styles, self.finishing.lettering)
            for element in list(body)[:-1]:
                yield tuple(replace(one, element=_like(one)) for one in heights.of(element))

    def _measured(
        self,
        block: KeptBlock,
        elements: Sequence[etree._Element],
        heights: Sequence[tuple[Block, ...]],
    ) -> KeptBlock:
        styles = self.finishing.styles
        return replace(
            block,
            elements=tuple(
                replace(one, standing=standing(element, styles), heights=high)
                for one, element, high in zip(block.elements, elements, heights, strict=True)
            ),
        )

    def _items(self, root: etree._Element) -> Iterator[numbering.Item]:
        if self.counts_lists:
            for item in numbering.items(root, self.finishing.styles):
                item[-1].set(f"{{{W}}}val", ITEM)
                yield item


_ROW_LIKE, _PARAGRAPH_LIKE = etree.Element(_ROW), etree.Element(_PARAGRAPH)


def _like(block: Block) -> etree._Element:
    """An element that stands for a block's: whatever is kept would keep all of its document."""
    return _ROW_LIKE if block.is_row else _PARAGRAPH_LIKE


def _measured_in(element: etree._Element) -> list[etree._Element]:
    """What of an element is measured: a paragraph, or a table's rows."""
    return list(element.iterchildren(_ROW)) if element.tag == _TABLE else [element]


@lru_cache(maxsize=64)
def _end_of(around: tuple[str, bytes], section: bytes) -> PlaceInRun:
    """What ends the last run of a piece in such a section."""
    before, after = around
    body = parse(before.encode() + section + after).find(_BODY)
    if body is None:
        raise WholeError
    return standing(body[-1], Styles(b"<styles/>"))

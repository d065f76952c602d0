"""A Word document's body put together from kept parts: each piece of its template made once.

A piece is known by all that decides what it makes: its statements, the values that it takes in, the
section that follows it, the styles, the letters, and the names that it holds. What a document's own
numbers are (lists, pictures) is filled in here. A document whose pieces look at each other is made
in one piece, always; so what it is doesn't depend on what was kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from itertools import repeat
from pathlib import Path
from typing import Any

from lxml import etree

from ...errors import TemplateFault
from ...templates.docx import WordTemplate, relations
from ...templates.given_values import Spent, ToldValue, count_values, told
from ...templates.sandbox import BROKEN, Bounded
from ...templates.word_package import parse
from ...templates.word_parts import DOCUMENT
from ...templates.word_pieces import DividedTemplate, LoopTurn, TemplatePiece
from ...typesetting import breaks
from ...workspace.environment import kept_parts as folder_of_parts
from ..kept.folder import PartFolder
from ..kept.store import PartStore, key_of
from . import kept_parts, numbering
from .blocks import BlockMaker
from .finishing import Finishing, empty_end, number_pictures, png_size
from .kept_parts import PLACE, KeptItem, KeptWordPart
from .looks import is_kept_with_before
from .marked_xml import (
    ITEM,
    PICTURED,
    clean,
    closing,
    fill_relations,
    inner_xml,
    opened,
    with_places,
)
from .parts import W, written
from .styles import used

_ROOMS = ("writers/docx", "templates", "typesetting")

_MOST = 16 << 20
"""How many bytes a process keeps: finished XML is small."""

STORE = PartStore(_MOST)
"""The parts that this process has made, and those in the folder that it was given."""

_BODY, _PARAGRAPH, _SECTION = (f"{{{W}}}{name}" for name in ("body", "p", "sectPr"))
_FRACTION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}f"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BLIP = "blip"


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A document's main part, the part of its lists, and what it uses of the others."""

    xml: bytes
    lists: bytes | None
    styles: frozenset[str]
    pictures: int


class _OnePieceError(Exception):
    """A document's pieces look at each other."""


@lru_cache(maxsize=1)
def make_ready() -> None:
    """Use the folder of parts that this process was given, if any."""
    folder = folder_of_parts(os.environ)
    if folder is not None:
        STORE.folder = PartFolder(folder, kept_parts)


@lru_cache(maxsize=1)
def _made_by() -> str:
    """What makes parts, wherever it runs: our own code and the libraries (SHA-256)."""
    package = Path(__file__).parents[2]
    code = [path for room in _ROOMS for path in sorted((package / room).rglob("*.py"))]
    versions = (version("Jinja2"), str(etree.LXML_VERSION), str(etree.LIBXML_VERSION))
    return key_of([*(path.read_bytes() for path in code), *versions, breaks.library()])


def written_body(
    template: WordTemplate,
    values: Mapping[str, object],
    finishing: Finishing,
    *,
    counts_lists: bool,
) -> WrittenBody | None:
    """The body of a document; None where it is to be made in one piece."""
    if template.divided is None:
        return None
    try:
        body = _Body(template, template.divided, values, finishing, counts_lists=counts_lists)
        return body.written()
    except (_OnePieceError, TemplateFault, etree.XMLSyntaxError, *BROKEN):
        # What is wrong is said by making it in one piece.
        return None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a body: before it, its last section, and after that, as XML."""

    before: bytes
    section: bytes
    after: bytes


@lru_cache(maxsize=32)
def _frame(before: str, after: str) -> _Frame:
    data = written(parse((before + after).encode()))
    begun = opened(data)
    if begun is None:
        raise _OnePieceError
    end = closing(data)
    return _Frame(data[: begun.end()], data[begun.end() : end], data[end:])


@dataclass(frozen=True, slots=True)
class _Turn:
    """A piece, and the item that it is of with the turn of its loop."""

    piece: TemplatePiece
    item: Any = None
    told: ToldValue | None = None
    loop: LoopTurn | None = None


class _Body:
    """A document's body while it is put together."""

    def __init__(
        self,
        template: WordTemplate,
        divided: DividedTemplate,
        values: Mapping[str, object],
        finishing: Finishing,
        *,
        counts_lists: bool,
    ) -> None:
        self._template, self._divided, self._values = template, divided, values
        self._finishing, self._counts_lists = finishing, counts_lists
        self._jinja: Bounded = template.environment
        self._frame = _frame(divided.before, divided.after)
        self._ids = {name: id_ for id_, name in template.called.items()}
        lists = {piece.items for piece in divided.pieces if piece.items}
        self._items: dict[str, list[ToldValue]] = {}
        self._told: dict[str, ToldValue] = {}
        given = 0
        asked = {name for piece in divided.pieces for name in piece.names}
        for name, value in values.items():
            if name in lists:
                if not isinstance(value, tuple | list):
                    raise _OnePieceError
                self._items[name] = [told(item) for item in value]
                self._told[name] = _together(self._items[name])
            elif name in asked:
                self._told[name] = told(value)
            else:
                given += count_values(value)
        given += sum(one.count for one in self._told.values())
        self._jinja.know(values, given)
        self._most = self._jinja.most(given)
        self._known_by = (
            _made_by() if STORE.folder is not None else "",
            finishing.styles.digest,
            finishing.lettering.faces,
            str(counts_lists),
            divided.before,
        )

    def written(self) -> WrittenBody:
        """The body, its parts made where they aren't kept."""
        parts: list[KeptWordPart] = []
        following = self._frame.section
        for turn in reversed(list(self._turns())):
            parts.append(self._part(turn, following))
            following = parts[-1].section or following
        parts.reverse()
        if not sum((part.spent for part in parts), Spent()).within(self._most):
            raise _OnePieceError
        return self._assembled(*_without_empty_end(parts, self._frame))

    def _turns(self) -> Iterator[_Turn]:
        for piece in self._divided.pieces:
            if not piece.items:
                yield _Turn(piece)
                continue
            if piece.items not in self._items:
                raise _OnePieceError
            known = self._items[piece.items]
            value: Any = self._values[piece.items]
            for place, item in enumerate(value):
                yield _Turn(piece, item, known[place], LoopTurn.at(place, len(known)))

    def _part(self, turn: _Turn, following: bytes) -> KeptWordPart:
        piece = turn.piece
        known = [(name, self._told[name]) for name in piece.names if name in self._told]
        if turn.told is not None:
            known.append((piece.item, turn.told))
        texts = [text for _, one in known for text in one.texts]
        # Names may go over from one value into the next, with or without a space.
        said = "\n".join((piece.words, "".join(texts), " ".join(texts)))
        lettering = self._finishing.lettering
        named = lettering.named.within(said)
        emblem = self._finishing.emblem if _BLIP in piece.text else None
        asked = [(name, getattr(turn.loop, name)) for name in piece.turn]
        looks = png_size(emblem.data) if emblem is not None else ()
        named_emblems = frozenset(self._template.called.get(i, i) for i in self._finishing.emblems)
        emblems = sorted(named_emblems) if emblem is not None else ()
        key = key_of(
            (
                *self._known_by,
                piece.text,
                following,
                *(part for name, one in known for part in (name, one.digest)),
                repr((named.sorted(), asked, looks, emblems)),
            )
        )
        part: KeptWordPart | None = STORE.get(key)
        if part is not None and self._ids.keys() >= set(part.relations):
            return part
        finishing = replace(
            self._finishing,
            lettering=lettering.naming(named),
            emblem=emblem,
            emblems=named_emblems,
        )
        part = self._made(turn, following, finishing)
        STORE.put(key, part)
        return part

    def _made(self, turn: _Turn, following: bytes, finishing: Finishing) -> KeptWordPart:
        piece = turn.piece
        given = {name: self._values[name] for name in piece.names if name in self._values}
        if piece.items:
            given |= {piece.item: turn.item, "loop": turn.loop}
        text, spent = self._jinja.piece(piece.template, given, self._most)
        if not text.strip():
            return KeptWordPart(
                text.strip().encode(), b"", (), (), (), b"", "empty", 0, b"", (), spent
            )
        frame, before = self._frame, self._divided.before
        if finishing.emblem is None:
            around = before, frame.after
            counts = self._counts_lists
            maker = BlockMaker(self._template, around, self._ids, finishing, counts)
            if (part := maker.made(text, spent, following)) is not None:
                return part
        closed = (following + frame.after).decode()
        root = self._template.read(DOCUMENT, before + text + closed, self._ids)
        return _finished(root, spent, finishing, counts_lists=self._counts_lists)

    def _assembled(self, parts: Sequence[KeptWordPart], section: bytes) -> WrittenBody:
        lists, pictures = numbering.WordLists(), 0
        pieces = [self._frame.before]
        for which, part in enumerate(parts):
            texts = part.xml.split(PLACE)
            pieces.append(texts[0])
            items = iter(part.items)
            for kind, text in zip(part.filled, texts[1:], strict=True):
                if kind:
                    number = pictures = pictures + 1
                else:
                    item = next(items)
                    place = (which, item.place) if item.place else (0, 0)
                    number = lists.number_of(place, item.kind, item.number)
                pieces += (b"%d" % number, text)
        pieces += (section, self._frame.after)
        xml = fill_relations(b"".join(pieces), self._ids.__getitem__)
        named = frozenset(name for part in parts for name in part.styles)
        return WrittenBody(xml, numbering.part(lists, self._finishing.styles), named, pictures)


def _together(items: Sequence[ToldValue]) -> ToldValue:
    """What there is to know of a list of which the items are known."""
    digest = hashlib.sha256(b"".join(one.digest for one in items)).digest()
    count = 1 + sum(one.count for one in items)
    return ToldValue(digest, count, tuple(text for one in items for text in one.texts))


def _without_empty_end(
    parts: list[KeptWordPart], frame: _Frame
) -> tuple[list[KeptWordPart], bytes]:
    """The parts, less a last section in which nothing stands, and the section that is last then."""
    for place in range(len(parts) - 1, -1, -1):
        part = parts[place]
        if part.end == "full":
            break
        if part.end == "section":
            named = tuple(name for name in part.styles if name not in part.end_styles)
            last = replace(part, xml=part.xml[: part.end_at], styles=named)
            return [*parts[:place], last], part.end_section
    return parts, frame.section


def _finished(
    root: etree._Element, spent: Spent, finishing: Finishing, *, counts_lists: bool
) -> KeptWordPart:
    """A piece that stands alone in its section, finished. Raises _OnePieceError."""
    body = root.find(_BODY)
    if body is None:
        raise _OnePieceError
    last = body[-1]
    _refuse_edges(list(body)[:-1])
    number_pictures(root, repeat(PICTURED))
    finishing.finish(root)
    items: list[KeptItem] = []
    places: dict[etree._Element | None, int] = {body: 0}
    if counts_lists:
        for place, kind, number, said in numbering.items(root, finishing.styles):
            said.set(f"{{{W}}}val", ITEM)
            items.append(KeptItem(places.setdefault(place, len(places)), kind, number))
    section = next((one for one in root.iter(_SECTION) if one is not last), None)
    body.remove(last)
    asked = tuple(sorted(relations(root)))
    named = used(root)
    filled = bytearray()
    xml = with_places(inner_xml(root), filled)
    elements = list(body)
    empty, ended = empty_end(elements)
    end = "section" if ended is not None else "empty" if len(empty) == len(elements) else "full"
    end_at, end_section, of_end = 0, b"", set[str]()
    first_section = clean(section) if section is not None else b""
    if end != "full" and any(next(one.iter(_PICTURE), None) is not None for one in empty):
        raise _OnePieceError
    if ended is not None:
        end_section = clean(ended)
        for paragraph in empty:
            body.remove(paragraph)
        of_end = named - used(root)
        end_at = len(with_places(inner_xml(root), bytearray()))
    return KeptWordPart(
        xml,
        bytes(filled),
        tuple(items),
        tuple(sorted(named)),
        asked,
        first_section,
        end,
        end_at,
        end_section,
        tuple(sorted(of_end)),
        spent,
    )


def _refuse_edges(elements: Sequence[etree._Element]) -> None:
    """Refuse a piece whose first or last paragraph looks at what stands beside it elsewhere."""
    for element in (*elements[:1], *elements[-1:]):
        if element.tag == _PARAGRAPH and next(element.iter(_FRACTION), None) is not None:
            raise _OnePieceError
    if elements and is_kept_with_before(elements[0]):
        raise _OnePieceError

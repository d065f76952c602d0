"""What a PDF says, from its structure tree and the text its drawing claims to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pikepdf

from ..messages import Message, message
from . import plain_objects, plain_tree
from .attachments import Attachment, attachments
from .content import Content, ContentPiece, squeezed
from .drawn_text import DrawnText, text_runs
from .plain_objects import PlainObjects
from .plain_tree import BLOCKS, CELLS, PICTURES, Texts
from .streams import DEEP, UnpackBudget, identity, is_dictionary, listed, opened


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF says of itself.

    ``lines`` are its paragraphs and those of its cells, without white space; ``heads`` what
    each table's header rows say; ``faults`` what is wrong with how it is built.
    """

    content: Content
    lines: tuple[str, ...]
    heads: frozenset[str]
    fonts: frozenset[str]
    pages: int
    drawn: tuple[DrawnText, ...]
    attached: tuple[Attachment, ...]
    faults: tuple[Message, ...] = ()


def pdf_facts(data: bytes) -> PdfFacts:
    """Read a PDF. Raises ``streams.BROKEN``."""
    with opened(data) as pdf:
        return facts_of(pdf, data)


def facts_of(pdf: pikepdf.Pdf, data: bytes, *, glyphs: bool = False) -> PdfFacts:
    """Read an open PDF, whose bytes are given; ``glyphs``: also what each glyph stands for.

    Raises ``BROKEN``.
    """
    drawn = tuple(text_runs(pdf, UnpackBudget(), glyphs=glyphs))
    pages = [identity(page.obj) for page in pdf.pages]
    texts: Texts = {page: {} for page in pages}
    for piece in drawn:
        if piece.number is not None and piece.claimed is not None:
            known = texts[pages[piece.page - 1]]
            known[piece.number] = known.get(piece.number, "") + piece.claimed
    objects = plain_objects.read(data)
    told, heads, read, faults = _structure(pdf, objects, texts)
    fonts = dict(_fonts(plain_tree.fonts(pdf, objects) if objects is not None else pdf.objects))
    return PdfFacts(
        content=tuple(
            ContentPiece(piece.kind, squeezed(piece.text))
            for piece in told
            if piece.kind != "paragraph" or squeezed(piece.text)
        ),
        lines=tuple(
            squeezed(line) for piece in told for line in piece.text.split("\n") if squeezed(line)
        ),
        heads=frozenset(heads),
        fonts=frozenset(fonts),
        pages=len(pages),
        drawn=drawn,
        attached=attachments(pdf, UnpackBudget()),
        faults=(
            *(
                message("font-not-embedded", font=name)
                for name, inside in fonts.items()
                if not inside
            ),
            *dict.fromkeys(faults),
            *_left_out(texts, read, pages),
        ),
    )


_Read = set[tuple[tuple[int, int] | None, int]]
"""Marked content that an element holds, by page."""


def _structure(
    pdf: pikepdf.Pdf, objects: PlainObjects | None, texts: Texts
) -> tuple[list[ContentPiece], set[str], _Read, list[Message]]:
    """What the structure tree says, what heads of tables do, what it holds, and its faults."""
    if objects is not None:
        plain = plain_tree.PlainTree(pdf, objects, texts)
        with suppress(plain_tree.OddError):
            return plain.told(), plain.heads, plain.read, []
    tree = _Tree(texts)
    told = list(tree.pieces(pdf.Root.get("/StructTreeRoot"), None))
    return told, tree.heads, tree.read, tree.faults


class _Tree:
    """Walks a structure tree, every element once, however the file winds it."""

    def __init__(self, texts: Texts) -> None:
        self.heads: set[str] = set()
        self.faults: list[Message] = []
        self.read: set[tuple[tuple[int, int] | None, int]] = set()
        self._texts = texts
        self._seen: set[tuple[int, int]] = set()

    def pieces(self, element: Any, page: Any, depth: int = 0) -> Iterator[ContentPiece]:
        """The paragraphs, cells and pictures of an element; a cell's paragraphs are its lines."""
        if not self._fresh(element, depth):
            return
        kind = str(element.get("/S", ""))
        page = element.get("/Pg", page)
        if kind == "/Figure":
            yield ContentPiece("picture", str(element.get("/Alt", "")))
        elif kind in CELLS:
            lines = "".join(self._text(element, page, depth)).split("\n")
            yield ContentPiece("cell", "\n".join(line for line in lines if line))
        elif kind in BLOCKS:
            for figure in self._figures(element, depth):
                yield ContentPiece("picture", str(figure.get("/Alt", "")))
            yield ContentPiece("paragraph", "".join(self._text(element, page, depth)))
        else:
            inner = [
                piece
                for kid in self._elements(element)
                for piece in self.pieces(kid, page, depth + 1)
            ]
            if kind == "/THead":
                self.heads.add(squeezed("".join(piece.text for piece in inner)))
            yield from inner

    def _fresh(self, element: Any, depth: int) -> bool:
        """Whether an element can be read: it is one, and wasn't read before."""
        if not is_dictionary(element):
            self.faults.append(message("pdf-without-structure"))
            return False
        key = identity(element)
        if depth > DEEP or key in self._seen:
            self.faults.append(message("structure-in-a-circle"))
            return False
        if key is not None:
            self._seen.add(key)
        spoken = "/Alt" in element and str(element.get("/S")) not in PICTURES
        if spoken or "/ActualText" in element or "/E" in element:
            self.faults.append(message("structure-says-other-words"))
        return True

    def _elements(self, element: Any) -> Iterator[Any]:
        for kid in listed(element.get("/K")):
            if is_dictionary(kid) and "/S" in kid:
                yield kid

    def _figures(self, element: Any, depth: int) -> Iterator[Any]:
        for kid in self._elements(element) if depth <= DEEP else ():
            if str(kid.S) == "/Figure":
                yield kid
            else:
                yield from self._figures(kid, depth + 1)

    def _text(self, element: Any, page: Any, depth: int) -> Iterator[str]:
        """The text of an element; each paragraph in it begins and ends a line."""
        page = element.get("/Pg", page)
        for kid in listed(element.get("/K")):
            if isinstance(kid, int):
                yield self._marked(page, kid)
            elif is_dictionary(kid) and "/S" in kid:
                if self._fresh(kid, depth + 1):
                    line = "\n" if str(kid.S) in BLOCKS else ""
                    yield line
                    yield from self._text(kid, page, depth + 1)
                    yield line
            elif is_dictionary(kid) and isinstance(number := kid.get("/MCID"), int):
                yield self._marked(kid.get("/Pg", page), number)

    def _marked(self, page: Any, number: int) -> str:
        self.read.add((identity(page), number))
        return self._texts.get(identity(page), {}).get(number, "")


def _left_out(
    texts: Texts, read: set[tuple[tuple[int, int] | None, int]], pages: list[Any]
) -> Iterator[Message]:
    """Text that no element of the structure tree holds."""
    for number, page in enumerate(pages, start=1):
        lost = [text for key, text in texts[page].items() if (page, key) not in read]
        if squeezed("".join(lost)):
            yield message("text-outside-reading-order", page=str(number), words=lost[0][:60])


def _fonts(objects: Iterable[Any]) -> Iterator[tuple[str, bool]]:
    """The faces' names, without the subset's prefix, and whether each is embedded."""
    for item in objects:
        if not is_dictionary(item) or item.get("/Type") != "/FontDescriptor":
            continue
        name = str(item.FontName).lstrip("/").split("+")[-1]
        inside = any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        yield re.sub(r"[-\s]", "", name), inside


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    with opened(data) as pdf:
        return len(pdf.pages)

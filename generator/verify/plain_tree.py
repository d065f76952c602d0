"""A structure tree that is written as gen writes one, read from its objects' bytes.

It comes to what the walk through the library's objects (``pdf``) says of the same elements, in a
fraction of the time. An element that is written in another way is asked of the library; where
anything is odd (an element met twice, one that says other words than its text, one nested too
deep) this reading is given up.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pikepdf

from .content import ContentPiece, squeezed
from .plain_objects import PlainObjects
from .streams import DEEP, identity, is_dictionary, listed

BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Caption", "/LBody", "/Lbl"}
CELLS = {"/TD", "/TH"}
PICTURES = {"/Figure", "/Formula"}

Page = tuple[int, int] | None
Texts = dict[Page, dict[int, str]]
"""What is drawn, by page and number of its marked content."""

_ELEMENT = re.compile(
    rb"<</Type /StructElem/S (/\w+)/K \[([\d R]*)\]/Pg (\d+) 0 R/P \d+ 0 R"
    rb"(?:/A <</O /\w+(?:/(?:Scope /\w+|(?:Row|Col)Span \d+))*>>)?>>"
)
_KINDS = {kind.encode(): kind for kind in (*BLOCKS, *CELLS, "/Span", "/TR", "/NonStruct")}
_NONE: dict[int, str] = {}
_NO_ELEMENT = re.compile(rb"<</Type /OBJR/Obj \d+ 0 R/Pg \d+ 0 R>>")


class OddError(Exception):
    """A tree that has to be read in the general way."""


class _Element(NamedTuple):
    """An element: its kind, its words as a picture, its page, and what it holds.

    Elements stand there by their number, marked content by its own below nought.
    """

    kind: str
    spoken: str
    page: Page
    kids: tuple[int, ...]


class PlainTree:
    """Walks a structure tree, every element once."""

    def __init__(self, pdf: pikepdf.Pdf, objects: PlainObjects, texts: Texts) -> None:
        self.heads: set[str] = set()
        self.read: set[tuple[Page, int]] = set()
        self._pdf, self._objects, self._texts = pdf, objects.inside, texts
        self._known: dict[int, _Element | None] = {}
        self._seen: set[int] = set()

    def told(self) -> list[ContentPiece]:
        """The paragraphs, cells and pictures; cells' paragraphs are lines. Raises OddError."""
        root = self._pdf.Root.get("/StructTreeRoot")
        if not is_dictionary(root) or root.get("/S") is not None or "/Pg" in root:
            raise OddError
        pieces: list[ContentPiece] = []
        for kid in listed(root.get("/K")):
            found = identity(kid)
            if found is None or found[1]:
                raise OddError
            if (element := self._element(found[0])) is not None:
                self._add(found[0], element, None, 1, pieces)
        return pieces

    def _add(
        self, number: int, element: _Element, page: Page, depth: int, pieces: list[ContentPiece]
    ) -> None:
        self._once(number, depth)
        kind, page = element.kind, element.page or page
        if kind == "/Figure":
            pieces.append(ContentPiece("picture", element.spoken))
        elif kind in CELLS:
            said: list[str] = []
            self._add_text(element, page, depth, said)
            lines = "".join(said).split("\n")
            pieces.append(ContentPiece("cell", "\n".join([line for line in lines if line])))
        elif kind in BLOCKS:
            self._add_figures(element, depth, pieces)
            said = []
            self._add_text(element, page, depth, said)
            pieces.append(ContentPiece("paragraph", "".join(said)))
        else:
            first = len(pieces)
            for kid in element.kids:
                if kid >= 0 and (inner := self._element(kid)) is not None:
                    self._add(kid, inner, page, depth + 1, pieces)
            if kind == "/THead":
                self.heads.add(squeezed("".join([piece.text for piece in pieces[first:]])))

    def _add_figures(self, element: _Element, depth: int, pieces: list[ContentPiece]) -> None:
        for kid in element.kids:
            if kid < 0 or (inner := self._element(kid)) is None:
                continue
            if inner.kind == "/Figure":
                pieces.append(ContentPiece("picture", inner.spoken))
            elif depth < DEEP:
                self._add_figures(inner, depth + 1, pieces)
            else:
                raise OddError

    def _add_text(self, element: _Element, page: Page, depth: int, said: list[str]) -> None:
        """The text of an element; each paragraph in it begins and ends a line."""
        page = element.page or page
        for kid in element.kids:
            if kid < 0:
                self.read.add((page, -1 - kid))
                said.append(self._texts.get(page, _NONE).get(-1 - kid, ""))
            elif (inner := self._element(kid)) is not None:
                self._once(kid, depth + 1)
                if inner.kind in BLOCKS:
                    said.append("\n")
                    self._add_text(inner, page, depth + 1, said)
                    said.append("\n")
                else:
                    self._add_text(inner, page, depth + 1, said)

    def _once(self, number: int, depth: int) -> None:
        if depth > DEEP or number in self._seen:
            raise OddError
        self._seen.add(number)

    def _element(self, number: int) -> _Element | None:
        """An element by its number; None where an object is none."""
        try:
            return self._known[number]
        except KeyError:
            found = self._known[number] = self._read(number)
            return found

    def _read(self, number: int) -> _Element | None:
        data = self._objects.get(number)
        if data is None:
            raise OddError
        plain = _ELEMENT.fullmatch(data)
        if plain is None:
            return None if _NO_ELEMENT.fullmatch(data) else self._asked(number)
        said, kids, number_of_page = plain.groups()
        page = int(number_of_page), 0
        if page not in self._texts:
            raise OddError
        return _Element(_KINDS.get(said) or said.decode(), "", page, _numbers(kids))

    def _asked(self, number: int) -> _Element:
        """An element as the library has it."""
        found: Any = self._pdf.get_object(number, 0)
        if not is_dictionary(found) or "/S" not in found:
            raise OddError
        kind = str(found.get("/S"))
        if ("/Alt" in found and kind not in PICTURES) or "/ActualText" in found or "/E" in found:
            raise OddError
        kids = tuple(map(_number, listed(found.get("/K"))))
        page = identity(found.get("/Pg")) if "/Pg" in found else None
        if page is not None and page not in self._texts:
            raise OddError
        return _Element(kind, str(found.get("/Alt", "")), page, kids)


def _numbers(kids: bytes) -> tuple[int, ...]:
    """What an element holds, of the text of its array."""
    try:
        if b"R" not in kids:
            return tuple([-1 - int(kid) for kid in kids.split()])
        found = kids.replace(b" 0 R", b"R").split()
        return tuple([int(kid[:-1]) if kid[-1:] == b"R" else -1 - int(kid) for kid in found])
    except ValueError as error:
        raise OddError from error


def _number(kid: Any) -> int:
    """The same of what an array holds."""
    if isinstance(kid, int) and kid >= 0:
        return -1 - kid
    found = identity(kid) if is_dictionary(kid) else None
    if found is None or found[1]:
        raise OddError
    return found[0]


def fonts(pdf: pikepdf.Pdf, objects: PlainObjects) -> list[Any]:
    """The objects that may describe fonts, as the library has them."""
    numbers = [
        number
        for number, data in objects.inside.items()
        if b"/FontDescriptor" in data or b"#" in data
    ]
    return [pdf.get_object(number, 0) for number in (*numbers, *objects.others)]

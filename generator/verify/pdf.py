"""The story of a PDF, from its structure tree and the text its drawing claims to show."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from .story import Piece, Story, squeezed


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF says of itself."""

    story: Story
    fonts: frozenset[str]
    pages: int


_BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Caption", "/LBody", "/Lbl"}
_CELLS = {"/TD", "/TH"}


def pdf_facts(data: bytes) -> PdfFacts:
    """The story, embedded fonts and number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {page.obj.objgen: _marked_texts(page) for page in pdf.pages}
        root = pdf.Root.StructTreeRoot
        return PdfFacts(
            tuple(_pdf_pieces(root, None, texts)), frozenset(_fonts(pdf)), len(pdf.pages)
        )


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """What each marked content of a page reads, from its ActualText."""
    found: dict[int, str] = {}
    open_ids: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC"):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "EMC":
            open_ids.pop()
            continue
        properties: Any = operands[1] if len(operands) > 1 else {}
        number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        open_ids.append(int(number) if number is not None else None)
        text = properties.get("/ActualText") if number is None and len(operands) > 1 else None
        owner = next((i for i in reversed(open_ids) if i is not None), None)
        if text is not None and owner is not None:
            found[owner] = found.get(owner, "") + str(text)
    return found


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pdf_pieces(element: Any, page: Any, texts: dict[Any, dict[int, str]]) -> Iterator[Piece]:
    kind = str(element.get("/S", ""))
    page = element.get("/Pg", page)
    if kind in _CELLS:
        yield Piece("cell", squeezed(_pdf_text(element, page, texts)))
    elif kind == "/Figure":
        yield Piece("picture", squeezed(str(element.get("/Alt", ""))))
    elif kind in _BLOCKS:
        for figure in _figures(element):
            yield Piece("picture", squeezed(str(figure.get("/Alt", ""))))
        text = squeezed(_pdf_text(element, page, texts))
        if text:
            yield Piece("paragraph", text)
    else:
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from _pdf_pieces(kid, page, texts)


def _figures(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == "/Figure":
                yield kid
            else:
                yield from _figures(kid)


def _pdf_text(element: Any, page: Any, texts: dict[Any, dict[int, str]]) -> str:
    page = element.get("/Pg", page)
    words = []
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid:
                words.append(_pdf_text(kid, page, texts))
        else:
            words.append(texts[page.objgen].get(int(kid), ""))
    return "".join(words)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The embedded faces' names, without the subset's prefix."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/FontDescriptor":
            continue
        name = str(item.FontName).lstrip("/").split("+")[-1]
        if not any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            raise ValueError(f"the font {name} is not embedded")
        yield re.sub(r"[-\s]", "", name)

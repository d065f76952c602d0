"""What a document's HTML says, and its text as lines: what the PDF must show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree, html

from ..templates.conventions import SIGNATURE_FIELD, is_furniture
from .content import Content, ContentPiece, squeezed

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption"}
_CELLS = {"td", "th"}


def html_content(text: str) -> Content:
    """The content of a document's HTML."""
    return tuple(
        ContentPiece(piece.kind, squeezed(piece.text))
        for piece in _pieces(text)
        if piece.kind != "paragraph" or squeezed(piece.text)
    )


def html_text(text: str) -> str:
    """The finished text: a line a paragraph or cell, in reading order."""
    lines = (" ".join(piece.text.split(" ")).strip() for piece in _pieces(text))
    return "".join(f"{line}\n" for line in lines if line)


@dataclass(frozen=True, slots=True)
class ExpectedPdf:
    """What a PDF has to say that is made of a document's HTML.

    ``furniture`` stands in heads and feet; ``fields`` are the signature fields' names and
    purposes.
    """

    title: str
    text: str
    furniture: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


def html_wanted(text: str) -> ExpectedPdf:
    """What the PDF of a document's HTML has to say."""
    root = _parsed(text)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return ExpectedPdf(
        title=str(root.findtext("head/title", "")),
        text=html_text(text),
        furniture=tuple(
            _text(element) for element in elements if is_furniture(element.get("class"))
        ),
        fields=tuple(
            (str(element.get(SIGNATURE_FIELD)), str(element.get("title", "")))
            for element in elements
            if element.get(SIGNATURE_FIELD)
        ),
    )


# A document's HTML is asked for its content, its text and what its PDF has to say.
@lru_cache(maxsize=1)
def _parsed(text: str) -> etree._Element:
    return html.document_fromstring(text)


@lru_cache(maxsize=1)
def _pieces(text: str) -> tuple[ContentPiece, ...]:
    body = _parsed(text).find("body")
    assert body is not None
    return tuple(_walk(body))


def _walk(element: etree._Element) -> Iterator[ContentPiece]:
    for child in element:
        if not isinstance(child.tag, str) or is_furniture(child.get("class")):
            continue
        if child.tag == "img":
            yield ContentPiece("picture", str(child.get("alt", "")))
        elif child.tag in _CELLS:
            paragraphs = ["".join(map(str, p.itertext())) for p in child.iter("p")]
            yield ContentPiece("cell", "\n".join(paragraphs) if paragraphs else _text(child))
        elif child.tag in _BLOCKS:
            for picture in child.iter("img"):
                yield ContentPiece("picture", str(picture.get("alt", "")))
            yield ContentPiece("paragraph", _text(child))
        else:
            yield from _walk(child)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))

"""A document is put together from its kept parts: they get numbers, and places on its pages.

The renderer has made a document of the heads and feet alone, with all that belongs to a document:
metadata, attachments, colours, fonts, bookmarks. Here the parts come in: their painted pages below
the furniture, their elements into the structure tree, their fields into the form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pydyf

from .. import made_fonts
from .kept_part import KINDS, KeptObjects, KeptPart, unpacked

_SIGNATURES_EXIST = 1
_PAGE = b"<</Filter /FlateDecode/Length %d>>"
_NONE: dict[str, Callable[[int], int]] = dict.fromkeys(KINDS, int)


class _Spelt(pydyf.Object):  # type: ignore[misc]
    """An object that is spelt out already."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    @property
    def data(self) -> bytes:
        """The object's bytes."""
        return self._data


class _SpeltStream(_Spelt):
    """The same of a stream: it stands in the file by itself."""

    @property
    def compressible(self) -> bool:
        """A stream can't stand in another one."""
        return False


def add_fonts(document: Any, parts: Sequence[KeptPart]) -> None:
    """Note the fonts and glyphs of the parts, in their order, as painting them does.

    Raises KeyError where a part names a font that isn't there.
    """
    for part in parts:
        for kept in part.fonts:
            key, made = made_fonts.by_name(kept.description, kept.size, document.font_config)
            if key not in document.fonts:
                document.fonts[key] = made_fonts.anew(made)
            font = document.fonts[key]
            for glyph, width in kept.widths.items():
                font.widths.setdefault(glyph, width)
            for glyph, text in kept.letters.items():
                font.to_unicode.setdefault(glyph, text)


def add_parts(pdf: pydyf.PDF, parts: Sequence[KeptPart]) -> None:
    """Put the parts into a document that has their pages, with nothing on them but furniture."""
    _Assembly(pdf).add(parts)


class _Assembly:
    """A document while parts are put into it."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._pages = [self._object(reference) for reference in pdf.page_references]
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._top = self._object(root["K"][0])
        self._parents = self._object(root["ParentTree"])
        self._resources = self._object(self._pages[0]["Resources"])

    def add(self, parts: Sequence[KeptPart]) -> None:
        """Put the parts in, each with its pages."""
        first, above = 0, len(self._pages)
        marks: list[Any] = []
        annotated: list[Any] = []
        for part in parts:
            pages = self._pages[first : first + len(part.pages)]
            references = self._objects(part, pages, above + len(annotated))
            self._drawings(part)
            for number, (page, kept) in enumerate(zip(pages, part.pages, strict=True), start=first):
                content = self._added(_stream(_PAGE % len(kept.content), kept.content))
                page["Contents"] = pydyf.Array([content, page["Contents"]])
                if kept.annotations:
                    page["Annots"] = pydyf.Array(references[i] for i in kept.annotations)
                marks += (number, pydyf.Array([references[i] for i in unpacked(kept.marks)]))
            annotated += (references[i] for i in part.annotated)
            self._top["K"].extend(references[i] for i in part.elements)
            self._fields(references[i] for i in part.fields)
            first += len(pages)
        for number, reference in enumerate(annotated, start=above):
            marks += (number, reference)
        self._parents["Nums"] = pydyf.Array(marks)

    def _objects(self, part: KeptPart, pages: list[Any], above: int) -> list[bytes]:
        """Add the objects of a part; their references."""
        document, numbers = self._top.number, [page.number for page in pages]
        return self._numbered(
            part.objects,
            {
                "page": numbers.__getitem__,
                "document": lambda _: document,
                "annotation": lambda index: above + index,
            },
        )

    def _numbered(self, kept: KeptObjects, numbers: dict[str, Callable[[int], int]]) -> list[bytes]:
        """Add objects; their references."""
        start = len(self._pdf.objects)
        streams = dict(kept.streams)
        for place, head in enumerate(kept.spelt({**numbers, "object": lambda i: start + i})):
            if place in streams:
                self._pdf.add_object(_stream(head, streams[place]))
            else:
                self._pdf.add_object(_Spelt(head))
        return [b"%d 0 R" % number for number in range(start, len(self._pdf.objects))]

    def _drawings(self, part: KeptPart) -> None:
        """Add the pictures and graphics states of a part, where they aren't there."""
        for name, state in part.states:
            self._resources["ExtGState"].setdefault(name, state)
        for kept in part.pictures:
            if kept.name in self._resources["XObject"]:
                continue
            picture, *_ = self._numbered(kept.objects, _NONE)
            self._resources["XObject"][kept.name] = picture

    def _fields(self, references: Any) -> None:
        for reference in references:
            form = self._pdf.catalog.setdefault(
                "AcroForm",
                pydyf.Dictionary({"Fields": pydyf.Array(), "SigFlags": _SIGNATURES_EXIST}),
            )
            form["Fields"].append(reference)

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _added(self, item: Any) -> bytes:
        self._pdf.add_object(item)
        found: bytes = item.reference
        return found


def _stream(head: bytes, content: bytes) -> _SpeltStream:
    return _SpeltStream(b"\n".join((head, b"stream", content, b"endstream")))

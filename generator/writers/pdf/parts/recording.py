"""A part that was laid out becomes one that can be kept: painted, tagged, and taken apart.

It is painted and tagged as a document of its own by the renderer, into a file that is never
written. What a part of ours never holds (links, places that are linked to, patterns, groups) isn't
kept: such a document is drawn in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags as pdf_tags
from weasyprint.pdf.stream import Stream

from ..made_fonts import named
from ..signature_fields import POINTS
from .kept_part import (
    PARTED,
    KeptFont,
    KeptObjects,
    KeptPage,
    KeptPart,
    KeptPicture,
    Target,
    packed,
)

_REFERENCE = re.compile(rb"(\d+) 0 R")
_ANNOTATION = "annotation"


Kept = tuple[bytes, list[Target], bytes | None]
"""An object: its bytes, what the numbers in it stand for, and the bytes of a stream."""


class UnkeepableError(Exception):
    """A part holds what can't be put into another document."""


class _Placed(int):
    """A number that is given when the document is put together."""


_EDGES = tuple(
    f"{edge}_{side}{'_width' if edge == 'border' else ''}"
    for edge in ("margin", "padding", "border")
    for side in ("top", "bottom")
)


def recorded(document: Any, tidy: Any) -> KeptPart:
    """A laid-out part, its boxes marked. ``tidy`` is what each object is finished by.

    Raises UnkeepableError.
    """
    _refuse_frames(document)
    pdf = pydyf.PDF()
    pdf.catalog["Lang"] = pydyf.String()
    resources = pydyf.Dictionary(
        {name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")}
    )
    resources["ColorSpace"] = None
    images: dict[str, Any] = {}
    streams = [_painted(document, page, pdf, resources, images) for page in document.pages]
    pdf_tags.add_tags(pdf, document, "1.7", streams)
    _refuse(resources, images)
    for item in pdf.objects:
        tidy(item)
    return _Taken(pdf, document, streams, resources, images).part()


def _painted(document: Any, page: Any, pdf: Any, resources: Any, images: Any) -> Any:
    """A page, painted as the renderer's ``generate_pdf`` does it, and added to the file."""
    if page.links or page.anchors or any(page.forms.values()) or any(page.bleed.values()):
        raise UnkeepableError
    rectangle = (0, 0, page.width, page.height)
    stream = Stream(
        *(document.fonts, rectangle, resources, images, {}, document.color_profiles),
        document.output_intent,
        compress=True,
    )
    height = page.height * POINTS
    # Heads and feet are drawn after it, on the page as it was.
    stream.stream.append(b"q")
    stream.transform(d=-1, f=height)
    pdf.add_object(stream)
    box = pydyf.Array([0, 0, page.width * POINTS, height])
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "MediaBox": box}))
    page.paint(stream, POINTS)
    stream.stream.append(b"Q")
    return stream


def _refuse_frames(document: Any) -> None:
    """Refuse room above or below the document's body: only its first and last page have that."""
    for page in document.pages:
        root = page._page_box.children[0]
        for box in (root, *root.children[:1]):
            if any(getattr(box, edge, 0) not in (0, "auto") for edge in _EDGES):
                raise UnkeepableError


def _refuse(resources: Any, images: Any) -> None:
    states = resources["ExtGState"]
    plain = all(re.fullmatch(r"[aA][\d.]+", name) for name in states)
    if not plain or resources["Pattern"] or resources["Shading"]:
        raise UnkeepableError
    if any(name not in images for name in resources["XObject"]):
        raise UnkeepableError
    if any(image["dpi_ratios"] != {1} for image in images.values()):
        raise UnkeepableError


class _Taken:
    """The file of a part, taken apart."""

    def __init__(
        self, pdf: Any, document: Any, streams: list[Any], resources: Any, images: Any
    ) -> None:
        self._pdf, self._document, self._streams = pdf, document, streams
        self._resources, self._images = resources, images
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._top = self._object(root["K"][0])
        self._parents = self._object(root["ParentTree"])
        self._pages = [self._object(reference) for reference in pdf.page_references]
        apart = (pdf.pages, pdf.catalog, root, self._top, self._parents, *self._pages, *streams)
        out = {item.number for item in apart} | {0}
        self._own = [item for item in pdf.objects if item.number not in out]
        self._targets: dict[int, Target] = {
            item.number: ("object", index) for index, item in enumerate(self._own)
        }
        self._targets |= {page.number: ("page", i) for i, page in enumerate(self._pages)}
        self._targets[self._top.number] = ("document", 0)

    def part(self) -> KeptPart:
        """All of it."""
        numbers = list(self._parents["Nums"])
        above = dict(zip(numbers[::2], numbers[1::2], strict=True))
        count = len(self._pages)
        annotated = [self._index(above[n]) for n in range(count, len(above))]
        for item in self._own:
            if isinstance(item, dict) and "StructParent" in item:
                item["StructParent"] = _Placed(item["StructParent"] - count)
        form = self._pdf.catalog.get("AcroForm", {})
        return KeptPart(
            pages=tuple(self._page(number, above[number]) for number in range(count)),
            objects=KeptObjects.of(map(self._kept, self._own)),
            elements=tuple(map(self._index, self._top["K"])),
            annotated=tuple(annotated),
            fields=tuple(map(self._index, form.get("Fields", ()))),
            fonts=tuple(
                KeptFont(*named(font), font.widths, font.to_unicode)
                for font in self._document.fonts.values()
            ),
            states=tuple(
                (name, state.data) for name, state in self._resources["ExtGState"].items()
            ),
            pictures=tuple(_pictures(self._images, self._kept)),
        )

    def _page(self, number: int, marks: Any) -> KeptPage:
        page, drawn = self._document.pages[number], self._pages[number]
        header, _, content = self._streams[number].data.partition(b"stream\n")
        assert b"/FlateDecode" in header
        return KeptPage(
            page._page_box.page_type.name,
            page.width,
            page.height,
            content.removesuffix(b"\nendstream"),
            packed(map(self._index, marks)),
            tuple(map(self._index, drawn.get("Annots", ()))),
            tuple(page.bookmarks),
        )

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _index(self, reference: bytes) -> int:
        kind, index = self._targets[int(reference.split()[0])]
        assert kind == "object"
        return index

    def _kept(self, item: Any) -> Kept:
        """An object as bytes, with places for numbers."""
        targets: list[Target] = []
        stream = None
        if isinstance(item, pydyf.Stream):
            _, _, body = item.data.partition(b"stream\n")
            stream = body.removesuffix(b"\nendstream")
            length = pydyf.Dictionary({**item.extra, "Length": len(stream)})
            if item.compress:
                length["Filter"] = "/FlateDecode"
            item = length
        template = b"".join(self._spelt(item, targets))
        if PARTED in template:
            raise UnkeepableError
        return template, targets, stream

    def _spelt(self, value: Any, targets: list[Target]) -> Iterator[bytes]:
        if isinstance(value, pydyf.Dictionary):
            yield b"<<"
            for key, inner in value.items():
                yield b"/" + pydyf._to_bytes(key).replace(b"%", b"%%") + b" "
                yield from self._spelt(inner, targets)
            yield b">>"
        elif isinstance(value, pydyf.Array):
            yield b"["
            for index, inner in enumerate(value):
                if index:
                    yield b" "
                yield from self._spelt(inner, targets)
            yield b"]"
        elif isinstance(value, bytes) and (found := _REFERENCE.fullmatch(value)):
            number = int(found[1])
            if number not in self._targets:
                raise UnkeepableError
            targets.append(self._targets[number])
            yield b"%d 0 R"
        elif isinstance(value, _Placed):
            targets.append((_ANNOTATION, int(value)))
            yield b"%d"
        else:
            yield pydyf._to_bytes(value).replace(b"%", b"%%")


def _pictures(images: Any, kept: Callable[[Any], Kept]) -> Iterator[KeptPicture]:
    """The pictures that pages draw, as objects of a file."""
    for name, found in images.items():
        picture = found["image"].get_x_object(found["interpolate"], 1)
        mask = picture.extra.pop("SMask", None)
        for stream in (picture, mask):
            if stream is not None and "Interpolate" in stream.extra:
                stream.extra["Interpolate"] = "false"
        template, targets, data = kept(picture)
        if mask is None:
            yield KeptPicture(name, KeptObjects.of([(template, targets, data)]))
            continue
        template = template.removesuffix(b">>") + b"/SMask %d 0 R>>"
        yield KeptPicture(name, KeptObjects.of([(template, [("object", 1)], data), kept(mask)]))

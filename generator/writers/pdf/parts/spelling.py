"""A kept part as bytes, and back: plain JSON, of which nothing is believed that doesn't fit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .kept_part import (
    KINDS,
    KeptFont,
    KeptObjects,
    KeptPage,
    KeptPart,
    KeptPicture,
    packed,
    unpacked,
)


def spelt(part: KeptPart) -> bytes:
    """A part as bytes."""
    said = [
        [_page(page) for page in part.pages],
        _objects(part.objects),
        *(part.elements, part.annotated, part.fields),
        [
            [font.description, font.size, list(font.widths.items()), list(font.letters.items())]
            for font in part.fonts
        ],
        [[name, _text(state)] for name, state in part.states],
        [[found.name, _objects(found.objects)] for found in part.pictures],
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read(data: bytes) -> KeptPart:
    """A part of its bytes. Raises ValueError, TypeError, KeyError, IndexError where it is none."""
    pages, objects, elements, annotated, fields, fonts, states, pictures = json.loads(data)
    part = KeptPart(
        pages=tuple(_read_page(*page) for page in pages),
        objects=_read_objects(*objects),
        elements=_numbers(elements),
        annotated=_numbers(annotated),
        fields=_numbers(fields),
        fonts=tuple(
            KeptFont(
                str(description),
                float(size),
                {int(glyph): int(width) for glyph, width in widths},
                {int(glyph): str(text) for glyph, text in letters},
            )
            for description, size, widths, letters in fonts
        ),
        states=tuple((str(name), _bytes(state)) for name, state in states),
        pictures=tuple(KeptPicture(str(name), _read_objects(*found)) for name, found in pictures),
    )
    _check(part)
    return part


def _check(part: KeptPart) -> None:
    """Every number leads to something."""
    count = part.objects.count
    most = {
        "object": count,
        "page": len(part.pages),
        "document": 1,
        "annotation": len(part.annotated),
    }
    _check_objects(part.objects, most)
    for picture in part.pictures:
        if not picture.objects.count:
            raise ValueError(picture.name)
        _check_objects(picture.objects, {"object": picture.objects.count})
    named = [*part.elements, *part.annotated, *part.fields]
    for page in part.pages:
        named += (*unpacked(page.marks), *page.annotations)
    if not all(0 <= index < count for index in named):
        raise ValueError("object")


def _check_objects(objects: KeptObjects, most: dict[str, int]) -> None:
    for kind, index in objects.told():
        if not 0 <= index < most[kind]:
            raise ValueError(kind)
    if len(objects.spelt(dict.fromkeys(KINDS, int))) != objects.count:
        raise ValueError("template")
    if not all(0 <= place < objects.count for place, _ in objects.streams):
        raise ValueError("stream")


def _page(page: KeptPage) -> list[Any]:
    size = page.name, page.width, page.height
    return [*size, _text(page.content), unpacked(page.marks), page.annotations, page.bookmarks]


def _read_page(
    name: Any, width: Any, height: Any, content: Any, marks: Any, annotations: Any, bookmarks: Any
) -> KeptPage:
    return KeptPage(
        str(name),
        float(width),
        float(height),
        _bytes(content),
        packed(_numbers(marks)),
        _numbers(annotations),
        tuple(
            (int(level), str(label), (float(x), float(y)), str(state))
            for level, label, (x, y), state in bookmarks
        ),
    )


def _objects(found: KeptObjects) -> list[Any]:
    streams = [[place, _text(data)] for place, data in found.streams]
    return [_text(found.template), unpacked(found.targets), streams]


def _read_objects(template: Any, targets: Any, streams: Any) -> KeptObjects:
    return KeptObjects(
        _bytes(template),
        packed(_numbers(targets)),
        tuple((int(place), _bytes(data)) for place, data in streams),
    )


def _numbers(said: Sequence[Any]) -> tuple[int, ...]:
    return tuple(map(int, said))


def _text(data: bytes) -> str:
    return data.decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")

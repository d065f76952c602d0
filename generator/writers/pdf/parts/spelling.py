"""A kept part as bytes, and back: plain JSON, of which nothing is believed that doesn't fit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .kept_part import KeptFont, KeptObject, KeptPage, KeptPart, KeptPicture

_KINDS = ("object", "page", "document", "annotation")


def spelt(part: KeptPart) -> bytes:
    """A part as bytes."""
    said = [
        [_page(page) for page in part.pages],
        [_object(found) for found in part.objects],
        *(part.elements, part.annotated, part.fields),
        [
            [font.description, font.size, list(font.widths.items()), list(font.letters.items())]
            for font in part.fonts
        ],
        [[name, _text(state)] for name, state in part.states],
        [
            [found.name, _object(found.picture), found.mask and _object(found.mask)]
            for found in part.pictures
        ],
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read(data: bytes) -> KeptPart:
    """A part of its bytes. Raises ValueError, TypeError, KeyError, IndexError where it is none."""
    pages, objects, elements, annotated, fields, fonts, states, pictures = json.loads(data)
    part = KeptPart(
        pages=tuple(_read_page(*page) for page in pages),
        objects=tuple(_read_object(*found) for found in objects),
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
        pictures=tuple(
            KeptPicture(str(name), _read_object(*picture), _read_object(*mask) if mask else None)
            for name, picture, mask in pictures
        ),
    )
    _check(part)
    return part


def _check(part: KeptPart) -> None:
    """Every number leads to something."""
    most = {
        "object": len(part.objects),
        "page": len(part.pages),
        "document": 1,
        "annotation": len(part.annotated),
    }
    for found in part.objects:
        found.template % tuple(0 for _ in found.targets)
        for kind, index in found.targets:
            if not 0 <= index < most[kind]:
                raise ValueError(kind)
    named = [*part.elements, *part.annotated, *part.fields]
    for page in part.pages:
        named += (*page.marks, *page.annotations)
    if not all(0 <= index < len(part.objects) for index in named):
        raise ValueError("object")


def _page(page: KeptPage) -> list[Any]:
    size = page.name, page.width, page.height
    return [*size, _text(page.content), page.marks, page.annotations, page.bookmarks]


def _read_page(
    name: Any, width: Any, height: Any, content: Any, marks: Any, annotations: Any, bookmarks: Any
) -> KeptPage:
    return KeptPage(
        str(name),
        float(width),
        float(height),
        _bytes(content),
        _numbers(marks),
        _numbers(annotations),
        tuple(
            (int(level), str(label), (float(x), float(y)), str(state))
            for level, label, (x, y), state in bookmarks
        ),
    )


def _object(found: KeptObject) -> list[Any]:
    targets = [[_KINDS.index(kind), index] for kind, index in found.targets]
    return [_text(found.template), targets, None if found.stream is None else _text(found.stream)]


def _read_object(template: Any, targets: Any, stream: Any) -> KeptObject:
    return KeptObject(
        _bytes(template),
        tuple((_KINDS[kind], int(index)) for kind, index in targets),
        None if stream is None else _bytes(stream),
    )


def _numbers(said: Sequence[Any]) -> tuple[int, ...]:
    return tuple(map(int, said))


def _text(data: bytes) -> str:
    return data.decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")

"""A page of a PDF as a picture, for a screen."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2

POINTS = 72
_LEVEL = 1
"""PNG packs so hard: harder takes longer than it saves, between two processes of a machine."""


def picture(data: bytes, dots: float, number: int = 1) -> bytes:
    """A page as PNG, at so many dots to the inch. ``number`` counts from 1."""
    document = pypdfium2.PdfDocument(data)
    try:
        drawn = document[number - 1].render(scale=dots / POINTS)
        found = io.BytesIO()
        _plain(drawn.to_pil()).save(found, "PNG", compress_level=_LEVEL)
        return found.getvalue()
    finally:
        document.close()


def _plain(picture: Any) -> Any:
    """A picture without colours as one of grey dots, which takes a fifth of the time to pack."""
    if picture.mode != "RGB":
        return picture
    red, *others = picture.split()
    if any(other.tobytes() != red.tobytes() for other in others):
        return picture
    red.putpalette([level for level in range(256) for _ in range(3)])
    return red

"""A page of a PDF as a picture, for a screen."""

from __future__ import annotations

import io

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
        drawn.to_pil().save(found, "PNG", compress_level=_LEVEL)
        return found.getvalue()
    finally:
        document.close()

"""Fonts as the renderer makes them for a PDF: made once a process, with no glyphs yet.

A font is called by its description; what it says of its height is that at the size at which a
document meets it first. So both together name it, in every process.
"""

from __future__ import annotations

import copy
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

_NAMED = "_gen_named"
_made: dict[tuple[str, float], tuple[int, Any]] = {}


def apply() -> None:
    """Have every font of a document made here."""
    ffi.cdef("PangoFontDescription * pango_font_description_from_string (const char *str);")
    Stream.add_font = _add_font


def made(pango_font: Any) -> tuple[int, Any, float]:
    """A document's key for a font, the font as it is made, and its size."""
    key, description, size = get_pango_font_key(pango_font)
    said = ffi.string(pango.pango_font_description_to_string(description)).decode()
    if (said, size) not in _made:
        font = Font(pango_font, description, size)
        setattr(font, _NAMED, (said, size))
        _made[said, size] = key, font
    return key, _made[said, size][1], size


def anew(font: Any) -> Any:
    """A font as it was made, for a document."""
    found = copy.copy(font)
    found.widths, found.to_unicode, found.missing = {}, {}, {}
    found.variations = dict(font.variations)
    return found


def named(font: Any) -> tuple[str, float]:
    """The description and size that a document's font was made by."""
    found: tuple[str, float] = getattr(font, _NAMED)
    return found


def by_name(said: str, size: float, font_config: Any) -> tuple[int, Any]:
    """A document's key for a font, and the font as it is made, by its description and size.

    Raises KeyError where another font is nearest to that.
    """
    if (said, size) not in _made:
        description = ffi.gc(
            pango.pango_font_description_from_string(said.encode()),
            pango.pango_font_description_free,
        )
        pango.pango_font_description_set_absolute_size(description, int(size * TO_UNITS))
        context = ffi.gc(
            pango.pango_font_map_create_context(font_config.font_map), gobject.g_object_unref
        )
        made(pango.pango_font_map_load_font(font_config.font_map, context, description))
    return _made[said, size]


def _add_font(stream: Any, pango_font: Any) -> tuple[Any, float]:
    key, font, size = made(pango_font)
    if key not in stream._fonts:
        stream._fonts[key] = anew(font)
    return stream._fonts[key], size

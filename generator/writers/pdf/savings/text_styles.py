"""What of a style decides how a text is shaped and where its lines end."""

from __future__ import annotations

from itertools import count
from typing import Any

PROPERTIES = (
    *("direction", "lang", "white_space", "overflow_wrap", "word_break", "tab_size"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size"),
    *("font_variation_settings", "font_feature_settings", "font_language_override"),
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("letter_spacing", "word_spacing", "text_decoration_line"),
)
"""All that the renderer's ``text/line_break.py`` and ``text/fonts.py`` ask a style for."""

_KEY = "_gen_text_key"
_FACES = "_gen_faces"
_numbers: dict[object, int] = {}
_faces = count(1)


def keep(font_config: Any) -> None:
    """Say of fonts that they are kept for the whole process: what they draw may be, too."""
    setattr(font_config, _FACES, next(_faces))


def number(style: Any) -> int | None:
    """A number that styles have in common with which a text comes out the same; None for none.

    A style that is asked is computed: its text properties don't change any more.
    """
    known: int | None = style.__dict__.get(_KEY, -1)
    if known == -1:
        known = style.__dict__[_KEY] = _number(style)
    return known


def _number(style: Any) -> int | None:
    faces = getattr(style.font_config, _FACES, None)
    if faces is None:
        return None
    said = repr([style[name] for name in PROPERTIES])
    if " at 0x" in said:  # a function, which is worked out anew for each text
        return None
    return _numbers.setdefault((faces, said), len(_numbers))

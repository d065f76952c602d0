"""How high a line of a style is, and where its letters stand, is worked out once a style.

The renderer keeps that by the words of fourteen properties, which it spells out for each text.
"""

from __future__ import annotations

import sys
from typing import Any

from weasyprint.text import line_break

from .kept import Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_KNOWN = "_gen_strut"
_original = line_break.strut


def apply() -> None:
    """Keep it with the style."""
    for module in list(sys.modules.values()):
        if getattr(module, "strut", None) is _original:
            module.strut = _strut  # type: ignore[attr-defined]


def _strut(style: Any) -> Any:
    if not saving.on:
        return _original(style)
    asked = style["font_size"], style["line_height"]
    known = style.__dict__.get(_KNOWN)
    if known is None or known[0] != asked:
        known = style.__dict__[_KNOWN] = asked, _original(style)
    return known[1]

"""The QR code of a document's id, drawn for either format."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import segno

_QUIET = 2
"""The white border, in modules. The footer's own white adds to it."""


@lru_cache(maxsize=8)
def svg(text: str) -> bytes:
    """As SVG, for the PDF: one path."""
    return _saved(text, kind="svg", xmldecl=False, nl=False, omitsize=True)


@lru_cache(maxsize=8)
def png(text: str) -> bytes:
    """As PNG, for Word: eight dots a module, sharp when printed."""
    return _saved(text, kind="png", scale=8)


def _saved(text: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(buffer, border=_QUIET, **options)
    return buffer.getvalue()

"""The QR code of a document's id, drawn for either format."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import segno

_QUIET = 2
"""The white border, in modules. The footer's own white adds to it."""


@lru_cache(maxsize=8)
def dots(text: str) -> bytes:
    """As PNG with one dot a module, for the PDF: one small picture that all pages draw.

    Sharp at every size, for the renderer is told not to smooth pictures.
    """
    return _saved(text, kind="png", scale=1)


@lru_cache(maxsize=8)
def png(text: str) -> bytes:
    """As PNG, for Word: eight dots a module, sharp when printed."""
    return _saved(text, kind="png", scale=8)


def _saved(text: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    _code(text).save(buffer, border=_QUIET, **options)
    return buffer.getvalue()


@lru_cache(maxsize=8)
def _code(text: str) -> segno.QRCode:
    """The code, made once for both formats."""
    return segno.make(text, error="m", micro=False, boost_error=False)

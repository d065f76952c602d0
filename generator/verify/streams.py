"""Opening a PDF that nobody vouches for: strict, and never more than so much of it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeGuard

import pikepdf

from ..messages import Message, message

MAX_BYTES = 64 << 20
"""How large a PDF may be, and what its attachments, and its pages, may unpack to."""

_LEAST = 1 << 10
"""What a stream counts for at the least: a million empty ones cost time too."""

DEEP = 64
"""How deep trees may be nested; gen's own are a dozen deep."""

BROKEN = (pikepdf.PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, zlib.error)
"""What a damaged PDF raises: parts that are missing, or are not what they should be."""


def reason(error: BaseException) -> Message | str:
    """Why a file can't be read: a sentence of ours, or what a library says."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Message) else str(error)


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """A PDF, not repaired on the way. Raises ``BROKEN``."""
    if len(data) > MAX_BYTES:
        raise ValueError(message("pdf-too-large", most=MAX_BYTES >> 20))
    with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
        if pdf.is_encrypted:
            raise ValueError(message("pdf-encrypted"))
        yield pdf


class UnpackBudget:
    """How many bytes may still be unpacked."""

    def __init__(self, left: int = MAX_BYTES) -> None:
        self._left = left

    def unpack(self, stream: Any) -> bytes:
        """A stream's bytes, counted before they are there. Raises ValueError, zlib.error."""
        if not isinstance(stream, pikepdf.Stream):
            raise ValueError(message("stream-missing"))
        names = _filters(stream)
        raw = stream.read_raw_bytes()
        if names == _PACKED and stream.get("/DecodeParms") is None:
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(raw, self._left + 1)
            if raw and len(raw) <= self._left and not unpacker.eof:
                raise ValueError(message("stream-ends-too-early"))
        elif names:
            raise ValueError(message("stream-packed-otherwise", filters=" ".join(names)))
        self.count(len(raw))
        return raw

    def packed(self, stream: Any) -> bytes | None:
        """A stream's bytes as they stand; None where they aren't packed as gen packs them."""
        if not isinstance(stream, pikepdf.Stream) or stream.get("/DecodeParms") is not None:
            return None
        return stream.read_raw_bytes() if _filters(stream) == _PACKED else None

    def count(self, size: int) -> None:
        """Count what is unpacked, or known to come to so much. Raises ValueError."""
        if size > self._left:
            raise ValueError(message("pdf-unpacks-to-too-much", most=MAX_BYTES >> 20))
        self._left -= max(size, _LEAST)


_PACKED = ["/FlateDecode"]


def _filters(stream: Any) -> list[str]:
    filters = stream.get("/Filter", pikepdf.Array())
    return [str(name) for name in (filters if is_array(filters) else [filters])]


def is_array(value: Any) -> TypeGuard[Any]:
    """Whether a value of a PDF is an array."""
    return isinstance(value, pikepdf.Array)


def is_dictionary(value: Any) -> TypeGuard[Any]:
    """Whether a value of a PDF is a dictionary (a stream is none)."""
    return isinstance(value, pikepdf.Dictionary)


def listed(value: Any) -> list[Any]:
    """The members of an array; nothing, or the one value, where there is no array."""
    if value is None:
        return []
    return list(value) if is_array(value) else [value]


def identity(value: Any) -> tuple[int, int] | None:
    """The number of an object, by which two references to it are known to be one."""
    found: tuple[int, int] | None = getattr(value, "objgen", None)
    return found if found != (0, 0) else None

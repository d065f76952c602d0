"""Objects and numbers of a PDF are spelt out once.

pydyf writes each object, then spells all of them out again for the file's identifier; it counts
the pages anew wherever an element names its page; and the same numbers stand on every page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pydyf

from .kept import Saving

TESTED = {"pydyf": ("0.13.0",)}
saving = Saving()

_REFERENCES = "_gen_page_references"
_original_write = pydyf.PDF.write
_original_references = pydyf.PDF.page_references
_original_bytes = pydyf._to_bytes


class _File:
    """The objects of the file that is being written, by number; threads take turns at that."""

    written: dict[int, bytes] | None = None


_file = _File()


def apply() -> None:
    """Spell out once."""
    pydyf.PDF.write = _write
    pydyf.PDF.page_references = property(_references)
    pydyf._to_bytes = _to_bytes
    for kind in (pydyf.Stream, pydyf.Dictionary, pydyf.Array):
        kind.data = property(_once(kind.data.fget))


def _write(pdf: Any, *args: Any) -> None:
    _file.written = {} if saving.on else None
    try:
        _original_write(pdf, *args)
    finally:
        _file.written = None


def _once(original: Any) -> Any:
    """The bytes of an object: those of one with a number are kept while its file is written."""

    def data(item: Any) -> bytes:
        if _file.written is None or item.number is None:
            found: bytes = original(item)
            return found
        known = _file.written.get(item.number)
        if known is None:
            known = _file.written[item.number] = original(item)
        return known

    return data


def _references(pdf: Any) -> tuple[bytes, ...]:
    if not saving.on:
        found: tuple[bytes, ...] = _original_references.fget(pdf)
        return found
    known: tuple[bytes, ...] = pdf.__dict__.get(_REFERENCES, ())
    if 3 * len(known) != len(pdf.pages["Kids"]):
        known = pdf.__dict__[_REFERENCES] = _original_references.fget(pdf)
    return known


def _to_bytes(item: Any) -> bytes:
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if not saving.on:
        return _original_bytes(item)  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is float:
        return _number(item)
    return _original_bytes(item)  # type: ignore[no-any-return]


@lru_cache(maxsize=20_000)
def _number(number: float) -> bytes:
    return _original_bytes(number)  # type: ignore[no-any-return]

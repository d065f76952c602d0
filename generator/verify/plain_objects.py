"""The objects of a PDF that is written as gen writes one, as bytes by number.

Such a file has one table of its objects, one stream that holds all of them but the streams, and no
later change. What its table says is read as the library reads it; whatever is written in another
way is left to the library, which is asked object by object.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from .streams import MAX_BYTES

_END = re.compile(rb"\nstartxref\n(\d{1,9})\n%%EOF\n?\Z")
_TABLE = re.compile(
    rb"(\d{1,9}) 0 obj\n<</Type /XRef/Index \[0 (\d{1,9})\]/W \[1 ([1-8]) ([1-8])\]/Size (\d{1,9})"
    rb"/Root \d{1,9} 0 R(?:/Info \d{1,9} 0 R)?(?:/ID \[\([0-9a-f]{1,99}\) \([0-9a-f]{1,99}\)\])?"
    rb"/Filter /FlateDecode/Length (\d{1,9})>>\nstream\n"
)
_OBJECTS = re.compile(
    rb"(\d{1,9}) 0 obj\n<</Type /ObjStm/N (\d{1,9})/First (\d{1,9})"
    rb"/Filter /FlateDecode/Length (\d{1,9})>>\nstream\n"
)
_STANDS, _INSIDE = 1, 2
_TAIL = 64


@dataclass(frozen=True, slots=True)
class PlainObjects:
    """The objects that stand in the stream of objects, and the numbers of the others."""

    inside: Mapping[int, bytes]
    others: tuple[int, ...]


class _OtherwiseError(Exception):
    """The file is written in another way."""


def read(data: bytes) -> PlainObjects | None:
    """The objects of a file; None where it is written in another way."""
    try:
        return _read(data)
    except (_OtherwiseError, zlib.error, ValueError):
        return None


def _read(data: bytes) -> PlainObjects:
    end = _END.search(data, max(len(data) - _TAIL, 0))
    if end is None or not data.startswith(b"%PDF-") or data.count(b"startxref") != 1:
        raise _OtherwiseError
    table = _TABLE.match(data, int(end[1]))
    if table is None:
        raise _OtherwiseError
    own, count, *widths, size, length = map(int, table.groups())
    rows = _rows(_unpacked(data, table.end(), length), count, widths)
    if size != count or rows[own : own + 1] != [(_STANDS, int(end[1]), 0)]:
        raise _OtherwiseError
    inside = [(number, row) for number, row in enumerate(rows) if row[0] == _INSIDE]
    places = {row[1] for _, row in inside}
    if len(places) != 1:
        raise _OtherwiseError
    place = places.pop()
    if place >= count or rows[place][0] != _STANDS:
        raise _OtherwiseError
    numbers = [number for number, _ in inside]
    if [row[2] for _, row in inside] != list(range(len(inside))):
        raise _OtherwiseError
    others = tuple(number for number, row in enumerate(rows) if row[0] == _STANDS)
    return PlainObjects(_inside(data, rows[place][1], place, numbers), others)


def _rows(table: bytes, count: int, widths: list[int]) -> list[tuple[int, int, int]]:
    """The rows of a table: what an object is, where it stands, and which one it is there."""
    first, second = 1 + widths[0], 1 + sum(widths)
    if len(table) != count * second:
        raise _OtherwiseError
    number = int.from_bytes
    return [
        (
            table[at],
            number(table[at + 1 : at + first], "big"),
            number(table[at + first : at + second], "big"),
        )
        for at in range(0, len(table), second)
    ]


def _inside(data: bytes, place: int, number: int, numbers: list[int]) -> dict[int, bytes]:
    """The objects of a stream of objects, which are to have these numbers, in order."""
    head = _OBJECTS.match(data, place)
    if head is None:
        raise _OtherwiseError
    own, count, first, length = map(int, head.groups())
    text = _unpacked(data, head.end(), length)
    said = list(map(int, text[:first].split()))
    starts = said[1::2]
    if own != number or count != len(numbers) or said[::2] != numbers or len(starts) != count:
        raise _OtherwiseError
    ends = [start - 1 for start in (*starts[1:], len(text) - first + 1)]
    if starts[:1] != [0] or any(end <= start for start, end in zip(starts, ends, strict=True)):
        raise _OtherwiseError
    return {
        number: text[first + start : first + end]
        for number, start, end in zip(numbers, starts, ends, strict=True)
    }


def _unpacked(data: bytes, place: int, length: int) -> bytes:
    """A stream of so many bytes, unpacked."""
    if data[place + length : place + length + 11] != b"\nendstream\n":
        raise _OtherwiseError
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(data[place : place + length], MAX_BYTES)
    if not unpacker.eof or unpacker.unused_data:
        raise _OtherwiseError
    return text

"""A Word file's parts as an archive (ZIP, APPNOTE 4.3): the same bytes for the same parts.

What all documents of a process have in common, the letters of the face, is packed once. The library
would write the same bytes, and pack them for each document.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache

from ...templates.word_parts import NAMES

_FONTS, _ = NAMES["font"]

_FIRST = "[Content_Types].xml"
_VERSION, _DEFLATED, _UTF_8 = 20, 8, 0x800
_TIME, _DAY = 0, 1 << 5 | 1
"""1 January 1980."""

_MODE = 0o600 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as an archive."""
    files: list[bytes] = []
    listed: list[bytes] = []
    place = 0
    for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
        data = parts[name]
        packed = _kept(data) if name.startswith(_FONTS) else _packed(data)
        spelt = name.encode()
        flags = 0 if name.isascii() else _UTF_8
        about = (_VERSION, flags, _DEFLATED, _TIME, _DAY, zlib.crc32(data), len(packed), len(data))
        head = _LOCAL.pack(b"PK\3\4", *about, len(spelt), 0)
        files += (head, spelt, packed)
        listed += (
            _CENTRAL.pack(b"PK\1\2", _VERSION, *about, len(spelt), 0, 0, 0, 0, _MODE, place),
            spelt,
        )
        place += len(head) + len(spelt) + len(packed)
    index = b"".join(listed)
    count = len(parts)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(index), place, 0)
    return b"".join((*files, index, end))


def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


_kept = lru_cache(maxsize=8)(_packed)

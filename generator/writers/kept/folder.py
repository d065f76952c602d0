"""Parts on disk, for the next process and the next day.

An entry is a file called by its key, with the hash of what it holds. It is read where it is this
user's own and whole; anything else is made anew. What is written stands in its place at once or
not at all, so that processes may share a folder, and one may be killed.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

MOST = 1 << 30
"""How many bytes a folder holds."""

_LARGEST = 64 << 20
_MARK = b"gen part 1\n"
_ENDING = ".part"
_LOOK = 64
"""After so many entries it is looked at how much there is."""

_BROKEN = (
    *(ValueError, TypeError, KeyError, IndexError, OverflowError),
    *(AttributeError, zlib.error, RecursionError),
)


class Spelling(Protocol):
    """How parts of a kind are spelt; ``read`` raises where bytes are none."""

    def spelt(self, part: Any) -> bytes:
        """A part as bytes."""

    def read(self, data: bytes) -> Any:
        """A part of its bytes."""


class PartFolder:
    """A folder of parts, those that weren't read longest being the first to go.

    Parts of several kinds may share it: each kind has its ``how`` to spell them, and its keys.
    """

    def __init__(self, folder: Path, how: Spelling, most: int = MOST) -> None:
        self._folder, self._most, self._how = folder, most, how
        self._written = 0

    def get(self, key: str) -> Any:
        """A part, or None where there is none, or none that can be believed."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_uid != os.getuid():
                    return None
                data = file.read(_LARGEST)
            os.utime(path)
        except OSError:
            return None
        part = self._believed(data, key)
        if part is None:
            with suppress(OSError):
                path.unlink()
        return part

    def has(self, key: str) -> bool:
        """Whether there is an entry, whatever it is worth."""
        return self._path(key).is_file()

    def put(self, key: str, part: Any) -> None:
        """Write a part; where that can't be done, it isn't kept."""
        packed = zlib.compress(self._how.spelt(part), 1)
        if len(packed) > _LARGEST // 2:
            return
        path = self._path(key)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
                file.write(_MARK + _hash(key, packed) + packed)
            Path(file.name).replace(path)
        except OSError:
            return
        self._written += 1
        if self._written % _LOOK == 1:
            self.tidy()

    def tidy(self) -> None:
        """Remove what is beyond the folder's bounds, and what a killed process left."""
        found: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                about = path.stat()
                found.append((about.st_mtime, about.st_size, path))
        total = sum(size for _, size, _ in found)
        newest = max((time for time, _, _ in found), default=0.0)
        for time, size, path in sorted(found, key=lambda entry: entry[0]):
            left = path.suffix != _ENDING and newest - time > 3600
            if total > self._most or left:
                with suppress(OSError):
                    path.unlink()
                    total -= size

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}{_ENDING}"

    def _believed(self, data: bytes, key: str) -> Any:
        head = len(_MARK) + 32
        packed = data[head:]
        if data[:head] != _MARK + _hash(key, packed):
            return None
        try:
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(packed, _LARGEST)
            return self._how.read(text) if unpacker.eof else None
        except _BROKEN:
            return None


def _hash(key: str, packed: bytes) -> bytes:
    return hashlib.sha256(_MARK + key.encode() + packed).digest()

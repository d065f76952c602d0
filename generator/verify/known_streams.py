"""What a stream of a page draws, kept for the same stream in another file.

Documents share pages whose streams are the same bytes. What such a stream says follows from its
bytes and from what the glyphs that it draws stand for in the file's own fonts: so a file's streams
are hashed and its fonts are asked, and only a stream that isn't known is read. A stream is kept
where it begins and ends as a page does, so that what stands beside it changes nothing in it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

MOST = 8 << 20
"""How many bytes a process keeps."""


@dataclass(frozen=True, slots=True)
class DrawnPiece:
    """A piece of drawn text, wherever its page is: as ``DrawnText`` says it."""

    number: int | None
    artifact: bool
    claimed: str | None
    drawn: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class KnownStream:
    """What a stream says, which is so long when it is unpacked.

    ``letters``: by font, how many bytes make a code, its codes, and what they stand for;
    ``plain`` are the names of graphics states that choose no font, and of drawings that are
    pictures.
    """

    unpacked: int
    pieces: tuple[DrawnPiece, ...]
    letters: Mapping[str, tuple[int, tuple[bytes, ...], tuple[str, ...]]]
    plain: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        pieces = sum(300 + 3 * len(piece.drawn + (piece.claimed or "")) for piece in self.pieces)
        return pieces + sum(150 * len(codes) for _, codes, _ in self.letters.values())


class KnownStreams:
    """Streams by the hash of their packed bytes; those that weren't met longest go first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._streams: OrderedDict[bytes, KnownStream] = OrderedDict()
        self._size = 0
        self._turn = threading.Lock()

    def get(self, key: bytes) -> KnownStream | None:
        """A stream, or None."""
        with self._turn:
            found = self._streams.get(key)
            if found is not None:
                self._streams.move_to_end(key)
            return found

    def put(self, key: bytes, stream: KnownStream) -> None:
        """Keep a stream."""
        with self._turn:
            replaced = self._streams.pop(key, None)
            self._size += stream.size - (replaced.size if replaced is not None else 0)
            self._streams[key] = stream
            while self._size > self._most:
                self._size -= self._streams.popitem(last=False)[1].size

    def clear(self) -> None:
        """Forget everything."""
        with self._turn:
            self._streams.clear()
            self._size = 0


STREAMS = KnownStreams()
"""Those that this process has read."""

"""What a stream of a page draws, kept for the same stream in another file.

Documents share pages whose streams are the same bytes. What such a stream says follows from its
bytes and from what the glyphs that it draws stand for in the file's own fonts: so a file's streams
are hashed and its fonts are asked, and only a stream that isn't known is read. A stream is kept
where it begins and ends as a page does, so that what stands beside it changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..workspace.recently_used import RecentlyUsed

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


STREAMS = RecentlyUsed[bytes, KnownStream](MOST, lambda stream: stream.size)
"""Those that this process has read, by the hash of their packed bytes."""

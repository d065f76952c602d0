"""Parts that were laid out: in memory up to a number of bytes, and in a folder if there is one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Protocol

from ...workspace.recently_used import RecentlyUsed
from .folder import PartFolder


class Part(Protocol):
    """What is kept."""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""


MOST = 48 << 20
"""How many bytes a process keeps, of PDFs; Word's parts and blocks take 28 MiB more."""

UNPROVED = 6
"""What nobody has asked for again takes no more than such a part of that."""


class PartStore:
    """Parts by key; those that weren't asked for longest go first.

    Most parts are asked for once: a document's own form, the sheet that no other unit has. Such
    parts have little room, and what was asked for again has the rest. So a process that makes
    thousands of documents which share nothing is no larger for that.
    """

    def __init__(self, most: int = MOST, folder: PartFolder | None = None) -> None:
        self._most, self.folder = most, folder
        self._new = RecentlyUsed[str, Any](most // UNPROVED, lambda part: part.size)
        self._proved = RecentlyUsed[str, Any](most, lambda part: part.size)

    def get(self, key: str, *, lasting: bool = True) -> Any:
        """A part, or None. One that isn't ``lasting`` is looked for in memory alone."""
        found = self._proved.get(key)
        if found is None and (found := self._new.take(key)) is not None:
            self._proved.put(key, found)
        if found is None and self.folder is not None and lasting:
            found = self.folder.get(key)
            if found is not None:
                self._keep(key, found)
        return found

    def has(self, key: str) -> bool:
        """Whether a part is kept, or an entry for it, whatever that is worth."""
        if key in self._new or key in self._proved:
            return True
        return self.folder is not None and self.folder.has(key)

    def put(self, key: str, part: Part, *, lasting: bool = True) -> None:
        """Keep a part; in memory, one that is larger than all the room isn't.

        One that isn't ``lasting`` is kept in memory alone.
        """
        self._keep(key, part)
        if self.folder is not None and lasting:
            self.folder.put(key, part)

    def _keep(self, key: str, part: Part) -> None:
        if key not in self._proved and part.size <= self._most:
            self._new.put(key, part)

    def kept(self) -> dict[str, Any]:
        """All that is kept in memory, by key."""
        return dict(self._new.items() + self._proved.items())

    def clear(self) -> None:
        """Forget everything."""
        self._new.clear()
        self._proved.clear()

    def distrust(self) -> bool:
        """Use the folder no more, for what came from it was no good; whether there was one."""
        had_one, self.folder = self.folder is not None, None
        self.clear()
        return had_one

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._new.size + self._proved.size


def key_of(pieces: Iterable[str | bytes]) -> str:
    """The key of all that decides how a part looks (SHA-256)."""
    total = hashlib.sha256()
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        total.update(b"%d " % len(data))
        total.update(data)
    return total.hexdigest()

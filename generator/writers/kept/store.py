"""Parts that were laid out: in memory up to a number of bytes, and in a folder if there is one."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Protocol

from .folder import PartFolder


class Part(Protocol):
    """What is kept."""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""


MOST = 48 << 20
"""How many bytes a process keeps, of PDFs; Word's parts take 16 MiB more at the most."""


class PartStore:
    """Parts by key; those that weren't asked for longest go first."""

    def __init__(self, most: int = MOST, folder: PartFolder | None = None) -> None:
        self._most, self.folder = most, folder
        self._parts: OrderedDict[str, Any] = OrderedDict()
        self._size = 0
        self._turn = threading.Lock()

    def get(self, key: str) -> Any:
        """A part, or None."""
        with self._turn:
            found = self._parts.get(key)
            if found is not None:
                self._parts.move_to_end(key)
                return found
        found = self.folder.get(key) if self.folder is not None else None
        if found is not None:
            self._keep(key, found)
        return found

    def has(self, key: str) -> bool:
        """Whether a part is kept, or an entry for it, whatever that is worth."""
        with self._turn:
            if key in self._parts:
                return True
        return self.folder is not None and self.folder.has(key)

    def put(self, key: str, part: Part) -> None:
        """Keep a part; in memory, one that is larger than all the room isn't."""
        self._keep(key, part)
        if self.folder is not None:
            self.folder.put(key, part)

    def _keep(self, key: str, part: Part) -> None:
        with self._turn:
            if key in self._parts or part.size > self._most:
                return
            self._parts[key] = part
            self._size += part.size
            while self._size > self._most:
                self._size -= self._parts.popitem(last=False)[1].size

    def clear(self) -> None:
        """Forget everything."""
        with self._turn:
            self._parts.clear()
            self._size = 0

    def distrust(self) -> bool:
        """Use the folder no more, for what came from it was no good; whether there was one."""
        had_one, self.folder = self.folder is not None, None
        self.clear()
        return had_one

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._size


def key_of(pieces: Iterable[str | bytes]) -> str:
    """The key of all that decides how a part looks (SHA-256)."""
    total = hashlib.sha256()
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        total.update(b"%d " % len(data))
        total.update(data)
    return total.hexdigest()

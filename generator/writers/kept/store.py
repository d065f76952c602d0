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
        self._new = _Shelf(most // UNPROVED)
        self._proved = _Shelf(most)
        self._turn = threading.Lock()

    def get(self, key: str) -> Any:
        """A part, or None."""
        with self._turn:
            found = self._proved.get(key)
            if found is None and (found := self._new.take(key)) is not None:
                self._proved.put(key, found)
            if found is not None:
                return found
        found = self.folder.get(key) if self.folder is not None else None
        if found is not None:
            self._keep(key, found)
        return found

    def has(self, key: str) -> bool:
        """Whether a part is kept, or an entry for it, whatever that is worth."""
        with self._turn:
            if key in self._new.parts or key in self._proved.parts:
                return True
        return self.folder is not None and self.folder.has(key)

    def put(self, key: str, part: Part) -> None:
        """Keep a part; in memory, one that is larger than all the room isn't."""
        self._keep(key, part)
        if self.folder is not None:
            self.folder.put(key, part)

    def _keep(self, key: str, part: Part) -> None:
        with self._turn:
            if key not in self._proved.parts and part.size <= self._most:
                self._new.put(key, part)

    @property
    def held(self) -> dict[str, Any]:
        """All that is kept in memory."""
        with self._turn:
            return {**self._new.parts, **self._proved.parts}

    def clear(self) -> None:
        """Forget everything."""
        with self._turn:
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


class _Shelf:
    """Parts up to a number of bytes; one that is larger than that stands alone."""

    def __init__(self, most: int) -> None:
        self.parts: OrderedDict[str, Any] = OrderedDict()
        self.size, self._most = 0, most

    def get(self, key: str) -> Any:
        found = self.parts.get(key)
        if found is not None:
            self.parts.move_to_end(key)
        return found

    def take(self, key: str) -> Any:
        found = self.parts.pop(key, None)
        self.size -= found.size if found is not None else 0
        return found

    def put(self, key: str, part: Any) -> None:
        self.take(key)
        self.parts[key] = part
        self.size += part.size
        while self.size > self._most and len(self.parts) > 1:
            self.size -= self.parts.popitem(last=False)[1].size

    def clear(self) -> None:
        self.parts.clear()
        self.size = 0


def key_of(pieces: Iterable[str | bytes]) -> str:
    """The key of all that decides how a part looks (SHA-256)."""
    total = hashlib.sha256()
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        total.update(b"%d " % len(data))
        total.update(data)
    return total.hexdigest()

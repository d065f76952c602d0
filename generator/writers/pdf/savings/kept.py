"""What was worked out is kept for as long as it is asked for, up to a number of things."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Things by key. What wasn't asked for while ``most`` new ones came is forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[object, T] = {}
        self._old: dict[object, T] = {}

    def get(self, key: object) -> T | None:
        """What is kept under a key, or None."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: object, thing: T) -> None:
        """Keep a thing."""
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = thing

    def clear(self) -> None:
        """Forget everything."""
        self._young, self._old = {}, {}


class Saving:
    """Whether a saving is made. Tests let it be, to prove that the bytes are the same without."""

    def __init__(self) -> None:
        self.on = True

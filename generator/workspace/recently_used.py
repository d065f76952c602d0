"""What a process keeps for the next time, up to a bound; the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class RecentlyUsed(Generic[Key, Value]):
    """Values by key, for all threads of the process.

    ``most`` is how much is kept, in whatever ``size`` measures a value (by default each is one); a
    value that is larger than that stands alone.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        self._most = most
        self._size_of = size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._size = 0
        self._turn = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """A value, or None."""
        with self._turn:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, in place of the one before."""
        with self._turn:
            self._taken(key)
            self._values[key] = value
            self._size += self._size_of(value)
            while self._size > self._most and len(self._values) > 1:
                self._size -= self._size_of(self._values.popitem(last=False)[1])

    def take(self, key: Key) -> Value | None:
        """A value, or None; it isn't kept any more."""
        with self._turn:
            return self._taken(key)

    def _taken(self, key: Key) -> Value | None:
        found = self._values.pop(key, None)
        self._size -= 0 if found is None else self._size_of(found)
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._turn:
            self._values.clear()
            self._size = 0

    def items(self) -> list[tuple[Key, Value]]:
        """What is kept, the least recently used first."""
        with self._turn:
            return [*self._values.items()]

    def __contains__(self, key: Key) -> bool:
        """Whether there is a value; it doesn't count as asked for."""
        with self._turn:
            return key in self._values

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._values)

    @property
    def size(self) -> int:
        """How much is kept, in what ``most`` is said in."""
        return self._size

"""Who has a unit open: two who edit one see each other."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

SEEN = 40.0
"""Seconds for which somebody is taken to be there after the page last told so."""


@dataclass(slots=True)
class Presence:
    """Names by place and session."""

    _there: dict[str, dict[str, tuple[str, float]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def others(self, place: str, session: str, name: str) -> tuple[str, ...]:
        """Note that a session is at a place; the names of the others who are there."""
        now = time.monotonic()
        with self._lock:
            there = self._there.setdefault(place, {})
            there[session] = (name, now)
            for key in [key for key, (_, seen) in there.items() if now - seen > SEEN]:
                del there[key]
            return tuple(sorted({who for key, (who, _) in there.items() if key != session}))

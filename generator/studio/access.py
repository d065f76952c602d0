"""Who may come in, for how long, and what they may do."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Role(IntEnum):
    """What somebody may do; each role what those below it may."""

    ANYONE = 0
    READER = 1
    UNIT = 2
    OFFICER = 3


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who came in; ``units`` are a unit's own, each as ``agency/unit``."""

    name: str
    role: Role
    units: frozenset[str] = frozenset()

    def may(self, role: Role, agency: str, unit: str) -> bool:
        """Whether a route that asks for a role is open: to a unit's people only for their own."""
        if self.role < role:
            return False
        own = self.role is not Role.UNIT or role is not Role.UNIT
        return own or f"{agency}/{unit}" in self.units


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's time here, from ``began``; ``seen`` is when something was last asked."""

    user: User
    began: float
    seen: float


@dataclass(slots=True)
class Sessions:
    """Who is in, by the secret that their browser keeps.

    A session ends ``idle`` seconds after something was last asked, and ``longest`` after it began.
    """

    idle: float = float("inf")
    longest: float = float("inf")
    _known: dict[str, Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, user: User) -> str:
        """Let somebody in; the secret of the new session."""
        key, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._known = {k: one for k, one in self._known.items() if self._lasts(one, now)}
            self._known[key] = Session(user, now, now)
        return key

    def of(self, key: str) -> User | None:
        """Whose session a secret is of, if it lasts."""
        now = time.monotonic()
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            if not self._lasts(found, now):
                del self._known[key]
                return None
            self._known[key] = replace(found, seen=now)
            return found.user

    def end(self, key: str) -> None:
        """Have a secret let nobody in any more."""
        with self._lock:
            self._known.pop(key, None)

    def _lasts(self, one: Session, now: float) -> bool:
        return now - one.seen < self.idle and now - one.began < self.longest


@dataclass(slots=True)
class EntryToken:
    """The secret in the address that is printed: it opens the studio once."""

    value: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def renew(self) -> None:
        """Have a new secret, which opens the studio once more."""
        with self._lock:
            self.value = secrets.token_urlsafe(32)

    def taken(self, offered: str) -> bool:
        """Whether what is offered is the secret; from then on it is no more."""
        with self._lock:
            same = bool(self.value) and secrets.compare_digest(
                offered.encode(), self.value.encode()
            )
            if same:
                self.value = ""
            return same

"""Coming in with a name and a password, or by the header of the organisation's proxy."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.requests import Request

from .. import api
from ..errors import UsageError
from ..messages import message
from .access import Role, User

FREE_TRIES = 5
"""So many wrong passwords of a name cost no waiting."""

LONGEST_WAIT = 900.0
"""Seconds that somebody waits at the most after another wrong password."""

_LONGEST_PASSWORD = 1000
_MOST_NAMES = 10_000
_ROLES = {"planning": Role.OFFICER, "unit": Role.UNIT, "reader": Role.READER}


def hashed(password: str) -> str:
    """The hash of a password, as a file of users has it."""
    return PasswordHasher().hash(password)


@dataclass(slots=True)
class Door:
    """Who is let in. Wrong passwords make the next try of the same name wait, longer each time."""

    accounts: api.accounts.Accounts
    _tries: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _nobodys: str = field(default_factory=lambda: hashed(secrets.token_urlsafe()))

    def by_header(self, request: Request) -> User | None:
        """Whoever the proxy says it has let in; a header of anybody else's says nothing."""
        proxy = self.accounts.proxy
        if proxy is None or request.client is None or request.client.host not in proxy.addresses:
            return None
        named = request.headers.getlist(proxy.header)
        return self._user(named[0]) if len(named) == 1 else None

    def by_password(self, name: str, password: str) -> User:
        """Whoever a name and a password let in. Raises UsageError, also where they have to wait."""
        with self._lock:  # one at a time: each check takes memory, on purpose
            self._wait(name)
            found = next((one for one in self.accounts.users if one.name == name), None)
            known = found.password if found is not None and found.password else self._nobodys
            right = _is(known, password[:_LONGEST_PASSWORD]) and known != self._nobodys
            if right and (user := self._user(name)) is not None:
                self._tries.pop(name, None)
                return user
            count, _ = self._tries.pop(name, (0, 0.0))
            if len(self._tries) >= _MOST_NAMES:
                self._tries.pop(next(iter(self._tries)))
            self._tries[name] = (count + 1, time.monotonic())
        raise UsageError(message("studio-wrong-password"))

    def _wait(self, name: str) -> None:
        count, last = self._tries.get(name, (0, 0.0))
        if count < FREE_TRIES:
            return
        pause = min(2.0 ** (count - FREE_TRIES + 1), LONGEST_WAIT)
        left = last + pause - time.monotonic()
        if left > 0:
            raise UsageError(message("studio-wait", seconds=str(int(left) + 1)))

    def _user(self, name: str) -> User | None:
        found = next((one for one in self.accounts.users if one.name == name), None)
        if found is None:
            return None
        return User(found.name, _ROLES[found.role], frozenset(found.units))


def _is(known: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(known, password)
    except (VerificationError, InvalidHashError):
        return False

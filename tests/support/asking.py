"""A studio asked over the wire, as a browser, a stranger's page or a program would ask."""

from __future__ import annotations

import http.client

from generator.studio.access import Role, User
from support.browser import Served


def ask(
    at: Served, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """What the studio answers; ``Host`` and ``Origin`` are its own where nothing else is said."""
    own = {"Host": at.address.removeprefix("http://")}
    if method == "POST":
        own |= {"Origin": at.address, "Content-Type": "application/x-www-form-urlencoded"}
    sent = own | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(own["Host"], timeout=20)
    try:
        connection.request(method, path, body, {k: v for k, v in sent.items() if v != "-"})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def let_in(at: Served, user: User | None = None) -> str:
    """The cookie of somebody who came in."""
    key = at.studio.sessions.begin(user or User("", Role.OFFICER))
    return f"{at.studio.cookie}={key}"

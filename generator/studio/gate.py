"""What is refused before any page is asked, and what browsers are told to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .settings import Studio

SAFE = ("GET", "HEAD")
LONGEST_BODY = 64 << 20
"""Bytes of an upload at the most."""

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TooLongError(Exception):
    """An upload is longer than it may be."""


class Gate:
    """Before every page: other hosts, other origins and uploads without end are refused.

    A name that leads here by another's DNS is another host, and a page of somebody else's that
    posts here says where it came from.
    """

    def __init__(self, app: ASGIApp, studio: Studio) -> None:
        self.app, self.studio = app, studio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer that it is refused."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        read, left = 0, scope["method"] not in SAFE

        async def guarded(sent: Message) -> None:
            if sent["type"] == "http.response.start":
                told = MutableHeaders(scope=sent)
                for name, value in HEADERS.items():
                    told[name] = value
                told.setdefault("Cache-Control", "no-store")
                if left:
                    # Of what nobody reads nothing more is taken.
                    told["Connection"] = "close"
            await send(sent)

        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, guarded)
            return

        async def bounded() -> Message:
            nonlocal read, left
            part = await receive()
            left = part.get("more_body", False)
            read += len(part.get("body", b""))
            if read > LONGEST_BODY:
                raise TooLongError
            return part

        await self.app(scope, bounded, guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """The status and the word with which a request is refused, or nothing."""
        if headers.getlist("host") != [host := headers.get("host", "")]:
            return 400, "host"
        if host not in self.studio.hosts:
            return 421, "other host"
        origin = headers.get("origin")
        if origin is not None and origin not in self.studio.origins:
            return 403, "other origin"
        if method not in SAFE and origin is None:
            return 403, "no origin"
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > LONGEST_BODY:
            return 413, "too long"
        return None

"""A studio at an address of this machine, until somebody ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

import uvicorn

from .app import application
from .door import Door
from .settings import Studio


def listening(address: str, port: int) -> socket.socket:
    """A socket that listens; ``port`` 0 is any that is free. Raises OSError."""
    found = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def server(studio: Studio) -> uvicorn.Server:
    """The server of a studio: it tells nothing of itself and trusts no header of a proxy's."""
    return uvicorn.Server(
        uvicorn.Config(
            application(studio),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            loop="asyncio",
            http="h11",
            ws="none",
            limit_concurrency=200,
            timeout_graceful_shutdown=3,
        )
    )


def local(workspace_studio: Studio, port: int) -> tuple[socket.socket, str]:
    """Where a studio for this machine alone listens, and the address that opens it once."""
    found = listening("127.0.0.1", port)
    port = found.getsockname()[1]
    workspace_studio.answers_to(port)
    return found, f"http://127.0.0.1:{port}/enter?token={workspace_studio.token.value}"


def several(studio: Studio, door: Door, address: str) -> socket.socket:
    """Where a studio for several people listens. Raises OSError, and ValueError for no address."""
    host, colon, port = address.rpartition(":")
    if not colon or not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError(address)
    studio.serves(door)
    return listening(host.strip("[]"), int(port))


def run(studio: Studio, found: socket.socket, begin: Callable[[], None]) -> None:
    """Serve until Ctrl-C; ``begin`` is called when a browser may come."""
    begin()  # the socket listens: who comes early waits
    # uvicorn hears Ctrl-C, ends, and says it again: ending so is nothing that went wrong.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        server(studio).run(sockets=[found])
    finally:
        studio.end()

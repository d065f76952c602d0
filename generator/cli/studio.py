"""The command that serves the studio to a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from .. import api
from ..errors import MissingError, UsageError
from ..messages import message, wanted
from ..workspace import supervision
from ..workspace.reasons import why
from .helped import command
from .output import ask, flush, out, say

_SECONDS, _MEMORY = 1_000_000_000, 6144
"""A server is at work until it is ended; each upload and document has limits of its own."""


@command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0)
@click.option("--no-open", is_flag=True)
@click.option("--serve", metavar="ADDRESS")
@click.option("--users", type=click.Path(path_type=Path))
@click.option("--hash", "only_hash", is_flag=True)
@click.option("--commit", "commits", is_flag=True)
def studio(
    folder: Path | None,
    port: int,
    no_open: bool,
    serve: str | None,
    users: Path | None,
    only_hash: bool,
    commits: bool,
) -> None:
    try:
        from ..studio import door, serving
        from ..studio.settings import Studio
    except ModuleNotFoundError as error:
        raise MissingError(message("studio-not-installed")) from error
    if only_hash:
        out(door.hashed(ask(message("studio-password"))))
        return
    if (serve is None) != (users is None):
        raise UsageError(message("studio-serve-with-users"))
    supervision.limit(_SECONDS, _MEMORY)
    workspace = api.workspaces.around(folder.resolve() if folder else None)
    api.overview.agencies(workspace)  # a folder without any is refused here
    if commits and not api.history.is_kept(workspace):
        raise UsageError(message("studio-no-repository"))
    opened = Studio(workspace, _language(), commits=commits)
    address = ""
    try:
        if serve is not None and users is not None:
            entry = door.Door(api.accounts.read(users))
            found = serving.several(opened, entry, serve)
        else:
            found, address = serving.local(opened, port)
    except ValueError as error:
        raise UsageError(message("studio-no-address", address=serve or "")) from error
    except OSError as error:
        named = serve or str(port)
        raise UsageError(message("studio-port-taken", port=named, reason=why(error))) from error

    def begin() -> None:
        if serve is not None:
            (origin,) = opened.origins
            say(message("studio-served-at", address=serve, origin=origin))
            return
        out(address)
        say(message("studio-is-open", address=address.partition("/enter")[0]))
        say(message("studio-ends-with"))
        flush()
        if not no_open and _has_screen():
            _open(address)

    serving.run(opened, found, begin)


def _language() -> str:
    """Pages are Thai unless ``--lang`` or ``GEN_LANG`` asks for another language."""
    asked = {"GEN_LANG": os.environ.get("GEN_LANG", ""), "LANG": "th_TH.UTF-8"}
    return wanted(sys.argv[1:], asked)


def _has_screen() -> bool:
    """Whether a browser would open in a window, not in the terminal that the studio prints to."""
    named = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, named))


def _open(address: str) -> None:
    import webbrowser

    with supervision.unlimited():  # a browser isn't held to what gen may take
        webbrowser.open(address)


COMMANDS = (studio,)

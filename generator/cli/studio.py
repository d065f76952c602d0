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
from .output import out, say

_SECONDS, _MEMORY = 1_000_000_000, 6144
"""A server is at work until it is ended; each upload and document has limits of its own."""


@command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0)
@click.option("--no-open", is_flag=True)
def studio(folder: Path | None, port: int, no_open: bool) -> None:
    try:
        from ..studio import serving
        from ..studio.settings import Studio
    except ModuleNotFoundError as error:
        raise MissingError(message("studio-not-installed")) from error
    supervision.limit(_SECONDS, _MEMORY)
    workspace = api.workspaces.around(folder.resolve() if folder else None)
    api.overview.agencies(workspace)  # a folder without any is refused here
    opened = Studio(workspace, _language())
    try:
        found, address = serving.local(opened, port)
    except OSError as error:
        raise UsageError(message("studio-port-taken", port=str(port), reason=why(error))) from error

    def begin() -> None:
        out(address)
        say(message("studio-is-open", address=address.partition("/enter")[0]))
        say(message("studio-ends-with"))
        sys.stdout.flush()
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

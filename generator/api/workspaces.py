"""The workspace, what is named in it, and how finished files get to their places.

What is imported late is what a batch that finds everything unchanged doesn't need.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..workspace.environment import Workspace, here
from ..workspace.publishing import publish

if TYPE_CHECKING:
    from ..agreements.lookup import Target

__all__ = ["Workspace", "around", "find", "publish", "shown"]


def around(folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Workspace:
    """The workspace that a folder lies in; that of the working directory where none is given.

    Raises UsageError where the environment (``SOURCE_DATE_EPOCH``) says no day.
    """
    workspace = here(
        Path.cwd() if folder is None else folder, os.environ if environ is None else environ
    )
    _ = workspace.day  # refused now rather than in the middle of the work
    return workspace


def find(
    workspace: Workspace, name: str, agency: str | None = None, *, of_surveys: bool = False
) -> Target:
    """The unit or agency that a path or a name means. Raises UsageError with the nearest names.

    A survey's file means its agency, where documents are made of surveys (``of_surveys``).
    """
    from ..agreements import lookup

    return lookup.find(workspace, name, agency, of_surveys=of_surveys)


def shown(path: Path) -> str:
    """A path relative to the working directory, when it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

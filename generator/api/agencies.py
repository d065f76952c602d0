"""Agencies made and added to: the example, next year's, what one lacks for a kind of document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..agreements import lookup
from ..errors import UsageError
from ..key_names import KeyLanguage
from ..messages import message
from ..workspace.environment import Workspace
from .additions import add
from .new_agency import NewAgency, example, with_keys
from .next_year import next_year

__all__ = ["KeyLanguage", "NewAgency", "add", "example", "next_year", "start"]


def start(
    workspace: Workspace,
    directory: Path,
    *,
    source: str | None = None,
    kinds: Sequence[str] = (),
    keys: KeyLanguage | None = None,
) -> NewAgency:
    """A new agency's files: the example, or next year's from ``source``; not yet published.

    ``keys``: what their keys are written in, where not as they are there (the example: in English).
    With ``kinds`` what the agency that is there lacks for these kinds of document. Raises
    UsageError, DataError, FileError.
    """
    if kinds:
        if keys is not None:
            raise UsageError(message("add-with-keys"))
        if source is not None:
            raise UsageError(message("add-with-from"))
        is_there = (directory / "agency.yaml").is_file()
        folder = directory if is_there else lookup.find(workspace, str(directory)).folder
        return add(folder, kinds)
    if source is None:
        return example(directory, keys or "en")
    made = next_year(lookup.find(workspace, source).folder, directory)
    return made if keys is None else with_keys(made, directory, keys)

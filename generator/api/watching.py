"""When something was saved: by looking again and again, which works on every disk."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from ..agreements import yaml_tree
from ..agreements.lookup import Target
from ..workspace.confined import leads_out
from ..workspace.environment import Workspace
from . import documents

EVERY = 0.3
"""How often is looked, in seconds."""

Stamp = frozenset[tuple[str, int, int]]


def changes(workspace: Workspace, kind: str, target: Target) -> Iterator[frozenset[str]]:
    """The paths that changed, each time something was saved that a document is made of.

    Templates are then read again. Raises UsageError for a kind that there isn't.
    """
    documents.check_kind(kind)
    looked = [target.folder, *workspace.template_roots]
    return _changes(saves(looked, within=workspace.root))


def remembering() -> AbstractContextManager[None]:
    """Have files that didn't change read once for all documents that are made meanwhile."""
    return yaml_tree.remembering({})


def stamp(folders: Iterable[Path], *, within: Path | None = None) -> Stamp:
    """The files below folders as they are, each by path, time and size, bounded as in ``saves``."""
    return _stamp((folder, _bounds(folder, within)) for folder in folders)


def _changes(found: Iterator[frozenset[str]]) -> Iterator[frozenset[str]]:
    from ..writers import document

    for paths in found:
        document.forget_templates()
        yield paths


def saves(
    folders: Iterable[Path],
    sleep: Callable[[float], None] = time.sleep,
    *,
    within: Path | None = None,
) -> Iterator[frozenset[str]]:
    """The paths that changed, each time something below ``folders`` was saved.

    What counts is what changes after this is called. Nothing is said while files still change:
    editors save in several steps. What a link leads to outside of a folder is no
    part of it, unless both lie ``within`` one (the workspace).
    """
    looked = tuple((folder, _bounds(folder, within)) for folder in folders)
    return _saves(looked, _stamp(looked), sleep)


def _saves(
    folders: tuple[tuple[Path, Path], ...], known: Stamp, sleep: Callable[[float], None]
) -> Iterator[frozenset[str]]:
    last = known
    while True:
        sleep(EVERY)
        now = _stamp(folders)
        if now == last and now != known:
            yield frozenset(path for path, _, _ in now ^ known)
            known = now
        last = now


def _bounds(folder: Path, within: Path | None) -> Path:
    """The folder that no link may lead out of."""
    return folder if within is None or leads_out(within, folder) else within


def _stamp(folders: Iterable[tuple[Path, Path]]) -> Stamp:
    return frozenset(found for folder, bounds in folders for found in _files(folder, bounds))


def _files(root: Path, bounds: Path) -> Iterator[tuple[str, int, int]]:
    """The files below a folder with their times and sizes; links are followed within bounds."""
    seen: set[tuple[int, int]] = set()
    todo = [root]
    while todo:
        folder = todo.pop()
        try:
            about = folder.stat()
            if (about.st_dev, about.st_ino) in seen:  # links in a circle
                continue
            seen.add((about.st_dev, about.st_ino))
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink() and leads_out(bounds, path):
                continue
            try:
                status = entry.stat()
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                todo.append(path)
            elif stat.S_ISREG(status.st_mode) and not entry.name.startswith("."):
                yield str(path), status.st_mtime_ns, status.st_size

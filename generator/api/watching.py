"""When something was saved: by looking again and again, which works on every disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

EVERY = 0.3
"""How often is looked, in seconds."""

Stamp = frozenset[tuple[str, int, int]]


def saves(
    folders: Iterable[Path], sleep: Callable[[float], None] = time.sleep
) -> Iterator[frozenset[str]]:
    """The paths that changed, each time something below ``folders`` was saved.

    What counts is what changes after this is called. Nothing is said while files still change:
    editors save in several steps.
    """
    looked = tuple(folders)
    return _saves(looked, _stamp(looked), sleep)


def _saves(
    folders: tuple[Path, ...], known: Stamp, sleep: Callable[[float], None]
) -> Iterator[frozenset[str]]:
    last = known
    while True:
        sleep(EVERY)
        now = _stamp(folders)
        if now == last and now != known:
            yield frozenset(path for path, _, _ in now ^ known)
            known = now
        last = now


def _stamp(folders: Iterable[Path]) -> Stamp:
    found = set()
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                status = path.stat()
            except OSError:
                continue
            if not path.name.startswith(".") and path.is_file():
                found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)

"""Files as they would be: what an editor holds and has not saved, laid over what is on disk.

Everything that reads the data of a workspace reads it through ``confined`` and ``folders``; while
``unsaved`` is in force they see these bytes in the files' places. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_NOTHING: Mapping[Path, bytes] = {}
_held: ContextVar[Mapping[Path, bytes]] = ContextVar("unsaved", default=_NOTHING)


@contextmanager
def unsaved(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Have these files read as given, by whole path, in this thread and while it lasts.

    What was laid over before stays where it isn't given anew.
    """
    token = _held.set({**_held.get(), **files})
    try:
        yield
    finally:
        _held.reset(token)


def held(path: Path) -> bytes | None:
    """The bytes that are held for a file; None where what is on disk counts."""
    return _held.get().get(path)


def held_files() -> Mapping[Path, bytes]:
    """All files that are held."""
    return _held.get()


def held_in(folder: Path) -> tuple[Path, ...]:
    """The files held that lie in a folder itself."""
    return tuple(path for path in _held.get() if path.parent == folder)


def held_below(folder: Path) -> bool:
    """Whether a file is held anywhere below a folder, so that the folder would be there."""
    return any(folder in path.parents for path in _held.get())

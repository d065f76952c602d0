"""What lies in a folder: all of it, or a fault that says what can't be looked at.

``Path.glob`` passes over folders that it may not read, and ``Path.is_file`` raises for some
paths and says "no" for others; here a thing is there, isn't there, or is refused by name.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ..errors import FileError
from ..messages import message
from .reasons import why
from .unsaved import held, held_below, held_in

_GONE = (errno.ENOENT,)


def entries(folder: Path) -> tuple[Path, ...]:
    """Everything in a folder, by name; nothing where there is no folder. Raises FileError."""
    new = held_in(folder)
    try:
        with os.scandir(folder) as found:
            return tuple(sorted({*(folder / entry.name for entry in found), *new}))
    except OSError as error:
        # A file in a folder's place is not "nothing there".
        if error.errno == errno.ENOENT and not os.path.lexists(folder):
            return tuple(sorted(new))
        raise refused(folder, error) from error


def below(folder: Path, suffix: str) -> Iterator[Path]:
    """Everything below a folder whose name ends so, folders too. Raises FileError.

    Links to folders are not followed.
    """
    for path in entries(folder):
        if path.suffix == suffix:
            yield path
        elif not path.is_symlink() and is_folder(path):
            yield from below(path, suffix)


def is_file(path: Path) -> bool:
    """Whether a file is there. Raises FileError where that can't be known, or it is no file."""
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise FileError(message("path-is-no-file", file=named(path)))
    return mode is not None


def is_folder(path: Path) -> bool:
    """Whether there is a folder at a path; not where a file is. Raises FileError."""
    mode = _mode(path)
    return mode is not None and stat.S_ISDIR(mode)


def _mode(path: Path) -> int | None:
    """The mode of what a path leads to; None where nothing is there. Raises FileError."""
    if held(path) is not None:
        return stat.S_IFREG
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:
        broken = isinstance(error, OSError) and error.errno in _GONE and not path.is_symlink()
        if broken:
            return stat.S_IFDIR if held_below(path) else None
        raise refused(path, error) from error


def refused(path: Path, error: OSError | ValueError) -> FileError:
    """What is said of a path that the system refuses."""
    if path.is_symlink() and isinstance(error, OSError) and error.errno in _GONE:
        return FileError(message("link-leads-to-nothing", file=named(path)))
    return FileError(message("path-unreadable", file=named(path), reason=why(error)))


def named(path: Path) -> str:
    """A path's last name as it can be printed: each byte that is no UTF-8 by its number."""
    return printable(path.name or str(path))


def printable(text: str) -> str:
    """A name that the system gave, without the halves of characters that stand for odd bytes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

"""Paths that data name stay below the folder they are meant for.

Data, logs, records and documents that somebody sends may name any path. Whatever becomes part of
a path goes through ``below``: no step up, no other root or drive, no device of Windows, and no
link that leads out.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import IO

from ..errors import FileError
from ..messages import Message, message
from . import folders, supervision
from .reasons import NotAFile
from .unsaved import held

_WINDOWS = {"CON", "PRN", "AUX", "NUL"} | {f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10)}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_ROOTED = re.compile(r"[A-Za-z]:|[\\/]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONGEST = 255
_ITS_FOLDER = message("its-folder")


def file_name_fault(name: str) -> Message | None:
    """Why a name can't be a file's name on every system, or nothing."""
    bare = name.rstrip(".")
    if reason := _part_fault(name):
        return reason
    if bare != bare.strip() or len(bare.encode()) > 120:
        return message("file-name-with-blanks-or-too-long")
    return None


def below(root: Path, name: str) -> Path:
    """``root / name``, which lies below ``root``. Raises FileError where it doesn't."""
    if reason := fault(root, name):
        raise FileError(
            message("path-refused", name=name[:100], reason=reason),
            message("has-to-lie-in", folder=root.name or str(root)),
        )
    return root / name


def fault(root: Path, name: str, called: Message = _ITS_FOLDER) -> Message | None:
    """Why a path named by data isn't one below ``root``: the end of a sentence, or nothing.

    ``called`` is what the sentence calls the folder.
    """
    parts = re.split(r"[\\/]", name)
    if _ROOTED.match(name) or ".." in parts:
        return message("lies-outside", folder=called)
    for part in name.split("/"):
        if reason := _part_fault(part):
            return message("is-no-path", reason=reason)
        if _SURROGATES.search(part) or len(part.encode()) > _LONGEST:
            return message("is-no-path-of-text")
    if leads_out(root, root / name):
        return message("leads-outside", folder=called)
    return None


def leads_out(root: Path, path: Path) -> bool:
    """Whether a path, its links followed, lies elsewhere than below ``root``, or nowhere."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle
        return True


def _part_fault(name: str) -> Message | None:
    bare = name.rstrip(".")
    if match := _FORBIDDEN.search(name):
        return message("sign-not-in-file-name", sign=match[0])
    if not bare.strip():
        return message("nothing-left-of-file-name")
    if bare.split(".")[0].strip().upper() in _WINDOWS:
        return message("device-name-on-windows", name=bare)
    return None


def opened(path: Path) -> IO[bytes]:
    """Open a file to read it; what is no file, such as a pipe, might never end. Raises OSError."""
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115  (the caller closes it)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NotAFile(errno.EINVAL, "", str(path))
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """A file's bytes; at most one more than ``limit``, so that a caller sees that it is larger.

    What is ``unsaved`` counts before what is on disk. Raises FileError.
    """
    supervision.at(path)
    if (data := held(path)) is not None:
        return data if limit is None else data[: limit + 1]
    try:
        with opened(path) as file:
            return file.read() if limit is None else file.read(limit + 1)
    except OSError as error:
        raise folders.refused(path, error) from error

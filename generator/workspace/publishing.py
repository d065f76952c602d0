"""Where documents go, and how they get there: whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import FileError
from ..messages import message
from .reasons import why
from .supervision import uninterrupted


def publish(files: Mapping[Path, bytes]) -> None:
    """Put all files in place, each by an atomic replace.

    Everything is on disk under temporary names before the first file is replaced; when that
    fails nothing is published. Ctrl-C waits until it is done. Raises FileError.
    """
    with uninterrupted():
        _publish(files)


def _publish(files: Mapping[Path, bytes]) -> None:
    ready: dict[Path, str] = {}
    sweep({path.parent for path in files})
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_own(), dir=path.parent)
            ready[path] = name
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
        for path, name in ready.items():
            os.replace(name, path)
    except OSError as error:
        raise FileError(
            message(
                "file-not-written",
                file=str(error.filename or message("the-documents")),
                reason=why(error),
            )
        ) from error
    finally:
        for name in ready.values():
            with contextlib.suppress(OSError):
                os.unlink(name)


_TEMPORARY = re.compile(r"\.gen-([0-9a-f]{8})-(\d+)-")
_DAY = 86_400.0
"""So old is no temporary file of a run that is still at work, in seconds."""


def sweep(folders: Iterable[Path]) -> None:
    """Remove the temporary files that runs which were killed have left in folders.

    A name says which machine and process it is of: that of a run at work stays, and so does that
    of another machine for a day.
    """
    for folder in folders:
        with contextlib.suppress(OSError):
            for entry in os.scandir(folder):
                match = _TEMPORARY.match(entry.name)
                if match and _is_left(entry, match[1], int(match[2])):
                    with contextlib.suppress(OSError):
                        os.unlink(entry.path)


def _is_left(entry: os.DirEntry[str], machine: str, process: int) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    if machine == _machine() and not _is_alive(process):
        return True
    return time.time() - entry.stat(follow_symlinks=False).st_mtime > _DAY


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # there it would end the process
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _own() -> str:
    """How the temporary names of this process begin."""
    return f".gen-{_machine()}-{os.getpid()}-"


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]

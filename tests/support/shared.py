"""What costs seconds is made once a test run, whichever of its processes asks first.

The run's folder (``conftest``) is that of all its processes; without one, a process has its own.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

FOLDER = "SHARED_BY_TESTS"
"""The variable that names the folder."""

P = ParamSpec("P")
R = TypeVar("R")


def once(make: Callable[P, R]) -> Callable[P, R]:
    """Have a function's results made once a run, for the same arguments.

    The arguments' ``repr`` tells them apart; what is raised isn't kept.
    """
    kept: dict[str, R] = {}

    @functools.wraps(make)
    def shared(*args: P.args, **kwargs: P.kwargs) -> R:
        named = f"{make.__module__}.{make.__qualname__}{args!r}{sorted(kwargs.items())!r}"
        key = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
        if key not in kept:
            kept[key] = _stored(_folder() / key, lambda: make(*args, **kwargs))
        return kept[key]

    return shared


def _stored(path: Path, make: Callable[[], R]) -> R:
    with path.with_suffix(".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go of with the process, however that ends
        try:
            found: R = pickle.loads(path.read_bytes())
        except FileNotFoundError:
            found = make()
            new = path.with_suffix(".new")
            new.write_bytes(pickle.dumps(found))
            new.replace(path)
        return found


@functools.cache
def _own() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="gen-tests-")


def _folder() -> Path:
    return Path(os.environ.get(FOLDER) or _own().name)

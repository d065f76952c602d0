"""How agencies stand, as last looked at: who asks never waits for a look that takes long."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from .. import api
from ..errors import GenError
from ..messages import message

_BELOW_OTHERS = 10
"""A look gives way to whoever types."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """What the last look at an agency found; ``is_current``: nothing has changed since.

    ``found`` is nothing while the first look goes on, ``failed`` what ended the last one.
    """

    found: api.standing.AgencyStanding | None
    is_current: bool
    failed: GenError | None = None


_Looked = tuple["api.standing.Stamp", "api.standing.AgencyStanding | GenError"]


@dataclass(slots=True)
class Standings:
    """The last look at each agency. Looks are taken in a process of their own, one at a time."""

    _known: dict[Path, _Looked] = field(default_factory=dict)
    _going: dict[Path, Future[_Looked]] = field(default_factory=dict)
    _pool: ProcessPoolExecutor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, workspace: api.workspaces.Workspace, folder: Path) -> LastLook:
        """The last look at an agency; another one begins where something changed since."""
        stamp = api.standing.stamp(workspace, folder)
        with self._lock:
            going = self._going.get(folder)
            if going is not None and going.done():
                del self._going[folder]
                self._take_in(folder, stamp, going)
                going = None
            known = self._known.get(folder)
            is_current = known is not None and known[0] == stamp
            if not is_current and going is None:
                self._going[folder] = self._begin(workspace, folder)
        if known is None:
            return LastLook(None, False)
        if isinstance(known[1], GenError):
            return LastLook(None, is_current, known[1])
        return LastLook(known[1], is_current)

    def end(self) -> None:
        """End what is going on."""
        with self._lock:
            if self._pool is not None:
                for process in [*(getattr(self._pool, "_processes", None) or {}).values()]:
                    process.kill()  # what it looks at nobody asks for any more
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

    def _take_in(self, folder: Path, stamp: api.standing.Stamp, done: Future[_Looked]) -> None:
        try:
            self._known[folder] = done.result()
        except GenError as error:
            self._known[folder] = (stamp, error)
        except Exception:
            # A bug, or the process died: it is told, and looked at again when something changes.
            logging.getLogger(__name__).exception("look")
            self._known[folder] = (stamp, GenError(message("bug-in-gen")))
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _begin(self, workspace: api.workspaces.Workspace, folder: Path) -> Future[_Looked]:
        if self._pool is None:
            method = "forkserver" if os.name == "posix" else "spawn"
            self._pool = ProcessPoolExecutor(
                1, multiprocessing.get_context(method), initializer=_settle
            )
        return self._pool.submit(_look, workspace.root, dict(workspace.environ), folder)


def _settle() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when the studio does
    if hasattr(os, "nice"):
        os.nice(_BELOW_OTHERS)


def _look(root: Path, environ: dict[str, str], folder: Path) -> _Looked:
    workspace = api.workspaces.Workspace(root, environ, environ.get("GEN_FACE"))
    stamp = api.standing.stamp(workspace, folder)  # before: what changes meanwhile is looked at
    return stamp, api.standing.look(workspace, folder)

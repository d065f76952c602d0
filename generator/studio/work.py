"""Work that takes its time, such as making all documents: going on while pages come and go."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from .. import api
from ..diagnostics import Diagnostic
from ..errors import GenError


class StoppedError(Exception):
    """Somebody said stop."""


@dataclass(slots=True)
class Work:
    """A batch: how far it is, and how it ended. It is its own watcher.

    ``state`` is going, done, stopped or failed.
    """

    by: str
    total: int = 0
    done: int = 0
    last: str = ""
    state: str = "going"
    said: list[str] = field(default_factory=list)
    faults: tuple[Diagnostic, ...] = ()
    error: GenError | None = None
    summary: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End it after the document that is being made; those that are made stay."""
        self._stop.set()

    @property
    def is_going(self) -> bool:
        """Whether it isn't at its end."""
        return self.state == "going"

    def __enter__(self) -> Work:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def begin(self, documents: int) -> None:
        """So many documents are to be dealt with."""
        self.total = documents

    def tell(self, event: api.batch.DocumentDone) -> None:
        """One of them was."""
        self.done += 1
        self.last = event.name
        if self._stop.is_set():
            raise StoppedError

    def close(self, report: api.batch.BatchReport) -> None:
        """All were."""
        self.said = report.notes
        self.faults = tuple(report.faults)
        self.summary = report.summary()


@dataclass(slots=True)
class WorkGoingOn:
    """The last work on each agency: one at a time."""

    _known: dict[Path, Work] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, folder: Path) -> Work | None:
        """The last work on an agency."""
        return self._known.get(folder)

    def begin(self, folder: Path, work: Work, run: Callable[[Work], object]) -> Work:
        """Have work done by a thread, in the language of whoever asked.

        What is going on already is told of instead: two batches would write the same files.
        """
        with self._lock:
            before = self._known.get(folder)
            if before is not None and before.is_going:
                return before
            self._known[folder] = work
        spoken = contextvars.copy_context()
        threading.Thread(target=spoken.run, args=(_done, work, run), daemon=True).start()
        return work

    def end(self) -> None:
        """Have all work stop."""
        for work in self._known.values():
            work.stop()


def _done(work: Work, run: Callable[[Work], object]) -> None:
    state = "failed"
    try:
        run(work)
        state = "done"
    except StoppedError:
        state = "stopped"
    except GenError as error:
        work.error = error
    finally:
        work.state = state

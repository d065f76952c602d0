"""Which process makes which document: the one that has laid out most of what it is made of.

A unit's documents are of the same sheets, and units share sheets: a process keeps the parts that it
has laid out. Order changes how long a batch takes and nothing in what it makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .rendering import RenderJob

_CHOICE = 4
"""So many documents are looked at before a process that waits begins one."""


@dataclass(slots=True)
class MadeSheets:
    """What a process has made: the unit that it is at, and the sheets that it knows."""

    source: Path | None = None
    sheets: set[str] = field(default_factory=set)

    def note(self, job: RenderJob) -> None:
        """Note that the process makes a document."""
        self.source = job.source
        self.sheets |= job.sheets


class WaitingJobs:
    """The documents that wait for a process: ``ahead`` are read in advance, and no more."""

    def __init__(self, jobs: Iterable[RenderJob], ahead: int) -> None:
        self._jobs, self._ahead = iter(jobs), max(ahead, _CHOICE)
        self._waiting: list[tuple[RenderJob, int]] = []

    def again(self, job: RenderJob, attempt: int) -> None:
        """Put a document back that a process died of: it comes before all others."""
        self._waiting.insert(0, (job, attempt))

    def read(self, most: int = 0) -> None:
        """Read documents, until so many wait or all are read; as far ahead as goes without."""
        while len(self._waiting) < (most or self._ahead):
            job = next(self._jobs, None)
            if job is None:
                return
            self._waiting.append((job, 1))

    def take(self, made: MadeSheets, others: Sequence[MadeSheets]) -> tuple[RenderJob, int] | None:
        """The document that a process makes next, of those that wait; None where none does.

        What was begun before, what is of the unit that the process is at, what is of no unit that
        another one is at, and what has most sheets that it knows; else the first.
        """
        if not self._waiting:
            return None
        theirs = {other.source for other in others}

        def suits(place: int) -> tuple[bool, bool, bool, int, int]:
            job, attempt = self._waiting[place]
            return (
                attempt > 1,
                job.source == made.source,
                job.source not in theirs,
                len(job.sheets & made.sheets),
                -place,
            )

        job, attempt = self._waiting.pop(max(range(len(self._waiting)), key=suits))
        made.note(job)
        return job, attempt

    def choose(
        self, made: MadeSheets, others: Sequence[MadeSheets]
    ) -> tuple[RenderJob, int] | None:
        """The same, with a few documents to choose from."""
        self.read(_CHOICE)
        return self.take(made, others)

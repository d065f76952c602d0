"""Processes that read sides, within limits; one that dies or hangs costs a side, not the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from ..workspace import supervision
from .journal import SideRecord
from .pictures import NOT_UNDERSTOOD
from .working import Reader, SideDone, SideJob

SECONDS = 60.0
"""How long a side may take before its process is ended."""

Make = Callable[[], Reader]


def processors() -> int:
    """How many processes can work at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def read(make: Make, jobs: Iterable[SideJob], count: int) -> Iterator[SideDone]:
    """The sides in the order of the jobs, which are asked for as they are needed."""
    if count < 2 or not hasattr(os, "fork"):
        reader = make()
        try:
            for job in jobs:
                supervision.at(f"{job.path.name} {job.number}")
                yield reader.side(job)
        finally:
            reader.close()
        return
    todo = iter(enumerate(jobs))
    workers = [_Worker(make) for _ in range(count)]
    done: dict[int, SideDone] = {}
    following = 0
    ahead: deque[tuple[int, SideJob]] = deque()
    try:
        while True:
            for worker in workers:
                # No further ahead than a few sides: what is held stays small.
                if worker.job is None and len(done) < 8 * count:
                    if not ahead and (following_job := next(todo, None)) is not None:
                        ahead.append(following_job)
                    if ahead:
                        worker.begin(*ahead.popleft())
            while following in done:
                yield done.pop(following)
                following += 1
            busy = [worker for worker in workers if worker.job is not None]
            if not busy:
                if not done and not ahead:
                    return
                continue
            for index, found in _finished(busy):
                supervision.at(found.record.file)
                done[index] = found
    finally:
        for worker in workers:
            worker.end()


def _finished(busy: list[_Worker]) -> Iterator[tuple[int, SideDone]]:
    ready = wait([worker.ours for worker in busy], timeout=1.0)
    for worker in busy:
        assert worker.job is not None
        index, job = worker.job
        if worker.ours in ready:
            try:
                found = worker.ours.recv()
            except (EOFError, OSError):
                worker.again()
                found = _lost(job)
            worker.job = None
            yield index, found
        elif time.monotonic() - worker.since > SECONDS * 4:
            worker.again()
            worker.job = None
            yield index, _lost(job)


def _lost(job: SideJob) -> SideDone:
    return SideDone(SideRecord(job.path.name, job.sha, job.number, fault=NOT_UNDERSTOOD.code))


@dataclass(slots=True)
class _Started:
    process: BaseProcess
    ours: Connection


class _Worker:
    def __init__(self, make: Make) -> None:
        self._make = make
        self.job: tuple[int, SideJob] | None = None
        self.since = 0.0
        self._started = _start(make)

    @property
    def ours(self) -> Connection:
        return self._started.ours

    def begin(self, index: int, job: SideJob) -> None:
        self.job, self.since = (index, job), time.monotonic()
        with suppress(OSError, BrokenPipeError):
            self.ours.send(job)

    def again(self) -> None:
        self.end()
        self._started = _start(self._make)

    def end(self) -> None:
        with suppress(OSError):
            self.ours.close()
        self._started.process.kill()
        self._started.process.join(5)


def _start(make: Make) -> _Started:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(make, theirs, ours), daemon=True)
    process.start()
    theirs.close()
    return _Started(process, ours)


def _work(make: Make, theirs: Connection, ours: Connection) -> None:
    ours.close()
    # It ends when who began it does: one that ended first would be taken for one that died.
    for name in ("SIGINT", "SIGHUP", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    supervision.unlimited_time()
    reader = make()
    with suppress(EOFError, OSError):
        while True:
            theirs.send(reader.side(theirs.recv()))

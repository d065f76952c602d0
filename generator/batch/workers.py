"""Processes of this machine that make documents, each within limits of time and memory.

A process that takes too long is ended; one that dies leaves its document to another, once.
Neither stops the others.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext

from ..messages import message
from ..workspace import supervision
from .order import MadeSheets, WaitingJobs
from .rendering import RenderJob, RenderOutcome, WorkerSetup, make, settle

ATTEMPTS = 2
"""How often a document is begun when the process that makes it dies."""

_AHEAD = 3
"""So many documents a process are read while the processes work."""

DOCUMENTS = 200
"""So many documents a process makes before a fresh one takes its place.

What a process keeps has bounds, but the room between what is kept grows, and nobody gives it back.
A fresh process takes a second and a half longer for its first documents, a hundredth of these.
"""

_START = 60.0
"""How long a process may take to begin, in seconds."""
_PATIENCE = 8
"""So many times a document's seconds may pass while its process has to wait for others."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one document may take: seconds, and the address space of its process in MiB."""

    seconds: float = 120.0
    memory: int = supervision.MEMORY


def processors() -> int:
    """How many processes can work at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def run(
    setup: WorkerSetup, jobs: Iterable[RenderJob], count: int, limits: ProcessLimits
) -> Generator[tuple[RenderJob, RenderOutcome]]:
    """Have the jobs done by ``count`` processes, the outcomes as they come."""
    # The workspace's environment may be the process's own, which doesn't travel.
    setup = replace(
        setup, workspace=replace(setup.workspace, environ=dict(setup.workspace.environ))
    )
    workers = [_Worker(setup, limits) for _ in range(count)]
    waiting = WaitingJobs(jobs, _AHEAD * count)

    def about(worker: _Worker) -> tuple[MadeSheets, list[MadeSheets]]:
        return worker.made, [other.made for other in workers if other is not worker]

    try:
        while True:
            for worker in workers:
                if worker.job is None and (next_job := waiting.choose(*about(worker))):
                    worker.begin(*next_job)
            if all(worker.job is None for worker in workers):
                return
            waiting.read()  # while the processes work
            for worker, done in _finished(workers):
                job, attempt = worker.job, worker.attempt
                assert job is not None
                worker.job = None
                if done is None and attempt < ATTEMPTS:
                    waiting.again(job, attempt + 1)
                    continue
                if next_job := waiting.take(*about(worker)):
                    worker.begin(*next_job)
                yield (
                    job,
                    done or RenderOutcome(faults=(job.fault(message("process-died-twice")),)),
                )
    finally:
        for worker in workers:
            worker.end()


def _finished(workers: list[_Worker]) -> Iterator[tuple[_Worker, RenderOutcome | None]]:
    """Wait until something happens: who is done, with what; None of a process that died."""
    busy = {
        worker.pipe: worker
        for worker in workers
        if worker.job is not None and worker.pipe is not None
    }
    next_end = min(worker.deadline for worker in busy.values())
    ready = wait(list(busy), max(next_end - time.monotonic(), 0))
    for pipe, worker in busy.items():
        if pipe in ready:
            yield worker, worker.receive()
        elif time.monotonic() >= worker.deadline and not worker.may_go_on():
            yield worker, worker.stopped()


class _Worker:
    """One process and what it is at."""

    def __init__(self, setup: WorkerSetup, limits: ProcessLimits) -> None:
        self.setup, self.limits = setup, limits
        self.made = MadeSheets()
        self.pipe: Connection | None = None
        self.process: multiprocessing.process.BaseProcess | None = None
        self.job: RenderJob | None = None
        self.attempt = self.documents = 0
        self.began = self.deadline = self.spent = 0.0

    def begin(self, job: RenderJob, attempt: int) -> None:
        """Give the process a job; start it where there is none."""
        if self.pipe is None:
            self._start()
        assert self.pipe is not None
        self.job, self.attempt = job, attempt
        self.began, self.spent = time.monotonic(), self._computed()
        self.deadline = self.began + self.limits.seconds
        with contextlib.suppress(OSError):  # it died; receive() will tell
            self.pipe.send(job)

    def receive(self) -> RenderOutcome | None:
        """What the process sent; None when it died."""
        assert self.pipe is not None
        try:
            done: RenderOutcome = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return None
        self.documents += 1
        if done.exhausted or self.documents >= DOCUMENTS:
            self.end()
        return done

    def may_go_on(self) -> bool:
        """Whether a document's time isn't up yet: on a busy machine its process waited for others.

        One that does nothing itself is ended all the same, after a few times as long.
        """
        now = time.monotonic()
        left = self.limits.seconds - (self._computed() - self.spent)
        self.deadline = now + max(left, 0)
        return left > 0 and now - self.began < _PATIENCE * self.limits.seconds

    def _computed(self) -> float:
        """Seconds that the process has computed; of the clock where the system doesn't tell."""
        pid = self.process.pid if self.process is not None else None
        try:
            # Linux: the clock of another process's computing (clock_getcpuclockid).
            return time.clock_gettime(~(pid or 0) << 3 | 2)
        except (AttributeError, OSError):
            return time.monotonic()

    def stopped(self) -> RenderOutcome:
        """End the process, whose time is up."""
        assert self.job is not None
        self.end()
        return RenderOutcome(
            faults=(
                self.job.fault(
                    message("document-took-too-long", seconds=f"{self.limits.seconds:g}")
                ),
            )
        )

    def end(self) -> None:
        """End the process at once; it holds nothing that anybody misses."""
        if self.pipe is not None:
            self.pipe.close()
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process.close()
        self.pipe = self.process = None
        self.documents = 0
        self.made = MadeSheets()

    def _start(self) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self.setup, self.limits.memory), daemon=True
        )
        with supervision.uninterrupted():  # a process that is half begun complains
            process.start()
        theirs.close()
        self.process = process
        with contextlib.suppress(EOFError, OSError):  # it died; receive() will tell
            if self.pipe.poll(_START):
                self.pipe.recv()


def _context() -> BaseContext:
    """New processes come of one that has imported the renderer already, where that can be."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, "generator.batch.preloaded"])
        from multiprocessing import forkserver

        # A Ctrl-C is for the batch: what is started here inherits that it hears none.
        with supervision.uninterrupted("SIGINT"):
            forkserver.ensure_running()
        return context
    return multiprocessing.get_context("spawn")


def _serve(pipe: Connection, setup: WorkerSetup, memory: int) -> None:
    """Make one document after the other until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when the batch does
    threading.Thread(target=_end_with_batch, daemon=True).start()
    supervision.unlimited_time()  # the batch looks at the clock
    _limit(memory)
    settle()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)  # ready: the time of a document begins when it is begun
        while True:
            pipe.send(make(setup, pipe.recv()))


def _end_with_batch() -> None:
    """End as soon as the batch does, however it ended: nobody waits for what is made here."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory << 20
        if most != resource.RLIM_INFINITY:
            wanted = min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))

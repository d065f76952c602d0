"""The process that draws pages, and who speaks with it.

It is begun with the first request, and anew when it has died or was ended because it hung. It
does one request at a time; of one reader only the newest counts.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Location
from ..messages import Message, message
from ..workspace import supervision
from ..workspace.environment import Workspace
from .requests import PageRequest, PreviewedPage

if TYPE_CHECKING:
    from .drawing_desk import DrawingDesk

PATIENCE = 60.0
"""So many seconds may pass without an answer; then the process is ended."""

IDLE = 0.3
"""So long nobody asks for anything before what nobody looks at is laid out, in seconds."""


@dataclass(slots=True)
class _Waiting:
    """A request that is not answered to the end."""

    request: PageRequest
    answers: queue.SimpleQueue[PreviewedPage | None] = field(default_factory=queue.SimpleQueue)


class PagePreviews:
    """Draws pages for several readers, in a process of its own. Threads may share it."""

    def __init__(self, workspace: Workspace, patience: float = PATIENCE) -> None:
        # The workspace's environment may be the process's own, which doesn't travel.
        self._workspace = replace(workspace, environ=dict(workspace.environ))
        self._patience = patience
        self._turn = threading.Lock()
        self._waiting: dict[int, _Waiting] = {}
        self._last = 0
        self._pipe: Connection | None = None
        self._process: BaseProcess | None = None

    def pages(self, request: PageRequest) -> Iterator[PreviewedPage]:
        """The page, and once more where it changes; nothing once the reader asks anew.

        Faults where there is no page, and where drawing it takes too long.
        """
        number, waiting = self._begun(request)
        try:
            while True:
                try:
                    answer = waiting.answers.get(timeout=self._patience)
                except queue.Empty:
                    self.close()
                    yield _no_page(request, message("preview-took-too-long"))
                    return
                if answer is None:
                    return
                yield answer
        finally:
            with self._turn:
                self._waiting.pop(number, None)

    def close(self) -> None:
        """End the process at once; it holds nothing that anybody misses."""
        with self._turn:
            self._end()

    def _begun(self, request: PageRequest) -> tuple[int, _Waiting]:
        with self._turn:
            for number, other in [*self._waiting.items()]:
                if other.request.reader == request.reader:
                    other.answers.put(None)
                    del self._waiting[number]
            self._last += 1
            waiting = self._waiting[self._last] = _Waiting(request)
            if self._process is None or not self._process.is_alive():
                self._end(but=self._last)
                self._start()
            assert self._pipe is not None
            with contextlib.suppress(OSError):  # it died; who listens will tell
                self._pipe.send((self._last, request))
            return self._last, waiting

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, self._workspace), daemon=True, name="gen-preview"
        )
        with supervision.uninterrupted():
            self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, args=(self._pipe,), daemon=True).start()

    def _listen(self, pipe: Connection) -> None:
        """Hand out what the process answers, as long as it does."""
        while True:
            try:
                number, answer = pipe.recv()
            except (EOFError, OSError):
                break
            with self._turn:
                if (waiting := self._waiting.get(number)) is not None:
                    waiting.answers.put(answer)
        with self._turn:
            if self._pipe is pipe:
                self._end()

    def _end(self, but: int = 0) -> None:
        """End the process; who waits for it is told. The turn is the caller's."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
        self._pipe = self._process = None
        for number, waiting in [*self._waiting.items()]:
            if number != but:
                waiting.answers.put(_no_page(waiting.request, message("preview-process-ended")))
                waiting.answers.put(None)
                del self._waiting[number]


def _no_page(request: PageRequest, why: Message) -> PreviewedPage:
    return PreviewedPage(faults=(Diagnostic(why, Location(request.target)),))


class _Newer(Exception):
    """What was asked for isn't wanted any more."""


class _Requests:
    """The requests that came in and aren't done, the newest of each reader."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._open: dict[str, tuple[int, PageRequest]] = {}

    def next(self) -> tuple[int, PageRequest]:
        """The next request; waits for it. Raises EOFError when nobody is there any more."""
        self._take(None if not self._open else 0)
        reader = next(iter(self._open))
        return self._open.pop(reader)

    def put_back(self, number: int, request: PageRequest) -> None:
        """Do a request later, unless its reader has another one."""
        self._open.setdefault(request.reader, (number, request))

    def came_from(self, reader: str, seconds: float = 0) -> bool:
        """Whether a reader has asked for something else."""
        self._take(seconds)
        return reader in self._open

    def any_came(self) -> bool:
        """Whether there is something to do."""
        return bool(self._open)

    def _take(self, seconds: float | None) -> None:
        while self._pipe.poll(seconds):
            number, request = self._pipe.recv()
            self._open.pop(request.reader, None)
            self._open[request.reader] = (number, request)
            seconds = 0


def serve(pipe: Connection, workspace: Workspace) -> None:
    """Draw pages until nobody asks any more. What runs in the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when who began it does
    if hasattr(signal, "pthread_sigmask"):
        # It was begun while signals waited, and inherits that: nobody could end it by one.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGHUP})
    threading.Thread(target=_end_with_others, daemon=True).start()
    supervision.unlimited_time()  # who waits looks at the clock
    supervision.look_for_garbage_seldom()
    from .drawing_desk import DrawingDesk  # what draws is needed here alone

    desk, requests = DrawingDesk(workspace), _Requests(pipe)
    with contextlib.suppress(EOFError, OSError):
        while True:
            number, request = requests.next()
            _answer(pipe, desk, requests, number, request)


def _answer(
    pipe: Connection, desk: DrawingDesk, requests: _Requests, number: int, request: PageRequest
) -> None:
    settling = False

    def proceed() -> None:
        if requests.came_from(request.reader) or (settling and requests.any_came()):
            raise _Newer

    def pause() -> None:
        nonlocal settling
        settling = True
        if requests.came_from(request.reader, IDLE) or requests.any_came():
            raise _Newer

    try:
        for page in desk.pages(request, proceed, pause):
            pipe.send((number, page))
    except _Newer:
        if not requests.came_from(request.reader):
            requests.put_back(number, request)
        return
    except Exception as error:
        said = message("preview-failed", error=f"{type(error).__name__}: {error}")
        pipe.send((number, _no_page(request, said)))
    pipe.send((number, None))


def _end_with_others() -> None:
    """End as soon as who began the process does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)

"""A command runs in a process of its own, within limits; this one waits and says how it ended.

A library that hangs, aborts or crashes inside C, a Ctrl-C at any moment, a want of memory: none
of them leaves the officer without a word, since the process that waits does nothing else. What
the command is at is told on a board that both see. Where a system can't fork, the command runs
in the first process, without limits.

This module imports nothing that takes time: what is pressed while the rest is imported is heard.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import mmap

SECONDS, MEMORY = 120, 1024
"""What one file or document may take: seconds of computing, and MiB of address space."""

TEMPORARY = "gen-{pid}-"
"""How a process calls its folders in the system's own folder for temporary files."""

RENDERING, INTERRUPTED = 5, 130
"""Of ``errors.ExitCode``, which takes longer to import than this module may."""

_BOARD = 2000
_TOLD = ("SIGINT", "SIGTERM", "SIGHUP")
_board: mmap.mmap | None = None
_seconds = SECONDS


def run(command: Callable[[], object]) -> NoReturn:
    """Have ``command`` done by a process of its own, and end as it does."""
    if not hasattr(os, "fork"):  # Windows
        command()
        sys.exit()
    import mmap

    board = mmap.mmap(-1, _BOARD)
    alive, ours = os.pipe()
    terminal = _terminal()
    told = _signals(_TOLD)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, told)
    child = os.fork()
    if not child:
        os.close(ours)
        _end_with(alive)
        _begin(board)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        command()
        sys.exit()

    os.close(alive)

    def tell(number: int, _: object) -> None:
        with suppress(OSError):
            os.kill(child, number)

    for number in told:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, tell)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    _, status = os.waitpid(child, 0)
    for number in told:
        signal.signal(number, signal.SIG_IGN)  # all that is left to do is said at once
    if os.WIFSIGNALED(status):
        _clear(child, terminal)
        _end(os.WTERMSIG(status), board)
    os._exit(os.WEXITSTATUS(status))


def limit(seconds: int | None, memory: int | None) -> None:
    """Set other limits than the usual ones, where the process is one that is waited for."""
    global _seconds  # noqa: PLW0603  (limits are those of the process)
    if _board is None:
        return
    if memory is not None:
        _limit_memory(memory)
    if seconds is not None:
        _seconds = seconds
        _board[-4:] = seconds.to_bytes(4, "little")
        _limit_time()


def at(what: object) -> None:
    """Say what the command is at now; its time begins anew."""
    if _board is None:
        return
    said = str(what).encode("utf-8", "replace")[: _BOARD - 8]
    _board[: len(said) + 1] = said + b"\0"
    _limit_time()


@contextmanager
def uninterrupted(*names: str) -> Iterator[None]:
    """What stands in this block is done whole: a Ctrl-C waits until its end.

    ``names`` are the signals that wait, where it isn't all that end a command.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, _signals(names or (*_TOLD, "SIGXCPU", "SIGIO"))
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def out_of_memory() -> NoReturn:
    """End a command that needs more memory than it may use, where it could notice itself."""
    with suppress(ImportError, OSError, ValueError):  # to say so takes a little more
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    _end(signal.SIGABRT, _board or bytearray(_BOARD))


def unlimited_time() -> None:
    """Take a limit of time away that was inherited: somebody else looks at the clock."""
    with suppress(ImportError, OSError, ValueError):  # Windows has none
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def look_for_garbage_seldom() -> None:
    """Have circles of what is forgotten looked for seldom.

    What a document is made of lives until it is made: to look for circles in it again and again
    took a tenth of a command's time. Where pages stay laid out, it took more.
    """
    gc.set_threshold(100_000, 20, 50)


def _end_with(alive: int) -> None:
    """Be ended by the system (SIGIO) when nobody holds the other end of a pipe any more.

    Who kills the process that waits means the one that works, too.
    """
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    with suppress(OSError):
        fcntl.fcntl(alive, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(alive, fcntl.F_SETFL, fcntl.fcntl(alive, fcntl.F_GETFL) | os.O_ASYNC)


@contextmanager
def unlimited() -> Iterator[None]:
    """What is started in this block, such as a browser, is held to no limit of gen's."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    before = [(kind, resource.getrlimit(kind)) for kind in kinds]
    for kind, (_, most) in before:
        resource.setrlimit(kind, (most, most))
    try:
        yield
    finally:
        for kind, limits in before:
            resource.setrlimit(kind, limits)


def _begin(board: mmap.mmap) -> None:
    """Make a new process one that is waited for: it ends at once when it is told to."""
    global _board  # noqa: PLW0603  (there is one a process)
    _board = board
    for number in _signals((*_TOLD, "SIGXCPU")):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    import resource

    with suppress(OSError, ValueError):  # no picture of the memory of a process that is stopped
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _limit_memory(MEMORY)
    _limit_time()


def _limit_memory(memory: int) -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = (memory << 20) + _held()
    with suppress(OSError, ValueError):
        least = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (least, most))


def _held() -> int:
    """Bytes of address space that the process was born with, from whom it was forked from."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _limit_time() -> None:
    """Let the process compute for so many seconds from now on."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime) + 1 + _seconds
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        least = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_CPU, (least, most))


def _signals(names: tuple[str, ...]) -> set[signal.Signals]:
    return {getattr(signal, name) for name in names if hasattr(signal, name)}


def _terminal() -> list[object] | None:
    """How the terminal is set: whoever asks for a passphrase may be ended while nothing shows."""
    if not os.isatty(0):
        return None
    import termios

    with suppress(termios.error):
        return list(termios.tcgetattr(0))
    return None


def _clear(child: int, terminal: list[object] | None) -> None:
    """Put in order what a process left that could not do so itself."""
    if terminal is not None:
        import termios

        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSADRAIN, terminal)  # type: ignore[arg-type]
    if os.isatty(2):
        os.write(2, b"\x1b[?25h")  # the cursor, which a bar of progress hides
    import shutil
    import tempfile

    name = TEMPORARY.format(pid=child)
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(name):
                shutil.rmtree(entry.path, ignore_errors=True)


def _end(number: int, board: mmap.mmap | bytearray) -> NoReturn:
    """Say why a process ended that didn't say it itself, and end."""
    from ..messages import message

    what = board[:].split(b"\0", 1)[0].decode("utf-8", "replace")
    if number == signal.SIGINT:
        _say(message("run-interrupted"))
        os._exit(INTERRUPTED)
    if number in (signal.SIGTERM, signal.SIGHUP):
        _say(message("ended-from-outside"))
        os._exit(128 + number)
    if number == signal.SIGXCPU:
        said = message("took-too-long", seconds=str(_told(board)))
    elif number == signal.SIGABRT:
        said = message("needs-more-memory")
    else:
        said = message("library-came-to-grief", signal=signal.Signals(number).name)
    from ..visible import visible  # what the command was at may be called anything

    where = f"{visible(what)}: " if what else ""
    error, hint = message("word-error"), message("word-hint")
    _say(f"{where}{error}: {said}\n  {hint}: {said.remedy}")
    os._exit(RENDERING)


def _told(board: mmap.mmap | bytearray) -> int:
    return int.from_bytes(board[-4:], "little") or SECONDS


def _say(text: object) -> None:
    with suppress(OSError):
        os.write(2, f"{text}\n".encode("utf-8", "backslashreplace"))

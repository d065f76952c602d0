"""Where hostile inputs are tried: a workspace of its own, a process of its own, and a witness.

Inputs are run in processes forked from one that has imported everything, by ``gen``'s own first
lines, so that the limits are those of the command. An audit hook is the witness.
"""

from __future__ import annotations

import io
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from generator import cli
from generator.workspace import supervision
from generator.workspace.environment import PARTS, installed_fonts
from support.hostile.violations import BAIT, Outcome
from support.making import ROOT

OUTSIDE = dict.fromkeys(("x.txt", "x.yaml", "x.csv"), f"{BAIT}: {BAIT}\n")
AGENCY = "try-2570"
_LIMITS = ("--seconds", "15")
_WALL = 120.0
_WRITES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod"}
_ELSEWHERE = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen")
_PRIVATE = ("/etc/passwd", "/etc/shadow", "/root/.ssh")


def ground(where: Path) -> Path:
    """A workspace with one agency that has a file of every kind, and bait beside it."""
    outside, workspace = where / "outside", where / "workspace"
    outside.mkdir()
    (where / "tmp").mkdir()
    for name, text in OUTSIDE.items():
        (outside / name).write_text(text, "utf-8")
    agency = workspace / "agreements" / AGENCY
    shutil.copytree(ROOT / "agreements" / "example-2570", agency)
    for name in ("tables", "plans"):
        shutil.copytree(ROOT / "agreements" / "dsdw-2566" / name, agency / name)
    return workspace


def run(
    workspace: Path, arguments: Sequence[str | bytes], environ: dict[str, str] | None = None
) -> Outcome:
    """Run ``gen`` with these arguments in a workspace, and see what it does."""
    _warm()
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.TemporaryFile() as seen,
    ):
        child = os.fork()
        if not child:
            _act(workspace, arguments, environ or {}, (out, err, seen))
        handle = os.pidfd_open(child)
        hung = not select.select([handle], [], [], _WALL)[0]
        os.close(handle)
        if hung:
            os.killpg(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
        said, written, touched = (_text(file) for file in (err, out, seen))
    return Outcome(
        os.waitstatus_to_exitcode(status),
        said,
        written,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss << 10,
        hung,
        tuple(dict.fromkeys(touched.splitlines())),
    )


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "surrogateescape"))


def _warm() -> None:
    """Import what commands import, once for all that are forked from here."""

    import generator.api.agencies
    import generator.api.inspection
    import generator.api.surveys
    import generator.batch.run
    import generator.importing.responses
    import generator.importing.workbook
    import generator.signing.scans
    import generator.signing.status
    import generator.templates.check
    import generator.writers.docx.writer
    import generator.writers.paper.printing  # noqa: F401
    from generator.writers.pdf import renderer

    renderer.start()
    installed_fonts()


def _act(
    workspace: Path,
    arguments: Sequence[str | bytes],
    environ: dict[str, str],
    files: Sequence[Any],
) -> NoReturn:
    """Be ``gen``; nothing of the process that this one was forked from goes on."""
    try:
        os.setsid()
        os.chdir(workspace)
        null = os.open(os.devnull, os.O_RDONLY)
        for number, file in enumerate((null, files[0].fileno(), files[1].fileno())):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(open(number, mode, closefd=False))  # noqa: SIM115
            for number, mode in ((0, "rb"), (1, "wb"), (2, "wb"))
        )
        os.environ.update(environ, TMPDIR=str(workspace.parent / "tmp"), **{PARTS: ""})
        _keep_nothing()
        tempfile.tempdir = None
        sys.argv = ["gen", *_LIMITS, *(os.fsdecode(word) for word in arguments)]
        supervision.run(_witnessed(workspace.parent, files[2].fileno()))
    finally:
        os._exit(99)


def _keep_nothing() -> None:
    """Have no part of a document that others have made, and leave none to them."""
    from generator.writers.docx import by_parts
    from generator.writers.kept.store import PartStore
    from generator.writers.pdf import drawing

    drawing.STORE, by_parts.STORE = PartStore(), PartStore()


def _witnessed(where: Path, seen: int) -> Callable[[], None]:
    allowed = tuple(str(where / name) for name in ("workspace", "tmp"))

    def command() -> None:
        sys.addaudithook(lambda event, arguments: _listen(event, arguments, where, allowed, seen))
        try:
            if "ARENA_TEST" in os.environ:  # the witness is tried itself
                exec(os.environ["ARENA_TEST"], {})
                raise SystemExit(0)
            cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 1
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)

    return command


def _listen(
    event: str, arguments: tuple[Any, ...], where: Path, allowed: tuple[str, ...], seen: int
) -> None:
    local = event == "socket.connect" and arguments[0].family == socket.AF_UNIX
    if event.startswith(_ELSEWHERE) and not local:
        os.write(seen, f"{event} {arguments!r:.100}\n".encode("utf-8", "replace"))
        return
    if local or (event not in _WRITES and event != "open"):
        return
    named = [part for part in arguments[:2] if isinstance(part, str | bytes | os.PathLike)]
    if event == "open":
        mode, flags = arguments[1] or "", arguments[2] or 0
        named, writes = named[:1], any(sign in mode for sign in "wax+") if mode else flags & 3 != 0
    else:
        writes = True
    for part in named:
        path = os.path.realpath(os.path.abspath(os.fsdecode(part)))
        outside = path.startswith((str(where / "outside"), *_PRIVATE))
        if outside or (writes and not path.startswith((*allowed, "/dev/null"))):
            os.write(seen, f"{event} {path}\n".encode("utf-8", "replace"))

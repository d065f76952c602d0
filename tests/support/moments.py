"""``gen`` stopped at a moment that is counted in what it does, not in seconds.

The interpreter tells of all that a process opens, imports, renames or starts (audit events). The
n-th of them is the same moment on a slow machine and on a fast one.
"""

from __future__ import annotations

import os
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.workspace.environment import PARTS

from .making import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", PARTS: ""}
"""No parts are kept: a command that is run again does the same things."""

_PROGRAM = """
import mmap, os, runpy, signal, struct, sys

path, moment, number, group, only = sys.argv[1:6]
moment, number, group = int(moment), int(number), int(group)
sys.argv[:] = ["gen", *sys.argv[6:]]
with open(path, "r+b") as file:
    counter = mmap.mmap(file.fileno(), 8)
first, seen = os.getpid(), 0

def see(event, arguments):
    global seen
    if os.getpid() == first or only not in ("", event):  # the first process only waits
        return
    seen += 1
    struct.pack_into("<q", counter, 0, seen)
    if seen == moment:
        for _ in range(2):
            os.killpg(first, number) if group else os.kill(first, number)

sys.addaudithook(see)
runpy.run_module("generator", run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Stopped:
    """How a command ended: its exit code, what it said, and how many events it came to."""

    code: int
    said: str
    events: int


def stopped(
    where: Path,
    arguments: Sequence[str],
    moment: int = 0,
    number: signal.Signals = signal.SIGKILL,
    *,
    event: str = "",
    group: bool = False,
    environ: dict[str, str] | None = None,
) -> Stopped:
    """Run ``gen`` until its ``moment``-th event, at which it is sent a signal; 0 is never.

    With ``event`` only those of that name are counted. The signal goes to the process that was
    started, or to its whole group.
    """
    counter = where / ".moments"
    counter.write_bytes(bytes(8))
    words = [str(counter), str(moment), str(int(number)), str(int(group)), event, *arguments]
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *words],
        cwd=where,
        env={**ENVIRONMENT, **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=heard,  # noqa: PLW1509  (no threads here)
    )
    _, said = process.communicate(timeout=120)
    (events,) = struct.unpack("<q", counter.read_bytes())
    counter.unlink()
    return Stopped(process.returncode, said, events)


def heard() -> None:
    """Hear Ctrl-C: a shell's background jobs ignore it, and what they start inherits that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def running(session: int) -> list[int]:
    """The processes of a session that are still there."""
    listing = subprocess.run(
        check=False,
        args=["ps", "-o", "stat=,pid=", "-s", str(session)],
        capture_output=True,
        text=True,
    ).stdout
    rows = [line.split() for line in listing.splitlines()]
    return [int(pid) for state, pid in rows if not state.startswith("Z")]


def gone(session: int, seconds: float = 5) -> bool:
    """Whether all processes of a session end within so many seconds; told by the system."""
    for pid in running(session):
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if not select.select([handle], [], [], seconds)[0]:
                return False
        finally:
            os.close(handle)
    return not running(session)

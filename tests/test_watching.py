"""What is saved is noticed, once, and when it is whole."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from test_cli import ROOT, change, workspace

from generator import watching
from generator.errors import ExitCode

__all__ = ["workspace"]


def test_saves_are_said_once_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("one", "utf-8")
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: file.write_text("half a text", "utf-8"),
        lambda: file.write_text("a whole text, longer", "utf-8"),
        lambda: None,
        lambda: (tmp_path / ".hidden").write_text("x", "utf-8"),
        lambda: None,
        lambda: (tmp_path / "b.yaml").write_text("x", "utf-8"),
        lambda: None,
        file.unlink,
        lambda: None,
    ]
    taken = iter(steps)
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        next(taken)()

    found = watching.saves([tmp_path], sleep)
    assert next(found) == {str(file)}
    assert len(slept) == 4
    assert next(found) == {str(tmp_path / "b.yaml")}
    assert len(slept) == 8
    assert next(found) == {str(file)}
    assert len(slept) == 10


def test_the_command(workspace: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "watch", "ตัวอย่าง-ข", "--format", "docx"],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    path = workspace / process.stdout.readline().strip()
    first = path.read_bytes()
    time.sleep(2 * watching.EVERY)
    unit = workspace / "agreements" / "example-2570" / "ตัวอย่าง-ข.yaml"
    change(unit, "status:", "stats:")
    time.sleep(4 * watching.EVERY)
    change(unit, "stats:", "status:")
    change(unit.with_name("agency.yaml"), "short: ตย.", "short: ตอ.")
    assert workspace / process.stdout.readline().strip() == path
    assert path.read_bytes() != first
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "'stats'" in said
    assert "did you mean 'status'" in said
    assert "Traceback" not in said

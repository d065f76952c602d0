"""What is saved is noticed, once, and when it is whole."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from generator.api import watching
from generator.errors import ExitCode
from support.command import ROOT, change


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


def test_no_link_leads_out_of_the_workspace(tmp_path: Path) -> None:
    agency = tmp_path / "workspace" / "agreements" / "x"
    shared = tmp_path / "workspace" / "shared"
    outside = tmp_path / "outside"
    for folder in (agency, shared, outside):
        folder.mkdir(parents=True)
        (folder / "a.yaml").write_text("one", "utf-8")
    (agency / "shared").symlink_to(shared)
    (agency / "outside").symlink_to(outside)
    (agency / "file.yaml").symlink_to(outside / "a.yaml")
    (agency / "circle").symlink_to(agency)
    (agency / "nowhere").symlink_to(tmp_path / "not there")
    steps: list[Callable[[], object]] = [
        lambda: (outside / "a.yaml").write_text("another text", "utf-8"),
        lambda: (outside / "b.yaml").write_text("one", "utf-8"),
        lambda: None,
        lambda: (shared / "a.yaml").write_text("another text", "utf-8"),
        lambda: None,
    ]
    taken = iter(steps)

    def sleep(_: float) -> None:
        next(taken)()

    found = watching.saves([agency], sleep, within=agency.parents[1])
    assert next(found) == {str(agency / "shared" / "a.yaml")}
    assert next(taken, None) is None


def test_without_a_workspace_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    for folder in (own, other):
        folder.mkdir()
    (own / "other").symlink_to(other)
    steps: list[Callable[[], object]] = [
        lambda: (other / "a.yaml").write_text("one", "utf-8"),
        lambda: None,
        lambda: (own / "b.yaml").write_text("one", "utf-8"),
        lambda: None,
    ]
    taken = iter(steps)

    def sleep(_: float) -> None:
        next(taken)()

    assert next(watching.saves([own], sleep)) == {str(own / "b.yaml")}


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
    assert process.stderr is not None
    given_up = threading.Timer(120, process.kill)
    given_up.start()
    try:
        path = workspace / process.stdout.readline().strip()
        first = path.read_bytes()
        unit = workspace / "agreements" / "example-2570" / "ตัวอย่าง-ข.yaml"
        change(unit, "status:", "stats:")
        told = next(line for line in process.stderr if "'stats'" in line)
        told += process.stderr.readline()
        change(unit, "stats:", "status:")
        change(unit.with_name("agency.yaml"), "name: กรมตัวอย่าง", "name: กรมทดลอง")
        # The two saves are seen as one or as two.
        made = [workspace / process.stdout.readline().strip()]
        if path.read_bytes() == first:
            made.append(workspace / process.stdout.readline().strip())
        assert set(made) == {path}
        assert path.read_bytes() != first
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    finally:
        given_up.cancel()
        process.kill()
        process.communicate()
    assert process.returncode == ExitCode.INTERRUPTED
    assert "did you mean 'status'" in told
    assert "Traceback" not in said

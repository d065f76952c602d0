"""Whatever goes wrong with one document, the others are made; whatever ends a batch, the next
one goes on.
"""

import errno
import os
import pickle
import random
import signal
import subprocess
import sys
from collections.abc import Generator, Iterable
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from generator import verify
from generator.agreements.record import DocumentOptions
from generator.batch import rendering, run, workers
from generator.batch.manifest import NAME, Manifest
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.report import DocumentDone, DocumentState
from generator.batch.request import BatchRequest, WantedDocuments
from generator.documents import building
from generator.errors import ExitCode, FileError
from generator.messages import Message, message, speaking
from generator.workspace import publishing
from generator.workspace.environment import Workspace
from support.moments import stopped
from support.small import AGENCY, ROOT, Silent, batch, made, snapshot, unit, workspace

UNITS = 5


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a batch that nobody disturbs writes."""
    folder = workspace(tmp_path_factory.mktemp("batch"), UNITS)
    assert not batch(folder).faults
    return snapshot(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace in which nothing was made yet."""
    return workspace(tmp_path, UNITS)


def change(folder: Path, name: str, text: str) -> None:
    (folder / "agreements" / AGENCY / name).write_text(text, "utf-8")


def endless() -> str:
    """As much text as a file may hold."""
    # Letters of one byte each, so that as many as possible fit: some 15 seconds on an idle machine.
    return "duties:\n" + ("  - " + "no end " * 2800 + "\n") * 51


def started(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "batch", AGENCY, "--documents", "agreement", "-j2"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def limited(limits: workers.ProcessLimits, count: int = 2) -> object:
    def engine(
        bench: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        return workers.run(bench, jobs, count, limits)

    return engine


def test_faults_of_units_stop_no_other(folder: Path, undisturbed: dict[str, bytes]) -> None:
    change(folder, "unit-4.yaml", unit(4).replace("division", "devision"))
    change(folder, "unit-2.yaml", "name: [\n")
    (folder / "agreements" / AGENCY / "unit-3.yaml").unlink()
    (folder / "agreements" / AGENCY / "unit-3.yaml").symlink_to("nowhere")
    report = batch(folder)
    assert report.of(DocumentState.FAILED) == 3
    assert [fault.location.path.name for fault in report.faults] == [
        "unit-2.yaml",
        "unit-3.yaml",
        "unit-4.yaml",
    ]
    found = snapshot(folder)
    for name in ("unit-1", "unit-5"):
        for suffix in ("docx", "pdf"):
            path = f"{AGENCY}/{name}/{name}-agreement.{suffix}"
            assert found[path] == undisturbed[path]


def test_an_endless_text_is_stopped(folder: Path) -> None:
    change(folder, "unit-2.yaml", unit(2) + endless())
    report = batch(folder, engine=limited(workers.ProcessLimits(seconds=6)))
    assert len(report.faults) == 1
    assert "unit-2-agreement: it took longer than 6 seconds" in report.faults[0].message
    assert report.faults[0].location.path.name == "unit-2.yaml"
    assert report.of(DocumentState.MADE) == UNITS - 1


def test_a_process_tells_faults_in_the_language_of_who_began(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise FileError(message("needs-more-memory"))

    monkeypatch.setattr(building, "built", refused)
    job: Any = RenderJob("a-agreement", Path("a.yaml"), "agreement", DocumentOptions(), ANY)
    with speaking("th"):
        setup: Any = WorkerSetup(ANY, ANY, None)
    setup = pickle.loads(pickle.dumps(replace(setup, workspace=None, folder=None)))
    told = rendering.make(setup, job).faults[0]
    assert told.hint == _in_thai(message("needs-more-memory"))
    assert told.hint != message("needs-more-memory").remedy


def _in_thai(said: Message) -> str:
    with speaking("th"):
        return said.remedy


def test_a_document_that_needs_too_much_memory() -> None:
    code = """
from pathlib import Path
from types import SimpleNamespace
from generator.agreements.record import DocumentOptions
from generator.batch import rendering, workers
from generator.documents import building
building.built = lambda *_: bytearray(4 << 30)
workers._limit(1024)
options = DocumentOptions()
job = rendering.RenderJob("a-agreement", Path("a.yaml"), "agreement", options, SimpleNamespace())
bench = rendering.WorkerSetup(None, None, None)
done = rendering.make(bench, job)
print(done.exhausted, done.faults[0].shown())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "True a.yaml: error: a-agreement: it needs more memory than it may use",
        "  hint: is a text or a loop endless? gen batch --memory 4096 gives each process more",
    ]


def test_processes_that_can_t_even_begin(folder: Path) -> None:
    report = batch(folder, engine=limited(workers.ProcessLimits(memory=64)))
    assert report.of(DocumentState.FAILED) == UNITS
    assert len(report.faults) == UNITS
    assert not report.paths


def test_a_process_that_is_killed(folder: Path, undisturbed: dict[str, bytes]) -> None:
    killed = []

    class Killer(Silent):
        def tell(self, event: DocumentDone) -> None:
            super().tell(event)
            if len(self.events) == 1:
                for child in processes():
                    os.kill(child, signal.SIGKILL)
                    killed.append(child)

    world = Workspace(folder, {})
    request = BatchRequest(
        folder / "agreements" / AGENCY, world.outputs, WantedDocuments(("agreement",))
    )
    report = run.run(world, request, limited(workers.ProcessLimits()), Killer())  # type: ignore[arg-type]
    assert killed
    assert not report.faults
    assert snapshot(folder) == undisturbed


def test_a_fresh_process_takes_the_place_of_one_that_made_many(
    folder: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "DOCUMENTS", 2)
    begun = []
    start = workers._Worker._start

    def counted(worker: workers._Worker) -> None:
        start(worker)
        assert worker.process is not None
        begun.append(worker.process.pid)

    monkeypatch.setattr(workers._Worker, "_start", counted)

    def one(
        setup: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        return workers.run(setup, jobs, 1, workers.ProcessLimits())

    report = batch(folder, engine=one)
    assert not report.faults
    assert len(set(begun)) == (UNITS + 1) // 2
    assert not set(begun) & set(processes())
    assert snapshot(folder) == undisturbed


def processes() -> list[int]:
    """The processes that make documents: the children of the one they come of."""
    parent = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_killed_at_any_moment(folder: Path, undisturbed: dict[str, bytes]) -> None:
    agency = folder / "agreements" / AGENCY / "agency.yaml"
    text = agency.read_text("utf-8")
    command = ("batch", AGENCY, "--documents", "agreement", "-j2")
    chance = random.Random(8)
    for turn in range(3):
        # Everything is stale; killed when the next file is to be put in its place.
        agency.write_text(text.replace("short: ตย.", f"short: ต{turn}."), "utf-8")
        before, files = snapshot(folder), chance.randint(1, UNITS)
        end = stopped(folder, command, files + 1, event="os.rename")
        assert end.code == -signal.SIGKILL
        after = snapshot(folder)
        changed = {name for name in after if after[name] != before.get(name)} - {f"{AGENCY}/{NAME}"}
        assert files <= len(changed) < 2 * UNITS, "it was not killed in the middle"
        whole(folder)
        # It goes on where it was killed, and is killed again: nothing to do takes more events.
        assert stopped(folder, command, chance.randint(1, 1000)).code == -signal.SIGKILL
        whole(folder)
    agency.write_text(text, "utf-8")
    report = batch(folder)
    assert not report.faults
    assert snapshot(folder) == undisturbed


def whole(folder: Path) -> None:
    """Each file is one that was there before, or one that is made: none is a half."""
    for path in (folder / "outputs").rglob("*-agreement.*"):
        if path.suffix == ".docx":
            assert verify.untouched(path.read_bytes()), path
        else:
            assert verify.page_count(path.read_bytes()) > 1, path


def test_interrupted(folder: Path, undisturbed: dict[str, bytes]) -> None:
    process = started(folder)
    assert process.stderr is not None
    first = process.stderr.readline()
    assert "made" in first
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "interrupted" in said
    assert "Traceback" not in said
    report = batch(folder)
    assert report.of(DocumentState.CURRENT) >= 1
    assert snapshot(folder) == undisturbed


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_and_a_file_that_is_open(
    folder: Path,
    undisturbed: dict[str, bytes],
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace, fails = os.replace, iter([False] * 3 + [True] + [False] * 100)

    def fill(source: str, target: str) -> None:
        if next(fails):
            raise OSError(number, os.strerror(number), str(target))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fill)
        if number == errno.ENOSPC:
            with pytest.raises(FileError, match="No space left"):
                batch(folder)
        else:
            report = batch(folder)
            assert [fault.hint for fault in report.faults] == [
                "close the file if it is open, and check the folder and the free space"
            ]
            assert report.of(DocumentState.MADE) == UNITS - 1
    left = [path.name for path in (folder / "outputs").rglob(".gen-*")]
    assert not left
    assert made(batch(folder))
    assert snapshot(folder) == undisturbed


def test_two_batches_at_once(folder: Path) -> None:
    with Manifest(folder / "outputs" / AGENCY), pytest.raises(FileError, match="another batch"):
        batch(folder)
    assert not batch(folder).faults


def test_what_a_killed_batch_left_is_cleared_away(folder: Path) -> None:
    batch(folder)
    killed = subprocess.Popen(["true"])
    killed.wait()
    name = f".gen-{publishing._machine()}-{killed.pid}-x"
    left = folder / "outputs" / AGENCY / "unit-1" / name
    left.write_bytes(b"half")
    batch(folder)
    assert not left.exists()
    assert (folder / "outputs" / AGENCY / NAME).is_file()

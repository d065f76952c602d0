"""The same documents from a Dask cluster, also when one of its workers is killed."""

import os
import signal
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.batch import cluster, fingerprint, run
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.report import DocumentDone
from generator.batch.request import BatchRequest, WantedDocuments
from generator.errors import MissingError, UsageError
from generator.workspace.environment import Workspace
from support.small import AGENCY, Silent, batch, snapshot, workspace

distributed = pytest.importorskip("distributed")
UNITS = 6


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Any]:
    """A cluster of two processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def by(address: str) -> Any:
    def engine(
        bench: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        return cluster.run(address, bench, jobs, 100)

    return engine


def test_one_worker_is_killed(tmp_path: Path, two_workers: Any) -> None:
    here, there = workspace(tmp_path / "here", UNITS), workspace(tmp_path / "there", UNITS)
    for folder in (here, there):
        # A template of the workspace's own travels as well.
        own = folder / "templates" / "html"
        own.mkdir(parents=True)
        shipped = Workspace(Path(), {}).template_roots[-1]
        css = (shipped / "html" / "print.css").read_text("utf-8")
        (own / "print.css").write_text(css + "\nh1 { color: #333 }\n", "utf-8")
    killed = []

    class Killer(Silent):
        def tell(self, event: DocumentDone) -> None:
            super().tell(event)
            if len(self.events) == 2:
                with distributed.Client(two_workers.scheduler_address) as client:
                    killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

    world = Workspace(there, {})
    request = BatchRequest(
        there / "agreements" / AGENCY, world.outputs, WantedDocuments(("agreement",))
    )
    watcher = Killer()
    report = run.run(world, request, by(two_workers.scheduler_address), watcher)
    assert killed
    assert not report.faults
    assert len(watcher.events) == UNITS
    assert not batch(here).faults
    assert snapshot(there) == snapshot(here)


def test_a_worker_that_differs_is_refused(
    tmp_path: Path, two_workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace(tmp_path, 1)
    ours = fingerprint.machine(Workspace(folder, {}))
    monkeypatch.setattr(fingerprint, "machine", lambda _: {**ours, "fonts": "others"})
    with pytest.raises(MissingError, match="would make other documents: fonts"):
        batch(folder, engine=by(two_workers.scheduler_address))
    assert not list((folder / "outputs").rglob("*.docx"))


def test_a_fault_comes_back(tmp_path: Path, two_workers: Any) -> None:
    folder = workspace(tmp_path, 2)
    path = folder / "agreements" / AGENCY / "unit-2.yaml"
    path.write_text(path.read_text("utf-8").replace("กองที่ 2", "漢字"), "utf-8")
    report = batch(folder, engine=by(two_workers.scheduler_address))
    assert len(report.paths) == 2
    assert [fault.location.path.name for fault in report.faults] == ["unit-2.yaml"]
    assert "no face of the documents has the signs 漢" in report.faults[0].message


def test_no_cluster(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no cluster answers"):
        batch(workspace(tmp_path, 1), engine=by("nonsense://1"))

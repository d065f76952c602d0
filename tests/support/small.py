"""A small agency whose documents are made quickly, and a batch of it."""

import shutil
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from generator.batch import run, workers
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.report import BatchReport, DocumentDone
from generator.batch.request import BatchRequest, WantedDocuments
from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
AGENCY = "small-2570"


def unit(number: int) -> str:
    return f"name: กองที่ {number}\nlevel: division\nstatus: draft\n"


def workspace(folder: Path, units: int) -> Path:
    """A workspace with one agency, whose units have nothing but a name."""
    agency = folder / "agreements" / AGENCY
    shutil.copytree(
        ROOT / "agreements" / "example-2570",
        agency,
        ignore=shutil.ignore_patterns("ตัวอย่าง-*.yaml", "results"),
    )
    for number in range(1, units + 1):
        (agency / f"unit-{number}.yaml").write_text(unit(number), "utf-8")
    return folder


class Silent:
    """Nobody looks on; what happened is kept."""

    def __init__(self) -> None:
        self.total = 0
        self.events: list[DocumentDone] = []

    def __enter__(self) -> "Silent":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def begin(self, documents: int) -> None:
        self.total = documents

    def tell(self, event: DocumentDone) -> None:
        self.events.append(event)

    def close(self, report: BatchReport) -> None:
        raise AssertionError("a batch doesn't close its watcher")


def engine(
    bench: WorkerSetup, jobs: Iterable[RenderJob]
) -> Generator[tuple[RenderJob, RenderOutcome]]:
    return workers.run(bench, jobs, 2, workers.ProcessLimits())


def batch(folder: Path, *kinds: str, engine: Any = engine, **options: Any) -> BatchReport:
    """A batch of agreements (or other kinds) with two processes."""
    world = Workspace(folder, {})
    wanted = WantedDocuments(
        kinds or ("agreement",), options.pop("units", ()), options.pop("round", "")
    )
    request = BatchRequest(folder / "agreements" / AGENCY, world.outputs, wanted, **options)
    return run.run(world, request, engine, Silent())


def made(report: BatchReport) -> list[str]:
    """The names of the files written."""
    return sorted(path.name for path in report.paths)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of the outputs, by path."""
    base = folder / "outputs"
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in base.rglob("*")
        if path.is_file()
    }

"""A small agency whose documents are made quickly, and a batch of it."""

import shutil
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from generator.batch import run, workers
from generator.batch.rendering import Bench, Job, Outcome
from generator.batch.report import Event, Report
from generator.batch.request import Request, Wanted
from generator.world import World

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
        self.events: list[Event] = []

    def __enter__(self) -> "Silent":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def begin(self, documents: int) -> None:
        self.total = documents

    def tell(self, event: Event) -> None:
        self.events.append(event)

    def close(self, report: Report) -> None:
        raise AssertionError("a batch doesn't close its watcher")


def engine(bench: Bench, jobs: Iterable[Job]) -> Generator[tuple[Job, Outcome]]:
    return workers.run(bench, jobs, 2, workers.Limits())


def batch(folder: Path, *kinds: str, engine: Any = engine, **options: Any) -> Report:
    """A batch of agreements (or other kinds) with two processes."""
    world = World(folder, {})
    wanted = Wanted(kinds or ("agreement",), options.pop("units", ()), options.pop("round", ""))
    request = Request(folder / "agreements" / AGENCY, world.outputs, wanted, **options)
    return run.run(world, request, engine, Silent())


def made(report: Report) -> list[str]:
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

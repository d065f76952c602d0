"""The documents of all units of an agency, where something changed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..batch import run as batch_run
from ..batch.report import BatchReport, DocumentDone, DocumentState, PlainProgress, Watcher
from ..batch.request import BatchRequest, WantedDocuments
from ..workspace.environment import Workspace
from . import faults

if TYPE_CHECKING:
    from ..batch.foretelling import ForetoldBatch
    from ..batch.rendering import RenderJob, RenderOutcome, WorkerSetup
    from ..model import RoundId

__all__ = [
    "BatchReport",
    "BatchRequest",
    "BatchWorkforce",
    "DocumentDone",
    "DocumentState",
    "WantedDocuments",
    "agency",
    "as_json",
    "run",
    "wanted",
    "watcher",
]

agency = batch_run.find


@dataclass(frozen=True, slots=True)
class BatchWorkforce:
    """Who does the work: so many processes here, or a Dask ``cluster`` by its address.

    ``seconds`` is what one document may take, ``memory`` the MiB that one process may use.
    """

    jobs: int | None = None
    cluster: str | None = None
    seconds: float = 120.0
    memory: int = 1024

    def engine(
        self, setup: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        """The documents that jobs come to, as they are made."""
        from ..batch import cluster, workers

        if self.cluster:
            return cluster.run(self.cluster, setup, jobs, self.seconds)
        limits = workers.ProcessLimits(self.seconds, self.memory)
        return workers.run(setup, jobs, self.jobs or workers.processors(), limits)


def wanted(documents: str = "", units: str = "", round_: RoundId | None = None) -> WantedDocuments:
    """Which documents: names of kinds and of units, with commas between; none: all."""
    return WantedDocuments(_listed(documents), _listed(units), round_ or "")


def _listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


def watcher(say: Callable[[str], None], *, bar: bool = False) -> Watcher:
    """Who looks on while a batch works: a line a document, or a ``bar`` on the terminal."""
    if not bar:
        return PlainProgress(say)
    from ..batch.progress import ProgressBar

    return ProgressBar()


def run(
    workspace: Workspace,
    request: BatchRequest,
    workforce: BatchWorkforce | None = None,
    watch: Watcher | None = None,
) -> BatchReport:
    """Make what is stale, each document put in its place as it is made.

    What is wrong with single documents stands in the report. Raises DataError, FileError,
    MissingError, UsageError.
    """
    engine = (workforce or BatchWorkforce()).engine
    return batch_run.run(workspace, request, engine, watch or watcher(lambda said: None))


def foretold(workspace: Workspace, request: BatchRequest) -> ForetoldBatch:
    """What a batch would make, and how many parts of it are new; nothing is written.

    Raises as ``run`` does.
    """
    from ..batch import foretelling

    return foretelling.foretold(workspace, request)


def as_json(report: BatchReport, root: Path) -> dict[str, Any]:
    """The faults and notes of a batch, for machines."""
    return {"faults": faults.as_json(report.faults, root), "notes": report.notes}

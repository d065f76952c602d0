"""The same jobs on a Dask cluster, for when one machine is not enough.

A worker shares no disk: the agency, its emblem and the templates travel with the first job, a
unit with each, and the documents come back as bytes. A worker whose fonts or versions differ
would make other bytes, so it is refused.
"""

from __future__ import annotations

import faulthandler
import sys
import tempfile
import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import IO, Any

from ..errors import GenError, MissingError, UsageError
from ..messages import message
from ..workspace.confined import leads_out
from ..workspace.environment import Workspace
from . import fingerprint
from .rendering import RenderJob, RenderOutcome, WorkerSetup, make, settle

_AHEAD = 3
_ALONE = threading.Lock()
"""The renderer makes one document at a time, however many threads a worker has."""


@dataclass(frozen=True)
class ClusterPayload:
    """All that a worker needs beside the jobs. ``templates`` are paths and bytes, by root."""

    setup: WorkerSetup
    templates: tuple[tuple[tuple[str, bytes], ...], ...]
    machine: fingerprint.Fingerprint


def run(
    address: str, setup: WorkerSetup, jobs: Iterable[RenderJob], seconds: float
) -> Generator[tuple[RenderJob, RenderOutcome]]:
    """Have the jobs done by a cluster, the outcomes as they come.

    Raises MissingError for workers that would make other bytes, UsageError without a cluster.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingError(message("cluster-library-missing")) from error
    dask: Any = distributed  # it is typed in parts only
    payload = _payload(setup)
    try:
        client = dask.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(message("no-cluster-answers", address=address)) from error
    with client:
        count = _check(client, payload)
        # A task of its own, not scattered data: where a worker dies, the payload is made again.
        shared = client.submit(_same, payload, pure=False)
        todo, at = iter(jobs), dict[str, RenderJob]()
        done = dask.as_completed([], loop=client.loop, raise_errors=False)

        def more() -> None:
            while len(at) < count * _AHEAD and (job := next(todo, None)) is not None:
                future = client.submit(_make, shared, job, seconds, pure=False)
                at[future.key] = job
                done.add(future)

        more()
        while at:
            future = next(done)
            job = at.pop(future.key)
            outcome = _outcome(future, job)
            future.release()
            more()
            yield job, outcome


def _check(client: Any, payload: ClusterPayload) -> int:
    """Refuse workers that differ; how many jobs the others do at once."""
    try:
        machines = client.run(_machine, payload.setup.workspace.face)
    except ImportError as error:
        raise MissingError(message("worker-lacks-gen", error=str(error))) from error
    if not machines:
        raise UsageError(message("cluster-without-workers"))
    for worker, machine in sorted(machines.items()):
        for difference in fingerprint.differences(payload.machine, machine):
            raise MissingError(message("worker-makes-others", worker=worker, difference=difference))
    return len(machines)


def _outcome(future: Any, job: RenderJob) -> RenderOutcome:
    if future.status == "finished":
        found: RenderOutcome = future.result()
        return found
    error = future.exception() if future.status == "error" else None
    if isinstance(error, GenError):
        return RenderOutcome(faults=(job.fault(error.said, error.advice),))
    reason = type(error).__name__ if error is not None else future.status

    return RenderOutcome(faults=(job.fault(message("cluster-failed", reason=reason)),))


def _payload(setup: WorkerSetup) -> ClusterPayload:
    workspace = setup.workspace
    templates = tuple(
        tuple(
            (path.relative_to(root).as_posix(), path.read_bytes())
            for form in ("docx", "html")
            for path in sorted((root / form).rglob("*.*"))
            if path.is_file() and not leads_out(root, path)
        )
        for root in workspace.template_roots
    )
    epoch = {k: v for k, v in workspace.environ.items() if k == "SOURCE_DATE_EPOCH"}
    travelling = replace(setup, workspace=Workspace(Path(), epoch, workspace.font))
    return ClusterPayload(travelling, templates, fingerprint.machine(workspace))


# What follows runs on the workers.


def _same(payload: ClusterPayload) -> ClusterPayload:
    return payload


def _machine(face: str | None) -> fingerprint.Fingerprint:
    try:
        return fingerprint.machine(Workspace(Path(), {}, face))
    except GenError as error:
        return {"fonts": error.message}


def _make(payload: ClusterPayload, job: RenderJob, seconds: float) -> RenderOutcome:
    """Make a document; a worker whose time is up ends itself, and the cluster starts another."""
    with _ALONE:
        for difference in fingerprint.differences(
            payload.machine, _machine(payload.setup.workspace.face)
        ):
            raise MissingError(message("some-worker-makes-another", difference=difference))
        roots = _roots(payload.templates)
        setup = replace(payload.setup, workspace=replace(payload.setup.workspace, templates=roots))
        faulthandler.dump_traceback_later(seconds, exit=True, file=_stderr())
        try:
            return make(setup, job)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _stderr() -> IO[str]:
    assert sys.__stderr__ is not None
    return sys.__stderr__


@cache
def _roots(templates: tuple[tuple[tuple[str, bytes], ...], ...]) -> tuple[Path, ...]:
    """The templates in folders of this machine, the same for the same templates."""
    folder = tempfile.TemporaryDirectory(prefix="gen-")
    _folders.append(folder)  # until this process ends
    roots = []
    for number, files in enumerate(templates):
        root = Path(folder.name, str(number))
        for name, data in files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        roots.append(root)
    settle()
    return tuple(roots)


_folders: list[tempfile.TemporaryDirectory[str]] = []

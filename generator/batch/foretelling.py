"""What a batch would make, and how many parts of it are new; nothing is made and nothing written.

A part is new where neither this plan met it before nor a folder of parts has it: that is what will
be laid out. How it looks isn't known before, so pages aren't told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..documents import building
from ..errors import DataError, GenError
from ..messages import Message, message
from ..workspace.confined import below
from ..workspace.environment import Workspace
from ..writers import document
from ..writers.pdf import writer
from . import fingerprint, kept_documents
from .manifest import Manifest
from .rendering import RenderJob, WorkerSetup
from .report import BatchReport, DocumentState, PlainProgress
from .request import BatchRequest
from .run import BatchWork


@dataclass(frozen=True, slots=True)
class ForetoldDocument:
    """A document that has to be made, of how many parts, how many of them new.

    One that is laid out whole is one part. ``finished``: it is kept as it was made before.
    """

    name: str
    parts: int = 0
    new: int = 0
    finished: bool = False

    @property
    def said(self) -> Message:
        """What has to be done for it, in words."""
        if self.finished:
            return message("plan-finished-before", name=self.name)
        return message("plan-of-document", name=self.name, parts=str(self.parts), new=str(self.new))


@dataclass(frozen=True, slots=True)
class ForetoldBatch:
    """What a batch would make, and its report as it stood before anything was made."""

    report: BatchReport
    documents: list[ForetoldDocument] = field(default_factory=list)

    def summary(self) -> Message:
        """The whole plan in one line."""
        made = [found for found in self.documents if not found.finished]
        counted = {DocumentState.CURRENT, DocumentState.KEPT, DocumentState.FAILED}
        return message(
            "plan-of-batch",
            documents=str(len(made)),
            finished=str(len(self.documents) - len(made)),
            parts=str(sum(found.parts for found in made)),
            new=str(sum(found.new for found in made)),
            others=tuple(
                state.counted(self.report.of(state))
                for state in DocumentState
                if state in counted and self.report.of(state)
            )
            or message("plan-of-nothing-else"),
        )


def foretold(workspace: Workspace, request: BatchRequest) -> ForetoldBatch:
    """What a batch would make. Raises as ``run.run`` does."""
    surroundings = fingerprint.digest_of(fingerprint.of(workspace, request.agency.name))
    log = Manifest(below(request.base, request.agency.name))
    log.read()
    work = BatchWork(workspace, request, log, surroundings, PlainProgress(lambda said: None))
    found = ForetoldBatch(work.report)
    met: set[str] = set()
    found.documents.extend(_documents(work, met))
    return found


def _documents(work: BatchWork, met: set[str]) -> Iterator[ForetoldDocument]:
    for job in work.stale():
        if job.key and kept_documents.is_kept(job.key):
            yield ForetoldDocument(job.name, finished=True)
            continue
        try:
            names = _parts(work.setup, job)
        except DataError as error:
            work.fail(job, error.diagnostics)
        except GenError as error:
            work.fail(job, (job.fault(error.said, error.advice),))
        else:
            new = {name for name in names if name not in met and not writer.is_kept(name)}
            met.update(names)
            yield ForetoldDocument(job.name, max(len(names), 1), len(new) if names else 1)


def _parts(setup: WorkerSetup, job: RenderJob) -> tuple[str, ...]:
    """What the parts of a document are kept by."""
    draft = building.built(setup.workspace, job.made_from(setup.folder), setup.emblem)
    made_of = draft.record
    return writer.part_names(
        document.page_job(
            setup.workspace, made_of.kind, made_of.agency, draft.context, draft.survey
        )
    )

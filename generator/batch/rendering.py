"""One document of a batch, in the process that makes it."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import verify
from ..agreements.files import DataFile, UnitFile, ValidAgency
from ..agreements.record import DocumentInput, DocumentOptions
from ..diagnostics import Diagnostic, Location, Suggestion, errors, fault
from ..documents import building
from ..errors import DataError, GenError
from ..messages import Message, message, speaking, spoken
from ..model import Answers, Results
from ..workspace.environment import Workspace
from ..writers import document
from . import kept_documents
from .kept_documents import KeptDocument


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """What a process needs for all documents of an agency."""

    workspace: Workspace
    folder: ValidAgency
    emblem: bytes | None
    language: str = field(default_factory=spoken)
    """What faults are told in: that of whoever began, wherever the process is."""


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A document to make. ``name`` is that of its files, ``source`` the unit's file.

    ``key`` is what it is kept by when it is finished, "" where it is made anew whatever is kept;
    ``source_hash`` is that of its source.
    """

    name: str
    source: Path
    kind: str
    options: DocumentOptions
    unit: UnitFile
    units: tuple[UnitFile, ...] = ()
    results: Mapping[str, DataFile[Results]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], DataFile[Answers]] = field(default_factory=dict)
    key: str = ""
    source_hash: str = ""

    @property
    def sheets(self) -> frozenset[str]:
        """What its sheets are called: units that share sheets call them alike."""
        return frozenset(item.indicator.name for item in self.unit.items)

    def made_from(self, folder: ValidAgency) -> DocumentInput:
        """What the document is made from."""
        return DocumentInput(
            *(self.kind, self.options, folder, self.unit, self.units, self.results, self.answers)
        )

    def fault(self, reason: Message | str, advice: Message | Suggestion | str = "") -> Diagnostic:
        """A fault of this document that has no place of its own in the data."""
        advice = advice or (reason.remedy if isinstance(reason, Message) else "")
        place = Location(self.source)
        return fault("document-not-made", place, hint=advice, name=self.name, reason=reason)


@dataclass(frozen=True, slots=True)
class RenderOutcome:
    """What became of a job: the document's bytes by format, or faults."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 0
    id: str = ""
    faults: tuple[Diagnostic, ...] = ()
    exhausted: bool = False
    """Whether the process ran out of memory; it is not to be used again."""
    kept: bool = False
    """Whether it was finished before, and read again."""


def make(setup: WorkerSetup, job: RenderJob) -> RenderOutcome:
    """Make a document; whatever goes wrong comes back as faults."""
    with speaking(setup.language):
        return _make(setup, job)


def _make(setup: WorkerSetup, job: RenderJob) -> RenderOutcome:
    try:
        if (known := kept_documents.kept(setup.workspace, job.key, job.source_hash)) is not None:
            return RenderOutcome(known.files, known.pages, known.id, kept=True)
        draft = building.built(setup.workspace, job.made_from(setup.folder), setup.emblem)
        files = document.write(setup.workspace, draft, document.FORMATS)
        pages, id_ = verify.page_count(files["pdf"]), draft.record.id
        kept_documents.keep(job.key, KeptDocument(files, pages, id_))
        return RenderOutcome(files, pages, id_)
    except DataError as error:
        return RenderOutcome(
            faults=errors(error.diagnostics) or (job.fault(error.said, error.advice),)
        )
    except GenError as error:
        return RenderOutcome(faults=(job.fault(error.said, error.advice),))
    except MemoryError:
        told = job.fault(message("needs-more-memory"), message("give-processes-more-memory"))
        return RenderOutcome(faults=(told,), exhausted=True)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        said = f"{type(error).__name__}: {error}"
        return RenderOutcome(
            faults=(job.fault(message("bug-in-document", error=said, place=where)),)
        )


def settle() -> None:
    """Make a process ready for many documents: what was imported is never looked at as garbage.

    Looking for garbage less often was tried: it saves next to nothing, and memory grows.
    """
    gc.collect()
    gc.freeze()

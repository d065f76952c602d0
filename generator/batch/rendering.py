"""One document of a batch, in the process that makes it."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import pipeline, verify
from ..diagnostics import Diagnostic, Location, errors
from ..errors import DataError, GenError
from ..model import Answers, Results
from ..reader import AgencyFolder, File, UnitFile
from ..record import Options, Origin
from ..world import World


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process needs for all documents of an agency."""

    world: World
    folder: AgencyFolder
    emblem: bytes | None


@dataclass(frozen=True, slots=True)
class Job:
    """A document to make. ``name`` is that of its files, ``source`` the unit's file."""

    name: str
    source: Path
    kind: str
    options: Options
    unit: UnitFile
    units: tuple[UnitFile, ...] = ()
    results: Mapping[str, File[Results]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], File[Answers]] = field(default_factory=dict)

    def origin(self, folder: AgencyFolder) -> Origin:
        """What the document is made from."""
        return Origin(
            *(self.kind, self.options, folder, self.unit, self.units, self.results, self.answers)
        )

    def fault(self, message: str, hint: str = "") -> Diagnostic:
        """A fault of this document that has no place of its own in the data."""
        return Diagnostic(f"{self.name}: {message}", Location(self.source), hint)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: the document's bytes by format, or faults."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 0
    id: str = ""
    faults: tuple[Diagnostic, ...] = ()
    exhausted: bool = False
    """Whether the process ran out of memory; it is not to be used again."""


def make(bench: Bench, job: Job) -> Outcome:
    """Make a document; whatever goes wrong comes back as faults."""
    try:
        draft = pipeline.built(bench.world, job.origin(bench.folder), bench.emblem)
        files = pipeline.write(bench.world, draft, pipeline.FORMATS)
        return Outcome(files, verify.page_count(files["pdf"]), draft.record.id)
    except DataError as error:
        return Outcome(faults=errors(error.diagnostics) or (job.fault(error.message, error.hint),))
    except GenError as error:
        return Outcome(faults=(job.fault(error.message, error.hint),))
    except MemoryError:
        return Outcome(faults=(job.fault("it needs more memory than it may use"),), exhausted=True)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        reason = f"a bug in gen: {type(error).__name__}: {error} ({where})"
        return Outcome(faults=(job.fault(reason, "please report it; gen agreement says more"),))


def settle() -> None:
    """Make a process ready for many documents: what was imported is never looked at as garbage.

    Looking for garbage less often was tried: it saves next to nothing, and memory grows.
    """
    gc.collect()
    gc.freeze()

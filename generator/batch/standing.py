"""How an agency's documents stand, without any being made: what the log knows, and today's data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ..workspace.confined import below
from ..workspace.environment import Workspace
from . import fingerprint, plan
from .manifest import Manifest
from .request import WantedDocuments
from .run import key_of


class Standing(Enum):
    """What a document is: as today's data give it, of older data, not made, or it can't be made."""

    CURRENT = "current"
    STALE = "stale"
    UNMADE = "unmade"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """How a document of a unit's file stands; ``files`` lie in the agency's folder of outputs.

    ``unit`` is what its documents are called by.
    """

    source: Path
    unit: str
    name: str
    kind: str
    standing: Standing
    files: tuple[str, ...] = ()


def documents(workspace: Workspace, agency: Path, base: Path) -> Iterator[DocumentStanding]:
    """How the documents stand that every unit has. What is wrong with their data isn't looked for.

    Raises DataError, FileError, MissingError where none can be told of.
    """
    wanted = WantedDocuments()
    setup = plan.worker_setup(workspace, agency)
    surroundings = fingerprint.digest_of(fingerprint.of(workspace, agency.name))
    log = Manifest(below(base, agency.name))
    log.read()
    kinds, sources = plan.kinds(wanted), plan.sources(agency, wanted)
    for path in sources:
        for found in plan.documents(setup, (path,), kinds, "", look_for_faults=False):
            if isinstance(found, plan.FilesAtFault):
                continue
            if isinstance(found, plan.Skipped):
                if found.faults:
                    unit = path.stem
                    yield DocumentStanding(path, unit, found.name, found.kind, Standing.FAULTY)
                continue
            name = found.job.name
            entry = log.entries.get(name)
            there = entry is not None and all(log.state(entry).values())
            if entry is None or not there:
                standing = Standing.UNMADE
            elif entry.key == key_of(found, surroundings):
                standing = Standing.CURRENT
            else:
                standing = Standing.STALE
            files = tuple(entry.files) if entry is not None and there else ()
            yield DocumentStanding(path, found.called.unit, name, found.job.kind, standing, files)

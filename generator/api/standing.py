"""How an agency stands: of each unit its faults, its documents, and who has signed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..batch import standing as documents
from ..batch.standing import DocumentStanding, Standing
from ..diagnostics import Diagnostic, Severity
from ..errors import GenError
from ..signing import status
from ..workspace.environment import Workspace
from . import checking, overview, watching

__all__ = ["AgencyStanding", "DocumentStanding", "Standing", "UnitStanding", "look", "stamp"]

Stamp = watching.Stamp


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit stands: its ``signed`` places of ``places``, its documents and its faults."""

    unit: overview.UnitGlance
    errors: int
    warnings: int
    documents: tuple[DocumentStanding, ...]
    signed: int
    places: int
    is_bad: bool
    """Whether something is wrong with what is signed."""
    differs: bool
    """Whether what is signed says something else than today's data."""

    @property
    def standing(self) -> Standing | None:
        """How its documents stand together: the worst of them; nothing where it has none."""
        if self.errors:
            return Standing.FAULTY
        order = (Standing.FAULTY, Standing.UNMADE, Standing.STALE, Standing.CURRENT)
        found = {one.standing for one in self.documents}
        return next((one for one in order if one in found), None)

    @property
    def files(self) -> tuple[str, ...]:
        """Its finished files, in the agency's folder of outputs."""
        return tuple(name for one in self.documents for name in one.files)


@dataclass(frozen=True, slots=True)
class AgencyStanding:
    """How an agency stands: its units in order, and all faults of its files."""

    units: tuple[UnitStanding, ...]
    faults: tuple[Diagnostic, ...]
    files: int

    @property
    def errors(self) -> int:
        """How many faults stop a document."""
        return sum(one.severity is Severity.ERROR for one in self.faults)


def look(workspace: Workspace, folder: Path) -> AgencyStanding:
    """How an agency stands now. Raises UsageError, FileError."""
    checked = checking.check(workspace, [folder])
    by_file = defaultdict[Path, Counter[Severity]](Counter)
    for fault in checked.faults:
        by_file[_unit_of(folder, fault.location.path)][fault.severity] += 1
    made = defaultdict[Path, list[DocumentStanding]](list)
    try:
        for one in documents.documents(workspace, folder, workspace.outputs):
            made[one.source].append(one)
    except GenError:
        made.clear()  # of an agency at fault no document is made; its faults say why
    signed = defaultdict[str, list[status.StatusRow]](list)
    for row in status.rows(workspace, folder):
        signed[row.unit].append(row)
    units = (
        _unit(unit, by_file[unit.path.resolve()], made[unit.path], signed)
        for unit in overview.units(folder)
    )
    return AgencyStanding(tuple(units), checked.faults, checked.files)


def _unit_of(folder: Path, path: Path) -> Path:
    """The file of the unit that a file is of: itself, or that of results, or answers."""
    inner = path.parts[len(folder.parts) :]
    if inner[:1] == ("results",):
        return folder.resolve() / path.name
    if inner[:1] == ("answers",) and len(inner) == 4:
        return folder.resolve() / f"{inner[2]}.yaml"
    return path.resolve()


def _unit(
    unit: overview.UnitGlance,
    faults: Counter[Severity],
    made: Iterable[DocumentStanding],
    signed: dict[str, list[status.StatusRow]],
) -> UnitStanding:
    own = tuple(made)
    rows = signed.get(own[0].unit if own else "", []) or signed.get(unit.id, [])
    agreed = [row for row in rows if not row.round]
    return UnitStanding(
        unit,
        faults[Severity.ERROR],
        faults[Severity.WARNING],
        own,
        sum(row.state == status.SIGNED for row in agreed),
        sum(bool(row.field) for row in agreed),
        any(row.state == status.BAD and row.file for row in rows),
        any(row.differs for row in rows),
    )


def stamp(workspace: Workspace, folder: Path) -> Stamp:
    """What there is to look at: it changes when a file of the agency or of its documents does."""
    outputs, signed = workspace.outputs / folder.name, workspace.signed / folder.name
    looked = [folder, *workspace.template_roots, outputs, signed]
    return watching.stamp(looked, within=workspace.root)

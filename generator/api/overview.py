"""What a workspace holds, at a glance: agencies with their years, units with their levels.

A glance costs little: of a file that was looked at before and hasn't changed nothing is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .. import thai
from ..agreements import lookup
from ..agreements.files import open_file
from ..agreements.lookup import Target
from ..agreements.paths import id_of, unit_paths
from ..agreements.yaml_tree import Node
from ..errors import FileError, MissingError, UsageError
from ..messages import message
from ..model import LEVELS, Agency, Unit
from ..workspace.confined import below, file_name_fault
from ..workspace.environment import Workspace
from ..workspace.folders import is_file

__all__ = [
    "AgencyGlance",
    "Target",
    "UnitGlance",
    "agencies",
    "agency",
    "font",
    "output",
    "place_of_new",
    "target",
    "unit",
    "units",
]

_OFFERED = ("pdf", "docx", "csv", "xlsx", "zip", "json", "md", "html", "txt", "gs")
"""Endings of files that are made to be taken away."""

_FACE = "Garuda"
"""The face of pages on a screen: one that comes with those of documents."""


@dataclass(frozen=True, slots=True)
class UnitGlance:
    """A unit as a list names it; ``level`` and ``status`` are empty where its file can't be read.

    ``title`` is what the unit is called, else its file; ``called`` is the name of its documents.
    """

    id: str
    path: Path
    title: str
    level: str = ""
    status: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class AgencyGlance:
    """An agency as a list names it; ``year`` is empty where its file can't be read.

    ``rounds`` are ids and names, in their order.
    """

    id: str
    folder: Path
    title: str
    year: str
    is_example: bool
    rounds: tuple[tuple[str, str], ...]
    unit_ids: tuple[str, ...]


def agencies(workspace: Workspace) -> tuple[AgencyGlance, ...]:
    """All agencies, the newest year first. Raises UsageError where there is no folder for any."""
    found = map(agency, lookup.agencies(workspace))
    return tuple(
        sorted(sorted(found, key=lambda one: one.id), key=lambda one: one.year, reverse=True)
    )


def agency(folder: Path) -> AgencyGlance:
    """One agency."""
    said = _texts(folder / "agency.yaml", Agency)
    rounds = ((said.get(f"rounds/{n}/id", ""), said.get(f"rounds/{n}/name", "")) for n in range(99))
    return AgencyGlance(
        folder.name,
        folder,
        said.get("name", folder.name),
        said.get("fiscal_year", ""),
        thai.folded(said.get("example", "")) in ("true", "yes"),
        tuple(one for one in rounds if one[0]),
        tuple(map(id_of, unit_paths(folder))),
    )


def units(folder: Path) -> tuple[UnitGlance, ...]:
    """An agency's units: by level from the department down, then by what they are called."""
    found = (unit(path) for path in unit_paths(folder))
    ranks: dict[str, int] = {level: rank for rank, level in enumerate(LEVELS)}
    return tuple(sorted(found, key=lambda one: (ranks.get(one.level, len(ranks)), one.title)))


def unit(path: Path) -> UnitGlance:
    """One unit, by its file."""
    said = _texts(path, Unit)
    level, status = said.get("level", ""), said.get("status", "")
    title, called = said.get("name") or path.stem, said.get("code") or id_of(path)
    return UnitGlance(id_of(path), path, title, level, status or "draft", called.rstrip("."))


def target(workspace: Workspace, agency_id: str, unit_id: str = "") -> Target:
    """The agency, or the unit in it, that two names mean: names of what is there, never paths.

    Raises UsageError.
    """
    folders = {thai.folded(one.name): one for one in lookup.agencies(workspace)}
    folder = folders.get(thai.folded(agency_id))
    if folder is None:
        raise UsageError(message("no-such-agency", name=agency_id))
    if not unit_id:
        return Target(folder, None)
    path = {id_of(one): one for one in unit_paths(folder)}.get(thai.folded(unit_id))
    if path is None:
        raise UsageError(message("no-such-unit", name=unit_id))
    return Target(folder, path)


def output(workspace: Workspace, agency_id: str, name: str) -> Path:
    """A finished file of an agency, by its path within the agency's folder of outputs.

    Raises FileError where that is no file, or lies elsewhere.
    """
    path = below(workspace.outputs, f"{agency_id}/{name}")
    if path.suffix.lstrip(".") not in _OFFERED or not is_file(path):
        raise FileError(message("studio-no-such-file", name=name[:100]))
    return path


def place_of_new(workspace: Workspace, name: str) -> Path:
    """Where a new agency of a name is to stand. Raises UsageError for what is no name."""
    reason = file_name_fault(name) if name else message("nothing-left-of-file-name")
    if reason is not None or name.startswith("."):
        refused = message("nothing-left-of-file-name") if reason is None else reason
        raise UsageError(message("no-name-of-agency", name=name[:100], reason=refused))
    return below(workspace.agreements, name)


def font(workspace: Workspace, name: str) -> Path | None:
    """The file of a face for pages on a screen, ``regular`` or ``bold``; None where there is none.

    It is looked for among the installed faces that documents may be set in.
    """
    styles = {"regular": "Regular", "bold": "Bold"}
    try:
        fonts = workspace.fonts
    except MissingError:
        return None
    faces = (_FACE, "Laksaman")
    found = (
        one.path
        for face in faces
        for one in fonts
        if one.family == face and one.style == styles.get(name)
    )
    return next(found, None)


def _texts(path: Path, model: type[Agency] | type[Unit]) -> dict[str, str]:
    """The texts near the top of a file, by path; nothing of one that can't be read."""
    try:
        about = path.stat()
        return _read(path, model, about.st_mtime_ns, about.st_size)
    except (OSError, FileError):
        return {}


@lru_cache(maxsize=4096)
def _read(
    path: Path, model: type[Agency] | type[Unit], _modified: int, _size: int
) -> dict[str, str]:
    return dict(_leaves(open_file(path, model).node, "", 3))


def _leaves(node: Node, path: str, depth: int) -> list[tuple[str, str]]:
    value = node.value
    if isinstance(value, str):
        return [(path, value)]
    inner = value.items() if isinstance(value, dict) else enumerate(value or ())
    if not depth:
        return []
    return [
        leaf
        for key, one in inner
        for leaf in _leaves(one, f"{path}/{key}" if path else str(key), depth - 1)
    ]

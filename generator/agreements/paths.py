"""Where an agency's files stand, and by which names others refer to them."""

from __future__ import annotations

from pathlib import Path

from .. import thai
from ..diagnostics import Diagnostic, Location, fault
from ..errors import FileError
from ..messages import message
from ..workspace import folders
from ..workspace.confined import leads_out
from ..workspace.unsaved import held

RESERVED = {"agency.yaml", "wording.yaml"}


def id_of(path: Path) -> str:
    """The name by which others refer to a file: its own, folded (``thai.folded``)."""
    return thai.folded(path.stem)


def beside(folder: Path, name: str) -> Path:
    """The file of a folder that a name means, however either is spelt; it need not be there."""
    path = folder / f"{name}.yaml"
    if held(path) is not None or path.is_file():
        return path
    wanted = thai.folded(name)
    return next((found for found in unit_paths(folder) if id_of(found) == wanted), path)


def unit_paths(folder: Path) -> tuple[Path, ...]:
    """The units' files of an agency, by name; what a system hides (``._x.yaml``) is none."""
    return yaml_in(folder)[0]


def yaml_in(folder: Path) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """The files of a folder that hold data, and what can't be looked at."""
    try:
        found = folders.entries(folder)
    except FileError as error:
        return (), (Diagnostic(error.said, Location(folder), error.advice),)
    yaml = [
        path
        for path in found
        if path.suffix == ".yaml" and path.name not in RESERVED and not path.name.startswith(".")
    ]
    # A name of another encoding, as out of a ZIP, can be neither named nor printed.
    odd = [path for path in yaml if folders.named(path) != path.name]
    faults = (
        fault("file-name-not-utf-8", Location(path), name=folders.named(path)) for path in odd
    )
    return tuple(path for path in yaml if path not in odd), tuple(faults)


def yaml_below(folder: Path, depth: int) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """The same of the folders so many steps below a folder."""
    if not depth:
        return yaml_in(folder)
    try:
        inner = [path for path in folders.entries(folder) if folders.is_folder(path)]
    except FileError as error:
        return (), (Diagnostic(error.said, Location(folder), error.advice),)
    found = [yaml_below(path, depth - 1) for path in inner]
    paths = tuple(path for paths, _ in found for path in paths)
    return paths, tuple(fault for _, faults in found for fault in faults)


def refuse_link(path: Path) -> None:
    """Refuse a file of an agency that is a link to one elsewhere. Raises FileError."""
    folders = [*path.parents][:_LEVELS]
    root = next((folder for folder in folders if (folder / "agency.yaml").exists()), None)
    if root is not None and leads_out(root, path):
        raise FileError(message("link-out-of-agency", file=path.name))


_LEVELS = 4
"""How far above a file its agency's folder may be: ``answers/1/unit/survey.yaml``."""

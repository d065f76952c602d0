"""What the officer named on the command line: a path, or just a unit's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import thai
from ..diagnostics import did_you_mean
from ..errors import UsageError
from ..model import Agency
from ..workspace.environment import Workspace
from . import unsealing
from .files import read_file
from .paths import RESERVED, beside, id_of, unit_paths


@dataclass(frozen=True, slots=True)
class Target:
    """An agency's folder, a unit's file in it (None for the agency itself), and a remark.

    ``sealed``: the file is a document's source, taken out of a finished document. ``survey``: a
    survey of the agency was named by its file.
    """

    folder: Path
    unit: Path | None
    remark: str = ""
    sealed: bool = False
    survey: str = ""


def find(
    world: Workspace, name: str, agency: str | None = None, *, of_surveys: bool = False
) -> Target:
    """The unit or agency that ``name`` means. Raises UsageError with the nearest names.

    A file of a unit's results or answers means the unit; that of a survey its agency, where
    documents are made of surveys (``of_surveys``).
    """
    path = Path(name)
    try:
        if path.is_dir() and (path / "agency.yaml").is_file():
            return Target(path.resolve(), None)
        is_file = path.is_file()
    except OSError:  # too long for a path: it may still be no more than a name
        is_file = False
    if is_file:
        found = _in_folder(path.resolve())
        if found.survey and not of_surveys:
            raise UsageError(
                f"{path.name} is a survey, and this is made of a unit",
                f"name a unit; the questionnaire is made by: gen survey {name}",
            )
        return found
    folders = agencies(world)
    if agency is not None:
        folders = [folder for folder in folders if thai.folded(folder.name) == thai.folded(agency)]
        if not folders:
            raise UsageError(
                f"there is no agency '{agency}'",
                did_you_mean(agency, (folder.name for folder in agencies(world))),
            )
    for folder in folders:
        if thai.folded(folder.name) == thai.folded(name.rstrip("/")):
            return Target(folder, None)
    wanted = stem(name)
    matches = [found for folder in folders for found in units(folder) if stem(found.name) == wanted]
    if not matches:
        known = {stem(found.name) for folder in folders for found in units(folder)}
        raise UsageError(f"there is no unit '{name}'", did_you_mean(wanted, known))
    if len(matches) == 1:
        return Target(matches[0].parent, matches[0])
    newest = max(matches, key=lambda found: (_year(found.parent), found.parent.name))
    others = ", ".join(sorted(m.parent.name for m in matches if m is not newest))
    remark = f"'{name}' of {newest.parent.name} is taken; {others} has it too (--agency chooses)"
    return Target(newest.parent, newest, remark)


def agencies(world: Workspace) -> list[Path]:
    """The folders of all agencies."""
    if not world.agreements.is_dir():
        raise UsageError(
            "there is no folder agreements/ here or above",
            "go to the workspace, or make one: gen init agreements/NAME",
        )
    return sorted(path.parent for path in world.agreements.glob("*/agency.yaml"))


def units(folder: Path) -> list[Path]:
    """The units' files of an agency."""
    return list(unit_paths(folder))


def _in_folder(path: Path) -> Target:
    if path.name == "agency.yaml":
        return Target(path.parent, None)
    if unsealing.is_sealed(path):
        return Target(path.parent, path, sealed=True)
    if (path.parent / "agency.yaml").is_file():
        if path.suffix == ".yaml" and path.name not in RESERVED:
            return Target(path.parent, path)
        raise UsageError(
            f"{path.name} is no unit: it holds what belongs to all of {path.parent.name}",
            f"name a unit, or the agency: {path.parent.name}",
        )
    for folder in path.parents[1:4]:
        if (folder / "agency.yaml").is_file():
            return _of_agency(folder, path)
    raise UsageError(
        f"there is no agency.yaml beside {path.name}",
        "a unit's file stands in its agency's folder",
    )


_KINDS = {"indicators": "an indicator", "tables": "a target table", "plans": "an action plan"}
"""What the files of an agency's folders are that no document is made of."""


def _of_agency(folder: Path, path: Path) -> Target:
    """What a file within an agency's folders means."""
    kind, *rest = path.relative_to(folder).parts
    if kind == "surveys" and len(rest) == 1 and path.suffix == ".yaml":
        return Target(folder, None, survey=id_of(path))
    name = ""
    if kind == "results" and len(rest) == 2:
        name = id_of(path)
    elif kind == "answers" and len(rest) == 3:
        name = rest[1]
    unit = beside(folder, name) if name else folder
    if unit.is_file():
        what = "results" if kind == "results" else "answers"
        return Target(folder, unit, f"{path.name} holds {what} of '{name}'; the unit is taken")
    raise UsageError(
        f"{path.name} is {_KINDS.get(kind, 'a file')} of {folder.name}, no unit",
        f"name a unit, or the agency: {folder.name}",
    )


def stem(name: str) -> str:
    """A unit's name as it is looked up: folded, without the file's ending and the last dot."""
    return thai.folded(name).removesuffix(".yaml").rstrip(".")


def _year(folder: Path) -> int:
    model = read_file(folder / "agency.yaml", Agency).model
    return model.fiscal_year if model is not None else 0

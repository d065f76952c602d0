"""What the officer named on the command line: a path, or just a unit's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import thai
from ..diagnostics import did_you_mean
from ..errors import UsageError
from ..messages import Message, message
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
    workspace: Workspace, name: str, agency: str | None = None, *, of_surveys: bool = False
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
            raise UsageError(message("survey-where-a-unit-is-meant", file=path.name, name=name))
        return found
    folders = agencies(workspace)
    if agency is not None:
        folders = [folder for folder in folders if thai.folded(folder.name) == thai.folded(agency)]
        if not folders:
            raise UsageError(
                message("no-such-agency", name=agency),
                did_you_mean(agency, (folder.name for folder in agencies(workspace))),
            )
    for folder in folders:
        if thai.folded(folder.name) == thai.folded(name.rstrip("/")):
            return Target(folder, None)
    wanted = stem(name)
    matches = [found for folder in folders for found in units(folder) if stem(found.name) == wanted]
    if not matches:
        known = {stem(found.name) for folder in folders for found in units(folder)}
        raise UsageError(message("no-such-unit", name=name), did_you_mean(wanted, known))
    if len(matches) == 1:
        return Target(matches[0].parent, matches[0])
    newest = max(matches, key=lambda found: (_year(found.parent), found.parent.name))
    others = tuple(sorted(m.parent.name for m in matches if m is not newest))
    taken = newest.parent.name
    remark = str(message("unit-of-newest-taken", unit=name, agency=taken, others=others))
    return Target(newest.parent, newest, remark)


def agencies(workspace: Workspace) -> list[Path]:
    """The folders of all agencies."""
    if not workspace.agreements.is_dir():
        raise UsageError(message("no-workspace"))
    return sorted(path.parent for path in workspace.agreements.glob("*/agency.yaml"))


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
        raise UsageError(message("file-of-whole-agency", file=path.name, agency=path.parent.name))
    for folder in path.parents[1:4]:
        if (folder / "agency.yaml").is_file():
            return _of_agency(folder, path)
    raise UsageError(message("no-agency-beside", file=path.name))


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
        if kind == "results":
            remark = message("unit-of-results-taken", file=path.name, unit=name)
        else:
            remark = message("unit-of-answers-taken", file=path.name, unit=name)
        return Target(folder, unit, str(remark))
    raise UsageError(_of_no_unit(kind, path.name, folder.name))


def _of_no_unit(kind: str, file: str, agency: str) -> Message:
    """What is said of a file of an agency that no document is made of."""
    if kind == "indicators":
        return message("indicator-is-no-unit", file=file, agency=agency)
    if kind == "tables":
        return message("table-is-no-unit", file=file, agency=agency)
    if kind == "plans":
        return message("plan-is-no-unit", file=file, agency=agency)
    return message("file-is-no-unit", file=file, agency=agency)


def stem(name: str) -> str:
    """A unit's name as it is looked up: folded, without the file's ending and the last dot."""
    return thai.folded(name).removesuffix(".yaml").rstrip(".")


def _year(folder: Path) -> int:
    model = read_file(folder / "agency.yaml", Agency).model
    return model.fiscal_year if model is not None else 0

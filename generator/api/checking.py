"""All faults of files, of agencies, or of everything below a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .. import rules
from ..agreements import lookup, reading
from ..agreements.files import UnitFile, valid_agency
from ..diagnostics import Diagnostic, Location, collapsed, errors, in_order
from ..errors import FileError
from ..messages import Message, message
from ..workspace.environment import Workspace


class CheckedFiles(NamedTuple):
    """All faults of files, in order, and how many files were looked at."""

    faults: tuple[Diagnostic, ...]
    files: int

    @property
    def errors(self) -> int:
        """How many of the faults stop a document."""
        return len(errors(self.faults))

    @property
    def summary(self) -> Message:
        """How many files, errors and warnings, in one line."""
        return message(
            "files-checked",
            files=message("counted-files", count=self.files),
            errors=message("counted-errors", count=self.errors),
            warnings=message("counted-warnings", count=len(self.faults) - self.errors),
        )


def check(workspace: Workspace, named: Iterable[Path | str]) -> CheckedFiles:
    """All faults of the agencies, units and results that are named, and how many files.

    A path stands for what it holds, another name for what is looked up by it. One bad file never
    stops the others. Raises UsageError, FileError.
    """
    faults: list[Diagnostic] = []
    count = 0
    for name in named:
        for folder_path, only in _agency_folders(_meant(workspace, name)):
            folder_faults, files = _check_agency(workspace, folder_path, only)
            faults += folder_faults
            count += files
    return CheckedFiles(collapsed(in_order(faults)), count)


def _meant(workspace: Workspace, name: Path | str) -> Path:
    if (path := Path(name)).exists():
        return path
    target = lookup.find(workspace, str(name))
    return target.unit or target.folder


def _agency_folders(path: Path) -> list[tuple[Path, Path | None]]:
    """The agency folders at, below or above a path; with the one file, if it names one."""
    path = path.resolve()
    if path.is_file():
        for folder in path.parents:
            if (folder / "agency.yaml").is_file():
                return [(folder, path)]
        raise FileError(message("no-agency-for-file", file=path.name))
    if (path / "agency.yaml").is_file():
        return [(path, None)]
    found = sorted(file.parent for file in path.rglob("agency.yaml"))
    if not found:
        raise FileError(message("no-agency-below", path=str(path)))
    return [(folder, None) for folder in found]


def _check_agency(
    workspace: Workspace, path: Path, only: Path | None
) -> tuple[list[Diagnostic], int]:
    folder = reading.read_agency(path)
    about = rules.check_folder(folder)
    faults = [*about]
    units: list[UnitFile] = []
    unsound: set[str] = set()
    reported = []
    counted = []
    for file in folder.indicators.values():
        if only is None or only == file.path:
            faults += file.faults
    if folder.agency.model is not None:
        form = reading.read_form(folder)
        faults += [f for f in rules.check_unit(folder, form) if errors([f])]
    for unit_path in folder.unit_paths:
        try:
            unit = reading.read_unit(folder, unit_path)
        except FileError as error:
            faults.append(_unreadable(error, unit_path))
            continue
        found = rules.check_unit(folder, unit)
        units.append(unit)
        if errors(found):
            unsound.add(unit.id)
        if only is None or only == unit_path:
            faults += found
    for result_path in folder.result_paths:
        try:
            reported.append(reading.read_results(result_path))
        except FileError as error:
            faults.append(_unreadable(error, result_path))
    for answer_path in folder.answer_paths:
        try:
            counted.append(reading.read_answers(answer_path))
        except FileError as error:
            faults.append(_unreadable(error, answer_path))
    faults += folder.unlisted
    together = rules.check_together(folder, units, reported, counted)
    if not errors(about):
        agency = valid_agency(folder)
        sound = [unit for unit in units if unit.id not in unsound]
        together += rules.check_scorable(agency, sound, reported, counted, together)
    if workspace.signs is not None:
        together += rules.check_signs(folder, units, reported, workspace.signs)
    faults += [f for f in together if only in (None, f.location.path)]
    groups = (folder.indicators, folder.surveys, folder.unit_paths, folder.result_paths)
    files = 2 + sum(map(len, groups)) + len(folder.answer_paths)
    faults = [*rules.told_once(folder, units, reported, faults)]
    return faults, files if only is None else 1


def _unreadable(error: FileError, path: Path) -> Diagnostic:
    """What ended the reading of a file, as a fault of it."""
    return Diagnostic(error.said, Location(path), error.advice)

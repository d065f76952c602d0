"""Old agreements in Word as an agency's files: read, checked, and told line by line."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .. import thai
from ..agreements import reading
from ..agreements.files import AgencyFolder
from ..diagnostics import Diagnostic, Location, errors, fault
from ..errors import DataError, UsageError
from ..importing import word
from ..importing.word import conversion, package, report, sealed
from ..importing.word.pieces import core
from ..messages import Message, message
from ..model.tree import walk
from ..workspace.confined import below, read_bytes
from ..workspace.environment import Workspace
from . import checking, word_results
from .new_agency import check_name

SUFFIXES = (".docx", ".docm", ".dotx", *conversion.SUFFIXES, ".pdf")
"""What can be imported."""

MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class TakenFromWord:
    """What Word files become: files, not yet published; what is left over; what is to be asked."""

    folder: Path
    files: Mapping[Path, bytes]
    left: tuple[word.LeftLine, ...] = ()
    remarks: tuple[Message, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    """Files that couldn't be read; no other one is stopped by them."""

    questions: tuple[Diagnostic, ...] = ()
    """What ``gen check`` says of the files that were made."""

    lines: int = 0
    """How many paragraphs and lines of cells there were."""

    told: Mapping[str, Any] = field(default_factory=dict)


def take_in(
    workspace: Workspace, paths: Iterable[Path], into: str, *, report_to: Path | None = None
) -> TakenFromWord:
    """Read Word files (and those that become some) as the files of an agency; nothing is written.

    ``into`` is an agency's folder or its name: a new one gets all files, one that is there gets
    units and indicators beside its own, which stay as they are. ``report_to`` is where the page
    goes that shows source and result side by side. Raises DataError where no file could be read,
    UsageError, FileError.
    """
    folder = _folder(workspace, into)
    standing = _standing(folder)
    files = list(_files(paths))
    faults: list[Diagnostic] = []
    opened = list(_opened(files, faults))
    made = word.read_all(
        [(path, data) for path, data in opened if path.suffix.lower() != ".pdf"], folder, standing
    )
    faults += made.faults
    for path, data in opened:
        if path.suffix.lower() == ".pdf":
            _sealed(made, path, data, folder, standing, faults)
    for name, unit in made.drafted.there:
        path = next(path for path in files if path.name == name)
        faults.append(fault("unit-imported-already", Location(path), unit=unit))
    with _as_it_would_be(folder, made.files) as copy:
        taken = word_results.take_reports(workspace, made, folder, copy, files)
        faults += taken.faults
        if not made.files:
            raise DataError(
                message("nothing-imported", count=len(faults)), diagnostics=tuple(faults)
            )
        questions = _questions(workspace, folder, copy, made.files)
    remarks = [one.about(name) for name, one in made.remarks]
    remarks += [*made.drafted.questions, *taken.questions]
    result = dict(made.files)
    if report_to is not None:
        result[report_to] = report.page(made, folder)
    return TakenFromWord(
        folder,
        result,
        tuple(made.left),
        tuple(remarks),
        tuple(faults),
        tuple(questions),
        sum(1 for text in made.texts for _ in text.lines()),
        {
            "left_over": [
                {"file": one.file, "place": str(one.line.where.said()), "text": one.line.said}
                for one in made.left
            ]
        },
    )


def _folder(workspace: Workspace, into: str) -> Path:
    """The agency's folder that a path or a name means; it may be new."""
    path = Path(into)
    if path.is_absolute() or len(path.parts) > 1 or path.is_dir():
        return path.resolve()
    for one in workspace.agreements.glob("*/agency.yaml"):
        if thai.folded(one.parent.name) == thai.folded(into):
            return one.parent
    return below(workspace.agreements, into)


def _standing(folder: Path) -> word.SoFar:
    if not (folder / "agency.yaml").is_file():
        check_name(folder)
        return word.SoFar()
    found: AgencyFolder = reading.read_agency(folder)
    if found.agency.model is None:
        raise DataError(
            message("agency-to-import-into-at-fault"),
            diagnostics=tuple(errors(found.agency.faults)),
        )
    indicators = {
        core(file.model.name): key
        for key, file in found.indicators.items()
        if file.model is not None and getattr(file.model, "name", None)
    }
    return word.SoFar(
        is_new=False,
        indicators=indicators,
        units=frozenset(path.stem for path in found.unit_paths),
        data={key: file.node.plain() for key, file in found.indicators.items()},
        unit_names=frozenset(_names(found)),
        words=frozenset(_words(found)),
        files=frozenset(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        ),
        components={core(one.name): one.id for one in walk(found.agency.model.components)},
    )


def _names(found: AgencyFolder) -> Iterator[str]:
    for path in found.unit_paths:
        unit = reading.read_unit(found, path).file.model
        if unit is not None and unit.name:
            yield core(unit.name)


def _words(found: AgencyFolder) -> Iterator[str]:
    """All texts of an agency's form and of its own file."""
    for model in (found.wording.model, found.agency.model):
        if model is not None:
            yield from _texts(model.model_dump(mode="json"))


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif data is not None:
        yield str(data)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are named, and those of folders; none that locks another."""
    count = 0
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            is_one = one.suffix.lower() in SUFFIXES and not one.name.startswith(("~$", "."))
            if path.is_dir() and not (is_one and one.is_file()):
                continue
            count += 1
            if count > MOST_FILES:
                raise UsageError(message("too-many-files-to-import", most=MOST_FILES))
            yield one
    if not count:
        raise UsageError(message("no-files-to-import", suffixes=SUFFIXES))


def _opened(files: Iterable[Path], faults: list[Diagnostic]) -> Iterator[tuple[Path, bytes]]:
    for path in files:
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            faults.append(fault("no-file-to-import", Location(path), suffixes=SUFFIXES))
            continue
        data = read_bytes(path, package.MAX_BYTES)
        if suffix in conversion.SUFFIXES:
            made = conversion.converted(path, data)
            if isinstance(made, Diagnostic):
                faults.append(made)
                continue
            data = made
        yield path, data


def _sealed(
    made: word.Imported,
    path: Path,
    data: bytes,
    folder: Path,
    standing: word.SoFar,
    faults: list[Diagnostic],
) -> None:
    """Add what the source inside a PDF says, where no file of its name is there yet."""
    found = sealed.read(path, data)
    if isinstance(found, Diagnostic):
        faults.append(found)
        return
    for name, raw in word.files_of(folder, found).items():
        there = raw and (
            name in made.files or name.relative_to(folder).as_posix() in standing.files
        )
        if not there:
            made.files[name] = raw
        elif made.files.get(name, raw) != raw:
            made.remarks.append((path.name, message("import-file-there", file=name.name)))


@contextmanager
def _as_it_would_be(folder: Path, files: Mapping[Path, bytes]) -> Iterator[Path]:
    """A copy of the agency with the files that were made."""
    with tempfile.TemporaryDirectory(prefix="gen-import-") as name:
        copy = Path(name).resolve() / folder.name
        if folder.is_dir():
            shutil.copytree(folder, copy, symlinks=True)
        copy.mkdir(exist_ok=True)
        _put(folder, copy, files)
        yield copy


def _put(folder: Path, copy: Path, files: Mapping[Path, bytes]) -> None:
    for file, data in files.items():
        place = below(copy, file.relative_to(folder).as_posix())
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _questions(
    workspace: Workspace, folder: Path, copy: Path, files: Mapping[Path, bytes]
) -> list[Diagnostic]:
    """What ``gen check`` says of the agency as it would be; its places are those to come."""
    _put(folder, copy, files)
    new = {file.relative_to(folder).as_posix() for file in files}
    out = []
    for one in checking.check(workspace, [copy]).faults:
        inside = one.location.path.resolve()
        if inside.is_relative_to(copy) and inside.relative_to(copy).as_posix() in new:
            there = replace(one.location, path=folder / inside.relative_to(copy))
            out.append(replace(one, location=there))
    return out

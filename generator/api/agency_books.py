"""A whole agency as one workbook, and what was changed in it as changes of the agency's files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from .. import rules, thai
from ..agreements import document_names, lookup, own_keys, reading, yaml_tree
from ..diagnostics import Diagnostic, Location, did_you_mean, errors
from ..errors import DataError
from ..importing import agency_book
from ..importing.agency_book import BookChanges
from ..messages import Message, message
from ..workspace.confined import below, read_bytes
from ..workspace.environment import Workspace
from . import checking


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a workbook changes: files, not yet published, a line for each change, and remarks."""

    files: Mapping[Path, bytes]
    lines: tuple[Message, ...]
    remarks: tuple[Message, ...]
    told: tuple[Mapping[str, Any], ...]
    """The changes as data: file, keys, old and new value, cell."""


def export(workspace: Workspace, folder: Path, base: Path | None = None) -> dict[Path, bytes]:
    """The workbook of an agency, by its path. Raises DataError where its own files are at fault."""
    valid = rules.valid(reading.read_agency(folder))
    path = document_names.agency_workbook(base or workspace.outputs, valid.id)
    return {path: agency_book.written(valid)}


def take_in(workspace: Workspace, path: Path) -> TakenIn:
    """What was changed in a workbook, made in the files of its agency; nothing is written.

    A change that makes an error where there was none is refused, with its cell. Raises DataError,
    UsageError, FileError.
    """
    book = agency_book.opened(path, read_bytes(path))
    if isinstance(book, Diagnostic):
        raise _refused((book,))
    folders = {thai.folded(folder.name): folder for folder in lookup.agencies(workspace)}
    if book.agency not in folders:
        said = message("no-such-agency", name=book.agency)
        raise _refused((Diagnostic(said, book.place, did_you_mean(book.agency, folders)),))
    folder = folders[book.agency]
    changes = agency_book.taken_in(rules.valid(reading.read_agency(folder)), book)
    if changes.files:
        _stop_on_new(workspace, folder, path, changes)
    return TakenIn(
        changes.files, tuple(_lines(changes)), tuple(changes.remarks), tuple(_told(changes))
    )


def _refused(faults: tuple[Diagnostic, ...]) -> DataError:
    return DataError(message("faults-in-workbook", count=len(errors(faults))), diagnostics=faults)


def _stop_on_new(workspace: Workspace, folder: Path, path: Path, changes: BookChanges) -> None:
    """Refuse changes that make errors: the whole agency is checked as it would be."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name).resolve() / folder.name
        shutil.copytree(folder, copy, symlinks=True)
        for file, data in changes.files.items():
            place = below(copy, file.relative_to(folder).as_posix())
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        after = errors(checking.check(workspace, [copy]).faults)
        if not after:
            return
        before = {_what(f, folder) for f in errors(checking.check(workspace, [folder]).faults)}
        new = [fault for fault in after if _what(fault, copy) not in before]
        cells = _cells(changes, folder)
        if new:
            raise _refused(tuple(_in_cell(fault, path, copy, cells) for fault in new))


def _what(fault: Diagnostic, folder: Path) -> tuple[str, str]:
    """A fault without the line that it stands in, which changes move."""
    return _name(fault.location.path, folder), fault.message


def _name(path: Path, folder: Path) -> str:
    path = path.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _cells(changes: BookChanges, folder: Path) -> dict[tuple[str, int], str]:
    """By file and line, as the files would be: the cell whose change stands there."""
    found: dict[tuple[str, int], str] = {}
    for file, data in changes.files.items():
        name = file.relative_to(folder).as_posix()
        read = yaml_tree.parse(file, data)
        node = own_keys.of_place(read, PurePath(name)).node
        if node is not None:
            for change in changes.changes:
                if change.file == name:
                    found.setdefault((name, node.at(*change.path).line or 0), change.cell)
            for added in changes.added:
                if added.file == name:
                    found.setdefault((name, node.at(*added.path).line or 0), added.cell)
    return found


def _in_cell(
    fault: Diagnostic, path: Path, copy: Path, cells: Mapping[tuple[str, int], str]
) -> Diagnostic:
    """A fault of a file that would be, at the cell that it comes from where that is known."""
    name = _name(fault.location.path, copy)
    cell = cells.get((name, fault.location.line or 0))
    said = fault.said.about(cell or name) if isinstance(fault.said, Message) else fault.said
    return replace(fault, said=said, location=Location(path))


def _lines(changes: BookChanges) -> Iterable[Message]:
    for change in changes.changes:
        yield message(
            "cell-changes",
            cell=change.cell,
            file=change.file,
            key=_keys(change.path),
            old=_short(change.old),
            new=_short(change.new),
        )
    for added in changes.added:
        yield message("row-added", cell=added.cell, file=added.file, key=_keys(added.path))
    for gone in changes.removed:
        yield message("row-removed", sheet=gone.cell, file=gone.file, row=" ".join(gone.key))


def _keys(path: Iterable[str | int]) -> str:
    return "/".join(str(step + 1 if isinstance(step, int) else step) for step in path)


def _short(text: str | None) -> str:
    one_line = " ".join((text or "").split())
    return one_line if len(one_line) <= 60 else f"{one_line[:60]}…"


def _told(changes: BookChanges) -> Iterable[dict[str, Any]]:
    for c in changes.changes:
        at = [*c.path]
        yield {"file": c.file, "keys": at, "old": c.old, "new": c.new, "cell": c.cell}
    for a in changes.added:
        yield {"file": a.file, "keys": [*a.path], "added": a.value, "cell": a.cell}
    for r in changes.removed:
        yield {"file": r.file, "keys": [*r.path], "removed": list(r.key), "cell": r.cell}

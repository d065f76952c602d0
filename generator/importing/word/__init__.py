"""Old agreements in Word, read back: an agency's files, what was guessed, and what is left over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ...diagnostics import Diagnostic, Location, fault
from ...messages import Message
from . import body, files, package, reading
from .found import FoundFile, FoundReport
from .joining import Drafted, SoFar, drafted
from .kept import LineLog
from .pieces import Line, WordText

files_of = files.bytes_of

__all__ = ["Imported", "LeftLine", "SoFar", "files_of", "finish", "read_all"]


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A line that is at no key, or not whole; ``missing`` are the letters that no file has."""

    file: str
    line: Line
    missing: str


@dataclass(slots=True)
class Imported:
    """The files that Word files become, not yet published, and the account of every line."""

    files: dict[Path, bytes] = field(default_factory=dict)
    left: list[LeftLine] = field(default_factory=list)
    remarks: list[tuple[str, Message]] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    texts: list[WordText] = field(default_factory=list)
    account: LineLog = field(default_factory=LineLog)
    drafted: Drafted = field(default_factory=Drafted)
    lines: list[tuple[str, Line]] = field(default_factory=list)
    """All lines with the files they stand in, as they were read."""
    reports: list[FoundReport] = field(default_factory=list)
    """Those of the files that report results: of units that the files make or that were there."""


def read_all(named: Iterable[tuple[Path, bytes]], folder: Path, standing: SoFar) -> Imported:
    """Read Word files and make the files of an agency in ``folder`` of them.

    A file that can't be read is a fault of its own and stops no other one.
    """
    made = Imported()
    founds: list[FoundFile] = []
    lines: list[tuple[str, Line]] = []
    for path, data in named:
        opened = package.opened(path, data)
        if isinstance(opened, Diagnostic):
            made.faults.append(opened)
            continue
        try:
            text = body.read(opened, path.name)
        except body.TooLong:
            made.faults.append(fault("word-file-too-long", Location(path), most=body.MAX_LINES))
            continue
        found = reading.read(text, made.account)
        if not found.is_of_an_agreement:
            made.faults.append(fault("word-file-says-nothing", Location(path)))
            continue
        founds.append(found)
        made.texts.append(text)
        made.remarks += [(path.name, remark) for remark in text.remarks]
        lines += [(path.name, line) for line in found.blocks_lines()]
        lines += [(path.name, line) for line in text.aside if line.said]
    if not founds:
        return made
    made.lines = lines
    made.drafted = drafted(founds, made.account, standing)
    made.reports = [found.report for found in founds if found.report is not None]
    finish(made, folder)
    return made


def finish(made: Imported, folder: Path) -> None:
    """Make the files' bytes of what is drafted, and tell what no file holds."""
    made.files, left = files.written(folder, made.drafted, made.account, made.lines)
    made.left = [LeftLine(*one) for one in left]

"""What a batch made before: a log beside the documents, a line a document.

A line is added when a document stands in its place, so a run that is killed loses at most the
lines that were not written yet; a line that was torn is left out when the log is read. What
isn't in the log is made again: the same bytes in the same place.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from ..diagnostics import Diagnostic, Location, fault
from ..errors import FileError
from ..messages import message
from ..workspace import confined, publishing
from ..workspace.confined import below, file_name_fault
from ..workspace.reasons import why

NAME = "manifest.jsonl"
HEAD = {"manifest": 1}


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A document that was made: from which file, by what key, and the hashes of its files.

    ``name`` is that of its files; ``about`` is what a contents page says of it.
    """

    name: str
    unit: str
    source: str
    kind: str
    round: str
    key: str
    id: str
    pages: int
    files: Mapping[str, str]
    about: Mapping[str, Any] = field(default_factory=dict)


class Manifest:
    """The log of an agency's documents. Use it as a context: one batch at a time writes it.

    What it names lies in its folder; a line that says otherwise is a fault.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = below(folder, NAME)
        self.entries: dict[str, ManifestEntry] = {}
        self.whole = ""
        """What everything was made of, where the last run left nothing to do."""
        self.faults: list[Diagnostic] = []
        """Lines that name files elsewhere; they are left out."""
        self._changed = False
        self._log: IO[str] | None = None
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Manifest:
        with _as_file_errors(self.path):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = below(self.folder, ".batch").open("ab")
            try:
                _lock(self._lock, self.folder)
            except FileError:
                self._lock.close()
                raise
            publishing.sweep([self.folder, *self.folder.glob("*/")])
            self.read()
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._log, self._lock):
            if file is not None:
                file.close()

    def read(self) -> None:
        """Read what the log says; who doesn't write it needs no more."""
        if not self.path.is_file():
            return
        lines = self.path.read_text("utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, start=1):
            try:
                found = json.loads(line) if line else {}
                if "whole" in found:
                    self.whole = str(found["whole"])
                elif "gone" in found:
                    self.entries.pop(found["gone"], None)
                elif "name" in found:
                    entry = _entry(found)
                    self.whole = ""
                    if self._stays_here(entry, number):
                        self.entries[entry.name] = entry
            except (ValueError, TypeError, RecursionError):
                self._changed = True

    def _stays_here(self, entry: ManifestEntry, line: int) -> bool:
        """Whether all that a line names lies in the folder of the log."""
        # A document's name is its unit's and more: it may be longer than a unit's may.
        single = [name for name in (entry.unit,) if file_name_fault(name)]
        single += [
            name
            for name in (entry.name, entry.source)
            if not name or "/" in name or confined.fault(self.folder, name)
        ]
        reasons = [
            *(message("log-names-no-file", name=name[:100]) for name in single),
            *(
                message("path-refused", name=name[:100], reason=why)
                for name in entry.files
                if (why := confined.fault(self.folder, name))
            ),
        ]
        if not reasons:
            return True
        self._changed = True
        self.faults.append(
            fault("log-line-left-out", Location(self.path, line, 1), reason=reasons[0])
        )
        return False

    def state(self, entry: ManifestEntry) -> dict[str, bool]:
        """Of each file of a document: whether it stands there as it was made."""
        return {name: file_hash(self.folder / name) == hash_ for name, hash_ in entry.files.items()}

    def add(self, entry: ManifestEntry) -> None:
        """Note a document that stands in its place now. Raises FileError."""
        self.entries[entry.name] = entry
        self._write(asdict(entry))

    def remove(self, name: str) -> None:
        """Note that a document is gone. Raises FileError."""
        del self.entries[name]
        self._write({"gone": name})

    def finish(self, whole: str) -> None:
        """Leave the log in order, saying what everything was made of. Raises FileError."""
        if not self._changed and self.whole == whole:
            return
        if self._log is not None:
            self._log.close()
            self._log = None
        lines: list[object] = [HEAD, *(asdict(self.entries[name]) for name in sorted(self.entries))]
        if whole:
            lines.append({"whole": whole})
        publishing.publish({self.path: "".join(map(_line, lines)).encode()})

    def _write(self, what: object) -> None:
        self._changed = True
        self.whole = ""
        with _as_file_errors(self.path):
            if self._log is None:
                torn = self.path.is_file() and not self.path.read_bytes().endswith(b"\n")
                self._log = self.path.open("a", encoding="utf-8")
                self._log.write("\n" if torn else "")
            self._log.write(_line(what))
            self._log.flush()
            os.fsync(self._log.fileno())


def file_hash(path: Path) -> str:
    """The hash of a file, empty where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _entry(found: Mapping[str, Any]) -> ManifestEntry:
    """What a line says. Raises ValueError or TypeError where it isn't what was written."""
    entry = ManifestEntry(**found)
    texts = (entry.name, entry.unit, entry.source, entry.kind, entry.round, entry.key, entry.id)
    known = {"unit": str, "weight": str, "signers": list}
    if (
        not all(isinstance(text, str) for text in (*texts, *entry.files.values(), *entry.files))
        or not isinstance(entry.pages, int)
        or not all(isinstance(entry.about.get(key), kind) for key, kind in known.items())
        or not any(name.endswith(".pdf") for name in entry.files)
    ):
        raise ValueError("no line of this log")
    return entry


def _line(what: object) -> str:
    return json.dumps(what, ensure_ascii=False, sort_keys=True) + "\n"


@contextlib.contextmanager
def _as_file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(
            message(
                "file-not-written",
                file=str(error.filename or path),
                reason=why(error),
            ),
            message("check-folder-and-space"),
        ) from error


def _lock(file: IO[bytes], folder: Path) -> None:
    """Keep others from writing the same documents, where the system can. Raises FileError."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise FileError(message("batch-at-work", folder=str(folder))) from error

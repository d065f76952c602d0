"""The folder of what was signed: ``signed/<agency>/<unit>/``.

Each document is one file there and grows by a signature at a time. Another version of it (other
data) gets a number; nothing is overwritten but by itself with one signature more.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from .. import verify
from ..agreements.document_names import DocumentName, folder_of, revision_of
from ..agreements.record import sha256
from ..errors import FileError, UsageError
from ..messages import message
from ..verify import up_to_date
from ..verify.up_to_date import Unreadable, Version
from ..workspace import folders, publishing
from ..workspace.confined import below, read_bytes
from ..workspace.environment import Workspace
from ..workspace.reasons import why
from .signers import KINDS, SignableDocument

_LOCK = ".lock"
_NO_NAME = re.compile(r"[/\\\x00]|^\.*$")
_ON_PAPER = "ink"


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """A scan of a paper that was signed in ink: of which document, by whom, on what day.

    ``fields`` are the places that were signed, ``sha256`` is the scan's.
    """

    id: str
    data_hash: str
    scan: str
    sha256: str
    fields: tuple[str, ...]
    signed: str
    recorded: str
    method: str = _ON_PAPER


def folder(workspace: Workspace, agency: str, name: str) -> Path:
    """Where a unit's signed documents lie. Raises FileError where that leads elsewhere."""
    return folder_of(workspace.signed, agency, name)


def versions(
    where: Path, called: DocumentName
) -> tuple[tuple[Version, ...], tuple[Unreadable, ...]]:
    """A document's versions in a folder in the order of their numbers, and what can't be read.

    Raises FileError for a folder that can't be read.
    """
    return up_to_date.read(path for path in folders.entries(where) if _is_version(path, called))


def _is_version(path: Path, called: DocumentName) -> bool:
    """Whether a file is called as a document is; its scans have more behind that."""
    stem, _ = revision_of(path.stem)
    return path.suffix == ".pdf" and stem == unicodedata.normalize("NFC", str(called))


def known(where: Path, name: str) -> tuple[DocumentName, ...]:
    """The documents of a unit that lie in a folder, each once, agreements first.

    Raises FileError for a folder that can't be read.
    """
    scan = f"-{_ON_PAPER}-"
    stems = (path.stem for path in folders.entries(where) if path.suffix == ".pdf")
    parsed = (DocumentName.parse(stem, KINDS, name) for stem in stems if scan not in stem)
    found = {replace(one, revision=1) for one in parsed if one is not None}
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.details)))


def readable(where: Path, called: DocumentName) -> tuple[Version, ...]:
    """The same where each of them can be read. Raises FileError for one that can't."""
    found, odd = versions(where, called)
    for one in odd:
        raise FileError(one.reason, message("mend-or-move-in-folder", folder=where.name))
    return found


def target(workspace: Workspace, signable: SignableDocument, document: Version) -> Path:
    """The file that is, or becomes, the signed version of a document. Raises FileError."""
    where = folder(workspace, signable.agency, signable.name)
    there = readable(where, signable.called)
    for version in there:
        if up_to_date.same(workspace, version, document):
            return version.path
    number = len(there) + 1
    while (path := where / signable.called.revised(number).file("pdf")).exists():
        number += 1
    return path


def newest(data: bytes, path: Path) -> bytes:
    """The version to sign on: the one given, or the one in its place, whichever goes further.

    Raises UsageError when neither goes on where the other ends.
    """
    if not path.exists():
        return data
    there = read(path)
    if there.startswith(data):
        return there
    if data.startswith(there):
        return data
    raise UsageError(message("signed-as-another-file", file=path.name))


def recorded(path: Path) -> tuple[tuple[ScanRecord, ...], tuple[Unreadable, ...]]:
    """The records of scans that belong to a signed version, and those that can't be read.

    Raises FileError for a folder that can't be read.
    """
    found: list[ScanRecord] = []
    odd: list[Unreadable] = []
    for file in folders.entries(path.parent):
        if file.suffix != ".json" or not file.name.startswith(f"{path.stem}-{_ON_PAPER}-"):
            continue
        try:
            found.append(_scan_record(json.loads(read(file).decode())))
        except FileError as error:
            odd.append(Unreadable(file, error.message))
        except (ValueError, KeyError, TypeError, RecursionError):
            odd.append(Unreadable(file, str(message("no-record-of-scan", file=file.name))))
    return tuple(found), tuple(odd)


def _scan_record(facts: Any) -> ScanRecord:
    """A record as it was written. Raises ValueError, KeyError, TypeError for any other."""
    known = {key.name: facts[key.name] for key in fields(ScanRecord) if key.name != "fields"}
    named = facts["fields"]
    if not isinstance(named, list):
        raise TypeError("the fields are a list")
    if not all(isinstance(text, str) for text in (*known.values(), *named)):
        raise TypeError("a record holds texts")
    if _NO_NAME.search(known["scan"]):
        raise ValueError("a scan is a file beside its record")
    date.fromisoformat(known["signed"])
    return ScanRecord(**known, fields=tuple(named))


def scan_records(path: Path) -> tuple[ScanRecord, ...]:
    """The records of scans that belong to a signed version. Raises FileError for a damaged one."""
    found, odd = recorded(path)
    for one in odd:
        raise FileError(one.reason, message("mend-or-move-with-scan"))
    return found


def scan_names(path: Path, number: int) -> tuple[Path, Path]:
    """The files of a version's scan and its record."""
    stem = f"{path.stem}-{_ON_PAPER}-{number}"
    return path.with_name(f"{stem}.pdf"), path.with_name(f"{stem}.json")


def publish(files: dict[Path, bytes]) -> None:
    """Put files in their places, each by an atomic replace. Raises FileError."""
    publishing.publish(files)


def record_of(scan_record: ScanRecord) -> bytes:
    """The record as it lies beside the scan."""
    return (json.dumps(asdict(scan_record), ensure_ascii=False, indent=1) + "\n").encode()


def scan_problem(path: Path, scan_record: ScanRecord) -> str:
    """What is wrong with a recorded scan, or nothing."""
    try:
        scan = below(path.parent, scan_record.scan)
        if not folders.is_file(scan):
            return str(message("scan-missing", file=scan_record.scan))
        same = sha256(read(scan)) == scan_record.sha256
    except FileError as error:
        return error.message
    return "" if same else str(message("scan-not-the-recorded", file=scan_record.scan))


def read(path: Path) -> bytes:
    """A file's bytes, within bounds. Raises FileError."""
    return read_bytes(path, verify.MAX_BYTES)


@contextmanager
def locked(where: Path) -> Iterator[None]:
    """Keep two that sign one document at a time from losing a signature. Raises FileError."""
    try:
        where.mkdir(parents=True, exist_ok=True)
        with (where / _LOCK).open("ab") as file:
            with suppress(ImportError):  # Windows
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise FileError(
            message("folder-not-written", folder=where.name, reason=why(error))
        ) from error

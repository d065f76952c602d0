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
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from .. import outputs, supervision, verify
from ..confined import below, opened
from ..errors import FileError, UsageError
from ..record import sha256
from ..world import World
from .places import KIND, Paper

_LOCK = ".lock"
_INK = "ink"


@dataclass(frozen=True, slots=True)
class Version:
    """A document that lies in a folder, and the hash of the data it was made of."""

    path: Path
    data_hash: str


@dataclass(frozen=True, slots=True)
class Ink:
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
    method: str = _INK


def folder(world: World, agency: str, name: str) -> Path:
    """Where a unit's signed documents lie. Raises FileError where that leads elsewhere."""
    return below(world.signed, f"{agency}/{name}")


def versions(where: Path, name: str) -> tuple[Version, ...]:
    """A unit's agreements in a folder, in the order of their numbers."""
    pattern = re.compile(re.escape(f"{name}-{KIND}") + r"(?:-r(\d+))?\.pdf")
    numbered = []
    for path in where.glob("*.pdf") if where.is_dir() else ():
        match = pattern.fullmatch(unicodedata.normalize("NFC", path.name))
        if match:
            numbered.append((int(match[1] or 1), path))
    found = ((path, verify.record_of(read(path))) for _, path in sorted(numbered))
    return tuple(Version(path, said["data_hash"]) for path, said in found if said)


def target(world: World, paper: Paper) -> Path:
    """The file that is, or becomes, the signed version of a document."""
    where = folder(world, paper.agency, paper.name)
    known = versions(where, paper.name)
    for version in known:
        if version.data_hash == paper.data_hash:
            return version.path
    number = len(known) + 1
    while (path := where / f"{paper.name}-{KIND}{f'-r{number}' * (number > 1)}.pdf").exists():
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
    raise UsageError(
        f"{path.name} was signed already as another file of the same data",
        "sign that one: name its unit, or its file in signed/",
    )


def inks(path: Path) -> tuple[Ink, ...]:
    """The records of scans that belong to a signed version. Raises FileError."""
    found = []
    for file in sorted(path.parent.glob(f"{path.stem}-{_INK}-*.json")):
        try:
            facts = json.loads(file.read_text("utf-8"))
            known = {key.name: facts[key.name] for key in fields(Ink)}
            found.append(Ink(**{**known, "fields": tuple(map(str, known["fields"]))}))
            if not isinstance(known["scan"], str) or "/" in known["scan"]:
                raise ValueError("a scan is a file beside its record")
            below(path.parent, known["scan"])
        except (OSError, ValueError, KeyError, TypeError, FileError) as error:
            raise FileError(f"{file.name} is no record of a scan") from error
    return tuple(found)


def scan_names(path: Path, number: int) -> tuple[Path, Path]:
    """The files of a version's scan and its record."""
    stem = f"{path.stem}-{_INK}-{number}"
    return path.with_name(f"{stem}.pdf"), path.with_name(f"{stem}.json")


def publish(files: dict[Path, bytes]) -> None:
    """Put files in their places, each by an atomic replace. Raises FileError."""
    outputs.publish(files)


def record_of(ink: Ink) -> bytes:
    """The record as it lies beside the scan."""
    return (json.dumps(asdict(ink), ensure_ascii=False, indent=1) + "\n").encode()


def scan_problem(path: Path, ink: Ink) -> str:
    """What is wrong with a recorded scan, or nothing."""
    scan = below(path.parent, ink.scan)
    if not scan.is_file():
        return f"the scan {ink.scan} is missing"
    if sha256(read(scan)) != ink.sha256:
        return f"the scan {ink.scan} is not the one that was recorded"
    return ""


def read(path: Path) -> bytes:
    """A file's bytes, within bounds. Raises FileError."""
    supervision.at(path)
    try:
        with opened(path) as file:
            return file.read(verify.MAX_BYTES + 1)
    except OSError as error:
        raise FileError(f"can't read {path.name}: {error.strerror}", "check the name") from error


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
        raise FileError(f"can't write in {where.name}: {error.strerror}") from error

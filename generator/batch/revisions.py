"""What was signed stays: data that changed afterwards make a numbered revision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..agreements.document_names import DocumentName
from ..documents.kinds import KINDS
from ..errors import FileError
from ..verify import up_to_date
from ..verify.up_to_date import Today, Unreadable, Version
from ..workspace import folders


@dataclass(frozen=True, slots=True)
class SignedHashes:
    """A unit's signed documents, by kind and round, in the order of their files' numbers.

    ``odd`` is what can't be read as one.
    """

    versions: dict[tuple[str, str], list[Version]]
    odd: tuple[Unreadable, ...] = ()

    def revision(self, kind: str, round_: str, today: Today) -> tuple[int, bool]:
        """Which version of a document this is: 1 unless another one was signed before.

        And whether something was signed, and nothing that says the same.
        """
        known = self.versions.get((kind, round_), [])
        for number, version in enumerate(known, start=1):
            if today.gives(version):
                return number, False
        return len(known) + 1, bool(known)


def _is_document(path: Path) -> bool:
    """Whether a file is called as a document is; its scans have more behind that."""
    name = DocumentName.parse(path.stem, KINDS)
    if name is None:
        return False
    return not name.details or (KINDS[name.kind].of_round and "ink" not in name.details)


def read(folder: Path) -> SignedHashes:
    """What ``signed/<agency>/<unit>`` holds, by the records inside the PDFs.

    A document that is signed in several files (a copy, another of the same data) is one.
    """
    try:
        paths = list(folders.below(folder, ".pdf"))
    except FileError as error:
        return SignedHashes({}, (Unreadable(folder, error.message),))
    found, odd = up_to_date.read(paths)
    versions: dict[tuple[str, str], list[Version]] = {}
    seen = set()
    for version in found:
        key = (version.said["kind"], version.said["round"])
        if (key, version.said["data_hash"]) not in seen:
            seen.add((key, version.said["data_hash"]))
            versions.setdefault(key, []).append(version)
    # Scans lie there too.
    kept = (one for one in odd if not one.foreign or _is_document(one.path))
    return SignedHashes(versions, tuple(kept))

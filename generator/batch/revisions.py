"""What was signed stays: data that changed afterwards make a numbered revision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import verify


@dataclass(frozen=True, slots=True)
class Signed:
    """The data of a unit's signed documents, by kind, in the order of the files' names."""

    hashes: dict[tuple[str, str], list[str]]

    def revision(self, kind: str, round_: str, data_hash: str) -> int:
        """Which version of a document this is: 1 unless other data were signed before."""
        known = self.hashes.get((kind, round_), [])
        return (known.index(data_hash) if data_hash in known else len(known)) + 1

    def differs(self, kind: str, round_: str, data_hash: str) -> bool:
        """Whether something was signed, and other data than these."""
        known = self.hashes.get((kind, round_), [])
        return bool(known) and data_hash not in known


def read(folder: Path) -> Signed:
    """What ``signed/<agency>/<unit>`` holds, by the records inside the PDFs."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(folder.glob("**/*.pdf")) if folder.is_dir() else ():
        said = verify.record_of(path.read_bytes())
        if said:
            round_ = said.get("round", "")
            hashes = found.setdefault((said["kind"], round_), [])
            if said["data_hash"] not in hashes:
                hashes.append(said["data_hash"])
    return Signed(found)

"""Files that prove results: which there are, their hashes, and their bytes.

They lie below the agency's folder. Hashes are made piece by piece, however large a file is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..model import EvidencePiece, Results
from ..workspace import confined, folders, supervision
from ..workspace.confined import opened
from .files import DataFile

MAX_EVIDENCE = 100 << 20
"""No file that proves something is larger, in bytes."""

_PIECE = 1 << 20

EvidencePlace = tuple[str | int, ...]


def pieces(results: Results) -> Iterator[tuple[EvidencePlace, EvidencePiece]]:
    """All that proves results, of earlier states too, with its place in the results file."""
    for key, result in results.results.items():
        for index, piece in enumerate(result.evidence):
            yield ("results", key, "evidence", index), piece
        for number, state in enumerate(result.earlier):
            for index, piece in enumerate(state.evidence):
                yield ("results", key, "earlier", number, "evidence", index), piece


def names(results: Results) -> tuple[str, ...]:
    """The files that results name, as they are named, each once."""
    return tuple(dict.fromkeys(p.file for _, p in pieces(results) if p.file is not None))


def hash_of(path: Path) -> str:
    """A file's SHA-256. Raises FileError."""
    total = hashlib.sha256()
    supervision.at(path)
    try:
        with opened(path) as file:
            while piece := file.read(_PIECE):
                total.update(piece)
    except OSError as error:
        raise folders.refused(path, error) from error
    return total.hexdigest()


def hashes(folder: Path, reported: Iterable[DataFile[Results]]) -> Mapping[str, str]:
    """By name, the hashes of the files that results name. Raises FileError.

    What isn't there, or lies elsewhere, has none: the rules name it.
    """
    found: dict[str, str] = {}
    for file in reported:
        for name in names(file.model) if file.model is not None else ():
            path = folder / name
            if confined.fault(folder, name) is None and folders.is_file(path):
                found[name] = hash_of(path)
    return dict(sorted(found.items()))

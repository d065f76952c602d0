"""What proves a result, as reports list it: words as they were typed, files by name."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import EvidencePiece
from . import rich
from .rich import Rich


def evidence_lines(pieces: Iterable[EvidencePiece]) -> Rich:
    """Every piece: its words; or what a file shows, where in it, and the file's name."""
    return tuple(block for piece in pieces for block in _lines(piece))


def _lines(piece: EvidencePiece) -> Rich:
    if piece.file is None:
        return rich.parse(piece.text)
    said = " ".join(filter(None, (piece.about, piece.pages)))
    return rich.plain(f"{said} ({piece.file})" if said else piece.file)

"""Files that prove results are there, within the agency's folder, and as they were recorded."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements import evidence_files
from ..agreements.evidence_files import MAX_EVIDENCE
from ..agreements.files import DataFile
from ..diagnostics import Diagnostic, Location, did_you_mean, fault
from ..errors import FileError
from ..messages import Message, message
from ..model import EvidencePiece, Results
from ..workspace import confined
from ..workspace.reasons import why


def check_results(file: DataFile[Results], results: Results) -> Iterator[Diagnostic]:
    """Every file that a results file names; it lies two folders below its agency's."""
    folder = file.path.parent.parent.parent
    for place, piece in evidence_files.pieces(results):
        if piece.file is None:
            continue
        at = file.node.at(*place, "file")
        if reason := confined.fault(folder, piece.file, message("folder-of-the-agency")):
            yield fault("evidence-out-of-reach", at, file=piece.file, reason=reason)
            continue
        path = folder / piece.file
        try:
            if not path.is_file():
                near = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
                hint = did_you_mean(path.name, near)
                yield fault("evidence-missing", at, hint=hint, file=piece.file)
            elif path.stat().st_size > MAX_EVIDENCE:
                yield fault("evidence-too-large", at, file=piece.file, most=MAX_EVIDENCE >> 20)
            elif piece.sha256 is not None:
                yield from _changed(file, place, piece)
        except OSError as error:
            yield _unreadable(at, piece.file, why(error))


def _changed(
    file: DataFile[Results], place: evidence_files.EvidencePlace, piece: EvidencePiece
) -> Iterator[Diagnostic]:
    """A file that isn't the one whose hash was recorded."""
    assert piece.file is not None
    at = file.node.at(*place, "sha256")
    try:
        now = evidence_files.hash_of(file.path.parent.parent.parent / piece.file)
    except FileError as error:
        yield _unreadable(at, piece.file, error.said)
        return
    if now != piece.sha256:
        yield fault("evidence-changed", at, file=piece.file, now=now)


def _unreadable(at: Location, name: str, said: Message | str) -> Diagnostic:
    return fault("evidence-unreadable", at, file=name, reason=said)

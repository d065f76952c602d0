"""Whether finished documents say what today's data give, or other words.

A document whose source is today's is made of today's data. One whose source is another may say the
same all the same: what it doesn't print has changed, or gen itself. So what its own source says is
made again, by the same gen as what today's data say, and the two are compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..agreements import record, unsealing, yaml_tree
from ..agreements.document_names import revision_of
from ..agreements.record import DocumentInput
from ..documents import building, soundness
from ..documents.kinds import KINDS
from ..errors import DataError, FileError, GenError
from ..workspace.confined import read_bytes
from ..workspace.environment import Workspace
from . import finished_pdf
from .streams import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Version:
    """A finished document that lies somewhere, and what its record says."""

    path: Path
    said: Mapping[str, str]

    @property
    def source_hash(self) -> str:
        """The hash of its source."""
        return record.source_hash_of(self.said)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that should be a finished document, and why it can't be read as one.

    ``foreign``: it can be read, and is another's.
    """

    path: Path
    reason: str
    foreign: bool = False


def read(paths: Iterable[Path]) -> tuple[tuple[Version, ...], tuple[Unreadable, ...]]:
    """The documents at paths in the order of their numbers, and those that can't be read."""
    found: list[Version] = []
    odd: list[Unreadable] = []
    for path in sorted(paths, key=_number):
        try:
            found.append(
                Version(path, finished_pdf.record_of(read_bytes(path, MAX_BYTES), path.name))
            )
        except FileError as error:
            foreign = isinstance(error, finished_pdf.ForeignError)
            odd.append(Unreadable(path, error.message, foreign))
    return tuple(found), tuple(odd)


def _number(path: Path) -> tuple[str, int]:
    """``x-agreement.pdf`` before ``x-agreement-r2.pdf``, and that before ``-r10``."""
    return revision_of(path.stem)


class Today:
    """What a document of today's data says, however it is made.

    ``origins`` are the ways to make it; a hash of what it says is worked out only where a
    document has another source.
    """

    def __init__(
        self, workspace: Workspace, origins: Sequence[DocumentInput], emblem: bytes | None
    ) -> None:
        self._workspace, self._origins, self._emblem = workspace, tuple(origins), emblem

    def gives(self, version: Version) -> bool:
        """Whether a document says what today's data give. Raises FileError."""
        if version.source_hash in self._sources:
            return True
        if not self._contents:
            return False
        if version.said["data_hash"] in self._contents:
            return True
        return content_hash(self._workspace, version.path) in self._contents

    @cached_property
    def _sources(self) -> frozenset[str]:
        pictures = {record.EMBLEM: self._emblem} if self._emblem is not None else {}
        return frozenset(record.source_hash(origin, pictures) for origin in self._origins)

    @cached_property
    def _contents(self) -> frozenset[str]:
        """The data hashes; none where today's data are at fault, so that nothing can be made."""
        try:
            for origin in self._origins[:1]:
                soundness.checked(self._workspace, origin)
            return frozenset(
                building.built(self._workspace, origin, self._emblem).record.data_hash
                for origin in self._origins
            )
        except DataError:
            return frozenset()


def same(workspace: Workspace, one: Version, other: Version) -> bool:
    """Whether two documents say the same. Raises FileError."""
    if one.source_hash == other.source_hash or one.said["data_hash"] == other.said["data_hash"]:
        return True
    found = content_hash(workspace, one.path)
    return bool(found) and found == content_hash(workspace, other.path)


def content_hash(workspace: Workspace, path: Path) -> str:
    """The data hash that today's gen gives to what a document's own source says.

    Nothing where nothing can be made of it. Raises FileError.
    """
    carried = finished_pdf.carried(read_bytes(path, MAX_BYTES), path.name)
    made_of = yaml_tree.parse(
        Path(record.SOURCE), carried.get(record.SOURCE, b""), record.MAX_SOURCE
    )
    with tempfile.TemporaryDirectory(prefix="gen-") as folder:
        if (emblem := carried.get(record.EMBLEM)) is not None:
            Path(folder, record.EMBLEM).write_bytes(emblem)
        try:
            origin = unsealing.unsealed(made_of, Path(folder, record.SOURCE))
            known = origin.kind in KINDS
            return building.again(workspace, origin).record.data_hash if known else ""
        except GenError:
            return ""

"""Finished documents in the folder of parts: what was made yesterday is read again, not made again.

A document is kept by its key, which is that of the batch's log: its source, templates, faces,
libraries, and gen's own code. An entry isn't believed for its hash alone (``writers/kept/folder``):
its files are opened and read, say the same, pass what ``gen inspect --check`` asks, and were made
from the very source. Anything else is made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .. import verify
from ..agreements import record
from ..errors import GenError
from ..workspace.environment import SYMBOLS, Workspace, kept_parts
from ..writers.kept.folder import PartFolder
from ..writers.kept.store import key_of

_KIND = "finished document 1"


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document that was made and verified: its bytes by format."""

    files: Mapping[str, bytes]
    pages: int
    id: str

    def spelt(self) -> bytes:
        """It as bytes: a line that says what follows, then the files one after the other."""
        sizes = {name: len(data) for name, data in self.files.items()}
        head = json.dumps([self.id, self.pages, sizes], ensure_ascii=False)
        return b"".join((head.encode(), b"\n", *self.files.values()))


class _Spelling:
    """How documents are spelt."""

    def spelt(self, part: KeptDocument) -> bytes:
        """A document as bytes."""
        return part.spelt()

    def read(self, data: bytes) -> KeptDocument:
        """A document of its bytes. Raises ValueError, TypeError where it is none."""
        head, _, rest = data.partition(b"\n")
        id_, pages, sizes = json.loads(head)
        return KeptDocument(dict(_parted(rest, sizes)), int(pages), str(id_))


def kept(workspace: Workspace, key: str, source_hash: str) -> KeptDocument | None:
    """The document that was made from a source before, or None. ``key`` is "" where none may be."""
    folder = _folder() if key else None
    found: KeptDocument | None = folder.get(_named(key)) if folder is not None else None
    return found if found is not None and _holds(workspace, found, source_hash) else None


def keep(key: str, made: KeptDocument) -> None:
    """Keep a document that was made and verified, where there is a folder for it."""
    folder = _folder() if key else None
    if folder is not None:
        folder.put(_named(key), made)


def is_kept(key: str) -> bool:
    """Whether there is an entry, which may turn out to be none that is taken."""
    folder = _folder()
    return folder is not None and folder.has(_named(key))


def _folder() -> PartFolder | None:
    place = kept_parts(os.environ)
    return _at(place) if place is not None else None


# A folder counts what it writes: now and then it is looked at how much there is.
@lru_cache(maxsize=4)
def _at(place: Path) -> PartFolder:
    return PartFolder(place, _Spelling())


def _named(key: str) -> str:
    return key_of((_KIND, key))


def _holds(workspace: Workspace, kept: KeptDocument, source_hash: str) -> bool:
    """Whether the files are whole, say the same, and were made from a source, as this document.

    A questionnaire isn't taken: its marks and its map can't be read off it.
    """
    if set(kept.files) != {"docx", "pdf"}:
        return False
    docx, pdf = kept.files["docx"], kept.files["pdf"]
    try:
        found = verify.read_made(pdf, (workspace.font, SYMBOLS))
        verify.compare(verify.check_docx(docx), found.facts.content)
    except GenError:
        return False
    return (
        verify.untouched(docx)
        and not verify.problems(found)
        and record.source_hash_of(found.said) == source_hash
        and found.said["id"] == kept.id
        and found.facts.pages == kept.pages
    )


def _parted(data: bytes, sizes: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, size in sizes.items():
        yield str(name), data[start : start + int(size)]
        start += int(size)
    if start != len(data):
        raise ValueError("files")

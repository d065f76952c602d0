"""A finished PDF taken apart: what it is, what it says of itself, and what it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pikepdf

from ..agreements import record, yaml_tree
from ..agreements.yaml_tree import Plain, YamlFile
from ..errors import FileError
from ..messages import Message, message
from . import plain_sources
from .attachments import attachments
from .pdf import PdfFacts, facts_of
from .pdf_properties import PdfProperties, pdf_properties
from .streams import BROKEN, UnpackBudget, opened, reason

OWN = (record.SOURCE, record.TEXT, record.ABOUT)
"""What every document carries."""


class ForeignError(FileError):
    """A PDF that can be read, and is none of gen's."""


@dataclass(frozen=True, slots=True)
class FinishedPdf:
    """A PDF that gen made, or that says so. ``said`` is what its record says, where it is one."""

    facts: PdfFacts
    properties: PdfProperties
    said: Mapping[str, str]
    unsaid: Message | str

    @property
    def source(self) -> YamlFile | None:
        """What it was made from, read as a file is, with its faults and places."""
        return _parsed(self.attached(record.SOURCE))

    @property
    def plain_source(self) -> Plain:
        """The data alone of a source that has no faults; None where it can't be read."""
        data = self.attached(record.SOURCE)
        if data is not None and (said := _plain(data)) is not None:
            return dict(said)
        file = self.source
        return file.node.plain() if file is not None and file.node and not file.faults else None

    def attached(self, name: str) -> bytes | None:
        """The bytes of an attachment, or None."""
        return next((file.data for file in self.facts.attached if file.name == name), None)

    @property
    def fillable(self) -> bool:
        """Whether the source is of a form to be filled in on screen."""
        head = self._entry(record.HEAD)
        return isinstance(head, dict) and head.get("form") == "fillable"

    @property
    def pictures(self) -> Mapping[str, str]:
        """The hashes of the pictures that the source names."""
        plain = self._entry("pictures")
        if not isinstance(plain, dict):
            return {}
        return {name: hash_ for name, hash_ in plain.items() if isinstance(hash_, str)}

    def _entry(self, key: str) -> Plain:
        """An entry of the source, whatever is wrong with the others."""
        plain = self.plain_source
        if isinstance(plain, dict):
            return plain.get(key)
        node = self.source.node if self.source is not None else None
        found = node.child(key) if node is not None else None
        return found.plain() if found is not None else None


def read_pdf(data: bytes, name: str) -> FinishedPdf:
    """Take a PDF apart; ``name`` is what it is called. Raises FileError."""
    with _readable(data, name) as pdf:
        facts, found = facts_of(pdf, data, glyphs=True), pdf_properties(pdf)
    _refuse_foreign({file.name for file in facts.attached}, name)
    inspected = FinishedPdf(facts, found, {}, "")
    said, unsaid = said_by(inspected.attached(record.ABOUT))
    return FinishedPdf(facts, found, said, unsaid)


def carried(data: bytes, name: str) -> Mapping[str, bytes]:
    """What a document carries, by name, without a look at its pages. Raises FileError."""
    with _readable(data, name) as pdf:
        found = {file.name: file.data for file in attachments(pdf, UnpackBudget())}
    _refuse_foreign(found.keys(), name)
    return found


@contextmanager
def _readable(data: bytes, name: str) -> Iterator[pikepdf.Pdf]:
    """A PDF that is opened to be read. Raises FileError."""
    try:
        with opened(data) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise FileError(message("file-is-encrypted", name=name)) from error
    except BROKEN as error:
        if not data.lstrip()[:5] == b"%PDF-":
            raise FileError(message("file-is-no-pdf", name=name)) from error
        if isinstance(error, ValueError) and str(error):
            said = message("pdf-unreadable-because", name=name, reason=reason(error))
        else:
            said = message("pdf-unreadable", name=name)
        raise FileError(said) from error


def _refuse_foreign(names: Collection[str], name: str) -> None:
    if not set(names) & set(OWN):
        raise ForeignError(message("pdf-of-another-program", name=name))


@lru_cache(maxsize=2)
def _parsed(data: bytes | None) -> YamlFile | None:
    if data is None:
        return None
    return yaml_tree.parse(Path(record.SOURCE), data, record.MAX_SOURCE)


_plain = lru_cache(maxsize=2)(plain_sources.plain)


def said_by(data: bytes | None) -> tuple[Mapping[str, str], Message | str]:
    """What a record says; else why that can't be known."""
    if data is None:
        return {}, ""
    try:
        return record.read_about(data), ""
    except ValueError as error:
        return {}, reason(error)


def record_of(data: bytes, name: str) -> Mapping[str, str]:
    """What a PDF's record says of it, and its round. Raises FileError where it says nothing."""
    found = carried(data, name)
    said, unsaid = said_by(found.get(record.ABOUT))
    if not said:
        if unsaid:
            raise FileError(message("pdf-with-unreadable-record", name=name, reason=unsaid))
        raise FileError(message("pdf-without-record", name=name))
    head = record.head_of(found.get(record.SOURCE, b""))
    return {**said, "round": head.get("round", "")}

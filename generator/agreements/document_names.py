"""What units and their documents are called, and where a document's files stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from ..workspace.confined import below
from .files import UnitFile
from .record import DocumentOptions


def unit_id(unit: UnitFile) -> str:
    """The name of a unit's documents: its code without the last dot, else its file's name."""
    code = unit.file.model.code if unit.file.model is not None else None
    return unicodedata.normalize("NFC", (code or unit.id).rstrip("."))


def code_of(unit: UnitFile) -> str:
    """What plans and frames call a unit: its code, else its file's name."""
    return (unit.file.model.code if unit.file.model is not None else None) or unit.id


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a document's files are called: ``กอส-report-2-r3`` is the third one of round 2.

    ``unit`` is also the name of their folder. ``details`` are what a kind has several of: the
    survey, its form, the round, the paper, whether it is in copies. ``revision`` counts the
    versions of which those before were signed.
    """

    unit: str
    kind: str
    details: tuple[str, ...] = ()
    revision: int = 1

    def __str__(self) -> str:
        plain = "-".join((self.unit, self.kind, *self.details))
        return plain if self.revision == 1 else f"{plain}-r{self.revision}"

    def revised(self, revision: int) -> DocumentName:
        """The same document's name as that version."""
        return replace(self, revision=revision)

    def file(self, extension: str) -> str:
        """The name of the document's file in a format."""
        return f"{self}.{extension}"

    def path(self, base: Path, agency: str, extension: str) -> Path:
        """Where the file stands: ``<base>/<agency>/<unit>/<name>.<extension>``.

        Raises FileError where that is no path below ``base``.
        """
        return below(base, f"{agency}/{self.unit}/{self.file(extension)}")

    @classmethod
    def of(
        cls,
        unit: str,
        kind: str,
        options: DocumentOptions,
        *,
        paper: str = "",
        copies: bool = False,
    ) -> DocumentName:
        """The name of a document by how it is made; ``paper`` only where it isn't the usual one."""
        several = "copies" if copies else ""
        details = (options.survey, options.layout, options.round, paper, several)
        return cls(unit, kind, tuple(filter(None, details)))

    @classmethod
    def parse(cls, stem: str, kinds: Collection[str], unit: str = "") -> DocumentName | None:
        """What a file's name (without its ending) says; None where it names no document.

        ``kinds`` are those there are. Without ``unit`` the unit's name ends where a kind begins.
        """
        ordered = sorted(kinds, key=lambda kind: (-len(kind), kind))
        match = re.fullmatch(
            rf"(?P<unit>{re.escape(unit) if unit else '.+?'})-(?P<kind>{'|'.join(ordered)})"
            r"(?:-(?P<details>.+?))??(?:-r(?P<revision>\d+))?",
            unicodedata.normalize("NFC", stem),
        )
        if match is None:
            return None
        details = tuple((match["details"] or "").split("-")) if match["details"] else ()
        return cls(match["unit"], match["kind"], details, int(match["revision"] or 1))


_REVISED = re.compile(r"(.*?)(?:-r(\d+))?")


def revision_of(stem: str) -> tuple[str, int]:
    """A document's name without its revision, and that: ``x-agreement`` before its ``-r2``."""
    match = _REVISED.fullmatch(unicodedata.normalize("NFC", stem))
    return (match[1], int(match[2] or 1)) if match is not None else (stem, 1)


def folder_of(base: Path, agency: str, unit: str) -> Path:
    """Where the documents of a unit stand. Raises FileError where that leads out of ``base``."""
    return below(base, f"{agency}/{unit}")


def unit_archive(base: Path, agency: str, unit: str) -> Path:
    """The archive of a unit's documents, beside them. Raises FileError."""
    return folder_of(base, agency, unit) / f"{unit}.zip"


def agency_archive(base: Path, agency: str) -> Path:
    """The archive of all documents of an agency."""
    return base / agency / f"{agency}.zip"


def print_file(base: Path, agency: str) -> Path:
    """All documents of an agency in one PDF to print."""
    return base / agency / f"{agency}-print.pdf"


def agency_workbook(base: Path, agency: str) -> Path:
    """The workbook of a whole agency."""
    return base / agency / f"{agency}.xlsx"


def comparison(base: Path, agency: str, name: str) -> Path:
    """What says how two versions differ, apart from the documents themselves. Raises FileError."""
    return below(base, f"{agency}/changes/{name}")

"""What a PDF is drawn of, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...survey import AnswerColumn
from ...typesetting.lettering import AVERAGE, Lettering
from .places import BoxPlace


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF. ``relationship`` is a word of PDF 2.0, 7.11.3 (Source, Data)."""

    name: str
    data: bytes
    description: str
    relationship: str = "Supplement"


@dataclass(frozen=True, slots=True)
class FormFieldsSetup:
    """What a questionnaire's page is made with: the files of the faces of text and of signs.

    ``columns`` are those of its answers, by code. ``fillable``: its boxes and blanks are fields.
    """

    face: Path
    symbols: Path
    columns: Mapping[str, AnswerColumn]
    fillable: bool = False


@dataclass(frozen=True, slots=True)
class DrawnPdf:
    """A PDF, how many pages it has, and where its boxes and blanks stand."""

    data: bytes
    pages: int
    places: tuple[BoxPlace, ...] = ()

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.data) + 500 * len(self.places) + 500


@dataclass(frozen=True, slots=True)
class PdfJob:
    """One PDF to draw: HTML in a face with a stylesheet, pictures by their addresses.

    ``sheet`` where it is a questionnaire, ``day`` what its attachments are dated to,
    ``lettering`` what its words are measured with, and the names that its lines don't break.
    """

    stylesheet: str
    face: str
    html: str
    sheet: FormFieldsSetup | None
    pictures: Mapping[str, tuple[str, bytes]]
    attached: Sequence[Attached]
    day: date
    lettering: Lettering = AVERAGE

"""The bytes are opened again: what does the file say, and is it what it should?

Its content is the ordered sequence of paragraphs, cells and pictures. Left out are, by rule:
repeated header rows, page heads and feet (both are artifacts in the PDF), empty paragraphs
outside tables, and the frame of layout tables, whose paragraphs count as paragraphs.
"""

from __future__ import annotations

from ..agreements import record
from ..errors import FileError, VerificationError
from ..messages import message
from .consistency import problems
from .content import Content, ContentPiece, compare, squeezed
from .docx import DAMAGED, docx_content, untouched
from .finished_pdf import OWN, FinishedPdf, ForeignError, carried, read_pdf, record_of, said_by
from .html import ExpectedPdf, html_content, html_text, html_wanted
from .pdf import PdfFacts, page_count, pdf_facts
from .streams import BROKEN, MAX_BYTES, opened, reason

__all__ = [
    "MAX_BYTES",
    "OWN",
    "Content",
    "ContentPiece",
    "ExpectedPdf",
    "FinishedPdf",
    "ForeignError",
    "PdfFacts",
    "carried",
    "check_docx",
    "check_pdf",
    "check_print",
    "check_says",
    "compare",
    "docx_content",
    "html_content",
    "html_text",
    "html_wanted",
    "page_count",
    "pdf_facts",
    "problems",
    "read_made",
    "read_pdf",
    "record_of",
    "squeezed",
    "untouched",
]


def check_docx(data: bytes) -> Content:
    """Open a DOCX again and read it. Raises VerificationError."""
    try:
        return docx_content(data)
    except DAMAGED as error:
        raise VerificationError(
            message("docx-does-not-open-again", reason=reason(error))
        ) from error


def check_pdf(data: bytes, faces: tuple[str, ...]) -> PdfFacts:
    """Open a PDF again; only ``faces`` may be embedded. Raises VerificationError."""
    try:
        facts = pdf_facts(data)
    except BROKEN as error:
        raise VerificationError(message("pdf-does-not-open-again", reason=reason(error))) from error
    _refuse_faults(facts, faces)
    return facts


def read_made(data: bytes, faces: tuple[str, ...]) -> FinishedPdf:
    """The same, with all that it carries. Raises VerificationError."""
    try:
        found = read_pdf(data, "the PDF")
    except FileError as error:
        raise VerificationError(message("pdf-does-not-open-again", reason=error.said)) from error
    _refuse_faults(found.facts, faces)
    return found


def _refuse_faults(facts: PdfFacts, faces: tuple[str, ...]) -> None:
    for fault in facts.faults:
        raise VerificationError(message("pdf-not-whole", fault=fault))
    allowed = tuple(face.replace(" ", "") for face in faces)
    foreign = sorted(name for name in facts.fonts if not name.startswith(allowed))
    if foreign:
        raise VerificationError(message("pdf-holds-foreign-faces", faces=tuple(foreign)))


def check_print(data: bytes, sides: int) -> None:
    """Open a print job again: it has so many sides. Raises VerificationError."""
    try:
        with opened(data) as pdf:
            found = len(pdf.pages)
    except BROKEN as error:
        raise VerificationError(message("pdf-does-not-open-again", reason=reason(error))) from error
    if found != sides:
        raise VerificationError(
            message("pdf-has-other-page-count", found=str(found), wanted=str(sides))
        )


def check_says(found: FinishedPdf, html: str, text: bytes) -> None:
    """A PDF passes all that ``gen inspect --check`` asks, and carries ``text``.

    ``html`` is what it was made of. Raises VerificationError.
    """
    for problem in problems(found, html_wanted(html)):
        raise VerificationError(message("pdf-is-not-what-it-says", problem=problem))
    attached = {file.name: file.data for file in found.facts.attached}
    said, unsaid = said_by(attached[record.ABOUT])
    if unsaid:
        raise VerificationError(message("record-of-pdf-unreadable", reason=unsaid))
    if attached[record.TEXT] != text or said["text_hash"] != record.sha256(text):
        raise VerificationError(message("pdf-carries-another-text"))

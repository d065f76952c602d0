"""The bytes are opened again: what does the file say, and is it what it should?

A story is the ordered sequence of paragraphs, cells and pictures. Left out are, by rule:
repeated header rows, page heads and feet (both are artifacts in the PDF), empty paragraphs
outside tables, and the frame of layout tables, whose paragraphs count as paragraphs.
"""

from __future__ import annotations

import zipfile

import pikepdf
from lxml import etree

from ..errors import VerificationError
from .docx import docx_story
from .html import html_story, html_text
from .pdf import PdfFacts, pdf_facts
from .story import Piece, Story, compare, squeezed

__all__ = [
    "PdfFacts",
    "Piece",
    "Story",
    "check_docx",
    "check_pdf",
    "compare",
    "docx_story",
    "html_story",
    "html_text",
    "pdf_facts",
    "squeezed",
]


def check_docx(data: bytes) -> Story:
    """Open a DOCX again and read it. Raises VerificationError."""
    try:
        return docx_story(data)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise VerificationError(f"the DOCX doesn't open again: {error}") from error


def check_pdf(data: bytes, faces: tuple[str, ...]) -> Story:
    """Open a PDF again; only ``faces`` may be embedded. Raises VerificationError."""
    try:
        facts = pdf_facts(data)
    except (pikepdf.PdfError, KeyError, ValueError) as error:
        raise VerificationError(f"the PDF doesn't open again: {error}") from error
    allowed = tuple(face.replace(" ", "") for face in faces)
    foreign = sorted(name for name in facts.fonts if not name.startswith(allowed))
    if foreign:
        raise VerificationError(f"the PDF holds a face it should not: {', '.join(foreign)}")
    return facts.story

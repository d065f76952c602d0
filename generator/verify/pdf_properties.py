"""What a PDF says of itself beside its text: title, dates, standards, signatures, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from lxml import etree

from ..messages import message
from .streams import DEEP, UnpackBudget, identity, is_dictionary, listed

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d))?")
_STANDARDS = (
    ("PDF/A", "{http://www.aiim.org/pdfa/ns/id/}"),
    ("PDF/UA", "{http://www.aiim.org/pdfua/ns/id/}"),
)
_PROPERTIES = ("part", "conformance")
_FIELDS = 1000
"""How many form fields are looked at; gen's own are a handful."""


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A place to sign. ``shows`` tells whether something is drawn on it."""

    name: str
    purpose: str
    page: int | None
    signed: bool
    shows: bool


@dataclass(frozen=True, slots=True)
class PdfProperties:
    """A PDF's own account of itself. ``notes`` are annotations that no one signs: page, kind."""

    title: str
    created: str
    modified: str
    claims: tuple[str, ...]
    fields: tuple[SignatureField, ...]
    notes: tuple[tuple[int, str], ...]


def pdf_properties(pdf: pikepdf.Pdf) -> PdfProperties:
    """Read what an open PDF says of itself. Raises ``streams.BROKEN``."""
    budget = UnpackBudget()
    info = pdf.trailer.get("/Info")
    texts = {key: str(info.get(key, "")) for key in info} if is_dictionary(info) else {}
    notes: list[tuple[int, str]] = []
    pages: dict[Any, int] = {}
    for number, page in enumerate(pdf.pages, start=1):
        for note in listed(page.obj.get("/Annots")):
            if not is_dictionary(note):
                continue
            pages[identity(note)] = number
            if note.get("/Subtype") != "/Widget" or note.get("/FT") != "/Sig":
                notes.append((number, str(note.get("/Subtype", "")).lstrip("/")))
    return PdfProperties(
        title=texts.get("/Title", ""),
        created=_date(texts.get("/CreationDate", "")),
        modified=_date(texts.get("/ModDate", "")),
        claims=_claims(pdf, budget),
        fields=tuple(_fields(pdf, pages, budget)),
        notes=tuple(notes),
    )


def _date(text: str) -> str:
    """A date of a PDF as 2026-10-01, with the time where it has one."""
    match = _DATE.match(text)
    if match is None:
        return text
    day = "-".join(part for part in match.groups()[:3] if part)
    return f"{day} {match[4]}:{match[5]}" if match[4] else day


def _claims(pdf: pikepdf.Pdf, budget: UnpackBudget) -> tuple[str, ...]:
    """The standards that the metadata say the file holds to: PDF/A-3A, PDF/UA-1."""
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(budget.unpack(stream), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(message("metadata-damaged")) from error
    said: dict[str, str] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            said |= {str(key): str(value) for key, value in element.attrib.items()}
            said[element.tag] = element.text or ""
    return tuple(_claimed(said))


def _claimed(said: Mapping[str, str]) -> Iterator[str]:
    for name, space in _STANDARDS:
        part, conformance = (said.get(f"{space}{key}", "").strip() for key in _PROPERTIES)
        if part:
            yield f"{name}-{part}{conformance}"


def _fields(
    pdf: pikepdf.Pdf, pages: Mapping[Any, int], budget: UnpackBudget
) -> Iterator[SignatureField]:
    """The signature fields of the form, in its order."""
    form = pdf.Root.get("/AcroForm")
    todo = listed(form.get("/Fields"))[::-1] if is_dictionary(form) else []
    seen: set[Any] = set()
    while todo and len(seen) < _FIELDS:
        field = todo.pop()
        if not is_dictionary(field) or identity(field) in seen:
            continue
        seen.add(identity(field))
        if field.get("/FT") != "/Sig":
            todo += listed(field.get("/Kids"))[::-1]
            continue
        places = [identity(place) for place in (field, *listed(field.get("/Kids"))[:DEEP])]
        name = str(field.get("/T", ""))
        yield SignatureField(
            name=name,
            purpose=str(field.get("/TU", "")),
            page=next((pages[place] for place in places if place in pages), None),
            signed=field.get("/V") is not None,
            shows=_shows(field, budget),
        )


def _shows(field: Any, budget: UnpackBudget) -> bool:
    """Whether something is drawn on a field."""
    looks = field.get("/AP")
    normal = looks.get("/N") if is_dictionary(looks) else None
    return isinstance(normal, pikepdf.Stream) and bool(budget.unpack(normal).strip())

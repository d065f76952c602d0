"""What goes out: an archive a unit, one of all with a contents page, one PDF to print."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from .. import rules, verify
from ..agreements import reading, record, yaml_tree
from ..agreements.files import ValidAgency
from ..documents import common, inputs
from ..documents.common import DocumentSubject, Fields, PageFurniture, Picture, Properties
from ..documents.parts import widths
from ..documents.parts.pages import ACROSS
from ..workspace.confined import below, read_bytes
from ..workspace.environment import SYMBOLS, Workspace
from ..writers import document
from .manifest import ManifestEntry

CONTENTS = "contents.pdf"
_LETTER = 0.16
"""The width of a page on its side and of a letter at 11 pt, in centimetres."""
_DATE = (1980, 1, 1, 0, 0, 0)
_WORDS = Path(__file__).with_name("contents.yaml")
_REVISION = re.compile(r"-r(\d+)$")


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A document on the contents page."""

    number: str
    unit: str
    document: str
    id: str
    pages: str
    weight: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """Everything the contents page says."""

    properties: Properties
    page: PageFurniture
    title: str
    agency: str
    headings: tuple[str, ...]
    rows: tuple[ContentsRow, ...]
    total: str
    documents: str
    pages: str
    widths: tuple[float, ...]


def zipped(
    workspace: Workspace, agency: Path, base: Path, entries: Sequence[ManifestEntry]
) -> dict[Path, bytes]:
    """An archive of each unit's documents, and one of all with a contents page."""
    folder = base / agency.name
    files: dict[Path, bytes] = {}
    everything: dict[str, bytes] = {}
    for unit in dict.fromkeys(entry.unit for entry in entries):
        own = {
            name: read_bytes(below(folder, name))
            for entry in entries
            if entry.unit == unit
            for name in sorted(entry.files)
        }
        everything |= own
        files[below(folder, f"{unit}/{unit}.zip")] = _pack(
            {name.rpartition("/")[2]: data for name, data in own.items()}
        )
    everything[CONTENTS] = contents_page(workspace, agency, entries)
    files[folder / f"{agency.name}.zip"] = _pack(everything)
    return files


def merged(agency: Path, base: Path, entries: Iterable[ManifestEntry]) -> dict[Path, bytes]:
    """All documents in one PDF to print, a bookmark each."""
    folder = base / agency.name
    data = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        places: list[tuple[str, int]] = []
        for entry in entries:
            name = next(name for name in entry.files if name.endswith(".pdf"))
            places.append((entry.name, len(pdf.pages)))
            with pikepdf.Pdf.open(io.BytesIO(read_bytes(below(folder, name)))) as part:
                for page in part.pages:
                    # Fields to sign and the order of reading are the document's, not the copy's.
                    for key in ("/Annots", "/StructParents"):
                        if key in page.obj:
                            del page.obj[key]
                pdf.pages.extend(part.pages)
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in places)
        pdf.save(data, deterministic_id=True)
    return {folder / f"{agency.name}-print.pdf": data.getvalue()}


def contents_page(workspace: Workspace, agency: Path, entries: Sequence[ManifestEntry]) -> bytes:
    """The contents page as PDF. Raises RenderingError, VerificationError."""
    from ..templates.html import CODE, EMBLEM
    from ..writers import qr_code
    from ..writers.pdf.writer import PdfWriter

    folder = rules.valid(reading.read_agency(agency))
    emblem = inputs.emblem_of(folder)
    context = contents(folder, emblem, entries)
    templates = document.html_templates(workspace.template_roots, folder.id)
    pictures = {CODE: ("image/png", qr_code.dots(context.page.id))}
    if emblem is not None:
        pictures[EMBLEM] = ("image/png", emblem)
    data = PdfWriter(templates.stylesheet("_contents"), workspace.font).write(
        templates.render("_contents", context),
        pictures=pictures,
        day=workspace.day or context.properties.day,
    )
    verify.check_pdf(data, (workspace.font, SYMBOLS))
    return data


def contents(
    folder: ValidAgency, emblem: bytes | None, entries: Sequence[ManifestEntry]
) -> ContentsPage:
    """The finished strings of the contents page."""
    agency, wording = folder.agency.model, folder.wording.model
    words: Any = yaml_tree.read(_WORDS).node.plain()  # type: ignore[union-attr]
    made_of = "\n".join(f"{entry.name} {entry.id}" for entry in entries)
    subject = DocumentSubject(
        agency,
        wording,
        reading.read_form(folder).unit,
        (),
        Picture(emblem, "") if emblem is not None else None,
        record.document_id(hashlib.sha256(made_of.encode()).hexdigest()),
        scope="agency",
    )

    def digits(number: object) -> str:
        return common.digits(agency, str(number))

    fill = Fields({"agency": agency.name, "year": digits(agency.fiscal_year)}, "", blank_form=False)
    rows = tuple(
        ContentsRow(
            digits(number),
            entry.about["unit"],
            _called(entry, words, digits),
            entry.id,
            digits(entry.pages),
            digits(entry.about["weight"]),
            tuple(entry.about["signers"]),
        )
        for number, entry in enumerate(entries, start=1)
    )
    headings = tuple(
        words[key] for key in ("number", "unit", "document", "id", "pages", "weight", "signers")
    )
    return ContentsPage(
        common.properties(subject, words["title"]),
        replace(common.furniture(subject, common.fields(subject)), footer=words["title"]),
        words["title"],
        fill.fill(words["agency"]),
        headings,
        rows,
        words["total"],
        digits(len(entries)),
        digits(sum(entry.pages for entry in entries)),
        widths.share_out(
            [
                headings,
                *(
                    (r.number, r.unit, r.document, r.id, r.pages, r.weight, " ".join(r.signers))
                    for r in rows
                ),
            ],
            ACROSS.text_width,
            _LETTER,
            [1.2, 4, 4, 3.4, 1.8, 1.6, 5],
        ),
    )


def _called(entry: ManifestEntry, words: Mapping[str, Any], digits: Any) -> str:
    """What a document is called: its kind, its round, its revision."""
    revision = _REVISION.search(entry.name)
    parts = [
        words["kinds"].get(entry.kind, entry.kind),
        f"{words['round']} {digits(entry.round)}" if entry.round else "",
        f"{words['revision']} {digits(revision[1])}" if revision else "",
    ]
    return " ".join(filter(None, parts))


def _pack(parts: Mapping[str, bytes]) -> bytes:
    """An archive, the same bytes for the same parts; what is packed already is only stored."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name])
    return buffer.getvalue()

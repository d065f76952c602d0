"""What goes out: an archive a unit, one of all with a contents page, one PDF to print."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pikepdf

from .. import rules
from ..agreements import evidence_files, reading
from ..agreements.document_names import agency_archive, print_file, unit_archive
from ..agreements.paths import beside, id_of
from ..documents import inputs, listings
from ..documents.common import ListedDocument
from ..documents.kinds import KINDS
from ..workspace import folders
from ..workspace.confined import below, read_bytes
from ..workspace.environment import Workspace
from ..writers import listing
from .manifest import ManifestEntry

CONTENTS, EVIDENCE = "contents.pdf", "evidence"
_DATE = (1980, 1, 1, 0, 0, 0)
_REVISION = re.compile(r"-r(\d+)$")


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
        proof = _evidence(agency, [entry for entry in entries if entry.unit == unit])
        everything |= own | proof
        alone = {name.rpartition("/")[2]: data for name, data in own.items()}
        files[unit_archive(base, agency.name, unit)] = _pack(alone | proof)
    everything[CONTENTS] = contents_page(workspace, agency, entries)
    files[agency_archive(base, agency.name)] = _pack(everything)
    return files


def _evidence(agency: Path, entries: Iterable[ManifestEntry]) -> dict[str, bytes]:
    """The files that the reports of a unit list, by what an archive calls them.

    Raises FileError, also for one that isn't below the agency's folder.
    """
    found: dict[str, bytes] = {}
    for entry in entries:
        if not KINDS[entry.kind].lists_evidence:
            continue
        path = beside(agency / "results" / entry.round, id_of(below(agency, entry.source)))
        model = reading.read_results(path).model if folders.is_file(path) else None
        for name in evidence_files.names(model) if model is not None else ():
            if _packed(name) not in found:
                data = read_bytes(below(agency, name), evidence_files.MAX_EVIDENCE)
                found[_packed(name)] = data
    return found


def _packed(name: str) -> str:
    """What an archive calls a file that proves something: as the report does, in one folder."""
    return name if name.startswith(f"{EVIDENCE}/") else f"{EVIDENCE}/{name}"


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
    return {print_file(base, agency.name): data.getvalue()}


def contents_page(workspace: Workspace, agency: Path, entries: Sequence[ManifestEntry]) -> bytes:
    """The contents page as PDF. Raises TemplateFault, RenderingError, VerificationError."""
    folder = rules.valid(reading.read_agency(agency))
    made_of = "\n".join(f"{entry.name} {entry.id}" for entry in entries)
    subject = listings.subject(
        folder,
        inputs.emblem_of(folder),
        made_of.encode(),
        lettering=workspace.lettering,
        documents=tuple(map(_listed, entries)),
    )
    return listing.write(workspace, folder.id, "contents", subject, workspace.day)


def _listed(entry: ManifestEntry) -> ListedDocument:
    revision = _REVISION.search(entry.name)
    return ListedDocument(
        entry.about["unit"],
        entry.kind,
        entry.round,
        revision[1] if revision else "",
        entry.id,
        entry.pages,
        entry.about["weight"],
        tuple(entry.about["signers"]),
    )


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

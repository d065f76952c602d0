"""A paper that was signed in ink: its scan, kept with a record, checked by its QR codes.

Every page of a document bears its id as QR code, so a scan of another document, or of another
version of it, can't be recorded for this one. Who signed, and when, is what the officer says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..agreements.record import sha256
from ..errors import FileError, MissingError, UsageError, VerificationError
from ..messages import message
from ..verify.up_to_date import Version
from ..workspace.environment import Workspace
from . import runs, store
from .clock import THAI_TIME
from .store import ScanRecord

_DOTS = (200, 300)
"""How finely a page is looked at, in dots per inch: finer where nothing was found."""

_MAX_PAGES = 500
_MAX_SIDE = 60.0
"""How long a page's side may be, in inches."""

_MAX_PIXELS = 20_000_000
"""How large a page's picture may be: A3 at 300 dots per inch is 17.4 million."""


@dataclass(frozen=True, slots=True)
class RecordedScan:
    """A scan that was recorded: its file, for which places, and what is remarkable about it."""

    path: Path
    fields: tuple[str, ...]
    remarks: tuple[str, ...]


def record(
    workspace: Workspace, document: Path, scan: Path, who: Sequence[str], day: date
) -> RecordedScan:
    """Keep the scan of a document that was signed in ink, with its record.

    Raises UsageError, DataError, VerificationError for a scan of something else, FileError.
    """
    today = workspace.now.astimezone(THAI_TIME).date()
    if day > today:
        raise UsageError(message("day-still-to-come", day=day.isoformat()))
    given, scanned = store.read(document), store.read(scan)
    verdict = runs.sound(workspace, given, document.name)
    assert verdict.signable is not None
    assert verdict.found is not None
    remarks = _compare(codes(scanned, scan.name), verdict.signable.id, verdict.found.facts.pages)
    with store.locked(store.folder(workspace, verdict.signable.agency, verdict.signable.name)):
        path = store.target(workspace, verdict.signable, Version(document, verdict.found.said))
        data = store.newest(given, path)
        if data != given:
            verdict = runs.sound(workspace, data, path.name)
        signable = verdict.signable
        assert signable is not None
        places = [runs.one_place(signable, one) for one in dict.fromkeys(who)]
        for place in places:
            runs.refuse_taken(path, place, {one.field for one in verdict.signatures})
        file, about = store.scan_names(path, len(store.scan_records(path)) + 1)
        scan_record = ScanRecord(
            signable.id,
            signable.data_hash,
            file.name,
            sha256(scanned),
            tuple(place.field for place in places),
            day.isoformat(),
            today.isoformat(),
        )
        new = {} if path.exists() else {path: data}
        store.publish({**new, file: scanned, about: store.record_of(scan_record)})
    return RecordedScan(file, scan_record.fields, remarks)


def codes(data: bytes, name: str) -> tuple[frozenset[str], ...]:
    """The texts of the QR codes on each page. Raises MissingError, FileError."""
    try:
        import pypdfium2
        import zxingcpp
    except ImportError as error:
        raise MissingError(message("scan-libraries-missing")) from error

    kinds: Any = zxingcpp.BarcodeFormat.QRCode

    def read(page: Any, dots: int) -> frozenset[str]:
        wide, high = page.get_size()
        if max(wide, high) > _MAX_SIDE * 72:
            raise FileError(message("scan-page-too-large", file=name, inches=f"{_MAX_SIDE:.0f}"))
        # A page that is larger than paper is looked at less finely: its picture is bounded.
        finest = math.sqrt(_MAX_PIXELS / max(wide * high, 1.0))
        picture = page.render(scale=min(dots / 72, finest), grayscale=True).to_pil()
        found = zxingcpp.read_barcodes(picture, formats=kinds)
        return frozenset(code.text for code in found)

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > _MAX_PAGES:
                raise FileError(message("scan-too-long", file=name, most=_MAX_PAGES))
            pages = []
            for page in pdf:
                pages.append(next((found for dots in _DOTS if (found := read(page, dots))), None))
                page.close()
            return tuple(found or frozenset() for found in pages)
    except pypdfium2.PdfiumError as error:
        raise FileError(message("scan-no-pdf", file=name)) from error


def _compare(found: Sequence[frozenset[str]], id_: str, pages: int) -> tuple[str, ...]:
    """What is remarkable about a scan of a document. Raises VerificationError for another's."""
    for number, texts in enumerate(found, start=1):
        if texts and id_ not in texts:
            raise VerificationError(message("scan-of-another-document", page=number, id=id_))
    if not any(found):
        raise VerificationError(message("scan-without-code"))
    remarks = []
    unread = tuple(number for number, texts in enumerate(found, start=1) if not texts)
    if unread:
        remarks.append(message("scan-pages-without-code", pages=unread))
    if len(found) != pages:
        remarks.append(message("scan-of-other-length", scanned=len(found), pages=pages))
    return tuple(map(str, remarks))

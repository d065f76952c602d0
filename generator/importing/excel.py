"""Excel files opened: what a file must be before anything in it is read, and its workbook."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from ..diagnostics import Diagnostic, Location, fault
from ..messages import Message, message
from ..workspace.archives import DAMAGED, NO_ARCHIVE

MAX_BYTES = 32 << 20
"""So large may a workbook be, packed or unpacked."""

MAX_ENTRIES = 500
MAX_TAGS = 1_000_000
"""So many tags all parts together may have: each becomes an object."""

_OLE = b"\xd0\xcf\x11\xe0"


_STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(officeDocument|spreadsheetml|drawingml|presentationml)/"
)
"""What names of a workbook begin with that was saved as Strict Open XML (ISO 29500)."""


def opened(
    path: Path, data: bytes, hint: Message | str = "", tags: int = MAX_TAGS
) -> Workbook | Diagnostic:
    """The workbook in ``data``, or why it can't be read; ``path`` only names it.

    ``hint`` is said of what isn't even tried, in place of the remedy of each case; ``tags`` is how
    many tags all parts together may have.
    """
    refused = _refusal(data, tags)
    if refused is not None:
        return Diagnostic(refused, Location(path), hint)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(_transitional(data)), keep_links=False)
    except Exception as error:  # a damaged part ends openpyxl in any of many ways
        reason = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
        return fault("workbook-unreadable", Location(path), reason=reason)


def _transitional(data: bytes) -> bytes:
    """A strict workbook with the names that all others have, the only ones openpyxl knows."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        if _STRICT.search(old.read("xl/workbook.xml")) is None:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = old.read(name)
                if name.lower().endswith((".xml", ".rels")):
                    part = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
                new.writestr(name, part)
    return out.getvalue()


def _refusal(data: bytes, most: int) -> Message | None:
    """Why these bytes are not read as a workbook; None where they are."""
    if len(data) > MAX_BYTES:
        return message("excel-or-csv-too-large", size=MAX_BYTES >> 20)
    if data.startswith(_OLE):
        return message("workbook-old-or-locked")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _inside(archive, most)
    except NO_ARCHIVE:
        return message("no-workbook")
    except DAMAGED:
        return message("workbook-damaged")


def _inside(archive: zipfile.ZipFile, most: int) -> Message | None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        return message("workbook-of-too-many-parts", parts=len(entries))
    names = {entry.filename for entry in entries}
    if len(names) < len(entries):
        return message("workbook-part-twice")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        return message("no-xlsx")
    left, tags = MAX_BYTES, 0
    for entry in entries:
        with archive.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            return message("workbook-unpacks-too-large", size=MAX_BYTES >> 20)
        tags += content.count(b"<")
        if tags > most:
            return message("workbook-of-too-many-tags", most=f"{most:,}")
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")) and (
            b"<!DOCTYPE" in content or b"\x00" in content
        ):
            return message("workbook-part-not-plain", part=entry.filename)
    return None

"""What ``gen inspect`` says of a PDF, and what it takes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import verify
from ..agreements import record
from ..verify import FinishedPdf
from ..verify.extraction import extracted
from ..visible import plain
from ..workspace.confined import read_bytes
from ..workspace.environment import Workspace
from ..writers import remade

__all__ = ["as_json", "examine", "extracted", "lines", "problems"]

_WIDTH = 14
_LABELS = {
    "title": "title",
    "id": "id",
    "kind": "kind",
    "agency": "agency",
    "unit": "unit",
    "generator": "made by gen",
    "data_hash": "data hash",
    "source_hash": "source hash",
    "text_hash": "text hash",
    "template_hash": "template hash",
    "pages": "pages",
    "fonts": "fonts",
    "created": "dated",
    "modified": "changed",
    "claims": "claims to be",
}


def examine(path: Path) -> FinishedPdf:
    """Take the PDF at ``path`` apart. Raises FileError."""
    return verify.read_pdf(read_bytes(path, verify.MAX_BYTES), path.name)


def as_json(found: FinishedPdf) -> dict[str, Any]:
    """All that is known of a PDF, for machines; what its record doesn't say is empty."""
    facts, properties = found.facts, found.properties
    return {
        "title": plain(properties.title),
        **{key: plain(found.said.get(key, "")) for key in record.KEYS},
        "pages": facts.pages,
        "fonts": sorted(map(plain, facts.fonts)),
        "created": plain(properties.created),
        "modified": plain(properties.modified),
        "claims": [plain(claim) for claim in properties.claims],
        "attachments": [
            {
                "name": plain(file.name),
                "size": len(file.data),
                "relationship": plain(file.relationship),
            }
            for file in facts.attached
        ],
        "signatures": [
            {
                "name": plain(field.name),
                "purpose": plain(field.purpose),
                "page": field.page,
                "signed": field.signed,
            }
            for field in properties.fields
        ],
    }


def lines(found: FinishedPdf) -> Iterator[str]:
    """The same, for people."""
    known = as_json(found)
    for key, label in _LABELS.items():
        value = known[key]
        text = ", ".join(value) if isinstance(value, list) else str(value)
        if text:
            yield f"{label:{_WIDTH}} {text}"
    for file in known["attachments"]:
        size = f"{file['size']} bytes"
        yield f"{'attachment':{_WIDTH}} {file['name']}, {size} ({file['relationship']})"
    for field in known["signatures"]:
        place = f"page {field['page']}" if field["page"] else "no page"
        state = "signed" if field["signed"] else "empty"
        yield f"{'signature':{_WIDTH}} {field['name']}, {place}, {state}: {field['purpose']}"


def problems(workspace: Workspace, found: FinishedPdf) -> tuple[tuple[str, ...], list[str]]:
    """Everything in which a PDF is not what it says, and what could not be looked at."""
    wanted, wrong, remark = remade.again(workspace, found)
    sentences = (*verify.problems(found, wanted), *wrong)
    return tuple(map(plain, sentences)), [remark] if remark else []

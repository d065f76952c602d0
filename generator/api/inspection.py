"""What ``gen inspect`` says of a PDF, and what it takes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import verify
from ..agreements import record
from ..messages import Message, message
from ..verify import FinishedPdf
from ..verify.extraction import extracted
from ..visible import plain
from ..workspace.confined import read_bytes
from ..workspace.environment import Workspace
from ..writers import remade

__all__ = ["as_json", "examine", "extracted", "lines", "problems"]

_WIDTH = 14
_LABELS = {
    "title": message("label-title"),
    "id": message("label-id"),
    "kind": message("label-kind"),
    "agency": message("label-agency"),
    "unit": message("label-unit"),
    "generator": message("label-generator"),
    "data_hash": message("label-data-hash"),
    "source_hash": message("label-source-hash"),
    "text_hash": message("label-text-hash"),
    "template_hash": message("label-template-hash"),
    "pages": message("heading-pages"),
    "fonts": message("label-fonts"),
    "created": message("label-created"),
    "modified": message("label-modified"),
    "claims": message("label-claims"),
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
            yield _line(label, text)
    for file in known["attachments"]:
        about = message(
            "attached-file",
            file=file["name"],
            size=str(file["size"]),
            relationship=file["relationship"],
        )
        yield _line(message("label-attachment"), about)
    for field in known["signatures"]:
        page = str(field["page"])
        about = message(
            "field-to-sign",
            field=field["name"],
            page=message("on-page", page=page) if field["page"] else message("on-no-page"),
            state=message("signed") if field["signed"] else message("field-empty"),
            purpose=field["purpose"],
        )
        yield _line(message("label-signature"), about)


def _line(label: Message, text: Message | str) -> str:
    return f"{label!s:{_WIDTH}} {text}"


def problems(workspace: Workspace, found: FinishedPdf) -> tuple[tuple[str, ...], list[str]]:
    """Everything in which a PDF is not what it says, and what could not be looked at."""
    wanted, wrong, remark = remade.again(workspace, found)
    sentences = (*verify.problems(found, wanted), *wrong)
    return tuple(plain(str(one)) for one in sentences), [remark] if remark else []

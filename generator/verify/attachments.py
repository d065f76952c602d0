"""The files inside a PDF (PDF 1.7, 7.11.4), as many as fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from ..messages import message
from .streams import DEEP, UnpackBudget, identity, is_dictionary, listed


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF. ``relationship`` is a word of PDF 2.0, 7.11.3."""

    name: str
    data: bytes
    description: str
    relationship: str


def attachments(pdf: pikepdf.Pdf, budget: UnpackBudget) -> tuple[Attachment, ...]:
    """All files inside a PDF, by name. Raises ``streams.BROKEN``."""
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if is_dictionary(names) else None
    found = [_attachment(item, budget) for item in _leaves(tree, set(), 0)]
    return tuple(sorted(found, key=lambda file: file.name))


def _leaves(node: Any, seen: set[Any], depth: int) -> Iterator[Any]:
    """The values of a name tree (PDF 1.7, 7.9.6)."""
    if not is_dictionary(node):
        return
    key = identity(node)
    if depth > DEEP or (key is not None and key in seen):
        raise ValueError(message("attachments-in-a-circle"))
    seen.add(key)
    yield from listed(node.get("/Names"))[1::2]
    for kid in listed(node.get("/Kids")):
        yield from _leaves(kid, seen, depth + 1)


def _attachment(item: Any, budget: UnpackBudget) -> Attachment:
    if not is_dictionary(item):
        raise ValueError(message("attached-file-missing"))
    files = item.get("/EF")
    return Attachment(
        name=str(item.get("/UF", item.get("/F", ""))),
        data=budget.unpack(files.get("/F") if is_dictionary(files) else None),
        description=str(item.get("/Desc", "")),
        relationship=str(item.get("/AFRelationship", "")).lstrip("/"),
    )

"""A piece of evidence in one cell: words, or a file in lines that say what they are.

A cell whose first line begins with ``FILE`` is a file; all other cells are words. So words come
back as they were, and a file is typed as::

    แฟ้ม: evidence/2/รายงาน.pdf
    เรื่อง: รายงานการประชุม
    ตำแหน่ง: หน้า 4–6
"""

from __future__ import annotations

from ...agreements.yaml_tree import Node
from ...diagnostics import Location
from ...model import EvidencePiece

FILE = "แฟ้ม"
_LABELS = {FILE: "file", "เรื่อง": "about", "ตำแหน่ง": "pages", "sha256": "sha256"}


def as_cell(piece: EvidencePiece) -> str:
    """What stands in the cell."""
    if piece.file is None:
        return piece.text or ""
    given = ((label, getattr(piece, name)) for label, name in _LABELS.items())
    return "\n".join(f"{label}: {value}" for label, value in given if value is not None)


def of_cell(text: str, place: Location) -> Node | None:
    """The piece that a cell holds, as data; None where a line of a file's says nothing known."""
    if not text.startswith(f"{FILE}:"):
        return Node(text, place)
    found: dict[str, Node] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        label, is_given, value = line.partition(":")
        name = _LABELS.get(label.strip())
        if not is_given or name is None or name in found or not value.strip():
            return None
        found[name] = Node(value.strip(), place)
    return Node(found, place)

"""Where words of a document were written: for faults that show only on finished pages."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.record import DocumentInput
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, fault
from ..verify import Content, squeezed

LONG = 200
"""Letters of a piece that may be too much for a page; what is lost of less has other causes."""

_LEAST = 8
_NEAR = 40
"""How many pieces behind the first difference may hold the text that caused it."""


def too_long(wanted: Content, found: Content, origin: DocumentInput) -> Diagnostic | None:
    """The fault of a text that fits no page, where one is the likely cause of lost words."""
    pairs = enumerate(zip(wanted, found, strict=False))
    start = next((n for n, (one, other) in pairs if one != other), min(len(wanted), len(found)))
    near = wanted[max(start - 1, 0) : start + _NEAR]
    for piece in sorted(near, key=lambda piece: -len(piece.text)):
        if len(piece.text) < LONG:
            return None
        node = _written(piece.text, origin)
        if node is not None:
            return fault("text-fits-no-page", node.location, letters=f"{len(str(node.value)):,}")
    return None


def _written(text: str, origin: DocumentInput) -> Node | None:
    """The longest value of the data that stands in a text."""
    folder = origin.folder
    roots: list[Node] = [folder.agency.node, folder.wording.node, origin.unit.file.node]
    roots += [
        resolved.node for unit in (origin.unit, *origin.units) for resolved in unit.indicators
    ]
    roots += [unit.file.node for unit in origin.units]
    roots += [file.node for file in folder.surveys.values()]
    roots += [file.node for file in folder.plans.values()]
    roots += [file.node for file in origin.results.values()]
    roots += [file.node for file in origin.answers.values()]
    roots += [] if origin.before is None else [origin.before[1].node]
    found = [node for root in roots for node in _texts(root) if squeezed(str(node.value)) in text]
    return max(found, key=lambda node: len(str(node.value)), default=None)


def _texts(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for child in node.value.values():
            yield from _texts(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _texts(child)
    elif isinstance(node.value, str) and len(squeezed(node.value)) >= _LEAST:
        yield node

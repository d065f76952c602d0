"""A unit's file copied for another year or another unit: what was somebody's is nobody's yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..agreements import yaml_tree
from ..agreements.editing import TextEdit, end_of, texts_of
from ..agreements.yaml_tree import Node

INDICATOR = r"(?:(?:form/)?indicators/\d+/(?:define|override)/)?(?:variants/[^/]+/)?"
"""What leads to an indicator in a unit's file or in its own."""

_EMPTIED = re.compile(
    r"signed|assess(?:or|ee)s/\d+/name"
    rf"|{INDICATOR}(?:supervisors|collectors)/\d+/(?:name|telephone)"
)


def cleared(read: yaml_tree.YamlFile) -> Iterator[TextEdit]:
    """Empty names and the day of signing, end decisions, make the unit a draft again.

    The file's keys are in English (``own_keys.of_place``).
    """
    assert read.node is not None
    yield from _decisions(read)
    for path, node in texts_of(read.node):
        if not isinstance(node.value, str) or not node.value.strip():
            continue
        if _EMPTIED.fullmatch(path):
            yield _emptied(read.text, node)
        elif path == "status" and node.value != "draft":
            yield TextEdit(*node.span, "draft")


def _decisions(read: yaml_tree.YamlFile) -> Iterator[TextEdit]:
    """That something isn't judged was decided for the year: the list of decisions is emptied."""
    assert read.node is not None
    uses = read.node.find(("indicators",)).value
    for use in uses if isinstance(uses, list) else ():
        decided = use.child("exemptions")
        if decided is not None and decided.value:
            yield TextEdit(decided.span[0], end_of(read.text, decided), "[]")


def _emptied(text: str, node: Node) -> TextEdit:
    start, end = node.span[0], end_of(text, node)
    if text[end : end + 1] in ("", "\r", "\n"):
        start = len(text[:start].rstrip(" "))
    return TextEdit(start, end, "")

"""Every ``[[field]]`` of wording.yaml is one that the system fills in."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.blanks import BLANK
from ..agreements.files import DataFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..model import (
    CHART_FIELDS,
    FIELDS,
    FRAMEWORK_FIELDS,
    GOALS_FIELDS,
    PARTY_FIELDS,
    PERSONAL_FIELDS,
    REPORT_FIELDS,
    SURVEY_REPORT_FIELDS,
    Wording,
)


def check(file: DataFile[Wording]) -> Iterator[Diagnostic]:
    """Every ``[[field]]`` of the wording is one that the system fills in."""
    yield from _fields(file.node, ())


def _fields(node: Node, path: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _fields(child, (*path, key))
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from _fields(child, (*path, index))
    elif isinstance(node.value, str):
        known = dict(FIELDS)
        if path[:2] in (
            ("agreement", "party"),
            ("agreement", "signature"),
            ("report", "signature"),
        ):
            known |= PARTY_FIELDS
        if path[:2] == ("agreement", "goals"):
            known |= GOALS_FIELDS
        if path[:1] in (("report",), ("summary",)):
            known |= REPORT_FIELDS
        if path[:1] == ("chart",):
            known |= CHART_FIELDS
        if path[:1] == ("framework",):
            known |= FRAMEWORK_FIELDS
        if path[:2] == ("survey", "report"):
            known |= SURVEY_REPORT_FIELDS
        if path[:1] == ("personal",):
            known |= PERSONAL_FIELDS
        for match in BLANK.finditer(node.value):
            if match[1] not in known:
                yield fault(
                    "unknown-field",
                    node.location,
                    hint=did_you_mean(match[1], known),
                    name=match[1],
                )

"""A document with what changed in it marked: words put in, taken out, moved, set otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..agreements import yaml_tree
from . import common
from .common import DocumentSubject, PageFurniture, Properties
from .version_changes import MarkedSection

_WORDS = Path(__file__).with_name("changes.yaml")
FATES = ("ins", "del", "moved", "look")


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A kind of change: how it is marked, what it is called."""

    fate: str
    words: str


@dataclass(frozen=True, slots=True)
class MarkedPages:
    """Everything that the pages say."""

    properties: Properties
    page: PageFurniture
    title: str
    agency: str
    versions: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[LegendEntry, ...]
    total: str
    sections: tuple[MarkedSection, ...]


def build(subject: DocumentSubject) -> MarkedPages:
    """The finished strings of the pages."""
    changes = subject.changes
    assert changes is not None
    words: Any = yaml_tree.read(_WORDS).node.plain()  # type: ignore[union-attr]
    counts = dict.fromkeys(FATES, 0)
    for section in changes.marked:
        for block in section.blocks:
            for fate in block.fates:
                counts[fate] += 1

    def digits(number: object) -> str:
        return common.digits(subject.agency, str(number))

    page = replace(common.furniture(subject, common.fields(subject)), footer=words["marked"])
    return MarkedPages(
        common.properties(subject, words["marked"]),
        page,
        words["marked"],
        changes.of,
        (
            words["old"].replace("[[name]]", changes.old),
            words["new"].replace("[[name]]", changes.new),
        ),
        tuple(words["legend"]),
        (tuple(words["places"].replace("[[count]]", digits(counts[fate])) for fate in FATES),),
        tuple(LegendEntry(fate, words["fates"][fate]) for fate in FATES),
        words["together"].replace("[[count]]", digits(sum(counts.values()))),
        changes.marked,
    )

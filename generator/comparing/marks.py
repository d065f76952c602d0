"""The marks of tracked changes in Word's XML (ISO 29500-1, 17.13.5)."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from .word_xml import PPR, RPR, TCPR, TRPR, Element, P, W, canonical

Fate = Literal["ins", "del", "moveFrom", "moveTo"]
"""What became of words: put in, taken out; moved from here, moved to here."""

AUTHOR = "gen"

_NO_MARK = frozenset(f"{W}{name}" for name in ("rPr", "sectPr", "pPrChange"))
_GONE = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}


@dataclass(slots=True)
class Marker:
    """Makes marks, each with a number of its own in the document."""

    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    moves: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    day: str = "1980-01-01T00:00:00Z"
    """When it changed, as the schema wants it of what was moved."""

    def mark(self, name: str) -> Element:
        """A mark of a kind."""
        said = {f"{W}id": str(next(self.numbers)), f"{W}author": AUTHOR}
        return etree.Element(f"{W}{name}", said)

    def runs(self, fate: Fate, runs: Iterable[Element]) -> Element:
        """Runs that were put in, taken out or moved."""
        mark = self.mark(fate)
        for run in runs:
            if fate == "del":
                _take_out(run)
            mark.append(run)
        return mark

    def paragraph(self, paragraph: Element, *fates: Fate) -> None:
        """The end of a paragraph put in or taken out: it is joined with the next one."""
        mark = _mark_properties(paragraph)
        for fate in sorted(fates, key=("ins", "del", "moveFrom", "moveTo").index, reverse=True):
            mark.insert(0, self.mark(fate))

    def row(self, row: Element, fate: Literal["ins", "del"]) -> None:
        """A row put in or taken out."""
        properties = row.find(TRPR)
        if properties is None:
            properties = etree.Element(TRPR)
            before = [child for child in row if child.tag == f"{W}tblPrEx"]
            row.insert(len(before), properties)
        if not len(properties):
            # The schema wants something that a row may have before what became of it.
            etree.SubElement(properties, f"{W}cantSplit", {f"{W}val": "off"})
        properties.append(self.mark(fate))

    def look(self, run: Element, old: Element | None) -> None:
        """A run whose letters look otherwise than before."""
        properties = run.find(RPR)
        if properties is None:
            properties = etree.Element(RPR)
            run.insert(0, properties)
        change = self.mark("rPrChange")
        change.append(copy.deepcopy(old) if old is not None else etree.Element(RPR))
        properties.append(change)

    def layout(self, paragraph: Element, old: Element | None) -> None:
        """A paragraph that is laid out otherwise than before."""
        properties = properties_of(paragraph)
        change = self.mark("pPrChange")
        change.append(plain_properties(old))
        properties.append(change)

    def move(self, first: Element, last: Element, fate: Fate, name: str) -> None:
        """Where what was moved begins and ends, in its first and last paragraph."""
        start, end = (self.mark(f"{fate}Range{word}") for word in ("Start", "End"))
        start.set(f"{W}name", name)
        start.set(f"{W}date", self.day)
        end.attrib.clear()
        end.set(f"{W}id", str(start.get(f"{W}id")))
        first.insert(1 if first.find(PPR) is not None else 0, start)
        last.append(end)


def _take_out(run: Element) -> None:
    for part in run.iter(*_GONE):
        part.tag = _GONE[str(part.tag)]


def properties_of(paragraph: Element) -> Element:
    """A paragraph's properties, made where it has none."""
    properties = paragraph.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
        paragraph.insert(0, properties)
    return properties


def _mark_properties(paragraph: Element) -> Element:
    """The properties of a paragraph's end."""
    properties = properties_of(paragraph)
    found = properties.find(RPR)
    if found is None:
        found = etree.Element(RPR)
        later = [n for n, e in enumerate(properties) if e.tag in _NO_MARK]
        properties.insert(later[0] if later else len(properties), found)
    return found


def plain_properties(properties: Element | None) -> Element:
    """How a paragraph is laid out, without its end's letters, its section and its changes."""
    found = etree.Element(PPR)
    if properties is not None:
        found.extend(copy.deepcopy(e) for e in properties if e.tag not in _NO_MARK)
    return found


def same_layout(one: Element | None, other: Element | None) -> bool:
    """Whether two paragraphs are laid out alike."""
    return canonical(plain_properties(one)) == canonical(plain_properties(other))


def set_width(cell: Element, width: int) -> None:
    """Give a cell a width."""
    stated = cell.find(f"{TCPR}/{W}tcW")
    if stated is not None:
        stated.set(f"{W}w", str(width))
        stated.set(f"{W}type", "dxa")


def empty_paragraph() -> Element:
    """A paragraph in which nothing stands."""
    return etree.Element(P)

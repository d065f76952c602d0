"""The sheets alone, as a document of their own."""

from __future__ import annotations

from dataclasses import dataclass

from .common import DocumentSubject, PageFurniture, Properties, fields, furniture, properties
from .parts.sheets import IndicatorSheet, sheets


@dataclass(frozen=True, slots=True)
class Indicators:
    """The sheets of a unit's indicators, or the two blank ones."""

    properties: Properties
    page: PageFurniture
    title: str
    sheets: tuple[IndicatorSheet, ...]


def build(subject: DocumentSubject) -> Indicators:
    """The sheets of one unit, or the agency's blank ones."""
    assert subject.wording.sheet is not None
    fill = fields(subject)
    title = fill.fill(subject.wording.sheet.title)
    return Indicators(
        properties=properties(subject, title),
        page=furniture(subject, fill),
        title=title,
        sheets=sheets(subject),
    )

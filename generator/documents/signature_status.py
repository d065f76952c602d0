"""The overview of who has signed an agency's agreements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from .. import thai
from ..agreements import yaml_tree
from ..model import Agency
from . import common
from .common import DocumentSubject, Fields, PageFurniture, Properties
from .parts import cells, widths
from .parts.pages import ACROSS

_WORDS = Path(__file__).with_name("status.yaml")


@dataclass(frozen=True, slots=True)
class SignatureOverview:
    """Everything that the page says."""

    properties: Properties
    page: PageFurniture
    title: str
    agency: str
    day: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str
    widths: tuple[float, ...]


def _report(agency: Agency, words: Any, round_: str) -> str:
    """The report of a round, in words; nothing for an agreement."""
    if not round_:
        return ""
    name = next((one.name for one in agency.rounds if one.id == round_), round_)
    return str(words["report"]).replace("[[round]]", name)


def build(subject: DocumentSubject) -> SignatureOverview:
    """The finished strings of the page."""
    agency, signatures = subject.agency, subject.signatures
    assert signatures is not None
    words: Any = yaml_tree.read(_WORDS).node.plain()  # type: ignore[union-attr]

    def digits(number: object) -> str:
        return common.digits(agency, str(number))

    def shown(day: date | None) -> str:
        return common.digits(agency, thai.long_date(day)) if day is not None else ""

    known = {
        "agency": agency.name,
        "year": digits(agency.fiscal_year),
        "date": shown(signatures.day),
        "complete": digits(signatures.complete),
        "units": digits(signatures.units),
    }
    fill = Fields(known, "", blank_form=False)
    headings = tuple(map(str, words["headings"].values()))
    table = tuple(
        (
            f"{place.unit} {_report(agency, words, place.round)}".rstrip(),
            place.role,
            place.signer,
            str(words["states"][place.state]),
            shown(place.day),
            str(words["methods"][place.method]) if place.method else "",
            str(words["differs"]) if place.differs else "",
        )
        for place in signatures.places
    )
    return SignatureOverview(
        replace(common.properties(subject, words["title"]), day=signatures.day),
        replace(common.furniture(subject, common.fields(subject)), footer=words["title"]),
        words["title"],
        fill.fill(words["agency"]),
        fill.fill(words["day"]),
        headings,
        table,
        fill.fill(words["total"]),
        widths.share_out(table, subject.setting(cells.DENSE, ACROSS.text_width), heads=headings),
    )

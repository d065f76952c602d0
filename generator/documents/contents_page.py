"""The contents page of an archive: its documents, a row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..agreements import yaml_tree
from ..model import Agency
from ..model.round_sets import round_of
from . import common
from .common import DocumentSubject, Fields, ListedDocument, PageFurniture, Properties
from .parts import cells, rich, widths
from .parts.pages import ACROSS

_WORDS = Path(__file__).with_name("contents.yaml")


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A document on the contents page."""

    number: str
    unit: str
    document: str
    id: str
    pages: str
    weight: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """Everything the contents page says."""

    properties: Properties
    page: PageFurniture
    title: str
    agency: str
    headings: tuple[str, ...]
    rows: tuple[ContentsRow, ...]
    total: str
    documents: str
    pages: str
    widths: tuple[float, ...]


def build(subject: DocumentSubject) -> ContentsPage:
    """The finished strings of the contents page."""
    agency, documents = subject.agency, subject.documents
    words: Any = yaml_tree.read(_WORDS).node.plain()  # type: ignore[union-attr]

    def digits(number: object) -> str:
        return common.digits(agency, str(number))

    fill = Fields({"agency": agency.name, "year": digits(agency.fiscal_year)}, "", blank_form=False)
    rows = tuple(
        ContentsRow(
            digits(number),
            listed.unit,
            _called(listed, words, digits, agency),
            listed.id,
            digits(listed.pages),
            digits(listed.weight),
            listed.signers,
        )
        for number, listed in enumerate(documents, start=1)
    )
    headings = tuple(
        words[key] for key in ("number", "unit", "document", "id", "pages", "weight", "signers")
    )
    return ContentsPage(
        common.properties(subject, words["title"]),
        replace(common.furniture(subject, common.fields(subject)), footer=words["title"]),
        words["title"],
        fill.fill(words["agency"]),
        headings,
        rows,
        words["total"],
        digits(len(documents)),
        digits(sum(listed.pages for listed in documents)),
        widths.share_out(
            [
                (
                    *(r.number, r.unit, r.document, r.id, r.pages, r.weight),
                    tuple(block for signer in r.signers for block in rich.plain(signer)),
                )
                for r in rows
            ],
            subject.setting(cells.DENSE, ACROSS.text_width),
            heads=headings,
            least=[1.0, 3, 3, 3.2, 1.2, 1.2, 3],
        ),
    )


def _called(listed: ListedDocument, words: Mapping[str, Any], digits: Any, agency: Agency) -> str:
    """What a document is called: its kind, its round by number or else by name, its revision."""
    name = f"{words['round']} {listed.round}"
    if not listed.round.isdecimal() and listed.round in agency.round_ids:
        name = round_of(agency, listed.round).name
    parts = [
        words["kinds"].get(listed.kind, listed.kind),
        digits(name) if listed.round else "",
        f"{words['revision']} {digits(listed.revision)}" if listed.revision else "",
    ]
    return " ".join(filter(None, parts))

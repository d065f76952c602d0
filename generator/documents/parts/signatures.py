"""The parties to an agreement, and the blocks that they sign in: of agreements and of persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ... import thai
from ...model import Agency, Party, PartyComments, Unit
from ...model.report_words import ReportSignatureWords
from ...model.wording import SignatureWords
from ..common import DocumentSubject, Fields, assessees, assessors, digits
from . import rich, styles
from .rich import Rich

SIDES = ("assessor", "assessee")
"""The parties, as signature fields are named after them."""

IN_A_ROW = 2
"""So many blocks stand side by side."""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A signature block, from the line to sign on down.

    ``field`` names the line for an electronic signature, ``purpose`` says what it is for.
    """

    line: str
    name: str
    position: str
    date: str
    purpose: str
    field: str


def parties(agency: Agency, unit: Unit) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    """Both sides in the order of ``SIDES``: what a side is called, and who it is."""
    return (
        (agency.terms.assessor, assessors(agency, unit)),
        (agency.terms.assessee, assessees(unit)),
    )


@dataclass(frozen=True, slots=True)
class PartysComment:
    """What a party says, or the lines to write it on, below what the party is called."""

    label: str
    text: Rich


@dataclass(frozen=True, slots=True)
class ReportEnd:
    """The end of a report: what both parties say, and where they sign."""

    heading: str
    comments: tuple[PartysComment, ...]
    signatures: tuple[tuple[SignatureBlock, ...], ...]


def report_end(subject: DocumentSubject, fill: Fields) -> ReportEnd | None:
    """The comments and signature blocks of a report; None where the form has none."""
    words = subject.wording.report.signature if subject.wording.report is not None else None
    if words is None:
        return None
    reported = subject.reported
    said = reported.comments if reported is not None else None
    signed = reported.signed if reported is not None else None
    comments: tuple[PartysComment, ...] = ()
    if words.comment is not None:
        texts = said or PartyComments()
        comments = tuple(
            PartysComment(
                fill.fill(words.comment, role=role),
                styles.BEFORE_TABLE.on(
                    rich.parse(getattr(texts, side))
                    or tuple(block for line in words.space for block in rich.plain(line))
                ),
            )
            for side, (role, _) in zip(SIDES, parties(subject.agency, subject.unit), strict=True)
        )
    heading = fill.fill(words.heading) if words.heading is not None else ""
    return ReportEnd(heading, comments, _blocks(subject, fill, words, signed))


def signatures(subject: DocumentSubject, fill: Fields) -> tuple[tuple[SignatureBlock, ...], ...]:
    """All signature blocks of an agreement, two a row, the assessors first."""
    return _blocks(subject, fill, subject.wording.agreement.signature, subject.unit.signed)


def _blocks(
    subject: DocumentSubject,
    fill: Fields,
    words: SignatureWords | ReportSignatureWords,
    day: date | None,
) -> tuple[tuple[SignatureBlock, ...], ...]:
    agency, unit = subject.agency, subject.unit
    signed = digits(agency, thai.long_date(day)) if day else ""
    blocks = []
    for side, (role, members) in zip(SIDES, parties(agency, unit), strict=True):
        for number, party in enumerate(members, start=1):
            known = {
                "name": party.name or "",
                "position": party.position or "",
                "role": role,
                "date": signed,
            }
            blocks.append(
                SignatureBlock(
                    line=fill.fill(words.line, **known),
                    name=fill.fill(words.name, **known),
                    position=fill.fill(words.position, **known),
                    date=fill.fill(words.date, **known),
                    purpose=fill.fill(words.purpose, **known),
                    field=f"{side}-{number}",
                )
            )
    rows = range(0, len(blocks), IN_A_ROW)
    return tuple(tuple(blocks[start : start + IN_A_ROW]) for start in rows)

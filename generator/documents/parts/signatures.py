"""The parties to an agreement, and the blocks that they sign in: of agreements and of persons."""

from __future__ import annotations

from dataclasses import dataclass

from ... import thai
from ...model import Agency, Party, Unit
from ..common import DocumentSubject, Fields, assessees, assessors, digits

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


def signatures(subject: DocumentSubject, fill: Fields) -> tuple[tuple[SignatureBlock, ...], ...]:
    """All signature blocks, two a row, the assessors first."""
    agency, unit, words = subject.agency, subject.unit, subject.wording.agreement.signature
    signed = digits(agency, thai.long_date(unit.signed)) if unit.signed else ""
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

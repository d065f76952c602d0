"""The agreement: the form that is signed, and the parts that the agency's form has.

Which parts there are, the wording says; each is a module of ``parts``. The clauses are those of
source 004, ภาคผนวก 1 (lines 506–597).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Picture,
    Properties,
    digits,
    fields,
    furniture,
    properties,
)
from .identity import LAYOUT
from .parts import second_names, styles
from .parts.chapters import PrintedChapter, chapters
from .parts.component_tables import ComponentPart, WeightTable, component_parts, weight_table
from .parts.criteria_table import CriteriaTable, criteria_table
from .parts.duties import Duties, duties
from .parts.goals import GoalTable, goal_table
from .parts.sheets import IndicatorSheet, sheets
from .parts.signatures import SignatureBlock, parties, signatures
from .parts.summary_table import SummaryTable, summary_table


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A numbered clause; ``parties`` are the lines of each signer, below the clause."""

    text: str
    parties: tuple[tuple[str, ...], ...]
    between: str
    style: str = field(default=styles.CLAUSE, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything the agreement says; parts that the agency's form hasn't are None or empty."""

    properties: Properties
    page: PageFurniture
    emblem: Picture | None
    title: tuple[str, ...]
    second: str
    clauses: tuple[PrintedClause, ...]
    signatures: tuple[tuple[SignatureBlock, ...], ...]
    goals: GoalTable | None
    chapters: tuple[PrintedChapter, ...]
    duties: Duties | None
    weights: WeightTable | None
    tables: tuple[ComponentPart, ...]
    criteria: CriteriaTable | None
    summary: SummaryTable | None
    sheets: tuple[IndicatorSheet, ...]


def build(subject: DocumentSubject) -> Agreement:
    """The agreement of one unit, or the agency's blank form."""
    words = subject.wording.agreement
    fill = fields(subject)
    title = tuple(fill.fill(line) for line in words.title)
    return Agreement(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        emblem=subject.emblem,
        title=title,
        second=second_names.second_name(subject, "heads", subject.unit),
        clauses=tuple(_clauses(subject, fill)),
        signatures=signatures(subject, fill),
        goals=goal_table(subject, fill),
        chapters=chapters(subject),
        duties=None if words.duties is None else duties(subject, fill, words.duties),
        weights=weight_table(subject, fill),
        tables=component_parts(subject),
        criteria=None if words.criteria is None else criteria_table(subject, words.criteria),
        summary=None if words.summary is None else summary_table(subject, fill, words.summary),
        sheets=sheets(subject) if subject.sheets and subject.wording.sheet else (),
    )


def _clauses(subject: DocumentSubject, fill: Fields) -> Iterable[PrintedClause]:
    agency, unit, words = subject.agency, subject.unit, subject.wording.agreement
    for number, clause in enumerate(words.clauses, start=1):
        lines: tuple[tuple[str, ...], ...] = ()
        if clause.parties:
            lines = tuple(
                tuple(
                    line
                    for party in members
                    for line in (
                        fill.fill(
                            text, name=party.name or "", position=party.position or "", role=role
                        )
                        for text in words.party
                    )
                )
                for role, members in parties(agency, unit)
            )
        text = f"{digits(agency, str(number))}. {fill.fill(clause.text)}"
        style = styles.LAST_CLAUSE if number == len(words.clauses) else styles.CLAUSE
        yield PrintedClause(text, lines, words.between or "", style)

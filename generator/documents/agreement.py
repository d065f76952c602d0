"""The agreement: the form that is signed, and the parts that the agency's form has.

Which parts there are, the wording says. Duties and goals, criteria and summary are those of
source 004, ภาคผนวก 1 (lines 506–597); for the others see ``chapters``, ``component_tables``
and ``goals``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from .. import thai
from ..model import Agency, Party, Round, Unit, UnitIndicator
from ..model.tree import components_of
from ..model.wording import CriteriaWords, DutiesWords, SummaryWords
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Picture,
    Properties,
    assessees,
    assessors,
    digits,
    fields,
    furniture,
    properties,
    total,
)
from .content import LAYOUT
from .parts import cells, rich, styles, widths
from .parts.chapters import PrintedChapter, chapters
from .parts.component_tables import ComponentPart, WeightTable, component_parts, weight_table
from .parts.goals import GoalTable, goal_table
from .parts.rich import Rich
from .parts.sheets import IndicatorSheet, sheets

EMPTY = rich.cell(())

SIDES = ("assessor", "assessee")
"""The parties, as signature fields are named after them."""

WIDE = 24.7
"""The text width of a landscape page, in cm."""

LETTER = 0.215
"""About how wide a letter of the tables' text is, in cm."""

WEIGHT_WIDTH, NAME_WIDTH, GOAL_WIDTH = 1.85, 2.9, 2.4
"""What the columns of weights, names, and issues and goals get at the least, in cm."""


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A numbered clause; ``parties`` are the lines of each signer, below the clause."""

    text: str
    parties: tuple[tuple[str, ...], ...]
    between: str
    style: str = field(default=styles.CLAUSE, metadata=LAYOUT)


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


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """Issue, goals and indicators that belong together."""

    issue: Rich
    goals: Rich
    indicators: Rich


@dataclass(frozen=True, slots=True)
class Duties:
    """The part หน้าที่ เป้าประสงค์ และตัวชี้วัด."""

    heading: str
    duties_heading: str
    duties: Rich
    guidance: Rich
    strategy_heading: str
    issue: str
    goal: str
    indicator: str
    rows: tuple[StrategyRow, ...]


@dataclass(frozen=True, slots=True)
class RoundHead:
    """The headings of one round's columns."""

    name: str
    weight: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundCells:
    """One indicator's weight and levels in one round."""

    weight: str
    levels: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class CriteriaRow:
    """One indicator of the criteria table."""

    name: Rich
    rounds: tuple[RoundCells, ...]


@dataclass(frozen=True, slots=True)
class CriteriaSection:
    """A component and its indicators."""

    heading: str
    rows: tuple[CriteriaRow, ...]


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """The table of criteria for all rounds; ``totals`` has one weight a round.

    ``widths`` are the columns' widths in percent.
    """

    heading: str
    indicator: str
    rounds: tuple[RoundHead, ...]
    sections: tuple[CriteriaSection, ...]
    widths: tuple[float, ...]
    total: str
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One indicator of the summary table."""

    issue: Rich
    goals: Rich
    name: Rich
    weight: str
    baselines: tuple[Rich, ...]
    levels: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A component and its indicators."""

    heading: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """The summary: baselines, and the last round's criteria; ``widths`` in percent."""

    heading: str
    issue: str
    goal: str
    indicator: str
    weight: str
    baselines: str
    years: tuple[str, ...]
    round: str
    levels: tuple[str, ...]
    sections: tuple[SummarySection, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything the agreement says; parts that the agency's form hasn't are None or empty."""

    properties: Properties
    page: PageFurniture
    emblem: Picture | None
    title: tuple[str, ...]
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
    maker = _Tables(subject, fill)
    return Agreement(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        emblem=subject.emblem,
        title=title,
        clauses=tuple(_clauses(subject, fill)),
        signatures=signatures(subject, fill),
        goals=goal_table(subject, fill),
        chapters=chapters(subject),
        duties=None if words.duties is None else maker.duties(words.duties),
        weights=weight_table(subject, fill),
        tables=component_parts(subject),
        criteria=None if words.criteria is None else maker.criteria(words.criteria),
        summary=None if words.summary is None else maker.summary(words.summary),
        sheets=sheets(subject, fill) if subject.sheets and subject.wording.sheet else (),
    )


def _sides(agency: Agency, unit: Unit) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    return (
        (agency.terms.assessor, assessors(agency, unit)),
        (agency.terms.assessee, assessees(unit)),
    )


def _clauses(subject: DocumentSubject, fill: Fields) -> Iterable[PrintedClause]:
    agency, unit, words = subject.agency, subject.unit, subject.wording.agreement
    for number, clause in enumerate(words.clauses, start=1):
        parties: tuple[tuple[str, ...], ...] = ()
        if clause.parties:
            parties = tuple(
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
                for role, members in _sides(agency, unit)
            )
        text = f"{digits(agency, str(number))}. {fill.fill(clause.text)}"
        style = styles.LAST_CLAUSE if number == len(words.clauses) else styles.CLAUSE
        yield PrintedClause(text, parties, words.between or "", style)


def signatures(subject: DocumentSubject, fill: Fields) -> tuple[tuple[SignatureBlock, ...], ...]:
    """All signature blocks, two a row, the assessors first."""
    agency, unit, words = subject.agency, subject.unit, subject.wording.agreement.signature
    signed = digits(agency, thai.long_date(unit.signed)) if unit.signed else ""
    blocks = []
    for side, (role, members) in zip(SIDES, _sides(agency, unit), strict=True):
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
    return tuple(tuple(blocks[start : start + 2]) for start in range(0, len(blocks), 2))


class _Tables:
    """Builds the parts that list the unit's indicators."""

    def __init__(self, subject: DocumentSubject, fill: Fields) -> None:
        self.subject, self.agency, self.unit = subject, subject.agency, subject.unit
        self.wording, self.indicators = subject.wording, subject.indicators
        self.blank_form = subject.blank
        self.fill = fill
        self.scale = cells.scale_of_unit(subject)
        self.digits = partial(digits, subject.agency)

    def duties(self, words: DutiesWords) -> Duties:
        """หน้าที่ and the table of goals; a blank form also prints the guidance."""
        rows = [
            StrategyRow(
                rich.cell(rich.parse(row.issue)),
                rich.cell(rich.numbered(row.goals, self.digits)),
                rich.cell(rich.numbered(map(self._name, row.indicators), self.digits)),
            )
            for row in self.unit.strategy
        ]
        if not rows:
            rows = [StrategyRow(*((self._open_item(number),) * 3)) for number in (1, 2)]
        if self.blank_form:
            rows.append(
                StrategyRow(
                    rich.parse(words.issue_guidance),
                    rich.parse(words.goal_guidance),
                    rich.parse(words.indicator_guidance),
                )
            )
        return Duties(
            heading=self.fill.fill(words.heading),
            duties_heading=words.duties,
            duties=styles.BODY.on(
                rich.numbered(self.unit.duties, self.digits) or (*self._dotted(1), *self._dotted(2))
            ),
            guidance=styles.BODY.on(rich.parse(words.guidance)) if self.blank_form else (),
            strategy_heading=words.strategy,
            issue=words.issue,
            goal=words.goal,
            indicator=words.indicator,
            rows=tuple(rows),
        )

    def criteria(self, words: CriteriaWords) -> CriteriaTable:
        """The criteria of every round, by component."""
        rounds = self.agency.rounds
        sections = tuple(
            CriteriaSection(
                part.component.name,
                tuple(
                    CriteriaRow(
                        self._numbered(number, item),
                        tuple(self._cells(item, r) for r in rounds),
                    )
                    for number, item in part.rows
                )
                + tuple(
                    CriteriaRow(
                        self._open_row(number),
                        tuple(RoundCells("", (EMPTY,) * len(self.scale.levels)) for _ in rounds),
                    )
                    for number in part.empty
                ),
            )
            for part in self._sections()
        )
        return CriteriaTable(
            heading=words.heading,
            indicator=words.indicator,
            rounds=tuple(
                RoundHead(r.name, words.weight, cells.level_names(self.subject)) for r in rounds
            ),
            sections=sections,
            widths=_criteria_widths(sections, len(rounds), len(self.scale.levels)),
            total=words.total,
            totals=tuple(self._total(r) for r in rounds),
        )

    def summary(self, words: SummaryWords) -> SummaryTable:
        """One row an indicator: where it comes from, its baselines, the last round's criteria."""
        last = self.agency.rounds[-1]
        sections = tuple(
            SummarySection(
                part.component.name,
                tuple(self._summary_row(number, item, last) for number, item in part.rows)
                + tuple(
                    SummaryRow(
                        EMPTY,
                        EMPTY,
                        self._open_row(number),
                        "",
                        (EMPTY,) * len(self.agency.baseline_years),
                        (EMPTY,) * len(self.scale.levels),
                    )
                    for number in part.empty
                ),
            )
            for part in self._sections()
        )
        years = tuple(digits(self.agency, str(year)) for year in self.agency.baseline_years)
        return SummaryTable(
            heading=self.fill.fill(words.heading),
            issue=words.issue,
            goal=words.goal,
            indicator=words.indicator,
            weight=words.weight,
            baselines=words.baselines,
            years=years,
            round=last.name,
            levels=cells.level_names(self.subject),
            sections=sections,
            widths=_summary_widths(sections, len(years)),
        )

    def _sections(self) -> list[cells.IndicatorSection]:
        """Components that hold indicators (or empty rows on the form), in the tree's order."""
        return [part for part in cells.sections_of(self.subject) if part.rows or part.empty]

    def _name(self, key: str) -> str:
        return next(
            (i.indicator.names.tables or i.indicator.name for i in self.indicators if i.key == key),
            key,
        )

    def _numbered(self, number: str, item: UnitIndicator) -> Rich:
        name = item.indicator.names.tables or item.indicator.name
        return rich.plain(cells.numbered(number, name))

    def _open_row(self, number: str) -> Rich:
        return rich.plain(number + self.wording.row)

    def _open_item(self, number: int) -> Rich:
        return rich.plain(digits(self.agency, f"{number}."))

    def _dotted(self, number: int) -> Rich:
        return rich.plain(digits(self.agency, f"{number}. ") + self.wording.blank)

    def _total(self, r: Round) -> str:
        """What the counting roots of the tree state; on a form it is printed ready."""
        tree = components_of(self.unit, self.agency)
        stated = [c.weight for c in tree if c.counts and c.weight is not None]
        return total(self.agency, stated) if stated else ""

    def _cells(self, item: UnitIndicator, r: Round) -> RoundCells:
        return RoundCells(cells.weight(self.agency, item, r), cells.levels(self.subject, item, r))

    def _summary_row(self, number: str, item: UnitIndicator, last: Round) -> SummaryRow:
        row = next((s for s in self.unit.strategy if item.key in s.indicators), None)
        return SummaryRow(
            issue=rich.cell(rich.parse(row.issue) if row else ()),
            goals=rich.cell(rich.numbered(row.goals, self.digits) if row else ()),
            name=self._numbered(number, item),
            weight=cells.weight(self.agency, item, last),
            baselines=tuple(cells.past_cell(item, year) for year in self.agency.baseline_years),
            levels=cells.levels(self.subject, item, last),
        )


def _criteria_widths(
    sections: tuple[CriteriaSection, ...], rounds: int, levels: int
) -> tuple[float, ...]:
    rows = [
        [
            widths.words(row.name),
            *(
                text
                for cells in row.rounds
                for text in ("", *(widths.words(level) for level in cells.levels))
            ),
        ]
        for section in sections
        for row in section.rows
    ]
    least = [NAME_WIDTH, *([WEIGHT_WIDTH, *([0.0] * levels)] * rounds)]
    return widths.share_out(rows, WIDE, LETTER, least)


def _summary_widths(sections: tuple[SummarySection, ...], years: int) -> tuple[float, ...]:
    rows = [
        [
            *(widths.words(cell) for cell in (row.issue, row.goals, row.name)),
            "",
            *(widths.words(cell) for cell in (*row.baselines, *row.levels)),
        ]
        for section in sections
        for row in section.rows
    ]
    levels = len(sections[0].rows[0].levels) if rows else 0
    least = [GOAL_WIDTH, GOAL_WIDTH, NAME_WIDTH, WEIGHT_WIDTH, *([0.0] * (years + levels))]
    return widths.share_out(rows, WIDE, LETTER, least)

"""Where each indicator comes from, its past results, and the last round's criteria.

The table is that of source 004, ภาคผนวก 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import partial

from ...model import UnitIndicator
from ...model.wording import SummaryWords
from ...typesetting import columns
from ..common import DocumentSubject, Fields, digits
from ..identity import LAYOUT
from . import cells, rich, widths
from .rich import Rich
from .second_names import second_name
from .widths import LANDSCAPE

LEAST = (1.8, 1.8)
"""What the columns of issues and goals get at the least, in cm."""

BY_HAND, LEAST_BY_HAND = (3.8, 3.4, 4.8, 1.5), 3.0
"""What issues, goals, indicators and each figure get where somebody writes in them, in cm; of the
first three none gets less than the second.
"""


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
    second: str = ""


@dataclass(frozen=True, slots=True)
class SummaryBlock:
    """A table of baselines and the last round's criteria; ``widths`` in percent.

    Where only then all words have room, the heads of years and levels stand upright: ``turned`` is
    how high, in cm; else 0.
    """

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
    small: float = field(default=0.0, metadata=LAYOUT)
    turned: float = field(default=0.0, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class SummaryTable(SummaryBlock):
    """The summary; levels that have no room beside the others stand in a table ``below``."""

    below: tuple[SummaryBlock, ...] = ()

    @property
    def blocks(self) -> tuple[SummaryBlock, ...]:
        """All of them, in their order."""
        return (self, *self.below)


def summary_table(subject: DocumentSubject, fill: Fields, words: SummaryWords) -> SummaryTable:
    """A row an indicator; a form's empty rows follow them."""
    agency = subject.agency
    sections = tuple(
        SummarySection(
            part.component.name,
            _rows(subject, part),
            second_name(subject, "tables", part.component),
        )
        for part in cells.sections_shown(subject)
    )
    years = tuple(digits(agency, str(year)) for year in agency.baseline_years)
    table = SummaryBlock(
        heading=fill.fill(words.heading),
        issue=words.issue,
        goal=words.goal,
        indicator=words.indicator,
        weight=words.weight,
        baselines=words.baselines,
        years=years,
        round=subject.rounds[-1].name,
        levels=cells.level_names(subject),
        sections=sections,
        widths=(),
    )
    by_hand = any(part.empty_rows for part in cells.sections_shown(subject))
    setting = subject.setting(cells.DENSE, LANDSCAPE)
    first, *others = _fitted(table, setting, by_hand=by_hand)
    said = {one.name: getattr(first, one.name) for one in fields(first)}
    return SummaryTable(**said, below=tuple(others))


def _rows(subject: DocumentSubject, part: cells.IndicatorSection) -> tuple[SummaryRow, ...]:
    empty = rich.cell(())
    years = (empty,) * len(subject.agency.baseline_years)
    levels = (empty,) * len(cells.scale_of_unit(subject).levels)
    return (
        *(_row(subject, number, item) for number, item in part.indicators),
        *(
            SummaryRow(empty, empty, cells.open_row(subject, number), "", years, levels)
            for number in part.empty_rows
        ),
    )


def _row(subject: DocumentSubject, number: str, item: UnitIndicator) -> SummaryRow:
    agency, last = subject.agency, subject.rounds[-1]
    row = next((s for s in subject.unit.strategy if item.key in s.indicators), None)
    shown = partial(digits, agency)
    return SummaryRow(
        issue=rich.cell(rich.parse(row.issue) if row else ()),
        goals=rich.cell(rich.numbered(row.goals, shown) if row else ()),
        name=cells.numbered_name(subject, number, item),
        weight=cells.weight(agency, item, last),
        baselines=tuple(cells.past_cell(item, year) for year in agency.baseline_years),
        levels=cells.levels(subject, item, last),
    )


def _fitted(
    table: SummaryBlock, setting: columns.Setting, *, by_hand: bool
) -> Iterator[SummaryBlock]:
    """The table as it fits its page; levels whose words have no room stand in two, one below."""
    rows: list[widths.Row] = [
        (row.issue, row.goals, row.name, row.weight, *row.baselines, *row.levels)
        for section in table.sections
        for row in section.rows
    ]
    heads = (table.issue, table.goal, table.indicator, table.weight, *table.years, *table.levels)
    first, then = 4, 4 + len(table.years)
    over = [(then, len(heads) - 1, table.round)]
    if table.years:
        over.append((first, then - 1, table.baselines))
    least: tuple[float, ...] = (*LEAST, cells.NAME_WIDTH)
    wanted: tuple[float, ...] = ()
    if by_hand:
        least = (LEAST_BY_HAND,) * len(least)
        wanted = (*BY_HAND[:-1], *([BY_HAND[-1]] * (len(heads) - len(least))))
    measured = widths.measured(rows, heads, over, least, wanted=wanted)
    turned = widths.turned_height(heads[first:], setting)
    if turned and columns.fitting(measured, widths.enlarged(setting)) is None:
        narrow = (*least, 0.0, *([widths.TURNED_COLUMN] * len(heads[first:])))
        upright = replace(measured, heads=heads[:first], least=narrow)
        if columns.fitting(upright, widths.enlarged(setting)) is not None:
            fit = widths.fitted(upright, setting)
            yield replace(table, widths=fit.widths, small=fit.small, turned=turned)
            return
    count = len(table.levels)
    if count > 1 and not widths.has_room(measured, setting):
        first_half, second = widths.halves(count)
        yield from _fitted(_part(table, first_half), setting, by_hand=by_hand)
        yield from _fitted(_part(replace(table, years=()), second), setting, by_hand=by_hand)
        return
    fit = widths.fitted(measured, setting)
    yield replace(table, widths=fit.widths, small=fit.small)


def _part(table: SummaryBlock, half: slice) -> SummaryBlock:
    """The table with some of its levels; past results stand in the first one alone."""

    def row(one: SummaryRow) -> SummaryRow:
        past = one.baselines if table.years else ()
        return replace(one, levels=one.levels[half], baselines=past)

    sections = tuple(replace(s, rows=tuple(map(row, s.rows))) for s in table.sections)
    return replace(table, levels=table.levels[half], sections=sections)

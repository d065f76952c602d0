"""What the tables of every document say of an indicator: its number, levels, past results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ... import thai
from ...model import (
    Agency,
    Component,
    Criteria,
    CriteriaPart,
    LevelMark,
    LevelScale,
    Round,
    Unit,
    UnitIndicator,
)
from ...model.criteria import NOT_EARNED
from ...model.scales import in_columns, part_combined_by, scale_of
from ...model.tree import components_of, indicators_of, walk, weight_in, weights_sum
from ...scoring import explain
from ...scoring.rows import PERCENT
from ..common import DocumentSubject, digits
from . import rich, second_names
from .rich import Paragraph, Rich

DENSE = 11.0
"""The size of the letters of wide tables, in points."""

SHEET, SHEET_PADDING = 13.0, 0.26
"""The size of the letters of a sheet's tables, in points; what lies beside words there, in cm."""

NAME_WIDTH = 2.9
"""What their columns of names get at the least, in cm."""

EMPTY_ROWS = 3
"""So many empty rows has each component on the blank form of an agency that states no form."""


@dataclass(frozen=True, slots=True)
class IndicatorSection:
    """A component's indicators with their numbers, and the numbers of the form's empty rows."""

    component: Component
    indicators: tuple[tuple[str, UnitIndicator], ...]
    empty_rows: tuple[str, ...]


def sections(
    agency: Agency,
    unit: Unit,
    items: Sequence[UnitIndicator],
    *,
    through: bool,
    blank: bool = False,
) -> tuple[IndicatorSection, ...]:
    """All components in the tree's order: the one place where indicators get their numbers.

    A number that a use states is printed as it is, and counted like the others. A component
    without indicators has the form's empty rows; on a ``blank`` form they follow indicators too.
    """
    found = []
    number = 0
    for component in walk(components_of(unit, agency)):
        if not through:
            number = 0
        own = indicators_of(component, items)
        open_rows = 0
        if not component.components and (blank or not own):
            open_rows = agency.form.rows.get(component.id, 0)
            if blank and not items and not agency.form.rows:
                open_rows = EMPTY_ROWS
        numbered = tuple(
            (item.use.number or digits(agency, str(n)), item)
            for n, item in enumerate(own, start=number + 1)
        )
        number += len(own)
        empty = tuple(digits(agency, str(number + n)) for n in range(1, open_rows + 1))
        number += open_rows
        found.append(IndicatorSection(component, numbered, empty))
    return tuple(found)


def sections_of(
    subject: DocumentSubject, *, through: bool | None = None
) -> tuple[IndicatorSection, ...]:
    """The subject's own components with their indicators and numbers.

    ``through`` is what a table does of itself, where the agency states no numbering.
    """
    stated = is_through(subject)
    if through is None or subject.agency.numbering is not None:
        through = stated
    return sections(
        subject.agency,
        subject.unit,
        subject.indicators,
        through=through,
        blank=subject.scope == "form",
    )


def sections_shown(subject: DocumentSubject) -> list[IndicatorSection]:
    """Those of them that hold indicators, or empty rows on the form."""
    return [part for part in sections_of(subject) if part.indicators or part.empty_rows]


def is_through(subject: DocumentSubject) -> bool:
    """Whether indicators are numbered through the unit: as the agency says, else its form."""
    numbering = subject.agency.numbering
    if numbering is None:
        words = subject.wording.agreement
        return words.goals is not None and not (words.criteria or words.tables or words.summary)
    return numbering == "through"


def numbers(subject: DocumentSubject) -> dict[str, str]:
    """Each indicator's number, in the order of the weight tree."""
    return {item.key: number for part in sections_of(subject) for number, item in part.indicators}


def scale_of_unit(subject: DocumentSubject) -> LevelScale:
    """The scale that the unit's tables are laid out for."""
    return subject.agency.scales[subject.unit.scale or subject.agency.scale]


def level_names(subject: DocumentSubject) -> tuple[str, ...]:
    """The headings over the levels."""
    return tuple(digits(subject.agency, level.name) for level in scale_of_unit(subject).levels)


def table_name(item: UnitIndicator) -> str:
    """What tables call an indicator."""
    return item.indicator.names.tables or item.indicator.name


def numbered_name(subject: DocumentSubject, number: str, item: UnitIndicator) -> Rich:
    """An indicator's cell: its number and what tables call it, in English too if they have it."""
    second = second_names.below(subject, "tables", item.indicator)
    return (*rich.plain(numbered(number, table_name(item))), *second)


def open_row(subject: DocumentSubject, number: str) -> Rich:
    """The cell of an indicator that is still to be written in."""
    return rich.plain(number + subject.wording.row)


def numbered(number: str, name: str) -> str:
    """A name behind its number: ``3. …``; ``16.1 …`` where the number has parts itself."""
    return f"{number if '.' in number else f'{number}.'} {name}"


def weight(agency: Agency, item: UnitIndicator, r: Round) -> str:
    """An indicator's weight in a round; nothing where it is still open."""
    if not item.indicator.assessed_in(r.id):
        return NOT_EARNED
    found = weight_in(item.use, r.id)
    return "" if found is None else digits(agency, thai.weight(found))


def weights(subject: DocumentSubject, percent: str, item: UnitIndicator) -> str:
    """What an indicator weighs in each round that says otherwise; nothing where it is open."""
    found = dict.fromkeys(
        thai.weight(stated)
        for r in subject.rounds
        if (stated := weight_in(item.use, r.id)) is not None
    )
    said = digits(subject.agency, " / ".join(found))
    return weighed(subject, percent, said) if found else ""


def weighed(subject: DocumentSubject, percent: str, weight: str) -> str:
    """A weight in words: ร้อยละ, unless weights add up to something else than 100."""
    in_percent = weights_sum(subject.unit, subject.agency) == PERCENT
    return f"{percent} {weight}" if in_percent else weight


def levels(subject: DocumentSubject, item: UnitIndicator, r: Round) -> tuple[Rich, ...]:
    """The level cells of one round; dotted where the criteria are still open."""
    if not item.indicator.assessed_in(r.id):
        return (rich.plain(NOT_EARNED),) * len(scale_of_unit(subject).levels)
    criteria = item.indicator.criteria_of(r.id)
    if criteria is None or not (criteria.levels or criteria.parts):
        return (rich.plain("..."),) * len(scale_of_unit(subject).levels)
    return level_cells(subject, criteria)


def part_name(agency: Agency, criteria: Criteria, part: CriteriaPart, *, short: bool = True) -> str:
    """What a part is called; with its weight, where the parts are combined by weight."""
    name = (short and part.short) or part.name
    is_weighed = part_combined_by(criteria, part, agency) == "weighted"
    weight = part.weight if is_weighed else None
    return name if weight is None else digits(agency, explain.part_name(name, weight))


def level_cells(subject: DocumentSubject, criteria: Criteria) -> tuple[Rich, ...]:
    """What each column of the unit's table says: the level's words, or a line for each part."""
    if criteria.levels:
        return tuple(
            rich.plain(NOT_EARNED) if level is None else level_words(level)
            for level in _in_columns(subject, criteria)
        )
    parts = [(part, _in_columns(subject, criteria.of_part(part))) for part in criteria.parts]
    return tuple(
        tuple(
            block
            for part, levels in parts
            if (level := levels[column]) is not None
            for called in [part_name(subject.agency, criteria, part)]
            for block in rich.prefixed(called, level_words(level))
        )
        for column in range(len(scale_of_unit(subject).levels))
    )


def _in_columns(
    subject: DocumentSubject, criteria: Criteria | CriteriaPart
) -> tuple[LevelMark | None, ...]:
    """The level that stands in each column of the unit's tables; None where there is none."""
    table = scale_of_unit(subject)
    scale = scale_of(criteria, subject.unit, subject.agency) or table
    columns = in_columns(scale, table) or (None,) * len(table.levels)
    return tuple(None if level is None else criteria.levels.get(level.id) for level in columns)


def level_words(level: LevelMark) -> Rich:
    """What tables say of a level."""
    return rich.parse(level.table or level.text)


def past_cell(item: UnitIndicator, year: int) -> Rich:
    """A past year's results of an indicator; empty where there is none."""
    baselines = item.indicator.baselines
    found: list[Paragraph] = []
    for baseline in baselines:
        past = baseline.years.get(year)
        words = rich.plain(past.table or past.text) if past is not None else ()
        if words and len(baselines) > 1:
            words = rich.prefixed(baseline.short or baseline.name or "", words)
        found += words
    return rich.cell(tuple(found))

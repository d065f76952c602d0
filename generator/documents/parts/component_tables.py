"""Tables by component: what each weighs, then one table of criteria for each (source 001)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Component, UnitIndicator
from ...model.tree import components_of
from ...model.wording import TablesWords
from ..common import DocumentSubject, Fields, digits, total
from . import cells, rich, second_names, styles, widths
from .rich import Rich
from .widths import PORTRAIT

SIZE = 14.0
"""The size of the letters of these tables, in points."""

NAME_WIDTH, WEIGHT_WIDTH, YEAR_WIDTH, LEVEL_WIDTH = 5.0, 1.7, 1.4, 1.0
"""What the columns get at the least, in cm."""


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A component and what it weighs."""

    name: Rich
    weight: str


@dataclass(frozen=True, slots=True)
class WeightTable:
    """The table of the components' weights; each row says the ``levels``; ``widths`` in percent."""

    text: Rich
    component: str
    weight: str
    over: str
    levels: tuple[str, ...]
    rows: tuple[WeightRow, ...]
    total: str
    total_weight: str
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with its past results and levels."""

    name: Rich
    weight: str
    baselines: tuple[Rich, ...]
    levels: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class ComponentTable:
    """The criteria of one component; the total says the levels' names again."""

    indicator: str
    weight: str
    baselines: str
    years: tuple[str, ...]
    over: str
    levels: tuple[str, ...]
    heading: str
    rows: tuple[IndicatorRow, ...]
    total: str
    total_weight: str
    widths: tuple[float, ...]
    second: str = ""


@dataclass(frozen=True, slots=True)
class ComponentPart:
    """What is said of a component, and its table where it holds indicators."""

    text: Rich
    table: ComponentTable | None


def weight_table(subject: DocumentSubject, fill: Fields) -> WeightTable | None:
    """The weights of the highest components that there are several of; None without its words."""
    words = subject.wording.agreement.weights
    if words is None:
        return None
    agency = subject.agency
    top = components_of(subject.unit, agency)
    while len(top) == 1 and top[0].components:
        top = top[0].components
    counting = [component for component in top if component.counts]
    rows = tuple(
        WeightRow(
            (
                *rich.plain(f"{digits(agency, str(number))}. {component.row or component.name}"),
                *second_names.below(subject, "tables", component),
            ),
            _weight(subject, [component]),
        )
        for number, component in enumerate(counting, start=1)
    )
    levels = cells.level_names(subject)
    return WeightTable(
        text=styles.to_table(rich.parse(fill.fill(words.text))),
        component=words.component,
        weight=words.weight,
        over=words.levels,
        levels=levels,
        rows=rows,
        total=words.total,
        total_weight=_weight(subject, counting),
        widths=widths.share_out(
            [(row.name, row.weight, *levels) for row in rows],
            subject.setting(SIZE, PORTRAIT),
            heads=(words.component, words.weight, *levels),
            over=[(2, 1 + len(levels), words.levels)],
            least=(NAME_WIDTH, WEIGHT_WIDTH, *([LEVEL_WIDTH] * len(levels))),
            padding=cells.SHEET_PADDING,
        ),
    )


def component_parts(subject: DocumentSubject) -> tuple[ComponentPart, ...]:
    """The components of the weight tree that have something to say, in its order.

    All tables have the same columns.
    """
    words = subject.wording.agreement.tables
    if words is None:
        return ()
    agency = subject.agency
    years = tuple(digits(agency, str(year)) for year in agency.baseline_years)
    levels = cells.level_names(subject)
    found = [
        (part.component, tuple(_rows(subject, words, part))) for part in cells.sections_of(subject)
    ]
    over = [(2 + len(years), 1 + len(years) + len(levels), words.levels)]
    if years:
        over.append((2, 1 + len(years), words.baselines))
    least = (*(YEAR_WIDTH for _ in years), *(LEVEL_WIDTH for _ in levels))
    shares = widths.share_out(
        [(row.name, row.weight, *row.baselines, *row.levels) for _, rows in found for row in rows],
        subject.setting(SIZE, PORTRAIT),
        heads=(words.indicator, words.weight, *years, *levels),
        over=over,
        least=(NAME_WIDTH, WEIGHT_WIDTH, *least),
        padding=cells.SHEET_PADDING,
    )
    return tuple(
        ComponentPart(
            _text(rich.parse(component.text), is_above_table=bool(rows)),
            ComponentTable(
                indicator=words.indicator,
                weight=words.weight,
                baselines=words.baselines,
                years=years,
                over=words.levels,
                levels=levels,
                heading=component.heading or "",
                rows=rows,
                total=words.total,
                total_weight=_weight(subject, [component]),
                widths=shares,
                second=second_names.second_name(subject, "tables", component)
                if component.heading
                else "",
            )
            if rows
            else None,
        )
        for component, rows in found
        if component.text or rows
    )


def _text(text: Rich, *, is_above_table: bool) -> Rich:
    """What is said of a component; all of it stays with its table."""
    return styles.BEFORE_TABLE.on(text) if is_above_table else styles.to_table(text)


def _rows(
    subject: DocumentSubject, words: TablesWords, part: cells.IndicatorSection
) -> Iterator[IndicatorRow]:
    """The component's indicators; where it has none, the form's empty rows."""
    agency, last = subject.agency, subject.rounds[-1]
    for number, item in part.indicators:
        yield IndicatorRow(
            cells.numbered_name(subject, number, item),
            cells.weight(agency, item, last),
            tuple(_past(item, year, words.none) for year in agency.baseline_years),
            cells.levels(subject, item, last),
        )
    blank = rich.cell(())
    for number in part.empty_rows:
        yield IndicatorRow(
            cells.open_row(subject, number),
            "",
            (blank,) * len(agency.baseline_years),
            (blank,) * len(cells.level_names(subject)),
        )


def _past(item: UnitIndicator, year: int, none: str) -> Rich:
    found = cells.past_cell(item, year)
    return found if widths.words(found) else rich.plain(none)


def _weight(subject: DocumentSubject, components: Sequence[Component]) -> str:
    """What components state together; nothing where one states nothing."""
    stated = [component.weight for component in components if component.weight is not None]
    if len(stated) < len(components):
        return ""
    return total(subject.agency, stated)

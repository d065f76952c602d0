"""One table, goal by goal: the criteria of an indicator as lines of one cell (source 003)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from ...model import Agency, Component, Strategy, UnitIndicator
from ...model.wording import GoalsWords
from ..common import DocumentSubject, Fields, digits
from ..identity import LAYOUT
from . import cells, rich, second_names, styles, widths
from .rich import Paragraph, Rich, TextSpan
from .widths import LANDSCAPE

SIZE, PADDING = 12.0, 0.34
"""The size of the letters of this table, in points; what lies beside a cell's words, in cm."""

LEAST = (2.4, 2.6, 4.0, 1.2, 1.8)
"""What the columns get at the least, in cm."""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """An indicator; its goal stands beside the first of those that measure it."""

    goal: Rich
    indicator: Rich
    criteria: Rich
    weight: str
    source: Rich
    weight_style: str = field(default=styles.GOAL_NUMBER, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class GoalTable:
    """The five columns of the memorandum; ``widths`` in percent."""

    goal: str
    indicator: str
    criteria: str
    weight: str
    source: str
    rows: tuple[GoalRow, ...]
    widths: tuple[float, ...]


def goal_table(subject: DocumentSubject, fill: Fields) -> GoalTable | None:
    """All indicators in the order of the weight tree; None without its words."""
    words = subject.wording.agreement.goals
    if words is None:
        return None
    made = tuple(_rows(subject, fill, words))
    rows = (
        *(_styled(row, styles.GOAL, styles.GOAL_NUMBER) for row in made[:-1]),
        *(_styled(row, styles.LAST_GOAL, styles.LAST_GOAL_NUMBER) for row in made[-1:]),
    )
    return GoalTable(
        goal=words.goal,
        indicator=words.indicator,
        criteria=words.criteria,
        weight=words.weight,
        source=words.source,
        rows=rows,
        widths=widths.share_out(
            [(row.goal, row.indicator, row.criteria, row.weight, row.source) for row in rows],
            subject.setting(SIZE, LANDSCAPE),
            heads=(words.goal, words.indicator, words.criteria, words.weight, words.source),
            least=LEAST,
            padding=PADDING,
        ),
    )


def _rows(subject: DocumentSubject, fill: Fields, words: GoalsWords) -> Iterator[GoalRow]:
    blank = rich.cell(())
    for part in cells.sections_of(subject, through=True):
        component = part.component
        before: Strategy | None = None
        for index, (number, item) in enumerate(part.indicators):
            strategy = next((s for s in subject.unit.strategy if item.key in s.indicators), None)
            goal = _goal(subject.agency, strategy if strategy is not before else None)
            name = cells.table_name(item)
            before = strategy
            yield GoalRow(
                goal=rich.cell((*_heading(subject, component), *goal) if index == 0 else goal),
                indicator=(
                    *rich.plain(fill.fill(words.numbered, number=number, name=name)),
                    *second_names.below(subject, "tables", item.indicator),
                ),
                criteria=rich.cell(_criteria(subject, item)),
                weight=cells.weight(subject.agency, item, subject.rounds[-1]),
                source=rich.cell(rich.parse(item.indicator.source)),
            )
        for index, _ in enumerate(part.empty_rows):
            heading = _heading(subject, component) if index == 0 and not part.indicators else ()
            yield GoalRow(rich.cell(heading), blank, blank, "", blank)


def _styled(row: GoalRow, words: str, weight: str) -> GoalRow:
    return replace(
        row,
        goal=styles.in_cell(row.goal, words),
        indicator=styles.in_cell(row.indicator, words),
        criteria=styles.in_cell(row.criteria, words),
        source=styles.in_cell(row.source, words),
        weight_style=weight,
    )


def _heading(subject: DocumentSubject, component: Component) -> Rich:
    """The component's name, in bold above its first goal."""
    name = Paragraph((TextSpan(component.name, bold=True),))
    return (name, *second_names.below(subject, "tables", component, bold=True))


def _goal(agency: Agency, strategy: Strategy | None) -> Rich:
    """One goal as it is, several numbered."""
    if strategy is None:
        return ()
    if len(strategy.goals) == 1:
        return rich.parse(strategy.goals[0])
    return rich.numbered(strategy.goals, partial(digits, agency))


def _criteria(subject: DocumentSubject, item: UnitIndicator) -> Rich:
    """A line a level, then the conditions."""
    names = cells.level_names(subject)
    levels = cells.levels(subject, item, subject.rounds[-1])
    lines = [
        block for name, words in zip(names, levels, strict=True) for block in _line(name, words)
    ]
    return (*lines, *rich.parse(item.indicator.conditions))


def _line(name: str, words: Rich) -> Rich:
    """The level's name and its words; a list of words stands below the name."""
    if not words or words[0].marker:
        return (*rich.plain(name), *words)
    first, *rest = words
    return (replace(first, spans=(TextSpan(f"{name} "), *first.spans)), *rest)

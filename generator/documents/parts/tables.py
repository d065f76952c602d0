"""Target tables and action plans, worked out and ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ...exact import Exact, add, half_up
from ...model import Activity, Agency, Plan, TableColumn
from ...scoring import formula
from ...typesetting import columns
from ..common import DocumentSubject, TableData, digits
from ..identity import LAYOUT
from . import cells, widths
from .widths import LANDSCAPE, PORTRAIT

BAR = "←→"
"""What a bar says to those who can't see it (source 004, line 1127)."""


@dataclass(frozen=True, slots=True)
class TableHead:
    """A heading, over one or several columns; ``deep``: over both rows of the head."""

    text: str
    span: int
    deep: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """A target table: heads in two rows, rows of cells, the total.

    ``upright`` is whether it has room on an upright page, where it follows the sheet; ``small`` the
    size of its letters there in points, 0 where it is the usual one.
    """

    title: tuple[str, ...]
    source: str
    heads: tuple[TableHead, ...]
    below: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    widths: tuple[float, ...]
    upright: bool = field(default=False, metadata=LAYOUT)
    small: float = field(default=0.0, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A stretch of months: ``span`` of them, with the bar's words or without a bar."""

    span: int
    text: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An activity with who does it, and its months as stretches."""

    number: str
    activity: str
    bars: tuple[MonthBar, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """Activities by months."""

    title: str
    number: str
    activity: str
    groups: tuple[TableHead, ...]
    months: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    widths: tuple[float, ...]


def target_table(subject: DocumentSubject, data: TableData) -> Targets:
    """The table worked out and laid out: upright where its words have room, else across.

    It takes of an upright page's margins and smaller letters before it lies.
    """
    found = targets(subject.agency, data)
    measured = _measured(data.model.columns, found.rows, found.total)
    fit = widths.whole_figures(measured, subject.setting(cells.DENSE, PORTRAIT))
    if fit is not None:
        return replace(found, widths=fit.widths, small=fit.small, upright=True)
    shared = widths.in_margins(measured, subject.setting(cells.DENSE, LANDSCAPE))
    return replace(found, widths=shared)


def targets(agency: Agency, data: TableData) -> Targets:
    """The table worked out: exact until printed, half-up, totals from exact sums.

    Every cell is computed from the CSV's own figures, never from a printed (rounded) cell
    (source 004, lines 941–1036).
    """
    model = data.model
    totals = {name: add(f[name] for f in data.figures) for name in model.numbers}
    rows = [
        tuple(_cell(agency, column, number, row, figures) for column in model.columns)
        for number, (row, figures) in enumerate(zip(data.rows, data.figures, strict=True), start=1)
    ]
    total: tuple[str, ...] = ()
    if model.total is not None:
        total = tuple(
            model.total
            if column.text == model.key
            else ""
            if _numbers_rows(column)
            else _cell(agency, column, 0, {}, totals)
            for column in model.columns
        )
    heads, below = _heads(model.columns)
    return Targets(
        title=tuple(model.title),
        source=model.source or "",
        heads=heads,
        below=below,
        rows=tuple(rows),
        total=total,
        widths=(),
    )


def _numbers_rows(column: TableColumn) -> bool:
    return column.text is None and column.formula is None


def _cell(
    agency: Agency,
    column: TableColumn,
    number: int,
    row: Mapping[str, str],
    figures: Mapping[str, Exact],
) -> str:
    if column.formula is not None:
        exact = formula.value(column.formula, figures)
        return digits(agency, f"{half_up(exact, column.decimals):,}")
    if column.text is None:
        return digits(agency, str(number))
    if column.text in figures:
        return digits(agency, f"{half_up(figures[column.text], column.decimals):,}")
    return row.get(column.text, "")


def _heads(stated: list[TableColumn]) -> tuple[tuple[TableHead, ...], tuple[str, ...]]:
    heads: list[TableHead] = []
    below: list[str] = []
    for group, members in groupby(stated, key=lambda column: column.group):
        found = list(members)
        if group is None:
            heads += (TableHead(column.heading, 1, True) for column in found)
        else:
            heads.append(TableHead(group, len(found), False))
            below += (column.heading for column in found)
    return tuple(heads), tuple(below)


def _measured(
    stated: Sequence[TableColumn], rows: Sequence[Sequence[str]], total: Sequence[str]
) -> columns.MeasuredTable:
    """The table as it is measured."""
    over, at = [], 0
    for group, members in groupby(stated, key=lambda column: column.group):
        count = len(list(members))
        if group is not None:
            over.append((at, at + count - 1, group))
        at += count
    *own, sums = ([(words,) if words else () for words in row] for row in (*rows, total))
    heads = [column.heading for column in stated]
    return columns.MeasuredTable(own, heads, over, padding=widths.PADDING, sums=[sums])


def action_plan(agency: Agency, plan: Plan) -> ActionPlan:
    """The plan with its bars (source 004, lines 1123–1136)."""
    count = len(plan.months)
    return ActionPlan(
        title=plan.title,
        number=plan.number,
        activity=plan.activity,
        groups=tuple(TableHead(group.name, group.months, False) for group in plan.groups),
        months=tuple(plan.months),
        rows=tuple(
            PlanRow(digits(agency, str(number)), _activity(activity), _bars(plan, activity))
            for number, activity in enumerate(plan.activities, start=1)
        ),
        widths=(4.0, 40.0, *([round(56 / count, 3)] * count)),
    )


def _activity(activity: Activity) -> str:
    """The activity, who leads, who supports: ``… (กพบ./คทส.) (ทุกกรม)``."""
    who = (f"({'/'.join(units)})" for units in (activity.lead, activity.support) if units)
    return " ".join((activity.name, *who))


def _bars(plan: Plan, activity: Activity) -> tuple[MonthBar, ...]:
    count = len(plan.months)
    if activity.start is None:
        return (MonthBar(1, ""),) * count
    first = plan.place(activity.start)
    assert first is not None
    last = plan.place(activity.end) if activity.end is not None else first
    assert last is not None
    before, after = first, count - last - 1
    return (
        *((MonthBar(1, ""),) * before),
        MonthBar(last - first + 1, BAR),
        *((MonthBar(1, ""),) * after),
    )

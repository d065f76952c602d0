"""The levels of an indicator on its sheet, a table a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...model import Criteria, CriteriaPart, LevelScale, UnitIndicator
from ...model.scales import scale_of
from ...model.sheet_words import SheetWords
from ..common import DocumentSubject, digits
from ..identity import LAYOUT
from . import cells, rich, widths
from .rich import Rich
from .widths import PORTRAIT


@dataclass(frozen=True, slots=True)
class SheetLevelRow:
    """The levels of a round, or of one part of it."""

    part: str
    levels: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class LevelTable:
    """The criteria of one round. ``part`` heads the column of parts, where there are any.

    ``widths`` are the columns' widths in percent.
    """

    heading: str
    part: str
    over: str
    levels: tuple[str, ...]
    rows: tuple[SheetLevelRow, ...]
    widths: tuple[float, ...]
    small: float = field(default=0.0, metadata=LAYOUT)


def level_tables(
    subject: DocumentSubject, words: SheetWords, item: UnitIndicator
) -> Iterator[LevelTable]:
    """The criteria of an indicator, a table a round in which it is assessed."""
    for r in subject.rounds:
        if not item.indicator.assessed_in(r.id):
            continue
        criteria = item.indicator.criteria_of(r.id)
        scale = _scale(subject, criteria)
        if criteria is not None and criteria.parts:
            rows = [
                SheetLevelRow(
                    cells.part_name(subject.agency, criteria, part, short=False),
                    _levels(part, scale),
                )
                for part in criteria.parts
            ]
        else:
            rows = [SheetLevelRow("", _levels(criteria, scale))]
        part = words.part if criteria is not None and criteria.parts else ""
        names = _names(subject, scale)
        yield from _tables(subject, words.of_round(r), part, words.levels, names, rows)


def empty_level_tables(subject: DocumentSubject, words: SheetWords) -> Iterator[LevelTable]:
    """Those of the empty form."""
    scale = cells.scale_of_unit(subject)
    row = SheetLevelRow("", (rich.plain("....."),) * len(scale.levels))
    for r in subject.rounds:
        names = _names(subject, scale)
        yield from _tables(subject, words.of_round(r), "", words.levels, names, [row])


def _tables(
    subject: DocumentSubject,
    heading: str,
    part: str,
    over: str,
    levels: tuple[str, ...],
    rows: list[SheetLevelRow],
) -> Iterator[LevelTable]:
    """A table whose columns share the width of the sheet by their words.

    Levels whose words have no room beside each other stand in two tables, one below the other.
    """
    before = 1 if part else 0
    measured = [_cells_of(row)[1 - before :] for row in rows]
    table = widths.measured(
        measured,
        heads=(part, *levels)[1 - before :],
        over=[(before, before + len(levels) - 1, over)],
        padding=cells.SHEET_PADDING,
    )
    setting = subject.setting(cells.SHEET, PORTRAIT)
    if len(levels) > 1 and not widths.has_room(table, setting, upright=True):
        for half in widths.halves(len(levels)):
            own = [SheetLevelRow(row.part, row.levels[half]) for row in rows]
            yield from _tables(subject, heading, part, over, levels[half], own)
        return
    fit = widths.fitted_upright(table, setting)
    yield LevelTable(heading, part, over, levels, tuple(rows), fit.widths, fit.small)


def _cells_of(row: SheetLevelRow) -> tuple[Rich | str, ...]:
    return row.part, *row.levels


def _scale(subject: DocumentSubject, criteria: Criteria | None) -> LevelScale:
    found = None
    if criteria is not None:
        found = scale_of(criteria, subject.unit, subject.agency)
    return found or cells.scale_of_unit(subject)


def _names(subject: DocumentSubject, scale: LevelScale) -> tuple[str, ...]:
    return tuple(digits(subject.agency, level.name) for level in scale.levels)


def _levels(criteria: Criteria | CriteriaPart | None, scale: LevelScale) -> tuple[Rich, ...]:
    """The sheet's words of each level; open where there are none yet."""
    if criteria is None or not criteria.levels:
        return (rich.plain("..."),) * len(scale.levels)
    return tuple(rich.cell(rich.parse(criteria.levels[level.id].text)) for level in scale.levels)

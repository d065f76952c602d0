"""The table of results and scores: of a unit's report, and of a person's ปผ.2.

It is that of source 004, ภาคผนวก 2 (lines 695–701).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from fractions import Fraction

from ... import thai
from ...exact import official
from ...model.criteria import NOT_EARNED
from ...model.report_words import ReportWords
from ...model.tree import components_of
from ...model.wording import AchievementWords
from ...scoring import ScoredIndicator, explain, explain_combined
from ...scoring.combining_steps import PointsAdjusted
from ...scoring.competency_steps import CompetencyJudged, level_reached
from ...scoring.trace import Milestones, PartScored, Trace, judged
from ...typesetting import columns
from ..common import DocumentSubject, digits, total
from ..identity import LAYOUT
from . import cells, rich, widths
from .rich import Rich
from .widths import LANDSCAPE

NAME, LEVEL, RESULT, FIGURE = 3.0, 1.0, 2.4, 1.2
"""What the table's columns get at the least, in cm."""

EMPTY = rich.cell(())


NAME_BY_HAND, RESULT_BY_HAND, LEVEL_BY_HAND, LEVELS_BY_HAND = 6.5, 3.5, 1.5, 7.5
"""What they get where somebody writes in them; each level and, at most, all of them, in cm."""


@dataclass(frozen=True, slots=True)
class ScoreTableRow:
    """An indicator: its levels, result, score (ก), weight (ข) and weighted score (ค)."""

    name: Rich
    levels: tuple[Rich, ...]
    result: Rich
    score: str
    weight: str
    weighted: str


@dataclass(frozen=True, slots=True)
class ScoreTableSection:
    """A component and its indicators."""

    heading: str
    rows: tuple[ScoreTableRow, ...]
    second: str = ""


@dataclass(frozen=True, slots=True)
class ScoreTableBlock:
    """The ten columns of the form; ``widths`` in percent.

    Where levels stand in several tables, ``caption`` says which are in this one.
    """

    indicator: str
    target: str
    levels: tuple[str, ...]
    result: str
    score: str
    weight: str
    weighted: str
    sections: tuple[ScoreTableSection, ...]
    total: str
    total_weight: str
    total_weighted: str
    widths: tuple[float, ...]
    small: float = field(default=0.0, metadata=LAYOUT)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ScoreTable(ScoreTableBlock):
    """The table; levels that have no room beside the others stand ``below``, all else again."""

    below: tuple[ScoreTableBlock, ...] = ()

    @property
    def blocks(self) -> tuple[ScoreTableBlock, ...]:
        """All of it, in its order."""
        return (self, *self.below)


def score_table(
    subject: DocumentSubject,
    words: ReportWords | AchievementWords,
    sections: Iterable[ScoreTableSection],
) -> ScoreTable:
    """The table of sections that hold rows; totals stand where there is one for all of them."""
    first, *others = _fitted(_whole(subject, words, sections), subject)
    said = {one.name: getattr(first, one.name) for one in fields(first)}
    return ScoreTable(**said, below=tuple(others))


def _fitted(table: ScoreTableBlock, subject: DocumentSubject) -> Iterator[ScoreTableBlock]:
    """The table as it fits its page; levels whose words have no room stand in two, one below."""
    measured, count = _measured(table), len(table.levels)
    setting = subject.setting(cells.DENSE, LANDSCAPE)
    if count > 1 and not widths.has_room(measured, setting):
        for half in widths.halves(count):
            yield from _fitted(_part(table, half), subject)
        return
    fit = widths.fitted(measured, setting)
    yield replace(table, widths=fit.widths, small=fit.small)


def _measured(table: ScoreTableBlock) -> columns.MeasuredTable:
    """A table's words, and what its columns get at the least."""
    rows: list[widths.Row] = [
        (row.name, *row.levels, row.result, row.score, row.weight, row.weighted)
        for section in table.sections
        for row in section.rows
    ]
    count = len(table.levels)
    figures = (table.result, table.score, table.weight, table.weighted)
    least = [NAME, *([LEVEL] * count), RESULT, *([FIGURE] * 3)]
    if any(row.name == EMPTY for section in table.sections for row in section.rows):
        level = min(LEVEL_BY_HAND, LEVELS_BY_HAND / max(count, 1))
        least = [NAME_BY_HAND, *([level] * count), RESULT_BY_HAND, *([FIGURE] * 3)]
    heads = (table.indicator, *table.levels, *figures)
    return widths.measured(rows, heads, [(1, count, table.target)], least)


def _part(table: ScoreTableBlock, half: slice) -> ScoreTableBlock:
    """The table with some of its levels."""
    sections = tuple(
        replace(s, rows=tuple(replace(row, levels=row.levels[half]) for row in s.rows))
        for s in table.sections
    )
    levels = table.levels[half]
    said = levels[0] if len(levels) == 1 else f"{levels[0]} – {levels[-1]}"
    caption = f"{table.target} {said}"
    return replace(table, levels=levels, sections=sections, caption=caption)


def _whole(
    subject: DocumentSubject,
    words: ReportWords | AchievementWords,
    sections: Iterable[ScoreTableSection],
) -> ScoreTableBlock:
    """The table before its columns have widths."""
    agency, score = subject.agency, subject.score
    names = cells.level_names(subject)
    kept = tuple(section for section in sections if section.rows)
    roots = components_of(subject.unit, agency)
    stated = [c.weight for c in roots if c.counts and c.weight is not None]
    pool = score.pools[0] if score is not None and len(score.pools) == 1 else None
    left_out = pool.left_out if pool is not None else Fraction(0)
    return ScoreTableBlock(
        indicator=words.indicator,
        target=words.target,
        levels=names,
        result=words.result,
        score=words.score,
        weight=words.weight,
        weighted=words.weighted,
        sections=kept,
        total=words.total,
        total_weight=total(agency, (*stated, -left_out)) if stated else "",
        total_weighted="" if pool is None else figure(subject, pool.total_shown),
        widths=(),
    )


def empty_rows(subject: DocumentSubject, number: int) -> tuple[ScoreTableRow, ...]:
    """Rows to be filled in by hand."""
    levels = (EMPTY,) * len(cells.scale_of_unit(subject).levels)
    return (ScoreTableRow(EMPTY, levels, EMPTY, "", "", ""),) * number


def score_row(
    subject: DocumentSubject,
    number: str,
    name: str,
    levels: tuple[Rich, ...],
    weight: str,
    row: ScoredIndicator | None,
    second: Rich = (),
) -> ScoreTableRow:
    """An indicator's row; without its result, what is known ahead."""
    if row is not None and row.state == "not applicable":
        score = weight = weighted = NOT_EARNED
    else:
        score = "" if row is None else figure(subject, row.score_shown)
        weighted = "" if row is None else figure(subject, row.weighted_shown)
    return ScoreTableRow(
        name=(*rich.plain(cells.numbered(number, name) if number else name), *second),
        levels=levels,
        result=EMPTY if row is None else rich.cell(_result(subject, row)),
        score=score,
        weight=weight,
        weighted=weighted,
    )


def _result(subject: DocumentSubject, row: ScoredIndicator) -> Rich:
    """The words the unit reports, else the value that was judged, else why there is none.

    What is counted from a survey names it.
    """
    said = rich.parse(row.result.text) if row.result is not None and row.result.text else ()
    if row.score is None:
        return said or rich.plain(digits(subject.agency, explain.row_line(row)))
    source = explain.source_line(row.reported or row.score.trace)
    named = rich.plain(None if source is None else digits(subject.agency, source))
    changed = [step for step in row.score.trace.steps if isinstance(step, PointsAdjusted)]
    lines = [line for step in changed for line in explain_combined.reasons(step)]
    adjusted = [block for line in lines for block in rich.plain(digits(subject.agency, line))]
    return (*(said or _judged(subject, row)), *named, *adjusted)


def _judged(subject: DocumentSubject, row: ScoredIndicator) -> Rich:
    """The value that was judged, or those of the parts."""
    assert row.score is not None
    said = _said(row.score.trace) or _said(row.reported or row.score.trace)
    if said is not None:
        return rich.plain(digits(subject.agency, said))
    if row.of == "competencies":
        return tuple(
            block
            for step in row.score.trace.steps
            if isinstance(step, CompetencyJudged)
            for block in rich.plain(digits(subject.agency, level_reached(step)))
        )
    return tuple(
        block
        for step in (row.reported or row.score.trace).steps
        if isinstance(step, PartScored) and (part := _said(step.trace)) is not None
        for block in rich.plain(f"{step.name} {digits(subject.agency, part)}")
    )


def _said(trace: Trace) -> str | None:
    """The value that was judged, or the steps that are done; None for what is made of parts."""
    value = judged(trace)
    if value is not None:
        return official(value)
    step = next((step for step in trace.steps if isinstance(step, Milestones)), None)
    return None if step is None else milestones_done(step)


def milestones_done(step: Milestones) -> str:
    """The steps that are done, by their numbers: all up to one, or each."""
    if not step.done:
        return "ยังไม่แล้วเสร็จแม้แต่ขั้นตอนเดียว"
    done = sorted(step.done)
    if len(done) > 1 and done == list(range(1, len(done) + 1)):
        return f"ขั้นตอนที่ 1 ถึง {done[-1]} แล้วเสร็จ"
    return f"ขั้นตอนที่ {', '.join(map(str, done))} แล้วเสร็จ"


def figure(subject: DocumentSubject, value: Decimal | None, *, plain: bool = False) -> str:
    """A figure as the tables print it; nothing for None."""
    if value is None:
        return ""
    return digits(subject.agency, thai.weight(value) if plain else f"{value}")

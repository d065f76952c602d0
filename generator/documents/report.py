"""The report of results (แบบรายงานผลการดำเนินงาน): the table of scores, pictures, and why.

The table is that of source 004, ภาคผนวก 2 (lines 695–701).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .. import thai
from ..exact import Exact, shown
from ..model import Component, Round, UnitIndicator
from ..model.scales import scale_of
from ..model.tree import components_of, walk
from ..model.wording import ReportWords
from ..scoring import ScoredIndicator, Trace, UnitScore, explain
from ..scoring.trace import FormulaCalculated, MeanOfColumn, PartScored, ValueReported, ValueRounded
from .common import (
    DocumentSubject,
    PageFurniture,
    Properties,
    digits,
    fields,
    furniture,
    properties,
    total,
)
from .parts import cells, rich, styles, widths
from .parts.bars import STEPS, BarPart, bars
from .parts.cells import level_cell
from .parts.rich import Rich

WIDE, LETTER = 24.7, 0.2
"""The text width of a landscape page, and about how wide a letter of its tables is, in cm."""

NAME, LEVEL, RESULT, FIGURE = 4.6, 1.4, 3.4, 1.7
"""What the table's columns get at the least, in cm."""

EMPTY_ROWS = 3


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An indicator: its levels, result, score (ก), weight (ข) and weighted score (ค)."""

    name: Rich
    levels: tuple[Rich, ...]
    result: Rich
    score: str
    weight: str
    weighted: str


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A component and its indicators."""

    heading: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The ten columns of the form; ``widths`` in percent."""

    indicator: str
    target: str
    levels: tuple[str, ...]
    result: str
    score: str
    weight: str
    weighted: str
    sections: tuple[ReportSection, ...]
    total: str
    total_weight: str
    total_weighted: str
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A bar with what it stands for and its figure; a section heads those that follow."""

    section: str
    label: str
    bars: tuple[BarPart, ...]
    figure: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """A table of bars; ``steps`` cells make a full bar, ``widths`` are in percent."""

    heading: str
    label: str
    scale: str
    figure: str
    rows: tuple[ChartRow, ...]
    steps: int
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """How one indicator's score came about, line by line, and what proves the result."""

    name: str
    lines: tuple[str, ...]
    evidence_label: str
    evidence: Rich


@dataclass(frozen=True, slots=True)
class ResultReport:
    """Everything the report says."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    table: ScoreTable
    outcome: tuple[str, ...]
    policies_heading: str
    policies: tuple[str, ...]
    charts: tuple[BarChart, ...]
    explained_heading: str
    explanations: tuple[ScoreExplanation, ...]


def build(subject: DocumentSubject) -> ResultReport:
    """The report of one unit in a round, or the agency's empty form."""
    words = subject.wording.report
    assert words is not None
    fill = fields(subject)
    round_ = next((r for r in subject.agency.rounds if r.id == subject.round), None)
    title = tuple(
        fill.fill(line, round="" if round_ is None else digits(subject.agency, round_.name))
        for line in (*words.title, *([words.round] if round_ is not None else []))
    )
    score = subject.score
    return ResultReport(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        table=_table(subject, words, round_),
        outcome=() if score is None else tuple(_outcome(subject, score)),
        policies_heading=words.policies,
        policies=()
        if score is None
        else tuple(digits(subject.agency, line) for line in _policies(score)),
        charts=() if score is None else tuple(_charts(subject, words, score)),
        explained_heading=words.explained,
        explanations=() if score is None else tuple(_explanations(subject, words, score)),
    )


def _policies(score: UnitScore) -> Iterator[str]:
    """What holds for all indicators; what one states for itself stands with its explanation."""
    yield from (explain.policy_line(p) for p in score.policies if p.stated != "criteria")


def _outcome(subject: DocumentSubject, score: UnitScore) -> Iterator[str]:
    names = {c.id: c.name for c in walk(components_of(subject.unit, subject.agency))}
    for pool in score.pools:
        if len(score.pools) > 1:
            yield " ".join(names[component] for component in pool.components)
        yield from (digits(subject.agency, line) for line in explain.total_lines(pool))


def _table(subject: DocumentSubject, words: ReportWords, round_: Round | None) -> ScoreTable:
    agency, unit, score = subject.agency, subject.unit, subject.score
    scale = agency.scales[unit.scale or agency.scale]
    sections = tuple(
        ReportSection(component.name, tuple(_rows(subject, component, round_)))
        for component in walk(components_of(unit, agency))
        if not component.components and (score is not None or component.counts)
    )
    sections = tuple(section for section in sections if section.rows)
    roots = components_of(unit, agency)
    stated = [c.weight for c in roots if c.counts and c.weight is not None]
    pool = score.pools[0] if score is not None and len(score.pools) == 1 else None
    texts = [
        [
            widths.words(row.name),
            *(widths.words(level) for level in row.levels),
            widths.words(row.result),
            *("",) * 3,
        ]
        for section in sections
        for row in section.rows
    ]
    least = [NAME, *([LEVEL] * len(scale.levels)), RESULT, *([FIGURE] * 3)]
    return ScoreTable(
        indicator=words.indicator,
        target=words.target,
        levels=tuple(digits(agency, level.name) for level in scale.levels),
        result=words.result,
        score=words.score,
        weight=words.weight,
        weighted=words.weighted,
        sections=sections,
        total=words.total,
        total_weight=total(agency, stated) if stated else "",
        total_weighted="" if pool is None else digits(agency, f"{pool.total_shown}"),
        widths=widths.share_out(texts, WIDE, LETTER, least),
    )


def _rows(
    subject: DocumentSubject, component: Component, round_: Round | None
) -> Iterator[ReportRow]:
    agency = subject.agency
    scale = agency.scales[subject.unit.scale or agency.scale]
    if subject.score is None or round_ is None:
        empty = rich.cell(())
        for _ in range(EMPTY_ROWS):
            yield ReportRow(empty, (empty,) * len(scale.levels), empty, "", "", "")
        return
    items = {item.key: item for item in subject.indicators}
    rows = [row for row in subject.score.rows if row.component == component.id]
    numbers = cells.numbers(subject)
    for row in rows:
        item = items[row.key]
        criteria = item.indicator.criteria_of(round_.id)
        own = scale if criteria is None else scale_of(criteria, subject.unit, agency) or scale
        levels = tuple(
            rich.cell(() if criteria is None else level_cell(agency, criteria, level.id))
            for level in own.levels
        )
        yield ReportRow(
            name=rich.plain(cells.numbered(numbers[row.key], row.name)),
            levels=(*levels, *(rich.cell(()),) * len(scale.levels))[: len(scale.levels)],
            result=rich.cell(result_words(subject, row)),
            score=figure(subject, row.score_shown),
            weight=figure(subject, row.weight, plain=True),
            weighted=figure(subject, row.weighted_shown),
        )


def result_words(subject: DocumentSubject, row: ScoredIndicator) -> Rich:
    """The words the unit reports, else the value that was judged, else why there is none.

    What is counted from a survey names it.
    """
    said = rich.parse(row.result.text) if row.result is not None and row.result.text else ()
    if row.score is None:
        return said or rich.plain(digits(subject.agency, explain.row_line(row)))
    source = explain.source_line(row.score.trace)
    named = rich.plain(None if source is None else digits(subject.agency, source))
    return (*(said or _judged(subject, row)), *named)


def _judged(subject: DocumentSubject, row: ScoredIndicator) -> Rich:
    """The value that was judged, or those of the parts."""
    assert row.score is not None
    value = judged(row.score.trace)
    if value is not None:
        return rich.plain(digits(subject.agency, shown(value)))
    return tuple(
        block
        for step in row.score.trace.steps
        if isinstance(step, PartScored) and (part := judged(step.trace)) is not None
        for block in rich.plain(f"{step.name} {digits(subject.agency, shown(part))}")
    )


def judged(trace: Trace) -> Exact | None:
    """The value that the criteria were applied to; None for milestones and composites."""
    value: Exact | None = None
    for step in trace.steps:
        if isinstance(step, ValueRounded):
            value = step.before if step.before == step.after else step.after
        elif isinstance(step, ValueReported | MeanOfColumn | FormulaCalculated):
            value = step.value
    return value


def figure(subject: DocumentSubject, value: Decimal | None, *, plain: bool = False) -> str:
    """A figure as the tables print it; nothing for None."""
    if value is None:
        return ""
    return digits(subject.agency, thai.number(value) if plain else f"{value}")


def _charts(subject: DocumentSubject, words: ReportWords, score: UnitScore) -> Iterator[BarChart]:
    """Scores against full marks; then each indicator's past years beside this year."""
    agency = subject.agency
    full = digits(agency, thai.number(score.full))
    scored = [row for row in score.rows if row.score is not None]
    if scored:
        yield _chart(
            words.scores,
            words.indicator,
            words.full.replace("[[full]]", full),
            words.score,
            [
                ChartRow(
                    "",
                    row.name,
                    bars(row.score.points, row.score.full),
                    figure(subject, row.score_shown),
                )
                for row in scored
                if row.score is not None
            ],
        )
    past = [line for row in scored for line in _past(subject, row)]
    if past:
        yield _chart(words.years, words.year, words.scale, words.figure, past)


def _past(subject: DocumentSubject, row: ScoredIndicator) -> Iterator[ChartRow]:
    """An indicator's results by year, this year's last; nothing where there is no figure."""
    item = next(i for i in subject.indicators if i.key == row.key)
    value = None if row.score is None else judged(row.score.trace)
    figures = _figures(subject, item)
    if value is None or not figures:
        return
    figures.append((subject.agency.fiscal_year, value))
    most = max(figure for _, figure in figures)
    for index, (year, figure) in enumerate(figures):
        yield ChartRow(
            row.name if index == 0 else "",
            digits(subject.agency, str(year)),
            bars(figure, most),
            digits(subject.agency, shown(figure)),
        )


def _figures(subject: DocumentSubject, item: UnitIndicator) -> list[tuple[int, Exact]]:
    """The past years' figures, where the indicator has one row of them in its own measure."""
    baselines = item.indicator.baselines
    if len(baselines) != 1 or baselines[0].measure not in (None, item.indicator.measure):
        return []
    past = baselines[0].years
    return [
        (year, found.value)
        for year, found in sorted(past.items())
        if found is not None and found.value is not None and year < subject.agency.fiscal_year
    ]


def _chart(heading: str, label: str, scale: str, figure: str, rows: Iterable[ChartRow]) -> BarChart:
    sides = (34.0, *([round(54 / STEPS, 3)] * STEPS), 12.0)
    return BarChart(heading, label, scale, figure, tuple(rows), STEPS, sides)


def _explanations(
    subject: DocumentSubject, words: ReportWords, score: UnitScore
) -> Iterator[ScoreExplanation]:
    names = {key: view.unit.name or key for key, view in subject.units.items()}
    for row in score.rows:
        lines = () if row.score is None else explain.lines(row.score.trace, names)
        evidence = [] if row.result is None else row.result.evidence
        yield ScoreExplanation(
            name=row.name,
            lines=tuple(digits(subject.agency, line) for line in (*lines, explain.row_line(row))),
            evidence_label=words.evidence if evidence else "",
            evidence=styles.REASON.on(
                tuple(block for text in evidence for block in rich.parse(text))
            ),
        )

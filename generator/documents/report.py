"""The report of results (แบบรายงานผลการดำเนินงาน): the table of scores, pictures, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .. import thai
from ..exact import Exact, official
from ..model import Component, Round, UnitIndicator
from ..model.report_words import ReportWords
from ..model.tree import components_of, walk
from ..scoring import ScoredIndicator, UnitScore, explain
from ..scoring.explain_policies import policy_line
from ..scoring.trace import judged
from .common import (
    DocumentSubject,
    PageFurniture,
    Properties,
    about_round,
    digits,
    fields,
    furniture,
    properties,
)
from .parts import cells, rich, second_names, styles
from .parts.assessment_tables import AssessmentTable, assessment_tables
from .parts.bars import STEPS, BarPart, ScaleMark, bars, figure_scale, scale_marks
from .parts.evidence_lines import evidence_lines
from .parts.explained import ExplainedPart, explained_parts
from .parts.glance import Glance, glance
from .parts.rich import Rich
from .parts.row_tables import RowTable, row_tables
from .parts.score_table import (
    ScoreTable,
    ScoreTableSection,
    empty_rows,
    figure,
    score_row,
    score_table,
)
from .parts.signatures import ReportEnd, report_end

EMPTY_ROWS = 3
"""So many empty rows has each component on the form."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A bar with what it stands for and its figure.

    A section heads those that follow, with their scale (``marks``) and measure.
    """

    section: str
    label: str
    bars: tuple[BarPart, ...]
    figure: str
    marks: tuple[ScaleMark, ...] = ()
    measure: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """A table of bars; ``widths`` are in percent.

    The rows of a group, which a section heads, stand on one page.
    """

    heading: str
    label: str
    scale: tuple[ScaleMark, ...]
    figure: str
    groups: tuple[tuple[ChartRow, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """How one indicator's score came about, part by part, and what proves the result."""

    name: str
    parts: tuple[ExplainedPart, ...]
    evidence_label: str
    evidence: Rich


@dataclass(frozen=True, slots=True)
class ResultReport:
    """Everything the report says."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    second: str
    glance: Glance | None
    table: ScoreTable
    policies_heading: str
    policies: tuple[str, ...]
    assessment: tuple[AssessmentTable, ...]
    charts: tuple[BarChart, ...]
    explained_heading: str
    explanations: tuple[ScoreExplanation, ...]
    end: ReportEnd | None = None
    rows: tuple[RowTable, ...] = ()


def build(subject: DocumentSubject) -> ResultReport:
    """The report of one unit in a round, or the agency's empty form."""
    words = subject.wording.report
    assert words is not None
    fill = fields(subject)
    round_ = subject.of_round
    title = tuple(
        fill.fill(line, **({} if round_ is None else about_round(subject.agency, round_)))
        for line in (*words.title, *([words.round] if round_ is not None else []))
    )
    score = subject.score
    return ResultReport(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        second=second_names.second_name(subject, "heads", subject.unit),
        glance=None
        if score is None
        else glance(subject, words, fill, score, tuple(_outcome(subject, score))),
        table=score_table(
            subject,
            words,
            (
                _section(subject, component, round_)
                for component in walk(components_of(subject.unit, subject.agency))
                if not component.components and (score is not None or component.counts)
            ),
        ),
        policies_heading=words.policies,
        policies=()
        if score is None
        else tuple(digits(subject.agency, line) for line in _policies(score)),
        assessment=assessment_tables(subject, words),
        charts=() if score is None else tuple(_charts(subject, words, score)),
        explained_heading=words.explained,
        explanations=() if score is None else tuple(_explanations(subject, words, score)),
        rows=tuple(row_tables(subject)),
        end=report_end(subject, fill),
    )


def _policies(score: UnitScore) -> Iterator[str]:
    """What holds for all indicators; what one states for itself stands with its explanation."""
    yield from (policy_line(p) for p in score.policies if p.stated != "criteria")


def _outcome(subject: DocumentSubject, score: UnitScore) -> Iterator[str]:
    names = {c.id: c.name for c in walk(components_of(subject.unit, subject.agency))}
    for pool in score.pools:
        if len(score.pools) > 1:
            yield " ".join(names[component] for component in pool.components)
        yield from (digits(subject.agency, line) for line in explain.total_lines(pool))


def _section(
    subject: DocumentSubject, component: Component, round_: Round | None
) -> ScoreTableSection:
    """A component and its indicators as they are scored; on a form, empty rows."""
    if subject.score is None or round_ is None:
        second = second_names.second_name(subject, "report", component)
        return ScoreTableSection(component.name, empty_rows(subject, EMPTY_ROWS), second)
    scale = cells.scale_of_unit(subject)
    items = {item.key: item for item in subject.indicators}
    numbers = cells.numbers(subject)
    rows = []
    for row in subject.score.rows:
        if row.component != component.id:
            continue
        item = items.get(row.key)
        criteria = None if item is None else item.indicator.criteria_of(round_.id)
        levels: tuple[Rich, ...] = (rich.cell(()),) * len(scale.levels)
        if criteria is not None and (criteria.levels or criteria.parts):
            levels = tuple(map(rich.cell, cells.level_cells(subject, criteria)))
        if item is not None and not item.indicator.assessed_in(round_.id):
            levels = cells.levels(subject, item, round_)
        rows.append(
            score_row(
                subject,
                numbers.get(row.key, ""),
                row.name,
                levels,
                figure(subject, row.weight_shown, plain=True),
                row,
                () if item is None else second_names.below(subject, "report", item.indicator),
            )
        )
    second = second_names.second_name(subject, "report", component)
    return ScoreTableSection(component.name, tuple(rows), second)


def _charts(subject: DocumentSubject, words: ReportWords, score: UnitScore) -> Iterator[BarChart]:
    """Scores against full marks; then each indicator's past years beside this year."""
    agency = subject.agency
    full = digits(agency, thai.number(score.full))
    scored = [row for row in score.rows if row.score is not None]
    if scored:
        yield _chart(
            words.scores,
            words.indicator,
            scale_marks(
                score.full,
                words.full.replace("[[full]]", full),
                lambda mark: digits(agency, str(mark)),
            ),
            words.score,
            [
                [
                    ChartRow(
                        "",
                        row.name,
                        bars(row.score.points, row.score.full),
                        figure(subject, row.score_shown),
                    )
                ]
                for row in scored
                if row.score is not None
            ],
        )
    past = [group for row in scored if (group := list(_past(subject, row)))]
    if past:
        scale = (ScaleMark(words.scale, STEPS),)
        yield _chart(words.years, words.year, scale, words.figure, past)


def _past(subject: DocumentSubject, row: ScoredIndicator) -> Iterator[ChartRow]:
    """An indicator's results by year, this year's last; nothing where there is no figure."""
    item = next((i for i in subject.indicators if i.key == row.key), None)
    value = None if row.score is None else judged(row.score.trace)
    figures = [] if item is None else _figures(subject, item)
    if value is None or not figures:
        return
    figures.append((subject.agency.fiscal_year, value))
    top, marks = figure_scale(
        max(found for _, found in figures), lambda mark: digits(subject.agency, official(mark, 6))
    )
    for index, (year, found) in enumerate(figures):
        said = ChartRow(
            "",
            digits(subject.agency, str(year)),
            bars(found, top),
            digits(subject.agency, official(found)),
        )
        measure = "" if item is None else item.indicator.measure or ""
        headed = replace(said, section=row.name, marks=tuple(marks), measure=measure)
        yield said if index else headed


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


def _chart(
    heading: str,
    label: str,
    scale: tuple[ScaleMark, ...],
    figure: str,
    groups: Iterable[Sequence[ChartRow]],
) -> BarChart:
    sides = (34.0, *([round(54 / STEPS, 3)] * STEPS), 12.0)
    return BarChart(heading, label, scale, figure, tuple(map(tuple, groups)), sides)


def _explanations(
    subject: DocumentSubject, words: ReportWords, score: UnitScore
) -> Iterator[ScoreExplanation]:
    names = {key: view.unit.name or key for key, view in subject.units.items()}
    for row in score.rows:
        evidence = [] if row.result is None else row.result.evidence
        yield ScoreExplanation(
            name=row.name,
            parts=explained_parts(subject, row, names),
            evidence_label=words.evidence if evidence else "",
            evidence=styles.REASON.on(evidence_lines(evidence)),
        )

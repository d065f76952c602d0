"""What a report begins with: the result at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from ... import thai
from ...model.report_words import ReportWords
from ...scoring import UnitScore, explain
from ..common import DocumentSubject, Fields, digits
from . import cells
from .bars import STEPS, BarPart, ScaleMark, bars, scale_marks
from .score_table import figure
from .signatures import parties

NAME, BAR = 40.0, 48.0
"""The widths of a component's name and of a full bar, in percent."""


@dataclass(frozen=True, slots=True)
class ComponentBar:
    """A component, its mean score as a bar, and that score."""

    name: str
    bars: tuple[BarPart, ...]
    score: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The total and the grade, a bar a component, what is missing, and who answers for it.

    ``widths`` are in percent; ``rows`` are empty where nothing is scored.
    """

    outcome: tuple[str, ...]
    component: str
    scale: tuple[ScaleMark, ...]
    score: str
    rows: tuple[ComponentBar, ...]
    widths: tuple[float, ...]
    lines: tuple[str, ...]


def glance(
    subject: DocumentSubject,
    words: ReportWords,
    fill: Fields,
    score: UnitScore,
    outcome: tuple[str, ...],
) -> Glance:
    """The result of a unit at a glance."""
    agency, own = subject.agency, words.glance
    holding = {row.component for row in score.rows}
    full = digits(agency, thai.number(score.full))
    return Glance(
        outcome=outcome,
        component=own.component,
        scale=scale_marks(
            score.full,
            words.full.replace("[[full]]", full),
            lambda mark: digits(agency, str(mark)),
        ),
        score=words.score,
        rows=tuple(
            ComponentBar(
                part.name,
                bars(part.score, score.full),
                figure(subject, explain.rounded(part.score)),
            )
            for part in score.components
            if part.counts and part.score is not None and part.id in holding
        ),
        widths=(NAME, *([round(BAR / STEPS, 3)] * STEPS), 100 - NAME - BAR),
        lines=(*_open(subject, fill, own.open, score), *_who(subject, fill, words)),
    )


def _open(subject: DocumentSubject, fill: Fields, line: str, score: UnitScore) -> tuple[str, ...]:
    """Which indicators have no score yet."""
    numbers = cells.numbers(subject)
    found = [
        cells.numbered(numbers[row.key], row.name) if row.key in numbers else row.name
        for row in score.rows
        if row.counts and row.score is None and row.state != "not applicable"
    ]
    return (fill.fill(line, indicators=", ".join(found)),) if found else ()


def _who(subject: DocumentSubject, fill: Fields, words: ReportWords) -> tuple[str, ...]:
    """Who reports and who certifies, as far as their names or positions are known."""
    (_, certify), (_, report) = parties(subject.agency, subject.unit)
    lines = []
    for line, members in ((words.glance.assessee, report), (words.glance.assessor, certify)):
        said = [" ".join(filter(None, (party.name, party.position))) for party in members]
        if any(said):
            lines.append(fill.fill(line, who=", ".join(filter(None, said))))
    return tuple(lines)

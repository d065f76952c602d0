"""The rows of results that come row by row: figures, score, rank, pass or fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ...exact import Exact, half_up, shown
from ...model import ByRow
from ...model.by_row import NOT_APPLICABLE, RowWords
from ...scoring import ScoredIndicator
from ...scoring.by_row import RowFigure, RowScore
from ...scoring.rows import SCORE_DECIMALS
from ..common import DocumentSubject, digits

PERCENT_DECIMALS = 2
"""What was worked out is printed half-up with so many decimals; the score with its own."""


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell: words stand at its left, figures in its middle."""

    text: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows of one indicator's result; ``widths`` are in percent."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[RowCell, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its head, what it says of a row, and how wide it is beside others."""

    head: str
    cell: Callable[[RowScore], str]
    is_figure: bool = True
    width: float = 1.0


def row_tables(subject: DocumentSubject) -> Iterator[RowTable]:
    """A table for each indicator of the unit whose result has rows."""
    words = subject.wording.report.rows if subject.wording.report is not None else None
    rules = {item.key: item.indicator.by_row for item in subject.indicators}
    for row in subject.score.rows if subject.score is not None else ():
        rule = rules.get(row.key)
        if row.score is not None and row.score.rows and rule is not None and words is not None:
            yield _table(subject, words, rule, row, row.score.rows)


def _table(
    subject: DocumentSubject,
    words: RowWords,
    rule: ByRow,
    scored: ScoredIndicator,
    rows: tuple[RowScore, ...],
) -> RowTable:
    columns = list(_columns(words, rule, rows))
    total = sum(column.width for column in columns)
    heading = words.heading.replace("[[called]]", rule.called).replace("[[name]]", scored.name)
    return RowTable(
        heading,
        tuple(digits(subject.agency, column.head) for column in columns),
        tuple(
            tuple(
                RowCell(
                    digits(subject.agency, column.cell(row))
                    if column.is_figure
                    else column.cell(row),
                    column.is_figure,
                )
                for column in columns
            )
            for row in rows
        ),
        tuple(round(100 * column.width / total, 2) for column in columns),
    )


def _columns(words: RowWords, rule: ByRow, rows: tuple[RowScore, ...]) -> Iterator[_Column]:
    """The columns that the rows have something to say in."""
    if rule.ranked_by != "none":
        yield _Column(words.rank, _rank, width=0.7)
    yield _Column(rule.called, lambda row: row.name, is_figure=False, width=2.2)
    for index, text in enumerate(rule.texts):
        yield _Column(text, partial(_text, index), is_figure=False, width=1.4)
    for figure in next(row.figures for row in rows if row.applies):
        yield _Column(_head(figure), partial(_figure, figure.key))
    yield _Column(words.value, lambda row: _number(row.value))
    if rule.full is not None:
        yield _Column(words.full, lambda row: _number(row.full))
        yield _Column(words.percent, lambda row: _rounded(row.percent, PERCENT_DECIMALS))
    if rule.weight is not None:
        yield _Column(words.weight, lambda row: _number(row.weight))
    if rule.is_scored:
        yield _Column(words.score, lambda row: _rounded(row.points, SCORE_DECIMALS))
    if rule.passed is not None:
        yield _Column(words.result, partial(_outcome, words))


def _text(index: int, row: RowScore) -> str:
    return row.texts[index]


def _figure(key: str, row: RowScore) -> str:
    return _number(next((one.value for one in row.figures if one.key == key), None))


def _outcome(words: RowWords, row: RowScore) -> str:
    if row.passed is None:
        return NOT_APPLICABLE
    return words.passed if row.passed else words.failed


def _head(figure: RowFigure) -> str:
    return f"{figure.name} ({figure.measure})" if figure.measure else figure.name


def _rank(row: RowScore) -> str:
    return NOT_APPLICABLE if row.rank is None else str(row.rank)


def _number(value: Exact | None) -> str:
    """A figure as it was typed; one that was worked out with two decimals."""
    if value is None:
        return NOT_APPLICABLE
    return _rounded(value, PERCENT_DECIMALS) if isinstance(value, Fraction) else shown(value, 10)


def _rounded(value: Exact | None, decimals: int) -> str:
    return NOT_APPLICABLE if value is None else f"{half_up(value, decimals):,}"

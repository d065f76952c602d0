"""How an indicator's score came about, on a page: lines below headings, long sums as tables.

What one assessor or one part says stands below its name, which is said once; the figures that are
summed over months share a table, a row a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ...exact import shown
from ...scoring import ScoredIndicator, explain
from ...scoring.trace import AssessorScored, PartScored, ReportedFigure, Step
from ..common import DocumentSubject, digits
from . import widths
from .widths import PORTRAIT

LONG = 4
"""A sum of so many months is a table."""

BETWEEN = " › "
"""What stands between an assessor's name and a part's."""

LETTERS, MONTH, FIGURE = 11.0, 2.4, 2.2
"""The size of a table's letters, in points; what its columns get at the least, in cm."""

MOST = 5
"""So many figures stand side by side in a table of sums."""


@dataclass(frozen=True, slots=True)
class SumTable:
    """Figures by month, and what they add up to; ``widths`` are in percent."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """Lines below a heading (none where nobody's name has to be said), or a table of sums."""

    heading: str
    lines: tuple[str, ...]
    sums: tuple[SumTable, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A line or a table, and whose it is."""

    of: str
    line: str = ""
    sums: SumTable | None = None


def explained_parts(
    subject: DocumentSubject, row: ScoredIndicator, names: Mapping[str, str]
) -> tuple[ExplainedPart, ...]:
    """A row's explanation, in the order of its steps."""
    trace = explain.row_trace(row)
    said = [] if trace is None else list(_of_steps(subject, trace.steps, names, ""))
    said += [_Said("", line) for line in explain.row_end(row)]
    return tuple(_parts(subject, said))


def _parts(subject: DocumentSubject, said: Iterable[_Said]) -> Iterator[ExplainedPart]:
    before = ""
    for (of, is_table), group in groupby(said, key=lambda one: (one.of, one.sums is not None)):
        heading = of if of != before else ""
        before = of
        found = list(group)
        if is_table:
            tables = tuple(one.sums for one in found if one.sums is not None)
            yield ExplainedPart(heading, (), tables)
        else:
            lines = tuple(digits(subject.agency, one.line) for one in found)
            yield ExplainedPart(heading, lines)


def _of_steps(
    subject: DocumentSubject, steps: Iterable[Step], names: Mapping[str, str], of: str
) -> Iterator[_Said]:
    for months, group in groupby(steps, key=_months):
        if len(months) >= LONG:
            figures = [step for step in group if isinstance(step, ReportedFigure)]
            for start in range(0, len(figures), MOST):
                yield _Said(of, sums=_table(subject, months, figures[start : start + MOST]))
            continue
        for step in group:
            if isinstance(step, AssessorScored | PartScored):
                below = BETWEEN.join(filter(None, (of, step.name)))
                yield from _of_steps(subject, step.trace.steps, names, below)
            if isinstance(step, AssessorScored):
                yield _Said("", explain.gave(step))
            elif not isinstance(step, PartScored):
                yield from (_Said(of, line) for line in explain.step_lines(step, names))


def _months(step: Step) -> tuple[str, ...]:
    """The months that a figure is a sum over; none for what is no sum."""
    return tuple(month for month, _ in step.months) if isinstance(step, ReportedFigure) else ()


def _table(
    subject: DocumentSubject, months: tuple[str, ...], figures: list[ReportedFigure]
) -> SumTable:
    def own(text: str) -> str:
        return digits(subject.agency, text)

    heads = ("เดือน", *(_head(figure) for figure in figures))
    columns = [[own(shown(number, 10)) for _, number in figure.months] for figure in figures]
    rows = tuple(zip(map(own, months), *columns, strict=True))
    total = ("รวม", *(own(shown(figure.value, 10)) for figure in figures))
    return SumTable(
        tuple(map(own, heads)),
        rows,
        total,
        widths.share_out(
            [*rows, total],
            subject.setting(LETTERS, PORTRAIT),
            heads=heads,
            least=[MONTH, *([FIGURE] * len(figures))],
        ),
    )


def _head(figure: ReportedFigure) -> str:
    """A figure's name with its unit."""
    return f"{figure.name} ({figure.measure})" if figure.measure else figure.name

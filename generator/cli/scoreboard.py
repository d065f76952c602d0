"""A unit's scores for the terminal: a table with Thai columns aligned, or how one came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from .. import thai
from ..api.scores import ScoredUnit, SupposedScore
from ..messages import message
from ..scoring import ScoredIndicator, explain, explain_rows
from ..scoring.explain_exempt import weight_line
from .terminal import left, name_columns, right

NAME = 48
"""How wide the names of indicators are at the most, in columns of the terminal."""

SCORE, WEIGHT, WEIGHTED = "ก", "ข", "ค"
"""The heads of the form over a score, its weight, and both together."""

FIGURE = 8
"""How wide columns of figures are; wider where a figure needs it."""

Line = tuple[str, str | None]
"""A line and its colour."""


def lines(scored: ScoredUnit, indicator: str | None = None) -> Iterator[Line]:
    """The table and the totals; of one ``indicator``, how its score came about.

    Raises UsageError for an indicator that the unit doesn't have.
    """
    if indicator is not None:
        row = scored.row(indicator)
        yield row.name, "cyan"
        yield from ((line, None) for line in explain.row_lines(row, scored.names))
        if row.score is not None:
            yield from ((line, None) for line in explain_rows.of_rows(row.score.rows))
        return
    score = scored.score
    table = {row.key: _cells(row) for row in score.rows}
    wide = _wide(table.values())
    yield _columns((_head(), SCORE, WEIGHT, WEIGHTED), wide), "cyan"
    for component in score.components:
        inside = [row for row in score.rows if row.component == component.id]
        if not inside:
            continue
        yield component.name, "cyan"
        for row in inside:
            yield _columns(table[row.key], wide), _colour(row, score.full)
    for pool in score.pools:
        yield from ((line, None) for line in explain.total_lines(pool))
    for row in score.rows:
        if row.lacking is not None or (row.assessment is not None and row.score is None):
            yield f"{row.name}: {explain.row_line(row)}", "yellow"
        elif row.state == "not applicable":
            yield f"{row.name}: {explain.row_line(row)}", None
        elif (weight := weight_line(row)) is not None:
            yield f"{row.name}: {weight}", None


def changes(found: SupposedScore) -> Iterator[Line]:
    """What would be another score: indicators, the total, and the grade; before and after."""
    yield _columns((_head(), SCORE, "→", WEIGHTED, "→")), "cyan"
    for before, after in found.changed:
        figures = (
            before.score_shown,
            after.score_shown,
            before.weighted_shown,
            after.weighted_shown,
        )
        yield (
            _columns((after.name, *map(_shown, figures))),
            _colour(after, found.supposed.score.full),
        )
    pairs = zip(found.reported.score.pools, found.supposed.score.pools, strict=True)
    for was, now in pairs:
        totals = _shown(was.total_shown), _shown(now.total_shown)
        yield str(message("total-before-and-after", before=totals[0], after=totals[1])), None
        shares = _shown(was.percent_shown), _shown(now.percent_shown)
        yield str(message("percent-before-and-after", before=shares[0], after=shares[1])), None
        grades = was.grade or "–", now.grade or "–"
        yield str(message("grade-before-and-after", before=grades[0], after=grades[1])), None
        if now.open_weight:
            yield explain.open_line(now), "yellow"


def _head() -> str:
    return str(message("heading-indicator"))


def _cells(row: ScoredIndicator) -> tuple[str, ...]:
    return (row.name, *map(_shown, (row.score_shown, row.weight_shown, row.weighted_shown)))


def _wide(rows: Iterable[tuple[str, ...]]) -> int:
    """How wide columns of figures have to be, two blanks before each."""
    return max((FIGURE, *(len(figure) + 2 for _, *figures in rows for figure in figures)))


def _columns(cells: tuple[str, ...], wide: int = FIGURE) -> str:
    name, *figures = cells
    room = name_columns(NAME, wide * len(figures))
    return left(name, room) + "".join(right(figure, wide) for figure in figures)


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else thai.weight(value)


def _colour(row: ScoredIndicator, full: Decimal) -> str | None:
    if row.state == "at fault":
        return "red"
    if row.score is None:
        return None if row.state == "not applicable" else "yellow"
    return "green" if row.score.points == full else None

"""A unit's scores for the terminal: a table with Thai columns aligned, or how one came about."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .. import thai
from ..api.scores import ScoredUnit
from ..diagnostics import did_you_mean
from ..errors import UsageError
from ..scoring import ScoredIndicator, explain, plain

NAME = 48
"""How wide the names of indicators are at the most, in columns of the terminal."""

HEADS = ("ตัวชี้วัด", "ก", "ข", "ค")
FIGURE = 8

Line = tuple[str, str | None]
"""A line and its colour."""


def lines(scored: ScoredUnit, indicator: str | None = None) -> Iterator[Line]:
    """The table and the totals; of one ``indicator``, how its score came about.

    Raises UsageError for an indicator that the unit doesn't have.
    """
    if indicator is not None:
        row = _row(scored, indicator)
        yield row.name, "cyan"
        if row.score is not None:
            yield from ((line, None) for line in explain.lines(row.score.trace, scored.names))
        yield explain.row_line(row), None
        return
    score = scored.score
    yield _columns(HEADS), "cyan"
    for component in score.components:
        inside = [row for row in score.rows if row.component == component.id]
        if not inside:
            continue
        yield component.name, "cyan"
        for row in inside:
            figures = (row.score_shown, row.weight, row.weighted_shown)
            yield _columns((row.name, *map(_shown, figures))), _colour(row, score.full)
    for pool in score.pools:
        yield from ((line, None) for line in explain.total_lines(pool))
    for row in score.rows:
        if row.lacking is not None:
            yield f"{row.name}: {explain.row_line(row)}", "yellow"


def as_json(scored: ScoredUnit, indicator: str | None = None) -> Any:
    """The same for machines: exact numbers as text, a fraction (``10/3``) where decimals never end.

    What is ``…_shown`` is as it is printed.
    """
    if indicator is not None:
        return _row_json(_row(scored, indicator), trace=True)
    score = scored.score
    return {
        "unit": scored.unit.id,
        "round": score.round,
        "rows": [_row_json(row) for row in score.rows],
        "totals": [
            plain(pool)
            | plain({"total_shown": pool.total_shown, "percent_shown": pool.percent_shown})
            for pool in score.pools
        ],
        "policies": plain(score.policies),
    }


def _row_json(row: ScoredIndicator, *, trace: bool = False) -> dict[str, Any]:
    figures = {
        "weight": row.weight,
        "score": None if row.score is None else row.score.points,
        "weighted": row.weighted,
        "score_shown": row.score_shown,
        "weighted_shown": row.weighted_shown,
    }
    about = {name: getattr(row, name) for name in ("key", "name", "component", "state", "reporter")}
    steps = {} if row.score is None or not trace else {"trace": plain(row.score.trace)}
    lacking = {} if row.lacking is None else {"lacking": row.lacking.as_data()}
    return {**about, **plain(figures), **lacking, **steps}


def _row(scored: ScoredUnit, indicator: str) -> ScoredIndicator:
    known = {row.key: row for row in scored.score.rows}
    if indicator not in known:
        raise UsageError(f"the unit has no indicator '{indicator}'", did_you_mean(indicator, known))
    return known[indicator]


def _columns(cells: tuple[str, ...]) -> str:
    name, *figures = cells
    return left(name, NAME) + "".join(right(figure, FIGURE) for figure in figures)


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else thai.number(value)


def _colour(row: ScoredIndicator, full: Decimal) -> str | None:
    if row.state == "at fault":
        return "red"
    if row.score is None:
        return "yellow"
    return "green" if row.score.points == full else None


def width(text: str) -> int:
    """How many columns a terminal gives to a text; marks above and below take none."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def left(text: str, columns: int) -> str:
    """A text over so many columns, cut off where it is longer."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """A text at the right of so many columns."""
    return " " * max(1, columns - width(text)) + text

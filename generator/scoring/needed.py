"""What open indicators have to come to for a grade: exact, and no less will do.

Two answers: all of them at one score, and each alone while the others that are open earn full
marks (the least that it may be at all).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..exact import add, whole_above
from ..model import Grade
from ..model.tree import components_of, walk
from .borrowing import RoundReports
from .least_value import RequiredResult, least_results
from .rows import ScoredIndicator
from .totals import PERCENT_DECIMALS, ScorePool
from .unit import UnitScore

Outlook = Literal["reached", "needed", "missed", "out of reach"]
"""reached: whatever is still open. needed: it rests on what is open. out of reach: full marks in
all that is open don't suffice. missed: nothing is open, and it isn't reached."""


@dataclass(frozen=True, slots=True)
class RequiredScore:
    """The least score (ก) that an open indicator needs, and the results that earn it.

    ``results``: one, or one a part; none where no result can be told (competencies, the mean over
    a table). Nought: any will do.
    """

    key: str
    name: str
    score: Fraction
    results: tuple[RequiredResult, ...]


@dataclass(frozen=True, slots=True)
class PoolNeed:
    """What a total needs for a grade: ``needed`` at the least, ``possible`` at the most.

    ``together``: every open indicator at one score. ``alone``: each, the others at full marks.
    """

    components: tuple[str, ...]
    grade: str
    at_least: Decimal
    outlook: Outlook
    needed: Fraction
    total: Fraction
    possible: Fraction
    out_of: Fraction
    together: tuple[RequiredScore, ...] = ()
    alone: tuple[RequiredScore, ...] = ()


def needs(reports: RoundReports, score: UnitScore, grade: Grade) -> tuple[PoolNeed, ...]:
    """What each total of a unit needs for a grade. Nothing may be at fault or without a weight."""
    tree = components_of(reports.units[score.unit].unit, reports.agency)
    found = []
    for pool in score.pools:
        ids = {one.id for root in tree if root.id in pool.components for one in walk([root])}
        rows = [row for row in score.rows if row.component in ids and row.counts]
        found.append(_need(reports, score, pool, rows, grade))
    return tuple(found)


def least_percent(grade: Grade) -> Fraction:
    """The least total out of 100 that is rounded to the grade's bound, or above it."""
    unit = 10**PERCENT_DECIMALS
    return Fraction(2 * whole_above(Fraction(grade.at_least) * unit) - 1, 2 * unit)


def _need(
    reports: RoundReports,
    score: UnitScore,
    pool: ScorePool,
    rows: Sequence[ScoredIndicator],
    grade: Grade,
) -> PoolNeed:
    still = [(row, _share(row)) for row in rows if row.score is None and _share(row)]
    full = Fraction(score.full)
    needed = max(Fraction(0), least_percent(grade) * pool.out_of / 100)
    possible = pool.total + add(share for _, share in still) * full
    need = PoolNeed(
        pool.components,
        grade.name,
        grade.at_least,
        _outlook(pool.total, possible, needed, is_open=bool(still)),
        needed,
        pool.total,
        possible,
        pool.out_of,
    )
    if need.outlook != "needed":
        return need
    each = (needed - pool.total) / add(share for _, share in still)
    return replace(
        need,
        together=tuple(_required(reports, score, row, each) for row, _ in still),
        alone=tuple(
            _required(reports, score, row, full - (possible - needed) / share)
            for row, share in still
        ),
    )


def _outlook(total: Fraction, possible: Fraction, needed: Fraction, *, is_open: bool) -> Outlook:
    if total >= needed:
        return "reached"
    if not is_open:
        return "missed"
    return "needed" if possible >= needed else "out of reach"


def _share(row: ScoredIndicator) -> Fraction:
    """What one point of its score adds to the total."""
    return Fraction(row.weight or 0) / Fraction(row.weights_sum)


def _required(
    reports: RoundReports, score: UnitScore, row: ScoredIndicator, points: Fraction
) -> RequiredScore:
    least = max(Fraction(0), points)
    results = least_results(reports, score.unit, row, least) if least else ()
    return RequiredScore(row.key, row.name, least, results)

"""What the rows of a unit add up to: by component, and all together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..exact import Exact, add, half_up
from ..model import Agency, Component, Grade
from ..model.round_sets import year_of
from ..model.tree import walk
from .rows import PERCENT, SCORE_DECIMALS, ScoredIndicator, share

PERCENT_DECIMALS = 2
"""The total out of 100 is rounded so, then graded."""


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """A node of the weight tree: the mean of what is scored below it, by weight."""

    id: str
    name: str
    depth: int
    counts: bool
    weight: Decimal | None
    score: Fraction | None
    weighted: Fraction
    open_weight: Fraction


@dataclass(frozen=True, slots=True)
class ScorePool:
    """Roots of the weight tree that are totalled together.

    ``total`` is Σค, exact, ``out_of`` the most it can be; what is open adds nothing to it,
    and ``open_weight`` says how much that is. A pool is graded when nothing is open, and
    the round decides.
    ``sum_shown`` is what the rows' ค add up to as they are printed; it may differ from the total.
    ``weights_sum`` is what all weights of the unit's tree add up to, ``left_out`` how much less
    that is because something isn't judged.
    """

    components: tuple[str, ...]
    weight: Fraction
    total: Fraction
    out_of: Fraction
    open_weight: Fraction
    unweighted: tuple[str, ...]
    grade: str | None
    sum_shown: Decimal
    weights_sum: Exact = PERCENT
    left_out: Fraction = Fraction(0)

    @property
    def complete(self) -> bool:
        """Whether every indicator is weighed and scored."""
        return not self.open_weight and not self.unweighted

    @property
    def percent(self) -> Fraction:
        """The total out of 100, exact."""
        return _percent(self.total, self.out_of)

    @property
    def total_shown(self) -> Decimal:
        """The total as it is printed."""
        return half_up(self.total, SCORE_DECIMALS)

    @property
    def percent_shown(self) -> Decimal:
        """The total out of 100 as it is printed and graded."""
        return half_up(self.percent, PERCENT_DECIMALS)


def grade(grades: Sequence[Grade], percent: Exact) -> str | None:
    """The band of a total out of 100, rounded first; None where no band takes it in."""
    rounded = half_up(percent, PERCENT_DECIMALS)
    bands = sorted(grades, key=lambda band: band.at_least, reverse=True)
    return next((band.name for band in bands if rounded >= band.at_least), None)


def components_scored(
    components: Sequence[Component],
    rows: Sequence[ScoredIndicator],
    depth: int = 0,
    counts: bool = True,
) -> Iterator[ComponentScore]:
    """The nodes of a tree, each before those below it."""
    for component in components:
        counted = counts and component.counts
        inside = _inside([component], rows, counted)
        scored = [
            (Fraction(row.weight), row.score.points)
            for row in inside
            if row.score is not None and row.weight is not None
        ]
        weight = add(w for w, _ in scored)
        weighted = add(row.weighted for row in inside if row.weighted is not None)
        mean = add(w * p for w, p in scored) / weight if weight else None
        yield ComponentScore(
            component.id,
            component.name,
            depth,
            counted,
            component.weight,
            mean,
            weighted,
            _open_weight(inside),
        )
        yield from components_scored(component.components, rows, depth + 1, counted)


def _inside(
    components: Sequence[Component], rows: Sequence[ScoredIndicator], counts: bool
) -> list[ScoredIndicator]:
    """The rows below some nodes; of nodes that count, only those that count themselves."""
    ids = {component.id for component in walk(components)}
    return [row for row in rows if row.component in ids and (row.counts or not counts)]


def _open_weight(rows: Sequence[ScoredIndicator]) -> Fraction:
    return add(row.weight for row in rows if row.score is None and row.weight is not None)


def pool(
    roots: Sequence[Component],
    rows: Sequence[ScoredIndicator],
    full: Decimal,
    agency: Agency,
    grades: Sequence[Grade],
    whole: Decimal,
    round_id: str,
) -> ScorePool:
    """What roots that are totalled together come to."""
    everything = _inside(roots, rows, counts=True)
    inside = [row for row in everything if row.exempt is None]
    stated = [root.weight for root in roots if root.weight is not None]
    if len(stated) < len(roots):
        stated = [row.agreed for row in everything if row.agreed is not None]
    left = next((Fraction(row.weights_sum) for row in inside), Fraction(whole))
    left_out = Fraction(whole) - left
    weight = add(stated) - left_out
    total = add(row.weighted for row in inside if row.weighted is not None)
    out_of = share(full, weight, left) if left else Fraction(0)
    unweighted = tuple(row.key for row in inside if row.weight is None)
    open_weight = _open_weight(inside)
    complete = not (open_weight or unweighted) and (bool(inside) or not everything)
    decided = complete and decides(agency, round_id)
    graded = grade(grades, _percent(total, out_of)) if decided else None
    printed = add(row.weighted_shown for row in inside if row.weighted_shown is not None)
    return ScorePool(
        tuple(root.id for root in roots),
        weight,
        total,
        out_of,
        open_weight,
        unweighted,
        graded,
        half_up(printed, SCORE_DECIMALS),
        left if left_out else whole,
        left_out,
    )


def decides(agency: Agency, round_id: str) -> bool:
    """Whether a round's total is graded; by ``rounds: last`` only that of the last one is."""
    return agency.policies.rounds == "separate" or round_id == year_of(agency, round_id)[-1].id


def _percent(total: Exact, out_of: Exact) -> Fraction:
    return Fraction(total) * 100 / Fraction(out_of) if out_of else Fraction(0)

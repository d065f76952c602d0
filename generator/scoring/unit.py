"""A unit's score in a round: a row for each indicator, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from .. import thai
from ..agreements.files import ResolvedIndicator
from ..diagnostics import Diagnostic, in_order
from ..exact import Exact, add, bare, half_up
from ..messages import message
from ..model import Agency, Component, Grade, Result, RoundId
from ..model.round_sets import year_of
from ..model.tree import components_of, grades_of, walk, weight_in, weights_sum
from . import assessing, competencies, periods
from .assessing import AssessedIndicator
from .borrowing import RoundReports, Unreported, find
from .competencies import Unassessed
from .judging import IndicatorScore, ScoringContext, judge
from .refusal import Lacking, Refused, ResultSpot
from .trace import Policy, Trace

SCORE_DECIMALS = 4
"""คะแนน (ก), คะแนนถ่วงน้ำหนัก (ค) and their total are shown so."""

PERCENT = Decimal(100)
"""What weights add up to unless the agency says otherwise."""

PERCENT_DECIMALS = 2
"""The total out of 100 is rounded so, then graded."""

State = Literal["scored", "open", "at fault", "not judged"]


@dataclass(frozen=True, slots=True)
class ScoredIndicator:
    """One indicator: its weight (ข), score (ก) and weighted score (ค), exact.

    ค = ก × ข ÷ ``weights_sum``, what all weights of the unit's tree add up to.

    open: nobody has reported a result, or ``lacking`` months of its figures. at fault: it can't
    be scored. not judged: it has no criteria here and doesn't count; others borrow it.
    ``reporter`` is whose result it is. ``of``: a component that a person's competencies are scored
    in is a row, too; ``unassessed`` are those that nobody has assessed.
    ``assessment`` is what a result's assessors say; open is then also what waits for one of them.
    """

    key: str
    name: str
    component: str
    counts: bool
    weight: Decimal | None
    state: State
    reporter: str
    result: Result | None = None
    score: IndicatorScore | None = None
    faults: tuple[Diagnostic, ...] = ()
    lacking: Lacking | None = None
    weights_sum: Decimal = PERCENT
    of: Literal["indicator", "competencies"] = "indicator"
    unassessed: Unassessed | None = None
    assessment: AssessedIndicator | None = None

    @property
    def reported(self) -> Trace | None:
        """The steps to the score of the result as it was reported, before others assessed it."""
        if self.assessment is not None and (own := self.assessment.views[0].score) is not None:
            return own.trace
        return None if self.score is None else self.score.trace

    @property
    def weighted(self) -> Fraction | None:
        """ค, exact; None where score or weight is missing."""
        if self.score is None or self.weight is None:
            return None
        return _share(self.score.points, self.weight, self.weights_sum)

    @property
    def score_shown(self) -> Decimal | None:
        """ก as it is printed."""
        return None if self.score is None else half_up(self.score.points, SCORE_DECIMALS)

    @property
    def weighted_shown(self) -> Decimal | None:
        """ค as it is printed."""
        weighted = self.weighted
        return None if weighted is None else half_up(weighted, SCORE_DECIMALS)


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
    ``weights_sum`` is what all weights of the unit's tree add up to.
    """

    components: tuple[str, ...]
    weight: Fraction
    total: Fraction
    out_of: Fraction
    open_weight: Fraction
    unweighted: tuple[str, ...]
    grade: str | None
    sum_shown: Decimal
    weights_sum: Decimal = PERCENT

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


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's rows in the order of the weight tree, its components, and its totals.

    Most units have one pool; ``policies`` are the defaults that decided something.
    """

    unit: str
    round: RoundId
    scale: str
    full: Decimal
    rows: tuple[ScoredIndicator, ...]
    components: tuple[ComponentScore, ...]
    pools: tuple[ScorePool, ...]
    policies: tuple[Policy, ...]
    faults: tuple[Diagnostic, ...]


def score_unit(reports: RoundReports, unit: str) -> UnitScore:
    """The scores of one of the units in ``reports``."""
    file = reports.units[unit]
    agency, model = reports.agency, file.unit
    scale_key = model.scale or agency.scale
    full = agency.scales[scale_key].levels[-1].points
    tree = components_of(model, agency)
    whole = weights_sum(model, agency)
    rows = tuple(
        replace(row, weights_sum=whole)
        for component, counts in _counted(tree)
        for row in _rows(reports, unit, component, counts, full)
    )
    policies = [p for row in rows if row.score is not None for p in row.score.trace.policies]
    rounds = Policy("rounds", agency.policies.rounds, "agency")
    days = " ถึง ".join(map(thai.long_date, periods.span(agency, reports.round)))
    return UnitScore(
        unit,
        reports.round,
        scale_key,
        full,
        rows,
        tuple(_components(tree, rows, whole)),
        tuple(
            _pool(roots, rows, full, agency, grades_of(model, agency), whole, reports.round)
            for roots in _pools(tree, whole)
        ),
        tuple(dict.fromkeys([*policies, rounds, Policy("span", days, "round")])),
        in_order(fault for row in rows for fault in row.faults),
    )


def grade(grades: Sequence[Grade], percent: Exact) -> str | None:
    """The band of a total out of 100, rounded first; None where no band takes it in."""
    rounded = half_up(percent, PERCENT_DECIMALS)
    bands = sorted(grades, key=lambda band: band.at_least, reverse=True)
    return next((band.name for band in bands if rounded >= band.at_least), None)


def _rows(
    reports: RoundReports, unit: str, component: Component, counts: bool, full: Decimal
) -> Iterator[ScoredIndicator]:
    """The rows of one node: its indicators, and the person's competencies where it is of them."""
    for resolved in reports.units[unit].indicators:
        if resolved.item.use.component == component.id:
            yield _row(reports, unit, resolved, counts, full)
    if component.scored_from == "competencies":
        yield _competencies(reports, unit, component, counts, full)


def _competencies(
    reports: RoundReports, unit: str, component: Component, counts: bool, full: Decimal
) -> ScoredIndicator:
    file = reports.units[unit]
    row = ScoredIndicator(
        component.id,
        component.name,
        component.id,
        counts,
        component.weight,
        "open",
        unit,
        of="competencies",
    )
    reported = reports.results.get(unit)
    given = reported.model.competencies if reported is not None and reported.model else {}
    spot = ResultSpot(component.id, (reported or file.file).node)
    rule = reports.agency.personal.competencies
    score = None if rule is None else competencies.score(rule, file.unit.competencies, given, full)
    if isinstance(score, Unassessed):
        return replace(row, unassessed=score)
    if score is None:
        refused = spot.refuse(message("competencies-not-scored"), "competencies")
        return replace(row, state="at fault", faults=refused.faults)
    return replace(row, state="scored", score=score)


def _row(
    reports: RoundReports, unit: str, resolved: ResolvedIndicator, counts: bool, full: Decimal
) -> ScoredIndicator:
    item = resolved.item
    indicator = item.indicator
    row = ScoredIndicator(
        item.key,
        indicator.names.report or indicator.name,
        item.use.component,
        counts,
        weight_in(item.use, reports.round),
        "open",
        unit,
    )
    found = find(reports, unit, item.key)
    if isinstance(found, Unreported):
        return replace(row, reporter=found.unit)
    if isinstance(found, Refused):
        return replace(row, state="at fault", faults=found.faults)
    row = replace(row, reporter=found.unit, result=found.result)
    criteria = indicator.criteria_of(reports.round)
    if not counts and (criteria is None or not (criteria.levels or criteria.parts)):
        return replace(row, state="not judged")
    context = ScoringContext(reports.agency, reports.units[unit].unit, indicator)
    score = judge(found, context, reports.round)
    if isinstance(score, IndicatorScore) and counts and score.full != full:
        score = found.spot.refuse(
            message("full-marks-differ", full=bare(score.full), own=bare(full))
        )
    if isinstance(score, Refused):
        return replace(row, state="at fault", faults=score.faults)
    if isinstance(score, Lacking):
        return replace(row, lacking=score)
    assessed = assessing.assess(reports, found, context, score)
    if isinstance(assessed, Refused):
        return replace(row, state="at fault", faults=assessed.faults)
    if assessed is None:
        return replace(row, state="scored", score=score)
    row = replace(row, assessment=assessed, score=assessed.score)
    return row if assessed.score is None else replace(row, state="scored")


def _counted(
    components: Sequence[Component], counts: bool = True
) -> Iterator[tuple[Component, bool]]:
    """Every node, each before its children, and whether it counts."""
    for component in components:
        yield component, counts and component.counts
        yield from _counted(component.components, counts and component.counts)


def _components(
    components: Sequence[Component],
    rows: Sequence[ScoredIndicator],
    whole: Decimal,
    depth: int = 0,
    counts: bool = True,
) -> Iterator[ComponentScore]:
    for component in components:
        counted = counts and component.counts
        inside = _inside([component], rows, counted)
        scored = [
            (row.weight, row.score.points)
            for row in inside
            if row.score is not None and row.weight is not None
        ]
        weight = add(w for w, _ in scored)
        weighted = add(_share(p, w, whole) for w, p in scored)
        mean = weighted * Fraction(whole) / weight if weight else None
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
        yield from _components(component.components, rows, whole, depth + 1, counted)


def _inside(
    components: Sequence[Component], rows: Sequence[ScoredIndicator], counts: bool
) -> list[ScoredIndicator]:
    """The rows below some nodes; of nodes that count, only those that count themselves."""
    ids = {component.id for component in walk(components)}
    return [row for row in rows if row.component in ids and (row.counts or not counts)]


def _open_weight(rows: Sequence[ScoredIndicator]) -> Fraction:
    return add(row.weight for row in rows if row.score is None and row.weight is not None)


def _pools(components: Sequence[Component], whole: Decimal) -> list[list[Component]]:
    """Roots that share what weights add up to are one pool; else each root that counts is one."""
    roots = [component for component in components if component.counts]
    weights = [root.weight for root in roots if root.weight is not None]
    if len(weights) == len(roots) and add(weights) == whole:
        return [roots]
    return [[root] for root in roots]


def _pool(
    roots: Sequence[Component],
    rows: Sequence[ScoredIndicator],
    full: Decimal,
    agency: Agency,
    grades: Sequence[Grade],
    whole: Decimal,
    round_id: str,
) -> ScorePool:
    inside = _inside(roots, rows, counts=True)
    stated = [root.weight for root in roots if root.weight is not None]
    if len(stated) < len(roots):
        stated = [row.weight for row in inside if row.weight is not None]
    weight = add(stated)
    total = add(row.weighted for row in inside if row.weighted is not None)
    out_of = _share(full, weight, whole)
    unweighted = tuple(row.key for row in inside if row.weight is None)
    open_weight = _open_weight(inside)
    decided = not (open_weight or unweighted) and decides(agency, round_id)
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
        whole,
    )


def decides(agency: Agency, round_id: str) -> bool:
    """Whether a round's total is graded; by ``rounds: last`` only that of the last one is."""
    return agency.policies.rounds == "separate" or round_id == year_of(agency, round_id)[-1].id


def _percent(total: Exact, out_of: Exact) -> Fraction:
    return Fraction(total) * 100 / Fraction(out_of) if out_of else Fraction(0)


def _share(number: Exact, weight: Exact, whole: Exact) -> Fraction:
    """``number × weight ÷ whole``."""
    return Fraction(number) * Fraction(weight) / Fraction(whole)

"""A unit's score in a round: a row for each indicator, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..agreements.files import ResolvedIndicator
from ..diagnostics import Diagnostic, in_order
from ..exact import bare
from ..messages import message
from ..model import Agency, Component, RoundId
from ..model.exemptions import of_parts
from ..model.exemptions import whole as exempt_as_whole
from ..model.round_sets import ids_of
from ..model.tree import components_of, grades_of, pools, weight_in, weights_sum
from . import assessing, competencies, exemptions, periods
from .borrowing import RoundReports, Unreported, find
from .competencies import Unassessed
from .exemptions import Exempt, Weighed
from .judging import IndicatorScore, ScoringContext, judge
from .refusal import Lacking, Refused, ResultSpot
from .rows import ScoredIndicator
from .totals import ComponentScore, ScorePool, components_scored, pool
from .trace import Policy


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
    rows = _weighed(
        [
            row
            for component, counts in _counted(tree)
            for row in _rows(reports, unit, component, counts, full)
        ],
        tree,
        agency,
        whole,
    )
    policies = [p for row in rows if row.score is not None for p in row.score.trace.policies]
    if agency.policies.exempt_weight is not None and any(
        row.exempt is not None and row.exempt.kind != "other-rounds" for row in rows
    ):
        policies.append(Policy("exempt_weight", agency.policies.exempt_weight, "agency"))
    rounds = Policy("rounds", agency.policies.rounds, "agency")
    days = periods.said(agency, reports.round)
    return UnitScore(
        unit,
        reports.round,
        scale_key,
        full,
        rows,
        tuple(components_scored(tree, rows)),
        tuple(
            pool(roots, rows, full, agency, grades_of(model, agency), whole, reports.round)
            for roots in pools(tree, whole)
        ),
        tuple(dict.fromkeys([*policies, rounds, Policy("span", days, "round")])),
        in_order(fault for row in rows for fault in row.faults),
    )


def _weighed(
    rows: Sequence[ScoredIndicator], tree: Sequence[Component], agency: Agency, whole: Decimal
) -> tuple[ScoredIndicator, ...]:
    """The rows with what each weighs, where others aren't judged."""
    members = [
        Weighed(row.key, row.name, row.component, row.agreed, row.exempt, row.weight, whole=whole)
        for row in rows
    ]
    counting = {row.key for row in rows if row.counts}
    found = exemptions.in_round(members, counting, tree, agency.policies.exempt_weight, whole)
    return tuple(
        replace(row, weight=to.counted, change=to.change, weights_sum=to.whole)
        for row, to in zip(rows, found, strict=True)
    )


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
        agreed=component.weight,
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
        agreed=weight_in(item.use, reports.round),
    )
    if not indicator.assessed_in(reports.round):
        return replace(row, weight=None, exempt=Exempt("other-rounds"), state="not applicable")
    ids = ids_of(reports.units[unit].unit, reports.agency)
    decided = exempt_as_whole(item.use.exemptions, reports.round, ids)
    if decided is not None:
        return _exempt(reports, row, exemptions.described(decided, reports.agency))
    found = find(reports, unit, item.key)
    if isinstance(found, Unreported):
        return replace(row, reporter=found.unit)
    if isinstance(found, Refused):
        return replace(row, state="at fault", faults=found.faults)
    row = replace(row, reporter=found.unit, result=found.result)
    criteria = indicator.criteria_of(reports.round)
    if not counts and (criteria is None or not (criteria.levels or criteria.parts)):
        return replace(row, state="not judged")
    gone = of_parts(item.use.exemptions, reports.round, ids)
    context = ScoringContext(
        reports.agency, reports.units[unit].unit, indicator, gone, reports.tables
    )
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


def _exempt(reports: RoundReports, row: ScoredIndicator, why: Exempt) -> ScoredIndicator:
    """The row of what isn't judged; a result that its unit reported nevertheless is a fault."""
    row = replace(row, weight=None, exempt=why)
    file = reports.results.get(row.reporter)
    if file is None or file.model is None or row.key not in file.model.results:
        return replace(row, state="not applicable")
    spot = ResultSpot(row.key, file.node.find(("results", row.key)))
    return replace(row, state="at fault", faults=(spot.fault(message("result-of-exempt")),))


def _counted(
    components: Sequence[Component], counts: bool = True
) -> Iterator[tuple[Component, bool]]:
    """Every node, each before its children, and whether it counts."""
    for component in components:
        yield component, counts and component.counts
        yield from _counted(component.components, counts and component.counts)

"""Several assessors of one result: each one's score, and the one that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact import Exact, add, bare, half_up, shown
from ..messages import Message, message
from ..model import (
    Agency,
    Appeal,
    AssessedResult,
    Assessment,
    Assessor,
    Criteria,
    EarlierState,
    Result,
    Results,
    Unit,
)
from ..model.scales import scale_of
from .as_data import plain
from .borrowing import FoundResult, RoundReports
from .judging import IndicatorScore, ScoringContext, judge
from .refusal import Lacking, Refused, ResultSpot
from .trace import (
    AppealDecided,
    AssessorsCombined,
    AssessorScored,
    MeanOfColumn,
    Policy,
    ScoreGiven,
    Step,
    Trace,
)

DECIMALS = 4
"""The score of a decision is compared as scores are printed."""


@dataclass(frozen=True, slots=True)
class AssessorsView:
    """One assessor beside a result: what was said, the score, how it differs from the one before.

    ``said`` is None where nothing was said yet; ``score`` also where the result was sent back.
    """

    id: str
    name: str
    said: AssessedResult | None
    score: IndicatorScore | None
    difference: Fraction | None

    @property
    def points(self) -> Fraction | None:
        """The score, exact."""
        return None if self.score is None else self.score.points


@dataclass(frozen=True, slots=True)
class AssessedIndicator:
    """All assessors of one result; ``score`` is the one that counts, after an appeal's decision.

    ``counted`` is what counted before it. ``waits_for``: whose scores are missing for one that
    counts. ``returned_by``: who sent the result back.
    """

    views: tuple[AssessorsView, ...]
    score: IndicatorScore | None
    counted: Fraction | None
    waits_for: tuple[str, ...]
    returned_by: str
    earlier: tuple[EarlierState, ...]
    appeal: Appeal | None

    @property
    def trace(self) -> Trace:
        """The steps to the score that counts, or, while there is none, to those that there are."""
        if self.score is not None:
            return self.score.trace
        return Trace(tuple(_step(view) for view in self.views if view.score is not None))

    def as_data(self) -> dict[str, Any]:
        """What the assessors say, for machines."""
        return {
            "assessors": [
                {
                    "id": view.id,
                    "name": view.name,
                    "score": plain(view.points),
                    "difference": plain(view.difference),
                    "said": None if view.said is None else _data(view.said),
                }
                for view in self.views
            ],
            "counted": plain(self.counted),
            "waits_for": list(self.waits_for),
            "returned_by": self.returned_by,
            "earlier": [_data(state) for state in self.earlier],
            "appeal": None if self.appeal is None else _data(self.appeal),
        }


def _data(said: AssessedResult | EarlierState | Appeal) -> dict[str, Any]:
    """What somebody said, as text and exact numbers; what wasn't said is left out."""
    return {
        key: plain(value)
        for key, value in said.model_dump(exclude_none=True, exclude_defaults=True).items()
    }


def assessment_of(agency: Agency, unit: Unit) -> Assessment | None:
    """Who assesses a unit's results; None where only the unit itself does."""
    found = agency.assessment
    if found is None or (found.levels and unit.level not in found.levels):
        return None
    return found


def settled(results: Results, keys: Iterable[str], agreed: Assessment, day: date) -> Results:
    """Results of which some are as every assessor agrees, with no appeal: what is supposed."""
    said = {
        one.id: AssessedResult(state="agreed", reason="--what-if", day=day) for one in agreed.by[1:]
    }
    changed = {
        key: results.results[key].model_copy(update={"assessed": said, "appeal": None})
        for key in keys
    }
    return results.model_copy(update={"results": {**results.results, **changed}})


def assess(
    reports: RoundReports, found: FoundResult, context: ScoringContext, own: IndicatorScore
) -> AssessedIndicator | Refused | None:
    """What the assessors say of a result whose own score is known; None where there are none.

    A mean over a table is nobody's report, and not assessed.
    """
    agreed = assessment_of(reports.agency, reports.units[found.unit].unit)
    if agreed is None or any(isinstance(step, MeanOfColumn) for step in found.steps):
        return None
    file = reports.results.get(found.unit)
    key = found.spot.about
    given = file.model.results.get(key) if file is not None and file.model is not None else None
    result = given if given is not None else Result()
    views = _views(agreed, result, found, context, own, reports.round)
    if isinstance(views, Refused):
        return views
    counted = _counted(agreed, views, found.spot)
    if isinstance(counted, Refused):
        return counted
    score, waits_for = counted
    returned = next((v.name for v in views if _returned(v.said)), "")
    points = None if score is None else score.points
    if result.appeal is not None:
        decided = _decided(result.appeal, score, context, reports.round, found.spot)
        if isinstance(decided, Refused):
            return decided
        score = decided
    return AssessedIndicator(
        tuple(views), score, points, waits_for, returned, tuple(result.earlier), result.appeal
    )


def _returned(said: AssessedResult | None) -> bool:
    return said is not None and said.state == "returned"


def _views(
    agreed: Assessment,
    result: Result,
    found: FoundResult,
    context: ScoringContext,
    own: IndicatorScore,
    round_id: str,
) -> list[AssessorsView] | Refused:
    first, *others = agreed.by
    before: IndicatorScore | None = own
    views = [AssessorsView(first.id, first.name, result.assessed.get(first.id), own, None)]
    returned = ""
    faults: list[Refused] = []
    for assessor in others:
        said = result.assessed.get(assessor.id)
        if said is None:
            views.append(AssessorsView(assessor.id, assessor.name, None, None, None))
            before = None
            continue
        spot = _at(found.spot, assessor)
        if returned:
            faults.append(spot.refuse(message("assessed-after-return", by=returned)))
            continue
        if said.state == "returned":
            returned = assessor.name
        score = _score(said, before, found, context, own, round_id, spot)
        if isinstance(score, Refused):
            faults.append(score)
            continue
        last = next((v.points for v in reversed(views) if v.points is not None), None)
        differs = None if score is None or last is None else score.points - last
        if not said.reason and assessor.reasons == "always":
            faults.append(spot.refuse(message("reason-always", name=assessor.name)))
            continue
        if not said.reason and assessor.reasons == "differs" and differs:
            faults.append(spot.refuse(message("reason-where-it-differs", name=assessor.name)))
            continue
        views.append(AssessorsView(assessor.id, assessor.name, said, score, differs))
        before = score
    if faults:
        return Refused(tuple(fault for refused in faults for fault in refused.faults))
    return views


def _at(spot: ResultSpot, assessor: Assessor) -> ResultSpot:
    """The place of what an assessor said."""
    about = f"{spot.about}, {assessor.id}"
    return replace(spot, about=about, node=spot.node.find(("assessed", assessor.id)))


def _score(
    said: AssessedResult,
    before: IndicatorScore | None,
    found: FoundResult,
    context: ScoringContext,
    own: IndicatorScore,
    round_id: str,
    spot: ResultSpot,
) -> IndicatorScore | Refused | None:
    if said.state == "returned":
        return None
    if said.state == "agreed":
        if before is None:
            return spot.refuse(message("agreed-with-nothing"), "state")
        return before
    if said.score is not None:
        wrong = _beyond(said.score, context, own.full, round_id)
        if wrong is not None:
            return spot.refuse(wrong, "score")
        points = Fraction(said.score)
        return IndicatorScore(points, own.full, None, None, Trace((ScoreGiven(points),)))
    given = said.given
    if not given:
        return spot.refuse(message("assessed-without-score"))
    judged = judge(
        replace(
            found,
            result=Result.model_construct(**given, adjustments=found.result.adjustments),
            spot=spot,
            steps=(),
        ),
        context,
        round_id,
    )
    if isinstance(judged, Lacking):
        return spot.refuse(message("assessed-by-some-months"))
    return judged


def _beyond(points: Exact, context: ScoringContext, full: Decimal, round_id: str) -> Message | None:
    """Why a score that somebody gives can't be one; None where it can."""
    least = _least(context, round_id)
    if least <= points <= full:
        return None
    return message("score-beyond-scale", score=shown(points), least=shown(least), full=bare(full))


def _least(context: ScoringContext, round_id: str) -> Exact:
    """The least score that criteria can give."""
    criteria = context.indicator.criteria_of(round_id) or Criteria()
    readings = [*map(criteria.of_part, criteria.parts)] if criteria.parts else [criteria]
    found: list[Exact] = []
    for reading in readings:
        scale = scale_of(reading, context.unit, context.agency)
        below = reading.below if reading.below is not None else scale.below if scale else Decimal(0)
        found.append(Decimal(0) if below == "linear" else Decimal(below))
        if scale is not None:
            found.append(scale.levels[0].points)
    return min(found)


def _counted(
    agreed: Assessment, views: Sequence[AssessorsView], spot: ResultSpot
) -> tuple[IndicatorScore | None, tuple[str, ...]] | Refused:
    """The score that counts, and whose scores are missing for it."""
    rule, last = agreed.counts, agreed.by[-1].id
    single = {"last": last}.get(rule, rule if rule in {one.id for one in agreed.by} else None)
    needed = [view for view in views if single in (None, view.id)]
    waits_for = tuple(view.name for view in needed if view.score is None)
    if waits_for:
        return None, waits_for
    scores = [view.score for view in needed if view.score is not None]
    points = tuple(score.points for score in scores)
    full = scores[0].full
    weights = tuple(one.weight for one in agreed.by if one.weight is not None)
    least: Fraction | None = None
    if single is not None:
        total = points[0]
    elif rule == "weighted":
        total = add(Fraction(w) * p for w, p in zip(weights, points, strict=True)) / add(weights)
    else:
        total = add(points) / len(points)
    if rule == "each_at_least":
        assert agreed.at_least is not None
        assert agreed.otherwise is not None
        if not 0 <= agreed.otherwise <= full:
            return spot.refuse(
                message("otherwise-beyond-full", score=bare(agreed.otherwise), full=bare(full))
            )
        least = Fraction(full) * Fraction(agreed.at_least) / 100
        if min(points) < least:
            total = Fraction(agreed.otherwise)
    until = views[: 1 + next(i for i, v in enumerate(views) if v.id == needed[-1].id)]
    read = [view.score for view in until if view.score is not None and view.score.value is not None]
    names = tuple(view.name for view in needed)
    policy = Policy("assessment", names[0] if single is not None else rule, "agency")
    value = None if not read else (read[-1] if single is not None else read[0]).value
    combined = AssessorsCombined(
        rule if single is None else "one",
        names,
        points,
        weights,
        full,
        agreed.at_least,
        least,
        total,
        value,
        policy,
    )
    steps: list[Step] = [_step(view) for view in views if view.score is not None]
    basis = scores[0] if single is not None else None
    return IndicatorScore(
        Fraction(total),
        full,
        value,
        basis.level if basis is not None else None,
        Trace((*steps, combined)),
        basis.parts if basis is not None else (),
    ), ()


def _step(view: AssessorsView) -> AssessorScored:
    assert view.score is not None
    has_agreed = view.said is not None and view.said.state == "agreed"
    trace = Trace() if has_agreed else view.score.trace
    return AssessorScored(view.id, view.name, view.score.points, view.difference, has_agreed, trace)


def _decided(
    appeal: Appeal,
    score: IndicatorScore | None,
    context: ScoringContext,
    round_id: str,
    spot: ResultSpot,
) -> IndicatorScore | Refused:
    """The score after an appeal; without a decision it stands as it was."""
    if score is None:
        return spot.refuse(message("appeal-before-score"), "appeal")
    decision = appeal.decision
    if decision is None:
        return score
    if half_up(decision.was, DECIMALS) != half_up(score.points, DECIMALS):
        counted = shown(half_up(score.points, DECIMALS))
        return spot.refuse(
            message("decision-was-another", was=bare(decision.was), counted=counted),
            "appeal",
            "decision",
            "was",
        )
    wrong = _beyond(decision.now, context, score.full, round_id)
    if wrong is not None:
        return spot.refuse(wrong, "appeal", "decision", "now")
    now = Fraction(decision.now)
    step = AppealDecided(score.points, now, decision.by, decision.day.isoformat())
    return replace(score, points=now, level=None, trace=Trace((*score.trace.steps, step)))

"""One result, read by the criteria that it is judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..agreements.files import TableFile
from ..diagnostics import Diagnostic, did_you_mean
from ..exact import Exact, bare
from ..messages import message
from ..model import (
    Agency,
    Criteria,
    CriteriaPart,
    Exemption,
    Indicator,
    LevelScale,
    PartResult,
    Policies,
    Result,
    Unit,
    Value,
)
from ..model.results import BESIDE_MILESTONES
from ..model.scales import combined_by, scale_of
from . import checklists, possible, values
from .adjusting import Limits, adjust
from .borrowing import FoundResult
from .by_row import RowReading, RowScore, judge_rows
from .combining import combine, may_lack
from .ladder import BelowPolicy, CriteriaOutcome, LadderLevel, asked, climb, reads_values
from .points import across, interpolate
from .refusal import Lacking, Refused, ResultSpot, without_score
from .trace import (
    CountedFromSurveys,
    MeanOfColumn,
    Milestones,
    PartScored,
    Policy,
    Step,
    Trace,
    ValueReported,
    ValueRounded,
)


@dataclass(frozen=True, slots=True)
class PartScore:
    """The score of one part, exact."""

    part: str
    points: Fraction
    value: Exact | None
    level: str | None


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator's score (ก), exact, in the scale's points; ``full`` is the most there is.

    ``value`` is what the criteria read, ``level`` the level that was reached.
    """

    points: Fraction
    full: Decimal
    value: Exact | None
    level: str | None
    trace: Trace
    parts: tuple[PartScore, ...] = ()
    rows: tuple[RowScore, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringContext:
    """What a result is judged by, beside its criteria."""

    agency: Agency
    unit: Unit
    indicator: Indicator
    exempt: Mapping[str, Exemption]
    tables: Mapping[str, TableFile] = field(default_factory=dict)

    @property
    def policies(self) -> Policies:
        """The agency's defaults."""
        return self.agency.policies


def judge(
    found: FoundResult, context: ScoringContext, round_id: str
) -> IndicatorScore | Refused | Lacking:
    """The score of a result in a round; lacking: some of its months are not reported yet."""
    criteria = context.indicator.criteria_of(round_id)
    if criteria is None or not (criteria.levels or criteria.parts):
        return found.spot.refuse(message("result-without-criteria", round=round_id))
    if found.result.rows is not None or context.indicator.by_row is not None:
        score = _judge_rows(found, criteria, context)
    elif criteria.parts:
        score = _judge_parts(found, criteria, context)
    else:
        score = _judge_one(found.result, criteria, found, context, found.spot)
    if not isinstance(score, IndicatorScore):
        return score
    limits = Limits(_least(criteria, context), score.full)
    changed = adjust(score.points, found.result, criteria.adjustments, limits, found.spot)
    if isinstance(changed, Refused):
        return changed
    if changed is None and not found.steps:
        return score
    last = () if changed is None else (changed,)
    return replace(
        score,
        points=score.points if changed is None else Fraction(changed.points),
        trace=Trace((*found.steps, *score.trace.steps, *last)),
    )


def _least(criteria: Criteria, context: ScoringContext) -> Decimal:
    """The least that criteria give at all: below the first level of their scales."""
    if combined_by(criteria, context.agency) == "sum":
        return Decimal(0)
    parts = [criteria.of_part(part) for part in criteria.parts]
    readings: list[Criteria | CriteriaPart] = [*parts] if parts else [criteria]
    if any(reading.below == "linear" for reading in readings):
        return Decimal(0)
    scales = [scale_of(reading, context.unit, context.agency) for reading in readings]
    return min(
        least
        for scale in scales
        if scale is not None
        for least in (scale.below, scale.levels[0].points)
    )


def _judge_rows(
    found: FoundResult, criteria: Criteria, context: ScoringContext
) -> IndicatorScore | Refused | Lacking:
    """The score of a result that comes row by row."""
    rule = context.indicator.by_row
    if found.result.rows is None:
        return found.spot.refuse(message("result-not-by-row"))
    sites = context.tables.get(rule.sites) if rule is not None and rule.sites else None
    decimals = context.policies.decimals
    reading = RowReading(context.indicator, criteria, found.value, decimals, sites)
    score = judge_rows(
        found.result.rows,
        reading,
        found.spot,
        lambda result, spot: _judge_one(result, criteria, found, context, spot),
    )
    if isinstance(score, Refused | Lacking):
        return score
    return IndicatorScore(
        score.points, score.full, score.value, score.level, score.trace, rows=score.rows
    )


def judge_part(
    reading: Criteria | CriteriaPart,
    result: PartResult,
    found: FoundResult,
    context: ScoringContext,
) -> IndicatorScore | Refused | Lacking:
    """The score of a result by criteria that have no parts, or by one part alone."""
    return _judge_one(result, reading, found, context, found.spot)


def _judge_one(
    result: PartResult,
    reading: Criteria | CriteriaPart,
    found: FoundResult,
    context: ScoringContext,
    spot: ResultSpot,
) -> IndicatorScore | Refused | Lacking:
    if isinstance(result, Result) and result.parts is not None:
        return spot.refuse(message("criteria-without-parts"), "parts")
    scale = scale_of(reading, context.unit, context.agency)
    rungs = None if scale is None else _rungs(scale, reading)
    if scale is None or rungs is None:
        return spot.refuse(message("criteria-do-not-fit-scale"))
    mismatch = _mismatch(result, reading, rungs, spot)
    if mismatch is not None:
        return mismatch
    made = _value(result, reading, found, context, spot)
    if isinstance(made, Refused | Lacking):
        return made
    steps: list[Step] = []
    value: Exact | None = None
    if made is not None:
        read = _as_read(made.value, reading, context.policies)
        steps += [*made.steps, read]
        value = read.after
    if result.done is not None:
        steps.append(Milestones(tuple(sorted(set(result.done))), asked(rungs)))
    outcome: CriteriaOutcome | Refused
    if reading.read == "band" and value is not None:
        outcome = across(rungs, value, _floor(reading, scale), spot)
    elif reading.read == "points" and value is not None:
        outcome = interpolate(rungs, value, _floor(reading, scale), spot)
    else:
        outcome = climb(rungs, value, result.done, _floor(reading, scale), spot)
    if isinstance(outcome, Refused):
        return outcome
    if made is not None:
        bounds = possible.of_value(context.indicator, reading, found.value)
        if (impossible := possible.fault(made.value, bounds)) is not None:
            field = next(one for one in BESIDE_MILESTONES if getattr(result, one) is not None)
            return spot.refuse(impossible[0], field, hint=impossible[1])
    trace = Trace((*steps, *outcome.steps))
    points, full = Fraction(outcome.points), scale.levels[-1].points
    return IndicatorScore(points, full, value, outcome.level, trace)


def _judge_parts(
    found: FoundResult, criteria: Criteria, context: ScoringContext
) -> IndicatorScore | Refused | Lacking:
    spot, given = found.spot, found.result.parts
    ids = [part.id for part in criteria.parts]
    exempt = context.exempt
    if given is None:
        asked_for = ": {value: …}, ".join(ids) + ": {value: …}"
        return spot.refuse(
            message("result-not-by-part", parts=tuple(ids), yaml=f"parts: {{{asked_for}}}")
        )
    is_counted = any(isinstance(step, CountedFromSurveys) for step in found.steps)
    given = {key: of for key, of in given.items() if not (is_counted and key in exempt)}
    wrong = list(_wrong_parts(given, criteria, exempt, context.agency, spot))
    if wrong:
        return Refused(tuple(wrong))
    judged: list[tuple[CriteriaPart, IndicatorScore]] = []
    outcomes: list[IndicatorScore | Refused | Lacking] = []
    for part in criteria.parts:
        if part.id not in given:
            continue
        reading = criteria.of_part(part)
        outcome = _judge_one(given[part.id], reading, found, context, spot.part(part.id))
        outcomes.append(outcome.of_part(part.name) if isinstance(outcome, Lacking) else outcome)
        if isinstance(outcome, IndicatorScore):
            judged.append((part, outcome))
    if (none := without_score(outcomes)) is not None:
        return none
    scores = {part.id: (score.points, score.full) for part, score in judged}
    combined = combine(criteria, scores, exempt, context.agency, spot)
    if isinstance(combined, Refused):
        return combined
    steps = [
        PartScored(part.id, part.short or part.name, part.weight, score.points, score.trace)
        for part, score in judged
    ]
    parts = tuple(PartScore(p.id, score.points, score.value, score.level) for p, score in judged)
    trace = Trace((*steps, *combined.steps))
    return IndicatorScore(combined.points, combined.full, None, None, trace, parts)


def _wrong_parts(
    given: Mapping[str, PartResult],
    criteria: Criteria,
    exempt: Mapping[str, Exemption],
    agency: Agency,
    spot: ResultSpot,
) -> Iterator[Diagnostic]:
    """Results of parts that aren't there or aren't judged, and parts whose result is missing."""
    ids = [part.id for part in criteria.parts]
    for key in given:
        if key not in ids:
            near = did_you_mean(key, ids)
            yield spot.fault(message("no-such-part", name=key), "parts", key, hint=near)
        elif key in exempt:
            yield spot.fault(message("result-of-exempt-part", part=key), "parts", key)
    for part in criteria.parts:
        if part.id in given or part.id in exempt:
            continue
        if not may_lack(criteria, part, tuple(given), agency):
            yield spot.fault(message("part-without-result", part=part.id), "parts")


def _rungs(scale: LevelScale, reading: Criteria | CriteriaPart) -> list[LadderLevel] | None:
    if any(level.id not in reading.levels for level in scale.levels):
        return None
    return [LadderLevel(level, reading.levels[level.id]) for level in scale.levels]


def _mismatch(
    result: PartResult, reading: Criteria | CriteriaPart, rungs: list[LadderLevel], spot: ResultSpot
) -> Refused | None:
    """The fault of a result that is of another kind than what the criteria read."""
    given = next((one for one in BESIDE_MILESTONES if getattr(result, one) is not None), None)
    if reading.read is None:
        return spot.refuse(
            message("criteria-unread") if _defined(rungs) else message("levels-open"),
            hint=message("agree-and-say-read"),
        )
    ladder = reading.read == "ladder"
    if result.done is not None and not (ladder and asked(rungs)) and _defined(rungs):
        return spot.refuse(message("milestones-where-value-is-read"), "done")
    if given and ladder and asked(rungs) and not reads_values(rungs):
        return spot.refuse(message("value-where-milestones-are-read"), given)
    if not given and (not ladder or (reads_values(rungs) and result.done is None)):
        return spot.refuse(message("no-value-to-read"))
    return None


def _defined(rungs: list[LadderLevel]) -> bool:
    return any(rung.mark.state == "defined" for rung in rungs)


def _value(
    result: PartResult,
    reading: Criteria | CriteriaPart,
    found: FoundResult,
    context: ScoringContext,
    spot: ResultSpot,
) -> values.MadeValue | Refused | Lacking | None:
    if result.value is not None:
        steps = found.steps[-1:]
        made = values.MadeValue(
            result.value,
            () if steps and isinstance(steps[0], MeanOfColumn) else (ValueReported(result.value),),
        )
    elif result.checked is not None:
        counted = checklists.count(_made_of(reading, found), result.checked, spot)
        if isinstance(counted, Refused):
            return counted
        made = values.MadeValue(counted.value, (counted,))
    elif result.inputs is not None:
        made_of = _made_of(reading, found)
        outcome = values.make(made_of, result.inputs, found.months, context.policies.decimals, spot)
        if isinstance(outcome, Refused | Lacking):
            return outcome
        made = outcome
    else:
        return None
    return made


def _made_of(reading: Criteria | CriteriaPart, found: FoundResult) -> Value | None:
    """How the value is made: as the part says, else as the indicator does."""
    return (reading.value if isinstance(reading, CriteriaPart) else None) or found.value


def _as_read(value: Exact, reading: Criteria | CriteriaPart, policies: Policies) -> ValueRounded:
    """The value rounded as the criteria state, else by the agency's policy for their family."""
    name: Literal["decimals", "points_decimals"] = "decimals"
    agreed = policies.decimals
    if reading.read != "ladder":
        name, agreed = "points_decimals", policies.points_decimals
    if reading.decimals is not None:
        return values.rounded(value, reading.decimals, "criteria", name)
    return values.rounded(value, agreed, "agency", name)


def _floor(reading: Criteria | CriteriaPart, scale: LevelScale) -> BelowPolicy:
    if reading.below == "linear":
        return BelowPolicy(None, Policy("below", "linear", "criteria"))
    if reading.below is not None:
        return BelowPolicy(reading.below, Policy("below", bare(reading.below), "criteria"))
    return BelowPolicy(scale.below, Policy("below", bare(scale.below), "scale"))

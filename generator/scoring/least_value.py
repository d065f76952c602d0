"""The least result that earns a score: a value where one can be told, else a level.

Values are looked for where the score changes: at the figures of the levels, and where the line
between two of them passes the score. Each is judged as a result would be, so that what is told is
what scoring says, whatever the criteria read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..exact import bare, whole_above, whole_below
from ..model import Condition, Criteria, CriteriaPart, LevelScale, PartResult, Result
from ..model.exemptions import of_parts
from ..model.round_sets import ids_of
from ..model.scales import part_combined_by, scale_of
from . import possible, what_if
from .borrowing import FoundResult, RoundReports, find
from .judging import IndicatorScore, ScoringContext, judge, judge_part
from .rows import ScoredIndicator

DECIMALS = 4
"""So many decimals has a value that is read as it is."""


@dataclass(frozen=True, slots=True)
class RequiredResult:
    """A result, or that of a part, that earns a score: a value within these bounds, or a level.

    ``at_least`` and ``at_most`` None: no value is told, or no bound is on that side. ``any``: each
    value does. ``level`` is the lowest whose points suffice.
    """

    part: str
    name: str
    at_least: Decimal | None
    at_most: Decimal | None
    level: str | None
    any: bool = False

    @property
    def told(self) -> bool:
        """Whether it is told as a value."""
        return self.any or self.at_least is not None or self.at_most is not None


def least_results(
    reports: RoundReports, unit: str, row: ScoredIndicator, points: Fraction
) -> tuple[RequiredResult, ...]:
    """The results of an open indicator that earn so many points; of parts, each earns them."""
    item = next((r.item for r in reports.units[unit].indicators if r.item.key == row.key), None)
    if item is None or item.use.result.mean_of is not None or row.assessment is not None:
        return ()  # nobody reports it, or it is reported and waits for who assesses it
    criteria = item.indicator.criteria_of(reports.round)
    found = _supposed(reports, unit, row)
    if criteria is None or found is None:
        return ()
    model = reports.units[unit].unit
    exempt = of_parts(item.use.exemptions, reports.round, ids_of(model, reports.agency))
    context = ScoringContext(reports.agency, model, item.indicator, exempt, reports.tables)
    if not criteria.parts:
        return (_least(criteria, "", "", found, context, points),)
    if "sum" in {part_combined_by(criteria, part, reports.agency) for part in criteria.parts}:
        return ()  # what one part lacks another may bring
    results = tuple(
        _least(criteria.of_part(part), part.id, part.short or part.name, found, context, points)
        for part in criteria.parts
        if part.id not in exempt
    )
    return results if _suffice(results, found, context, reports.round, points) else ()


def _supposed(reports: RoundReports, unit: str, row: ScoredIndicator) -> FoundResult | None:
    """The place of the result, as if it were reported: whoever reports it, by whose formula."""
    answers = {key: value for key, value in reports.answers.items() if key[0] != row.reporter}
    file = reports.results.get(row.reporter)
    given: Mapping[str, Result] = file.model.results if file is not None and file.model else {}
    given = {**given, row.key: Result(value=Decimal(0))}
    stand_in = what_if.with_results(file, given, reports.agency.fiscal_year)
    supposed = replace(
        reports, results={**reports.results, row.reporter: stand_in}, answers=answers
    )
    found = find(supposed, unit, row.key)
    return found if isinstance(found, FoundResult) else None


def _least(
    reading: Criteria | CriteriaPart,
    part: str,
    name: str,
    found: FoundResult,
    context: ScoringContext,
    points: Fraction,
) -> RequiredResult:
    scale = scale_of(reading, context.unit, context.agency)
    level = None if scale is None else _level(reading, scale, points)
    nothing = RequiredResult(part, name, None, None, level)
    if scale is None or reading.read is None:
        return nothing
    decimals = _decimals(reading, context)
    unit = Fraction(1, 10**decimals)

    def suffices(value: Fraction) -> bool | None:
        """Whether a value earns the points; None for one that can't be."""
        bounds = possible.of_value(context.indicator, reading, found.value)
        if possible.fault(value, bounds) is not None:
            return None
        score = judge_part(reading, PartResult(value=value), found, context)
        return isinstance(score, IndicatorScore) and score.points >= points

    near = sorted(
        {
            step * unit + shift
            for figure in _figures(reading, scale, points)
            for step in (whole_below(figure / unit), whole_above(figure / unit))
            for shift in (-unit, Fraction(0), unit)
        }
    )
    good = [value for value in near if suffices(value)]
    low = [value for value in good if suffices(value - unit) is False]
    high = [value for value in good if suffices(value + unit) is False]
    if not good or len(low) > 1 or len(high) > 1 or (low and high and low[0] > high[0]):
        return nothing
    return RequiredResult(
        part,
        name,
        Decimal(bare(low[0])) if low else None,
        Decimal(bare(high[0])) if high else None,
        level,
        any=not low and not high,
    )


def _suffice(
    results: tuple[RequiredResult, ...],
    found: FoundResult,
    context: ScoringContext,
    round_id: str,
    points: Fraction,
) -> bool:
    """Whether parts that earn the points each earn them together, as they are combined."""
    values = {
        one.part: PartResult(value=one.at_least if one.at_least is not None else one.at_most)
        for one in results
        if one.at_least is not None or one.at_most is not None
    }
    if len(values) < len(results):
        return True  # levels are told, which nobody can feed back
    whole = replace(found, result=Result(parts=values))
    score = judge(whole, context, round_id)
    return isinstance(score, IndicatorScore) and score.points >= points


def _level(reading: Criteria | CriteriaPart, scale: LevelScale, points: Fraction) -> str | None:
    """The lowest level whose points suffice and which can be earned."""
    for level in scale.levels:
        mark = reading.levels.get(level.id)
        if level.points >= points and (mark is None or mark.state != "not earned"):
            return level.name
    return None


def _decimals(reading: Criteria | CriteriaPart, context: ScoringContext) -> int:
    """To how many decimals a value is told: as it is read, else few, but those of the levels."""
    policies = context.policies
    agreed = policies.decimals if reading.read == "ladder" else policies.points_decimals
    stated = agreed if reading.decimals is None else reading.decimals
    if stated != "none":
        return stated
    typed = [number for mark in reading.levels.values() for number in _numbers(mark)]
    exponents = [int(number.as_tuple().exponent) for number in typed]
    return max(DECIMALS, *(-exponent for exponent in exponents))


def _figures(
    reading: Criteria | CriteriaPart, scale: LevelScale, points: Fraction
) -> Iterator[Fraction]:
    """Where the score may change, and where the line between two levels passes the points."""
    marks = [
        (level, reading.levels[level.id]) for level in scale.levels if level.id in reading.levels
    ]
    for _, mark in marks:
        yield from map(Fraction, _numbers(mark))
    if reading.read == "ladder":
        return
    sides: list[list[tuple[Decimal, Decimal]]] = [[], [], []]
    for level, mark in marks:
        ends: list[Decimal | None] = [mark.earned_at, *(mark.between or (None, None))]
        for side, end in zip(sides, ends, strict=True):
            if end is not None and mark.state == "defined":
                side.append((end, level.points))
    for side in sides:
        for (v, p), (w, q) in pairwise(side):
            if p != q:
                run = Fraction(w) - Fraction(v)
                yield Fraction(v) + (points - Fraction(p)) * run / (Fraction(q) - Fraction(p))


def _numbers(mark: Condition) -> Iterator[Decimal]:
    """Every figure that a level names."""
    earned = getattr(mark, "earned_at", None)
    yield from (
        number
        for number in (
            earned,
            mark.at_least,
            mark.more_than,
            mark.at_most,
            mark.less_than,
            mark.equals,
            *(mark.between or ()),
        )
        if number is not None
    )
    for part in (*(mark.all or ()), *(mark.any or ())):
        yield from _numbers(part)

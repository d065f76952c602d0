"""A person's competencies as they were assessed: their points by the agency's rule, and a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..exact import Exact, add
from ..model import Competency, CompetencyRule
from .competency_steps import CompetenciesSummed, CompetencyJudged
from .judging import IndicatorScore
from .trace import Trace


@dataclass(frozen=True, slots=True)
class Unassessed:
    """Why there is no score yet: the names of competencies without a level."""

    names: tuple[str, ...]


def most(rule: CompetencyRule) -> Fraction:
    """The most points that a competency can earn."""
    if rule.read == "gap":
        return Fraction(max(rule.gaps.values()))
    return Fraction(rule.highest if rule.read == "level" else 1)


def out_of(rule: CompetencyRule, competencies: Sequence[Competency]) -> Fraction:
    """The most that all competencies can earn, by weight where they have weights."""
    return add(one.weight or Decimal(1) for one in competencies) * most(rule)


def judged(rule: CompetencyRule, one: Competency, assessed: int) -> CompetencyJudged | None:
    """What an assessed level earns; None where the rule says nothing of it."""
    gap = assessed - one.expected
    read_at: int | None = None
    points: Exact | None
    if not all(rule.lowest <= level <= rule.highest for level in (assessed, one.expected)):
        return None
    if rule.read == "gap":
        read_at = min(gap, max(rule.gaps))
        below = read_at < min(rule.gaps)
        points = rule.below if below else rule.gaps.get(read_at)
        read_at = None if below else read_at
    elif rule.read == "level":
        points = Decimal(assessed)
    elif rule.read == "reached":
        points = Decimal(int(gap >= 0))
    else:
        points = min(Fraction(assessed, one.expected), Fraction(1)) if one.expected else None
    if points is None:
        return None
    return CompetencyJudged(
        one.id, one.name, rule.read, one.expected, assessed, gap, read_at, one.weight, points
    )


def score(
    rule: CompetencyRule,
    competencies: Sequence[Competency],
    assessed: Mapping[str, int],
    full: Decimal,
) -> IndicatorScore | Unassessed | None:
    """The score of a person's competencies out of ``full``; None where the rule gives none."""
    missing = tuple(one.name for one in competencies if one.id not in assessed)
    if missing or not competencies:
        return Unassessed(missing)
    steps = [judged(rule, one, assessed[one.id]) for one in competencies]
    found = [step for step in steps if step is not None]
    divisor = rule.out_of or out_of(rule, competencies)
    if len(found) < len(steps) or divisor != out_of(rule, competencies) or not divisor:
        return None
    weights = tuple(step.weight for step in found if step.weight is not None)
    if weights and len(weights) < len(found):
        return None
    earned = tuple(step.points for step in found)
    total = add(Fraction(step.points) * Fraction(step.weight or 1) for step in found)
    points = total / Fraction(divisor) * Fraction(full)
    summed = CompetenciesSummed(earned, weights, total, divisor, full, points)
    return IndicatorScore(points, full, None, None, Trace((*found, summed)))

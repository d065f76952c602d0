"""How the scores of parts become one, by way of groups that have a rule of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..exact import Exact, add
from ..messages import message
from ..model import Agency, Combine, Criteria, CriteriaPart, Exemption
from ..model.scales import combined_by
from .combining_steps import PartLeftOut
from .exemptions import Weighed, described, given, receivers
from .refusal import Refused, ResultSpot
from .trace import PartsCombined, Policy


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """A part, or a group of parts, with its score; ``full`` is the most that it can earn."""

    key: str
    name: str
    weight: Exact | None
    points: Fraction
    full: Decimal


@dataclass(frozen=True, slots=True)
class Combined:
    """What all parts come to, and the steps to it."""

    points: Fraction
    full: Decimal
    steps: tuple[PartsCombined | PartLeftOut, ...]


def combine(
    criteria: Criteria,
    scores: Mapping[str, tuple[Fraction, Decimal]],
    exempt: Mapping[str, Exemption],
    agency: Agency,
    spot: ResultSpot,
) -> Combined | Refused:
    """The score of several parts. ``scores`` are points and full marks of those that have any."""
    steps: list[PartsCombined | PartLeftOut] = [
        _left_out(part, criteria, exempt.get(part.id), agency)
        for part in criteria.parts
        if part.id not in scores
    ]
    members: list[ScoredPart] = []
    for unit in _units(criteria):
        if isinstance(unit, CriteriaPart):
            if unit.id in scores:
                members.append(_member(unit, scores))
            continue
        group = next(one for one in criteria.groups if one.id == unit)
        inside = [part for part in criteria.parts if part.group == unit]
        of_group = [_member(part, scores) for part in inside if part.id in scores]
        if not of_group:
            continue
        policy = Policy("combine", group.combine, "criteria")
        found = _one(
            _reweighed(of_group, inside, exempt, agency),
            group.combine,
            group.most,
            policy,
            spot,
            group.name,
        )
        if isinstance(found, Refused):
            return found
        step, full = found
        steps.append(step)
        members.append(ScoredPart(group.id, group.name, group.weight, Fraction(step.points), full))
    rule = combined_by(criteria, agency)
    policy = Policy("combine", rule, "agency" if criteria.combine is None else "criteria")
    alone = [part for part in criteria.parts if part.group is None]
    last = _one(_reweighed(members, alone, exempt, agency), rule, criteria.most, policy, spot, "")
    if isinstance(last, Refused):
        return last
    step, full = last
    return Combined(Fraction(step.points), full, (*steps, step))


def may_lack(criteria: Criteria, part: CriteriaPart, given: Sequence[str], agency: Agency) -> bool:
    """Whether a part needs no result: of several the best one counts, and there is another."""
    beside = [
        other.id
        for other in criteria.parts
        if other.id in given and (part.group is None or other.group == part.group)
    ]
    group = next((one for one in criteria.groups if one.id == part.group), None)
    if group is not None and group.combine == "max" and beside:
        return True
    if combined_by(criteria, agency) != "max" or not given:
        return False
    return group is None or not beside


def _units(criteria: Criteria) -> list[CriteriaPart | str]:
    """What is combined in the end: parts, and groups where their first part stands."""
    found: list[CriteriaPart | str] = []
    for part in criteria.parts:
        if part.group is None:
            found.append(part)
        elif part.group not in found:
            found.append(part.group)
    return found


def _member(part: CriteriaPart, scores: Mapping[str, tuple[Fraction, Decimal]]) -> ScoredPart:
    points, full = scores[part.id]
    return ScoredPart(part.id, part.short or part.name, part.weight, points, full)


def _left_out(
    part: CriteriaPart, criteria: Criteria, exemption: Exemption | None, agency: Agency
) -> PartLeftOut:
    name = part.short or part.name
    if exemption is None:
        return PartLeftOut(part.id, name, None)
    why = described(exemption, agency)
    names = {other.id: other.short or other.name for other in criteria.parts}
    weight = part.weight or Decimal(0)
    by_name = agency.policies.exempt_weight == "given" and exemption.weight_to is not None
    shares = receivers(why.weight_to, weight) if by_name else {}
    gains = tuple((names.get(key, key), share) for key, share in shares.items())
    return PartLeftOut(part.id, name, why, part.weight, gains)


def _reweighed(
    members: Sequence[ScoredPart],
    parts: Sequence[CriteriaPart],
    exempt: Mapping[str, Exemption],
    agency: Agency,
) -> list[ScoredPart]:
    """Members with the weight of parts that aren't judged, where it is given by name.

    Else it is shared out in proportion, which is what the weighted mean of the others is.
    """
    gone = [part for part in parts if part.id in exempt and part.weight is not None]
    if not gone or agency.policies.exempt_weight != "given":
        return list(members)
    weighed = [
        Weighed(part.id, part.name, "", part.weight, described(exempt[part.id], agency))
        for part in gone
    ] + [Weighed(m.key, m.name, "", Decimal(0), None, m.weight) for m in members]
    counted = {one.key: one.counted for one in given(weighed)}
    return [
        ScoredPart(m.key, m.name, counted.get(m.key, m.weight), m.points, m.full) for m in members
    ]


def _one(
    members: Sequence[ScoredPart],
    rule: Combine,
    most: Decimal | None,
    policy: Policy,
    spot: ResultSpot,
    group: str,
) -> tuple[PartsCombined, Decimal] | Refused:
    """What some scores come to by a rule, and the most that it can be."""
    points = tuple(member.points for member in members)
    if rule == "sum":
        if most is None:
            return spot.refuse(message("sum-without-cap"))
        found = min(add(points), Fraction(most))
        return PartsCombined(rule, points, (), found, policy, group, most), most
    fulls = {member.full for member in members}
    if len(fulls) > 1:
        return spot.refuse(message("parts-on-different-scales"))
    full = fulls.pop()
    if rule == "min":
        return PartsCombined(rule, points, (), min(points), policy, group), full
    if rule == "max":
        return PartsCombined(rule, points, (), max(points), policy, group), full
    if rule == "mean":
        mean = add(points) / len(points)
        return PartsCombined(rule, points, (), mean, policy, group), full
    weights = tuple(member.weight for member in members if member.weight is not None)
    if len(weights) < len(points) or min(weights) < 0 or not any(weights):
        return spot.refuse(message("weights-of-parts-unusable"))
    products = (Fraction(w) * p for w, p in zip(weights, points, strict=True))
    weighted = add(products) / add(weights)
    return PartsCombined(rule, points, weights, weighted, policy, group), full

"""Points taken off a score, or added to it, within the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..diagnostics import did_you_mean
from ..exact import add, bare
from ..messages import message
from ..model import Adjustment, Result
from .combining_steps import AdjustmentMade, PointsAdjusted
from .refusal import Refused, ResultSpot


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that a score can be."""

    least: Decimal
    most: Decimal


def adjust(
    points: Fraction,
    result: Result,
    declared: Sequence[Adjustment],
    limits: Limits,
    spot: ResultSpot,
) -> PointsAdjusted | Refused | None:
    """What a score comes to with all that is taken off and added; None where nothing is.

    It stays within the scale: not above the full mark, not below the least that there is (or
    the score itself, where that is lower).
    """
    if not result.adjustments:
        return None
    known = {one.id: one for one in declared}
    faults = []
    for key, one in result.adjustments.items():
        if key not in known:
            near = did_you_mean(key, known)
            faults.append(
                spot.fault(message("no-such-adjustment", name=key), "adjustments", key, hint=near)
            )
        elif one.points > known[key].most:
            faults.append(
                spot.fault(
                    message(
                        "adjusted-beyond-cap",
                        name=key,
                        points=bare(one.points),
                        most=bare(known[key].most),
                    ),
                    "adjustments",
                    key,
                    "points",
                )
            )
    if faults:
        return Refused(tuple(faults))
    made = tuple(
        AdjustmentMade(
            one.id,
            one.kind,
            one.name,
            result.adjustments[one.id].points,
            result.adjustments[one.id].reason,
        )
        for one in declared
        if one.id in result.adjustments
    )
    signed = (one.points if one.what == "add" else -one.points for one in made)
    total = points + add(signed)
    least = min(Fraction(limits.least), points)
    within = max(least, min(total, Fraction(limits.most)))
    return PointsAdjusted(points, made, total, within)

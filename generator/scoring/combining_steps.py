"""Steps of a trace: parts that are left out, and points that are taken off or added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ..exact import Exact
from .exemptions import Exempt


@dataclass(frozen=True, slots=True)
class PartLeftOut:
    """A part without a score: it isn't judged (``exempt``), or another one counts in its place.

    ``given``: the parts that its weight went to, by name.
    """

    kind: ClassVar[str] = "part left out"
    part: str
    name: str
    exempt: Exempt | None
    weight: Exact | None = None
    given: tuple[tuple[str, Exact], ...] = ()


@dataclass(frozen=True, slots=True)
class AdjustmentMade:
    """So many points taken off (``deduct``) or added (``add``), for what and why."""

    id: str
    what: Literal["deduct", "add"]
    name: str
    points: Exact
    reason: str


@dataclass(frozen=True, slots=True)
class PointsAdjusted:
    """A score with what was taken off and added: before, the sum, and within the scale."""

    kind: ClassVar[str] = "adjustment"
    before: Exact
    made: tuple[AdjustmentMade, ...]
    total: Exact
    points: Exact

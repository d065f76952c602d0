"""The units of an agency by their totals, with what they have so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ...scoring import UnitScore
from ..identity import LAYOUT
from .bars import BarPart


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit: its place (in brackets while something is open), total, percent and grade.

    ``so_far`` says what it has out of 100 of the weights that are scored, while something is open.
    """

    place: str
    unit: str
    bars: tuple[BarPart, ...]
    total: str
    percent: str
    so_far: str
    grade: str
    open: str


@dataclass(frozen=True, slots=True)
class Tier:
    """The units of one level, the best first."""

    heading: str
    rows: tuple[RankedUnit, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units by level, and there by their totals, which are bars too.

    The ``note`` says what places in brackets mean, where there are some.
    """

    place: str
    unit: str
    scale: str
    steps: int
    total: str
    percent: str
    grade: str
    open: str
    tiers: tuple[Tier, ...]
    note: str
    widths: tuple[float, ...]
    small: float = field(default=0.0, metadata=LAYOUT)


def so_far(score: UnitScore) -> Fraction | None:
    """What a unit has out of 100 of the weights that are scored; None where it has no such figure.

    It has none with several totals, with indicators that have no weight, and with no score at all.
    """
    if len(score.pools) != 1 or score.pools[0].unweighted:
        return None
    (pool,) = score.pools
    scored = pool.weight - pool.open_weight
    return pool.percent * pool.weight / scored if scored > 0 else None

"""A unit's scores in a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import thai
from ..agreements import lookup
from ..agreements.files import UnitFile
from ..agreements.record import DocumentOptions
from ..diagnostics import did_you_mean
from ..documents.building import scored
from ..documents.inputs import find_input
from ..documents.soundness import sound
from ..errors import UsageError
from ..messages import message
from ..model import RoundId
from ..scoring import ScoredIndicator, UnitScore, plain


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit's score, and what the units it borrows from are called."""

    unit: UnitFile
    score: UnitScore
    names: Mapping[str, str]

    def row(self, indicator: str) -> ScoredIndicator:
        """One indicator with its score. Raises UsageError for one that the unit doesn't have."""
        known = {row.key: row for row in self.score.rows}
        name = thai.folded(indicator)
        if name not in known:
            raise UsageError(message("unit-has-no-indicator", name=name), did_you_mean(name, known))
        return known[name]


def score(target: lookup.Target, round_: RoundId | None) -> ScoredUnit:
    """The scores of a unit in a round; rows at fault carry their faults.

    Raises UsageError, DataError, FileError.
    """
    if round_ is None:
        raise UsageError(message("scores-without-round"))
    if target.unit is None:
        raise UsageError(message("scores-of-agency"))
    origin = find_input("report", target, DocumentOptions(round=round_))
    sound(origin)
    names = {unit.id: unit.unit.name or unit.id for unit in (origin.unit, *origin.units)}
    return ScoredUnit(origin.unit, scored(origin)[origin.unit.id], names)


def as_json(scored: ScoredUnit, indicator: str | None = None) -> Any:
    """A unit's scores for machines: exact numbers as text, with what is printed beside them.

    A fraction (``10/3``) stands where decimals never end. What is ``…_shown`` is as it is printed.
    """
    if indicator is not None:
        return _row_json(scored.row(indicator), trace=True)
    score = scored.score
    return {
        "unit": scored.unit.id,
        "round": score.round,
        "rows": [_row_json(row) for row in score.rows],
        "totals": [
            plain(pool)
            | plain({"total_shown": pool.total_shown, "percent_shown": pool.percent_shown})
            for pool in score.pools
        ],
        "policies": plain(score.policies),
    }


def _row_json(row: ScoredIndicator, *, trace: bool = False) -> dict[str, Any]:
    figures = {
        "weight": row.weight,
        "score": None if row.score is None else row.score.points,
        "weighted": row.weighted,
        "score_shown": row.score_shown,
        "weighted_shown": row.weighted_shown,
    }
    about = {name: getattr(row, name) for name in ("key", "name", "component", "state", "reporter")}
    steps = {} if row.score is None or not trace else {"trace": plain(row.score.trace)}
    lacking = {} if row.lacking is None else {"lacking": row.lacking.as_data()}
    return {**about, **plain(figures), **lacking, **steps}

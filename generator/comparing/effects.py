"""What the same results score by the criteria of two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ..agreements.files import DataFile, UnitFile
from ..agreements.record import DocumentInput
from ..documents.building import scored
from ..documents.version_changes import ScoreEffect
from ..exact import Exact, half_up
from ..model import Results
from ..scoring import UnitScore
from ..scoring.rows import SCORE_DECIMALS


@dataclass(frozen=True, slots=True)
class BothVersions:
    """What two versions say of a unit, and what was reported to both of them."""

    old: DocumentInput
    new: DocumentInput
    reported: DocumentInput


def of_unit(called: str, versions: BothVersions) -> list[ScoreEffect]:
    """The scores of a unit's results in a round: each indicator's, and the total ("")."""
    was, now = (_scored(version, versions.reported) for version in (versions.old, versions.new))
    if was is None or now is None:
        return []
    round_ = versions.reported.options.round
    names = {row.key: row.name for score in (was, now) for row in score.rows}
    before, after = ({row.key: row for row in score.rows} for score in (was, now))
    found: list[ScoreEffect] = []
    for key, name in names.items():
        points = [
            row.score.points if row is not None and row.score is not None else None
            for row in (before.get(key), after.get(key))
        ]
        found.append(_effect(called, round_, name, points[0], points[1]))
    totals = [sum((pool.total for pool in score.pools), Fraction(0)) for score in (was, now)]
    found.append(_effect(called, round_, "", totals[0], totals[1]))
    return found


def _scored(version: DocumentInput, reported: DocumentInput) -> UnitScore | None:
    """A version's criteria applied to what was reported."""
    others = {unit.id: unit for unit in (*reported.units, *version.units)}
    units: Mapping[str, UnitFile] = {k: v for k, v in others.items() if k != version.unit.id}
    made_from = replace(
        version,
        kind="report",
        options=replace(version.options, scope="unit", round=reported.options.round),
        results=_results(version, reported),
        answers=reported.answers,
        units=tuple(units.values()),
    )
    return scored(made_from).get(version.unit.id)


def _results(version: DocumentInput, reported: DocumentInput) -> Mapping[str, DataFile[Results]]:
    """What was reported, under the name that the unit's file has in a version."""
    own = reported.results.get(reported.unit.id)
    if own is None or version.unit.id in reported.results:
        return reported.results
    return {**reported.results, version.unit.id: own}


def _effect(unit: str, round_: str, name: str, old: Exact | None, new: Exact | None) -> ScoreEffect:
    difference = ""
    if old is not None and new is not None and old != new:
        gap = Fraction(new) - Fraction(old)
        difference = ("+" if gap > 0 else "") + _shown(gap)
    return ScoreEffect(unit, round_, name, _shown(old), _shown(new), difference)


def _shown(number: Exact | None) -> str:
    if number is None:
        return ""
    rounded: Decimal = half_up(number, SCORE_DECIMALS)
    return f"{rounded:f}"

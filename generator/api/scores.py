"""A unit's scores in a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .. import thai
from ..agreements import lookup
from ..agreements.files import UnitFile
from ..agreements.record import DocumentInput, DocumentOptions
from ..diagnostics import did_you_mean
from ..documents.building import scored
from ..documents.inputs import find_input
from ..documents.soundness import sound
from ..errors import UsageError
from ..messages import message
from ..model import RoundId
from ..scoring import ScoredIndicator, UnitScore, plain, what_if
from ..scoring.assessing import assessment_of, settled
from ..scoring.what_if import Supposition


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
    return scored_input(target, round_)[0]


def scored_input(target: lookup.Target, round_: RoundId | None) -> tuple[ScoredUnit, DocumentInput]:
    """The same, with what the scores are made from."""
    if round_ is None:
        raise UsageError(message("scores-without-round"))
    if target.unit is None:
        raise UsageError(message("scores-of-agency"))
    origin = find_input("report", target, DocumentOptions(round=round_))
    sound(origin)
    names = {unit.id: unit.unit.name or unit.id for unit in (origin.unit, *origin.units)}
    return ScoredUnit(origin.unit, scored(origin)[origin.unit.id], names), origin


@dataclass(frozen=True, slots=True)
class SupposedScore:
    """A unit's score as it was reported, and as it would be with other results."""

    suppositions: tuple[Supposition, ...]
    reported: ScoredUnit
    supposed: ScoredUnit

    @property
    def changed(self) -> tuple[tuple[ScoredIndicator, ScoredIndicator], ...]:
        """The indicators whose score is another one: before and after."""
        pairs = zip(self.reported.score.rows, self.supposed.score.rows, strict=True)
        return tuple((a, b) for a, b in pairs if (a.weighted, a.state) != (b.weighted, b.state))


def suppose(target: lookup.Target, round_: RoundId | None, texts: Sequence[str]) -> SupposedScore:
    """A unit's score in a round if results were ``indicator=82.5`` or ``indicator.figure=9``.

    A result that another unit reports is supposed there. Nothing is written.
    Raises UsageError, DataError, FileError.
    """
    reported, made_from = scored_input(target, round_)
    suppositions, made_from = supposed_input(reported, made_from, texts)
    after = scored(made_from)[made_from.unit.id]
    return SupposedScore(suppositions, reported, replace(reported, score=after))


def supposed_input(
    reported: ScoredUnit, made_from: DocumentInput, texts: Sequence[str]
) -> tuple[tuple[Supposition, ...], DocumentInput]:
    """What is supposed, and what the scores are made from when it is so. Raises UsageError."""
    suppositions = what_if.read_all(texts)
    uses = {
        (unit.id, resolved.item.key): resolved.item.use
        for unit in (made_from.unit, *made_from.units)
        for resolved in unit.indicators
    }
    by_unit: dict[str, list[Supposition]] = {}
    levels: list[Supposition] = []
    for one in suppositions:
        if reported.row(one.indicator).of == "competencies":
            levels.append(one)
            continue
        reporter = reported.row(one.indicator).reporter
        if (column := uses[reporter, one.indicator].result.mean_of) is not None:
            raise UsageError(message("supposition-of-mean", name=one.indicator, column=column))
        by_unit.setdefault(reporter, []).append(one)
    parts: dict[str, list[str]] = {}
    for resolved in reported.unit.indicators:
        criteria = resolved.item.indicator.criteria_of(reported.score.round)
        parts[resolved.item.key] = [part.id for part in criteria.parts] if criteria else []
    results = dict(made_from.results)
    members = {unit.id: unit for unit in (made_from.unit, *made_from.units)}
    for unit, of_unit in by_unit.items():
        year = made_from.folder.agency.model.fiscal_year
        file = what_if.supposed(results.get(unit), of_unit, parts, year)
        agreed = assessment_of(made_from.folder.agency.model, members[unit].unit)
        if agreed is not None and file.model is not None:
            keys, day = [one.indicator for one in of_unit], thai.fiscal_year_end(year)
            file = replace(file, model=settled(file.model, keys, agreed, day))
        results[unit] = file
    if levels:
        unit, known = made_from.unit.id, [one.id for one in made_from.unit.unit.competencies]
        year = made_from.folder.agency.model.fiscal_year
        results[unit] = what_if.assessed(results.get(unit), levels, known, year)
    # What is supposed stands in place of what surveys count.
    counted = {
        (unit, asked.survey)
        for unit, of_unit in by_unit.items()
        for one in of_unit
        for asked in uses[unit, one.indicator].surveys
    }
    answers = {key: file for key, file in made_from.answers.items() if key not in counted}
    return suppositions, replace(made_from, results=results, answers=answers)


def as_json(scored: ScoredUnit | SupposedScore, indicator: str | None = None) -> Any:
    """A unit's scores for machines: exact numbers as text, with what is printed beside them.

    Of what is supposed both scores, and what that is.

    A fraction (``10/3``) stands where decimals never end. What is ``…_shown`` is as it is printed.
    """
    if isinstance(scored, SupposedScore):
        return {
            "what_if": {one.name: plain(one.value) for one in scored.suppositions},
            "reported": as_json(scored.reported, indicator),
            "supposed": as_json(scored.supposed, indicator),
        }
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
    if row.of == "competencies":
        about["of"] = row.of
    if row.unassessed is not None:
        about["unassessed"] = list(row.unassessed.names)
    steps = {} if row.score is None or not trace else {"trace": plain(row.score.trace)}
    if row.exempt is not None:
        about["exempt"] = plain(row.exempt) | {"weight": plain(row.agreed)}
    if row.change is not None:
        about["weight_change"] = {"agreed": plain(row.agreed)} | plain(row.change)
    rows = {} if row.score is None or not row.score.rows else {"rows": plain(row.score.rows)}
    lacking = {} if row.lacking is None else {"lacking": row.lacking.as_data()}
    assessed = {} if row.assessment is None else {"assessment": row.assessment.as_data()}
    return {**about, **plain(figures), **lacking, **rows, **assessed, **steps}

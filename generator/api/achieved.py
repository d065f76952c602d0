"""What a year came to, indicator by indicator, as the next year's baselines print it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..agreements.files import DataFile, UnitFile, ValidAgency
from ..exact import Exact, bare, half_up
from ..model import Agency, Answers, Results
from ..model.round_sets import rounds_of
from ..scoring import ScoredIndicator, gathered, score_unit
from ..scoring.trace import PartScored, judged

DECIMALS, USUAL = 6, 2
"""A figure of so many decimals is kept as it is; a longer one is rounded, usually to two."""


@dataclass(frozen=True, slots=True)
class PastAchievement:
    """What one row of baselines gets: the words to print (or None), and the figure.

    ``name``: the part it is of.
    """

    words: str | None
    value: Decimal | None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Achieved:
    """An indicator's result: a row a part, and what they come to together."""

    rows: tuple[PastAchievement, ...]
    whole: PastAchievement


def of_round(
    folder: ValidAgency,
    agency: Agency,
    units: Iterable[UnitFile],
    results: Mapping[str, DataFile[Results]],
    answers: Mapping[tuple[str, str], DataFile[Answers]],
) -> dict[tuple[str, str], Achieved]:
    """What each unit's last round came to, by indicator; nothing where nobody has reported.

    The figure is the one that the report prints: typed, worked out, counted or borrowed. Of
    milestones, and of parts together, it is the score.
    """
    members = {unit.id: unit for unit in units}
    last = {name: rounds_of(unit.unit, agency)[-1].id for name, unit in members.items()}
    reports = {
        round_id: gathered(folder, round_id, members, _of(results, round_id), answers)
        for round_id in dict.fromkeys(last.values())
    }
    return {
        (name, row.key): _achieved(row, agency, _parts(unit, row.key, last[name]))
        for name, unit in members.items()
        for row in score_unit(reports[last[name]], name).rows
        if row.of == "indicator"
        and row.state != "open"
        and (row.result is not None or row.score is not None)
    }


def _of(results: Mapping[str, DataFile[Results]], round_id: str) -> Mapping[str, DataFile[Results]]:
    """The results of a round: another's last round isn't what it would lend in this one."""
    return {name: file for name, file in results.items() if file.path.parent.name == round_id}


def _parts(unit: UnitFile, key: str, last: str) -> dict[str, str]:
    """The names of an indicator's parts, by id."""
    item = next(resolved.item for resolved in unit.indicators if resolved.item.key == key)
    criteria = item.indicator.criteria_of(last)
    return {part.id: part.name for part in criteria.parts} if criteria is not None else {}


def _achieved(row: ScoredIndicator, agency: Agency, names: Mapping[str, str]) -> Achieved:
    words = " ".join(row.result.text.split()) if row.result and row.result.text else None
    if row.score is None:  # it can't be scored: what was typed stands
        whole = PastAchievement(words, row.result.typed if row.result is not None else None)
        parts = row.result.parts if row.result is not None else None
        if parts is None:
            return Achieved((whole,), whole)
        typed = ((name, parts.get(part)) for part, name in names.items())
        rows = tuple(
            PastAchievement(None, part.typed if part else None, name) for name, part in typed
        )
        return Achieved(rows, whole)
    found = judged(row.score.trace)
    whole = PastAchievement(words, _figure(row.score.points if found is None else found, agency))
    rows = tuple(
        PastAchievement(None, _figure(step.points if value is None else value, agency), step.name)
        for step in row.score.trace.steps
        if isinstance(step, PartScored)
        for value in [judged(step.trace)]
    )
    return Achieved(rows or (whole,), whole)


def _figure(value: Exact, agency: Agency) -> Decimal:
    """A figure as it is kept: with the noughts that were typed, or as short as it is exact."""
    if isinstance(value, Decimal):
        return value
    exact = half_up(value, DECIMALS)
    if Fraction(exact) == value:
        return Decimal(bare(exact))
    decimals = agency.policies.decimals
    return half_up(value, USUAL if decimals == "none" else decimals)

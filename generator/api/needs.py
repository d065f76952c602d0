"""What the open indicators of a unit need for a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..agreements import lookup
from ..diagnostics import did_you_mean
from ..documents.building import reports_of, scored
from ..errors import UsageError, stop_on
from ..messages import message
from ..model import RoundId
from ..model.tree import grades_of
from ..scoring import plain
from ..scoring.needed import PoolNeed, needs
from ..scoring.totals import decides
from .scores import scored_input, supposed_input


@dataclass(frozen=True, slots=True)
class GradeNeed:
    """The grade that is asked for, what is supposed besides, and what each total needs."""

    unit: str
    round: RoundId
    grade: str
    supposed: Mapping[str, str]
    totals: tuple[PoolNeed, ...]


def need(
    target: lookup.Target, round_: RoundId | None, grade: str, texts: Sequence[str] = ()
) -> GradeNeed:
    """The least results of a unit's open indicators that reach a grade in a round.

    ``texts``: results that are supposed, as in ``scores.suppose``. Nothing is written.
    Raises UsageError for a grade or round in which nothing can be reached, DataError, FileError.
    """
    reported, made_from = scored_input(target, round_)
    agency, unit = made_from.folder.agency.model, made_from.unit.unit
    bands = {band.name: band for band in grades_of(unit, agency)}
    if grade.strip() not in bands:
        said = message("no-such-grade", name=grade) if bands else message("no-grades")
        raise UsageError(said, did_you_mean(grade, bands))
    if not decides(agency, reported.score.round):
        raise UsageError(message("round-is-not-graded", round=reported.score.round))
    suppositions, supposed = supposed_input(reported, made_from, texts)
    score = scored(supposed)[made_from.unit.id]
    stop_on(score.faults)
    missing = {key for pool in score.pools for key in pool.unweighted}
    unweighed = [row.name for row in score.rows if row.key in missing]
    if unweighed:
        raise UsageError(message("need-without-weights", names=tuple(unweighed)))
    return GradeNeed(
        made_from.unit.id,
        score.round,
        grade.strip(),
        {one.name: str(plain(one.value)) for one in suppositions},
        needs(reports_of(supposed), score, bands[grade.strip()]),
    )


def as_json(found: GradeNeed) -> Any:
    """The same for machines: exact numbers as text, fractions (``10/3``) where they never end."""
    return plain(found)

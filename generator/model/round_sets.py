"""Which rounds there are: those of a unit, and those of an agency whatever unit has them.

A round that stands in several lists is the same one in each (``rules.rounds``), so its id says all
of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .agency import Agency
from .rounds import Round
from .unit import Unit


def rounds_of(unit: Unit, agency: Agency) -> Sequence[Round]:
    """The rounds of a unit: of the set that it names, that its level has, or the agency's."""
    if unit.rounds is not None and unit.rounds in agency.round_sets:
        return agency.round_sets[unit.rounds].rounds
    of_level = (of.rounds for of in agency.round_sets.values() if unit.level in of.levels)
    return next(of_level, agency.rounds)


def year_of(agency: Agency, round_id: str) -> Sequence[Round]:
    """The rounds among which a round stands, the last of which is the year's."""
    lists = (agency.rounds, *(of.rounds for of in agency.round_sets.values()))
    return next(rounds for rounds in lists if any(r.id == round_id for r in rounds))


def round_of(agency: Agency, round_id: str) -> Round:
    """The round of that id, which the agency has."""
    return next(r for r in year_of(agency, round_id) if r.id == round_id)


def ids_of(unit: Unit, agency: Agency) -> tuple[str, ...]:
    """By which names files and results mean the rounds of a unit, in their order."""
    return tuple(r.id for r in rounds_of(unit, agency))

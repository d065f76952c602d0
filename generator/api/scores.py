"""A unit's scores in a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..agreements import lookup
from ..agreements.files import UnitFile
from ..agreements.record import DocumentOptions
from ..documents.building import scored
from ..documents.inputs import find_input
from ..documents.soundness import sound
from ..errors import UsageError
from ..scoring import UnitScore

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit's score, and what the units it borrows from are called."""

    unit: UnitFile
    score: UnitScore
    names: Mapping[str, str]


def score(found: lookup.Target, round_: Literal["1", "2"]) -> ScoredUnit:
    """The scores of a unit in a round; rows at fault carry their faults.

    Raises UsageError, DataError, FileError.
    """
    if found.unit is None:
        raise UsageError("scores are those of a unit", "name a unit; gen report takes an agency")
    origin = find_input("report", found, DocumentOptions(round=round_))
    sound(origin)
    names = {unit.id: unit.unit.name or unit.id for unit in (origin.unit, *origin.units)}
    return ScoredUnit(origin.unit, scored(origin)[origin.unit.id], names)

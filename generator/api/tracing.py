"""How an indicator comes down an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import rules, thai
from ..agreements import cascade, lookup, reading
from ..agreements.paths import id_of
from ..diagnostics import did_you_mean, errors, in_order
from ..documents.inputs import _units
from ..errors import UsageError, stop_on

if TYPE_CHECKING:
    pass


def trace(found: lookup.Target, indicator: str) -> tuple[cascade.CascadeLink, ...]:
    """How an indicator comes down an agency, or to one unit and those below it.

    Raises UsageError, DataError, FileError.
    """
    if found.sealed:
        raise UsageError("an indicator is traced through an agency's files", "name the agency")
    folder = rules.valid(reading.read_agency(found.folder))
    units = _units(folder)
    faults = [fault for unit in units for fault in errors(rules.check_unit(folder, unit))]
    stop_on(in_order([*faults, *rules.check_cascade(units)]))
    indicator = thai.folded(indicator)
    unit = id_of(found.unit) if found.unit is not None else None
    words = folder.wording.model.summary
    tops = cascade.trace(units, indicator, unit, words.levels if words is not None else {})
    if not tops:
        asked = (member for member in units if unit in (None, member.id))
        known = {item.key for member in asked for item in member.items}
        raise UsageError(
            f"no unit has an indicator '{indicator}'"
            if unit is None
            else f"the unit has no indicator '{indicator}'",
            did_you_mean(indicator, known),
        )
    return tops

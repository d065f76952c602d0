"""How an indicator comes down an agency."""

from __future__ import annotations

from .. import rules, thai
from ..agreements import cascade, lookup, reading
from ..agreements.cascade import CascadeLink, as_json, lines
from ..agreements.paths import id_of
from ..diagnostics import did_you_mean, errors, in_order
from ..documents.inputs import units_of
from ..errors import UsageError, stop_on
from ..messages import message
from ..model.wording import names_of_unit_levels

__all__ = ["CascadeLink", "as_json", "lines", "trace"]


def trace(target: lookup.Target, indicator: str) -> tuple[CascadeLink, ...]:
    """How an indicator comes down an agency, or to one unit and those below it.

    Raises UsageError, DataError, FileError.
    """
    if target.sealed:
        raise UsageError(message("trace-of-source"))
    folder = rules.valid(reading.read_agency(target.folder))
    units = units_of(folder)
    faults = [fault for unit in units for fault in errors(rules.check_unit(folder, unit))]
    stop_on(in_order([*faults, *rules.check_cascade(units)]))
    indicator = thai.folded(indicator)
    unit = id_of(target.unit) if target.unit is not None else None
    tops = cascade.trace(units, indicator, unit, names_of_unit_levels(folder.wording.model))
    if not tops:
        asked = (member for member in units if unit in (None, member.id))
        known = {item.key for member in asked for item in member.items}
        raise UsageError(
            message("no-such-indicator", name=indicator)
            if unit is None
            else message("unit-has-no-indicator", name=indicator),
            did_you_mean(indicator, known),
        )
    return tops

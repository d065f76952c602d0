"""The round that somebody names on a command line or in a workbook."""

from __future__ import annotations

from .. import thai
from ..diagnostics import did_you_mean
from ..errors import UsageError
from ..messages import message
from ..model import Agency, Unit
from ..model.round_sets import ids_of


def named(round_id: str, agency: Agency, unit: Unit | None = None) -> str:
    """The id of the round that is meant, of a ``unit`` or of any. Raises UsageError."""
    meant = thai.folded(round_id)
    known = agency.round_ids
    own = ids_of(unit, agency) if unit is not None else known
    if meant not in known:
        hint = did_you_mean(meant, own) or message("known-names", names=own)
        raise UsageError(message("no-such-round", name=round_id), hint)
    if meant not in own:
        raise UsageError(message("unit-without-round", name=round_id, rounds=own))
    return meant

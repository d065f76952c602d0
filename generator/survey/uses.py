"""Which surveys an agency has, and how a unit makes them."""

from __future__ import annotations

from .. import thai
from ..agreements.files import AgencyFolder, UnitFile
from ..diagnostics import did_you_mean
from ..errors import UsageError
from ..messages import message
from ..model import SurveyUse


def uses(unit: UnitFile | None) -> dict[str, SurveyUse]:
    """The surveys that a unit's indicators name, in their order, and how it makes them."""
    items = unit.items if unit is not None else ()
    made: dict[str, SurveyUse] = {}
    for item in items:
        for use in item.use.surveys:
            made.setdefault(use.survey, use)
    return made


def named(folder: AgencyFolder, name: str) -> str:
    """The id of the agency's survey that is called so. Raises UsageError where none is."""
    name = thai.folded(name)
    if name not in folder.surveys:
        raise UsageError(message("no-such-survey", name=name), did_you_mean(name, folder.surveys))
    return name


def meant(folder: AgencyFolder, unit: UnitFile | None) -> str:
    """The only survey of a unit, or else of the agency. Raises UsageError where others are too."""
    for known in (tuple(uses(unit)), tuple(folder.surveys)):
        if len(known) == 1:
            return known[0]
        if known:
            raise UsageError(message("several-surveys", names=known))
    raise UsageError(message("no-survey"))

"""Agencies, and the units of one."""

from __future__ import annotations

from starlette.responses import Response

from .. import api
from . import frame
from .access import Role
from .asked import Asked
from .routing import StudioRoute


def agencies(asked: Asked) -> Response:
    """All agencies of the workspace, the newest year first."""
    return frame.page(asked, "home.html", agencies=api.overview.agencies(asked.workspace))


def agency(asked: Asked) -> Response:
    """An agency's units by level."""
    folder = asked.target.folder
    units = api.overview.units(folder)
    return frame.page(asked, "agency.html", agency=api.overview.agency(folder), units=units)


def unit(asked: Asked) -> Response:
    """A unit: its first task."""
    given = unit_frame(asked)
    if not frame.TABS:
        return frame.page(asked, "unit.html", **given)
    return frame.away(
        "agency", asked.part("agency"), "unit", asked.part("unit"), frame.TABS[0].path
    )


def unit_frame(asked: Asked) -> dict[str, object]:
    """What ``unit.html``, which tasks of a unit extend, is given by each of them."""
    target = asked.target
    agency, unit = api.overview.agency(target.folder), api.overview.unit(target.unit)
    return {"agency": agency, "unit": unit, "counts": {}}


ROUTES = (
    StudioRoute("/", agencies, Role.READER),
    StudioRoute("/agency/{agency}", agency, Role.READER),
    StudioRoute("/agency/{agency}/unit/{unit}", unit, Role.READER),
)

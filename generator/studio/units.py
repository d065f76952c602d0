"""A unit more in an agency, and one less."""

from __future__ import annotations

from starlette.responses import Response

from .. import api
from . import frame
from .access import Role
from .asked import Asked
from .routing import StudioRoute


def new_form(asked: Asked) -> Response:
    """What a new unit is called, its level, and which other one it begins like."""
    folder = asked.target.folder
    return frame.page(
        asked,
        "new-unit.html",
        agency=api.overview.agency(folder),
        units=api.overview.units(folder),
    )


def new(asked: Asked) -> Response:
    """Begin a unit, and go to it."""
    folder, like = asked.target.folder, asked.field("like")
    origin = api.overview.target(asked.workspace, folder.name, like).unit if like else None
    begun = api.units.begin(
        folder, asked.field("name"), asked.field("level"), asked.field("code"), origin
    )
    api.workspaces.publish(begun)
    asked.keep(begun)
    [path] = begun
    return frame.away("agency", folder.name, "unit", path.stem)


def remove_form(asked: Asked) -> Response:
    """Ask whether a unit is to be taken out."""
    target = asked.target
    return frame.page(
        asked,
        "remove-unit.html",
        agency=api.overview.agency(target.folder),
        unit=api.overview.unit(target.unit),
    )


def remove(asked: Asked) -> Response:
    """Take a unit out of its agency."""
    target = asked.target
    kept = api.units.remove(asked.workspace, target.folder, target.unit)
    asked.keep([target.unit])
    return frame.page(
        asked,
        "removed-unit.html",
        agency=api.overview.agency(target.folder),
        kept=kept.relative_to(asked.workspace.root).as_posix(),
    )


ROUTES = (
    StudioRoute("/agency/{agency}/new-unit", new_form, Role.OFFICER),
    StudioRoute("/agency/{agency}/new-unit", new, Role.OFFICER, "POST"),
    StudioRoute("/agency/{agency}/unit/{unit}/remove", remove_form, Role.OFFICER),
    StudioRoute("/agency/{agency}/unit/{unit}/remove", remove, Role.OFFICER, "POST"),
)

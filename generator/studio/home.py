"""Agencies; the units of one with how they stand, and what is made of all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from .. import api
from ..errors import UsageError
from ..messages import message
from . import frame
from .access import Role
from .asked import Asked
from .routing import StudioRoute
from .work import Work

_KINDS = ("framework", "chart", "status")
"""What is made of a whole agency at once, by one button each."""


def agencies(asked: Asked) -> Response:
    """All agencies of the workspace, the newest year first."""
    found = api.overview.agencies(asked.workspace)
    return frame.page(asked, "home.html", agencies=found, drafts=_drafts(asked))


def _drafts(asked: Asked) -> list[tuple[str, str]]:
    """What whoever reads has typed and not saved: the address of its page, and the file."""
    who = asked.user.name if asked.user is not None else ""
    found = []
    for desk in api.editing.desks(asked.workspace, who):
        for name in desk.unsaved():
            if "/" not in name and not (desk.folder / name).is_file():
                continue  # its unit was taken out; put back, it is offered again
            unit = () if "/" in name else ("unit", Path(name).stem)
            address = frame.link("agency", desk.folder.name, *unit)
            found.append((address, f"{desk.folder.name}/{name}"))
    return found


def agency(asked: Asked) -> Response:
    """An agency: its units by level, and what can be done with all of them."""
    return frame.page(asked, "agency.html", **_agency(asked))


def _agency(asked: Asked) -> dict[str, Any]:
    folder = asked.target.folder
    look = asked.studio.standings.of(asked.workspace, folder)
    stands = {one.unit.id: one for one in look.found.units} if look.found is not None else {}
    units = api.overview.units(folder)
    return {
        "agency": api.overview.agency(folder),
        "units": units,
        "levels_count": Counter(one.level for one in units),
        "look": look,
        "stands_of": stands,
        **_work(asked, folder),
        "link_of": lambda name: frame.link("agency", folder.name, "made", *name.split("/")),
    }


def rows(asked: Asked) -> Response:
    """The rows of the units alone, as they stand now: a page that is open asks again."""
    return frame.page(asked, "units.html", **_agency(asked))


def make_all(asked: Asked) -> Response:
    """Make every document of the agency that isn't as today's data give it."""
    target, workspace = asked.target, asked.workspace
    round_ = asked.field("round") or None
    wanted = api.batch.wanted("", asked.field("units"), round_)
    request = api.batch.BatchRequest(target.folder, workspace.outputs, wanted)
    asked.studio.work.begin(
        target.folder,
        Work(asked.user.name if asked.user else ""),
        lambda work: work.close(api.batch.run(workspace, request, None, work)),
    )
    return progress(asked)


def progress(asked: Asked) -> Response:
    """How far the work on an agency is: asked again and again while it goes on."""
    folder = asked.target.folder
    if not asked.is_part:
        return frame.away("agency", folder.name)
    return frame.page(
        asked, "work.html", agency=api.overview.agency(folder), **_work(asked, folder)
    )


def _work(asked: Asked, folder: Path) -> dict[str, Any]:
    work = asked.studio.work.of(folder)
    of_error = work.error.diagnostics if work is not None and work.error is not None else ()
    found = frame.faults(asked, [*(work.faults if work is not None else ()), *of_error])
    return {"work": work, "faults": found}


def stop(asked: Asked) -> Response:
    """End the work on an agency after the document that is being made."""
    work = asked.studio.work.of(asked.target.folder)
    if work is not None:
        work.stop()
    return progress(asked)


def check(asked: Asked) -> Response:
    """All faults of an agency's files."""
    folder = asked.target.folder
    checked = api.checking.check(asked.workspace, [folder])
    return frame.page(
        asked,
        "check.html",
        agency=api.overview.agency(folder),
        checked=checked,
        faults=frame.faults(asked, checked.faults),
    )


def make_one(asked: Asked) -> Response:
    """Make one document of the whole agency: its framework, its wall chart, who has signed."""
    target, workspace, kind = asked.target, asked.workspace, asked.part("kind")
    if kind not in _KINDS:
        raise UsageError(message("studio-request-unreadable"))
    if kind == "status":
        found = api.signing.status(workspace, target.folder)
        files = api.signing.status_files(workspace, target.folder, found, csv=True, pdf=True)
    else:
        files = api.documents.make(workspace, kind, target).files
    api.workspaces.publish(files)
    base = workspace.outputs / target.folder.name
    names = [path.relative_to(base).as_posix() for path in files]
    return frame.page(asked, "made.html", agency=api.overview.agency(target.folder), names=names)


def signatures(asked: Asked) -> Response:
    """Who has signed, when and how, and what is missing."""
    folder = asked.target.folder
    found = api.signing.status(asked.workspace, folder)
    return frame.page(
        asked,
        "signatures.html",
        agency=api.overview.agency(folder),
        rows=found,
        units={one.called: one for one in api.overview.units(folder)},
    )


def made(asked: Asked) -> Response:
    """A finished file of an agency."""
    path = api.overview.output(asked.workspace, asked.target.folder.name, asked.part("name"))
    kind = "attachment" if asked.query("as") == "file" or path.suffix != ".pdf" else "inline"
    return FileResponse(path, filename=path.name, content_disposition_type=kind)


def new_form(asked: Asked) -> Response:
    """What a new agency is to be called, and what it is begun from."""
    return frame.page(
        asked,
        "new.html",
        agencies=api.overview.agencies(asked.workspace),
        source=asked.query("from"),
    )


def new(asked: Asked) -> Response:
    """Begin a new agency: from the example, or from another's year before."""
    name, source = asked.field("name").strip(), asked.field("from")
    origin = str(api.overview.target(asked.workspace, source).folder) if source else None
    keys: api.agencies.KeyLanguage = "th" if asked.field("keys") == "th" else "en"
    directory = api.overview.place_of_new(asked.workspace, name)
    begun = api.agencies.start(
        asked.workspace, directory, source=origin, keys=None if source else keys
    )
    api.workspaces.publish(begun.files)
    asked.keep(begun.files)
    remarks = [str(one) for one in begun.remarks]
    return frame.page(asked, "begun.html", agency=api.overview.agency(directory), remarks=remarks)


def unit(asked: Asked) -> Response:
    """A unit: its first task."""
    given = unit_frame(asked)
    if not frame.TABS:
        return frame.page(asked, "unit.html", **given)
    first = frame.TABS[0].path
    return frame.away("agency", asked.part("agency"), "unit", asked.part("unit"), first)


def unit_frame(asked: Asked) -> dict[str, object]:
    """What ``unit.html``, which tasks of a unit extend, is given by each of them."""
    target = asked.target
    agency, unit = api.overview.agency(target.folder), api.overview.unit(target.unit)
    return {"agency": agency, "unit": unit, "counts": {}}


def present(asked: Asked) -> Response:
    """Who else has the unit open: asked again while it is open."""
    user = asked.user
    assert user is not None
    place = f"{asked.part('agency')}/{asked.part('unit')}"
    session = asked.request.cookies.get(asked.studio.cookie, user.name)
    others = asked.studio.presence.others(place, session, user.name)
    return frame.page(asked, "present.html", others=others)


ROUTES = (
    StudioRoute("/", agencies, Role.READER),
    StudioRoute("/new", new_form, Role.OFFICER),
    StudioRoute("/new", new, Role.OFFICER, "POST"),
    StudioRoute("/agency/{agency}", agency, Role.READER),
    StudioRoute("/agency/{agency}/units", rows, Role.READER),
    StudioRoute("/agency/{agency}/work", progress, Role.READER),
    StudioRoute("/agency/{agency}/work", make_all, Role.OFFICER, "POST"),
    StudioRoute("/agency/{agency}/stop", stop, Role.OFFICER, "POST"),
    StudioRoute("/agency/{agency}/check", check, Role.READER),
    StudioRoute("/agency/{agency}/signatures", signatures, Role.READER),
    StudioRoute("/agency/{agency}/make/{kind}", make_one, Role.OFFICER, "POST"),
    StudioRoute("/agency/{agency}/made/{name:path}", made, Role.READER),
    StudioRoute("/agency/{agency}/unit/{unit}", unit, Role.READER),
    StudioRoute("/agency/{agency}/unit/{unit}/present", present, Role.READER),
)

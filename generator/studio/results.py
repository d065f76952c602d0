"""What a unit achieved in a round: filled in, proved and scored; and who has yet to report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from .. import api
from ..errors import UsageError
from ..messages import message
from . import frame, sending
from .access import Role
from .asked import Asked
from .home import unit_frame
from .routing import StudioRoute
from .unit_edits import pasted
from .unit_tasks import desk_of


def results(asked: Asked) -> Response:
    """A unit's results of a round; of the first one, where none is named."""
    target = asked.target
    rounds = api.reporting.rounds(target)
    if not asked.query("round"):
        return RedirectResponse(f"{_base(asked)}?round={rounds[0][0]}", 303)
    found = _view(asked)
    state = api.reporting.stands(found)
    return frame.page(
        asked,
        "results.html",
        **unit_frame(asked)
        | {"task": "results", "state": state, "counts": {}, "view": found, "rounds": rounds}
        | {"may": _may(asked), "shown": {"kind": _kind(asked), "round": found.round}}
        | {
            "base": frame.link(
                "agency", asked.part("agency"), "unit", asked.part("unit"), "results"
            )
        },
    )


def edit(asked: Asked) -> Response:
    """Make edits of results; how they stand then."""
    sent = asked.json
    if not isinstance(sent, dict):
        raise UsageError(message("edits-not-understood"))
    api.reporting.changed(_view(asked), sent.get("edits"), str(sent.get("what") or "")[:200])
    return _stands(asked)


def undo(asked: Asked) -> Response:
    """Take back what was done last."""
    return _stands(asked, moved=desk_of(asked).undo([_view(asked).name]))


def redo(asked: Asked) -> Response:
    """Do again what was taken back."""
    return _stands(asked, moved=desk_of(asked).redo([_view(asked).name]))


def save(asked: Asked) -> Response:
    """Put what is typed into the file."""
    saved = desk_of(asked).save([_view(asked).name])
    asked.keep(asked.target.folder / name for name in saved)
    return _stands(asked, saved=saved)


def discard(asked: Asked) -> Response:
    """Go back to what the file says."""
    desk_of(asked).discard([_view(asked).name])
    return _stands(asked)


def suppose(asked: Asked) -> Response:
    """What the scores would be with other results; nothing is kept."""
    texts = asked.request.query_params.getlist("if")[:200]
    return JSONResponse(api.reporting.supposed(_view(asked), texts))


def prove(asked: Asked) -> Response:
    """Keep a file that proves a result, and name it there."""
    sent, key = asked.upload("file"), asked.field("key")
    found = _view(asked)
    if sent is None or key not in {one.key for one in found.indicators if one.fields}:
        raise UsageError(message("studio-request-unreadable"))
    called, files = api.reporting.proof(found, *sent)
    api.workspaces.publish(files)
    asked.keep(files)
    api.reporting.add_file(found, key, called, asked.field("about"))
    return RedirectResponse(f"{_base(asked)}?round={found.round}", 303)


def workbook(asked: Asked) -> Response:
    """The workbook that the unit may fill in instead, with what it has reported."""
    made = api.results.template(asked.workspace, asked.target, asked.query("round"))
    path, data = next(iter(made.files.items()))
    return sending.kept(path.name, data)


def take_in(asked: Asked) -> Response:
    """Take in a workbook that the unit filled in; it is read and not kept."""
    sent = asked.upload("file")
    if sent is None:
        raise UsageError(message("studio-request-unreadable"))
    found = _view(asked)
    path = Path(sent[0])
    with api.preview.as_it_would_be({path: sent[1]}):
        made = api.results.take_in(asked.workspace, path, over=True)
    folder, file = found.target.folder, found.target.folder / found.name
    if file not in made.files or not all(one.is_relative_to(folder) for one in made.files):
        raise UsageError(message("result-workbook-of-another"))
    api.workspaces.publish(made.files)
    asked.keep(made.files)
    return RedirectResponse(f"{_base(asked)}?round={found.round}", 303)


def reported(asked: Asked) -> Response:
    """Who has reported what, and who hasn't."""
    folder = asked.target.folder
    rounds, units = api.reporting.reported(folder)
    about = api.overview.agency(folder)
    return frame.page(asked, "reported.html", agency=about, rounds=rounds, units=units)


def _view(asked: Asked) -> api.reporting.ReportingView:
    return api.reporting.view(desk_of(asked), asked.target, asked.query("round"))


def _stands(asked: Asked, **also: Any) -> Response:
    return JSONResponse(api.reporting.stands(_view(asked)) | also)


def _base(asked: Asked) -> str:
    return frame.link("agency", asked.part("agency"), "unit", asked.part("unit"), "results")


def _kind(asked: Asked) -> str:
    person = api.overview.unit(asked.target.unit).level == "person"
    return "personal" if person else "report"


def _may(asked: Asked) -> bool:
    return asked.user is not None and asked.user.role >= Role.UNIT


_BELOW = "/agency/{agency}/unit/{unit}/results"
TABS = (frame.Tab("results", "result-results"),)
ROUTES = (
    StudioRoute(_BELOW, results, Role.READER),
    StudioRoute(f"{_BELOW}/edit", edit, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/undo", undo, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/redo", redo, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/save", save, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/discard", discard, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/pasted", pasted, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/proof", prove, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/suppose", suppose, Role.READER),
    StudioRoute(f"{_BELOW}/workbook", workbook, Role.READER),
    StudioRoute(f"{_BELOW}/workbook", take_in, Role.UNIT, "POST"),
    StudioRoute("/agency/{agency}/reported", reported, Role.READER),
)

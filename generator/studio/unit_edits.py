"""What pages of a unit send: edits, undo, saving, what a clipboard holds, a value to try."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from .. import api
from ..errors import UsageError
from ..messages import message
from . import frame
from .access import Role
from .asked import Asked
from .routing import StudioRoute
from .unit_tasks import desk_of, state_of, view_of


def edit(asked: Asked) -> Response:
    """Make edits of fields; how the unit stands then."""
    sent = _mapping(asked)
    view = view_of(asked)
    read = api.editing.sent.read(view, sent.get("edits"))
    within = api.editing.sent.within_texts(view, read.edits)
    if asked.user is None or (asked.user.role < Role.OFFICER and not within):
        raise UsageError(message("studio-not-your-role"))
    what = str(sent.get("what") or "")[:200]
    api.editing.edit(view.desk, read.edits, what, field=read.field)
    return _stands(asked)


def undo(asked: Asked) -> Response:
    """Take back what was done last."""
    return _stands(asked, moved=desk_of(asked).undo(api.editing.state.files(view_of(asked))))


def redo(asked: Asked) -> Response:
    """Do again what was taken back."""
    return _stands(asked, moved=desk_of(asked).redo(api.editing.state.files(view_of(asked))))


def save(asked: Asked) -> Response:
    """Put what is typed into the files."""
    view, target = view_of(asked), asked.target
    saved = view.desk.save(api.editing.state.files(view))
    asked.keep(target.folder / name for name in saved)
    return _stands(asked, saved=saved)


def discard(asked: Asked) -> Response:
    """Go back to what the files say."""
    view = view_of(asked)
    view.desk.discard(api.editing.state.files(view))
    return _stands(asked)


def settle(asked: Asked) -> Response:
    """Go on with one of two versions of a file, or with both changes."""
    name = asked.field("file")
    how = next((one for one in api.editing.WAYS if one == asked.field("how")), None)
    if how is None or name not in api.editing.state.files(view_of(asked)):
        raise UsageError(message("edits-not-understood"))
    desk_of(asked).settle(name, how)
    return frame.away("agency", asked.part("agency"), "unit", asked.part("unit"), "versions")


def pasted(asked: Asked) -> Response:
    """The cells of a clipboard, as texts and as figures."""
    sent = _mapping(asked)
    html, text = sent.get("html", ""), sent.get("text", "")
    if not (isinstance(html, str) and isinstance(text, str)):
        raise UsageError(message("edits-not-understood"))
    return JSONResponse(api.editing.clipboard(html, text))


def table(asked: Asked) -> Response:
    """A table's CSV in place of the one that is there, or a new table for an indicator."""
    sent = asked.upload("file")
    name = asked.field("table")
    view = view_of(asked)
    use = view.use(asked.field("key"))
    known = {one.file for one in api.editing.attached.target_sheets(view)}
    if sent is None or (name not in known and use is None):
        raise UsageError(message("edits-not-understood"))
    text = api.editing.attached.uploaded(*sent)
    if name in known:
        view.desk.write(name, text, "table")
    elif use is not None:
        api.editing.edit(view.desk, api.editing.new_attached.table(view, use, text), "table")
    return frame.away("agency", asked.part("agency"), "unit", asked.part("unit"), "tables")


def suppose(asked: Asked) -> Response:
    """What a value would score by criteria as they stand."""
    view = view_of(asked)
    use = view.use(asked.query("key"))
    rows = () if use is None else api.editing.criteria.rows(view, use)
    wanted = (asked.query("round"), asked.query("part"))
    row = next((row for row in rows if (row.round, row.part) == wanted), None)
    if use is None or row is None:
        raise UsageError(message("edits-not-understood"))
    found = api.editing.criteria.supposed(view, use, row, asked.query("value"))
    return JSONResponse(
        {
            "points": found.points,
            "level": found.level,
            "steps": list(found.steps),
            "fault": str(found.fault),
        }
    )


def _mapping(asked: Asked) -> dict[str, Any]:
    sent = asked.json
    if not isinstance(sent, dict):
        raise UsageError(message("edits-not-understood"))
    return sent


def _stands(asked: Asked, **also: Any) -> Response:
    return JSONResponse(state_of(asked, view_of(asked)) | also)


_BELOW = "/agency/{agency}/unit/{unit}"
ROUTES = (
    StudioRoute(f"{_BELOW}/edit", edit, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/undo", undo, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/redo", redo, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/save", save, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/discard", discard, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/settle", settle, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/pasted", pasted, Role.UNIT, "POST"),
    StudioRoute(f"{_BELOW}/table", table, Role.OFFICER, "POST"),
    StudioRoute(f"{_BELOW}/suppose", suppose, Role.READER),
)

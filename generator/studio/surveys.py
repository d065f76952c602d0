"""A unit's surveys: printed in every form, and the answers to them counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from .. import api
from ..errors import DataError, UsageError
from ..messages import message
from . import frame, sending
from .access import Role
from .asked import Asked
from .home import unit_frame
from .routing import StudioRoute

_LAYOUTS: tuple[api.surveys.Layout, ...] = ("", "large", "booklet", "fillable")
_MOST_COPIES = 5000


def surveys(asked: Asked) -> Response:
    """A unit's surveys; of the one that is chosen, how it prints and what was counted."""
    return _page(asked)


def printed(asked: Asked) -> Response:
    """A questionnaire to keep: in a form, and in so many copies.

    What is printed by whoever may count the answers is published as the command does it, with the
    map of its boxes: scans of it are known by that, later and by their numbers.
    """
    form, layout, count = asked.query("form"), asked.query("layout"), asked.query("copies") or "1"
    known = next((one for one in _LAYOUTS if one == layout), None)
    if known is None or form not in ("pdf", "docx") or not count.isdecimal():
        raise UsageError(message("studio-request-unreadable"))
    if int(count) > _MOST_COPIES:
        raise UsageError(message("survey-too-many-copies", most=_MOST_COPIES))
    copies = api.surveys.Copies(max(int(count), 1), bool(asked.query("serial")))
    user, of = asked.user, (asked.part("agency"), asked.part("unit"))
    may = user is not None and user.may(Role.UNIT, *of)
    if copies.serial and not may:
        return frame.refusal(asked, UsageError(message("studio-not-your-role")), 403)
    made = api.surveys.make(
        *(asked.workspace, asked.target, asked.query("survey")),
        layout=known,
        formats=(form,),
        copies=copies,
    ).files
    if may and form == "pdf":
        api.workspaces.publish(made)
    path, data = next((path, data) for path, data in made.items() if path.suffix == f".{form}")
    return sending.kept(path.name, data)


def answers(asked: Asked) -> Response:
    """Count the answers in files that are sent; those are read and not kept."""
    survey, round_ = asked.field("survey"), asked.field("round")
    sent = [one for one in asked.form.getlist("files") if isinstance(one, UploadFile)]
    files: dict[Path, bytes] = {}
    for one in sent:
        name = (one.filename or "").replace("\\", "/").rpartition("/")[2]
        if name:
            files[Path(name)] = one.file.read()
    if not files:
        raise UsageError(message("studio-request-unreadable"))
    over = bool(asked.field("over"))
    if not over and api.answers.counted(asked.target, survey, round_) is not None:
        raise UsageError(message("survey-counted-before"))
    try:
        with api.preview.as_it_would_be(files):
            found = api.surveys.count(
                *(asked.workspace, asked.target, survey, round_, tuple(files)),
                over=over,
                with_rejected=bool(asked.field("rejected")),
            )
    except DataError as error:
        faults = api.answers.rows_at_fault(error.diagnostics, files)
        return _page(asked, survey, round_, faults=faults, said=str(error.said), status=422)
    api.workspaces.publish(found.files)
    asked.keep(found.files)
    base = _base(asked)
    return RedirectResponse(f"{base}?survey={found.name}&round={round_}", 303)


def _page(
    asked: Asked,
    survey: str = "",
    round_: str = "",
    *,
    faults: list[dict[str, Any]] | None = None,
    said: str = "",
    status: int = 200,
) -> Response:
    known = api.answers.surveys(asked.target)
    survey = survey or asked.query("survey") or (known[0].id if known else "")
    chosen = next((one for one in known if one.id == survey), None)
    round_ = round_ or asked.query("round")
    counted = None
    if chosen is not None and not round_:
        round_ = next((one for one, _, there in chosen.rounds if there), "")
    if chosen is not None and round_:
        counted = api.answers.counted(asked.target, survey, round_)
    given = {
        "known": known,
        "chosen": chosen,
        "round": round_,
        "counted": counted,
        "questions": api.answers.questions(counted) if counted is not None else (),
        "figures": api.surveys.as_json(counted) if counted is not None else {},
        "percentages": api.surveys.percentages(counted) if counted is not None else (),
        "faults": faults or [],
        "refused": said,
        "may": asked.user is not None and asked.user.role >= Role.UNIT,
        "base": _base(asked),
        "shown": {"kind": "survey", "survey": survey} if chosen is not None else {},
    }
    return frame.page(asked, "surveys.html", status, **unit_frame(asked) | given)


def _base(asked: Asked) -> str:
    return frame.link("agency", asked.part("agency"), "unit", asked.part("unit"), "surveys")


_BELOW = "/agency/{agency}/unit/{unit}/surveys"
TABS = (frame.Tab("surveys", "survey-surveys"),)
ROUTES = (
    StudioRoute(_BELOW, surveys, Role.READER),
    StudioRoute(f"{_BELOW}/printed", printed, Role.READER),
    StudioRoute(f"{_BELOW}/answers", answers, Role.UNIT, "POST"),
)

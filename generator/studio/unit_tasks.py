"""A unit, a page a task: each shows its fields as they would be, with their faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from .. import api
from . import frame
from .access import Role
from .asked import Asked
from .frame import Tab
from .home import unit_frame
from .routing import StudioRoute

_OWN = ("duties", "texts", "baselines", "blanks")
"""The tasks that a unit's own people may do."""


def desk_of(asked: Asked) -> api.editing.Desk:
    """The desk of whoever asks, in the agency that the path names."""
    who = asked.user.name if asked.user is not None else ""
    return api.editing.Desk(asked.workspace, asked.target.folder, who)


def view_of(asked: Asked) -> api.editing.UnitView:
    """The unit that the path names, as it would be with what isn't saved."""
    return api.editing.view(desk_of(asked), asked.target.unit.name)


def may_edit(asked: Asked, task: str) -> bool:
    """Whether somebody may fill in the fields of a task."""
    role = asked.user.role if asked.user is not None else Role.ANYONE
    return role >= Role.OFFICER or (role is Role.UNIT and task in _OWN)


def _parties(view: api.editing.UnitView) -> dict[str, Any]:
    parties = api.editing.parties
    return {
        "facts": [(key, view.field(key)) for key in parties.FACTS],
        "status": view.field("status"),
        "sides": [
            (side, view.field(side).place, parties.signers(view, side)) for side in parties.SIDES
        ],
        "usual": view.agency.assessors if view.agency is not None else [],
    }


def _duties(view: api.editing.UnitView) -> dict[str, Any]:
    parties = api.editing.parties
    return {
        "duties": view.texts("duties"),
        "duties_at": view.field("duties").place,
        "strategy": parties.strategy(view),
        "strategy_at": view.field("strategy").place,
        "works": parties.works(view),
        "competencies": parties.competencies(view),
        "competencies_at": view.field("competencies").place,
    }


def _weights(view: api.editing.UnitView, *, each: bool) -> dict[str, Any]:
    weights = api.editing.weights
    names = {r.id: r.name for r in view.rounds}
    return {
        "each": each,
        "columns": [(one, names.get(one, "")) for one in weights.columns(view, each=each)],
        "rows": weights.rows(view, each=each),
        "sums": weights.sums(view, each=each),
        "leaves": weights.leaves(view.components),
        "addable": weights.addable(view),
        "at": view.field("indicators").place,
    }


def _criteria(view: api.editing.UnitView) -> dict[str, Any]:
    names = {r.id: r.name for r in view.rounds}
    found = [(use, api.editing.criteria.rows(view, use)) for use in view.uses]
    return {"tables": found, "rounds": names, "kinds": api.editing.criteria.PLAIN}


def _texts(view: api.editing.UnitView) -> dict[str, Any]:
    sheets = api.editing.sheets
    return {
        "indicators": [
            (use, sheets.texts(view, use), sheets.contacts(view, use)) for use in view.uses
        ]
    }


def _baselines(view: api.editing.UnitView) -> dict[str, Any]:
    past = api.editing.sheets.past
    found = [(use, past(view, use), view.of_indicator(use, "baselines")) for use in view.uses]
    return {"indicators": found}


def _blanks(view: api.editing.UnitView) -> dict[str, Any]:
    found = ((use, api.editing.sheets.blanks(view, use)) for use in view.uses)
    return {"indicators": [one for one in found if one[1]]}


def _plan(view: api.editing.UnitView) -> dict[str, Any]:
    lacking = [use for use in view.uses if not view.of_indicator(use, "plan").value]
    return {"plans": api.editing.attached.plans(view), "lacking": lacking}


def _tables(view: api.editing.UnitView) -> dict[str, Any]:
    return {"sheets": api.editing.attached.target_sheets(view)}


_GIVEN: dict[str, Callable[[api.editing.UnitView], dict[str, Any]]] = {
    "parties": _parties,
    "duties": _duties,
    "criteria": _criteria,
    "texts": _texts,
    "baselines": _baselines,
    "blanks": _blanks,
    "plan": _plan,
    "tables": _tables,
}


def state_of(asked: Asked, view: api.editing.UnitView) -> dict[str, Any]:
    """How the unit stands, and the sums of its weights in the columns that are open."""
    each = asked.query("rounds") == "each" or api.editing.weights.by_round(view)
    return api.editing.state.of(view) | {"sums": api.editing.state.sums(view, each=each)}


def _task(task: str) -> Callable[[Asked], Response]:
    def shown(asked: Asked) -> Response:
        view = view_of(asked)
        state = state_of(asked, view)
        if task == "weights":
            each = asked.query("rounds") == "each" or api.editing.weights.by_round(view)
            given = _weights(view, each=each)
        else:
            given = _GIVEN[task](view)
        return frame.page(
            asked,
            f"task-{task}.html",
            **unit_frame(asked)
            | given
            | {"task": task, "state": state, "counts": state["counts"]}
            | {"view": view, "may": may_edit(asked, task)},
        )

    return shown


def indicator(asked: Asked) -> Response:
    """A look at an indicator of the agency before a unit takes it: its sheet, in short."""
    view = view_of(asked)
    file = view.folder.indicators.get(asked.query("key"))
    if file is None:
        raise HTTPException(404)
    return HTMLResponse(
        frame.part(asked, "task-preview.html", **api.editing.sheets.glance(view, file))
    )


def versions(asked: Asked) -> Response:
    """The two versions of each file that was changed outside while it was edited here."""
    view = view_of(asked)
    state = state_of(asked, view)
    found = []
    for name in state["outside"]:
        file = view.desk.file(name)
        found.append((name, api.editing.three_way.differences(file.outside or "", file.text)))
    return frame.page(
        asked,
        "task-versions.html",
        **unit_frame(asked)
        | {"task": "", "state": state, "counts": state["counts"], "versions": found, "view": view}
        | {"may": may_edit(asked, "texts")},
    )


_BELOW = "/agency/{agency}/unit/{unit}"
TABS = (
    Tab("parties", "task-parties"),
    Tab("duties", "task-duties"),
    Tab("weights", "task-weights"),
    Tab("criteria", "task-criteria"),
    Tab("texts", "task-texts"),
    Tab("baselines", "task-baselines"),
    Tab("blanks", "task-blanks"),
    Tab("plan", "task-plan"),
    Tab("tables", "task-tables"),
)
ROUTES = (
    *(
        StudioRoute(f"{_BELOW}/{task}", _task(task), Role.READER)
        for task in api.editing.tasks.TASKS
    ),
    StudioRoute(f"{_BELOW}/indicator", indicator, Role.READER),
    StudioRoute(f"{_BELOW}/versions", versions, Role.READER),
)

"""How a unit stands while it is edited, as pages are told after each edit."""

from __future__ import annotations

from typing import Any

from ...diagnostics import Told
from . import weights
from .unit_view import FieldFault, UnitView

_FOLDERS = ("indicators/", "plans/", "tables/")


def files(view: UnitView) -> tuple[str, ...]:
    """The files with drafts or steps to undo that pages of a unit write."""
    return tuple(
        name for name in view.desk.kept() if name == view.name or name.startswith(_FOLDERS)
    )


def of(view: UnitView) -> dict[str, Any]:
    """Faults by field and task, what is unsaved, what can be undone, and the sums of weights."""
    kept = {name: view.desk.file(name) for name in files(view)}
    counts: dict[str, int] = {}
    for fault in view.faults:
        counts[fault.task] = counts.get(fault.task, 0) + 1
    return {
        "faults": [_fault(fault) for fault in view.faults],
        "counts": counts,
        "unsaved": [name for name, file in kept.items() if file.unsaved],
        "outside": [name for name, file in kept.items() if file.is_changed_outside],
        "others": sorted({who for name in (view.name, *kept) for who in view.desk.others(name)}),
        "undo": any(file.at for file in kept.values()),
        "redo": any(file.at < len(file.steps) for file in kept.values()),
    }


def _fault(fault: FieldFault) -> dict[str, Any]:
    found: Told = fault.found
    return {
        "task": fault.task,
        "at": fault.place.address if fault.place is not None else "",
        "error": fault.is_error,
        "code": found.code,
        "message": found.message,
        "hint": found.hint,
        "file": fault.found.location.shown(fault.found.location.path.parent),
    }


def sums(view: UnitView, *, each: bool) -> list[dict[str, str]]:
    """The sums of weights, as they stand beside the table."""
    return [
        {
            "id": f"{one.component}/{one.round}",
            "total": weights.shown(one.total),
            "state": one.state,
            "missing": one.missing,
        }
        for one in weights.sums(view, each=each)
    ]

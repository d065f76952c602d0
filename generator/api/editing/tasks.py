"""What an officer does on a unit, a page a task, and which fields belong to each."""

from __future__ import annotations

from .places import FieldPlace

OTHER = "other"

TASKS = (
    "parties",
    "duties",
    "weights",
    "criteria",
    "texts",
    "baselines",
    "blanks",
    "plan",
    "tables",
)
"""The tasks, in the order in which a unit's agreement comes about."""

_OF_UNIT = {
    "duties": "duties",
    "strategy": "duties",
    "chapters": "duties",
    "notes": "duties",
    "responsibilities": "duties",
    "competencies": "duties",
    "components": "weights",
    "scale": "weights",
    "rounds": "weights",
    "weights_sum": "weights",
    "indicators": "weights",
}
_OF_INDICATOR = {
    "criteria": "criteria",
    "value": "criteria",
    "measure": "criteria",
    "possible": "criteria",
    "by_row": "criteria",
    "rounds": "criteria",
    "period": "criteria",
    "baselines": "baselines",
    "history": "baselines",
    "blanks": "blanks",
    "plan": "plan",
    "tables": "tables",
}


_BY_CODE = {
    "indicator-without-criteria": "criteria",
    "blank-not-filled-in": "blanks",
    "indicator-without-goal": "duties",
    "duties-missing": "duties",
    "goals-missing": "duties",
    "responsibilities-missing": "duties",
    "competencies-missing": "duties",
    "final-without-indicators": "weights",
}
"""Faults that are told at an indicator as a whole, and where it is mended."""


def task_of(place: FieldPlace, unit: str, code: str = "") -> str:
    """The task in which a field is filled in, or the fault of a code is mended."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    path = place.path
    if place.file == unit:
        if path[:1] != ("indicators",) or len(path) < 3:
            return _OF_UNIT.get(str(path[0]), "parties") if path else "parties"
        if path[2] in ("define", "override"):
            return _of_indicator(path[3:])
        return "blanks" if path[2] == "blanks" else "weights"
    folder = place.file.partition("/")[0]
    if folder == "indicators":
        return _of_indicator(path)
    return {"plans": "plan", "tables": "tables"}.get(folder, OTHER)


def _of_indicator(path: tuple[str | int, ...]) -> str:
    if path[:1] == ("variants",):
        path = path[2:]
    return _OF_INDICATOR.get(str(path[0]), "texts") if path else "texts"

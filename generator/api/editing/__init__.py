"""Files of an agency edited: drafts that survive, changes of single lines, undo, two versions.

A ``Desk`` is one person's work on one agency. What is typed is kept at once, outside the
agency's files; ``save`` puts it there. ``view`` reads a unit as it would be, with the faults of
its fields; the other modules say what each task's page shows of it.
"""

from __future__ import annotations

from typing import Any

from ...importing import pasted
from . import (
    attached,
    criteria,
    new_attached,
    parties,
    sent,
    sheets,
    state,
    tasks,
    three_way,
    weights,
)
from .desk import WAYS, Desk, desks
from .edited_file import EditedFile, EditStep
from .field_edits import FieldEdit, edit
from .places import FieldPlace, FieldValue, of_address
from .unit_view import FieldFault, UnitView, UseView, view


def clipboard(html: str, text: str) -> dict[str, Any]:
    """The cells of a clipboard as texts and as figures, and what became of merged ones."""
    found = pasted.read(html, text)
    return {
        "rows": [list(row) for row in found.rows],
        "figures": [[pasted.figure(cell) for cell in row] for row in found.rows],
        "merged": found.merged,
        "cut": found.cut,
    }


__all__ = [
    "WAYS",
    "Desk",
    "EditStep",
    "EditedFile",
    "FieldEdit",
    "FieldFault",
    "FieldPlace",
    "FieldValue",
    "UnitView",
    "UseView",
    "attached",
    "clipboard",
    "criteria",
    "desks",
    "edit",
    "new_attached",
    "of_address",
    "parties",
    "sent",
    "sheets",
    "state",
    "tasks",
    "three_way",
    "view",
    "weights",
]

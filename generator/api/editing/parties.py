"""Who signs, what the unit has to do, and what a person answers for."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import LEVEL_NAMES
from ...model.person import ASPECTS
from .places import FieldPlace, FieldValue
from .unit_view import UnitView

FACTS = ("name", "code", "name_en", "signed")
SIDES = ("assessors", "assessees")


@dataclass(frozen=True, slots=True)
class SignerFields:
    """Somebody who signs."""

    place: FieldPlace
    name: FieldValue
    position: FieldValue


def signers(view: UnitView, side: str) -> tuple[SignerFields, ...]:
    """Who signs on a side, as the unit's own file says."""
    return tuple(
        SignerFields(
            FieldPlace(view.name, (side, n)),
            view.field(side, n, "name"),
            view.field(side, n, "position"),
        )
        for n in range(view.count(side))
    )


@dataclass(frozen=True, slots=True)
class GoalFields:
    """An issue or a work with its goals, and which indicators measure them."""

    place: FieldPlace
    head: FieldValue
    goals: tuple[FieldValue, ...]
    links: tuple[tuple[str, str, bool], ...]
    order: FieldValue | None = None


def strategy(view: UnitView) -> tuple[GoalFields, ...]:
    """The issues of a unit."""
    return tuple(_goals(view, "issue", "strategy", n) for n in range(view.count("strategy")))


def _goals(view: UnitView, head: str, *path: str | int) -> GoalFields:
    return GoalFields(
        FieldPlace(view.name, path),
        view.field(*path, head),
        view.texts(*path, "goals"),
        view.links(*path, "indicators"),
        view.field(*path, "order") if head == "work" else None,
    )


def works(view: UnitView) -> tuple[tuple[str, FieldPlace, tuple[GoalFields, ...]], ...]:
    """What a person answers for, by aspect; nothing for a unit that is no person."""
    if view.level not in ("person", LEVEL_NAMES["person"]):
        return ()
    found = []
    for aspect in ASPECTS:
        path = ("responsibilities", aspect)
        rows = tuple(_goals(view, "work", *path, n) for n in range(view.count(*path)))
        found.append((aspect, FieldPlace(view.name, path), rows))
    return tuple(found)


def competencies(view: UnitView) -> tuple[tuple[FieldPlace, FieldValue, FieldValue], ...]:
    """A person's competencies: the name, and the level that is expected."""
    return tuple(
        (
            FieldPlace(view.name, ("competencies", n)),
            view.field("competencies", n, "name"),
            view.field("competencies", n, "expected"),
        )
        for n in range(view.count("competencies"))
    )

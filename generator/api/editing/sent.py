"""What a page sends of edits, as edits of fields; anything else is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...agreements.yaml_tree import Plain
from ...errors import UsageError
from ...messages import message
from . import criteria, new_attached, tasks, weights
from .field_edits import (
    AddedItem,
    FieldEdit,
    MovedItem,
    PutData,
    RemovedItem,
    TypedText,
    for_unit,
    plain_of,
    value_at,
)
from .places import FieldPlace, of_address
from .unit_view import UnitView

NEW: dict[str, Plain] = {
    "party": {"name": None, "position": None},
    "text": "",
    "strategy": {"issue": None, "goals": [""], "indicators": []},
    "past": {"name": None, "measure": None, "years": {}},
    "activity": {"name": "", "lead": [], "support": []},
    "work": {"work": "", "goals": [], "indicators": []},
    "competency": {"id": "", "name": "", "expected": None},
}
"""What an item is when it is new, by kind."""

MOST = 5000
_FOLDERS = ("indicators", "plans", "tables")


@dataclass(frozen=True, slots=True)
class SentEdits:
    """Edits of one doing, and the field that was typed in, if it was one alone."""

    edits: tuple[FieldEdit, ...]
    field: str


def read(view: UnitView, sent: Any) -> SentEdits:
    """The edits that a page sent. Raises UsageError for what no page sends."""
    if not isinstance(sent, list) or len(sent) > MOST:
        raise UsageError(message("edits-not-understood"))
    found: list[FieldEdit] = []
    for one in sent:
        found += _one(view, one if isinstance(one, dict) else {})
    field = str(sent[0].get("at", "")) if len(sent) == 1 and sent[0].get("do") == "type" else ""
    return SentEdits(tuple(found), field)


def within_texts(view: UnitView, edits: Iterable[FieldEdit]) -> bool:
    """Whether edits change nothing but a unit's own texts, which its own people may write."""
    allowed = ("duties", "texts", "baselines", "blanks")
    return all(
        one.place.file == view.name and tasks.task_of(one.place, view.name) in allowed
        for one in edits
    )


def _one(view: UnitView, sent: dict[str, Any]) -> list[FieldEdit]:
    place = _place(view, sent.get("at"))
    match sent.get("do"):
        case "type":
            return _typed(view, place, sent)
        case "add":
            kind = _word(sent, "kind", NEW)
            new = NEW[kind]
            if kind == "competency":
                new = {**NEW[kind], "id": _unused(view)}  # type: ignore[dict-item]
            return [*_copied(view, sent), AddedItem(place, new)]
        case "plan" | "rounds" as what:
            use = view.use(_text(sent, "key"))
            if use is not None:
                begin = new_attached.plan if what == "plan" else criteria.each_round
                return begin(view, use)
        case "use":
            taken: Plain = {"use": _text(sent, "key"), "component": _text(sent, "component")}
            return [AddedItem(place, taken)]
        case "define":
            return [AddedItem(place, _defined(view, sent))]
        case "row" if place.file.endswith(".csv"):
            return [AddedItem(place, "")]
        case "remove":
            return [*_copied(view, sent), RemovedItem(place)]
        case "move":
            to = sent.get("to")
            if isinstance(to, int) and isinstance(place.path[-1], int) and to >= 0:
                return [MovedItem(place, to)]
        case "list":
            parts = [part.strip() for part in _text(sent, "text").split(",")]
            return [PutData(place, [part for part in parts if part])]
        case "mark":
            return _marked(view, place, _text(sent, "key"), bool(sent.get("on")))
        case "condition":
            figures = sent.get("figures")
            if isinstance(figures, list) and all(isinstance(one, str) for one in figures):
                kinds = ("", "value", *criteria.PLAIN)
                kind = _word(sent, "kind", kinds)
                words = _text(sent, "words")
                return criteria.conditioned(view, place, kind, tuple(figures), words)
        case "months":
            return _months(place, _text(sent, "from"), _text(sent, "to"))
    raise UsageError(message("edits-not-understood"))


def _place(view: UnitView, address: Any) -> FieldPlace:
    """A place in the unit's file, or in one that its indicators name."""
    try:
        place = of_address(address)
    except (ValueError, AttributeError) as error:
        raise UsageError(message("edits-not-understood")) from error
    folder, sign, _ = place.file.partition("/")
    if place.file != view.name and not (sign and folder in _FOLDERS):
        raise UsageError(message("edits-not-understood"))
    if place.file.endswith(".csv") and not all(
        isinstance(step, int) and step > 0 for step in place.path
    ):
        raise UsageError(message("edits-not-understood"))
    return place


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise UsageError(message("edits-not-understood"))
    return value


def _word(sent: dict[str, Any], name: str, known: Iterable[str]) -> str:
    word = _text(sent, name)
    if word not in tuple(known):
        raise UsageError(message("edits-not-understood"))
    return word


def _copied(view: UnitView, sent: dict[str, Any]) -> list[FieldEdit]:
    """What the unit needs of its own before it says a field otherwise than the others."""
    if not sent.get("shared"):
        return []
    shared, own = _place(view, sent["shared"]), _place(view, sent.get("at"))
    return for_unit(view.desk, shared, own)


def _typed(view: UnitView, place: FieldPlace, sent: dict[str, Any]) -> list[FieldEdit]:
    text = _text(sent, "text")
    path = place.path
    if place.file == view.name and path[:1] == ("indicators",) and path[2:3] == ("weight",):
        return weights.typed(view, place, text)
    return [*_copied(view, sent), TypedText(place, text)]


def _marked(view: UnitView, place: FieldPlace, key: str, on: bool) -> list[FieldEdit]:
    """A name among those of a list, there or not."""
    there = value_at(plain_of(view.desk, place.file), place.path)
    names = [*there] if isinstance(there, list) else []
    if on and key not in names:
        return [AddedItem(place, key)]
    if not on and key in names:
        return [RemovedItem(place.below(names.index(key)))]
    return []


def _months(place: FieldPlace, start: str, end: str) -> list[FieldEdit]:
    """A bar of a plan: without a last month it is one month long."""
    return [
        TypedText(place.below("from"), start),
        *(
            [RemovedItem(place.below("to"))]
            if end in ("", start)
            else [TypedText(place.below("to"), end)]
        ),
    ]


def _unused(view: UnitView) -> str:
    """A name for a competency that no other has."""
    places = range(view.count("competencies"))
    taken = {view.field("competencies", n, "id").value for n in places}
    return next(name for n in range(1, len(taken) + 2) if (name := f"c{n}") not in taken)


def _defined(view: UnitView, sent: dict[str, Any]) -> Plain:
    """An indicator of the unit's own, still to be filled in."""
    taken = {use.key for use in view.uses}
    number = next(n for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
    return {
        "id": f"own-{number}",
        "component": _text(sent, "component"),
        "define": {"name": _text(sent, "name")},
    }

"""What the sheet of an indicator says in words, its past results, and its blanks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...agreements.files import DataFile
from ...documents.parts.sheet_fields import stated
from ...model import Indicator
from ...model.sheet_words import CONTACTS, SheetWords
from . import criteria, merged_nodes
from .merged_nodes import text_at
from .places import FieldPlace, FieldValue, walk
from .unit_view import UnitView, UseView

_WRITTEN = (
    "measure",
    "objective",
    "target_group",
    "description",
    "conditions",
    "source",
    "documents",
    "collection",
)
LINES = ("measure", "formula", "name")
"""Fields that are one line."""

CONTACT = ("name", "position", "telephone", "email")


@dataclass(frozen=True, slots=True)
class SheetText:
    """A text of the sheet under the label that is printed over it."""

    label: str
    value: FieldValue
    is_line: bool
    may_lack: bool


@dataclass(frozen=True, slots=True)
class ContactField:
    """Somebody who answers for an indicator: the fields by key."""

    label: str
    fields: tuple[tuple[str, FieldValue], ...]


def _words(view: UnitView) -> SheetWords | None:
    wording = view.folder.wording.model
    return wording.sheet if wording is not None else None


def texts(view: UnitView, use: UseView) -> tuple[SheetText, ...]:
    """The texts that the agency's sheets have, in their order."""
    return tuple(_texts(view, use))


def _texts(view: UnitView, use: UseView) -> Iterator[SheetText]:
    yield SheetText("", view.of_indicator(use, "name"), is_line=True, may_lack=False)
    words = _words(view)
    path: tuple[str, ...]
    for field in stated(words) if words is not None else ():
        assert words is not None
        label = words.label_of(field)
        if field.text is not None:
            path = ("texts", field.text)
        elif field.field in _WRITTEN:
            path = (str(field.field),)
        elif field.field == "formula":
            path = ("value", "formula")
        else:
            continue
        value = view.of_indicator(use, *path)
        yield SheetText(label, value, path[-1] in LINES, field.may_lack)


def contacts(view: UnitView, use: UseView) -> tuple[ContactField, ...]:
    """Who answers for an indicator in each role that the agency's sheets have."""
    words = _words(view)
    found = []
    for field in stated(words) if words is not None else ():
        if field.contacts is None or words is None:
            continue
        role = field.contacts
        path = (CONTACTS[role],) if role in CONTACTS else ("contacts", role)
        node = use.node
        for step in path:
            node = node.child(step) or node
        count = len(node.value) if isinstance(node.value, list) else 0
        keys = CONTACT if words.email is not None else CONTACT[:-1]
        for index in range(max(count, 1)):
            fields = tuple((key, view.of_indicator(use, *path, index, key)) for key in keys)
            found.append(ContactField(words.label_of(field), fields))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class BaselineFields:
    """A row of past results: what it is of, and by year the words and the figure behind them."""

    index: int
    place: FieldPlace
    own: FieldPlace | None
    name: FieldValue
    measure: FieldValue
    years: tuple[tuple[str, FieldValue, FieldValue], ...]


def past(view: UnitView, use: UseView) -> tuple[BaselineFields, ...]:
    """The past results of an indicator."""
    node = use.node.child("baselines")
    held = node.value if node is not None and isinstance(node.value, list) else []
    years = [str(year) for year in view.agency.baseline_years] if view.agency else []
    rows = []
    for index, row in enumerate(held):
        at = ("baselines", index)
        given = row.child("years")
        known = [*given.value] if given is not None and isinstance(given.value, dict) else []
        name = view.of_indicator(use, *at, "name")
        place = _row_place(view, use, name.place, index)
        rows.append(
            BaselineFields(
                index,
                place,
                None if place.file == view.name else view.override(use, *at),
                view.at(use, place, *at, "name"),
                view.at(use, place, *at, "measure"),
                tuple(
                    (
                        year,
                        _year(view, use, place, index, year, "text"),
                        _year(view, use, place, index, year, "value"),
                    )
                    for year in sorted({*years, *known})
                ),
            )
        )
    return tuple(rows)


def _row_place(view: UnitView, use: UseView, name: FieldPlace, index: int) -> FieldPlace:
    """Where a row stands: lists are never merged, so any of its values says it."""
    node = use.node.find(("baselines", index))
    for _, leaf in walk(node):
        found = view.places.get(leaf.location)
        if found is not None and "baselines" in found.path:
            end = found.path.index("baselines") + 2
            return FieldPlace(found.file, found.path[:end])
    return FieldPlace(name.file, name.path[:-1])


def _year(
    view: UnitView, use: UseView, place: FieldPlace, index: int, year: str, key: str
) -> FieldValue:
    node = use.node.find(("baselines", index)).child("years")
    said = node.child(year) if node is not None else None
    if said is not None and isinstance(said.value, str):
        value = said.value if key == "text" else ""
    else:
        value = text_at(said, key)
    here = place.below("years", year, key)
    own = view.override(use, "baselines", index, "years", year, key)
    return FieldValue(here, value, None if here.file == view.name else own)


@dataclass(frozen=True, slots=True)
class BlankField:
    """A blank of an indicator's texts, its hint, and what the unit puts there."""

    name: str
    hint: str
    value: FieldValue


def blanks(view: UnitView, use: UseView) -> tuple[BlankField, ...]:
    """The blanks of an indicator."""
    node = use.node.child("blanks")
    declared = node.value if node is not None and isinstance(node.value, dict) else {}
    return tuple(
        BlankField(name, text_at(hint), view.field("indicators", use.index, "blanks", name))
        for name, hint in declared.items()
    )


def glance(view: UnitView, file: DataFile[Indicator]) -> dict[str, Any]:
    """An indicator of the agency in short: its texts, and the words of its levels by round."""
    node = merged_nodes.whole(view.folder, file.node, view.level)
    texts = [
        (key, text_at(node, key))
        for key in ("measure", "description", "conditions", "source")
        if text_at(node, key)
    ]
    use = UseView(-1, "", node, node, None)
    return {"name": text_at(node, "name"), "texts": texts, "rows": criteria.rows(view, use)}

"""Action plans and target tables that follow a unit's sheets, as they are edited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ... import thai
from ...agreements import csv_files
from ...agreements.yaml_tree import Node
from ...diagnostics import Diagnostic
from ...errors import FileError, UsageError
from ...importing.responses.table import read as read_tables
from ...messages import message
from .csv_text import text_of_rows
from .merged_nodes import text_at
from .places import FieldPlace, FieldValue, named
from .unit_view import UnitView


@dataclass(frozen=True, slots=True)
class ActivityFields:
    """An activity: its words, who acts, and its first and last month by number (None: not said)."""

    place: FieldPlace
    name: FieldValue
    lead: FieldValue
    support: FieldValue
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class PlanTable:
    """An action plan: its months with the headings over them, and its activities."""

    file: str
    title: FieldValue
    months: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]
    rows: tuple[ActivityFields, ...]


def plans(view: UnitView) -> tuple[PlanTable, ...]:
    """The action plans that a unit's indicators name."""
    keys = dict.fromkeys(thai.folded(text_at(use.node, "plan")) for use in view.uses)
    files = (view.folder.plans[key] for key in keys if key in view.folder.plans)
    found = ((named(view.folder.folder, file.path), file.node) for file in files)
    return tuple(_plan(name, node) for name, node in found if name is not None)


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _plan(file: str, node: Node) -> PlanTable:
    months = tuple(text_at(month) for month in _items(node.child("months")))
    folded = [thai.folded(month) for month in months]

    def number(row: Node, key: str) -> int | None:
        month = thai.folded(text_at(row, key))
        return folded.index(month) if month in folded else None

    rows = []
    for index, row in enumerate(_items(node.child("activities"))):
        place = FieldPlace(file, ("activities", index))
        start = number(row, "from")
        listed = {
            key: FieldValue(
                place.below(key), ", ".join(text_at(one) for one in _items(row.child(key)))
            )
            for key in ("lead", "support")
        }
        end = number(row, "to")
        name = FieldValue(place.below("name"), text_at(row, "name"))
        rows.append(
            ActivityFields(
                place, name, listed["lead"], listed["support"], start, start if end is None else end
            )
        )
    groups = tuple(
        (
            text_at(group, "name"),
            int(count) if (count := text_at(group, "months")).isdecimal() else 1,
        )
        for group in _items(node.child("groups"))
    )
    title = FieldValue(FieldPlace(file, ("title",)), text_at(node, "title"))
    return PlanTable(file, title, months, groups, tuple(rows))


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """A target table's CSV as it is edited: the cells of the head and of all rows."""

    title: str
    file: str
    """The CSV, as seen from the agency's folder."""
    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Each with its number in the file, from 1."""
    numbers: frozenset[str]
    unread: str = ""


def target_sheets(view: UnitView) -> tuple[TargetSheet, ...]:
    """The target tables that a unit's indicators name."""
    keys = dict.fromkeys(
        thai.folded(text_at(one)) for use in view.uses for one in _items(use.node.child("tables"))
    )
    found = []
    for key in keys:
        table = view.folder.tables.get(key)
        model = table.file.model if table is not None else None
        if table is None or model is None:
            continue
        file = named(view.folder.folder, table.file.path.with_name(model.csv))
        if file is None:
            continue
        text = view.desk.file(file).text
        rows = csv_files.parse(table.csv.path, text)
        numbers = frozenset(model.numbers)
        if isinstance(rows, Diagnostic):
            sheet = TargetSheet(" ".join(model.title), file, (), (), numbers, rows.message)
        else:
            numbered = tuple(
                (number, tuple(cells))
                for number, cells in enumerate(rows[1:], start=2)
                if any(cell.strip() for cell in cells)
            )
            head = tuple(rows[0]) if rows else ()
            sheet = TargetSheet(" ".join(model.title), file, head, numbered, numbers)
        found.append(sheet)
    return tuple(found)


def uploaded(name: str, data: bytes) -> str:
    """The text of a CSV for the table in a file that was sent, a CSV or a workbook.

    Raises UsageError where there is none in it.
    """
    try:
        read = read_tables(Path(name), data)
    except FileError as error:
        raise UsageError(error.said, error.advice) from error
    if not read.tables:
        said = read.faults[0].said if read.faults else message("no-table-in-file", reason=name)
        raise UsageError(said)
    table = max(read.tables, key=lambda one: len(one.lines))
    rows = []
    for number, cells in table.lines:
        for column, cell in enumerate(cells, start=1):
            if not isinstance(cell, str):
                place = message("cell-of-file", row=number, column=column)
                raise UsageError(cell.said.about(str(place)), cell.advice)
        rows.append([cell for cell in cells if isinstance(cell, str)])
    return text_of_rows(rows)

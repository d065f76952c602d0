"""A plan or a target table that an indicator gets: its file is begun, the indicator names it."""

from __future__ import annotations

from collections.abc import Sequence

from ... import thai
from ...agreements import yaml_writing
from ...agreements.paths import id_of
from ...agreements.yaml_tree import Plain
from ...errors import UsageError
from ...messages import message
from ...model.fields import number
from . import csv_text
from .field_edits import AddedItem, FieldEdit, NewFile, TypedText
from .places import FieldPlace
from .unit_view import UnitView, UseView

MONTHS = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
"""The months of a fiscal year."""


def _free(view: UnitView, folder: str, use: UseView) -> str:
    """A name for a file that isn't there yet."""
    wanted = f"{id_of(view.desk.folder / view.name)}-{use.key}"
    names = (wanted, *(f"{wanted}-{n}" for n in range(2, 100)))
    return next(name for name in names if view.desk.file(f"{folder}/{name}.yaml").disk is None)


def _begun(view: UnitView, name: str, kind: str, data: Plain) -> NewFile:
    """A new file of data, with keys as the agency's files have them."""
    made = yaml_writing.file_of(view.desk.folder / name, kind, data)
    return NewFile(FieldPlace(name, ()), made.decode())


def plan(view: UnitView, use: UseView) -> list[FieldEdit]:
    """An action plan of the fiscal year for an indicator, with an activity to fill in."""
    name = _free(view, "plans", use)
    year = view.agency.fiscal_year if view.agency is not None else 2500
    months: list[Plain] = [
        f"{thai.SHORT_MONTHS[month - 1]} {(year - (month >= MONTHS[0])) % 100:02}"
        for month in MONTHS
    ]
    data: dict[str, Plain] = {
        "title": f"แผนปฏิบัติการ: {use.name}",
        "number": "ที่",
        "activity": "กิจกรรม",
        "months": months,
        "activities": [{"name": "กิจกรรมที่ 1 (ระบุ)"}],
    }
    return [
        _begun(view, f"plans/{name}.yaml", "plan", data),
        TypedText(_said(view, use, "plan"), name),
    ]


def _said(view: UnitView, use: UseView, key: str) -> FieldPlace:
    """Where the unit says it of its indicator alone, or the indicator that is its own."""
    found = view.of_indicator(use, key)
    return found.own or found.place


def table(view: UnitView, use: UseView, text: str) -> list[FieldEdit]:
    """A target table of a CSV for an indicator: its columns are those of the CSV.

    Raises UsageError where no column tells the rows apart by words.
    """
    rows = csv_text.rows_of(text)
    if len(rows) < 2 or not all(cell.strip() for cell in rows[0]):
        raise UsageError(message("csv-without-head"))
    heads = rows[0]
    figures = [n for n, _ in enumerate(heads) if _are_numbers(rows[1:], n)]
    words = [n for n, _ in enumerate(heads) if n not in figures]
    if not words:
        raise UsageError(message("table-without-names"))
    name = _free(view, "tables", use)
    columns: list[Plain] = [{"heading": "ลำดับ"}]
    columns += [{"heading": head, "text": head} for head in heads]
    data: dict[str, Plain] = {
        "title": [use.name],
        "csv": f"{name}.csv",
        "key": heads[words[0]],
        "numbers": [heads[n] for n in figures],
        "columns": columns,
    }
    return [
        NewFile(FieldPlace(f"tables/{name}.csv", ()), text),
        _begun(view, f"tables/{name}.yaml", "table", data),
        AddedItem(_said(view, use, "tables"), name),
    ]


def _are_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column] for row in rows if column < len(row) and row[column].strip()]
    return bool(cells) and all(number(cell) is not None for cell in cells)

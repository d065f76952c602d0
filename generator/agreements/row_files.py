"""The CSV files that results name: their rows stand in the results in place of the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import thai
from ..diagnostics import Diagnostic, Location, errors, fault
from ..messages import message
from ..model.by_row import MOST_ROWS
from . import csv_files
from .files import DataFile
from .yaml_tree import Node


def with_rows(file: DataFile[Any]) -> DataFile[Any]:
    """A results file whose ``rows: file.csv`` are the rows themselves, each cell with its place."""
    results = file.node.child("results")
    if results is None or not isinstance(results.value, dict):
        return file
    faults: list[Diagnostic] = []
    changed: dict[str, Node] = {}
    for key, result in results.value.items():
        rows = result.child("rows")
        if rows is not None and isinstance(rows.value, str) and isinstance(result.value, dict):
            read, found = _read(file.path.parent, rows.value, rows.location)
            faults += found
            changed[key] = replace(result, value={**result.value, "rows": read})
    if not changed:
        return file
    assert isinstance(file.node.value, dict)
    whole = replace(results, value={**results.value, **changed})
    node = replace(file.node, value={**file.node.value, "results": whole})
    return replace(file, node=node, faults=(*file.faults, *faults))


def _read(folder: Path, name: str, place: Location) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The rows of a CSV beside a results file; none where it is at fault."""
    rows, faults = csv_files.cells(folder / name, name, place, message("put-csv-beside-results"))
    none = Node([], place)
    if errors(faults):
        return none, faults
    wrong = tuple(_faults(folder / name, rows))
    if errors(wrong):
        return none, (*faults, *wrong)
    return Node(list(_nodes(folder / name, rows)), place), faults


def _faults(file: Path, rows: list[list[str]]) -> Iterator[Diagnostic]:
    head = [thai.folded(cell) for cell in rows[0]] if rows else []
    if not any(head):
        yield fault("csv-without-head", Location(file, 1, 1))
        return
    if len(rows) - 1 > MOST_ROWS:
        yield fault("too-many-rows", Location(file, MOST_ROWS + 2, 1), most=MOST_ROWS)
        return
    least = max(index for index, name in enumerate(head, start=1) if name)
    for column, name in enumerate(head[:least]):
        if not name:
            yield fault("csv-column-without-head", Location(file, 1, column + 1))
        elif name in head[:column]:
            yield fault("csv-column-twice", Location(file, 1, column + 1), name=name)
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            wrong = csv_files.uneven(file, line, len(cells), (least, len(head)))
            if wrong is not None:
                yield wrong
            elif any(cell.strip() for cell in cells[least:]):
                yield fault("csv-column-without-head", Location(file, 1, least + 1))


def _nodes(file: Path, rows: list[list[str]]) -> Iterator[Node]:
    head = [thai.folded(cell) for cell in rows[0]]
    keys = {name: Location(file, 1, column) for column, name in enumerate(head, start=1) if name}
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = {
                name: Node(cell.strip(), Location(file, line, column))
                for column, (name, cell) in enumerate(zip(head, cells, strict=False), start=1)
                if name
            }
            yield Node(row, Location(file, line, 1), keys)

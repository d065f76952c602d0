"""The CSV files that results name: their rows stand in the results in place of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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

Reader = Callable[[str, Location], tuple[Node, tuple[Diagnostic, ...]]]
"""Reads the rows of the CSV that is named at a place."""


def with_rows(file: DataFile[Any]) -> DataFile[Any]:
    """A results file whose ``rows: file.csv`` are the rows themselves, each cell with its place."""
    node, faults = _spliced(file.node, lambda name, at: _read(file.path.parent, name, at))
    return replace(file, node=node, faults=(*file.faults, *faults))


def named(target: Path, node: Node) -> tuple[Node, dict[Path, list[Node]]]:
    """Results whose rows are the names of CSV files beside ``target``, and the rows of each."""
    tables: dict[Path, list[Node]] = {}
    results = node.child("results")
    if results is None or not isinstance(results.value, dict):
        return node, tables
    changed: dict[str, Node] = {}
    for key, result in results.value.items():
        rows = result.child("rows")
        if rows is not None and isinstance(rows.value, list) and isinstance(result.value, dict):
            path = target.with_name(f"{target.stem}-{key}.csv")
            tables[path] = rows.value
            name = replace(rows, value=path.name)
            changed[key] = replace(result, value={**result.value, "rows": name})
    return _with(node, results, changed), tables


def read_back(target: Path, node: Node, files: Mapping[Path, bytes]) -> Node:
    """Results whose rows are those of files that aren't published yet."""

    def read(name: str, place: Location) -> tuple[Node, tuple[Diagnostic, ...]]:
        path = target.with_name(name)
        rows = csv_files.parse(path, files[path].decode("utf-8-sig"))
        assert isinstance(rows, list)
        return Node(list(_nodes(path, rows)), place), ()

    return _spliced(node, read)[0]


def _spliced(node: Node, read: Reader) -> tuple[Node, tuple[Diagnostic, ...]]:
    results = node.child("results")
    if results is None or not isinstance(results.value, dict):
        return node, ()
    faults: list[Diagnostic] = []
    changed: dict[str, Node] = {}
    for key, result in results.value.items():
        rows = result.child("rows")
        if rows is not None and isinstance(rows.value, str) and isinstance(result.value, dict):
            found, wrong = read(rows.value, rows.location)
            faults += wrong
            changed[key] = replace(result, value={**result.value, "rows": found})
    return _with(node, results, changed), tuple(faults)


def _with(node: Node, results: Node, changed: Mapping[str, Node]) -> Node:
    """The file's node with other results."""
    if not changed:
        return node
    assert isinstance(node.value, dict)
    assert isinstance(results.value, dict)
    whole = replace(results, value={**results.value, **changed})
    return replace(node, value={**node.value, "results": whole})


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

"""Signs that no face of the documents has: named where they were typed, before a page is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from .. import thai
from ..agreements import csv_files, yaml_tree
from ..agreements.files import AgencyFolder, DataFile, TableFile, UnitFile
from ..agreements.printed_texts import printed_texts
from ..agreements.text_faults import MAX_FAULTS
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location
from ..errors import FileError
from ..messages import message
from ..model import Agency, Indicator, Plan, Results, Survey, TargetTable, Unit, Wording
from ..model.fields import DataModel

Files = Iterable[tuple[type[DataModel], Node]]

_MOST = 5
"""So many signs of one text are named."""


def check_folder(
    folder: AgencyFolder,
    units: Iterable[UnitFile],
    reported: Iterable[DataFile[Results]],
    known: frozenset[str],
) -> tuple[Diagnostic, ...]:
    """All files of an agency; ``known`` are the signs that the faces have.

    Answers are none of them: the report names the signs that respondents wrote.
    """
    files: Files = (
        (Agency, folder.agency.node),
        (Wording, folder.wording.node),
        *((Indicator, file.node) for file in folder.indicators.values()),
        *((TargetTable, table.file.node) for table in folder.tables.values()),
        *((Plan, file.node) for file in folder.plans.values()),
        *((Survey, file.node) for file in folder.surveys.values()),
        *((Unit, unit.file.node) for unit in units),
        *((Results, file.node) for file in reported),
    )
    return _check(files, folder.tables.values(), known)


def check_document(
    folder: AgencyFolder,
    survey: str,
    units: Iterable[UnitFile],
    reported: Iterable[DataFile[Results]],
    known: frozenset[str],
) -> tuple[Diagnostic, ...]:
    """What one document is made of: of a folder's files those that its units name."""
    units = tuple(units)
    used = [resolved for unit in units for resolved in unit.indicators]
    named = {key for resolved in used for key in resolved.item.indicator.tables}
    plans = {resolved.item.indicator.plan for resolved in used}
    tables = [table for key, table in folder.tables.items() if key in named]
    files: Files = (
        (Agency, folder.agency.node),
        (Wording, folder.wording.node),
        *((Indicator, resolved.node) for resolved in used),
        *((TargetTable, table.file.node) for table in tables),
        *((Plan, file.node) for key, file in folder.plans.items() if key in plans),
        *((Survey, file.node) for key, file in folder.surveys.items() if key == survey),
        *((Unit, unit.file.node) for unit in units),
        *((Results, file.node) for file in reported),
    )
    return _check(files, tables, known)


def _check(
    files: Files, tables: Iterable[TableFile], known: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """The texts of files, by the kind of each, and the cells of tables, that can't be printed."""
    found = (
        *(_of_text(node, known) for kind, root in files for node in _texts(root, kind, known)),
        *(fault for table in tables for fault in _of_table(table, known)),
    )
    return tuple(islice(dict.fromkeys(found), MAX_FAULTS))


def _texts(root: Node, kind: type[DataModel], known: frozenset[str]) -> Iterator[Node]:
    """The printed texts with signs that aren't known, as many as are told."""
    odd = (node for node in printed_texts(root, kind) if not known.issuperset(str(node.value)))
    return islice(odd, MAX_FAULTS)


def _of_text(node: Node, known: frozenset[str]) -> Diagnostic:
    odd = _odd(str(node.value), known)
    return _fault(odd, _place(node, odd[0]))


def _odd(text: str, known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sign for sign in dict.fromkeys(text) if sign not in known)


def _fault(odd: tuple[str, ...], place: Location) -> Diagnostic:
    signs = tuple(f"{sign} (U+{ord(sign):04X})" for sign in odd[:_MOST])
    said = (
        message("no-face-has-signs", count=len(odd), signs=signs)
        if len(odd) <= _MOST
        else message("no-face-has-many-signs", signs=signs, more=len(odd) - _MOST)
    )
    return Diagnostic(said, place, message("write-it-in-words"))


def _place(node: Node, sign: str) -> Location:
    """Where a sign stands in its file; where it is written as an escape, the whole text's place."""
    path = node.location.path
    try:
        text = yaml_tree.read(path).text
    except FileError:
        return node.location
    index = text.find(sign, *node.span)
    return node.location if index < 0 else yaml_tree.place_of(path, text, index)


def _of_table(table: TableFile, known: frozenset[str]) -> Iterator[Diagnostic]:
    """The cells of a table's CSV, in the columns that it prints."""
    model = table.file.model
    if model is None:
        return
    printed = {model.key, *model.numbers, *(c.text for c in model.columns if c.text is not None)}
    if all(known.issuperset(row.get(name, "")) for row in table.csv.rows for name in printed):
        return
    head, *rows = _rows(table.csv.path) or [[]]
    columns = [thai.folded(name) in printed for name in head]
    for line, cells in enumerate(rows, start=2):
        for column, (is_printed, cell) in enumerate(zip(columns, cells, strict=False), start=1):
            if is_printed and (odd := _odd(thai.without_private(cell), known)):
                yield _fault(odd, Location(table.csv.path, line, column))


def _rows(path: Path) -> list[list[str]]:
    try:
        rows = csv_files.parse(path, path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return []
    return rows if isinstance(rows, list) else []

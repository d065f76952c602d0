"""Data to model: what an agency's files say, merged and checked field by field.

All faults are collected, none is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from ..diagnostics import Diagnostic, Location, in_order
from ..errors import FileError
from ..model import (
    Agency,
    Answers,
    Indicator,
    Plan,
    Results,
    Survey,
    TargetTable,
    Unit,
    Use,
)
from . import csv_files
from .csv_files import CsvTable
from .default_words import read_wording
from .files import (
    FORM_ID,
    AgencyFolder,
    DataFile,
    ResolvedIndicator,
    TableFile,
    UnitFile,
    checked,
    open_file,
    read_file,
    valid_file,
)
from .merging import extend, resolve_uses, unknown_in, vary
from .model_faults import to_model
from .paths import id_of, yaml_in
from .row_files import with_rows
from .yaml_tree import Node

M = TypeVar("M", bound=BaseModel)

MAX_ANSWERS = 8 << 20
"""So large may counted answers be: they hold what respondents wrote."""


def read_agency(folder: Path) -> AgencyFolder:
    """Read an agency's own files: agency.yaml, wording.yaml and indicators/."""
    parts = {name: yaml_in(folder / name) for name in ("indicators", "tables", "plans", "surveys")}
    read = AgencyFolder(
        folder.name,
        folder,
        read_file(folder / "agency.yaml", Agency),
        read_wording(folder / "wording.yaml"),
        _by_id(
            parts["indicators"][0], lambda path: _or_fault(path, lambda p: open_file(p, Indicator))
        ),
        _by_id(parts["tables"][0], _table_or_fault),
        _by_id(parts["plans"][0], lambda path: _or_fault(path, lambda p: read_file(p, Plan))),
        _by_id(parts["surveys"][0], lambda path: _or_fault(path, lambda p: read_file(p, Survey))),
        unread=tuple(fault for _, faults in parts.values() for fault in faults)
        + yaml_in(folder)[1],
    )
    return replace(read, indicators={key: _whole(read, key) for key in read.indicators})


T = TypeVar("T")


def _by_id(paths: Iterable[Path], read: Callable[[Path], T]) -> dict[str, T]:
    """Files by their id. Of two that are spelt alike one keeps its own spelling."""
    found: dict[str, T] = {}
    for path in paths:
        found[path.stem if id_of(path) in found else id_of(path)] = read(path)
    return found


def _or_fault(path: Path, read: Callable[[Path], DataFile[M]]) -> DataFile[M]:
    """A file as read; one that can't be read at all is a fault of its own and stops no other."""
    try:
        return read(path)
    except FileError as error:
        fault = Diagnostic(error.said, Location(path), error.advice)
        return DataFile(path, None, Node({}, Location(path, 1, 1)), (fault,))


def _table_or_fault(path: Path) -> TableFile:
    """A target table as read; the same of its own file."""
    try:
        return read_table(path)
    except FileError:
        return TableFile(
            _or_fault(path, lambda path: read_file(path, TargetTable)), CsvTable(path, ())
        )


def read_table(path: Path) -> TableFile:
    """Read a target table and the CSV beside it."""
    file = read_file(path, TargetTable)
    if file.model is None:
        return TableFile(file, CsvTable(path, ()))
    return TableFile(file, csv_files.read(path, file.node, file.model))


def _whole(folder: AgencyFolder, key: str) -> DataFile[Indicator]:
    """An indicator, checked together with what it takes over from the one it extends."""
    file = folder.indicators[key]
    faults: list[Diagnostic] = []
    node = extend(folder, file.node, (key,), faults)
    file = replace(file, faults=file.faults + tuple(faults))
    if node is None:
        return file
    whole = checked(file, node, Indicator)
    if whole.model is None:
        return whole
    for level in whole.model.variants:
        varied = checked(file, vary(node, level, []), Indicator)
        if varied.model is None:
            return varied
    return whole


def read_unit(folder: AgencyFolder, path: Path) -> UnitFile:
    """Read a unit and resolve its indicators against the agency's."""
    file = read_file(path, Unit)
    if file.model is not None:
        given = file.model.indicators
        resolved, faults = resolve_uses(folder, file.node, given, file.model.level, id_of(path))
        unknown = unknown_in(folder, _unresolved(given, resolved))
        return UnitFile(id_of(path), file, resolved, in_order(file.faults + faults), unknown)
    # What is at fault below a use shows in the same run as what is at fault elsewhere.
    uses = file.node.find(("indicators",)).value
    models = [to_model(use, Use)[0] for use in uses] if isinstance(uses, list) else []
    level = file.node.find(("level",)).value
    known = level if isinstance(level, str) else ""
    resolved, faults = resolve_uses(folder, file.node, models, known, id_of(path))
    unknown = unknown_in(folder, _unresolved(models, resolved))
    return UnitFile(id_of(path), file, (), in_order(file.faults + faults), unknown)


def _unresolved(uses: Sequence[Use | None], resolved: Iterable[ResolvedIndicator]) -> Iterator[Use]:
    """The uses that came to no indicator."""
    found = {item.place[-1] for item in resolved}
    return (use for n, use in enumerate(uses) if use is not None and n not in found)


def read_form(folder: AgencyFolder) -> UnitFile:
    """The agency's blank form: a unit in which nothing is filled in. Raises DataError."""
    agency = valid_file(folder.agency).model
    node = folder.agency.node.find(("form",))
    resolved, faults = resolve_uses(folder, node, agency.form.indicators, "division", FORM_ID)
    unit = Unit(level="division", status="draft", indicators=agency.form.indicators)
    file = DataFile(folder.agency.path, unit, node, ())
    return UnitFile(FORM_ID, file, resolved, in_order(faults))


def read_results(path: Path) -> DataFile[Results]:
    """Read one unit's results of one round, and the CSV files that they name."""
    file = with_rows(open_file(path, Results))
    return checked(file, file.node, Results)


def read_answers(path: Path) -> DataFile[Answers]:
    """Read the counted answers to one survey."""
    return read_file(path, Answers, MAX_ANSWERS)

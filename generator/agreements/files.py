"""What was read: a file with its model, a unit with its indicators, an agency's folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from ..diagnostics import Diagnostic, Location, errors
from ..errors import stop_on
from ..model import Agency, Indicator, Plan, Survey, TargetTable, Unit, UnitIndicator, Wording
from ..workspace.unsaved import held
from . import yaml_tree
from .csv_files import CsvTable
from .model_faults import is_meant, to_model
from .own_keys import in_english
from .paths import RESERVED, beside, id_of, unit_paths, yaml_below
from .yaml_tree import Node

M = TypeVar("M", bound=BaseModel)

FORM_ID = "blank"
"""The id of an agency's blank form, where a unit's would stand."""


@dataclass(frozen=True, slots=True)
class DataFile(Generic[M]):
    """A file as read: its model (None when it is at fault), its nodes, its faults."""

    path: Path
    model: M | None
    node: Node
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class ValidFile(DataFile[M]):
    """A file that was read without an error: its model is there."""

    model: M


@dataclass(frozen=True, slots=True)
class ResolvedIndicator:
    """A unit's indicator, merged and filled in, with the nodes it came from."""

    item: UnitIndicator
    node: Node
    place: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A unit as read, with its indicators resolved. ``id`` is the file's name."""

    id: str
    file: DataFile[Unit]
    indicators: tuple[ResolvedIndicator, ...]
    faults: tuple[Diagnostic, ...]
    unknown: frozenset[str] = frozenset()
    """Keys of uses that name an indicator which isn't there: misspelt, or not written yet."""

    def may_mean(self, key: str) -> bool:
        """Whether a key that the unit lacks is what one of its misspelt uses meant.

        That is one mistake, and told where the use stands.
        """
        return is_meant(key, self.unknown)

    @property
    def unit(self) -> Unit:
        """The model; only for units that were read without a fault."""
        assert self.file.model is not None
        return self.file.model

    @property
    def items(self) -> tuple[UnitIndicator, ...]:
        """The unit's indicators, resolved."""
        return tuple(resolved.item for resolved in self.indicators)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A target table as read: its own file, and the CSV's rows and faults."""

    file: DataFile[TargetTable]
    csv: CsvTable

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The faults of both files."""
        return self.file.faults + self.csv.faults


@dataclass(frozen=True, slots=True)
class AgencyFolder:
    """An agency's folder: its own files as read, and where the units' files are."""

    id: str
    folder: Path
    agency: DataFile[Agency]
    wording: DataFile[Wording]
    indicators: Mapping[str, DataFile[Indicator]] = field(default_factory=dict)
    tables: Mapping[str, TableFile] = field(default_factory=dict)
    plans: Mapping[str, DataFile[Plan]] = field(default_factory=dict)
    surveys: Mapping[str, DataFile[Survey]] = field(default_factory=dict)
    unread: tuple[Diagnostic, ...] = ()
    """Folders of the agency that can't be looked into, and names that are no text."""
    sealed: bool = False
    """Read back from one document's source: other units aren't there to be looked at."""

    def has_unit(self, name: str) -> bool:
        """Whether a unit of that name stands in the folder, even if it can't be read."""
        path = self.unit_path(name)
        if path.name in RESERVED:
            return False
        return self.sealed or held(path) is not None or os.path.lexists(path)

    def unit_path(self, name: str) -> Path:
        """Where a unit's file stands."""
        return beside(self.folder, name)

    def result_path(self, round_id: str, unit: str) -> Path:
        """Where a unit's results of a round stand."""
        return beside(self.folder / "results" / round_id, unit)

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The faults that stop every document of the agency."""
        return self.agency.faults + self.wording.faults + self.unread

    @property
    def unit_paths(self) -> tuple[Path, ...]:
        """The units' files, by name."""
        return unit_paths(self.folder)

    @property
    def result_paths(self) -> tuple[Path, ...]:
        """The results' files, by round and name."""
        return yaml_below(self.folder / "results", 1)[0]

    @property
    def answer_paths(self) -> tuple[Path, ...]:
        """The files of counted answers, by round, unit and survey."""
        return yaml_below(self.folder / "answers", 2)[0]

    @property
    def unlisted(self) -> tuple[Diagnostic, ...]:
        """What can't be looked into where results and counted answers stand."""
        results, answers = self.folder / "results", self.folder / "answers"
        return yaml_below(results, 1)[1] + yaml_below(answers, 2)[1]

    def answer_path(self, round_id: str, unit: str, survey: str) -> Path:
        """Where a survey's counted answers are kept."""
        rounds = self.folder / "answers" / round_id
        named = rounds / unit
        if not named.is_dir() and rounds.is_dir():
            of_unit = (found for found in sorted(rounds.iterdir()) if id_of(found) == unit)
            named = next((found for found in of_unit if found.is_dir()), named)
        return beside(named, survey)


@dataclass(frozen=True, slots=True)
class ValidAgency(AgencyFolder):
    """An agency whose own files were read without an error: what they say is there."""

    agency: ValidFile[Agency]
    wording: ValidFile[Wording]


def valid_file(file: DataFile[M]) -> ValidFile[M]:
    """The file, where it holds no error. Raises DataError."""
    stop_on(file.faults)
    assert file.model is not None, "a file without a model has an error"
    return ValidFile(file.path, file.model, file.node, file.faults)


def valid_agency(folder: AgencyFolder) -> ValidAgency:
    """The agency, where nothing that all its documents rest on is at fault. Raises DataError."""
    stop_on(folder.faults)
    parts = {part.name: getattr(folder, part.name) for part in fields(folder)}
    own = {"agency": valid_file(folder.agency), "wording": valid_file(folder.wording)}
    return ValidAgency(**{**parts, **own})


def read_file(path: Path, model: type[M], limit: int = yaml_tree.MAX_BYTES) -> DataFile[M]:
    """Read one file as ``model``; raises FileError when it can't be read at all."""
    file = open_file(path, model, limit)
    return checked(file, file.node, model)


def open_file(
    path: Path, model: type[BaseModel], limit: int = yaml_tree.MAX_BYTES
) -> DataFile[Any]:
    """A file's nodes, not checked yet; their keys are English, whatever the file writes."""
    read = in_english(yaml_tree.read(path, limit), model)
    return DataFile(path, None, read.node or Node({}, Location(path, 1, 1)), read.faults)


def checked(file: DataFile[Any], node: Node, model: type[M]) -> DataFile[M]:
    """The file with ``node`` checked as ``model``; nothing is checked where nothing parsed."""
    at_fault = bool(errors(file.faults))
    if at_fault and not file.node.value:
        return file
    value, faults = to_model(node, model)
    return replace(file, model=None if at_fault else value, faults=file.faults + faults)

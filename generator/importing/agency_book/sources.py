"""The files of an agency that a workbook shows, as they are typed: their nodes, and their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ... import thai
from ...agreements import reading
from ...agreements.changes import KeyPath
from ...agreements.files import UnitFile, ValidAgency, open_file
from ...agreements.yaml_tree import Node
from ...model import Agency, Indicator, RoundId
from ...model.round_sets import rounds_of
from .tables import text_at


@dataclass(frozen=True, slots=True)
class Definition:
    """Where an indicator's fields stand: its own file, or a unit's ``define:`` or ``override:``.

    ``key`` and ``of`` are what the workbook calls it: the indicator, and where it is of one unit
    (or of a level's variant) alone, which.
    """

    key: str
    of: str
    file: str
    path: KeyPath
    node: Node
    """The node of the fields themselves."""


@dataclass(frozen=True)
class AgencySource:
    """An agency's files as typed, read once."""

    folder: ValidAgency

    @property
    def agency(self) -> Agency:
        """The agency as its file says it."""
        return self.folder.agency.model

    @cached_property
    def units(self) -> tuple[UnitFile, ...]:
        """The units, resolved."""
        return tuple(reading.read_unit(self.folder, path) for path in self.folder.unit_paths)

    def name_of(self, unit: UnitFile) -> str:
        """A unit's file, from the agency's folder."""
        return unit.file.path.relative_to(self.folder.folder).as_posix()

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Every place at which an indicator's fields stand."""
        return (*self._shared(), *self._own())

    def _shared(self) -> Iterator[Definition]:
        for key, file in self.folder.indicators.items():
            # What it takes over from the one it extends stands there, not here.
            node = open_file(file.path, Indicator).node
            name = file.path.relative_to(self.folder.folder).as_posix()
            yield Definition(key, "", name, (), node)
            variants = node.child("variants")
            if variants is not None and isinstance(variants.value, dict):
                for level, fields in variants.value.items():
                    yield Definition(key, level, name, ("variants", level), fields)

    def _own(self) -> Iterator[Definition]:
        for unit in self.units:
            uses = unit.file.node.find(("indicators",)).value
            for number, use in enumerate(uses if isinstance(uses, list) else ()):
                for key in ("define", "override"):
                    if (fields := use.child(key)) is not None and isinstance(fields.value, dict):
                        path: KeyPath = ("indicators", number, key)
                        yield Definition(use_key(use), unit.id, self.name_of(unit), path, fields)

    def rounds(self, unit: UnitFile) -> tuple[tuple[RoundId, str], ...]:
        """A unit's rounds: what they are called in the files, and on paper."""
        model = unit.file.model
        rounds = rounds_of(model, self.agency) if model is not None else self.agency.rounds
        return tuple((one.id, one.name) for one in rounds)


def use_key(use: Node) -> str:
    """What an entry of a unit's indicators is called in its file."""
    for path in (("id",), ("use",), ("derive", "indicator")):
        if (name := text_at(use, path)) is not None:
            return thai.folded(name)
    return ""

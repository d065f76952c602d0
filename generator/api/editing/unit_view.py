"""A unit as it would be with what isn't saved: its nodes, where they came from, its faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ... import rules, thai
from ...agreements import own_keys, reading, yaml_tree
from ...agreements.blanks import fill_blanks
from ...agreements.changes import Put
from ...agreements.changing import changed
from ...agreements.files import AgencyFolder
from ...agreements.yaml_tree import Node
from ...diagnostics import Diagnostic, Location, Severity, collapsed, in_order
from ...errors import FileError, UsageError
from ...model import Agency, Round, Unit
from ...model.round_sets import rounds_of
from ...model.tree import components_of
from ...workspace.unsaved import unsaved
from . import merged_nodes, tasks
from .desk import Desk
from .merged_nodes import text_at
from .places import FieldPlace, FieldValue, at_location, by_location, named


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A fault, and the field and task that it belongs to; no place where that is no field here."""

    task: str
    place: FieldPlace | None
    found: Diagnostic

    @property
    def is_error(self) -> bool:
        """Whether it stops a document."""
        return self.found.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class UseView:
    """An indicator of a unit: where its use stands, and what it is when all is merged."""

    index: int
    key: str
    use: Node
    node: Node
    home: FieldPlace | None
    """Where what isn't said yet would be said for all who use it; None: by the unit alone."""

    @property
    def name(self) -> str:
        """What it is called, with what the unit has put into the name's blanks."""
        node = self.node
        if "[[" in text_at(node, "name"):
            node = fill_blanks(node, self.use)[0]
        return text_at(node, "name") or self.key


@dataclass(frozen=True)
class UnitView:
    """What pages about a unit show. ``name`` is the unit's file."""

    desk: Desk
    name: str
    folder: AgencyFolder
    node: Node
    faults: tuple[FieldFault, ...]
    places: Mapping[Location, FieldPlace]

    @property
    def agency(self) -> Agency | None:
        """The agency, where its file is sound."""
        return self.folder.agency.model

    @cached_property
    def uses(self) -> tuple[UseView, ...]:
        """The unit's indicators, in their order."""
        return tuple(self._uses())

    def _uses(self) -> Iterator[UseView]:
        for index, use in enumerate(merged_nodes.uses(self.node)):
            home: FieldPlace | None = None
            named_ = thai.folded(text_at(use, "use"))
            if use.child("define") is not None:
                home = FieldPlace(self.name, ("indicators", index, "define"))
            elif named_ in self.folder.indicators:
                file = named(self.folder.folder, self.folder.indicators[named_].path)
                home = FieldPlace(file, ()) if file is not None else None
            node = merged_nodes.indicator(self.folder, self.node, use)
            yield UseView(index, merged_nodes.key_of(use), use, node, home)

    def use(self, key: str) -> UseView | None:
        """An indicator by its name within the unit."""
        return next((use for use in self.uses if use.key == key), None)

    @cached_property
    def level(self) -> str:
        """The unit's level, as typed."""
        return text_at(self.node, "level")

    @cached_property
    def shell(self) -> Unit:
        """The unit with what rounds, scales and weights depend on, be all else at fault."""
        given: dict[str, Any] = {"level": "division"}
        for key in ("level", "rounds", "scale", "weights_sum", "components"):
            child = self.node.child(key)
            if child is not None and child.value is not None:
                try:
                    Unit.model_validate({**given, key: child.plain()})
                except ValueError:  # told as a fault of that field
                    continue
                given[key] = child.plain()
        return Unit.model_validate(given)

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the unit."""
        return () if self.agency is None else tuple(rounds_of(self.shell, self.agency))

    @cached_property
    def components(self) -> list[Any]:
        """The weight tree of the unit."""
        return [] if self.agency is None else components_of(self.shell, self.agency)

    def field(self, *path: str | int) -> FieldValue:
        """A field of the unit's own file."""
        return FieldValue(FieldPlace(self.name, path), text_at(self.node, *path))

    def count(self, *path: str | int) -> int:
        """How many items a list of the unit's file has."""
        node: Node | None = self.node
        for step in path:
            node = node.child(step) if node is not None else None
        return len(node.value) if node is not None and isinstance(node.value, list) else 0

    def texts(self, *path: str | int) -> tuple[FieldValue, ...]:
        """A list of texts of the unit's file."""
        return tuple(self.field(*path, n) for n in range(self.count(*path)))

    def links(self, *path: str | int) -> tuple[tuple[str, str, bool], ...]:
        """The unit's indicators by key and name, and whether a list names each."""
        named_ = {thai.folded(one.value) for one in self.texts(*path)}
        return tuple((use.key, use.name, use.key in named_) for use in self.uses)

    def of_indicator(self, use: UseView, *path: str | int) -> FieldValue:
        """A field of an indicator: where its value came from, or where it would be said."""
        own = self.override(use, *path)
        node: Node | None = use.node
        for step in path:
            node = node.child(step) if node is not None else None
        place = self.places.get(node.location) if node is not None else None
        if place is None:
            place = own if use.home is None else use.home.below(*path)
        value = node.value if node is not None and isinstance(node.value, str) else ""
        return FieldValue(place, value, None if place.file == self.name else own)

    def override(self, use: UseView, *path: str | int) -> FieldPlace:
        """Where the unit alone says a field of an indicator otherwise."""
        return FieldPlace(self.name, ("indicators", use.index, "override", *path))

    def at(self, use: UseView, holder: FieldPlace, *path: str | int) -> FieldValue:
        """A field of a row of an indicator, of which ``holder`` is the place."""
        place = holder.below(path[-1])
        of_unit = place.file == self.name
        own = None if of_unit else self.override(use, *path)
        return FieldValue(place, text_at(use.node, *path), own)

    def faults_of(self, task: str) -> tuple[FieldFault, ...]:
        """The faults of a task."""
        return tuple(fault for fault in self.faults if fault.task == task)


def view(desk: Desk, name: str) -> UnitView:
    """A unit as it would be. Raises FileError where its file can't be read at all."""
    held = desk.laid_over()
    with unsaved(held):
        folder = _agency(desk, held)
        path = desk.folder / name
        node = own_keys.in_english(yaml_tree.read(path), Unit).node
        root = node or Node({}, Location(path, 1, 1))
        roots = {name: root, **_files(folder)}
        found = tuple(
            _placed(desk, name, roots, fault) for fault in _faults(desk, folder, path, root)
        )
        return UnitView(desk, name, folder, root, found, by_location(roots))


def _files(folder: AgencyFolder) -> dict[str, Node]:
    files = {
        **{file.path: file.node for file in folder.indicators.values()},
        **{file.path: file.node for file in folder.plans.values()},
        **{table.file.path: table.file.node for table in folder.tables.values()},
    }
    return {shown: node for path, node in files.items() if (shown := named(folder.folder, path))}


def _faults(desk: Desk, folder: AgencyFolder, path: Path, root: Node) -> list[Diagnostic]:
    unit = reading.read_unit(folder, path)
    faults = [*rules.check_folder(folder), *rules.check_unit(folder, unit)]
    if unit.file.model is None:
        faults += _beside(folder, path, root, unit.faults)
    used = [merged_nodes.indicator(folder, root, use) for use in merged_nodes.uses(root)]
    plans = {thai.folded(text_at(node, "plan")) for node in used}
    faults += rules.check_plans([plan for key, plan in folder.plans.items() if key in plans])
    if desk.workspace.signs is not None:
        faults += rules.check_signs(folder, [unit], (), desk.workspace.signs)
    return [*collapsed(in_order([*dict.fromkeys(faults)]))]


def _beside(
    folder: AgencyFolder, path: Path, root: Node, told: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """What is at fault beside fields that can't be read: as if nothing stood in those.

    One field that is wrong hides nothing of the others while it is typed.
    """
    text = yaml_tree.read(path)
    places = {at_location(root, one.location) for one in told if one.location.path == path}
    unread = [place for place in places if isinstance(root.find(place).value, str)]
    try:
        emptied = changed(text, [Put(place, None) for place in sorted(unread, key=str)], Unit)
    except UsageError:
        return []
    with unsaved({path: emptied.encode()}):
        unit = reading.read_unit(folder, path)
    if unit.file.model is None:
        return []
    # What holds such a field is told to lack it: that is the same mistake.
    around = {place[:end] for place in places for end in range(2, len(place) + 1)} | places
    found = rules.check_unit(folder, unit)
    return [
        one
        for one in found
        if one.location.path != path or at_location(root, one.location) not in around
    ]


def _placed(desk: Desk, name: str, roots: Mapping[str, Node], found: Diagnostic) -> FieldFault:
    file = named(desk.folder, found.location.path)
    if file is None:
        return FieldFault(tasks.OTHER, None, found)
    root = roots.get(file)
    path = at_location(root, found.location) if root is not None and found.location.line else ()
    if root is None and file.endswith(".csv"):
        path = (found.location.line, found.location.column)
    place = FieldPlace(file, path)
    return FieldFault(tasks.task_of(place, name, found.code), place, found)


def _agency(desk: Desk, held: Mapping[Path, bytes]) -> AgencyFolder:
    """The agency's own files, read again only where one of them is another one."""
    own = frozenset((path, data) for path, data in held.items() if _is_of_agency(desk, path))
    return _read(desk.folder, _states(desk.folder), own)


def _is_of_agency(desk: Desk, path: Path) -> bool:
    return path.parent != desk.folder or path.name in ("agency.yaml", "wording.yaml")


@lru_cache(maxsize=8)
def _read(
    folder: Path, states: frozenset[tuple[str, int, int]], held: frozenset[tuple[Path, bytes]]
) -> AgencyFolder:
    return reading.read_agency(folder)


def _states(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Which files the agency has, and when each was written."""
    found = set()
    for inner in (folder, *(folder / of for of in ("indicators", "tables", "plans", "surveys"))):
        if inner.is_dir():
            for path in inner.iterdir():
                try:
                    about = path.stat()
                except OSError:  # told as a fault of that file
                    continue
                found.add((path.as_posix(), about.st_mtime_ns, about.st_size))
    return frozenset(found)


__all__ = ["FieldFault", "FileError", "UnitView", "UseView", "view"]

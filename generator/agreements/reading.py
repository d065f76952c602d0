"""Data to model: what the files say, merged and checked field by field.

All faults are collected, none is raised. Merging (extends, variants, overrides, blanks)
happens on the source's nodes, so that a fault in merged data still names the file and
line where the officer wrote it.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .. import thai
from ..diagnostics import Diagnostic, Location, did_you_mean, errors, in_order, meant, near
from ..errors import FileError
from ..model import (
    LEVEL_NAMES,
    Agency,
    Answers,
    Indicator,
    Plan,
    Results,
    Survey,
    TargetTable,
    Unit,
    UnitIndicator,
    Use,
    Wording,
)
from ..workspace import listing
from . import csv_files, yaml_tree
from .csv_files import CsvTable
from .yaml_tree import Node

M = TypeVar("M", bound=BaseModel)

BLANK = re.compile(r"\[\[([^\[\]|\n]{1,80})(?:\|([^\[\]\n]{0,200}))?\]\]")
"""``[[name]]``, or ``[[name|what stands there when it is empty]]``."""


@dataclass(frozen=True, slots=True)
class DataFile(Generic[M]):
    """A file as read: its model (None when it is at fault), its nodes, its faults."""

    path: Path
    model: M | None
    node: Node
    faults: tuple[Diagnostic, ...] = ()


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
        """Whether a unit of that name stands in the folder."""
        return self.sealed or self.unit_path(name).is_file()

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
        return _yaml_below(self.folder / "results", 1)[0]

    @property
    def answer_paths(self) -> tuple[Path, ...]:
        """The files of counted answers, by round, unit and survey."""
        return _yaml_below(self.folder / "answers", 2)[0]

    @property
    def unlisted(self) -> tuple[Diagnostic, ...]:
        """What can't be looked into where results and counted answers stand."""
        results, answers = self.folder / "results", self.folder / "answers"
        return _yaml_below(results, 1)[1] + _yaml_below(answers, 2)[1]

    def answer_path(self, round_id: str, unit: str, survey: str) -> Path:
        """Where a survey's counted answers are kept."""
        rounds = self.folder / "answers" / round_id
        named = rounds / unit
        if not named.is_dir() and rounds.is_dir():
            of_unit = (found for found in sorted(rounds.iterdir()) if id_of(found) == unit)
            named = next((found for found in of_unit if found.is_dir()), named)
        return beside(named, survey)


RESERVED = {"agency.yaml", "wording.yaml"}


def id_of(path: Path) -> str:
    """The name by which others refer to a file: its own, folded (``thai.folded``)."""
    return thai.folded(path.stem)


def beside(folder: Path, name: str) -> Path:
    """The file of a folder that a name means, however either is spelt; it need not be there."""
    path = folder / f"{name}.yaml"
    if path.is_file():
        return path
    wanted = thai.folded(name)
    return next((found for found in unit_paths(folder) if id_of(found) == wanted), path)


def unit_paths(folder: Path) -> tuple[Path, ...]:
    """The units' files of an agency, by name; what a system hides (``._x.yaml``) is none."""
    return yaml_in(folder)[0]


def yaml_in(folder: Path) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """The files of a folder that hold data, and what can't be looked at."""
    try:
        found = listing.entries(folder)
    except FileError as error:
        return (), (Diagnostic(error.message, Location(folder), error.hint),)
    yaml = [
        path
        for path in found
        if path.suffix == ".yaml" and path.name not in RESERVED and not path.name.startswith(".")
    ]
    # A name of another encoding, as out of a ZIP, can be neither named nor printed.
    odd = [path for path in yaml if listing.named(path) != path.name]
    faults = (
        Diagnostic(f"the file's name is not UTF-8: {listing.named(path)}", Location(path), _RENAME)
        for path in odd
    )
    return tuple(path for path in yaml if path not in odd), tuple(faults)


_RENAME = "rename it; a ZIP is best unpacked by a program that knows Thai names"


def _yaml_below(folder: Path, depth: int) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """The same of the folders so many steps below a folder."""
    if not depth:
        return yaml_in(folder)
    try:
        inner = [path for path in listing.entries(folder) if listing.is_folder(path)]
    except FileError as error:
        return (), (Diagnostic(error.message, Location(folder), error.hint),)
    found = [_yaml_below(path, depth - 1) for path in inner]
    paths = tuple(path for paths, _ in found for path in paths)
    return paths, tuple(fault for _, faults in found for fault in faults)


MAX_ANSWERS = 8 << 20
"""So large may counted answers be: they hold what respondents wrote."""

FORM_ID = "blank"
"""The id of an agency's blank form, where a unit's would stand."""


def read_file(path: Path, model: type[M], limit: int = yaml_tree.MAX_BYTES) -> DataFile[M]:
    """Read one file as ``model``; raises FileError when it can't be read at all."""
    file = _open(path, limit)
    return _check(file, file.node, model)


def _open(path: Path, limit: int = yaml_tree.MAX_BYTES) -> DataFile[Any]:
    """A file's nodes, not checked yet."""
    read = yaml_tree.read(path, limit)
    return DataFile(path, None, read.node or Node({}, Location(path, 1, 1)), read.faults)


def _check(file: DataFile[Any], node: Node, model: type[M]) -> DataFile[M]:
    """The file with ``node`` checked as ``model``; nothing is checked where nothing parsed."""
    at_fault = bool(errors(file.faults))
    if at_fault and not file.node.value:
        return file
    value, faults = to_model(node, model)
    return replace(file, model=None if at_fault else value, faults=file.faults + faults)


def read_agency(folder: Path) -> AgencyFolder:
    """Read an agency's own files: agency.yaml, wording.yaml and indicators/."""
    parts = {name: yaml_in(folder / name) for name in ("indicators", "tables", "plans", "surveys")}
    read = AgencyFolder(
        folder.name,
        folder,
        read_file(folder / "agency.yaml", Agency),
        read_file(folder / "wording.yaml", Wording),
        _by_id(parts["indicators"][0], lambda path: _or_fault(path, _open)),
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
        fault = Diagnostic(error.message, Location(path), error.hint)
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
    node = _extend(folder, file.node, (key,), faults)
    file = replace(file, faults=file.faults + tuple(faults))
    if node is None:
        return file
    checked = _check(file, node, Indicator)
    if checked.model is None:
        return checked
    for level in checked.model.variants:
        varied = _check(file, _vary(node, level, []), Indicator)
        if varied.model is None:
            return varied
    return checked


def read_unit(folder: AgencyFolder, path: Path) -> UnitFile:
    """Read a unit and resolve its indicators against the agency's."""
    file = read_file(path, Unit)
    if file.model is not None:
        given = file.model.indicators
        resolved, faults = resolve_uses(folder, file.node, given, file.model.level, id_of(path))
        unknown = _unknown(folder, _unresolved(given, resolved))
        return UnitFile(id_of(path), file, resolved, in_order(file.faults + faults), unknown)
    # What is at fault below a use shows in the same run as what is at fault elsewhere.
    uses = file.node.find(("indicators",)).value
    models = [to_model(use, Use)[0] for use in uses] if isinstance(uses, list) else []
    level = file.node.find(("level",)).value
    known = level if isinstance(level, str) else ""
    resolved, faults = resolve_uses(folder, file.node, models, known, id_of(path))
    unknown = _unknown(folder, _unresolved(models, resolved))
    return UnitFile(id_of(path), file, (), in_order(file.faults + faults), unknown)


def _unresolved(uses: Sequence[Use | None], resolved: Iterable[ResolvedIndicator]) -> Iterator[Use]:
    """The uses that came to no indicator."""
    found = {item.place[-1] for item in resolved}
    return (use for n, use in enumerate(uses) if use is not None and n not in found)


def _unknown(folder: AgencyFolder, uses: Iterable[Use]) -> frozenset[str]:
    """The keys of uses that name an indicator which neither the agency nor a unit above has."""
    return frozenset(
        key
        for use in uses
        if (missing := _missing(folder, use)) is not None
        for key in (use.key, missing)
        if key is not None
    )


def _missing(folder: AgencyFolder, use: Use) -> str | None:
    """The name by which a use asks for an indicator that isn't there."""
    if use.use is not None:
        return use.use if use.use not in folder.indicators else None
    if not use.derived or use.origin is None:
        return None
    unit, key = use.origin
    path = folder.unit_path(unit)
    model = read_file(path, Unit).model if path in folder.unit_paths else None
    has = model is None or any(other.key == key for other in model.indicators)
    return None if has else key


def is_meant(key: str, misspelt: Collection[str]) -> bool:
    """Whether a key is one of those that are misspelt, or what one of them meant."""
    return key in misspelt or (len(misspelt) <= _MAX_MISSPELT and bool(near(key, misspelt)))


_MAX_MISSPELT = 10
"""Where more are misspelt than that, none is compared with all that may have meant it."""


def read_form(folder: AgencyFolder) -> UnitFile:
    """The agency's blank form: a unit in which nothing is filled in."""
    agency = folder.agency.model
    assert agency is not None
    node = folder.agency.node.find(("form",))
    resolved, faults = resolve_uses(folder, node, agency.form.indicators, "division", FORM_ID)
    unit = Unit(level="division", status="draft", indicators=agency.form.indicators)
    file = DataFile(folder.agency.path, unit, node, ())
    return UnitFile(FORM_ID, file, resolved, in_order(faults))


def read_results(path: Path) -> DataFile[Results]:
    """Read one unit's results of one round."""
    return read_file(path, Results)


def read_answers(path: Path) -> DataFile[Answers]:
    """Read the counted answers to one survey."""
    return read_file(path, Answers, MAX_ANSWERS)


def resolve_uses(
    folder: AgencyFolder, node: Node, uses: Iterable[Use | None], level: str, unit: str
) -> tuple[tuple[ResolvedIndicator, ...], tuple[Diagnostic, ...]]:
    """Every use's indicator: extended or taken over, varied by level, overridden, filled in.

    None stands for a use that is at fault itself.
    """
    resolved: list[ResolvedIndicator] = []
    faults: list[Diagnostic] = []
    for index, use in enumerate(uses):
        if use is None:
            continue
        place = ("indicators", index)
        use_node = node.find(place)
        merged = _merged(folder, use, use_node, level, ((unit, use.key),), faults)
        if merged is None:
            continue
        filled, missing, blank_faults = fill_blanks(_without(merged.node, "variants"), merged.use)
        faults += blank_faults
        indicator, field_faults = to_model(filled, Indicator)
        faults += field_faults
        if indicator is not None:
            item = UnitIndicator(key=use.key, use=use, indicator=indicator, open_blanks=missing)
            resolved.append(ResolvedIndicator(item, filled, place))
    return tuple(resolved), tuple(faults)


@dataclass(frozen=True, slots=True)
class _Merged:
    """A use's indicator, its variants still beside it, and the use with all blanks given."""

    node: Node
    use: Node


Chain = tuple[tuple[str, str], ...]
"""Units and their indicators, each deriving from the next."""


def _merged(
    folder: AgencyFolder,
    use: Use,
    use_node: Node,
    level: str,
    chain: Chain,
    faults: list[Diagnostic],
) -> _Merged | None:
    """A use's indicator, varied and overridden; blanks aren't filled in yet.

    What it takes over from another unit is what that unit has: variants, overrides and blanks
    of its own go over it.
    """
    if use.derived:
        lent = _lent(folder, use, use_node, chain, faults)
        if lent is None:
            return None
        node, given = lent.node, lent.use.child("blanks")
        if given is not None:
            use_node = yaml_tree.merge(Node({"blanks": given}, use_node.location), use_node)
    else:
        found = _indicator_node(folder, use, use_node, faults)
        if found is None:
            return None
        node = found
    variants = node.child("variants")
    node = _vary(node, level, faults)
    if (override := use_node.child("override")) is not None:
        node = _lay_over(node, override, faults)
    if variants is not None and isinstance(node.value, dict):
        node = replace(node, value={**node.value, "variants": variants})
    return _Merged(node, use_node)


def _lent(
    folder: AgencyFolder, use: Use, use_node: Node, chain: Chain, faults: list[Diagnostic]
) -> _Merged | None:
    """The indicator of the unit that a use derives from, merged as that unit has it."""
    assert use.origin is not None
    unit, key = use.origin
    if unit == chain[-1][0]:
        return None  # rules.references says that a unit can't derive from itself
    if (unit, key) in chain:
        faults.append(circle((*chain[chain.index((unit, key)) :], (unit, key)), use_node))
        return None
    path = folder.unit_path(unit)
    if path not in folder.unit_paths:
        return None  # rules.references says that there is no such unit
    file = read_file(path, Unit)
    faults += file.faults
    if file.model is None:
        return None
    for index, other in enumerate(file.model.indicators):
        if other.key == key:
            place = file.node.find(("indicators", index))
            return _merged(folder, other, place, file.model.level, (*chain, (unit, key)), faults)
    unknown = _unknown(folder, file.model.indicators)
    if is_meant(key, unknown):
        # The other unit's use is misspelt: that is the fault, and it stands there.
        faults += _misspelt(folder, file, key)
    else:
        faults.append(nothing_to_derive(unit, key, file.model, use_node))
    return None


def _misspelt(folder: AgencyFolder, file: DataFile[Unit], key: str) -> Iterator[Diagnostic]:
    """The uses of a unit that name an unknown indicator which is nearly ``key``."""
    assert file.model is not None
    for index, use in enumerate(file.model.indicators):
        missing = _missing(folder, use)
        if missing is None or not is_meant(key, [missing]):
            continue
        node = file.node.find(("indicators", index))
        if use.use is not None:
            yield _unknown_indicator(folder, missing, node)
        elif use.origin is not None:
            above = read_file(folder.unit_path(use.origin[0]), Unit).model
            assert above is not None
            yield nothing_to_derive(*use.origin, above, node)


def circle(chain: Chain, use_node: Node) -> Diagnostic:
    """Indicators that derive from each other; ``use_node`` closes the circle."""
    said = " → ".join(f"{key} of {unit}" for unit, key in chain)
    return Diagnostic(
        f"indicators derive from each other in a circle: {said}",
        use_node.at("derive"),
        "let one of them stand on its own (use or define)",
    )


def nothing_to_derive(unit: str, key: str, model: Unit, use_node: Node) -> Diagnostic:
    """A unit doesn't have the indicator that a use derives from."""
    return Diagnostic(
        f"'{unit}' has no indicator '{key}' to derive from",
        use_node.at("derive"),
        did_you_mean(key, (use.key for use in model.indicators)),
    )


def _unknown_indicator(folder: AgencyFolder, name: str, use_node: Node) -> Diagnostic:
    return Diagnostic(
        f"unknown indicator '{name}'",
        use_node.at("use"),
        did_you_mean(name, folder.indicators) or "indicators/ holds none yet",
    )


def _indicator_node(
    folder: AgencyFolder, use: Use, use_node: Node, faults: list[Diagnostic]
) -> Node | None:
    if use.define is not None:
        return _extend(folder, use_node.find(("define",)), (), faults)
    assert use.use is not None
    file = folder.indicators.get(use.use)
    if file is None:
        faults.append(_unknown_indicator(folder, use.use, use_node))
        return None
    faults += file.faults
    if file.model is None:
        return None
    return _extend(folder, file.node, (use.use,), faults)


def _extend(
    folder: AgencyFolder, node: Node, chain: tuple[str, ...], faults: list[Diagnostic]
) -> Node | None:
    """``node`` laid over the indicator it extends, and so on down the chain."""
    base_node = node.child("extends")
    base = base_node.value if base_node is not None else None
    if base_node is None or base is None:
        return _without(node, "extends")
    if not isinstance(base, str):
        return node
    if base in chain:
        faults.append(
            Diagnostic(
                f"indicators extend each other in a circle: {' → '.join((*chain, base))}",
                base_node.location,
                "let one of them stand on its own",
            )
        )
        return None
    file = folder.indicators.get(base)
    if file is None:
        faults.append(
            Diagnostic(
                f"unknown indicator '{base}'",
                base_node.location,
                did_you_mean(base, folder.indicators),
            )
        )
        return None
    faults += file.faults
    below = _extend(folder, file.node, (*chain, base), faults)
    return None if below is None else yaml_tree.merge(below, _without(node, "extends"))


def _vary(node: Node, level: str, faults: list[Diagnostic]) -> Node:
    variants = node.child("variants")
    variant = variants.child(level) if variants is not None else None
    bare = _without(node, "variants")
    return bare if variant is None else _lay_over(bare, variant, faults)


def _lay_over(node: Node, patch: Node, faults: list[Diagnostic]) -> Node:
    """``node`` with a variant or an override over it, in which nothing may pass unheard."""
    faults += [
        Diagnostic(
            f"'{key}' can't stand in a variant or an override",
            patch.key_at(key),
            "say it in the indicator itself",
        )
        for key in ("extends", "variants")
        if patch.child(key) is not None
    ]
    return yaml_tree.merge(node, patch)


def _without(node: Node, key: str) -> Node:
    if not isinstance(node.value, dict) or key not in node.value:
        return node
    return replace(node, value={k: v for k, v in node.value.items() if k != key})


def fill_blanks(node: Node, use_node: Node) -> tuple[Node, tuple[str, ...], tuple[Diagnostic, ...]]:
    """Put what a use's ``blanks`` say into the texts; blanks left open print their hint.

    Returns the filled node, the names left open, and the faults. What is filled in is
    not looked at again: a value is never a template.
    """
    declared = _texts(node.child("blanks"))
    given_node = use_node.child("blanks")
    given = _texts(given_node)
    faults: list[Diagnostic] = []
    for name in given:
        if name not in declared and given_node is not None:
            faults.append(
                Diagnostic(
                    f"the blank '{name}' is not declared by the indicator",
                    given_node.key_at(name),
                    did_you_mean(name, declared),
                )
            )
    missing: dict[str, None] = {}

    def fill(part: Node) -> Node:
        if isinstance(part.value, dict):
            return replace(part, value={key: fill(child) for key, child in part.value.items()})
        if isinstance(part.value, list):
            return replace(part, value=[fill(child) for child in part.value])
        if not isinstance(part.value, str) or "[[" not in part.value:
            return part

        def put(match: re.Match[str]) -> str:
            name = thai.folded(match[1])
            if name not in declared:
                faults.append(
                    Diagnostic(
                        f"the blank [[{match[1]}]] is not declared",
                        part.location,
                        did_you_mean(name, declared)
                        or f"declare it: blanks: {{{name}: what to write there}}",
                    )
                )
                return match[0]
            value = given.get(name)
            if value is None:
                missing[name] = None
                return match[2] or declared[name] or "........"
            return value

        return replace(part, value=BLANK.sub(put, part.value))

    filled = fill(_without(node, "blanks"))
    return filled, tuple(missing), tuple(faults)


def _texts(node: Node | None) -> dict[str, str | None]:
    if node is None or not isinstance(node.value, dict):
        return {}
    return {
        key: child.value if isinstance(child.value, str) else None
        for key, child in node.value.items()
    }


def to_model(node: Node, model: type[M]) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """The node as ``model``, or its faults with places."""
    plain = node.plain()
    if plain is None:
        plain = {}
    try:
        return model.model_validate(plain), ()
    except ValidationError as error:
        return None, tuple(_faults(node, model, error.errors(include_url=False)))


def _faults(
    node: Node, model: type[BaseModel], details: Iterable[ErrorDetails]
) -> Iterator[Diagnostic]:
    """One fault a mistake: where several kinds of value could stand, their refusals are joined."""
    mistakes: dict[tuple[str | int, ...], list[ErrorDetails]] = {}
    details = tuple(details)
    odd: dict[tuple[str | int, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            odd.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
    for detail in details:
        path = detail["loc"]
        if detail["type"] == "missing" and is_meant(str(path[-1]), odd.get(path[:-1], ())):
            continue  # it is there, misspelt
        kinds = (
            index
            for index, step in enumerate(path)
            if _KIND.fullmatch(str(step)) and node.find(path[:index]).child(step) is None
        )
        mistakes.setdefault(path[: next(kinds, len(path))], []).append(detail)
    for same in mistakes.values():
        # The kind that was meant is the one in which the fault lies deepest.
        deepest = max(len(detail["loc"]) for detail in same)
        places: dict[Location, list[Diagnostic]] = {}
        for detail in same:
            if len(detail["loc"]) == deepest:
                fault = _fault(node, model, detail)
                places.setdefault(fault.location, []).append(fault)
        for faults in places.values():
            wanted = [fault.message.split(" is expected here")[0] for fault in faults[:-1]]
            advice = next((fault.advice for fault in faults if fault.advice), "")
            said = " or ".join([*wanted, faults[-1].message])
            yield replace(faults[-1], said=said, advice=faults[-1].advice or advice)


_KIND = re.compile(r"[a-z][a-z-]*\[.+\]")
"""A step that names one of several kinds of value: ``dict[str,…]``, ``literal['none']``."""


def _fault(node: Node, model: type[BaseModel], detail: ErrorDetails) -> Diagnostic:
    path = detail["loc"]
    kind, context = detail["type"], detail.get("ctx", {})
    place = node.key_at(*path[:-1]) if path[-1:] == ("[key]",) else node.at(*path)
    value = detail["input"]
    if kind == "missing":
        wanted = model_at(model, path[:-1])
        about = _described(wanted, str(path[-1]))
        return Diagnostic(f"the key '{path[-1]}' is missing", node.at(*path[:-1]), about)
    if kind == "extra_forbidden":
        wanted = model_at(model, path[:-1])
        known = [f.alias or name for name, f in wanted.model_fields.items()] if wanted else []
        return Diagnostic(
            f"unknown key '{path[-1]}'", node.key_at(*path), did_you_mean(str(path[-1]), known)
        )
    if kind == "gen":
        nested = isinstance(value, list) and any(isinstance(item, list) for item in value)
        hint = "put text that begins with [ in quotes" if nested else _number_alone(context, value)
        return Diagnostic(str(context["message"]), place, hint)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context["expected"]))
        wanted_words = f"one of {', '.join(words)}" if len(words) > 1 else f"'{words[0]}'"
        return Diagnostic(
            f"{wanted_words} is expected here, not {_shown(value)}",
            place,
            _level_in_thai(str(value), words) or meant(str(value), words),
        )
    if kind in _EXPECTED:
        return Diagnostic(f"{_EXPECTED[kind]} is expected here, not {_shown(value)}", place)
    if kind == "too_short":
        return Diagnostic(f"at least {context['min_length']} must stand here", place)
    if kind == "too_long":
        return Diagnostic(f"at most {context['max_length']} can stand here", place)
    return Diagnostic(f"{detail['msg']} (found {_shown(value)})", place)


_EXPECTED = {
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "union_tag_not_found": "a mapping with a kind (kind: one, many, number, text, scale or grid)",
    "list_type": "a list (- item)",
    "tuple_type": "a list (- item)",
    "string_type": "text",
    "string_pattern_mismatch": "table.column",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


_BESIDE_WORDS = re.compile(r"[^\d]*?(-?\d(?:[\d,]*\d)?(?:\.\d+)?)[^\d]*")


def _number_alone(context: Mapping[str, Any], value: object) -> str:
    """The remedy where words stand beside a number: ``1,931 วัน``."""
    found = _BESIDE_WORDS.fullmatch(value) if isinstance(value, str) else None
    if found is None or not re.match(r"a (?:whole )?number\b", str(context["message"])):
        return ""
    return f"write the number alone: {found[1].replace(',', '')}"


def _level_in_thai(value: str, words: Collection[str]) -> str:
    """The remedy where a unit's level is written in Thai, in whichever agency's word."""
    if value.isascii() or not LEVEL_NAMES.keys() <= set(words):
        return ""
    return "write " + ", ".join(f"{level} for {names}" for level, names in LEVEL_NAMES.items())


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"'{text if len(text) <= 40 else text[:40] + '…'}'"


def _described(model: type[BaseModel] | None, key: str) -> str:
    if model is None:
        return ""
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return info.description or ""
    return ""


def model_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """The model class that stands at ``path`` within ``model``, if one does."""
    kind: Any = model
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = next(
                (
                    info.annotation
                    for name, info in kind.model_fields.items()
                    if step in (name, info.alias)
                ),
                None,
            )
        elif get_origin(_bare(kind)) in (list, dict):
            kind = get_args(_bare(kind))[-1]
        elif get_origin(_bare(kind)) in (types.UnionType, typing.Union):
            kind = next((arg for arg in get_args(_bare(kind)) if _is_tagged(arg, step)), None)
        else:
            return None
        kind = _bare(kind)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _is_tagged(kind: Any, tag: str | int) -> bool:
    """Whether a model is the one that a ``kind:`` means."""
    return tag in get_args(kind.model_fields["kind"].annotation)


def _bare(kind: Any) -> Any:
    """A type without Annotated and without None."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (types.UnionType, typing.Union):
            rest = [arg for arg in get_args(kind) if arg is not type(None)]
            if len(rest) != 1:
                return kind
            kind = rest[0]
        else:
            return kind

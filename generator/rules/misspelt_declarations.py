"""A name that is misspelt where it is declared is told there, once, not wherever it is used.

The declaration is taken for the misspelt one where two places or more agree on another
spelling, and the only declared name near to theirs is one that nobody uses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .. import thai
from ..agreements.files import AgencyFolder, DataFile, UnitFile
from ..agreements.paths import id_of
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, fault, near
from ..messages import Message, message
from ..model import Results

FEWEST = 2
"""So many places have to agree on a spelling; of one nobody knows which of the two is right."""

MOST = 100
"""Where more names than that are unknown, none is compared: the work is bounded."""

Scope = tuple[str, str]
"""What kind of name, and the unit that it is known in; of names of the whole agency, nothing."""

_OF_AGENCY = {
    "unknown-scale": "scale",
    "unknown-table": "table",
    "unknown-plan": "plan",
    "unknown-survey": "survey",
    "no-such-survey": "survey",
    "unknown-indicator": "indicator",
    "unknown-unit": "unit",
    "no-such-unit": "unit",
}
_OF_ITS_UNIT = {
    "unit-has-no-indicator": "indicator of the unit",
    "unit-has-no-competency": "competency",
}
_OF_UNIT_NAMED = {
    "nothing-to-borrow": "indicator of the unit",
    "nothing-to-derive": "indicator of the unit",
}
_RESTS_ON = {
    "indicator-without-goal": "indicator",
    "indicator-without-work": "indicator",
    "component-without-indicator": "component",
}
"""Faults that only say that nobody uses a name, and what they call it."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """A name and where it is declared; ``own``: how often that place itself says the name."""

    name: str
    place: Location
    own: int = 1


@dataclass(frozen=True, slots=True)
class _Agency:
    """What names are looked for in."""

    folder: AgencyFolder
    units: Mapping[str, UnitFile]
    reported: tuple[DataFile[Results], ...]


def told_once(
    folder: AgencyFolder,
    units: Iterable[UnitFile],
    reported: Iterable[DataFile[Results]],
    faults: Iterable[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """The faults of a folder, those that come of one misspelt declaration as one."""
    found = list(dict.fromkeys(faults))
    by_id = {unit.id: unit for unit in units if unit.file.model is not None}
    groups: dict[tuple[Scope, str], list[Diagnostic]] = defaultdict(list)
    for one in found:
        if (asked := _asked(one, by_id)) is not None:
            groups[asked].append(one)
    if len(groups) > MOST:
        return tuple(found)
    agency = _Agency(folder, by_id, tuple(reported))
    unused = {scope: _unused(agency, scope) for scope in {scope for scope, _ in groups}}
    gone: set[Diagnostic] = set()
    told: list[Diagnostic] = []
    for (scope, name), same in groups.items():
        meant = near(name, unused[scope])
        if len(meant) != 1:
            continue
        misspelt = unused[scope][meant[0]]
        gone.update(_resting_on(misspelt, scope, found))
        if len(same) >= FEWEST:
            gone.update(same)
            told.append(_told(misspelt, name, len(same)))
    return (*(one for one in found if one not in gone), *told)


def _told(declared: _Declared, name: str, places: int) -> Diagnostic:
    hint = message("did-you-mean", names=f"'{name}'")
    return fault(
        "declared-otherwise",
        declared.place,
        hint=hint,
        name=declared.name,
        other=name,
        places=places,
    )


def _asked(one: Diagnostic, units: Mapping[str, UnitFile]) -> tuple[Scope, str] | None:
    """In which scope a fault says that a name is unknown, and the name."""
    said, path = one.said, one.location.path
    if not isinstance(said, Message):
        return None
    name = str(said.parameters.get("name", ""))
    if said.code == "unknown-component":
        own = units.get(id_of(path))
        has_tree = own is not None and own.file.path == path and own.unit.components is not None
        return ("component", id_of(path) if has_tree else ""), name
    if said.code in _OF_ITS_UNIT:
        return (_OF_ITS_UNIT[said.code], id_of(path)), name
    if said.code in _OF_UNIT_NAMED:
        unit, key = said.parameters["unit"], said.parameters["indicator"]
        return (_OF_UNIT_NAMED[said.code], str(unit)), str(key)
    if said.code == "unknown-unit" and path.parent.name == "plans":
        return ("code", ""), name
    kind = _OF_AGENCY.get(said.code)
    return None if kind is None else ((kind, ""), name)


def _resting_on(
    declared: _Declared, scope: Scope, faults: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """The faults that only say that nobody uses the name that was misspelt."""
    for one in faults:
        if isinstance(one.said, Message) and one.code in _RESTS_ON:
            named = one.said.parameters.get(_RESTS_ON[one.code])
            if named == declared.name and scope[1] in ("", id_of(one.location.path)):
                yield one


def _unused(agency: _Agency, scope: Scope) -> dict[str, _Declared]:
    """What is declared in a scope, and named nowhere else in it."""
    kind, unit_id = scope
    unit = agency.units.get(unit_id)
    if unit_id and unit is None:
        return {}
    said = _said_of_agency(agency) if unit is None else _said_of_unit(agency, unit)
    declared = _of_agency(agency, kind) if unit is None else _of_unit(unit, kind)
    return {one.name: one for one in declared if said[one.name] <= one.own}


def _of_unit(unit: UnitFile, kind: str) -> Iterator[_Declared]:
    """The names of a kind that a unit declares for itself."""
    node = unit.file.node
    if kind == "component":
        yield from _components(node.child("components"))
    elif kind == "competency":
        for index, competency in enumerate(unit.unit.competencies):
            yield _Declared(competency.id, node.at("competencies", index, "id"))
    else:
        for index, use in enumerate(unit.unit.indicators):
            if use.id is not None:
                yield _Declared(use.id, node.at("indicators", index, "id"))


def _of_agency(agency: _Agency, kind: str) -> Iterator[_Declared]:
    """The names of a kind that hold in the whole agency; most are those of files."""
    folder, node = agency.folder, agency.folder.agency.node
    if kind == "component":
        yield from _components(node.child("components"))
    elif kind == "scale":
        for name in node.find(("scales",)).keys:
            yield _Declared(name, node.key_at("scales", name))
    elif kind == "code":
        for unit in agency.units.values():
            if unit.unit.code is not None:
                code = thai.folded(unit.unit.code)
                yield _Declared(code, unit.file.node.at("code"))
    else:
        paths = {
            "table": [table.file.path for table in folder.tables.values()],
            "plan": [file.path for file in folder.plans.values()],
            "survey": [file.path for file in folder.surveys.values()],
            "indicator": [file.path for file in folder.indicators.values()],
            "unit": [*folder.unit_paths],
        }
        for path in paths[kind]:
            yield _Declared(id_of(path), Location(path), own=0)


def _components(root: Node | None) -> Iterator[_Declared]:
    for node in root.value if root is not None and isinstance(root.value, list) else ():
        if (name := node.child("id")) is not None:
            yield _Declared(thai.folded(str(name.value)), name.location)
        yield from _components(node.child("components"))


def _said_of_unit(agency: _Agency, unit: UnitFile) -> Counter[str]:
    """How often each name is said of a unit: in its files, and by units that take from it."""
    reported = (file.node for file in agency.reported if id_of(file.path) == unit.id)
    said = _said([unit.file.node, *reported])
    for other in agency.units.values():
        for use in other.unit.indicators:
            if use.result.from_ == unit.id:
                said[use.key] += 1
            if use.origin is not None and use.origin[0] == unit.id:
                said[use.origin[1]] += 1
    return said


def _said_of_agency(agency: _Agency) -> Counter[str]:
    """How often each name is said anywhere in an agency's files, and by the names of files."""
    folder = agency.folder
    nodes = (
        folder.agency.node,
        *(file.node for file in folder.indicators.values()),
        *(table.file.node for table in folder.tables.values()),
        *(file.node for file in folder.plans.values()),
        *(file.node for file in folder.surveys.values()),
        *(unit.file.node for unit in agency.units.values()),
        *(file.node for file in agency.reported),
    )
    said = _said(nodes)
    said.update(id_of(path) for path in (*folder.result_paths, *folder.answer_paths))
    said.update(thai.folded(path.parent.name) for path in folder.answer_paths)
    return said


def _said(nodes: Iterable[Node]) -> Counter[str]:
    """How often each text stands in some files, as a value or as a key."""
    found: Counter[str] = Counter()
    todo = list(nodes)
    while todo:
        value = todo.pop().value
        if isinstance(value, dict):
            found.update(map(thai.folded, value))
            todo += value.values()
        elif isinstance(value, list):
            todo += value
        elif value is not None:
            found[thai.folded(value)] += 1
    return found

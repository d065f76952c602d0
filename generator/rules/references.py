"""Names that point somewhere: components, indicators of the strategy, units, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import thai
from ..agreements.files import AgencyFolder, UnitFile
from ..agreements.merging import circle, nothing_to_derive
from ..agreements.names import unit_id
from ..agreements.paths import id_of
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean
from ..model import LEVELS, Agency, Unit, Use
from ..model.tree import components_of, walk
from ..workspace.confined import file_name_fault

RESERVED_IDS = {"blank", "agency", "wording"}


def check(
    folder: AgencyFolder, unit: UnitFile, model: Unit, agency: Agency
) -> Iterator[Diagnostic]:
    """What the unit's file names exists; its code can name files; no use stands twice."""
    node = unit.file.node
    name = model.code if model.code is not None else unit.id
    if reason := file_name_fault(name):
        place = node.at("code") if model.code is not None else node.location
        yield Diagnostic(
            f"the code '{name}' can't name the unit's files: {reason}",
            place,
            "use letters and digits",
        )
    known = {component.id for component in walk(components_of(model, agency))}
    units = {id_of(path) for path in folder.unit_paths}
    seen: set[str] = set()
    for index, use in enumerate(model.indicators):
        if use.component not in known:
            yield Diagnostic(
                f"unknown component '{use.component}'",
                node.at("indicators", index, "component"),
                did_you_mean(use.component, known),
            )
        if use.key in seen:
            yield Diagnostic(
                f"the indicator '{use.key}' is used twice",
                node.at("indicators", index),
                "remove one, or give one of them an id of its own",
            )
        seen.add(use.key)
        rounds = {r.id for r in agency.rounds}
        for round_id in set(use.weight or {}) - {"all"} - rounds:
            yield Diagnostic(
                f"there is no round {round_id} to weigh in",
                node.key_at("indicators", index, "weight", round_id),
            )
        lender = use.result.from_
        if lender is not None:
            place = node.at("indicators", index, "result", "from")
            if lender == unit.id:
                yield Diagnostic("a unit can't borrow a result from itself", place, "write: own")
            elif lender not in units and not folder.sealed:
                yield Diagnostic(f"unknown unit '{lender}'", place, did_you_mean(lender, units))
        if use.derive is not None and not folder.sealed:
            yield from _check_derive(unit, units, index, use)
    if model.parent is not None and model.parent not in units and not folder.sealed:
        yield Diagnostic(
            f"unknown unit '{model.parent}'",
            node.at("parent"),
            did_you_mean(model.parent, units),
        )
    if model.scale is not None and model.scale not in agency.scales:
        yield Diagnostic(
            f"unknown scale '{model.scale}'",
            node.at("scale"),
            did_you_mean(model.scale, agency.scales),
        )
    keys = seen - unit.unknown
    for row, strategy in enumerate(model.strategy):
        for column, key in enumerate(strategy.indicators):
            if key not in seen and not unit.may_mean(key):
                yield Diagnostic(
                    f"the unit has no indicator '{key}'",
                    node.at("strategy", row, "indicators", column),
                    did_you_mean(key, keys),
                )


def _check_derive(unit: UnitFile, units: set[str], index: int, use: Use) -> Iterator[Diagnostic]:
    """The unit that an indicator derives from exists, and is another one."""
    place = unit.file.node.at("indicators", index, "derive", "from")
    above = use.origin[0] if use.origin is not None else ""
    if above == unit.id:
        yield Diagnostic(
            "a unit can't derive an indicator from itself", place, "name the unit above"
        )
    elif above not in units:
        yield Diagnostic(f"unknown unit '{above}'", place, did_you_mean(above, units))


def check_codes(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
    """No two units have one code: they would write the same files."""
    first: dict[str, UnitFile] = {}
    for unit in units:
        if unit.file.model is None:
            continue
        key = thai.folded(unit_id(unit)).casefold()
        if key in RESERVED_IDS:
            yield Diagnostic(f"no unit can be called '{key}'", unit.file.node.at("code"))
        other = first.setdefault(key, unit)
        if other is not unit:
            yield Diagnostic(
                f"two units have the code '{unit_id(unit)}'",
                unit.file.node.at("code"),
                f"{other.file.path.name} has it too; give one of them another",
            )


def check_parents(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
    """Nobody belongs to itself, not even by way of others."""
    parents = {unit.id: unit.unit.parent for unit in units if unit.file.model is not None}
    for unit in units:
        chain = [unit.id]
        while (parent := parents.get(chain[-1])) is not None and parent not in chain:
            chain.append(parent)
        if parent == unit.id:
            yield Diagnostic(
                "units belong to each other in a circle: " + " → ".join([*chain, unit.id]),
                unit.file.node.at("parent"),
            )


def check_borrowing(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
    """A borrowed result leads to a unit that has the indicator, and never in a circle."""
    by_id = {unit.id: unit for unit in units if unit.file.model is not None}
    for unit in by_id.values():
        for index, use in enumerate(unit.unit.indicators):
            lender = by_id.get(use.result.from_ or "")
            if lender is None or lender is unit:
                continue
            place = unit.file.node.at("indicators", index, "result", "from")
            if all(other.key != use.key for other in lender.unit.indicators):
                if use.key in unit.unknown or lender.may_mean(use.key):
                    continue
                yield Diagnostic(
                    f"'{lender.id}' has no indicator '{use.key}' to borrow from", place
                )
                continue
            chain = [unit.id]
            current: UnitFile | None = unit
            while current is not None:
                source = next((u for u in current.unit.indicators if u.key == use.key), None)
                step = source.result.from_ if source is not None else None
                current = by_id.get(step) if step is not None else None
                if current is not None and current.id in chain:
                    if current is unit:  # who only leads into a circle has no part in it
                        yield Diagnostic(
                            "results are borrowed in a circle: " + " → ".join([*chain, current.id]),
                            place,
                            "let one of them report its own",
                        )
                    break
                if current is not None:
                    chain.append(current.id)


def check_deriving(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
    """Indicators derive from those of units above, never in a circle.

    What is taken over from another unit was looked for when it was read.
    """
    by_id = {unit.id: unit for unit in units if unit.file.model is not None}
    for unit in by_id.values():
        for index, use in enumerate(unit.unit.indicators):
            above = by_id.get(use.origin[0]) if use.origin is not None else None
            if above is None or above is unit:
                continue
            node = unit.file.node.find(("indicators", index))
            if not _stands_above(above, unit, by_id):
                yield Diagnostic(
                    f"'{unit.id}' doesn't stand below '{above.id}', to derive an indicator from it",
                    node.at("derive"),
                    "name the unit it belongs to (parent:), or one above that",
                )
            if not use.derived:
                yield from _check_link(by_id, unit, use, node)


def _stands_above(above: UnitFile, unit: UnitFile, by_id: Mapping[str, UnitFile]) -> bool:
    """Whether a unit belongs to another, or whatever it belongs to is of a lower level."""
    chain = [unit]
    while (parent := by_id.get(chain[-1].unit.parent or "")) is not None and parent not in chain:
        chain.append(parent)
    top = LEVELS.index(chain[-1].unit.level)
    return above in chain or LEVELS.index(above.unit.level) < top


def _check_link(
    by_id: Mapping[str, UnitFile], unit: UnitFile, use: Use, node: Node
) -> Iterator[Diagnostic]:
    """An indicator that only names where it comes from leads there, and not back to itself."""
    chain = [(unit.id, use.key)]
    step = use.origin
    while step is not None and step[0] in by_id:
        owner = by_id[step[0]].unit
        found = next((other for other in owner.indicators if other.key == step[1]), None)
        if found is None:
            if len(chain) == 1 and not by_id[step[0]].may_mean(step[1]):
                yield nothing_to_derive(*step, owner, node)
            return
        if step in chain:
            if step == chain[0]:
                yield circle((*chain, step), node)
            return
        chain.append(step)
        step = found.origin

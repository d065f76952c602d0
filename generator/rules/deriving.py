"""Units stand below one another, and indicators derive from those of units above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..agreements.files import UnitFile
from ..agreements.merging import circle, nothing_to_derive
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, fault
from ..model import LEVELS, Use


def check_parents(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
    """Nobody belongs to itself, not even by way of others."""
    parents = {unit.id: unit.unit.parent for unit in units if unit.file.model is not None}
    for unit in units:
        chain = [unit.id]
        while (parent := parents.get(chain[-1])) is not None and parent not in chain:
            chain.append(parent)
        if parent == unit.id:
            circle_of = " → ".join([*chain, unit.id])
            yield fault("units-belong-in-a-circle", unit.file.node.at("parent"), units=circle_of)


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
                yield fault("unit-not-below", node.at("derive"), unit=unit.id, above=above.id)
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

"""A borrowed result leads to a unit that reports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..agreements.files import UnitFile
from ..diagnostics import Diagnostic, fault
from ..model import Agency
from ..model.round_sets import ids_of


def check_rounds(units: Sequence[UnitFile], agency: Agency) -> Iterator[Diagnostic]:
    """Who lends a result has the rounds in which it counts for the other."""
    by_id = {unit.id: unit for unit in units if unit.file.model is not None}
    for unit in by_id.values():
        for resolved in unit.indicators:
            lender = by_id.get(resolved.item.use.result.from_ or "")
            if lender is None:
                continue
            asked = filter(resolved.item.indicator.assessed_in, ids_of(unit.unit, agency))
            lacking = tuple(name for name in asked if name not in ids_of(lender.unit, agency))
            if lacking:
                place = unit.file.node.at(*resolved.place, "result", "from")
                yield fault("lender-without-round", place, unit=lender.id, rounds=lacking)


def check(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
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
                yield fault("nothing-to-borrow", place, unit=lender.id, indicator=use.key)
                continue
            chain = [unit.id]
            current: UnitFile | None = unit
            while current is not None:
                source = next((u for u in current.unit.indicators if u.key == use.key), None)
                step = source.result.from_ if source is not None else None
                current = by_id.get(step) if step is not None else None
                if current is not None and current.id in chain:
                    if current is unit:  # who only leads into a circle has no part in it
                        circle = " → ".join([*chain, current.id])
                        yield fault("results-borrowed-in-a-circle", place, units=circle)
                    break
                if current is not None:
                    chain.append(current.id)

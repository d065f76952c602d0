"""What a unit's file names is there: components, rounds, scales, units, indicators."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import AgencyFolder, UnitFile
from ..agreements.paths import id_of
from ..diagnostics import Diagnostic, Location, did_you_mean, fault
from ..model import ALL, Agency, Unit, Use
from ..model.tree import components_of, walk
from ..workspace.confined import file_name_fault
from . import rounds


def check(
    folder: AgencyFolder, unit: UnitFile, model: Unit, agency: Agency
) -> Iterator[Diagnostic]:
    """What the unit's file names exists; its code can name files; no use stands twice."""
    yield from _check_code(unit, model)
    yield from _check_components(unit, model, agency)
    yield from _check_rounds(unit, model, agency, sealed=folder.sealed)
    for index, use in enumerate(model.indicators):
        yield from _check_lender(folder, unit, index, use)
        if use.derive is not None and not folder.sealed:
            yield from _check_derive(folder, unit, index, use)
    node = unit.file.node
    if model.parent is not None and not folder.has_unit(model.parent):
        yield _unknown(folder, model.parent, node.at("parent"))
    if model.scale is not None and model.scale not in agency.scales:
        yield fault(
            "unknown-scale",
            node.at("scale"),
            hint=did_you_mean(model.scale, agency.scales),
            name=model.scale,
        )
    yield from _check_strategy(unit, model)


def _check_code(unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    """The code can name files."""
    node = unit.file.node
    name = model.code if model.code is not None else unit.id
    if reason := file_name_fault(name):
        place = node.at("code") if model.code is not None else node.location
        yield fault("code-cannot-name-files", place, name=name, reason=reason)


def _check_components(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """Indicators stand in components of the unit's weight tree, each once."""
    node = unit.file.node
    known = {component.id for component in walk(components_of(model, agency))}
    seen: set[str] = set()
    for index, use in enumerate(model.indicators):
        if use.component not in known:
            yield fault(
                "unknown-component",
                node.at("indicators", index, "component"),
                hint=did_you_mean(use.component, known),
                name=use.component,
            )
        if use.key in seen:
            yield fault("indicator-used-twice", node.at("indicators", index), indicator=use.key)
        seen.add(use.key)


def _check_rounds(
    unit: UnitFile, model: Unit, agency: Agency, *, sealed: bool
) -> Iterator[Diagnostic]:
    """The unit's rounds are a set of the agency's, and weights are stated for rounds of it."""
    node, sets = unit.file.node, agency.round_sets
    if model.rounds is not None and model.rounds not in sets:
        place, hint = node.at("rounds"), did_you_mean(model.rounds, sets)
        yield fault("no-such-round-set", place, hint=hint, name=model.rounds)
        return
    for index, use in enumerate(model.indicators):
        for key in use.weight or {}:
            if key != ALL:
                place = node.key_at("indicators", index, "weight", key)
                yield from rounds.of_unit(key, model, agency, place)
    for resolved in unit.indicators:
        yield from rounds.check_assessed(unit, resolved, model, agency, sealed=sealed)


def _check_lender(
    folder: AgencyFolder, unit: UnitFile, index: int, use: Use
) -> Iterator[Diagnostic]:
    """The unit that a result is borrowed from exists, and is another one."""
    lender = use.result.from_
    if lender is None:
        return
    place = unit.file.node.at("indicators", index, "result", "from")
    if lender == unit.id:
        yield fault("borrowed-from-itself", place)
    elif not folder.has_unit(lender):
        yield _unknown(folder, lender, place)


def _check_strategy(unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    """Goals of the strategy are measured by indicators of the unit."""
    used = {use.key for use in model.indicators}
    keys = used - unit.unknown
    for row, strategy in enumerate(model.strategy):
        for column, key in enumerate(strategy.indicators):
            if key not in used and not unit.may_mean(key):
                yield fault(
                    "unit-has-no-indicator",
                    unit.file.node.at("strategy", row, "indicators", column),
                    hint=did_you_mean(key, keys),
                    name=key,
                )


def _check_derive(
    folder: AgencyFolder, unit: UnitFile, index: int, use: Use
) -> Iterator[Diagnostic]:
    """The unit that an indicator derives from exists, and is another one."""
    place = unit.file.node.at("indicators", index, "derive", "from")
    above = use.origin[0] if use.origin is not None else ""
    if above == unit.id:
        yield fault("derived-from-itself", place)
    elif not folder.has_unit(above):
        yield _unknown(folder, above, place)


def _unknown(folder: AgencyFolder, name: str, place: Location) -> Diagnostic:
    """That no unit is called so; all units are looked at for a name like it."""
    units = {id_of(path) for path in folder.unit_paths}
    return fault("unknown-unit", place, hint=did_you_mean(name, units), name=name)

"""One indicator of several nodes: what it extends, its variants, overrides, what it derives from.

Merging happens on the source's nodes, so that a fault in merged data still names the file and
line where the officer wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
from ..model import Indicator, Unit, UnitIndicator, Use
from . import yaml_tree
from .blanks import fill_blanks
from .files import AgencyFolder, ResolvedIndicator, read_file
from .model_faults import is_meant, to_model
from .yaml_tree import Node


def unknown_in(folder: AgencyFolder, uses: Iterable[Use]) -> frozenset[str]:
    """The keys of uses that name an indicator which neither the agency nor a unit above has."""
    return frozenset(
        key
        for use in uses
        if (missing := missing_in(folder, use)) is not None
        for key in (use.key, missing)
        if key is not None
    )


def missing_in(folder: AgencyFolder, use: Use) -> str | None:
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
        filled, missing, blank_faults = fill_blanks(merged.node.without("variants"), merged.use)
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
    node = vary(node, level, faults)
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
    unknown = unknown_in(folder, file.model.indicators)
    if is_meant(key, unknown):
        # The other unit's use is misspelt: that is the fault, and it stands there.
        faults += _misspelt(folder, file.node, file.model.indicators, key)
    else:
        faults.append(nothing_to_derive(unit, key, file.model, use_node))
    return None


def _misspelt(
    folder: AgencyFolder, above: Node, uses: Iterable[Use], key: str
) -> Iterator[Diagnostic]:
    """The uses of a unit that name an unknown indicator which is nearly ``key``."""
    for index, use in enumerate(uses):
        missing = missing_in(folder, use)
        if missing is None or not is_meant(key, [missing]):
            continue
        node = above.find(("indicators", index))
        if use.use is not None:
            yield _unknown_indicator(folder, missing, node)
        elif use.origin is not None:
            lender = read_file(folder.unit_path(use.origin[0]), Unit).model
            if lender is not None:
                yield nothing_to_derive(*use.origin, lender, node)


def circle(chain: Chain, use_node: Node) -> Diagnostic:
    """Indicators that derive from each other; ``use_node`` closes the circle."""
    steps = [message("indicator-of-unit", indicator=key, unit=unit) for unit, key in chain]
    said = reduce(lambda before, step: message("leads-to", before=before, after=step), steps)
    return fault("deriving-in-a-circle", use_node.at("derive"), chain=said)


def nothing_to_derive(unit: str, key: str, model: Unit, use_node: Node) -> Diagnostic:
    """A unit doesn't have the indicator that a use derives from."""
    return fault(
        "nothing-to-derive",
        use_node.at("derive"),
        hint=did_you_mean(key, (use.key for use in model.indicators)),
        unit=unit,
        indicator=key,
    )


def _unknown_indicator(folder: AgencyFolder, name: str, use_node: Node) -> Diagnostic:
    return fault(
        "unknown-indicator",
        use_node.at("use"),
        hint=did_you_mean(name, folder.indicators) or message("no-indicators-yet"),
        name=name,
    )


def _indicator_node(
    folder: AgencyFolder, use: Use, use_node: Node, faults: list[Diagnostic]
) -> Node | None:
    if use.define is not None:
        return extend(folder, use_node.find(("define",)), (), faults)
    assert use.use is not None
    file = folder.indicators.get(use.use)
    if file is None:
        faults.append(_unknown_indicator(folder, use.use, use_node))
        return None
    faults += file.faults
    if file.model is None:
        return None
    return extend(folder, file.node, (use.use,), faults)


def extend(
    folder: AgencyFolder, node: Node, chain: tuple[str, ...], faults: list[Diagnostic]
) -> Node | None:
    """``node`` laid over the indicator it extends, and so on down the chain."""
    base_node = node.child("extends")
    base = base_node.value if base_node is not None else None
    if base_node is None or base is None:
        return node.without("extends")
    if not isinstance(base, str):
        return node
    if base in chain:
        faults.append(
            fault("extending-in-a-circle", base_node.location, chain=" → ".join((*chain, base)))
        )
        return None
    file = folder.indicators.get(base)
    if file is None:
        faults.append(
            fault(
                "unknown-indicator",
                base_node.location,
                hint=did_you_mean(base, folder.indicators),
                name=base,
            )
        )
        return None
    faults += file.faults
    below = extend(folder, file.node, (*chain, base), faults)
    return None if below is None else yaml_tree.merge(below, node.without("extends"))


def vary(node: Node, level: str, faults: list[Diagnostic]) -> Node:
    """An indicator's node with the variant of a level of unit laid over it."""
    variants = node.child("variants")
    variant = variants.child(level) if variants is not None else None
    bare = node.without("variants")
    return bare if variant is None else _lay_over(bare, variant, faults)


def _lay_over(node: Node, patch: Node, faults: list[Diagnostic]) -> Node:
    """``node`` with a variant or an override over it, in which nothing may pass unheard."""
    faults += [
        fault("not-in-variant-or-override", patch.key_at(key), key=key)
        for key in ("extends", "variants")
        if patch.child(key) is not None
    ]
    return yaml_tree.merge(node, patch)

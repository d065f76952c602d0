"""English names: where the form prints them there are some, and no two things share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..agreements.files import UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, fault, warning
from ..messages import message
from ..model import Agency, Component, Unit
from ..model.agency import SecondNamePlace
from .completeness import pending

IN_TABLES = {"tables", "report"}
"""The places that print the names of components; those of indicators stand on sheets, too."""


def check_agency(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """Places stand once; the components of the agency's trees have names where they are printed."""
    for index, place in enumerate(agency.second_names):
        if place in agency.second_names[:index]:
            yield fault("second-names-twice", node.at("second_names", index), place=place)
    for path, tree in (
        (("components",), agency.components),
        (("personal", "components"), agency.personal.components),
    ):
        yield from _check_tree(node.find(path), tree, agency, final=False)


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """A final has every English name that its form prints; a draft is told which are missing."""
    node, places = unit.file.node, frozenset(agency.second_names)
    final = model.status == "final"
    if model.name is not None:
        yield from _check_name(node, (model.name, model.name_en), "heads" in places, places, final)
    if model.components is not None:
        yield from _check_tree(node.find(("components",)), model.components, agency, final)
    names = Counter(resolved.item.indicator.name_en for resolved in unit.indicators)
    for resolved in unit.indicators:
        indicator, use = resolved.item.indicator, node.find(resolved.place)
        named = (indicator.name, indicator.name_en)
        yield from _check_name(use, named, places != {"heads"} and bool(places), places, final)
        if indicator.name_en is not None and names[indicator.name_en] > 1:
            yield fault("second-name-of-two", use.location, name=indicator.name_en)


def _check_tree(
    node: Node, tree: Sequence[Component], agency: Agency, final: bool
) -> Iterator[Diagnostic]:
    places = frozenset(agency.second_names)
    for index, component in enumerate(tree):
        place, named = node.find((index,)), (component.name, component.name_en)
        # Only the lowest stand in tables.
        wanted = bool(places & IN_TABLES) and not component.components
        yield from _check_name(place, named, wanted, places, final)
        yield from _check_tree(place.find(("components",)), component.components, agency, final)


def _check_name(
    node: Node,
    named: tuple[str, str | None],
    wanted: bool,
    places: frozenset[SecondNamePlace],
    final: bool,
) -> Iterator[Diagnostic]:
    name, english = named
    if english is None:
        if wanted:
            yield pending(final, message("second-name-missing", name=name), node.location)
    elif english.casefold() == name.casefold():
        yield fault("second-name-repeated", node.at("name_en"), name=name)
    elif not places:
        yield warning("second-name-printed-nowhere", node.at("name_en"), name=english)

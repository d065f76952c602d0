"""The weight tree: what counts for what, and how much a use of an indicator weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ..exact import add
from . import Agency, Component, Grade, RoundId, Unit, UnitIndicator, Use


def components_of(unit: Unit, agency: Agency) -> list[Component]:
    """The weight tree that holds for a unit: its own, that of all persons, or the agency's."""
    if unit.components is not None:
        return unit.components
    return (unit.level == "person" and agency.personal.components) or agency.components


def weights_sum(unit: Unit, agency: Agency) -> Decimal:
    """What all weights of a unit's tree add up to: 100 percent, 1, or a number of points."""
    if unit.weights_sum is not None:
        return unit.weights_sum
    of_persons = unit.components is None and unit.level == "person" and agency.personal.components
    if of_persons and agency.personal.weights_sum is not None:
        return agency.personal.weights_sum
    return agency.weights_sum


def grades_of(unit: Unit, agency: Agency) -> list[Grade]:
    """The bands of a unit's total: those of persons, or the agency's."""
    return (unit.level == "person" and agency.personal.grades) or agency.grades


def weight_in(use: Use, round_id: RoundId) -> Decimal | None:
    """A use's weight in a round, or None where it has none."""
    if use.weight is None:
        return None
    return use.weight.get(round_id, use.weight.get("all"))


def indicators_of(
    component: Component, items: Iterable[UnitIndicator]
) -> tuple[UnitIndicator, ...]:
    """The indicators that a component holds itself, in the order of the unit's file."""
    return tuple(item for item in items if item.use.component == component.id)


def pools(components: Sequence[Component], whole: Decimal) -> list[list[Component]]:
    """The roots that are totalled together: all that count and share ``whole``, else each."""
    roots = [component for component in components if component.counts]
    weights = [root.weight for root in roots if root.weight is not None]
    if len(weights) == len(roots) and add(weights) == whole:
        return [roots]
    return [[root] for root in roots]


def walk(components: Iterable[Component]) -> Iterator[Component]:
    """Every node of the tree, each before its children."""
    for component in components:
        yield component
        yield from walk(component.components)

"""The weight tree adds up: every node to what it states, in every round."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from .. import thai
from ..agreements.files import UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, Severity, fault, warning
from ..exact import add, bare
from ..messages import message
from ..model import Agency, Component, Round, Unit
from ..model.round_sets import rounds_of
from ..model.tree import components_of, walk, weight_in, weights_sum


def check_tree(node: Node, components: list[Component], whole: Decimal) -> Iterator[Diagnostic]:
    """Ids are unique, nodes that hold nodes add up to what they state, and all to ``whole``."""
    seen: set[str] = set()
    yield from _check_nodes(node, components, seen)
    yield from _check_roots(node, components, whole)


def _check_roots(node: Node, components: list[Component], whole: Decimal) -> Iterator[Diagnostic]:
    """What counts at the top shares what all weights add up to, or each has all of it.

    One root of another weight is scored against that weight; it is an error where it says that
    weights are no percents.
    """
    roots = [component for component in components if component.counts]
    weights = [root.weight for root in roots if root.weight is not None]
    if not weights or len(weights) < len(roots) or min(weights) < 0:
        return
    if add(weights) == whole or all(weight == whole for weight in weights):
        return
    found = fault(
        "weights-sum-elsewhere",
        node.at(components.index(roots[0]), "weight"),
        components=tuple(root.id for root in roots),
        sum=bare(add(weights)),
        stated=bare(whole),
    )
    is_certain = len(roots) > 1 or add(weights) <= 1
    yield found if is_certain else replace(found, severity=Severity.WARNING)


def _check_nodes(node: Node, components: list[Component], seen: set[str]) -> Iterator[Diagnostic]:
    for index, component in enumerate(components):
        if component.id in seen:
            yield fault("component-twice", node.at(index, "id"), name=component.id)
        seen.add(component.id)
        if component.weight is not None and component.weight < 0:
            yield _below_zero(component.weight, node.at(index, "weight"))
        yield from _check_words(node.find((index,)), component)
        inner = node.find((index, "components"))
        weights = [child.weight for child in component.components if child.counts]
        if component.weight is not None and weights and None not in weights:
            # A node may hold indicators beside its nodes; then only the unit can tell.
            total = sum((w for w in weights if w is not None), Decimal(0))
            if total > component.weight:
                yield _wrong(component, total, node.at(index, "weight"))
        yield from _check_nodes(inner, component.components, seen)


_PERCENT = re.compile(r"ร้อยละ\s*([0-9๐-๙]+(?:\.[0-9๐-๙]+)?)")


def _check_words(node: Node, component: Component) -> Iterator[Diagnostic]:
    """Words that name one percentage name the weight; headings print them as they are typed."""
    for key in ("name", "short", "heading", "row"):
        said = _PERCENT.findall(getattr(component, key) or "")
        if component.weight is None or len(said) != 1:
            continue
        if Decimal(thai.arabic_digits(said[0])) != component.weight:
            yield warning(
                "words-differ-from-weight",
                node.at(key),
                key=key,
                component=component.id,
                said=said[0],
                weight=thai.number(component.weight),
            )


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """The unit's weights add up to what each component states, in every round."""
    components = components_of(model, agency)
    node = unit.file.node
    if model.components is not None:
        yield from check_tree(node.find(("components",)), components, weights_sum(model, agency))
    for index, use in enumerate(model.indicators):
        for key, stated in (use.weight or {}).items():
            if stated < 0:
                yield _below_zero(stated, node.at("indicators", index, "weight", key))
    if all(use.weight is None for use in model.indicators):
        return
    known = {component.id for component in walk(components)}
    if any(use.component not in known for use in model.indicators):
        return  # rules.references names the component; what the weights lack is there
    by_round = any(set(use.weight or {}) - {"all"} for use in model.indicators)
    places = {
        use.component: node.at("indicators", index, "weight")
        for index, use in enumerate(model.indicators)
    }
    fallback = node.at("indicators")
    for r in rounds_of(model, agency):
        left_out = {i.key for i in unit.items if not i.indicator.assessed_in(r.id)}
        sums, unweighted = _weighed(model, components, r, left_out)
        round_id = r.id if by_round else None
        for component in components:
            yield from _check_sums(component, sums, unweighted, places, fallback, round_id)


def _weighed(
    model: Unit, components: list[Component], round_: Round, left_out: Collection[str]
) -> tuple[dict[str, Decimal], set[str]]:
    """What each component's indicators weigh in a round; the components with unweighted ones.

    What isn't assessed in it has the weight that the other rounds give it, or none.
    """
    sums: dict[str, Decimal] = {}
    unweighted: set[str] = set()
    for use in model.indicators:
        weight = weight_in(use, round_.id)
        if weight is None and use.key in left_out:
            continue
        if weight is None:
            unweighted.add(use.component)
        else:
            sums[use.component] = sums.get(use.component, Decimal(0)) + weight
    if model.status == "draft":
        # A component that a draft doesn't mention at all is still to be agreed.
        used = {use.component for use in model.indicators}
        leaves = [c for c in walk(components) if not c.components and c.scored_from is None]
        unweighted |= {c.id for c in leaves} - used
    return sums, unweighted


def _check_sums(
    component: Component,
    sums: Mapping[str, Decimal],
    unweighted: set[str],
    places: Mapping[str, Location],
    fallback: Location,
    round_id: str | None,
) -> Iterator[Diagnostic]:
    for child in component.components:
        yield from _check_sums(child, sums, unweighted, places, fallback, round_id)
    if component.weight is None or any(c.id in unweighted for c in walk([component])):
        return
    if component.scored_from is not None:
        return  # its weight is that of the competencies
    total = total_of(component, sums)
    if total != component.weight:
        yield _wrong(component, total, places.get(component.id, fallback), round_id)


def total_of(component: Component, sums: Mapping[str, Decimal]) -> Decimal:
    """What stands directly below a node; a node that states no weight counts for what it holds."""
    return sums.get(component.id, Decimal(0)) + sum(
        (
            total_of(child, sums) if child.weight is None else child.weight
            for child in component.components
            if child.counts
        ),
        Decimal(0),
    )


def _below_zero(weight: Decimal, place: Location) -> Diagnostic:
    return fault("weight-below-zero", place, weight=thai.number(weight))


def _wrong(
    component: Component, total: Decimal, place: Location, round_id: str | None = None
) -> Diagnostic:
    assert component.weight is not None
    stated = thai.number(component.weight)
    said = (
        message("weights-do-not-add-up", component=component.id, sum=bare(total), stated=stated)
        if round_id is None
        else message(
            "weights-do-not-add-up-in-round",
            component=component.id,
            sum=bare(total),
            stated=stated,
            round=round_id,
        )
    )
    return Diagnostic(said, place, message("change-weights"))

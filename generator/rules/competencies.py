"""Competencies that count: the rule covers what can be assessed, the tree has one place for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..agreements.files import DataFile, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, fault, warning
from ..exact import bare
from ..messages import message
from ..model import Agency, Competency, CompetencyRule, Component, Results, Unit
from ..model.tree import components_of, walk
from ..scoring import competencies
from .completeness import pending


def check_agency(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """The rule by itself, and the trees of agency.yaml."""
    personal = agency.personal
    for place, one in _scored(node.find(("components",)), agency.components):
        yield fault("competencies-outside-persons", place.at("scored_from"), component=one.id)
    tree = node.find(("personal", "components"))
    yield from _check_tree(tree, personal.components, personal.competencies)
    forms = [
        (use.component, node.at("form", "indicators", index, "component"))
        for index, use in enumerate(agency.form.indicators)
    ]
    nodes = {one.id for _, one in _scored(tree, personal.components)}
    for component, where in forms:
        if component in nodes:
            yield fault("indicator-among-competencies", where, component=component)
    if personal.competencies is not None:
        yield from _check_rule(node.find(("personal", "competencies")), personal.competencies)


def _check_rule(node: Node, rule: CompetencyRule) -> Iterator[Diagnostic]:
    """Gaps without a hole, from nought; more is never worth less, nothing less than nought."""
    points = [*rule.gaps.values(), *([] if rule.below is None else [rule.below])]
    if any(earned < 0 for earned in points) or (points and not any(points)):
        yield fault("gap-points-below-nought", node.at("gaps"))
    if not rule.gaps:
        return
    gaps = sorted(rule.gaps)
    missing = [gap for gap in range(min(*gaps, 0), max(*gaps, 0) + 1) if gap not in rule.gaps]
    if missing:
        yield fault("gaps-with-a-hole", node.at("gaps"), gap=", ".join(map(str, missing)))
    rising = [rule.gaps[gap] for gap in gaps]
    if rule.below is not None:
        rising.insert(0, rule.below)
    if rising != sorted(rising):
        yield fault("gap-points-fall", node.at("gaps"))


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """A unit's own tree, what stands in its nodes, and a person's competencies under the rule."""
    node = unit.file.node
    rule = agency.personal.competencies
    tree = components_of(model, agency)
    scored = {one.id for one in walk(tree) if one.scored_from is not None}
    if model.components is not None:
        own = node.find(("components",))
        if model.level != "person":
            for place, one in _scored(own, model.components):
                yield fault(
                    "competencies-outside-persons", place.at("scored_from"), component=one.id
                )
        else:
            yield from _check_tree(own, model.components, rule)
    if model.level != "person":
        return
    for index, use in enumerate(model.indicators):
        if use.component in scored:
            yield fault(
                "indicator-among-competencies",
                node.at("indicators", index, "component"),
                component=use.component,
            )
        if use.key in scored:
            yield fault("indicator-called-as-node", node.at("indicators", index), name=use.key)
    if scored and not model.competencies:
        said = message("competencies-that-count-missing", component=min(scored))
        yield pending(model.status == "final", said, node.at("competencies"))
    if rule is not None and model.competencies:
        if not scored:
            yield warning("competencies-count-nowhere", node.key_at("competencies"))
        yield from _check_person(node, model.competencies, rule)


def _check_person(
    node: Node, found: Sequence[Competency], rule: CompetencyRule
) -> Iterator[Diagnostic]:
    """Expected levels are of the scale, every gap has points, and the sum is what is divided by."""
    unweighed = [index for index, one in enumerate(found) if one.weight is None]
    if 0 < len(unweighed) < len(found):
        for index in unweighed:
            yield fault(
                "competency-unweighed", node.at("competencies", index), name=found[index].id
            )
        return
    for index, one in enumerate(found):
        place = node.at("competencies", index, "expected")
        if not rule.lowest <= one.expected <= rule.highest:
            yield _beyond(one.expected, rule, place)
            continue
        if rule.read == "ratio" and one.expected == 0:
            yield fault("ratio-to-nought", place, name=one.id)
        least = rule.lowest - one.expected
        if rule.gaps and rule.below is None and least < min(rule.gaps):
            yield fault("gap-not-covered", place, name=one.id, level=rule.lowest, gap=least)
    most = competencies.out_of(rule, found)
    if rule.out_of is not None and most != rule.out_of:
        yield fault(
            "competencies-out-of-other",
            node.key_at("competencies"),
            most=bare(most),
            stated=bare(rule.out_of),
        )


def check_results(
    file: DataFile[Results], results: Results, agency: Agency
) -> Iterator[Diagnostic]:
    """Levels that were assessed are of the rule's scale."""
    rule = agency.personal.competencies
    if rule is None:
        return
    for key, level in results.competencies.items():
        if not rule.lowest <= level <= rule.highest:
            yield _beyond(level, rule, file.node.at("competencies", key))


def _beyond(level: int, rule: CompetencyRule, place: Location) -> Diagnostic:
    return fault(
        "competency-beyond-levels", place, level=level, lowest=rule.lowest, highest=rule.highest
    )


def _check_tree(
    node: Node, tree: Sequence[Component], rule: CompetencyRule | None
) -> Iterator[Diagnostic]:
    """One node at most is scored from competencies: it has a weight, and holds no others."""
    scored = [*_scored(node, tree)]
    for place, one in scored:
        where = place.at("scored_from")
        if len(scored) > 1:
            yield fault("competencies-scored-twice", where, component=one.id)
        if rule is None:
            yield fault("competencies-without-rule", where, component=one.id)
        if one.components:
            yield fault("node-of-competencies-holds-others", place.at("components"), name=one.id)
        if one.weight is None:
            yield fault("node-of-competencies-unweighed", where, name=one.id)


def _scored(node: Node, tree: Sequence[Component]) -> Iterator[tuple[Node, Component]]:
    """The nodes that are scored from competencies, with their places."""
    for index, component in enumerate(tree):
        place = node.find((index,))
        if component.scored_from is not None:
            yield place, component
        yield from _scored(place.find(("components",)), component.components)

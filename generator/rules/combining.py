"""Parts in groups, sums with a cap, and what may be taken off a score or added to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..agreements.files import DataFile, ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..exact import add, bare
from ..model import Agency, Combine, Criteria, CriteriaPart, PartGroup, Results, Unit
from ..model.scales import combined_by, scale_of

WHOLE = 100
"""What the weights of parts add up to, in percent, unless they are weighed as all else is."""


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """Groups have parts, sums a cap that can be reached, adjustments fit the scale."""
    table = agency.scales.get(model.scale or agency.scale)
    full = table.levels[-1].points if table is not None else None
    for resolved in unit.indicators:
        for key, criteria in resolved.item.indicator.criteria.items():
            node = resolved.node.find(("criteria", key))
            yield from _check_groups(criteria, node)
            yield from _check_caps(criteria, node, model, agency, full)
            for index, one in enumerate(criteria.adjustments):
                if full is not None and one.most > full:
                    yield fault(
                        "adjustment-larger-than-scale",
                        node.at("adjustments", index, "most"),
                        name=one.id,
                        most=bare(one.most),
                        full=bare(full),
                    )


def check_weights(unit: UnitFile, agency: Agency) -> Iterator[Diagnostic]:
    """Parts and groups that are combined by weight have one each, and add up."""
    for resolved in unit.indicators:
        for key, criteria in resolved.item.indicator.criteria.items():
            if not criteria.parts:
                continue
            path = ("criteria", key)
            if combined_by(criteria, agency) == "weighted":
                yield from _check_weights(resolved, _members(criteria), path, agency)
            for group in criteria.groups:
                if group.combine == "weighted":
                    inside = [
                        (("parts", index), part)
                        for index, part in enumerate(criteria.parts)
                        if part.group == group.id
                    ]
                    yield from _check_weights(resolved, inside, path, agency)


def check_results(
    file: DataFile[Results], results: Results, unit: UnitFile
) -> Iterator[Diagnostic]:
    """Points are taken off or added where there is a result, and the criteria say so."""
    round_id = file.path.parent.name
    uses = {r.item.key: r.item for r in unit.indicators}
    for key, result in results.results.items():
        item = uses.get(key)
        if not result.adjustments or item is None:
            continue
        node = file.node.find(("results", key, "adjustments"))
        criteria = item.indicator.criteria_of(round_id)
        known = {one.id: one for one in criteria.adjustments} if criteria is not None else {}
        if result.only_words and not item.use.surveys:
            yield fault("adjustments-without-result", node.location)
        for name in result.adjustments:
            if name not in known:
                near = did_you_mean(name, known) if known else ""
                yield fault("no-such-adjustment", node.key_at(name), hint=near, name=name)


def _check_groups(criteria: Criteria, node: Node) -> Iterator[Diagnostic]:
    known = [group.id for group in criteria.groups]
    if criteria.groups and not criteria.parts:
        yield fault("groups-without-parts", node.at("groups"))
        return
    for index, part in enumerate(criteria.parts):
        if part.group is not None and part.group not in known:
            near = did_you_mean(part.group, known) if known else ""
            place = node.at("parts", index, "group")
            yield fault("unknown-group", place, hint=near, name=part.group)
    used = {part.group for part in criteria.parts}
    for index, name in enumerate(known):
        if name not in used:
            yield fault("group-without-parts", node.at("groups", index), name=name)


def _check_caps(
    criteria: Criteria, node: Node, model: Unit, agency: Agency, full: Decimal | None
) -> Iterator[Diagnostic]:
    """What is added up has a cap, which its parts reach; at the top it is the unit's full mark."""
    fulls = {part.id: _full(criteria, part, model, agency) for part in criteria.parts}
    for index, group in enumerate(criteria.groups):
        inside = [fulls[part.id] for part in criteria.parts if part.group == group.id]
        yield from _check_cap(group.combine, group.most, inside, node.find(("groups", index)))
    if not criteria.parts and criteria.most is None:
        return
    members = [
        fulls[member.id] if isinstance(member, CriteriaPart) else _full_of(member, criteria, fulls)
        for _, member in _members(criteria)
    ]
    rule = combined_by(criteria, agency) if criteria.parts else "min"
    yield from _check_cap(rule, criteria.most, members, node)
    if rule == "sum" and criteria.most is not None and full not in (None, criteria.most):
        mark = bare(full or Decimal(0))
        yield fault("cap-not-full-marks", node.at("most"), most=bare(criteria.most), full=mark)


def _check_cap(
    rule: Combine, most: Decimal | None, fulls: Sequence[Decimal | None], node: Node
) -> Iterator[Diagnostic]:
    if rule == "sum" and most is None:
        yield fault("sum-cap-missing", node.location)
    elif rule != "sum" and most is not None:
        yield fault("cap-of-no-sum", node.at("most"), rule=rule)
    elif most is not None and None not in fulls:
        reach = add(full for full in fulls if full is not None)
        if fulls and reach < most:
            yield fault("cap-beyond-sum", node.at("most"), sum=bare(reach), most=bare(most))


def _full(criteria: Criteria, part: CriteriaPart, model: Unit, agency: Agency) -> Decimal | None:
    """The full mark of a part's scale."""
    scale = scale_of(criteria.of_part(part), model, agency)
    return None if scale is None else scale.levels[-1].points


def _full_of(
    group: PartGroup, criteria: Criteria, fulls: dict[str, Decimal | None]
) -> Decimal | None:
    """The most that a group comes to."""
    if group.combine == "sum":
        return group.most
    return next((fulls[part.id] for part in criteria.parts if part.group == group.id), None)


def _members(
    criteria: Criteria,
) -> list[tuple[tuple[str | int, ...], CriteriaPart | PartGroup]]:
    """What is combined in the end, with its place: parts in no group, and groups."""
    found: list[tuple[tuple[str | int, ...], CriteriaPart | PartGroup]] = [
        (("parts", index), part) for index, part in enumerate(criteria.parts) if part.group is None
    ]
    return [*found, *((("groups", index), one) for index, one in enumerate(criteria.groups))]


def _check_weights(
    resolved: ResolvedIndicator,
    members: Sequence[tuple[tuple[str | int, ...], CriteriaPart | PartGroup]],
    path: tuple[str | int, ...],
    agency: Agency,
) -> Iterator[Diagnostic]:
    """What is combined by weight has a weight each, and adds up to 100 percent.

    In an agency whose weights add up to something else, it may do the same.
    """
    place = resolved.node.at(*path, "parts")
    weights = [member.weight for _, member in members if member.weight is not None]
    if len(weights) < len(members):
        yield fault("part-without-weight", place)
        return
    for at, member in members:
        if member.weight is not None and member.weight < 0:
            yield fault(
                "weight-below-zero",
                resolved.node.at(*path, *at, "weight"),
                weight=bare(member.weight),
            )
    if add(weights) not in (WHOLE, agency.weights_sum):
        said = " + ".join(map(bare, weights))
        yield fault(
            "weights-of-parts-do-not-add-up",
            place,
            sum=bare(add(weights)),
            stated=WHOLE,
            addition=said,
        )

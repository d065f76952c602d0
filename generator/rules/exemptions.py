"""What isn't judged: the decision says which rounds and parts, and its weight goes somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..agreements.files import ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, did_you_mean, fault
from ..exact import add, bare
from ..model import Agency, Component, Criteria, Exemption, RoundId, Unit, exemptions
from ..model.round_sets import ids_of
from ..model.scales import part_combined_by
from ..model.tree import components_of, pools, weight_in, weights_sum
from ..scoring.exemptions import receivers
from .rounds import of_unit


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """Each decision by itself, then what is left to judge in every round."""
    decided = [r for r in unit.indicators if r.item.use.exemptions]
    if not decided:
        return
    ids = ids_of(model, agency)
    for resolved in decided:
        node = unit.file.node.find((*resolved.place, "exemptions"))
        yield from _check_policy(resolved, node, agency)
        yield from _check_rounds(resolved, node, model, agency)
        yield from _check_parts(resolved, node, agency, ids)
    told: set[tuple[Location, str]] = set()
    for pool in pools(components_of(model, agency), weights_sum(model, agency)):
        for round_id in ids:
            for found in _check_left(unit, pool, agency, round_id, ids):
                if (found.location, found.code) not in told:
                    told.add((found.location, found.code))
                    yield found


def _check_policy(resolved: ResolvedIndicator, node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """The agency says what happens to weights; receivers are named where it says so, only there."""
    policy = agency.policies.exempt_weight
    for index, one in enumerate(resolved.item.use.exemptions):
        if policy is None:
            yield fault("exempt-weight-unsaid", node.at(index), indicator=resolved.item.key)
        elif one.weight_to is not None and policy != "given":
            yield fault("weight-given-by-no-policy", node.at(index, "weight_to"), policy=policy)


def _check_rounds(
    resolved: ResolvedIndicator, node: Node, model: Unit, agency: Agency
) -> Iterator[Diagnostic]:
    """Rounds are the agency's and follow one another; no round has two decisions on one thing."""
    ids = ids_of(model, agency)
    told: set[tuple[str, str | None]] = set()
    for index, one in enumerate(resolved.item.use.exemptions):
        wrong = [
            found
            for key, named in (("from", one.from_), ("until", one.until))
            if named is not None
            for found in of_unit(named, model, agency, node.at(index, key))
        ]
        yield from wrong
        if wrong:
            continue
        rounds = one.rounds(ids)
        if not rounds and one.kind == "begins-later":
            yield fault("begins-with-the-year", node.at(index, "from"), round=one.from_ or "")
        elif not rounds:
            yield fault(
                "exempt-until-before-from",
                node.at(index, "until"),
                first=one.from_ or "",
                last=one.until or "",
            )
        for round_id in rounds:
            if {(round_id, one.part), (round_id, None)} & told:
                yield fault(
                    "exempt-twice", node.at(index), indicator=resolved.item.key, round=round_id
                )
                break
        told |= {(round_id, one.part) for round_id in rounds}


def _check_parts(
    resolved: ResolvedIndicator, node: Node, agency: Agency, ids: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Parts are those of the criteria, some are left, and what they weigh goes to others."""
    use, indicator = resolved.item.use, resolved.item.indicator
    told: set[int] = set()
    for round_id in ids:
        criteria = indicator.criteria_of(round_id)
        of_round = [
            (index, one)
            for index, one in exemptions.in_force(use.exemptions, round_id, ids)
            if one.part is not None and index not in told
        ]
        if not of_round:
            continue
        parts = [part.id for part in criteria.parts] if criteria is not None else []
        gone = exemptions.of_parts(use.exemptions, round_id, ids)
        for index, one in of_round:
            assert one.part is not None
            found = list(
                _wrong_part(one, one.part, parts, criteria, gone, node.find((index,)), agency)
            )
            if found:
                told.add(index)
            yield from found
        if not told and parts and set(parts) <= gone.keys():
            told |= {index for index, _ in of_round}
            yield fault("all-parts-exempt", node.at(of_round[-1][0]), indicator=resolved.item.key)


def _wrong_part(
    one: Exemption,
    part: str,
    parts: Sequence[str],
    criteria: Criteria | None,
    gone: Mapping[str, Exemption],
    node: Node,
    agency: Agency,
) -> Iterator[Diagnostic]:
    if criteria is None or part not in parts:
        near = did_you_mean(part, parts)
        yield fault("exempt-part-unknown", node.at("part"), hint=near, part=part)
        return
    here = next(found for found in criteria.parts if found.id == part)
    rule = part_combined_by(criteria, here, agency)
    if rule == "sum":
        yield fault("exempt-part-of-sum", node.at("part"), part=part)
    if rule != "weighted":
        if one.weight_to is not None:
            yield fault("exempt-part-weighs-nothing", node.at("weight_to"), part=part)
        return
    if agency.policies.exempt_weight != "given":
        return
    weights = {p.id: p.weight for p in criteria.parts if p.group == here.group}
    yield from _check_receivers(one, part, weights[part], weights, set(gone), node)


def _check_left(
    unit: UnitFile,
    pool: Sequence[Component],
    agency: Agency,
    round_id: RoundId,
    ids: tuple[str, ...],
) -> Iterator[Diagnostic]:
    """Of whole indicators in a round: something is left, and their weights find receivers."""
    policy = agency.policies.exempt_weight
    nodes = {node.id for root in pool for node in _counted(root)}
    members = {r.item.key: r for r in unit.indicators if r.item.use.component in nodes}
    gone = {
        key: found
        for key, r in members.items()
        if (found := exemptions.whole(r.item.use.exemptions, round_id, ids)) is not None
    }
    weights = {key: weight_in(r.item.use, round_id) for key, r in members.items()}
    for key, one in gone.items():
        use = members[key].item.use
        index = use.exemptions.index(one)
        node = unit.file.node.find((*members[key].place, "exemptions", index))
        if members.keys() <= gone.keys():
            yield fault("nothing-left-to-judge", node.location, round=round_id)
        elif policy == "given":
            yield from _check_receivers(one, key, weights[key], weights, set(gone), node)
        elif policy in ("component", "tree") and weights[key]:
            within = [
                other
                for other, r in members.items()
                if policy == "tree" or r.item.use.component == use.component
            ]
            if not any(weights[other] for other in within if other not in gone):
                yield fault(
                    "nobody-takes-the-weight",
                    node.location,
                    indicator=key,
                    component=use.component,
                    round=round_id,
                )


def _check_receivers(
    one: Exemption,
    key: str,
    weight: Decimal | None,
    weights: Mapping[str, Decimal | None],
    gone: set[str],
    node: Node,
) -> Iterator[Diagnostic]:
    """Who gets the weight is there, judged, another, and gets all of it together."""
    if one.weight_to is None:
        if weight:
            yield fault("weight-to-nobody", node.location, name=key)
        return
    place = node.find(("weight_to",))
    for name in one.weight_to:
        if name == key:
            yield fault("weight-to-itself", place.at(name), name=key)
        elif name in gone:
            yield fault("weight-to-exempt", place.at(name), name=name)
        elif name not in weights:
            near = did_you_mean(name, [k for k in weights if k not in gone])
            yield fault("weight-to-unknown", place.at(name), hint=near, name=name)
    if weight is None:
        return
    shares = receivers(one.weight_to.items(), weight)
    if add(shares.values()) != weight:
        said = " + ".join(bare(share) for share in shares.values())
        yield fault(
            "weight-to-does-not-add-up", place.location, sum=said, weight=bare(weight), name=key
        )


def _counted(component: Component) -> Iterator[Component]:
    """A node that counts, and those below it that do."""
    if component.counts:
        yield component
        for child in component.components:
            yield from _counted(child)

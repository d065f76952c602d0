"""What an indicator weighs in a round in which others aren't judged.

Weights are what was agreed. Where something isn't judged, ``policies.exempt_weight`` says what
becomes of its weight: it is shared out in proportion within its component or the whole tree,
given to indicators that are named, or left out, and what is left is all there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..exact import Exact, add
from ..model import Agency, Component, Exemption
from ..model.round_sets import round_of
from ..model.tree import pools, walk


@dataclass(frozen=True, slots=True)
class Exempt:
    """Why something isn't judged. ``since`` and ``until`` are rounds, or empty.

    other-rounds is no decision: the indicator is assessed in other rounds than this one.
    """

    kind: Literal["not-applicable", "cancelled", "begins-later", "other-rounds"]
    reason: str = ""
    by: str = ""
    since: str = ""
    until: str = ""
    weight_to: tuple[tuple[str, Exact | None], ...] = ()


@dataclass(frozen=True, slots=True)
class WeightShared:
    """Shared out in proportion: ``agreed × group ÷ (group − exempt)``."""

    group: Fraction
    exempt: Fraction
    within: Literal["component", "tree"]


@dataclass(frozen=True, slots=True)
class WeightGiven:
    """Weights of others that were added: whose, and how much."""

    given: tuple[tuple[str, Exact], ...]


WeightChange = WeightShared | WeightGiven


@dataclass(frozen=True, slots=True)
class Weighed:
    """Something that has a weight: what was agreed, what counts, and what changed it.

    ``group``: the component it is in. ``counted`` None: it isn't judged, or weighs nothing yet.
    ``whole`` is what all weights add up to, without what is left out.
    """

    key: str
    name: str
    group: str
    agreed: Decimal | None
    exempt: Exempt | None = None
    counted: Exact | None = None
    change: WeightChange | None = None
    whole: Exact = Decimal(100)


def in_round(
    members: Sequence[Weighed],
    counting: Collection[str],
    tree: Sequence[Component],
    policy: str | None,
    whole: Decimal,
) -> tuple[Weighed, ...]:
    """What each indicator of a unit weighs in a round; ``counting`` says which count.

    The weight of what is assessed in other rounds is left out, whatever is decided of the rest.
    """
    found = {member.key: member for member in members}
    for roots in pools(tree, whole):
        ids = {component.id for component in walk(roots)}
        pool = [m for m in members if m.key in counting and m.group in ids]
        others = [m for m in pool if m.exempt is not None and m.exempt.kind == "other-rounds"]
        left = Fraction(whole) - exempt_weight(others) if others else whole
        pool = [replace(member, whole=left) for member in pool]
        found |= {member.key: member for member in pool}
        rest = [member for member in pool if member.key not in {other.key for other in others}]
        found |= {member.key: member for member in weigh(rest, policy)}
    return tuple(found[member.key] for member in members)


def described(exemption: Exemption, agency: Agency) -> Exempt:
    """A decision as it is printed: rounds by their names, where their ids aren't plain numbers."""

    def called(round_id: str | None) -> str:
        if round_id is None or round_id.isdecimal():
            return round_id or ""
        return round_of(agency, round_id).name.removeprefix("รอบ").lstrip()

    return Exempt(
        exemption.kind,
        exemption.reason,
        exemption.by,
        called(exemption.from_),
        called(exemption.until),
        tuple((exemption.weight_to or {}).items()),
    )


def exempt_weight(members: Iterable[Weighed]) -> Fraction:
    """What those weigh together that aren't judged."""
    return add(m.agreed for m in members if m.exempt is not None and m.agreed is not None)


def weigh(members: Sequence[Weighed], policy: str | None) -> tuple[Weighed, ...]:
    """What each weighs, all of one pool."""
    found = tuple(members)
    if policy == "given":
        return given(found)
    if policy == "tree":
        return shared(found, "tree")
    if policy == "left-out":
        return tuple(replace(m, whole=Fraction(m.whole) - exempt_weight(found)) for m in found)
    if policy != "component":
        return found
    groups = dict.fromkeys(member.group for member in found)
    by_key = {
        member.key: member
        for group in groups
        for member in shared([m for m in found if m.group == group], "component")
    }
    return tuple(by_key[member.key] for member in found)


def shared(members: Sequence[Weighed], within: Literal["component", "tree"]) -> tuple[Weighed, ...]:
    """The weights of those that are judged, with that of the others shared out in proportion."""
    group = add(member.agreed for member in members if member.agreed is not None)
    exempt = exempt_weight(members)
    if not exempt or exempt == group:
        return tuple(members)
    change = WeightShared(group, exempt, within)
    return tuple(
        member
        if member.counted is None
        else replace(
            member,
            counted=Fraction(member.counted) * group / (group - exempt),
            change=change if member.counted else None,
        )
        for member in members
    )


def given(members: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """The weights with those that were given to each."""
    gains: dict[str, list[tuple[str, Exact]]] = {}
    for member in members:
        if member.exempt is None or not member.agreed:
            continue
        for key, share in receivers(member.exempt.weight_to, member.agreed).items():
            gains.setdefault(key, []).append((member.name, share))
    return tuple(
        member
        if member.counted is None or member.key not in gains
        else replace(
            member,
            counted=add([member.counted, *(share for _, share in gains[member.key])]),
            change=WeightGiven(tuple(gains[member.key])),
        )
        for member in members
    )


def receivers(
    weight_to: Iterable[tuple[str, Exact | None]], weight: Decimal
) -> Mapping[str, Exact]:
    """Who gets how much of a weight; one that is named alone gets all of it."""
    return {key: weight if share is None else share for key, share in weight_to}

"""The table of indicators and weights: sums that say what is missing while one types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...agreements.yaml_tree import Node
from ...exact import bare
from ...model import Component
from ...model.fields import number
from ...model.tree import walk
from ...rules.weights import total_of
from .field_edits import FieldEdit, PutData, TypedText, plain_of, value_at
from .merged_nodes import text_at
from .places import FieldPlace, FieldValue
from .unit_view import UnitView, UseView


@dataclass(frozen=True, slots=True)
class WeightFields:
    """An indicator with its weights by round; one for all under ``all``."""

    use: UseView
    component: FieldValue
    weights: Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class WeightSum:
    """What stands below a component in a round, and what it states."""

    component: str
    name: str
    depth: int
    round: str
    total: Decimal
    stated: Decimal | None
    open: bool
    """Whether one of its weights is empty or no number."""

    @property
    def state(self) -> str:
        """``right``, ``short``, ``over``, or ``free`` where nothing is stated."""
        if self.stated is None:
            return "free"
        if self.total == self.stated:
            return "open" if self.open else "right"
        return "short" if self.total < self.stated else "over"

    @property
    def shown(self) -> str:
        """What is stated, as it is printed."""
        return "" if self.stated is None else bare(self.stated)

    @property
    def missing(self) -> str:
        """By how much it is short or over."""
        return bare(abs((self.stated or Decimal(0)) - self.total))


def shown(figure: Decimal) -> str:
    """A figure as it is printed."""
    return bare(figure)


def by_round(view: UnitView) -> bool:
    """Whether a unit's indicators have weights that differ by round."""
    weights = (use.use.child("weight") for use in view.uses)
    return any(weight is not None and isinstance(weight.value, dict) for weight in weights)


def columns(view: UnitView, *, each: bool) -> tuple[str, ...]:
    """The rounds that have a column of weights."""
    return tuple(r.id for r in view.rounds) if each else ("all",)


def rows(view: UnitView, *, each: bool) -> tuple[WeightFields, ...]:
    """The indicators in the order of the file."""
    found = []
    for use in view.uses:
        at = ("indicators", use.index)
        weights = {
            column: FieldValue(
                FieldPlace(view.name, (*at, "weight", column)),
                _weight(use.use.child("weight"), column),
            )
            for column in columns(view, each=each)
        }
        found.append(WeightFields(use, view.field(*at, "component"), weights))
    return tuple(found)


def _weight(node: Node | None, column: str) -> str:
    if node is None or not isinstance(node.value, dict):
        return text_at(node)
    return text_at(node, column) or text_at(node, "all")


def leaves(components: Iterable[Component]) -> tuple[Component, ...]:
    """The components that hold indicators."""
    return tuple(
        c for c in walk(components) if not c.components and c.scored_from is None and c.counts
    )


def sums(view: UnitView, *, each: bool) -> tuple[WeightSum, ...]:
    """Every component of the tree in every round, each before what it holds."""
    found: list[WeightSum] = []
    given = rows(view, each=each)
    for column in columns(view, each=each):
        direct: dict[str, Decimal] = {}
        unread: set[str] = set()
        for row in given:
            figure = number(row.weights[column].value)
            of = row.component.value
            if figure is None:
                if _assessed_in(row.use.node, column):
                    unread.add(of)
            else:
                direct[of] = direct.get(of, Decimal(0)) + figure
        found += _sums(view.components, column, direct, unread, 0)
    return tuple(found)


def _assessed_in(node: Node, column: str) -> bool:
    """Whether an indicator is assessed in a round: one that isn't has no weight there."""
    rounds = node.child("rounds")
    listed = rounds.value if rounds is not None and isinstance(rounds.value, list) else []
    return column == "all" or not listed or column in map(text_at, listed)


def _sums(
    components: Iterable[Component],
    column: str,
    direct: Mapping[str, Decimal],
    unread: set[str],
    depth: int,
) -> Iterator[WeightSum]:
    for one in components:
        is_open = any(inner.id in unread for inner in walk([one]))
        total = total_of(one, direct)
        if one.scored_from is None:
            yield WeightSum(one.id, one.name, depth, column, total, one.weight, is_open)
        yield from _sums(one.components, column, direct, unread, depth + 1)


def typed(view: UnitView, place: FieldPlace, text: str) -> list[FieldEdit]:
    """A weight as it is typed: of one round, or of all."""
    *above, column = place.path
    path = FieldPlace(place.file, tuple(above))
    there = value_at(plain_of(view.desk, place.file), path.path)
    if column == "all":
        if isinstance(there, dict):
            return [PutData(path, text or None)]
        return [TypedText(path, text)]
    if isinstance(there, dict) and "all" not in there:
        return [TypedText(place, text)]
    kept = there.get("all") if isinstance(there, dict) else there
    own = there if isinstance(there, dict) else {}
    weights = {r.id: own.get(r.id, kept) for r in view.rounds}
    if (weights.get(str(column)) or "") == text:
        return []
    return [PutData(path, {**weights, str(column): text or None})]


def addable(view: UnitView) -> tuple[tuple[str, str], ...]:
    """The agency's indicators that the unit doesn't use yet: key and name."""
    used = {text_at(use.use, "use") for use in view.uses}
    return tuple(
        (key, text_at(file.node, "name") or key)
        for key, file in view.folder.indicators.items()
        if key not in used
    )

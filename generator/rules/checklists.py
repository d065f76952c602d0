"""What is ticked off is reported by its items: a typed figure would say what no list shows."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import DataFile, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic
from ..messages import message
from ..model import Criteria, CriteriaPart, Indicator, PartResult, Results


def check_results(
    file: DataFile[Results], results: Results, unit: UnitFile, round_id: str
) -> Iterator[Diagnostic]:
    """Results of indicators whose value is a checklist name the items that are done."""
    items = {resolved.item.key: resolved.item for resolved in unit.indicators}
    for key, result in results.results.items():
        item = items.get(key)
        criteria = None if item is None else item.indicator.criteria_of(round_id)
        if item is None or criteria is None:
            continue
        node = file.node.find(("results", key))
        yield from _typed(key, node, result, item.indicator, criteria)
        parts = {part.id: part for part in criteria.parts}
        for name, of in (result.parts or {}).items():
            if name in parts:
                inner = node.find(("parts", name))
                yield from _typed(f"{key}, {name}", inner, of, item.indicator, parts[name])


def _typed(
    about: str,
    node: Node,
    result: PartResult,
    indicator: Indicator,
    reading: Criteria | CriteriaPart,
) -> Iterator[Diagnostic]:
    value = reading.value or indicator.value
    if value is None or value.checklist is None:
        return
    ids = tuple(item.id for item in value.checklist.items[:3])
    for field in ("value", "inputs"):
        if getattr(result, field) is not None:
            said = message("figure-where-items-are-ticked", items=ids)
            yield Diagnostic(said.about(about), node.at(field))

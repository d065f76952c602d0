"""What a results file reports, each with the criteria that read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ..agreements.files import DataFile, UnitFile
from ..agreements.yaml_tree import Node
from ..model import Criteria, CriteriaPart, Indicator, PartResult, Results

Reported: TypeAlias = tuple[str, Node, PartResult, Indicator, "Criteria | CriteriaPart"]
"""What it is called, where it stands, the result, the indicator, and the criteria that read it."""


def reported(
    file: DataFile[Results], results: Results, unit: UnitFile, round_id: str
) -> Iterator[Reported]:
    """Every result of an indicator with criteria in the round, and every part of one."""
    items = {resolved.item.key: resolved.item for resolved in unit.indicators}
    for key, result in results.results.items():
        item = items.get(key)
        criteria = None if item is None else item.indicator.criteria_of(round_id)
        if item is None or criteria is None:
            continue
        node = file.node.find(("results", key))
        yield key, node, result, item.indicator, criteria
        parts = {part.id: criteria.of_part(part) for part in criteria.parts}
        for name, of in (result.parts or {}).items():
            if name in parts:
                inner = node.find(("parts", name))
                yield f"{key}, {name}", inner, of, item.indicator, parts[name]

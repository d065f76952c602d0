"""What is ticked off is reported by its items: a typed figure would say what no list shows."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import DataFile, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic
from ..messages import message
from ..model import Criteria, CriteriaPart, Indicator, PartResult, Results
from .reported import reported


def check_results(
    file: DataFile[Results], results: Results, unit: UnitFile, round_id: str
) -> Iterator[Diagnostic]:
    """Results of indicators whose value is a checklist name the items that are done."""
    for found in reported(file, results, unit, round_id):
        yield from _typed(*found)


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

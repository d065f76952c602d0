"""An indicator's formula and its score tables read figures that are there."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import UnitFile
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
from ..scoring import formula


def check(unit: UnitFile) -> Iterator[Diagnostic]:
    """Formulas and score tables read figures that are there."""
    for resolved in unit.indicators:
        value = resolved.item.indicator.value
        if value is None:
            continue
        known = set(value.inputs) | set(value.lookups)
        expressions: list[tuple[tuple[str, ...], str, set[str]]] = [
            (("value", "formula"), value.formula or "0", known)
        ]
        expressions += [
            (("value", "lookups", key, "of"), lookup.of, set(value.inputs))
            for key, lookup in value.lookups.items()
        ]
        for path, expression, names in expressions:
            place = resolved.node.at(*path)
            try:
                unknown = formula.names(expression) - names
            except formula.FormulaError as error:
                hint = message("write-arithmetic", example="registered / target * 100")
                yield Diagnostic(error.said, place, hint)
                continue
            for name in sorted(unknown):
                yield fault(
                    "formula-names-no-input", place, hint=did_you_mean(name, names), name=name
                )

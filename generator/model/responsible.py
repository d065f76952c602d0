"""Who is responsible for an indicator of the department: what the units' files say of it."""

from __future__ import annotations

from collections.abc import Iterable

from .. import thai
from . import MatrixRow, Unit

Division = tuple[str, Unit]
"""A unit with what the frames call it."""


def users(divisions: Iterable[Division], indicator: str) -> list[str]:
    """What the divisions are called that use an indicator, in their order."""
    return [
        code
        for code, unit in divisions
        if unit.level == "division"
        and any(indicator in (use.use, use.key) for use in unit.indicators)
    ]


def responsible(divisions: Iterable[Division], row: MatrixRow, everyone: str) -> str:
    """Who is responsible for a row of the matrix; as it is printed where the data agree."""
    if row.indicator is None:
        return row.responsible or ""
    divisions = [(code, unit) for code, unit in divisions if unit.level == "division"]
    found = users(divisions, row.indicator)
    derived = everyone if found == [code for code, _ in divisions] else "/".join(found)
    return row.responsible if row.responsible and same_units(row.responsible, derived) else derived


def same_units(one: str, other: str) -> bool:
    """Whether two lists of units hold the same, in whatever order."""
    names = [
        sorted(thai.folded(name).rstrip(".") for name in text.split("/")) for text in (one, other)
    ]
    return names[0] == names[1]

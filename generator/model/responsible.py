"""Who is responsible for an indicator of the department: what the units' files say of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from .. import thai
from . import MatrixRow, Unit, UnitLevel

Division = tuple[str, Unit]
"""A unit with what the frames call it."""

FRAMED: tuple[UnitLevel, ...] = ("division", "section", "field")
"""Units below the department that are no persons: the framework has frames of them."""


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


def named(
    units: Iterable[Division],
    using: Container[str],
    everyone: str,
    all_of: Mapping[UnitLevel, str],
) -> str:
    """Those of the units whose code is in ``using``; all units, and all of a level, by a word."""
    units = [(code, unit) for code, unit in units if unit.level in FRAMED]
    levels = {unit.level for _, unit in units}
    if len(levels) > 1 and all(code in using for code, _ in units):
        return everyone
    return "/".join(_by_level(units, using, all_of))


def _by_level(
    units: Iterable[Division], using: Container[str], all_of: Mapping[UnitLevel, str]
) -> Iterator[str]:
    for level in FRAMED:
        codes = [code for code, unit in units if unit.level == level]
        if level in all_of and len(codes) > 1 and all(code in using for code in codes):
            yield all_of[level]
        else:
            yield from (code for code in codes if code in using)

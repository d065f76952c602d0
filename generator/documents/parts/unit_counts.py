"""How many units of each level are how far, and have which grade: a row a level, and their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...typesetting.columns import Setting
from ..identity import LAYOUT
from . import widths

LEAST = 1.0
"""What columns of numbers get at the least, in cm."""


@dataclass(frozen=True, slots=True)
class CountGroup:
    """What is counted in some columns, and what each of them counts."""

    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many units of a level each column counts; the last one has all of them."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by level, with their sums in the last row and all units of a level at the end."""

    unit: str
    groups: tuple[CountGroup, ...]
    all: str
    rows: tuple[CountRow, ...]
    total: CountRow
    widths: tuple[float, ...]
    small: float = field(default=0.0, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: a heading, the kinds by name in their order, and every unit's kind."""

    heading: str
    kinds: Mapping[str, str]
    of: Mapping[str, str]


def count_tables(
    unit: str,
    all_: str,
    levels: Mapping[str, Sequence[str]],
    counted: Sequence[Counted],
    setting: Setting,
    shown: Callable[[int], str],
) -> Iterator[CountTable]:
    """One table of the units of some levels; where it has no room, one of each that is counted."""

    def row(name: str, units: Sequence[str]) -> CountRow:
        kinds = [(kind, [one.of[key] for key in units]) for one in counted for kind in one.kinds]
        return CountRow(
            name, tuple(map(shown, (*(of.count(kind) for kind, of in kinds), len(units))))
        )

    rows = tuple(row(name, units) for name, units in levels.items())
    total = row(all_, [key for units in levels.values() for key in units])
    groups = tuple(CountGroup(one.heading, tuple(one.kinds.values())) for one in counted)
    heads = [unit]
    over: list[tuple[int, int, str]] = []
    for group in groups:
        over.append((len(heads), len(heads) + len(group.names) - 1, group.heading))
        heads += group.names
    least = [0.0, *([LEAST] * len(heads))]
    said = [(one.name, *one.units) for one in (*rows, total)]
    measured = widths.measured(said, [*heads, all_], over, least)
    if len(counted) > 1 and not widths.has_room(measured, setting):
        for one in counted:
            yield from count_tables(unit, all_, levels, [one], setting, shown)
        return
    fit = widths.fitted_beside(measured, setting)
    yield CountTable(unit, groups, all_, rows, total, fit.widths, fit.small)

"""How an indicator comes down an agency: from the department to divisions, units and persons.

A unit says from whose indicator its own derives; the tree here is read off those words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from .. import thai
from ..messages import message
from ..model import LEVEL_NAMES, LEVELS, UnitIndicator, UnitLevel
from .document_names import code_of
from .files import UnitFile

Place = tuple[str, str]
"""A unit, and the name of an indicator there."""


@dataclass(frozen=True, slots=True)
class CascadeLink:
    """A unit's indicator and what derives from it; ``weight`` is by round, or ``all``."""

    unit: str
    code: str
    title: str
    level: str
    indicator: str
    name: str
    weight: Mapping[str, Decimal]
    level_name: str = ""
    below: tuple[CascadeLink, ...] = ()


def trace(
    units: Iterable[UnitFile],
    indicator: str,
    unit: str | None = None,
    levels: Mapping[UnitLevel, str] = LEVEL_NAMES,
) -> tuple[CascadeLink, ...]:
    """The trees that hold an indicator, from the top; of one ``unit`` only its own line.

    ``levels`` are the words of the agency for levels. The units must be free of errors: a circle
    has no top.
    """
    uses = {
        (file.id, item.key): (file, item)
        for file in units
        if file.file.model is not None
        for item in file.items
    }
    above = {
        place: item.use.origin
        for place, (_, item) in uses.items()
        if item.use.origin is not None and item.use.origin in uses
    }
    meant = [place for place in uses if place[1] == indicator and unit in (None, place[0])]
    found = dict.fromkeys(_line(above, place)[-1] for place in meant)
    tops = sorted(found, key=lambda top: LEVELS.index(uses[top][0].unit.level))
    kept = None if unit is None else {step for place in meant for step in _line(above, place)}
    return tuple(_tree(uses, above, top, kept, levels) for top in tops)


def _line(above: Mapping[Place, Place], place: Place) -> list[Place]:
    """A place and all those above it, the highest last."""
    found = [place]
    while (step := above.get(found[-1])) is not None:
        found.append(step)
    return found


def _tree(
    uses: Mapping[Place, tuple[UnitFile, UnitIndicator]],
    above: Mapping[Place, Place],
    place: Place,
    kept: set[Place] | None,
    names: Mapping[UnitLevel, str],
) -> CascadeLink:
    """What stands below a place; of places in ``kept`` only those that are kept too.

    Below the last that is kept everything is shown.
    """
    file, item = uses[place]
    below = [other for other, origin in above.items() if origin == place]
    if kept is not None and kept & set(below):
        below = [other for other in below if other in kept]
    link = CascadeLink(
        file.id,
        code_of(file),
        file.unit.name or "",
        file.unit.level,
        item.key,
        item.indicator.name,
        item.use.weight or {},
        names[file.unit.level],
    )
    return replace(link, below=tuple(_tree(uses, above, other, kept, names) for other in below))


def lines(tops: Iterable[CascadeLink]) -> Iterator[str]:
    """The trees for the terminal; an indicator's name stands where it isn't the one above."""
    for number, top in enumerate(tops):
        if number:
            yield ""
        yield f"{top.name}"
        yield _shown(top, top)
        yield from _branches(top, "")


def _branches(link: CascadeLink, indent: str) -> Iterator[str]:
    for child in link.below:
        last = child is link.below[-1]
        yield f"{indent}{'└─' if last else '├─'} {_shown(child, link)}"
        inner = indent + ("   " if last else "│  ")
        if child.name != link.name:
            stem = "│" if child.below else " "
            yield f"{inner}{stem}  {child.name}"
        yield from _branches(child, inner)


def _shown(link: CascadeLink, above: CascadeLink) -> str:
    """``กพพ. กองพัฒนา… (กอง) น้ำหนัก 20``; with the indicator's id where it is another one."""
    title = f"{link.code} {link.title}" if link.title and link.title != link.code else link.code
    key = f" [{link.indicator}]" if link.indicator != above.indicator else ""
    return f"{title} ({link.level_name}){key} {weight(link)}"


def weight(link: CascadeLink) -> str:
    """The weight in words: one figure, one a round, or none."""
    if not link.weight:
        return str(message("no-weight-yet"))
    if set(link.weight) == {"all"}:
        return str(message("weight-is", weight=thai.weight(link.weight["all"])))
    rounds = (
        message("weight-of-round", round=r, weight=thai.weight(link.weight[r])) for r in link.weight
    )
    return str(message("weight-is", weight=tuple(rounds)))


def as_json(tops: Iterable[CascadeLink]) -> list[dict[str, Any]]:
    """The same for machines, numbers as text."""
    return [
        {
            "unit": link.unit,
            "level": link.level,
            "indicator": link.indicator,
            "name": link.name,
            "weight": {r: str(value) for r, value in link.weight.items()},
            "below": as_json(link.below),
        }
        for link in tops
    ]

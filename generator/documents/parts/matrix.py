"""The cascade matrix: indicators with the component that each belongs to, and who is responsible.

Its rows are those that the agency states (source 004, 6.3), else the indicators of all units below
the department, once each, in the order of the weight tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...model import Agency, Component, UnitIndicator
from ...model.responsible import FRAMED, named, responsible
from ...model.tree import walk
from ...model.wording import FrameworkWords, names_of_unit_levels
from ..common import DocumentSubject, Fields, UnitInDocument, digits
from . import rich
from .framework_tables import (
    SIZE,
    FrameworkChapter,
    GridHead,
    frame_name,
    grid,
    mark_columns,
    marked_heads,
    marks,
)
from .rich import Rich
from .widths import PORTRAIT


@dataclass(slots=True)
class _Shared:
    """An indicator of the units, as the first of them has it, and who has it."""

    item: UnitIndicator
    codes: list[str]


def matrix(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields
) -> FrameworkChapter | None:
    """The matrix; None where neither the agency nor a unit has rows for it."""
    marked = _leaves(subject.agency.components)
    rows = list(
        _stated(subject, words, marked)
        if subject.agency.matrix
        else _of_units(subject, words, fill, marked)
    )
    if not rows:
        return None
    heads = marked_heads(words, marked, GridHead(words.responsible))
    return FrameworkChapter(
        words.matrix_heading,
        (),
        grid(subject.setting(SIZE, PORTRAIT), heads, rows, centred=mark_columns(marked)),
    )


def _leaves(components: Iterable[Component]) -> list[Component]:
    """The components that can bear a mark: those without components, where they count."""
    return [c for c in walk(components) if not c.components and c.counts]


def _stated(
    subject: DocumentSubject, words: FrameworkWords, marked: list[Component]
) -> Iterator[tuple[Rich, ...] | str]:
    """The agency's rows: one mark each, and who is responsible by the units' files."""
    divisions = [(view.code, view.unit) for view in subject.units.values()]
    for block in subject.agency.matrix:
        yield block.name
        for number, row in enumerate(block.rows, start=1):
            first, *rest = rich.parse(row.text)
            name = rich.plain(f"{digits(subject.agency, str(number))}. {first.text}")
            yield (
                (*name, *rest),
                *marks(marked, row.component),
                rich.plain(row.origin),
                rich.plain(responsible(divisions, row, words.everyone)),
            )


def _of_units(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields, marked: list[Component]
) -> Iterator[tuple[Rich, ...]]:
    """A row for each indicator that units have; none where the words have no heading of frames."""
    if words.frames is None:
        return
    views = [view for view in subject.units.values() if view.unit.level in FRAMED]
    names = names_of_unit_levels(subject.wording)
    all_of = {
        level: fill.fill(words.all_of, level=names[level]) for level in FRAMED if words.all_of
    }
    units = [(view.code, view.unit) for view in views]
    for number, shared in enumerate(_shared(subject.agency, views), start=1):
        item = shared.item
        yield (
            rich.plain(f"{digits(subject.agency, str(number))}. {frame_name(item)}"),
            *marks(marked, item.use.component),
            rich.plain(item.indicator.origin or ""),
            rich.plain(named(units, shared.codes, words.everyone, all_of)),
        )


def _shared(agency: Agency, views: Iterable[UnitInDocument]) -> list[_Shared]:
    """The indicators of units, once each.

    What a unit defines is its own, whatever its name; what units fill in for themselves makes
    another of it.
    """
    found: dict[tuple[str, str, str], _Shared] = {}
    for view in views:
        for item in view.indicators:
            shared = item.use.use
            place = ("", shared, frame_name(item)) if shared else (view.code, item.key, "")
            found.setdefault(place, _Shared(item, [])).codes.append(view.code)
    order = {component.id: n for n, component in enumerate(walk(agency.components))}
    return sorted(found.values(), key=lambda one: order.get(one.item.use.component, len(order)))

"""Frames (กรอบการประเมิน): the indicators that units share, their weights side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import Agency, Component
from ...model.responsible import FRAMED
from ...model.round_sets import rounds_of
from ...model.tree import components_of, walk, weight_in
from ...model.wording import FrameworkWords, names_of_unit_levels
from ..common import DocumentSubject, Fields, UnitInDocument, digits, total
from . import cells, rich
from .framework_tables import (
    SIZE,
    FrameworkChapter,
    GridHead,
    frame_name,
    grid,
    last_weight,
    mark_columns,
    marked_heads,
    marks,
)
from .rich import Rich
from .widths import PORTRAIT

WEIGHTS = 4
"""So many units' weights stand side by side in a frame; with more of them it has further tables."""


def frames(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields
) -> Iterator[FrameworkChapter]:
    """The frames that the agency states; else those of all its units, level by level."""
    units = subject.units
    for frame in subject.agency.frames:
        members = [units[name] for name in frame.units if name in units]
        yield from _shared_frames(subject, words, fill, frame.title, members)
    if subject.agency.frames or words.frames is None:
        return
    names = names_of_unit_levels(subject.wording)
    for level in FRAMED:
        members = [view for view in units.values() if view.unit.level == level and view.indicators]
        title = fill.fill(words.frames, level=names[level])
        yield from _shared_frames(subject, words, fill, title, members, is_named=True)


def _shared_frames(
    subject: DocumentSubject,
    words: FrameworkWords,
    fill: Fields,
    title: str,
    members: list[UnitInDocument],
    *,
    is_named: bool = False,
) -> Iterator[FrameworkChapter]:
    """The frame that units share: their weights side by side where these alone differ.

    Units whose indicators or components differ have frames apart, each with their names; so has
    any frame whose title doesn't name its units.
    """
    alike: dict[object, list[UnitInDocument]] = {}
    for view in members:
        alike.setdefault(_frame_of(subject, view), []).append(view)
    tables = [
        found[start : start + WEIGHTS]
        for views in alike.values()
        for found in [_by_weights(subject.agency, views)]
        for start in range(0, len(found), WEIGHTS)
    ]
    for groups in tables:
        yield _frame(subject, words, fill, title, groups, apart=is_named or len(tables) > 1)


def _frame_of(subject: DocumentSubject, view: UnitInDocument) -> object:
    """What a frame says of a unit, but its weights; equal for units that can share it."""
    marked = _marked(subject.agency, view)
    weighed = _is_weighed(view)
    rows = (
        (i.use.component, frame_name(i), i.indicator.origin, None if weighed else i.use.responsible)
        for i in view.indicators
    )
    return weighed, tuple((c.id, c.short or c.name) for c in marked), tuple(rows)


def _by_weights(agency: Agency, views: Iterable[UnitInDocument]) -> list[list[UnitInDocument]]:
    """The units in groups of equal weights."""
    groups: dict[tuple[str, ...], list[UnitInDocument]] = {}
    for view in views:
        weights = tuple(last_weight(agency, view.unit, i) for i in view.indicators)
        groups.setdefault(weights, []).append(view)
    return list(groups.values())


def _is_weighed(view: UnitInDocument) -> bool:
    return any(item.use.weight for item in view.indicators)


def _frame(
    subject: DocumentSubject,
    words: FrameworkWords,
    fill: Fields,
    title: str,
    groups: list[list[UnitInDocument]],
    *,
    apart: bool,
) -> FrameworkChapter:
    """A frame, a column of weights a group; with who is responsible where it has no weights."""
    agency, views = subject.agency, [view for group in groups for view in group]
    first, indicators = views[0], views[0].indicators
    marked, weighed = _marked(agency, first), _is_weighed(first)
    numbers = _numbers(subject, first)
    rows: list[tuple[Rich, ...] | str] = [
        (
            rich.plain(f"{numbers[item.key]}. {frame_name(item)}"),
            *marks(marked, item.use.component),
            rich.plain(item.indicator.origin or ""),
            *(
                [
                    rich.plain(last_weight(agency, g[0].unit, g[0].indicators[number - 1]))
                    for g in groups
                ]
                if weighed
                else [rich.plain(item.use.responsible or "")]
            ),
        )
        for number, item in enumerate(indicators, start=1)
    ]
    if weighed:
        empty = (rich.plain(""),) * (len(marked) + 1)
        sums = (rich.plain(_total(agency, group[0])) for group in groups)
        rows.append((rich.plain(words.total), *empty, *sums))
    names = tuple("/".join(view.code for view in group) for group in groups)
    last = GridHead(
        words.weight if weighed else words.responsible, names if len(groups) > 1 else ()
    )
    weights = range(len(marked) + 2, len(marked) + 2 + len(groups)) if weighed else ()
    after: list[str] = []
    for view in views:
        notes = [*agency.notes.get(view.unit.level, ()), *view.unit.notes]
        after += (note for note in notes if note not in after)
    if after:
        after[0] = f"{words.note} : {after[0]}"
    after += dict.fromkeys(line for view in views for line in _surveys(subject, words, fill, view))
    return FrameworkChapter(
        title,
        (),
        grid(
            subject.setting(SIZE, PORTRAIT),
            marked_heads(words, marked, last),
            rows,
            centred={*mark_columns(marked), *weights},
        ),
        notes=tuple(block for note in after for block in rich.plain(note)),
        units=" ".join(view.unit.name or view.code for view in views) if apart else "",
    )


def _numbers(subject: DocumentSubject, view: UnitInDocument) -> dict[str, str]:
    """A frame's own numbers, row by row; those of all documents where these go through the unit."""
    agency = subject.agency
    if not cells.is_through(subject):
        return {i.key: digits(agency, str(n)) for n, i in enumerate(view.indicators, start=1)}
    parts = cells.sections(agency, view.unit, view.indicators, through=True)
    return {item.key: number for part in parts for number, item in part.indicators}


def _total(agency: Agency, view: UnitInDocument) -> str:
    """The sum of a unit's weights in the last round."""
    last = rounds_of(view.unit, agency)[-1].id
    weights = (weight_in(item.use, last) for item in view.indicators)
    return total(agency, (weight for weight in weights if weight is not None))


def _surveys(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields, view: UnitInDocument
) -> Iterator[str]:
    """Which surveys an indicator's result is counted from, a line an indicator."""
    numbers = _numbers(subject, view)
    for item in view.indicators:
        asked = [use.survey for use in item.use.surveys]
        if asked and words.surveys is not None:
            yield fill.fill(
                words.surveys,
                number=numbers[item.key],
                surveys=" และ ".join(subject.surveys[name] for name in asked),
            )


def _marked(agency: Agency, view: UnitInDocument) -> list[Component]:
    """The components of a unit's own tree that bear a mark, or hold indicators beside others."""
    tree = list(walk(components_of(view.unit, agency)))
    used = {item.use.component for item in view.indicators}
    return [c for c in tree if c.counts and (not c.components or c.id in used)]

"""The criteria of every round in one table, by component (source 004, ภาคผนวก 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from ...model import Agency, Round, UnitIndicator
from ...model.tree import components_of, walk, weight_in
from ...model.wording import CriteriaWords
from ...typesetting import columns
from ..common import DocumentSubject, total
from ..identity import LAYOUT
from . import cells, rich, widths
from .rich import Rich
from .second_names import second_name
from .widths import LANDSCAPE

NAME_BY_HAND, FIGURE_BY_HAND = 4.8, 1.5
"""What names, weights and levels get where somebody writes in them, in cm."""


@dataclass(frozen=True, slots=True)
class RoundHead:
    """The headings of one round's columns."""

    name: str
    weight: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundCells:
    """One indicator's weight and levels in one round."""

    weight: str
    levels: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class CriteriaRow:
    """One indicator of the criteria table."""

    name: Rich
    rounds: tuple[RoundCells, ...]


@dataclass(frozen=True, slots=True)
class CriteriaSection:
    """A component and its indicators."""

    heading: str
    rows: tuple[CriteriaRow, ...]
    second: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaBlock:
    """The criteria of the rounds that stand side by side; ``totals`` has one weight a round.

    ``widths`` are the columns' widths in percent. Where only then all words have room, the heads of
    weights and levels stand upright, ``turned`` is how high, in cm; else 0.
    """

    heading: str
    indicator: str
    rounds: tuple[RoundHead, ...]
    sections: tuple[CriteriaSection, ...]
    widths: tuple[float, ...]
    total: str
    totals: tuple[str, ...]
    small: float = field(default=0.0, metadata=LAYOUT)
    turned: float = field(default=0.0, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class CriteriaTable(CriteriaBlock):
    """The criteria of all rounds: those of the first, and of others that stand ``below``."""

    below: tuple[CriteriaBlock, ...] = ()

    @property
    def blocks(self) -> tuple[CriteriaBlock, ...]:
        """All of them, in their order."""
        return (self, *self.below)


BESIDE = 2
"""So many rounds stand side by side where the form doesn't say which do."""


def criteria_table(subject: DocumentSubject, words: CriteriaWords) -> CriteriaTable:
    """The table of the subject's indicators; a form's empty rows follow them."""
    first, *others = (
        block
        for rounds in side_by_side(subject.agency, subject.rounds)
        for block in _blocks(subject, words, rounds)
    )
    said = {one.name: getattr(first, one.name) for one in fields(first)}
    return CriteriaTable(**said, below=tuple(others))


def side_by_side(agency: Agency, rounds: Sequence[Round]) -> tuple[Sequence[Round], ...]:
    """Which rounds of a unit are printed beside each other: by the form, else two and two."""
    by_id = {r.id: r for r in rounds}
    stated = tuple(
        tuple(by_id[name] for name in group)
        for group in agency.form.rounds
        if all(name in by_id for name in group)
    )
    return stated or tuple(tuple(rounds[n : n + BESIDE]) for n in range(0, len(rounds), BESIDE))


def _blocks(
    subject: DocumentSubject, words: CriteriaWords, rounds: Sequence[Round]
) -> Iterator[CriteriaBlock]:
    """The rounds side by side; those whose words have no room in halves, these below."""
    levels = cells.level_names(subject)
    block = CriteriaBlock(
        heading=words.heading,
        indicator=words.indicator,
        rounds=tuple(RoundHead(r.name, words.weight, levels) for r in rounds),
        sections=tuple(
            CriteriaSection(
                part.component.name,
                _rows(subject, part, rounds),
                second_name(subject, "tables", part.component),
            )
            for part in cells.sections_shown(subject)
        ),
        widths=(),
        total=words.total,
        totals=tuple(_total(subject, r) for r in rounds),
    )
    setting = subject.setting(cells.DENSE, LANDSCAPE)
    if len(rounds) > 1 and _whole(block, setting) is None:
        half = (len(rounds) + 1) // 2
        yield from _blocks(subject, words, rounds[:half])
        yield from _blocks(subject, words, rounds[half:])
        return
    yield from _with_room(block, setting)


def _with_room(block: CriteriaBlock, setting: columns.Setting) -> Iterator[CriteriaBlock]:
    """A block as it fits its page; levels whose words have no room stand in two, one below."""
    if (whole := _whole(block, setting)) is not None:
        yield whole
        return
    measured, count = _measured(block), len(block.rounds[0].levels)
    if count > 1 and not widths.has_room(measured, setting):
        for half in widths.halves(count):
            yield from _with_room(_part(block, half), setting)
        return
    fit = widths.fitted(measured, setting)
    yield replace(block, widths=fit.widths, small=fit.small)


def _whole(block: CriteriaBlock, setting: columns.Setting) -> CriteriaBlock | None:
    """A block in which all words have room and figures stay with their words; None without one."""
    heads = (head for r in block.rounds for head in (r.weight, *r.levels))
    for turned in (0.0, widths.turned_height(heads, setting)):
        measured = _measured(block, upright=turned > 0)
        if columns.fitting(measured, widths.enlarged(setting)) is not None:
            fit = widths.fitted(measured, setting)
            return replace(block, widths=fit.widths, small=fit.small, turned=turned)
    return None


def _part(block: CriteriaBlock, half: slice) -> CriteriaBlock:
    """A block with some of its levels."""

    def row(one: CriteriaRow) -> CriteriaRow:
        return replace(one, rounds=tuple(replace(r, levels=r.levels[half]) for r in one.rounds))

    return replace(
        block,
        rounds=tuple(replace(r, levels=r.levels[half]) for r in block.rounds),
        sections=tuple(replace(s, rows=tuple(map(row, s.rows))) for s in block.sections),
    )


def _rows(
    subject: DocumentSubject, part: cells.IndicatorSection, rounds: Sequence[Round]
) -> tuple[CriteriaRow, ...]:
    empty = RoundCells("", (rich.cell(()),) * len(cells.scale_of_unit(subject).levels))
    return (
        *(
            CriteriaRow(
                cells.numbered_name(subject, number, item),
                tuple(_cells(subject, item, r) for r in rounds),
            )
            for number, item in part.indicators
        ),
        *(
            CriteriaRow(cells.open_row(subject, number), (empty,) * len(rounds))
            for number in part.empty_rows
        ),
    )


def _cells(subject: DocumentSubject, item: UnitIndicator, r: Round) -> RoundCells:
    return RoundCells(cells.weight(subject.agency, item, r), cells.levels(subject, item, r))


def _total(subject: DocumentSubject, r: Round) -> str:
    """What the counting roots of the tree state; on a form it is printed ready.

    Less what weighs in other rounds alone.
    """
    tree = components_of(subject.unit, subject.agency)
    roots = [c for c in tree if c.counts]
    stated = [c.weight for c in roots if c.weight is not None]
    counting = {c.id for c in walk(roots)}
    left_out = [
        -weight
        for item in subject.indicators
        if item.use.component in counting and not item.indicator.assessed_in(r.id)
        if (weight := weight_in(item.use, r.id)) is not None
    ]
    return total(subject.agency, (*stated, *left_out)) if stated else ""


def _measured(block: CriteriaBlock, *, upright: bool = False) -> columns.MeasuredTable:
    """A block's words; heads that stand upright take no width."""
    heads: list[str] = [block.indicator]
    over: list[tuple[int, int, str]] = []
    for r in block.rounds:
        over.append((len(heads), len(heads) + len(r.levels), r.name))
        heads += [r.weight, *r.levels]
    rows: list[widths.Row] = [
        [row.name, *(cell for r in row.rounds for cell in _cells_of(r))]
        for section in block.sections
        for row in section.rows
    ]
    none = [""] * len(block.rounds[0].levels)
    rows.append([block.total, *(cell for one in block.totals for cell in (one, *none))])
    is_open = any(_is_open(row) for section in block.sections for row in section.rows)
    figures = len(heads) - 1
    wanted = (NAME_BY_HAND, *([FIGURE_BY_HAND] * figures)) if is_open else ()
    least = [cells.NAME_WIDTH]
    if upright:
        heads, least = heads[:1], [*least, *([widths.TURNED_COLUMN] * figures)]
    return widths.measured(rows, heads, over, least, wanted=wanted)


def _is_open(row: CriteriaRow) -> bool:
    """Whether somebody writes into a row: nothing stands in it yet."""
    return not any(r.weight or any(map(widths.words, r.levels)) for r in row.rounds)


def _cells_of(found: RoundCells) -> tuple[Rich | str, ...]:
    return found.weight, *found.levels

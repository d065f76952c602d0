"""The criteria of every round in one table, by component (source 004, ภาคผนวก 1)."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Round, UnitIndicator
from ...model.tree import components_of
from ...model.wording import CriteriaWords
from ..common import DocumentSubject, total
from . import cells, rich, widths
from .rich import Rich
from .widths import LANDSCAPE


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


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """The table of criteria for all rounds; ``totals`` has one weight a round.

    ``widths`` are the columns' widths in percent.
    """

    heading: str
    indicator: str
    rounds: tuple[RoundHead, ...]
    sections: tuple[CriteriaSection, ...]
    widths: tuple[float, ...]
    total: str
    totals: tuple[str, ...]


def criteria_table(subject: DocumentSubject, words: CriteriaWords) -> CriteriaTable:
    """The table of the subject's indicators; a form's empty rows follow them."""
    rounds = subject.agency.rounds
    levels = cells.level_names(subject)
    sections = tuple(
        CriteriaSection(part.component.name, _rows(subject, part))
        for part in cells.sections_shown(subject)
    )
    return CriteriaTable(
        heading=words.heading,
        indicator=words.indicator,
        rounds=tuple(RoundHead(r.name, words.weight, levels) for r in rounds),
        sections=sections,
        widths=_widths(sections, len(rounds), len(levels)),
        total=words.total,
        totals=(_total(subject),) * len(rounds),
    )


def _rows(subject: DocumentSubject, part: cells.IndicatorSection) -> tuple[CriteriaRow, ...]:
    rounds = subject.agency.rounds
    empty = RoundCells("", (rich.cell(()),) * len(cells.scale_of_unit(subject).levels))
    return (
        *(
            CriteriaRow(
                cells.numbered_name(number, item),
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


def _total(subject: DocumentSubject) -> str:
    """What the counting roots of the tree state; on a form it is printed ready."""
    tree = components_of(subject.unit, subject.agency)
    stated = [c.weight for c in tree if c.counts and c.weight is not None]
    return total(subject.agency, stated) if stated else ""


def _widths(sections: tuple[CriteriaSection, ...], rounds: int, levels: int) -> tuple[float, ...]:
    rows = [
        [
            widths.words(row.name),
            *(
                text
                for found in row.rounds
                for text in ("", *(widths.words(level) for level in found.levels))
            ),
        ]
        for section in sections
        for row in section.rows
    ]
    least = [cells.NAME_WIDTH, *([cells.WEIGHT_WIDTH, *([0.0] * levels)] * rounds)]
    return widths.share_out(rows, LANDSCAPE, cells.LETTER, least)

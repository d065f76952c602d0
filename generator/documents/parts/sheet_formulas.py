"""How an indicator's value and score are worked out, as its sheet shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from string import ascii_uppercase

from ... import thai
from ...model import Agency, Round, UnitIndicator, Value
from ...model.scales import combined_by
from ...model.sheet_words import SheetWords
from ...scoring import explain, explain_combined
from ...typesetting.columns import Setting
from ..common import digits
from ..identity import LAYOUT
from . import cells, widths
from .equation import Equation, EquationTerm, of_formula


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Points, and what earns them in each column."""

    points: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreLookup:
    """The tables that turn figures into points, side by side; ``widths`` in percent."""

    points: str
    heads: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    widths: tuple[float, ...]
    small: float = field(default=0.0, metadata=LAYOUT)


def letters_of(value: Value | None) -> dict[str, str]:
    """A, B, C … for the figures of a formula in their order, where a sheet defines them."""
    return {} if value is None else dict(zip(value.inputs, ascii_uppercase, strict=False))


def own_equation(value: Value | None, *, letters: bool = False) -> Equation:
    """The formula with the figures' own words, or their letters; nothing where none is shown."""
    if value is None or value.formula is None or not value.shown:
        return ()
    words = {name: figure.name for name, figure in value.inputs.items()}
    words |= letters_of(value) if letters else {}
    words |= {name: value.heading_of(name) for name in value.lookups}
    return of_formula(value.formula, words)


def combining_equations(
    agency: Agency, rounds: Sequence[Round], words: SheetWords, item: UnitIndicator
) -> Iterator[Equation]:
    """How parts become one score; a formula for each round, where rounds differ."""
    found: dict[Equation, list[str]] = {}
    for r in rounds:
        criteria = item.indicator.criteria_of(r.id)
        if criteria is None or not criteria.parts:
            continue
        rule = combined_by(criteria, agency)
        formula = explain_combined.formula_of(criteria, rule)
        parts = [(p.short or p.name, p.weight) for p in criteria.parts if p.weight is not None]
        if formula is None and rule == "weighted" and parts:
            formula = explain.weighted_score(parts)
        if formula is not None:
            term = EquationTerm(digits(agency, formula))
            found.setdefault((term,), []).append(words.of_round(r))
    for equation, names in found.items():
        alone = len(found) == 1
        yield equation if alone else (EquationTerm(f"{', '.join(names)}: "), *equation)


def adjustment_lines(
    agency: Agency, rounds: Sequence[Round], words: SheetWords, item: UnitIndicator
) -> Iterator[str]:
    """What may be taken off the score or added to it; with its round, where rounds differ."""
    found: dict[str, list[str]] = {}
    judged = [(r, c) for r in rounds if (c := item.indicator.criteria_of(r.id)) is not None]
    for r, criteria in judged:
        for one in criteria.adjustments:
            line = digits(agency, explain_combined.adjustment_line(one))
            found.setdefault(line, []).append(words.of_round(r))
    for line, names in found.items():
        yield line if len(names) == len(judged) else f"{', '.join(names)}: {line}"


POINTS = 1.8
"""What the column of points gets at the least, in cm."""


def score_lookup(agency: Agency, value: Value, setting: Setting) -> ScoreLookup | None:
    """The score tables of an indicator side by side, a row for each number of points."""
    if not value.lookups:
        return None
    columns: list[Mapping[Decimal, str]] = [
        {row.gives: row.text for row in lookup.rows} for lookup in value.lookups.values()
    ]
    points = sorted({given for column in columns for given in column})
    heads = tuple(map(value.heading_of, value.lookups))
    rows = tuple(
        ScoreRow(
            digits(agency, thai.number(given)),
            tuple(column.get(given, "") for column in columns),
        )
        for given in points
    )
    measured = widths.measured(
        [(row.points, *row.cells) for row in rows],
        (value.points or "", *heads),
        least=(POINTS,),
        padding=cells.SHEET_PADDING,
    )
    fit = widths.fitted_upright(measured, setting)
    return ScoreLookup(value.points or "", heads, rows, fit.widths, fit.small)

"""Past results of an indicator on its sheet (ข้อมูลพื้นฐาน), year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ...exact import add, half_up
from ...model import Agency, Baseline, Indicator
from ...model.sheet_words import SheetWords
from ...typesetting.columns import Setting
from ..common import digits
from ..identity import LAYOUT
from . import cells, widths


@dataclass(frozen=True, slots=True)
class PastRow:
    """Past results of one thing, year by year."""

    name: str
    measure: str
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastTable:
    """ข้อมูลพื้นฐาน. With one year its number stands in the heading, and ``years`` is empty.

    ``widths`` are the columns' widths in percent.
    """

    name: str
    measure: str
    heading: str
    count: int
    years: tuple[str, ...]
    rows: tuple[PastRow, ...]
    widths: tuple[float, ...] = ()
    small: float = field(default=0.0, metadata=LAYOUT)


NAME, MEASURE, YEAR = 4.0, 1.6, 1.6
"""What the columns get at the least, in cm."""


def fitted(table: PastTable, setting: Setting) -> PastTable:
    """The table, its columns sharing the width by their words."""
    rows: list[widths.Row] = [(row.name, row.measure, *row.years) for row in table.rows]
    measured = widths.measured(
        rows,
        heads=(table.name, table.measure, *table.years),
        over=[(2, 1 + table.count, table.heading)],
        least=(NAME, MEASURE, *([YEAR] * table.count)),
        padding=cells.SHEET_PADDING,
    )
    fit = widths.fitted_upright(measured, setting)
    return replace(table, widths=fit.widths, small=fit.small)


def past_table(
    agency: Agency,
    words: SheetWords,
    indicator: Indicator,
    mean: str | None = None,
    decimals: int = 2,
    dots: str = "",
) -> PastTable | None:
    """The past results of an indicator; None where it states none.

    ``mean`` heads a last column with the mean of the years, exact until it is printed half-up;
    ``dots`` stand there where a year has no figure.
    """
    years = sorted({year for baseline in indicator.baselines for year in baseline.years})
    if not indicator.baselines or not years:
        return None
    heading = indicator.labels.baselines or words.past_years
    shown = tuple(digits(agency, str(year)) for year in years)
    rows = tuple(
        PastRow(
            baseline.name or indicator.name,
            baseline.measure or indicator.measure or "",
            tuple(
                (past.text or "") if (past := baseline.years.get(year)) is not None else ""
                for year in years
            ),
        )
        for baseline in indicator.baselines
    )
    if mean is not None:
        means = (mean_of(baseline, years) for baseline in indicator.baselines)
        shown_means = (dots if m is None else f"{half_up(m, decimals):,}" for m in means)
        rows = tuple(
            replace(row, years=(*row.years, digits(agency, cell)))
            for row, cell in zip(rows, shown_means, strict=True)
        )
        shown = (*shown, mean)
    if len(shown) == 1:
        heading, shown = f"{heading} {shown[0]}", ()
    return PastTable(
        words.past_name, words.past_measure, heading, len(years) + (mean is not None), shown, rows
    )


def mean_of(baseline: Baseline, years: Iterable[int]) -> Fraction | None:
    """The mean of past years' figures, exact; None where one of them has none."""
    results = [baseline.years.get(year) for year in years]
    figures = [None if past is None else past.figure for past in results]
    known = [figure for figure in figures if figure is not None]
    return add(known) / len(known) if known and len(known) == len(figures) else None


def empty_past_table(agency: Agency, words: SheetWords, mean: str | None = None) -> PastTable:
    """That of the empty form: a row to fill in."""
    years = tuple(digits(agency, str(year)) for year in agency.baseline_years)
    years = years if mean is None else (*years, mean)
    empty = PastRow("", "", ("",) * len(years))
    return PastTable(
        words.past_name, words.past_measure, words.past_form, len(years), years, (empty,)
    )

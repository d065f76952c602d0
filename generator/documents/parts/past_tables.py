"""Past results of an indicator on its sheet (ข้อมูลพื้นฐาน), year by year."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Agency, Indicator
from ...model.wording import SheetWords
from ..common import digits


@dataclass(frozen=True, slots=True)
class PastRow:
    """Past results of one thing, year by year."""

    name: str
    measure: str
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastTable:
    """ข้อมูลพื้นฐาน. With one year its number stands in the heading, and ``years`` is empty."""

    name: str
    measure: str
    heading: str
    count: int
    years: tuple[str, ...]
    rows: tuple[PastRow, ...]


def past_table(agency: Agency, words: SheetWords, indicator: Indicator) -> PastTable | None:
    """The past results of an indicator; None where it states none."""
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
    if len(years) == 1:
        heading, shown = f"{heading} {shown[0]}", ()
    return PastTable(words.past_name, words.past_measure, heading, len(years), shown, rows)


def empty_past_table(agency: Agency, words: SheetWords) -> PastTable:
    """That of the empty form: a row to fill in."""
    years = tuple(digits(agency, str(year)) for year in agency.baseline_years)
    empty = PastRow("", "", ("",) * len(years))
    return PastTable(
        words.past_name, words.past_measure, words.past_form, len(years), years, (empty,)
    )

"""Years, days and figures that can't be meant: a wrong century, a decimal point out of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .. import thai
from ..agreements.files import DataFile, ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, Severity
from ..exact import Exact, bare
from ..model import Agency, Criteria, CriteriaPart, Indicator, PartResult, Results, Unit
from ..scoring import level_words, possible

PAST = 30
"""Baselines are no older than so many years."""

YEAR = timedelta(days=366)

FAR = 10
"""A value that is so many times larger, or smaller, than anything in sight is remarked on."""


def check_agency(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """The years and rounds of agency.yaml belong to its fiscal year."""
    for index, year in enumerate(agency.baseline_years):
        yield from _past_year(year, agency, node.at("baseline_years", index))
    if len(set(agency.baseline_years)) < len(agency.baseline_years):
        yield Diagnostic("a year stands twice in baseline_years", node.at("baseline_years"))
    for index, r in enumerate(agency.rounds):
        for key, day in (("start", r.start), ("end", r.end)):
            yield from _of_the_year(
                day, agency, f"round {r.id} {key}s", node.at("rounds", index, key)
            )
    for index, grade in enumerate(agency.grades):
        if not 0 <= grade.at_least <= possible.HUNDRED:
            yield Diagnostic(
                f"a total is out of 100, so none is {bare(grade.at_least)}",
                node.at("grades", index, "at_least"),
            )


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """The signing day, and the years, periods and past figures of a unit's indicators."""
    if model.signed is not None:
        place = unit.file.node.at("signed")
        yield from _of_the_year(model.signed, agency, "the day of signing is", place, near=True)
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        if indicator.period is not None:
            period = indicator.period
            for key, day in (("start", period.start), ("end", period.end)):
                place = resolved.node.at("period", key)
                yield from _of_the_year(day, agency, f"the period {key}s", place)
        yield from _check_past(resolved, indicator, agency)
        for index, project in enumerate(indicator.projects):
            if project.target is not None and project.target < 0:
                place = resolved.node.at("projects", index, "target")
                yield Diagnostic(f"the target {bare(project.target)} is below 0", place)
    for index, use in enumerate(model.indicators):
        for number, asked in enumerate(use.surveys):
            if asked.population is not None and asked.population < 0:
                place = unit.file.node.at("indicators", index, "surveys", number, "population")
                yield Diagnostic(f"there can't be {asked.population} people to ask", place)


def _past_year(year: int, agency: Agency, place: Location) -> Iterator[Diagnostic]:
    """A baseline is of a year before; one of the year itself is unfinished, and remarked on."""
    if not agency.fiscal_year - PAST <= year < agency.fiscal_year:
        yield Diagnostic(
            f"{year} is no past year of fiscal year {agency.fiscal_year}",
            place,
            f"baselines are those of {agency.fiscal_year - PAST} to {agency.fiscal_year - 1}",
            Severity.WARNING if year == agency.fiscal_year else Severity.ERROR,
        )


def _of_the_year(
    day: date, agency: Agency, what: str, place: Location, *, near: bool = False
) -> Iterator[Diagnostic]:
    """A day lies within the fiscal year, or not far from it; not ``near``: it may be three years.

    What is measured may begin long before the year, so that is remarked on first.
    """
    year = agency.fiscal_year
    start, end = thai.fiscal_year_start(year), thai.fiscal_year_end(year)
    distance = max(start - day, day - end)
    if distance <= YEAR:
        return
    yield Diagnostic(
        f"{what} {thai.long_date(day)}, far from fiscal year {year}",
        place,
        f"it runs from {thai.long_date(start)} to {thai.long_date(end)}",
        Severity.ERROR if near or distance > 3 * YEAR else Severity.WARNING,
    )


def _check_past(
    resolved: ResolvedIndicator, indicator: Indicator, agency: Agency
) -> Iterator[Diagnostic]:
    for index, row in enumerate(indicator.baselines):
        bounds = possible.of_past(indicator, row.measure)
        for year, past in row.years.items():
            keys = resolved.node.find(("baselines", index, "years")).keys
            written = next((key for key in keys if thai.arabic_digits(key) == str(year)), str(year))
            path: tuple[str | int, ...] = ("baselines", index, "years", written)
            if past is not None or year != agency.fiscal_year:
                yield from _past_year(year, agency, resolved.node.key_at(*path))
            if past is None or past.value is None:
                continue
            place = resolved.node.at(*path, "value")
            wrong = possible.fault(past.value, bounds)
            if wrong is not None:
                yield Diagnostic(f"{year}: {wrong[0]}", place, wrong[1])
            said = [figure for one in level_words.read(past.text or "") for figure in one.figures]
            if len(said) == 1 and past.value not in said:
                yield Diagnostic(
                    f"the words of {year} say {bare(said[0])}, the figure is {bare(past.value)}",
                    place,
                    "make the two the same",
                    Severity.WARNING,
                )


def check_results(
    file: DataFile[Results], results: Results, unit: UnitFile
) -> Iterator[Diagnostic]:
    """Values that were typed, and are likely slips: 0.8152 for 81.52 per cent."""
    round_id = file.path.parent.name
    items = {resolved.item.key: resolved.item for resolved in unit.indicators}
    for key, result in results.results.items():
        item = items.get(key)
        criteria = None if item is None else item.indicator.criteria_of(round_id)
        if item is None or criteria is None:
            continue
        node = file.node.find(("results", key))
        yield from _slips(key, node, result, item.indicator, criteria)
        parts = {part.id: criteria.of_part(part) for part in criteria.parts}
        for name, of in (result.parts or {}).items():
            if name in parts:
                inner = node.find(("parts", name))
                yield from _slips(f"{key}, {name}", inner, of, item.indicator, parts[name])


def _slips(
    about: str,
    node: Node,
    result: PartResult,
    indicator: Indicator,
    reading: Criteria | CriteriaPart,
) -> Iterator[Diagnostic]:
    if result.value is not None:
        found = remark(result.value, possible.of_value(indicator, reading))
        if found is not None:
            place = node.at("value")
            yield Diagnostic(f"{about}: {found[0]}", place, found[1], Severity.WARNING)
    values = (reading.value, indicator.value)
    inputs = next((value.inputs for value in values if value is not None and value.inputs), {})
    for name, figure in (result.inputs or {}).items():
        if name in inputs and possible.is_percent(inputs[name].measure):
            yield from _input_slip(about, node, name, figure)


def _input_slip(
    about: str, node: Node, name: str, figure: Decimal | Mapping[str, Decimal]
) -> Iterator[Diagnostic]:
    """A share between 0 and 1 with several decimals, where per cent are asked for."""
    if isinstance(figure, Decimal) and 0 < figure < 1 and figure.as_tuple().exponent in (-3, -4):
        meant = bare(figure * possible.HUNDRED)
        yield Diagnostic(
            f"{about}: the figure '{name}' is {bare(figure)} per cent",
            node.at("inputs", name),
            f"if {meant} per cent is meant, write {meant}",
            Severity.WARNING,
        )


def remark(value: Exact, bounds: possible.Bounds) -> tuple[str, str] | None:
    """Why a value that was typed is likely a slip, and what may have been meant."""
    figures = [abs(figure) for figure in bounds.figures if figure]
    if not figures or bounds.stated:
        return None
    if bounds.percent and 0 < value <= 1 and min(figures) > FAR * value:
        meant = bare(Fraction(value) * 100)
        return (
            f"{bare(value)} per cent is far below everything that the levels ask for",
            f"if {meant} per cent is meant, write {meant}",
        )
    if bounds.most is None and value > FAR * max(figures):
        return (
            f"{bare(value)} is far beyond everything that the levels ask for",
            f"{possible.REMEDY}possible: {{at_most: …}}",
        )
    return None

"""Years, days and figures that can't be meant: a wrong century, a decimal point out of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .. import thai
from ..agreements.files import DataFile, ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, Severity, fault, warning
from ..exact import Exact, bare
from ..messages import Message, message
from ..model import Agency, Criteria, CriteriaPart, Indicator, PartResult, Results, Unit
from ..scoring import level_words, possible
from . import rounds
from .reported import reported

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
        yield fault("baseline-year-twice", node.at("baseline_years"))
    for path, listed in rounds.lists(agency):
        for index, r in enumerate(listed):
            inside = node.find((*path, index))
            for key, day in (("start", r.start), ("end", r.end), ("cutoff", r.cutoff)):
                if day is not None:
                    said = rounds.far_from_year(key, r.id, **_days(day, agency))
                    yield from _of_the_year(day, agency, said, inside.at(key))
    for above, grades in (((), agency.grades), (("personal",), agency.personal.grades)):
        for index, grade in enumerate(grades):
            if not 0 <= grade.at_least <= possible.HUNDRED:
                yield fault(
                    "grade-beyond-total",
                    node.at(*above, "grades", index, "at_least"),
                    limit=bare(grade.at_least),
                )


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """The signing day, and the years, periods and past figures of a unit's indicators."""
    if model.signed is not None:
        place = unit.file.node.at("signed")
        said = message("signed-far-from-year", **_days(model.signed, agency))
        yield from _of_the_year(model.signed, agency, said, place, near=True)
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        if indicator.period is not None:
            period = indicator.period
            for key, day in (("start", period.start), ("end", period.end)):
                place = resolved.node.at("period", key)
                said = (
                    message("period-starts-far-from-year", **_days(day, agency))
                    if key == "start"
                    else message("period-ends-far-from-year", **_days(day, agency))
                )
                yield from _of_the_year(day, agency, said, place)
        yield from _check_past(resolved, indicator, agency)
        for index, project in enumerate(indicator.projects):
            if project.target is not None and project.target < 0:
                place = resolved.node.at("projects", index, "target")
                yield fault("target-below-zero", place, target=bare(project.target))
    for index, use in enumerate(model.indicators):
        for number, asked in enumerate(use.surveys):
            if asked.population is not None and asked.population < 0:
                place = unit.file.node.at("indicators", index, "surveys", number, "population")
                yield fault("population-impossible", place, population=asked.population)


def _past_year(year: int, agency: Agency, place: Location) -> Iterator[Diagnostic]:
    """A baseline is of a year before; one of the year itself is unfinished, and remarked on."""
    if not agency.fiscal_year - PAST <= year < agency.fiscal_year:
        yield Diagnostic(
            message(
                "no-past-year",
                year=year,
                fiscal_year=agency.fiscal_year,
                x=agency.fiscal_year - PAST,
                x2=agency.fiscal_year - 1,
            ),
            place,
            severity=Severity.WARNING if year == agency.fiscal_year else Severity.ERROR,
        )


def _of_the_year(
    day: date, agency: Agency, said: Message, place: Location, *, near: bool = False
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
        said,
        place,
        message("year-runs", start=thai.long_date(start), end=thai.long_date(end)),
        Severity.ERROR if near or distance > 3 * YEAR else Severity.WARNING,
    )


def _days(day: date, agency: Agency) -> dict[str, str]:
    """What is said of a day far from the year."""
    return {"day": thai.long_date(day), "year": str(agency.fiscal_year)}


def _check_past(
    resolved: ResolvedIndicator, indicator: Indicator, agency: Agency
) -> Iterator[Diagnostic]:
    for index, row in enumerate(indicator.baselines):
        bounds = possible.of_past(indicator, row.measure)
        for year, past in row.years.items():
            keys = resolved.node.find(("baselines", index, "years")).keys
            written = next((key for key in keys if thai.folded(key) == str(year)), str(year))
            path: tuple[str | int, ...] = ("baselines", index, "years", written)
            if past is not None or year != agency.fiscal_year:
                yield from _past_year(year, agency, resolved.node.key_at(*path))
            if past is None or past.value is None:
                continue
            place = resolved.node.at(*path, "value")
            wrong = possible.fault(past.value, bounds)
            if wrong is not None:
                yield Diagnostic(wrong[0].about(str(year)), place, wrong[1])
            said = [figure for one in level_words.read(past.text or "") for figure in one.figures]
            if len(said) == 1 and past.value not in said:
                yield warning(
                    "words-differ-from-figure",
                    place,
                    year=year,
                    said=bare(said[0]),
                    value=bare(past.value),
                )


def check_results(
    file: DataFile[Results], results: Results, unit: UnitFile
) -> Iterator[Diagnostic]:
    """Values that were typed, and are likely slips: 0.8152 for 81.52 per cent."""
    round_id = file.path.parent.name
    for found in reported(file, results, unit, round_id):
        yield from _slips(*found)


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
            yield Diagnostic(found[0].about(about), place, found[1], Severity.WARNING)
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
        said = message("figure-is-below-one-percent", figure=name, value=bare(figure))
        yield Diagnostic(
            said.about(about),
            node.at("inputs", name),
            message("percentage-meant", value=meant),
            Severity.WARNING,
        )


def remark(value: Exact, bounds: possible.Bounds) -> tuple[Message, Message] | None:
    """Why a value that was typed is likely a slip, and what may have been meant."""
    figures = [abs(figure) for figure in bounds.figures if figure]
    if not figures or bounds.stated:
        return None
    if bounds.percent and 0 < value <= 1 and min(figures) > FAR * value:
        meant = bare(Fraction(value) * 100)
        return (
            message("percentage-far-below-levels", value=bare(value)),
            message("percentage-meant", value=meant),
        )
    if bounds.most is None and value > FAR * max(figures):
        return (
            message("value-far-beyond-levels", value=bare(value)),
            possible.may_be_possible("possible: {at_most: …}"),
        )
    return None

"""Whose result it is: the unit's own, another unit's, or a mean over a table's column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..agreements.files import DataFile, ResolvedIndicator, TableFile, UnitFile
from ..diagnostics import did_you_mean
from ..exact import Exact, add
from ..messages import message
from ..model import Agency, Answers, Period, Result, Results, RoundId, Survey, Value, exemptions
from ..model.round_sets import ids_of
from . import periods, surveyed
from .periods import Month
from .refusal import Refused, ResultSpot
from .trace import MeanOfColumn, ResultBorrowed, Step


@dataclass(frozen=True, slots=True)
class RoundReports:
    """What was agreed and what was reported, for one round.

    ``results`` are by unit; ``columns`` are the figures behind ``table.column``;
    ``answers`` are the surveys with their counted answers, by unit and survey; ``tables`` say which
    rows there have to be where results come row by row.
    """

    agency: Agency
    round: RoundId
    units: Mapping[str, UnitFile]
    results: Mapping[str, DataFile[Results]] = field(default_factory=dict)
    columns: Mapping[str, tuple[Exact, ...]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], tuple[Survey, Answers]] = field(default_factory=dict)
    tables: Mapping[str, TableFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundResult:
    """A result, where it stands, who reported it, and by whose formula it is made.

    ``months`` are those that its figures by month are of.
    """

    result: Result
    spot: ResultSpot
    unit: str
    value: Value | None
    steps: tuple[Step, ...] = ()
    months: tuple[Month, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreported:
    """Nobody has reported it yet; ``unit`` is who should."""

    unit: str


def find(reports: RoundReports, unit: str, key: str) -> FoundResult | Unreported | Refused:
    """The result that counts for a unit's indicator, through every unit it is borrowed from."""
    chain: list[str] = []
    readers: list[tuple[Value | None, Period | None]] = []
    owner = unit
    while True:
        resolved = _resolved(reports.units[owner], key)
        if resolved is None:
            lenders = [r.item.key for r in reports.units[owner].indicators]
            return _at_use(reports, chain[-1], key).refuse(
                message("nothing-to-borrow", unit=owner, indicator=key),
                hint=did_you_mean(key, lenders),
            )
        indicator = resolved.item.indicator
        criteria = indicator.criteria_of(reports.round)
        value = (criteria.value if criteria else None) or indicator.value
        readers.insert(0, (value, indicator.period))
        chain.append(owner)
        decided = resolved.item.use.exemptions
        if owner != unit and exemptions.whole(decided, reports.round, _rounds(reports, owner)):
            return _at_use(reports, chain[-2], key).refuse(
                message("borrowed-from-exempt", unit=owner)
            )
        source = resolved.item.use.result
        if source.mean_of is not None:
            return _mean(reports, chain, key, source.mean_of)
        if source.from_ is None:
            break
        if source.from_ in chain:
            return _at_use(reports, owner, key).refuse(
                message("result-borrowed-in-a-circle", units=" → ".join([*chain, source.from_]))
            )
        if source.from_ not in reports.units:
            return _at_use(reports, owner, key).refuse(
                message("no-unit-to-borrow-from", unit=source.from_),
                hint=did_you_mean(source.from_, reports.units),
            )
        owner = source.from_
    return _reported(reports, chain, key, readers)


def _rounds(reports: RoundReports, unit: str) -> tuple[str, ...]:
    return ids_of(reports.units[unit].unit, reports.agency)


def _reported(
    reports: RoundReports,
    chain: list[str],
    key: str,
    readers: Sequence[tuple[Value | None, Period | None]],
) -> FoundResult | Unreported | Refused:
    owner = chain[-1]
    file = reports.results.get(owner)
    result = file.model.results.get(key) if file is not None and file.model is not None else None
    steps: tuple[Step, ...] = (ResultBorrowed(tuple(chain)),) if len(chain) > 1 else ()
    if file is not None and result is not None:
        spot = ResultSpot(key, file.node.find(("results", key)))
    else:
        spot = _at_use(reports, owner, key)
    resolved = _resolved(reports.units[owner], key)
    surveys = [asked.survey for asked in resolved.item.use.surveys] if resolved is not None else []
    counted = surveyed.count(reports.answers, owner, surveys, result, spot)
    if isinstance(counted, Refused):
        return counted
    if counted is not None:
        assert resolved is not None
        made = surveyed.as_result(counted, resolved.item.indicator, reports.round, result, spot)
        return (
            made
            if isinstance(made, Refused)
            else FoundResult(made, spot, owner, None, (*steps, counted))
        )
    if result is None or result.only_words:
        return Unreported(owner)
    # The lender's formula and period; the borrower's where the lender has none.
    value = next((value for value, _ in readers if value is not None), None)
    months = periods.months(reports.agency, reports.round, periods.own(readers))
    return FoundResult(result, spot, owner, value, steps, months)


def _mean(reports: RoundReports, chain: list[str], key: str, column: str) -> FoundResult | Refused:
    spot = _at_use(reports, chain[-1], key)
    figures = reports.columns.get(column)
    if figures is None:
        return spot.refuse(
            message("no-column-for-mean", column=column),
            "mean_of",
            hint=did_you_mean(column, reports.columns),
        )
    if not figures:
        return spot.refuse(message("column-without-figures", column=column), "mean_of")
    total = add(figures)
    mean = total / len(figures)
    steps: tuple[Step, ...] = (ResultBorrowed(tuple(chain)),) if len(chain) > 1 else ()
    step = MeanOfColumn(column, len(figures), total, mean)
    return FoundResult(Result(value=mean), spot, chain[-1], None, (*steps, step))


def _resolved(unit: UnitFile, key: str) -> ResolvedIndicator | None:
    return next((r for r in unit.indicators if r.item.key == key), None)


def _at_use(reports: RoundReports, unit: str, key: str) -> ResultSpot:
    """The place where a unit says whose result it uses."""
    file = reports.units[unit]
    resolved = _resolved(file, key)
    assert resolved is not None
    node = file.file.node.find(resolved.place)
    return ResultSpot(key, node.child("result") or node)

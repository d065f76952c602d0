"""The value that criteria read, made of the figures that were reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..diagnostics import Diagnostic, did_you_mean
from ..exact import Exact, add, bare, half_up
from ..messages import Message, message
from ..model import Decimals, FormulaInput, Lookup, LookupRow, Value
from . import formula, periods, possible
from .conditions import both, either, holds, neighbours, region, words
from .formula_text import divisors, written
from .periods import Month
from .refusal import Lacking, Refused, ResultSpot
from .trace import FormulaCalculated, LookedUp, Policy, ReportedFigure, Step, ValueRounded

Given = Mapping[str, Decimal | Mapping[str, Decimal]]
Stated = Literal["criteria", "agency"]


@dataclass(frozen=True, slots=True)
class MadeValue:
    """A value and the steps to it."""

    value: Exact
    steps: tuple[Step, ...]


def make(
    value: Value | None, given: Given, months: Sequence[Month], decimals: Decimals, spot: ResultSpot
) -> MadeValue | Refused | Lacking:
    """Put the figures into the formula, by way of the score tables it reads.

    ``months`` are those that the round judges: a figure by month has each of them and no other.
    ``decimals`` is the agency's policy: what a score table reads is rounded to it.
    """
    spot = ResultSpot(spot.about, spot.node.find(("inputs",)))
    if value is None or value.formula is None:
        return spot.refuse(message("no-formula"))
    try:
        names = formula.names(value.formula)
        lookups = {key: lookup for key, lookup in value.lookups.items() if key in names}
        read = (formula.names(lookup.of) for lookup in lookups.values())
        needed = (names - set(lookups)).union(*read)
    except formula.FormulaError as error:
        return spot.refuse(error.said, hint=message("correct-formula"))
    steps, faults, lacking = _figures(value.inputs, needed, given, months, spot)
    if faults:
        return Refused(tuple(faults))
    if lacking:
        return Lacking(tuple(lacking))
    figures = {step.key: step.value for step in steps}
    made: list[Step] = list(steps)
    scores: dict[str, Exact] = {}
    for key, lookup in lookups.items():
        found = _look_up(key, lookup, value.heading_of(key), figures, decimals, spot)
        if isinstance(found, Refused):
            return found
        scores[key] = found.value
        made += found.steps
    result = _calculate(value.formula, {**figures, **scores}, spot)
    if isinstance(result, Refused):
        return result
    return MadeValue(result.value, (*made, result))


def rounded(
    value: Exact,
    decimals: Decimals,
    stated: Stated,
    name: Literal["decimals", "points_decimals"] = "decimals",
) -> ValueRounded:
    """The value as it is read, by the policy of that name."""
    policy = Policy(name, str(decimals), stated)
    if decimals == "none":
        return ValueRounded(value, value, None, policy)
    return ValueRounded(value, half_up(value, decimals), decimals, policy)


def _figures(
    inputs: Mapping[str, FormulaInput],
    needed: frozenset[str],
    given: Given,
    months: Sequence[Month],
    spot: ResultSpot,
) -> tuple[list[ReportedFigure], list[Diagnostic], list[tuple[str, tuple[Month, ...]]]]:
    faults = [
        spot.fault(
            message("formula-has-no-figure", figure=key), key, hint=did_you_mean(key, inputs)
        )
        for key in given
        if key not in inputs
    ]
    figures = []
    lacking = []
    for key in [*(k for k in inputs if k in needed), *sorted(needed - set(inputs))]:
        about = inputs.get(key, FormulaInput(name=key))
        found = given.get(key)
        if found is None and about.constant is not None:
            figures.append(_figure(key, about, about.constant, fixed=True))
        elif found is None:
            faults.append(spot.fault(message("figure-missing", figure=key, called=about.name)))
        elif about.constant is not None and found != about.constant:
            faults.append(
                spot.fault(
                    message("figure-is-fixed", figure=key, constant=bare(about.constant)), key
                )
            )
        elif isinstance(found, Decimal):
            figures.append(_figure(key, about, found))
        elif not about.monthly or not found:
            faults.append(
                spot.fault(
                    message("figure-not-by-month", figure=key)
                    if found
                    else message("figure-without-month", figure=key),
                    key,
                    hint=message("give-total-or-monthly"),
                )
            )
        else:
            placed, wrong = _by_month(key, found, months, spot)
            faults += wrong
            left = tuple(month for month in months if month not in placed)
            if left:
                lacking.append((about.name, left))
            by_month = tuple((placed[m], found[placed[m]]) for m in sorted(placed))
            total = add(found.values())
            figures.append(ReportedFigure(key, about.name, about.measure or "", total, by_month))
    faults += _impossible(inputs, figures, given, spot)
    return figures, faults, lacking


def _impossible(
    inputs: Mapping[str, FormulaInput],
    figures: list[ReportedFigure],
    given: Given,
    spot: ResultSpot,
) -> Iterator[Diagnostic]:
    """Figures, of months too, that can't be."""
    for figure in figures:
        about = inputs.get(figure.key)
        if about is None or figure.fixed:
            continue
        bounds = possible.of_input(about)
        single: list[tuple[tuple[str, ...], Exact]] = [
            ((figure.key, month), value) for month, value in figure.months
        ]
        for path, value in single or [((figure.key,), figure.value)]:
            impossible = possible.fault(value, bounds, f"inputs: {figure.key}: ")
            if impossible is not None:
                reason, hint = impossible
                said = message("figure-impossible", figure=path, reason=reason)
                yield spot.fault(said, *path, hint=hint)


def _figure(
    key: str, about: FormulaInput, value: Decimal, *, fixed: bool = False
) -> ReportedFigure:
    return ReportedFigure(key, about.name, about.measure or "", value, fixed=fixed)


def _by_month(
    key: str, given: Iterable[str], months: Sequence[Month], spot: ResultSpot
) -> tuple[dict[Month, str], list[Diagnostic]]:
    """Which month each label stands for, and what is wrong with the others."""
    placed: dict[Month, str] = {}
    faults = []
    for label in given:
        found = periods.named(label, months)
        if len(found) == 1 and found[0] not in placed:
            placed[found[0]] = label
            continue
        said, hint = _misplaced(key, label, found, placed, months)
        faults.append(spot.fault(said, key, label, hint=hint))
    return placed, faults


def _misplaced(
    key: str,
    label: str,
    found: Sequence[Month],
    placed: Mapping[Month, str],
    months: Sequence[Month],
) -> tuple[Message, Message]:
    """Why a label isn't one month that the round judges, and the remedy."""
    if len(found) > 1:
        meant = either(message("said-figure", figure=str(month)) for month in found)
        return message("month-unclear", label=label, months=meant), message("write-the-year")
    if not found:
        judged = periods.listed(months)
        return (
            message("figure-of-other-month", figure=key, label=label),
            message("months-judged", months=judged) if judged else message("no-months-judged"),
        )
    return (
        message("month-twice", first=placed[found[0]], second=label, figure=key),
        message("keep-one-of-them"),
    )


def _look_up(
    key: str,
    lookup: Lookup,
    heading: str,
    figures: Mapping[str, Exact],
    decimals: Decimals,
    spot: ResultSpot,
) -> MadeValue | Refused:
    found = _calculate(lookup.of, figures, spot, of=key)
    if isinstance(found, Refused):
        return found
    read = rounded(found.value, decimals, "agency")
    number = read.after
    fitting = [row for row in lookup.rows if holds(row, number, None)]
    if not fitting:
        return _no_row(key, lookup.rows, number, spot)
    row = max(fitting, key=lambda row: row.gives)
    step = LookedUp(key, heading, number, row.text, row, row.gives)
    steps = (read, step) if lookup.of.strip() in figures else (found, read, step)
    return MadeValue(row.gives, steps)


def _no_row(key: str, rows: list[LookupRow], number: Exact, spot: ResultSpot) -> Refused:
    beside = neighbours(number, [region(row, ()) for row in rows]) or (None, None)
    named = [words(rows[index]) for index in beside if index is not None]
    said = (
        message("value-between-rows", value=bare(number), rows=both(named), table=key)
        if len(named) == 2
        else message("value-in-no-row", value=bare(number), table=key)
    )
    return spot.refuse(said, hint=message("close-gap-in-score-table"))


def _calculate(
    expression: str, figures: Mapping[str, Exact], spot: ResultSpot, of: str = ""
) -> FormulaCalculated | Refused:
    try:
        result = formula.value(expression, figures)
    except formula.FormulaError as error:
        nought = sorted(name for name in divisors(expression) if figures.get(name) == 0)
        hint = (
            message("nought-check-figures", figure=nought[0])
            if nought
            else message("check-figures")
        )
        return spot.refuse(error.said, *nought[:1], hint=hint)
    return FormulaCalculated(expression, written(expression, figures), result, of)

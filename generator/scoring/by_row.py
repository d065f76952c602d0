"""A result that comes row by row: each row scored and ranked, all rolled up into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from ..agreements.files import TableFile
from ..exact import Exact, add, half_up
from ..messages import message
from ..model import Criteria, Decimals, Indicator, PartResult, Value
from ..model.by_row import ByRow
from . import possible, values
from .conditions import holds
from .refusal import Lacking, Refused, ResultSpot, all_faults
from .row_figures import RowFigures, read, wanted
from .row_steps import RatioOfSums, RowsRolledUp, RowsSummed
from .trace import FormulaCalculated, Step, Trace, ValueReported

HUNDRED = Fraction(100)


class Judged(Protocol):
    """The score that criteria give."""

    @property
    def points(self) -> Fraction:
        """The score, exact."""

    @property
    def full(self) -> Decimal:
        """The most there is."""

    @property
    def value(self) -> Exact | None:
        """What the criteria read."""

    @property
    def level(self) -> str | None:
        """The level that was reached."""

    @property
    def trace(self) -> Trace:
        """The steps to it."""


JudgeOne = Callable[[PartResult, ResultSpot], Judged | Refused | Lacking]


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure of a row's formula, with its words."""

    key: str
    name: str
    measure: str
    value: Exact


@dataclass(frozen=True, slots=True)
class RowScore:
    """One row, exact. ``percent`` is its value out of what earns full marks; more may be reached.

    ``points`` are the row's score, ``out_of`` the most there are. Nothing but its name where it
    doesn't apply.
    """

    name: str
    applies: bool
    texts: tuple[str, ...] = ()
    figures: tuple[RowFigure, ...] = ()
    value: Exact | None = None
    full: Exact | None = None
    percent: Fraction | None = None
    weight: Exact | None = None
    points: Fraction | None = None
    out_of: Decimal | None = None
    passed: bool | None = None
    rank: int | None = None
    trace: Trace = field(default_factory=Trace)

    @property
    def read(self) -> Exact | None:
        """What criteria and bounds look at: the percentage of full marks, or the value."""
        return self.value if self.percent is None else self.percent

    @property
    def counted(self) -> Exact:
        """What is rolled up: more than full marks makes up for no other row."""
        assert self.value is not None
        return self.value if self.percent is None else min(self.percent, HUNDRED)


@dataclass(frozen=True, slots=True)
class RowsScore:
    """What the rows come to: the indicator's score, its steps, and the rows."""

    points: Fraction
    full: Decimal
    value: Exact | None
    level: str | None
    trace: Trace
    rows: tuple[RowScore, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """By what rows are read: the indicator, its criteria, its formula, and the agency's policy."""

    indicator: Indicator
    criteria: Criteria
    value: Value | None
    decimals: Decimals
    sites: TableFile | None = None


def judge_rows(
    rows: Sequence[dict[str, str]], reading: RowReading, spot: ResultSpot, judge: JudgeOne
) -> RowsScore | Refused | Lacking:
    """The score of a result's rows. ``judge`` reads one value by the indicator's criteria."""
    rule = reading.indicator.by_row
    if rule is None:
        return spot.refuse(message("rows-not-asked"), "rows")
    if reading.criteria.parts:
        return spot.refuse(message("rows-and-parts"), "rows")
    found = read(rule, reading.value, rows, reading.sites, spot)
    if isinstance(found, Refused):
        return found
    made = [_row(row, rule, reading, judge) for row in found]
    if faults := all_faults(made):
        return Refused(faults)
    scored = _ranked(rule, [row for row in made if isinstance(row, RowScore)])
    applying = [row for row in scored if row.applies]
    if rule.of == "score":
        points = _mean_of_scores(rule, applying, len(scored) - len(applying), spot)
        if isinstance(points, Refused):
            return points
        full = next(row.out_of for row in applying if row.out_of is not None)
        return RowsScore(Fraction(points.value), full, None, None, Trace((points,)), tuple(scored))
    rolled = _rolled_up(rule, reading, applying, len(scored) - len(applying), spot)
    if isinstance(rolled, Refused):
        return rolled
    steps, value = rolled
    whole = judge(PartResult(value=value if rule.full is None else min(value, HUNDRED)), spot)
    if isinstance(whole, Refused | Lacking):
        return whole
    trace = Trace((*steps, *_without_report(whole.trace)))
    return RowsScore(whole.points, whole.full, whole.value, whole.level, trace, tuple(scored))


def _without_report(trace: Trace) -> tuple[Step, ...]:
    """The steps of a value that nobody reported as such."""
    return tuple(step for step in trace.steps if not isinstance(step, ValueReported))


def _row(
    row: RowFigures, rule: ByRow, reading: RowReading, judge: JudgeOne
) -> RowScore | Refused | Lacking:
    if not row.applies:
        return RowScore(row.name, False, row.texts)
    value, steps = _value(row, rule, reading)
    if isinstance(value, Refused | Lacking):
        return value
    bounds = possible.of_value(reading.indicator, reading.criteria, reading.value)
    impossible = possible.fault(value, bounds) if rule.roll_up != "passed" else None
    if impossible is not None:
        return row.spot.refuse(impossible[0], rule.value, hint=impossible[1])
    full = row.full
    percent = None if full is None else Fraction(value) * 100 / Fraction(full)
    made = RowScore(
        row.name, True, row.texts, _figures(row, reading), value, full, percent, row.weight
    )
    assert made.read is not None
    if rule.passed is not None:
        made = replace(made, passed=bool(holds(rule.passed, made.read, None)))
    if not rule.is_scored:
        return replace(made, trace=Trace(steps))
    score = judge(PartResult(value=made.counted), row.spot)
    if isinstance(score, Refused | Lacking):
        return score
    trace = Trace((*steps, *_without_report(score.trace)))
    return replace(made, points=score.points, out_of=score.full, trace=trace)


def _value(
    row: RowFigures, rule: ByRow, reading: RowReading
) -> tuple[Exact, tuple[Step, ...]] | tuple[Refused | Lacking, tuple[Step, ...]]:
    value = reading.value
    if value is None or value.formula is None:
        figure = row.figures[rule.value]
        return figure, (ValueReported(figure),)
    made = values.make(value, row.figures, (), reading.decimals, row.spot)
    if isinstance(made, Refused | Lacking):
        return made, ()
    return made.value, made.steps


def _figures(row: RowFigures, reading: RowReading) -> tuple[RowFigure, ...]:
    value = reading.value
    if value is None or value.formula is None:
        return ()
    about = value.inputs
    return tuple(
        RowFigure(key, about[key].name, about[key].measure or "", figure)
        for key, figure in row.figures.items()
    )


def _ranked(rule: ByRow, rows: list[RowScore]) -> list[RowScore]:
    """The rows with their ranks; what is equal shares one, and the next ones are left out."""
    by = rule.ranked_by
    if by == "none":
        return rows

    def mark(row: RowScore) -> Exact:
        found = row.points if by == "score" else row.read
        assert found is not None
        return Fraction(found) * (-1 if by == "least" else 1)

    first: dict[Exact, int] = {}
    best_first = sorted((mark(row) for row in rows if row.applies), reverse=True)
    for place, found in enumerate(best_first, start=1):
        first.setdefault(found, place)
    return [replace(row, rank=first[mark(row)]) if row.applies else row for row in rows]


def _mean_of_scores(
    rule: ByRow, rows: Sequence[RowScore], left_out: int, spot: ResultSpot
) -> RowsRolledUp | Refused:
    terms = tuple(row.points for row in rows if row.points is not None)
    return _mean(rule, rows, terms, "score", left_out, spot)


def _mean(
    rule: ByRow,
    rows: Sequence[RowScore],
    terms: tuple[Exact, ...],
    of: Literal["value", "percent", "score"],
    left_out: int,
    spot: ResultSpot,
) -> RowsRolledUp | Refused:
    weights: tuple[Exact, ...] = ()
    total, divisor = add(terms), Fraction(len(terms))
    if rule.roll_up == "weighted":
        weights = tuple(row.weight for row in rows if row.weight is not None)
        divisor = add(weights)
        if not divisor:
            return spot.refuse(message("rows-weigh-nothing"), "rows")
        total = add(Fraction(t) * Fraction(w) for t, w in zip(terms, weights, strict=True))
        return RowsRolledUp(
            "weighted", of, rule.called, terms, weights, total, divisor, total / divisor, left_out
        )
    return RowsRolledUp(
        "mean", of, rule.called, terms, weights, total, divisor, total / divisor, left_out
    )


def _rolled_up(
    rule: ByRow, reading: RowReading, rows: Sequence[RowScore], left_out: int, spot: ResultSpot
) -> tuple[tuple[Step, ...], Exact] | Refused:
    if rule.roll_up == "ratio":
        return _ratio(rule, reading, rows, spot)
    of: Literal["value", "percent"] = "value" if rule.full is None else "percent"
    terms = tuple(row.counted for row in rows)
    if rule.roll_up in ("mean", "weighted"):
        step = _mean(rule, rows, terms, of, left_out, spot)
        return step if isinstance(step, Refused) else ((step,), step.value)
    if rule.roll_up == "sum":
        total = add(terms)
        step = RowsRolledUp("sum", of, rule.called, terms, (), total, Fraction(1), total, left_out)
        return (step,), total
    many, count = Fraction(sum(row.passed is True for row in rows)), Fraction(len(rows))
    share = many * 100 / count
    step = RowsRolledUp(
        "passed", of, rule.called, (), (), many, count, share, left_out, rule.passed
    )
    return (step,), share


def _ratio(
    rule: ByRow, reading: RowReading, rows: Sequence[RowScore], spot: ResultSpot
) -> tuple[tuple[Step, ...], Exact] | Refused:
    """The formula of the sums; without one, the sum of the values out of that of full marks."""
    value = reading.value
    if value is None or value.formula is None:
        if rule.full is None:
            return spot.refuse(message("ratio-of-nothing"), "rows")
        total = add(row.value for row in rows if row.value is not None)
        full = add(row.full for row in rows if row.full is not None)
        share = total * 100 / full
        return (RatioOfSums(rule.called, total, full, share),), share
    if value.lookups:
        return spot.refuse(message("ratio-of-lookups"), "rows")
    steps: list[Step] = []
    sums: dict[str, Decimal] = {}
    for key in wanted(rule, value):
        about = value.inputs[key]
        terms = tuple(figure.value for row in rows for figure in row.figures if figure.key == key)
        summed = add(terms)
        sums[key] = half_up(summed, max(map(_decimals, terms)))  # exactly
        steps.append(RowsSummed(about.name, about.measure or "", rule.called, terms, summed))
    made = values.make(value, sums, (), reading.decimals, spot)
    if isinstance(made, Refused):
        return made
    assert not isinstance(made, Lacking)
    fixed = [s for s in made.steps if getattr(s, "fixed", False)]
    formula = [s for s in made.steps if isinstance(s, FormulaCalculated)]
    return (*steps, *fixed, *formula), made.value


def _decimals(number: Exact) -> int:
    """How many decimals a figure was typed with."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0

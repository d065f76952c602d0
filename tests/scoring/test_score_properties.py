"""What must hold for every value: bounds, direction, order, and other ways to the same score."""

import ast
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.scoring import IndicatorScore, RoundReports, UnitScore, score_unit
from support.scored import Kpi, agency, by_points, ladder, one, reported, scored, unit

settings.register_profile("scoring", deadline=None, max_examples=40)
settings.load_profile("scoring")

VALUES = st.decimals(min_value=-50, max_value=250, places=4)
TWO_PLACES = st.decimals(min_value=0, max_value=200, places=2)
STARTS = st.lists(TWO_PLACES, min_size=5, max_size=5, unique=True).map(sorted)
SCORES = st.decimals(min_value=1, max_value=5, places=6)


def fixed(number: Decimal) -> str:
    return f"{number:f}"


def score_of(indicator: str, value: Decimal) -> IndicatorScore | None:
    return one(indicator, f"{{value: {fixed(value)}}}").score


def rising_points(values: Sequence[Decimal]) -> str:
    return by_points(" | ".join(map(fixed, values)))


def nested(values: Sequence[Decimal], word: str = "at_least") -> str:
    return ladder(" | ".join(f"{word}: {fixed(value)}" for value in values))


def bands(starts: Sequence[Decimal]) -> str:
    """Bands of two decimals that leave no gap: below the second start, … from the last on."""
    cent = Decimal("0.01")
    middle = [f"between: [{fixed(a)}, {fixed(b - cent)}]" for a, b in pairwise(starts[1:])]
    return ladder(
        " | ".join([f"less_than: {fixed(starts[1])}", *middle, f"at_least: {fixed(starts[-1])}"])
    )


@given(STARTS, VALUES, VALUES)
def test_more_is_never_worse_on_a_rising_scale(
    starts: list[Decimal], one_value: Decimal, other: Decimal
) -> None:
    low, high = sorted((one_value, other))
    for indicator in (nested(starts), rising_points(starts), bands(starts)):
        first, second = score_of(indicator, low), score_of(indicator, high)
        assert first is not None
        assert second is not None
        assert 1 <= first.points <= second.points <= 5


@given(STARTS, VALUES, VALUES)
def test_less_is_never_worse_on_a_falling_scale(
    starts: list[Decimal], one_value: Decimal, other: Decimal
) -> None:
    low, high = sorted((one_value, other))
    falling = starts[::-1]
    for indicator in (nested(falling, "at_most"), rising_points(falling)):
        first, second = score_of(indicator, low), score_of(indicator, high)
        assert first is not None
        assert second is not None
        assert 5 >= first.points >= second.points >= 1


@given(STARTS, VALUES)
def test_points_lie_between_their_neighbours(starts: list[Decimal], value: Decimal) -> None:
    score = score_of(rising_points(starts), value)
    assert score is not None
    reached = sum(start <= value for start in starts)
    assert max(reached, 1) <= score.points <= min(reached + 1, 5)


@given(STARTS)
def test_ladder_and_points_agree_at_the_levels_values(starts: list[Decimal]) -> None:
    for level, start in enumerate(starts, 1):
        for indicator in (nested(starts), rising_points(starts)):
            score = score_of(indicator, start)
            assert score is not None
            assert score.points == level


@given(STARTS, VALUES)
def test_points_against_floats(starts: list[Decimal], value: Decimal) -> None:
    score = score_of(rising_points(starts), value)
    assert score is not None
    assert abs(float(score.points) - naive(starts, value)) < 1e-9


def naive(starts: Sequence[Decimal], value: Decimal) -> float:
    """Interpolation as anybody would write it down, in binary numbers."""
    marks = [float(start) for start in starts]
    at = float(value)
    if at <= marks[0]:
        return 1.0
    for level, (low, high) in enumerate(pairwise(marks), 1):
        if at <= high:
            return level + (at - low) / (high - low)
    return 5.0


@given(STARTS, VALUES)
def test_points_against_fractions(starts: list[Decimal], value: Decimal) -> None:
    score = score_of(rising_points(starts), value)
    assert score is not None
    marks = [Fraction(start) for start in starts]
    inside = [
        level + (Fraction(value) - low) / (high - low)
        for level, (low, high) in enumerate(pairwise(marks), 1)
        if low <= Fraction(value) <= high
    ]
    expected = inside[0] if inside else Fraction(1 if Fraction(value) < marks[0] else 5)
    assert score.points == expected


@given(STARTS, VALUES)
def test_ladders_against_brute_force(starts: list[Decimal], value: Decimal) -> None:
    hundredths = [int(start * 100) for start in starts]
    for indicator, levels in (
        (nested(starts), [range(h, 10**6) for h in hundredths]),
        (
            bands(starts),
            [
                range(-(10**6), hundredths[1]),
                *(range(a, b) for a, b in pairwise(hundredths[1:])),
                range(hundredths[-1], 10**6),
            ],
        ),
    ):
        read = whole_hundredths(value)
        expected = max((n for n, level in enumerate(levels, 1) if read in level), default=1)
        score = score_of(indicator, value)
        assert score is not None
        assert score.points == expected


def whole_hundredths(value: Decimal) -> int:
    """Half away from nought, in whole numbers alone."""
    tenthousandths = int(value * 10_000)
    sign = -1 if tenthousandths < 0 else 1
    return sign * ((abs(tenthousandths) + 50) // 100)


@given(STARTS, VALUES, st.sampled_from(["0.01", "0.1", "2", "10", "12.5"]))
def test_points_are_the_same_on_another_scale_of_values(
    starts: list[Decimal], value: Decimal, factor: str
) -> None:
    scaled = [start * Decimal(factor) for start in starts]
    first = score_of(rising_points(starts), value)
    second = score_of(rising_points(scaled), value * Decimal(factor))
    assert first is not None
    assert second is not None
    assert abs(first.points - second.points) < Decimal("1e-40")


@given(STARTS, VALUES)
def test_points_follow_the_scale_they_are_scored_on(starts: list[Decimal], value: Decimal) -> None:
    twenty = agency(
        "scales: {five: {below: 20, levels: ["
        + ", ".join(f"{{id: {n}, name: {n}, points: {n * 20}}}" for n in range(1, 6))
        + "]}}"
    )
    result = f"{{value: {fixed(value)}}}"
    first = scored(rising_points(starts), result)
    second = scored(rising_points(starts), result, of=twenty)
    assert abs(first.points * 20 - second.points) < Decimal("1e-25")
    assert second.full == 100


IDENTITY = by_points("1 | 2 | 3 | 4 | 5")


def whole(weights: Sequence[Decimal], scores: Sequence[Decimal]) -> UnitScore:
    kpis = [Kpi(f"kpi-{index}", IDENTITY, fixed(weight)) for index, weight in enumerate(weights)]
    results = "\n".join(f"kpi-{i}: {{value: {fixed(s)}}}" for i, s in enumerate(scores))
    reports = RoundReports(agency(), "2", {"หนึ่ง": unit(*kpis)}, {"หนึ่ง": reported(results)})
    return score_unit(reports, "หนึ่ง")


SPLITS = st.lists(
    st.decimals(min_value="0.01", max_value=20, places=2), min_size=1, max_size=5
).map(lambda found: [*found, 100 - sum(found, Decimal(0))])


@given(SPLITS, st.data())
def test_the_total_is_the_exact_sum_in_any_order(
    weights: list[Decimal], data: st.DataObject
) -> None:
    scores = data.draw(st.lists(SCORES, min_size=len(weights), max_size=len(weights)))
    pool = whole(weights, scores).pools[0]
    pairs = zip(weights, scores, strict=True)
    exact = sum((Fraction(w) * Fraction(s) / 100 for w, s in pairs), Fraction(0))
    assert Fraction(pool.total) == exact
    assert Fraction(pool.percent) == exact * 20
    order = data.draw(st.permutations(range(len(weights))))
    mixed = whole([weights[i] for i in order], [scores[i] for i in order]).pools[0]
    assert (mixed.total, mixed.grade) == (pool.total, pool.grade)
    rows = whole(weights, scores).rows
    assert all(row.weighted is not None for row in rows)
    printed = [row.weighted_shown for row in rows if row.weighted_shown is not None]
    slack = (len(rows) + 1) * Decimal("0.00005")
    assert abs(sum(printed, Decimal(0)) - pool.total_shown) <= slack


@given(SPLITS, VALUES)
def test_the_total_of_equal_scores_is_that_score(weights: list[Decimal], value: Decimal) -> None:
    thirds = by_points("0 | 30 | 60 | 90 | 93")
    kpis = [Kpi(f"kpi-{i}", thirds, fixed(w)) for i, w in enumerate(weights)]
    results = "\n".join(f"kpi-{i}: {{value: {fixed(value)}}}" for i in range(len(weights)))
    reports = RoundReports(agency(), "2", {"หนึ่ง": unit(*kpis)}, {"หนึ่ง": reported(results)})
    found = score_unit(reports, "หนึ่ง")
    row = found.rows[0]
    assert row.score is not None
    assert found.pools[0].total == row.score.points
    assert found.components[0].score == row.score.points


@given(SPLITS, st.data())
def test_an_open_row_takes_nothing_from_the_others(
    weights: list[Decimal], data: st.DataObject
) -> None:
    scores = data.draw(st.lists(SCORES, min_size=len(weights), max_size=len(weights)))
    full = whole(weights, scores)
    part = whole(weights, scores[:-1])
    assert part.pools[0].open_weight == weights[-1]
    last = full.rows[-1].weighted
    assert last is not None
    assert part.pools[0].total + last == full.pools[0].total
    assert part.pools[0].grade is None


SCORING = sorted((Path(__file__).parents[2] / "generator" / "scoring").glob("*.py"))


@pytest.mark.parametrize("path", SCORING, ids=lambda path: path.name)
def test_no_binary_number_anywhere(path: Path) -> None:
    for found in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(found, ast.Call) and isinstance(found.func, ast.Name):
            assert found.func.id not in ("float", "round", "pow", "complex")
        assert not (isinstance(found, ast.Constant) and isinstance(found.value, float | complex))
        if isinstance(found, ast.ImportFrom):
            assert found.module not in ("math", "cmath", "statistics", "random")

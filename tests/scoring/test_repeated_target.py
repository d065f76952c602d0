"""A target that two levels ask for (40 50 60 60 70) is read as the higher level."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.scored import by_points, faults, ladder, points, scored

RISING = "40 | 50 | 60 | 60 | 70"
FALLING = "70 | 60 | 60 | 50 | 40"


@pytest.mark.parametrize(
    ("levels", "value", "expected"),
    [
        (RISING, "60", "4.0000"),
        (RISING, "59", "2.9000"),
        (RISING, "65", "4.5000"),
        (RISING, "40", "1.0000"),
        (RISING, "80", "5.0000"),
        (FALLING, "60", "3.0000"),
        (FALLING, "61", "1.9000"),
        (FALLING, "55", "3.5000"),
    ],
)
def test_by_points(levels: str, value: str, expected: str) -> None:
    assert points(by_points(levels), f"{{value: {value}}}") == expected


def test_by_a_ladder() -> None:
    levels = " | ".join(f"at_least: {target}" for target in RISING.split(" | "))
    found = [points(ladder(levels), f"{{value: {value}}}") for value in ("59.99", "60", "70")]
    assert found == ["2.0000", "4.0000", "5.0000"]


@given(
    marks=st.lists(st.integers(0, 60), min_size=5, max_size=5).map(sorted),
    value=st.integers(-1, 61),
)
def test_more_never_earns_less(marks: list[int], value: int) -> None:
    """Against a walk along the levels that looks at one interval after the other."""
    if marks[0] == marks[-1]:
        return
    indicator = by_points(" | ".join(map(str, marks)))
    expected = Fraction(1)
    for number, (low, high) in enumerate(pairwise(marks), 1):
        if low < value < high:
            expected = number + Fraction(value - low, high - low)
        elif value >= high:
            expected = Fraction(number + 1)
    if value >= 0:
        assert scored(indicator, f"{{value: {value}}}").points == expected


def test_in_proportion_below_a_repeated_first_level() -> None:
    indicator = by_points("40 | 40 | 50 | 60 | 70", "below: linear")
    assert points(indicator, "{value: 40}") == "2.0000"
    assert points(indicator, "{value: 35}") == "1.5000"
    assert points(indicator, "{value: 10}") == "0.0000"


@pytest.mark.parametrize("levels", ["60 | 60 | 60 | 60 | 60", "40 | 60 | 50 | 60 | 70"])
def test_no_direction_is_refused(levels: str) -> None:
    (said,) = faults(by_points(levels), "{value: 55}")
    assert "neither rise nor fall" in said

"""Best in the middle: -13 per cent on the way from 20 (nothing) to 10 (full marks) earns 3.5."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.scored import agency, points, scored

SCALES = """
scales:
  five:
    levels: [{id: 1, name: 1, points: 1}, {id: 2, name: 2, points: 2}, {id: 3, name: 3, points: 3},
             {id: 4, name: 4, points: 4}, {id: 5, name: 5, points: 5}]
    below: 1
  ends:
    levels: [{id: none, name: 0, points: 0}, {id: full, name: 5, points: 5}]
    below: 0
"""
OF = agency(SCALES)


def band(none: str = "[-20, 20]", full: str = "[-10, 10]", more: str = "") -> str:
    return (
        f"name: ตัวชี้วัด\ncriteria:\n  all:\n    scale: ends\n    read: band\n{more}    levels:\n"
        f"      none: {{text: ±20, between: {none}}}\n      full: {{text: ±10, between: {full}}}\n"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("-13", "3.5000"),
        ("13", "3.5000"),
        ("-10", "5.0000"),
        ("10", "5.0000"),
        ("0", "5.0000"),
        ("-10.01", "4.9950"),
        ("-20", "0.0000"),
        ("20", "0.0000"),
        ("-35", "0.0000"),
        ("20.01", "0.0000"),
    ],
)
def test_a_deviation_to_either_side(value: str, expected: str) -> None:
    assert points(band(), f"{{value: {value}}}", of=OF) == expected


@given(cents=st.integers(-4000, 4000))
def test_it_is_the_distance_that_counts(cents: int) -> None:
    """5 up to 10, nothing from 20: half a point less for each per cent between."""
    value = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
    away = min(max(abs(cents), 1000), 2000)
    assert scored(band(), f"{{value: {value}}}", of=OF).points == Fraction(2000 - away, 200)


@given(
    ends=st.lists(st.integers(0, 400), min_size=10, max_size=10, unique=True).map(sorted),
    value=st.integers(-10, 410),
)
def test_five_ranges_of_their_own_widths(ends: list[int], value: int) -> None:
    """Between two ranges, in proportion to how far the value is from the outer one's end."""
    ranges = [(ends[i], ends[9 - i]) for i in range(5)]
    levels = "".join(
        f"      {n}: {{text: เกณฑ์, between: [{a}, {b}]}}\n" for n, (a, b) in enumerate(ranges, 1)
    )
    indicator = f"name: ก\ncriteria:\n  all:\n    read: band\n    levels:\n{levels}"
    expected = Fraction(1)
    for number, (low, high) in enumerate(ranges, 1):
        if low <= value <= high:
            expected = Fraction(number)
            if number < 5:
                a, b = ranges[number]
                if value < a:
                    expected += Fraction(value - low, a - low)
                elif value > b:
                    expected += Fraction(high - value, high - b)
    assert scored(indicator, f"{{value: {value}}}", of=OF).points == expected

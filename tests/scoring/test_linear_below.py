"""In proportion from nought: where 40 per cent earns 5, 5 per cent earn 0.625."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.scored import by_points, points, scored

FORTY = by_points("8 | 16 | 24 | 32 | 40", "below: linear")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", "0.6250"),
        ("0", "0.0000"),
        ("-3", "0.0000"),
        ("8", "1.0000"),
        ("20", "2.5000"),
        ("40", "5.0000"),
        ("41", "5.0000"),
    ],
)
def test_from_nought(value: str, expected: str) -> None:
    assert points(FORTY, f"{{value: {value}}}") == expected


@given(full=st.sampled_from([40, 60, 90, 100, 25_000, 50_000, 60_000]), part=st.integers(0, 1200))
def test_full_marks_in_proportion(full: int, part: int) -> None:
    """Whatever earns full marks, a share of it earns that share of them."""
    marks = " | ".join(str(Decimal(full * n) / 5) for n in range(1, 6))
    value = Decimal(full * part) / 1000
    indicator = by_points(marks, "below: linear")
    expected = min(Fraction(part, 1000) * 5, Fraction(5))
    assert scored(indicator, f"{{value: {value}}}").points == expected

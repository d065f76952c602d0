"""Scales of bars: where they end, and what their marks say."""

from decimal import Decimal
from fractions import Fraction

import pytest

from generator.documents.parts.bars import STEPS, figure_scale, scale_marks
from generator.exact import official


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        ("98.25", ["20", "40", "60", "80", "100"]),
        ("100", ["20", "40", "60", "80", "100"]),
        ("1234.5", ["300", "600", "900", "1,200", "1,500"]),
        ("5", ["1", "2", "3", "4", "5"]),
        ("0.07", ["0.016", "0.032", "0.048", "0.064", "0.08"]),
        ("1", ["0.2", "0.4", "0.6", "0.8", "1"]),
        ("31234", ["8,000", "16,000", "24,000", "32,000", "40,000"]),
    ],
)
def test_a_scale_of_figures_has_five_marks_and_ends_above_the_largest(
    most: str, marks: list[str]
) -> None:
    top, found = figure_scale(Decimal(most), lambda mark: official(mark, 6))
    assert [mark.text for mark in found] == marks
    assert Fraction(most) <= top < 2 * Fraction(most)
    assert sum(mark.span for mark in found) == STEPS


@pytest.mark.parametrize("most", [0, -3])
def test_where_nothing_is_above_nought_there_are_no_marks(most: int) -> None:
    top, (mark,) = figure_scale(Fraction(most), official)
    assert (mark.text, mark.span) == ("", STEPS)
    assert not top


def test_a_scale_of_many_points_has_five_marks() -> None:
    marks = scale_marks(100, "คะแนนเต็ม 100", str)
    assert [mark.text for mark in marks] == ["20", "40", "60", "80", "คะแนนเต็ม 100"]
    assert [mark.text for mark in scale_marks(7, "คะแนนเต็ม 7", str)] == ["คะแนนเต็ม 7"]

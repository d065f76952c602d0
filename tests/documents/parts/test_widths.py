"""Widths of columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.parts import widths

ROWS = st.integers(1, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.text("กขคงA1 .", max_size=60), min_size=columns, max_size=columns),
        min_size=1,
        max_size=6,
    )
)


@given(ROWS)
def test_they_add_up_to_the_whole(rows: list[list[str]]) -> None:
    shares = widths.share_out(rows, 24.7, 0.2, [0.0] * len(rows[0]))
    assert round(sum(shares), 1) == 100.0
    assert all(share > 0 for share in shares)


@given(ROWS)
def test_no_column_is_narrower_than_it_must_be(rows: list[list[str]]) -> None:
    least = [1.5] * len(rows[0])
    shares = widths.share_out(rows, 100.0, 0.2, least)
    assert all(share >= 1.4 for share in shares)


def test_long_text_gets_more_room() -> None:
    short, long = widths.share_out([["ก", "ก ข ค ง " * 30]], 20, 0.2, [0.0, 0.0])
    assert long > 3 * short


def test_marks_above_and_below_take_no_room() -> None:
    assert widths.letters("น้ำหนัก") == 5
    assert widths.letters("ก") == 1


def test_boxes_side_by_side_are_level() -> None:
    long, short = ["ก" * 300], ["ก" * 30]
    found = widths.level_out([long, short, short], 30, 0.2, [2, 2, 2], [0, 0, 0])
    assert sum(found) == pytest.approx(100)
    assert found[0] > found[1] == pytest.approx(found[2], abs=0.2)
    taller = widths.level_out([long, short, short], 30, 0.2, [2, 2, 2], [0, 6, 0])
    assert taller[0] < found[0]
    assert taller[1] > found[1]


def test_no_box_is_narrower_than_its_longest_word() -> None:
    address = "www.a-very-long-address.example"
    found = widths.level_out([[address], ["ก" * 900]], 20, 0.2, [1, 1], [0, 0])
    assert found[0] * 20 / 100 >= 0.2 * len(address)


def test_boxes_that_never_fit_still_share_the_row() -> None:
    found = widths.level_out([["ก" * 5000]] * 9, 10, 0.2, [3] * 9, [0] * 9)
    assert sum(found) == pytest.approx(100)
    assert widths.level_out([[]], 10, 0.2, [3], [0]) == (100,)

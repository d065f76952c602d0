"""Widths of columns."""

from hypothesis import given
from hypothesis import strategies as st

from generator.context import widths

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

"""Points taken off and added: as the criteria allow, with a reason, within the scale."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.scoring import explain, plain, what_if
from support.scored import by_points, faults, reported, scored

MARKS = by_points(
    "20 | 40 | 60 | 80 | 100",
    "adjustments:\n"
    "  - {id: late, kind: deduct, name: ส่งรายงานล่าช้า, most: 1}\n"
    "  - {id: award, kind: add, name: ได้รับรางวัล, most: 0.5}",
)


def result(value: str, **of: str) -> str:
    made = ", ".join(f"{k}: {{points: {v}, reason: เหตุของ {k}}}" for k, v in of.items())
    return f"{{value: {value}, adjustments: {{{made}}}}}"


def test_both_are_told_with_their_reasons() -> None:
    found = scored(MARKS, result("80", award="0.25", late="0.5"))
    assert found.points == Fraction(15, 4)
    assert explain.lines(found.trace)[-3:] == (
        "หักคะแนน 0.5 ส่งรายงานล่าช้า เหตุผล: เหตุของ late",
        "เพิ่มคะแนน 0.25 ได้รับรางวัล เหตุผล: เหตุของ award",
        "คะแนนหลังหักและเพิ่ม: 4 − 0.5 + 0.25 = 3.75",
    )
    assert plain(found.trace)[-1]["kind"] == "adjustment"
    assert scored(MARKS, "{value: 80}").points == 4


@pytest.mark.parametrize(
    ("made", "points", "end"),
    [
        (result("100", award="0.5"), 5, "5 + 0.5 = 5.5 แต่ไม่เกินคะแนนเต็ม จึงได้ 5"),
        (result("30", late="1"), 1, "1.5 − 1 = 0.5 แต่ไม่ต่ำกว่าคะแนนต่ำสุด จึงได้ 1"),
    ],
)
def test_it_stays_within_the_scale(made: str, points: int, end: str) -> None:
    found = scored(MARKS, made)
    assert found.points == points
    assert explain.lines(found.trace)[-1].endswith(end)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (result("80", late="1.5"), "'late' comes to 1.5 points, and no more than 1 are agreed"),
        (result("80", laet="1"), "the criteria name no adjustment 'laet'"),
    ],
)
def test_misuse_is_refused(made: str, said: str) -> None:
    (found,) = faults(MARKS, made)
    assert said in found


def test_what_is_supposed_keeps_them() -> None:
    file = reported(f"kpi: {result('80', late='1')}")
    after = what_if.supposed(file, what_if.read_all(["kpi=100"]), {}, 2566).model
    assert after is not None
    assert after.results["kpi"].adjustments["late"].points == 1
    assert after.results["kpi"].value == 100


@given(
    st.integers(0, 120),
    st.fractions(0, 1, max_denominator=20),
    st.fractions(0, 1, max_denominator=20),
)
def test_bounds_and_order(value: int, less: Fraction, more: Fraction) -> None:
    """A larger deduction never gives more, a bonus never less; both stay within the scale."""
    plain_score = scored(MARKS, f"{{value: {value}}}").points
    low, high = sorted((less, more))
    shown = [f"{float(x):.4f}" for x in (low, high)]
    deducted = [
        scored(MARKS, result(str(value), late=s)).points if float(s) else plain_score for s in shown
    ]
    assert 1 <= deducted[1] <= deducted[0] <= plain_score <= 5
    bonus = f"{float(low) / 2:.4f}"
    if float(bonus):
        assert plain_score <= scored(MARKS, result(str(value), award=bonus)).points <= 5

"""Parts combined by the best, by a sum with a cap, and in groups."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Criteria, Indicator
from generator.scoring import explain
from generator.scoring.explain_combined import formula_of
from support.scored import faults, model, scored

LEVELS = "levels: {1: '1', 2: '2', 3: '3', 4: '4', 5: '5'}"


def parts(rule: str, *of: str, more: str = "") -> str:
    lines = "".join(f"      - {{id: {part}, {LEVELS}}}\n" for part in of)
    head = f"name: ก\ncriteria:\n  all:\n    read: points\n    combine: {rule}\n{more}"
    return f"{head}    parts:\n{lines}"


def given_(**values: object) -> str:
    return "{parts: {" + ", ".join(f"{k}: {{value: {v}}}" for k, v in values.items()) + "}}"


GROUPS = "    groups:\n      - {id: acts, name: กิจกรรม, combine: mean}\n"
ALTERNATIVES = parts(
    "max",
    "a, name: ก, group: acts",
    "b, name: ข, group: acts",
    "c, name: ค, group: acts",
    "d, name: กรรมการ",
    more=GROUPS,
)


def test_three_activities_or_one_committee() -> None:
    both = scored(ALTERNATIVES, given_(a=3, b=4, c=5, d="3.5"))
    assert both.points == 4
    assert explain.lines(both.trace)[-2:] == (
        "กิจกรรม: ใช้ค่าเฉลี่ยของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): (3 + 4 + 5) ÷ 3 = 4",
        "ใช้คะแนนสูงสุดของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): 4 และ 3.5 ได้ 4",
    )
    alone = scored(ALTERNATIVES, given_(d="3.5"))
    assert alone.points == Fraction(7, 2)
    assert "ก: ไม่ได้รายงาน จึงใช้คะแนนของส่วนอื่น" in explain.lines(alone.trace)
    assert scored(ALTERNATIVES, given_(a=3, b=4, c=5)).points == 4


def test_an_alternative_that_was_begun_is_whole() -> None:
    assert faults(ALTERNATIVES, given_(a=3, d=4)) == [
        "kpi: the part 'b' has no result",
        "kpi: the part 'c' has no result",
    ]
    assert len(faults(ALTERNATIVES, "{parts: {}}")) == 4


def test_a_sum_with_a_cap() -> None:
    three = parts("sum", "a, name: ก", "b, name: ข", "c, name: ค", more="    most: 5\n")
    low = scored(three, given_(a=1, b=1, c="1.5"))
    assert low.points == Fraction(7, 2)
    assert low.full == 5
    assert explain.lines(low.trace)[-1].endswith("1 + 1 + 1.5 = 3.5")
    high = scored(three, given_(a=3, b=3, c=1))
    assert high.points == 5
    assert explain.lines(high.trace)[-1].endswith("3 + 3 + 1 = 7 แต่ไม่เกิน 5 จึงได้ 5")


def test_groups_by_weight() -> None:
    text = parts(
        "weighted",
        "a, name: ก, group: g, weight: 40",
        "b, name: ข, group: g, weight: 60",
        "c, name: ค, weight: 25",
        more="    groups: [{id: g, name: กลุ่ม, combine: weighted, weight: 75}]\n",
    )
    found = scored(text, given_(a=5, b=3, c=1))
    assert found.points == (Fraction(75) * Fraction(19, 5) + 25) / 100
    assert [line for line in explain.lines(found.trace) if "÷ (" in line][-2:] == [
        "กลุ่ม: ใช้ค่าเฉลี่ยถ่วงน้ำหนักของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): (40 × 5 + 60 × 3) ÷ (40 + 60) = 3.8",
        "ใช้ค่าเฉลี่ยถ่วงน้ำหนักของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): (75 × 3.8 + 25 × 1) ÷ (75 + 25) = 3.1",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ALTERNATIVES, "คะแนน = ค่าสูงสุดของ (ค่าเฉลี่ยของ (ก, ข และ ค) และ กรรมการ)"),
        (parts("sum", "a, name: ก", "b, name: ข", more="    most: 5\n"), "คะแนน = (ก + ข ไม่เกิน 5)"),
        (parts("max", "a, name: ก", "b, name: ข"), "คะแนน = ค่าสูงสุดของ (ก และ ข)"),
        (parts("min", "a, name: ก", "b, name: ข"), None),
    ],
)
def test_how_the_sheet_says_it(text: str, words: str | None) -> None:
    criteria = model(Indicator, text).criteria["all"]
    assert isinstance(criteria, Criteria)
    assert criteria.combine is not None
    assert formula_of(criteria, criteria.combine) == words


SCORES = st.lists(st.integers(4, 20).map(lambda n: Fraction(n, 4)), min_size=3, max_size=3)


@given(SCORES, st.integers(0, 2), st.integers(0, 8).map(lambda n: Fraction(n, 4)))
def test_bounds_and_monotony(values: list[Fraction], which: int, gain: Fraction) -> None:
    """Nothing is above the full mark, and no rule gives less for more."""
    better = [min(Fraction(5), v + gain) if n == which else v for n, v in enumerate(values)]
    for rule, more in (("max", ""), ("sum", "    most: 5\n"), ("min", ""), ("mean", "")):
        text = parts(rule, "a, name: ก", "b, name: ข", "c, name: ค", more=more)
        before, after = (
            scored(
                text, given_(**{k: f"{float(v):.2f}" for k, v in zip("abc", of, strict=True)})
            ).points
            for of in (values, better)
        )
        assert 1 <= before <= after <= 5
        if rule == "max":
            assert before == max(values)
        if rule == "sum":
            assert before == min(Fraction(5), sum(values))

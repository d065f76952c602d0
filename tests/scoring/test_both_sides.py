"""Best in the middle, and in proportion down to nought: against arithmetic of the test's own."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from generator.scoring import explain, explain_policies, plain
from support.scored import agency, by_points, faults, ladder, one, points, scored

SIX = """
scales:
  six:
    levels:
      - {id: 0, name: 0, points: 0}
      - {id: 1, name: 1, points: 1}
      - {id: 2, name: 2, points: 2}
      - {id: 3, name: 3, points: 3}
      - {id: 4, name: 4, points: 4}
      - {id: 5, name: 5, points: 5}
    below: 0
scale: six
"""
DEVIATION = """
name: ก
criteria:
  all:
    read: band
    below: linear
    levels:
      1: {text: ±18, between: [-18, 18]}
      2: {text: ±16, between: [-16, 16]}
      3: {text: ±14, between: [-14, 14]}
      4: {text: ±12, between: [-12, 12]}
      5: {text: ±10, between: [-10, 10]}
"""
UNEVEN = DEVIATION.replace("between: [-", "between: [-2").replace("below: linear", "below: 0")
"""Best from −210 to 10; each level 2 wider on either side."""

NOUGHT = by_points("8 | 16 | 24 | 32 | 40", "below: linear")
"""40 earns 5, in proportion from 0."""

AT_LEAST = " | ".join(f"at_least: {end}" for end in (60, 65, 70, 75, 80))


def test_a_scale_from_nought_reads_a_band_too() -> None:
    """The same rule as it is printed: at most 10 is 5, 20 or more is 0."""
    levels = "\n".join(
        f"      {level}: {{text: ก, between: [-{end}, {end}]}}"
        for level, end in enumerate((20, 18, 16, 14, 12, 10))
    )
    indicator = f"name: ก\ncriteria:\n  all:\n    read: band\n    levels:\n{levels}\n"
    assert points(indicator, "{value: -13}", of=agency(SIX)) == "3.5000"
    assert points(indicator, "{value: 25}", of=agency(SIX)) == "0.0000"


@given(st.decimals(min_value=-300, max_value=300, places=3))
def test_sides_need_not_be_alike(value: Decimal) -> None:
    beyond = max(Fraction(-210) - Fraction(value), Fraction(value) - 10, Fraction(0))
    expected = 5 - beyond / 2
    score = scored(UNEVEN, f"{{value: {value:f}}}").points
    assert score == (expected if expected >= 1 else 0)


def test_less_is_better_in_proportion_too() -> None:
    falling = by_points("50 | 40 | 30 | 20 | 10", "below: linear")
    assert points(falling, "{value: 55}") == "0.5000"
    assert points(falling, "{value: 61}") == "0.0000"


def test_the_lines_can_be_followed() -> None:
    trace = scored(NOUGHT, "{value: 5}").trace
    assert explain.lines(trace)[-2:] == (
        "ไม่ถึงค่าของระดับ 1 (8) จึงลดลงตามสัดส่วนระหว่างระดับ 1 กับระดับ 2 แต่ไม่ต่ำกว่า 0 (ตามเกณฑ์ของตัวชี้วัด)",
        "เทียบบัญญัติไตรยางศ์: 1 + (5 − 8) × (2 − 1) ÷ (16 − 8) = 0.625",
    )
    assert plain(trace)[-1]["kind"] == "extrapolation"
    (policy,) = [p for p in trace.policies if p.name == "below"]
    assert "ลดลงตามสัดส่วน" in explain_policies.policy_line(policy)
    ended = explain.lines(scored(DEVIATION, "{value: 21}").trace)[-1]
    assert ended.endswith("= −0.5 ซึ่งต่ำกว่า 0 จึงได้ 0")
    inside = explain.lines(scored(DEVIATION, "{value: -3}").trace)
    assert inside[-1] == "เข้าเกณฑ์ระดับ 5 (-10 ถึง 10) ได้ 5 คะแนน".replace("-10", "−10")


def test_an_open_level_is_no_number() -> None:
    indicator = DEVIATION.replace("{text: ±10, between: [-10, 10]}", "'...'")
    assert points(indicator, "{value: 13}") == "3.5000"
    (said,) = faults(indicator, "{value: 11}")
    assert said == "kpi: 11 can't be read: level 5 is still open"


def test_bands_that_cross_are_no_number() -> None:
    crossing = DEVIATION.replace("[-10, 10]", "[-13, 10]")
    (said,) = faults(crossing, "{value: -13}")
    assert said == "kpi: the levels' bands don't lie one inside the other"


def test_a_ladder_has_no_line() -> None:
    row = one(ladder(AT_LEAST, "below: linear"), "{value: 30}")
    assert [fault.code for fault in row.faults] == ["linear-below-a-ladder"]

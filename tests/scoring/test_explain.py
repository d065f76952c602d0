"""Traces in words: an officer can follow each with a pocket calculator."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exact import shown
from generator.model import Condition, Definitions
from generator.scoring import Policy, RoundReports, explain, explain_policies, score_unit
from generator.scoring.conditions import words
from generator.scoring.formula_text import written
from generator.scoring.trace import CountedFromSurveys, Trace
from support.scored import (
    EXAMPLE,
    Kpi,
    agency,
    by_points,
    ladder,
    model,
    of_shipped,
    points,
    reported,
    row_of,
    scored,
    unit,
)

LEVELS = "at_least: 1 | at_least: 2 | at_least: 3 | at_least: 4 | at_least: 5"
POINTS = "1 | 2 | 3 | 4 | 5"


def lines(key: str, result: str, unit: str = "กอส", by: str = "", round_id: str = "2") -> list[str]:
    score = of_shipped(unit, {by or unit: f"{key}: {result}"}, "1" if round_id == "1" else "2")
    row = row_of(score, key)
    assert row.score is not None
    return [*explain.lines(row.score.trace, {"พส": "พส."}), explain.row_line(row)]


def test_a_formula_and_a_ladder_with_an_open_level() -> None:
    assert lines("volunteers", "{inputs: {registered: 406561}}") == [
        "จำนวน อพม. สะสมถึงปี 2566 = 406,561 คน",
        "จำนวน อพม. เป้าหมายทั้งหมด = 556,629 คน (ตัวชี้วัดกำหนดไว้)",
        "คำนวณ: 406,561 ÷ 556,629 × 100 = 73.039852…",
        "ปัดเป็นทศนิยม 2 ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: 73.039852… เป็น 73.04 (ตามนโยบายการให้คะแนนของหน่วยงาน)",
        "ไม่เข้าเกณฑ์ระดับ 5 (ตั้งแต่ 100 ขึ้นไป)",
        "ระดับ 4 ยังไม่กำหนด แต่ผลเพิ่งถึงระดับที่ได้ จึงไม่เปลี่ยนคะแนน",
        "เข้าเกณฑ์ระดับ 3 (ตั้งแต่ 73.04 ขึ้นไป) ได้ 3 คะแนน",
        "คะแนนถ่วงน้ำหนัก (ค) = 3.0000 × 20 ÷ 100 = 0.6000",
    ]


def test_interpolation() -> None:
    assert lines("pmqa", "{value: 430}") == [
        "ผลที่รายงาน 430",
        "อ่านค่า 430 โดยไม่ปัดเศษ (ตามนโยบายการให้คะแนนของหน่วยงาน)",
        "430 อยู่ระหว่างระดับ 2 (424.92) กับระดับ 3 (449.83)",
        "เทียบบัญญัติไตรยางศ์: 2 + (430 − 424.92) × (3 − 2) ÷ (449.83 − 424.92) = 2.203934…",
        "คะแนนถ่วงน้ำหนัก (ค) = 2.203934… × 5 ÷ 100 = 0.1102",
    ]
    assert lines("pmqa", "{value: 399}")[2] == (
        "ไม่ถึงค่าของระดับ 1 (400) ได้ 1 คะแนน (ตามที่กำหนดไว้กับระดับคะแนน)"
    )
    assert lines("pmqa", "{value: 449.83}")[2] == "449.83 เท่ากับค่าของระดับ 3 (449.83) ได้ 3 คะแนน"
    assert lines("pmqa", "{value: 500}")[2] == (
        "500 เกินค่าของระดับ 5 (458.83) ได้ 5 คะแนน ซึ่งเป็นคะแนนสูงสุดที่ได้"
    )


def test_milestones() -> None:
    assert lines("ita", "{done: [2, 1]}", round_id="1")[:5] == [
        "ขั้นตอนตามเกณฑ์: 1, 2, 3, 4, 5 ที่แล้วเสร็จ: 1, 2",
        "ไม่เข้าเกณฑ์ระดับ 5 (ขั้นตอนที่ 5 แล้วเสร็จ)",
        "ไม่เข้าเกณฑ์ระดับ 4 (ขั้นตอนที่ 4 แล้วเสร็จ)",
        "ไม่เข้าเกณฑ์ระดับ 3 (ขั้นตอนที่ 3 แล้วเสร็จ)",
        "เข้าเกณฑ์ระดับ 2 (ขั้นตอนที่ 2 แล้วเสร็จ) ได้ 2 คะแนน",
    ]
    assert lines("pmqa", "{done: []}", round_id="1")[:2] == [
        "ขั้นตอนตามเกณฑ์: 1, 3, 5 ยังไม่แล้วเสร็จแม้แต่ขั้นตอนเดียว",
        "ไม่ถึงเกณฑ์ระดับ 1 (ขั้นตอนที่ 1 แล้วเสร็จ) ได้ 1 คะแนน (ตามที่กำหนดไว้กับระดับคะแนน)",
    ]


def test_score_tables_of_a_borrowed_result() -> None:
    found = lines("waste", "{inputs: {trash: 30, bags: 90, cups: 94.99, foam: 95}}", by="พส")
    assert found[0] == "ใช้ผลของ พส."
    assert found[5] == (
        "ปัดเป็นทศนิยม 2 ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: 30 ไม่เปลี่ยน (ตามนโยบายการให้คะแนนของหน่วยงาน)"
    )
    assert found[6] == (
        "เทียบตาราง เกณฑ์การให้คะแนนขยะมูลฝอยที่ส่งกำจัดลดลงร้อยละ 30: 30.00 อยู่ในช่วง"
        " ตั้งแต่ 30 ขึ้นไป ได้ 10 คะแนน"
    )
    assert "ขยะมูลฝอยที่ส่งกำจัดลดลง = ร้อยละ 30" in found
    assert "คำนวณ: (10 + 8 + 8 + 9) ÷ 4 = 8.75" in found
    assert "เข้าเกณฑ์ระดับ 4 (ตั้งแต่ 8 ขึ้นไป) ได้ 4 คะแนน" in found


def test_parts() -> None:
    found = lines("satisfaction", "{parts: {satisfied: {value: 85}, dissatisfied: {value: 15.00}}}")
    assert found[-3:] == [
        "ความไม่พึงพอใจ: เข้าเกณฑ์ระดับ 4 (15 ถึง 19.99) ได้ 4 คะแนน",
        "ใช้คะแนนต่ำสุดของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): 5 และ 4 ได้ 4",
        "คะแนนถ่วงน้ำหนัก (ค) = 4.0000 × 5 ÷ 100 = 0.2000",
    ]


def test_months_are_listed() -> None:
    # In whatever order they were written, they are added up as the year goes.
    months = "ม.ค.: 0, ก.พ.: 0, มีนาคม 2570: 0, ต.ค.: 1000, พ.ย. 69: 1200.5, ธ.ค.: 0"
    result = f"energy: {{inputs: {{last_year: {{{months}}}, this_year: 2120}}}}"
    row = row_of(of_shipped("ตัวอย่าง-ก", {"ตัวอย่าง-ก": result}, "1", EXAMPLE), "energy")
    assert row.score is not None
    assert explain.lines(row.score.trace)[0].endswith(
        "รวม 6 เดือน = 1,000 (ต.ค.) + 1,200.5 (พ.ย. 69) + 0 (ธ.ค.) + 0 (ม.ค.) + 0 (ก.พ.)"
        " + 0 (มีนาคม 2570) = 2,200.5 หน่วย"
    )


def test_totals_and_what_is_open() -> None:
    score = of_shipped("กอส", {"กอส": "ita: {value: 88.02}\npmqa: {value: 449.83}"})
    assert explain.total_lines(score.pools[0]) == (
        "คะแนนรวม 0.4000 จากคะแนนเต็ม 5",
        "คิดเป็น 100 คะแนน: 0.4000 × 100 ÷ 5 = 8.00",
        "ยังไม่มีคะแนนของน้ำหนักร้อยละ 90",
    )
    assert explain.row_line(row_of(score, "waste")) == "ยังไม่มีผลการดำเนินงาน"
    for policy in score.policies:
        assert explain_policies.policy_line(policy)


FIVE = "{" + ", ".join(f"{n}: {{text: x, value: {n}}}" for n in range(1, 6)) + "}"
PARTS = """
name: x
criteria:
  all:
    combine: %s
    read: points
    parts:
      - {id: a, name: ก, weight: 1, levels: %s}
      - {id: b, name: ข, weight: 3, levels: %s}
"""


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("mean", "ใช้ค่าเฉลี่ยของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): (5 + 2) ÷ 2 = 3.5"),
        (
            "weighted",
            "ใช้ค่าเฉลี่ยถ่วงน้ำหนักของทุกส่วน (ตามเกณฑ์ของตัวชี้วัด): (1 × 5 + 3 × 2) ÷ (1 + 3) = 2.75",
        ),
    ],
)
def test_parts_by_mean_and_weight(rule: str, line: str) -> None:
    result = "{parts: {a: {value: 5}, b: {value: 2}}}"
    score = scored(PARTS % (rule, FIVE, FIVE), result)
    assert explain.lines(score.trace)[-1] == line


def test_unrounded_values_and_ladders_without_a_first_level() -> None:
    score = scored(ladder("- | - | - | - | -", "decimals: none"), "{value: 24.9951}")
    assert explain.lines(score.trace) == (
        "ผลที่รายงาน 24.9951",
        "อ่านค่า 24.9951 โดยไม่ปัดเศษ (ตามเกณฑ์ของตัวชี้วัด)",
        "ไม่ถึงระดับใด ได้ 1 คะแนน (ตามที่กำหนดไว้กับระดับคะแนน)",
    )


def test_means_and_weights_that_are_missing() -> None:
    file = unit(Kpi("a", by_points("1 | 2 | 3 | 4 | 5"), "", result="{mean_of: t.score}"))
    columns = {"t.score": (Decimal(3), Decimal(4))}
    row = score_unit(RoundReports(agency(), "2", {"a": file}, {}, columns), "a").rows[0]
    assert row.score is not None
    assert explain.lines(row.score.trace)[0] == "ค่าเฉลี่ยของ 2 รายการในตารางข้อมูล: 7 ÷ 2 = 3.5"
    assert explain.row_line(row) == "คะแนน (ก) 3.5000 ยังไม่ได้กำหนดน้ำหนัก"


def test_a_graded_total_and_the_policies() -> None:
    indicator = by_points("1 | 2 | 3 | 4 | 5")
    file = unit(Kpi("a", indicator))
    given = {"a": reported("a: {value: 4.6}")}
    score = score_unit(RoundReports(agency(), "2", {"a": file}, given), "a")
    assert explain.total_lines(score.pools[0])[-1] == "ผลการประเมิน: ดีเด่น"
    assert [
        explain_policies.policy_line(policy)
        for policy in (
            Policy("decimals", "2", "agency"),
            Policy("points_decimals", "none", "agency"),
            Policy("below", "1", "scale"),
            Policy("combine", "min", "agency"),
            Policy("rounds", "last", "agency"),
        )
    ] == [
        "เกณฑ์ที่กำหนดเงื่อนไขของแต่ละระดับ: ปัดผลการดำเนินงานเป็นทศนิยม 2 ตำแหน่งก่อนเทียบเกณฑ์ "
        "ครึ่งหนึ่งปัดขึ้น (ตามนโยบายการให้คะแนนของหน่วยงาน)",
        "เกณฑ์ที่เทียบบัญญัติไตรยางศ์ระหว่างระดับ: ไม่ปัดเศษผลการดำเนินงานก่อนเทียบเกณฑ์ "
        "(ตามนโยบายการให้คะแนนของหน่วยงาน)",
        "ผลที่ไม่ถึงระดับแรกได้ 1 คะแนน (ตามที่กำหนดไว้กับระดับคะแนน)",
        "ตัวชี้วัดที่มีหลายส่วนใช้คะแนนต่ำสุดของทุกส่วน (ตามนโยบายการให้คะแนนของหน่วยงาน)",
        "ใช้คะแนนของรอบสุดท้ายเป็นผลการประเมิน (ตามนโยบายการให้คะแนนของหน่วยงาน)",
    ]


@pytest.mark.parametrize(
    ("indicator", "policies", "value", "line", "score"),
    [
        # Each family by the agency's policy for it, unless its own criteria say otherwise.
        (ladder(LEVELS), "", "3.996", "2 ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: 3.996 เป็น 4.00 (ตามนโยบาย", "4.0000"),
        (ladder(LEVELS), "", "4", "2 ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: 4 ไม่เปลี่ยน (ตามนโยบาย", "4.0000"),
        (
            ladder(LEVELS, "decimals: none"),
            "",
            "3.996",
            "อ่านค่า 3.996 โดยไม่ปัดเศษ (ตามเกณฑ์ของตัวชี้วัด)",
            "3.0000",
        ),
        (by_points(POINTS), "", "3.996", "อ่านค่า 3.996 โดยไม่ปัดเศษ (ตามนโยบาย", "3.9960"),
        (
            by_points(POINTS),
            "policies: {points_decimals: 1}",
            "3.96",
            "1 ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: 3.96 เป็น 4.0 (ตามนโยบาย",
            "4.0000",
        ),
        (
            by_points(POINTS, "decimals: 0"),
            "policies: {points_decimals: 1}",
            "3.46",
            "0 ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: 3.46 เป็น 3 (ตามเกณฑ์ของตัวชี้วัด)",
            "3.0000",
        ),
    ],
)
def test_the_rounding_rule_is_named_and_kept(
    indicator: str, policies: str, value: str, line: str, score: str
) -> None:
    found = scored(indicator, f"{{value: {value}}}", of=agency(policies))
    said = [text for text in explain.lines(found.trace) if "ปัด" in text]
    assert len(said) == 1
    assert line in said[0]
    assert points(indicator, f"{{value: {value}}}", of=agency(policies)) == score


def test_a_sum_that_differs_from_its_parts_is_said() -> None:
    """0.00005 twice is 0.0001 in all, and 0.0001 each as printed."""
    file = unit(Kpi("a", by_points(POINTS), "50"), Kpi("b", by_points(POINTS), "50"))
    for value, note in (("4.0001", True), ("4.0002", False)):
        given = {"a": reported(f"a: {{value: {value}}}\nb: {{value: {value}}}")}
        (pool,) = score_unit(RoundReports(agency(), "2", {"a": file}, given), "a").pools
        assert (len(explain.sum_lines(pool)) == 1) == note
        assert set(explain.sum_lines(pool)) <= set(explain.total_lines(pool))
        if note:
            assert explain.sum_lines(pool) == (
                "คะแนนถ่วงน้ำหนัก (ค) ที่แสดงรวมกันได้ 4.0002 ต่างจากคะแนนรวม 4.0001 "
                "เพราะคะแนนรวมบวกจากค่าเต็มก่อนปัดเศษ",
            )


def test_what_is_not_scored_says_why() -> None:
    score = of_shipped("พส", {"พส": "energy: {value: 9}\nwaste: {done: [1]}"})
    assert explain.row_line(row_of(score, "energy")) == "ไม่คิดคะแนนในหน่วยงานนี้"
    score = of_shipped("กอส", {"กอส": "ita: {value: 101}"})
    assert explain.row_line(row_of(score, "ita")) == "ยังให้คะแนนไม่ได้ เพราะข้อมูลต้องแก้ไข"


def test_counted_answers_say_their_definitions() -> None:
    defined = model(
        Definitions,
        "{satisfaction: {measure: top-two, over: overall}, dissatisfaction: bottom-two, "
        "pooling: by_group, bands: x, error: 0.05}",
    )
    figures = (1318, Decimal("81.4465"), Decimal("4.4025"))
    counted = CountedFromSurveys(("users", "guests"), ("แบบหนึ่ง", "แบบสอง"), *figures, defined)
    assert explain.source_line(Trace((counted,))) == "ผลจากแบบสำรวจ 2 ฉบับ (ผู้ตอบ 1,318 คน)"
    assert explain.source_line(Trace(())) is None
    assert explain.lines(Trace((counted,))) == (
        "นับจากคำตอบ 1,318 ชุดของแบบหนึ่ง และ แบบสอง",
        "ความพึงพอใจ ร้อยละ 81.45: ร้อยละของคำตอบระดับมากและมากที่สุดของข้อความพึงพอใจโดยรวม",
        "ความไม่พึงพอใจ ร้อยละ 4.40: ร้อยละของคำตอบระดับน้อยและน้อยที่สุดในข้อความพึงพอใจ",
        "ค่าเฉลี่ยของร้อยละจากแต่ละแบบสำรวจ",
    )


@pytest.mark.parametrize(
    ("condition", "thai", "english"),
    [
        (Condition(at_least=Decimal("80.50")), "ตั้งแต่ 80.50 ขึ้นไป", "at least 80.5"),
        (Condition(more_than=Decimal(95)), "มากกว่า 95", "more than 95"),
        (Condition(at_most=Decimal(80)), "ไม่เกิน 80", "at most 80"),
        (Condition(less_than=Decimal(6)), "ต่ำกว่า 6", "less than 6"),
        (Condition(between=[Decimal(81), Decimal(85)]), "81 ถึง 85", "81 to 85"),
        (Condition(equals=Decimal(60)), "เท่ากับ 60", "exactly 60"),
        (Condition(done=3), "ขั้นตอนที่ 3 แล้วเสร็จ", "milestone 3"),
        (
            Condition(
                all=[Condition(done=1), Condition(any=[Condition(done=2), Condition(done=3)])]
            ),
            "ขั้นตอนที่ 1 แล้วเสร็จ และ (ขั้นตอนที่ 2 แล้วเสร็จ หรือ ขั้นตอนที่ 3 แล้วเสร็จ)",
            "milestone 1 and (milestone 2 or milestone 3)",
        ),
        (None, "ยังไม่กำหนด", "open"),
        (Condition(), "ไม่มีเงื่อนไข", "no condition"),
    ],
)
def test_conditions_in_words(condition: Condition | None, thai: str, english: str) -> None:
    assert explain.words(condition) == thai
    assert str(words(condition)) == english


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", "0"),
        ("1234567.5", "1,234,567.5"),
        ("-1234.50", "−1,234.50"),
        ("-0.5", "−0.5"),
        ("73.0398523541", "73.039852…"),
        ("73.0000000", "73.000000"),
    ],
)
def test_numbers_are_cut_off_and_never_rounded(number: str, expected: str) -> None:
    assert shown(Decimal(number)) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a - zero", "1,200 − 0"),
        ("(a - b) / a * 100", "(1,200 − (−3)) ÷ 1,200 × 100"),
        ("a - (b - a)", "1,200 − ((−3) − 1,200)"),
        ("a - (b + a) * 2", "1,200 − ((−3) + 1,200) × 2"),
        ("a / (b * 2)", "1,200 ÷ ((−3) × 2)"),
        ("-(a + b)", "−(1,200 + (−3))"),
        ("a + 0.90 * -b", "1,200 + 0.90 × −(−3)"),
    ],
)
def test_formulas_with_their_numbers(formula: str, expected: str) -> None:
    assert written(formula, {"a": Decimal(1200), "b": Decimal(-3), "zero": Decimal(0)}) == expected


@given(st.decimals(min_value="0.01", max_value="99.99", places=4))
def test_the_printed_interpolation_comes_to_the_score(value: Decimal) -> None:
    score = scored(by_points("0 | 30 | 60 | 93 | 100"), f"{{value: {value:f}}}")
    line = explain.lines(score.trace)[-1]
    if "เทียบบัญญัติไตรยางศ์" not in line:
        return
    figures = [Fraction(found) for found in re.findall(r"[\d.]+(?=[^\d.]|$)", line.split("=")[0])]
    start, at, low, top, bottom, high, again = figures
    assert (start, low) == (bottom, again)
    by_hand = start + (at - low) * (top - bottom) / (high - low)
    assert by_hand == score.points

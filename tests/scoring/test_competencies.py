"""Competencies that count: what each earns, what they come to, and their place in the total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.agreements.files import DataFile
from generator.agreements.model_faults import to_model
from generator.model import Competency, CompetencyRule, Results
from generator.scoring import IndicatorScore, RoundReports, UnitScore, competencies, score_unit
from generator.scoring.competencies import Unassessed
from generator.scoring.competency_steps import lines
from generator.scoring.explain import lines as explained
from generator.scoring.explain import row_line, total_lines
from support.scored import Kpi, agency, by_points, model, node, row_of, unit

HEADS = "heads: {points: คะแนน, total: รวม}\n"
GAP = model(
    CompetencyRule, "read: gap\nlowest: 1\nhighest: 5\ngaps: {0: 5, -1: 4}\nbelow: 1\n" + HEADS
)
LEVEL = model(CompetencyRule, "read: level\nhighest: 5\nout_of: 70\n" + HEADS)
RATIO = model(CompetencyRule, "read: ratio\nhighest: 5\n" + HEADS)
REACHED = model(CompetencyRule, "read: reached\nhighest: 5\n" + HEADS)
FIVE = Decimal(5)


def asked(*expected: int, weights: tuple[int, ...] = ()) -> list[Competency]:
    return [
        Competency(
            id=f"c{n}",
            name=f"ข้อ {n}",
            expected=level,
            weight=Decimal(weights[n]) if weights else None,
        )
        for n, level in enumerate(expected)
    ]


def assessed(*levels: int) -> dict[str, int]:
    return {f"c{n}": level for n, level in enumerate(levels)}


def score(
    rule: CompetencyRule, expected: list[Competency], *levels: int, full: Decimal = FIVE
) -> IndicatorScore:
    found = competencies.score(rule, expected, assessed(*levels), full)
    assert isinstance(found, IndicatorScore)
    return found


@pytest.mark.parametrize(
    ("rule", "expected", "levels", "points"),
    [
        # 5 + 4 + 1 + 5 of 20; a gap of +1 earns what 0 earns.
        (GAP, (3, 3, 3, 3), (3, 2, 1, 4), Fraction(15 * 5, 20)),
        # Σ ÷ 70 × 5: fourteen competencies of five levels.
        (LEVEL, (3,) * 14, (5, 4) * 7, Fraction(63 * 5, 70)),
        # 2/3 + 1 + 1 of three; more than expected is 1.
        (RATIO, (3, 3, 2), (2, 3, 4), Fraction(8, 9) * 5),
        (REACHED, (3, 3, 2), (2, 3, 4), Fraction(2, 3) * 5),
    ],
    ids=["gap", "level", "ratio", "reached"],
)
def test_what_a_rule_makes_of_levels(
    rule: CompetencyRule, expected: tuple[int, ...], levels: tuple[int, ...], points: Fraction
) -> None:
    assert score(rule, asked(*expected), *levels).points == points


def test_weights_among_competencies() -> None:
    found = score(GAP, asked(3, 3, weights=(3, 1)), 3, 2)
    assert found.points == Fraction(3 * 5 + 1 * 4, 4 * 5) * 5
    assert list(lines(found.trace.steps[-1])) == [  # type: ignore[arg-type]
        "รวมคะแนนสมรรถนะ 3 × 5 + 1 × 4 = 19 จากคะแนนเต็ม 20",
        "คะแนน = 19 ÷ 20 × 5 = 4.75",
    ]


def test_each_step_can_be_worked_out_again() -> None:
    assert explained(score(GAP, asked(3, 3, 3), 4, 3, 1).trace) == (
        "ข้อ 0: ประเมินได้ระดับ 4 คาดหวังระดับ 3 ต่างกัน +1 ใช้คะแนนของ 0 ได้ 5 คะแนน",
        "ข้อ 1: ประเมินได้ระดับ 3 คาดหวังระดับ 3 ต่างกัน 0 ได้ 5 คะแนน",
        "ข้อ 2: ประเมินได้ระดับ 1 คาดหวังระดับ 3 ต่างกัน −2 ต่ำกว่าที่กำหนดไว้ ได้ 1 คะแนน",
        "รวมคะแนนสมรรถนะ 5 + 5 + 1 = 11 จากคะแนนเต็ม 15",
        "คะแนน = 11 ÷ 15 × 5 = 3.666666…",
    )
    assert explained(score(RATIO, asked(3, 2), 2, 3).trace)[:2] == (
        "ข้อ 0: ประเมินได้ระดับ 2 คาดหวังระดับ 3 2 ÷ 3 = 0.666666… คะแนน",
        "ข้อ 1: ประเมินได้ระดับ 3 คาดหวังระดับ 2 3 ÷ 2 มากกว่า 1 จึงใช้ 1 คะแนน",
    )
    assert explained(score(REACHED, asked(3, 2), 2, 3).trace)[:2] == (
        "ข้อ 0: ประเมินได้ระดับ 2 คาดหวังระดับ 3 ไม่ถึงระดับที่คาดหวัง ได้ 0 คะแนน",
        "ข้อ 1: ประเมินได้ระดับ 3 คาดหวังระดับ 2 ถึงระดับที่คาดหวัง ได้ 1 คะแนน",
    )


@pytest.mark.parametrize(
    ("rule", "expected", "level"),
    [
        (GAP, 3, 6),  # beyond the levels
        (GAP, 3, 0),
        (LEVEL, 3, 3),  # one competency can't earn 70
        (RATIO, 0, 1),
        (model(CompetencyRule, f"read: gap\nhighest: 5\ngaps: {{0: 5}}\n{HEADS}"), 3, 2),
    ],
)
def test_what_the_rule_says_nothing_of_is_no_number(
    rule: CompetencyRule, expected: int, level: int
) -> None:
    assert competencies.score(rule, asked(expected), assessed(level), FIVE) is None


def test_what_nobody_assessed_is_named() -> None:
    found = competencies.score(GAP, asked(3, 3), assessed(3), FIVE)
    assert found == Unassessed(("ข้อ 1",))


LEVELS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=6)


@settings(max_examples=30)
@given(LEVELS, st.sampled_from([GAP, RATIO, REACHED]), st.integers(0, 5))
def test_bounds_and_order(pairs: list[tuple[int, int]], rule: CompetencyRule, at: int) -> None:
    expected = asked(*(e for e, _ in pairs))
    levels = [a for _, a in pairs]
    points = score(rule, expected, *levels).points
    assert 0 <= points <= 5
    better = [min(5, a + (n == at)) for n, a in enumerate(levels)]
    assert score(rule, expected, *better).points >= points
    # Of a scale with other full marks the share is the same.
    assert score(rule, expected, *levels, full=Decimal(100)).points == points * 20


# In the tree of a person.

IDENTITY = by_points("1 | 2 | 3 | 4 | 5")
PERSONAL = """\
personal:
  components:
    - {{id: all, name: ผลสัมฤทธิ์, weight: {0}}}
    - {{id: skill, name: สมรรถนะ, weight: {1}, scored_from: competencies}}
  competencies:
    read: gap
    highest: 5
    gaps: {{0: 5, -1: 4}}
    below: 0
    heads: {{points: คะแนน, total: รวม}}
  grades: [{{name: ผ่าน, at_least: 60}}, {{name: ไม่ผ่าน, at_least: 0}}]
"""


def of_person(work: int, levels: str, value: str = "4") -> UnitScore:
    more = (
        "competencies:\n  - {id: a, name: บริการ, expected: 3}\n  - {id: b, name: ทีม, expected: 2}"
    )
    file = unit(Kpi("kpi", IDENTITY, str(work)), more=more)
    person = file.unit.model_copy(update={"level": "person"})
    file = replace(file, file=replace(file.file, model=person))
    text = f"fiscal_year: 2566\nresults:\n  kpi: {{value: {value}}}\ncompetencies: {levels}\n"
    read = node(text, "results/2/หนึ่ง.yaml")
    results = to_model(read, Results)[0]
    given_ = DataFile(Path("results/2/หนึ่ง.yaml"), results, read)
    of = agency(PERSONAL.format(work, 100 - work))
    return score_unit(RoundReports(of, "2", {"หนึ่ง": file}, {"หนึ่ง": given_}), "หนึ่ง")


@pytest.mark.parametrize("work", [80, 70])
def test_one_total_and_a_grade_of_persons(work: int) -> None:
    found = of_person(work, "{a: 3, b: 1}")
    row = row_of(found, "skill")
    # (5 + 4) ÷ 10 × 5
    assert row.score is not None
    assert row.score.points == Fraction(9, 2)
    (pool,) = found.pools
    assert pool.total == Fraction(4 * work, 100) + Fraction(9, 2) * (100 - work) / 100
    assert (pool.grade, pool.complete) == ("ผ่าน", True)
    assert [part.weight for part in found.components] == [work, 100 - work]
    assert row_line(row) == f"คะแนนถ่วงน้ำหนัก (ค) = 4.5000 × {100 - work} ÷ 100 = " + (
        "0.9000" if work == 80 else "1.3500"
    )
    assert total_lines(pool)[-1] == "ผลการประเมิน: ผ่าน"


def test_while_one_is_open_there_is_no_grade() -> None:
    found = of_person(80, "{a: 3}")
    row = row_of(found, "skill")
    assert (row.state, row.score) == ("open", None)
    assert row_line(row) == "ยังไม่ได้ประเมินสมรรถนะ: ทีม"
    (pool,) = found.pools
    assert pool.open_weight == 20
    assert pool.grade is None


def test_levels_that_earn_nothing_stated_are_a_fault() -> None:
    found = of_person(80, "{a: 3, b: 9}")
    assert row_of(found, "skill").state == "at fault"
    (fault,) = found.faults
    assert fault.message.startswith("skill: the rule gives no points")
    assert fault.location.path == Path("results/2/หนึ่ง.yaml")
    assert fault.hint

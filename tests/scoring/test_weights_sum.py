"""Weights add up to what the agency states; ค = ก × ข ÷ that."""

from decimal import Decimal
from fractions import Fraction
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.agreements.files import UnitFile
from generator.api.scores import ScoredUnit
from generator.cli import scoreboard
from generator.documents import common
from generator.model import Agency
from generator.scoring import RoundReports, UnitScore, explain, score_unit
from support.scored import Kpi, agency, by_points, reported, unit

MARKS = by_points("20 | 40 | 60 | 80 | 100")


def of(weights: list[str], whole: str) -> Agency:
    nodes = ", ".join(f"{{id: n{i}, name: ส่วน, weight: {w}}}" for i, w in enumerate(weights))
    return agency(f"weights_sum: {whole}\ncomponents: [{nodes}]")


def score(weights: list[str], whole: str, values: list[str], more: str = "") -> UnitScore:
    kpis = [Kpi(f"k{i}", MARKS, weight=w, component=f"n{i}") for i, w in enumerate(weights)]
    results = "\n".join(f"k{i}: {{value: {value}}}" for i, value in enumerate(values) if value)
    reports = RoundReports(
        of(weights, whole), "2", {"หนึ่ง": unit(*kpis, more=more)}, {"หนึ่ง": reported(results)}
    )
    return score_unit(reports, "หนึ่ง")


def test_weights_of_one() -> None:
    found = score(["0.25", "0.10", "0.15", "0.50"], "1", ["80", "100", "60", "40"])
    (pool,) = found.pools
    assert [row.weighted for row in found.rows] == [1, Fraction(1, 2), Fraction(9, 20), 1]
    assert (str(pool.total_shown), pool.out_of, str(pool.percent_shown)) == (
        "2.9500",
        Fraction(5),
        "59.00",
    )
    assert pool.grade == "ต้องปรับปรุง"
    assert explain.row_line(found.rows[0]) == "คะแนนถ่วงน้ำหนัก (ค) = 4.0000 × 0.25 ÷ 1 = 1.0000"


@pytest.mark.parametrize("whole", ["115", "224,244", "300.5"])
def test_points_in_place_of_per_cent(whole: str) -> None:
    rest = Decimal(whole.replace(",", "")) - 15
    found = score(["15", str(rest)], whole, ["100", "100"])
    (pool,) = found.pools
    assert pool.total == 5
    assert pool.percent == 100
    assert pool.grade == "ดีเด่น"


def test_points_by_the_thousand_are_told_apart() -> None:
    """Weights print alike in the terminal, in rows and in sums, also next to a score."""
    found = score(["1,000,000.50", "44244"], "1044244.50", ["60", "100"])
    shown = ScoredUnit(cast(UnitFile, None), found, {})
    lines = [line.split() for line, _ in scoreboard.lines(shown)]
    assert [line[-3:] for line in lines if line[0] == "ตัวชี้วัด"] == [
        ["3.0000", "1,000,000.50", "2.8729"],
        ["5.0000", "44,244", "0.2118"],
    ]
    ends = {len(line) for line, _ in scoreboard.lines(shown) if line.split()[0] == "ตัวชี้วัด"}
    assert len(ends) == 1, "the columns line up"
    weights = [Decimal("1000000.50"), Decimal(44244)]
    assert common.total(of(["100"], "100"), weights) == "1,044,244.5"


@given(
    parts=st.lists(st.integers(1, 400), min_size=1, max_size=6),
    values=st.lists(st.integers(20, 100), min_size=6, max_size=6),
)
def test_the_total_is_the_mean_by_weight(parts: list[int], values: list[int]) -> None:
    """Whatever weights add up to, full marks are the scale's, and nothing is lost."""
    whole = sum(parts)
    found = score([str(p) for p in parts], str(whole), [str(v) for v in values])
    (pool,) = found.pools
    expected = Fraction(sum(p * v for p, v in zip(parts, values, strict=False)), 20 * whole)
    assert pool.total == expected
    assert pool.out_of == 5
    assert sum((row.weighted or 0 for row in found.rows), Fraction(0)) == expected
    assert all(part.score is not None and 1 <= part.score <= 5 for part in found.components)


def test_what_is_open_is_said_in_its_own_unit() -> None:
    found = score(["0.5", "0.5"], "1", ["80", ""])
    assert "ยังไม่มีคะแนนของน้ำหนัก 0.5" in explain.total_lines(found.pools[0])
    of_hundred = score(["50", "50"], "100", ["80", ""])
    assert "ยังไม่มีคะแนนของน้ำหนักร้อยละ 50" in explain.total_lines(of_hundred.pools[0])


def test_a_unit_may_have_points_of_its_own() -> None:
    found = score(["60", "40"], "115", ["100", "100"], more="weights_sum: 100")
    assert found.pools[0].total == 5

"""Scores against whole numbers: a numerator and a divisor each, and no other arithmetic."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from generator.exact import half_up
from generator.model import Agency
from generator.scoring import RoundReports, UnitScore, explain, score_unit
from support.scored import Kpi, agency, by_points, reported, unit

FORMULA = (
    "value:\n  formula: a / b * c\n  inputs: {a: {name: ก}, b: {name: ข}, c: {name: ค}}\n"
    "name: ตัวชี้วัด\ncriteria:\n  all:\n    read: points\n    levels:\n"
)
CENTS = st.integers(0, 10**7)
MARKS = st.lists(st.integers(0, 20_000), min_size=5, max_size=5, unique=True).map(sorted)
SPLITS = st.lists(st.integers(1, 97), min_size=3, max_size=3).map(lambda w: [*w, 1])


@dataclass(frozen=True)
class Case:
    """An indicator whose value is a ÷ b × c, all in hundredths, with marks in hundredths."""

    a: int
    b: int
    c: int
    marks: list[int]
    weight: int

    def indicator(self) -> str:
        return FORMULA + "".join(
            f"      {level}: {{text: เกณฑ์, value: {typed(mark)}}}\n"
            for level, mark in enumerate(self.marks, 1)
        )

    def result(self) -> str:
        return f"{{inputs: {{a: {typed(self.a)}, b: {typed(self.b)}, c: {typed(self.c)}}}}}"

    def points(self) -> tuple[int, int]:
        """The score as numerator and divisor."""
        over, under = self.a * self.c, self.b  # the value in hundredths
        if over <= self.marks[0] * under:
            return 1, 1
        for level, (low, high) in enumerate(zip(self.marks, self.marks[1:], strict=False), 1):
            if over <= high * under:
                run = (high - low) * under
                return level * run + over - low * under, run
        return 5, 1


CASES = st.builds(
    Case, a=CENTS, b=st.integers(1, 10**7), c=CENTS, marks=MARKS, weight=st.integers(1, 40)
)


def typed(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def units_half_up(over: int, under: int, decimals: int) -> int:
    """A number that isn't negative in units of its last decimal, half-up."""
    return int((2 * over * 10**decimals + under) // (2 * under))


def scored_by(cases: list[Case], of: Agency | None = None) -> UnitScore:
    kpis = [Kpi(f"k{n}", case.indicator(), str(case.weight)) for n, case in enumerate(cases)]
    results = "\n".join(f"k{n}: {case.result()}" for n, case in enumerate(cases))
    reports = RoundReports(of or agency(), "2", {"หนึ่ง": unit(*kpis)}, {"หนึ่ง": reported(results)})
    return score_unit(reports, "หนึ่ง")


@given(st.lists(CASES, min_size=1, max_size=5))
def test_scores_and_totals_are_those_of_whole_numbers(cases: list[Case]) -> None:
    found = scored_by(cases)
    common = prod(case.points()[1] for case in cases) * 100
    total = 0
    for row, case in zip(found.rows, cases, strict=True):
        over, under = case.points()
        assert row.score is not None
        assert row.score.points * under == over
        assert str(row.score_shown).replace(".", "").lstrip("0") == (
            str(units_half_up(over, under, 4)).lstrip("0")
        )
        assert row.weighted_shown is not None
        assert row.weighted_shown * 10_000 == units_half_up(over * case.weight, under * 100, 4)
        total += over * case.weight * (common // (under * 100))
    (pool,) = found.pools
    assert pool.total * common == total
    assert pool.total_shown * 10_000 == units_half_up(total, common, 4)
    assert pool.percent_shown * 100 == units_half_up(total * 20, common, 2)


@given(st.lists(CASES, min_size=1, max_size=4))
def test_no_context_of_decimals_has_a_say(cases: list[Case]) -> None:
    exact = scored_by(cases)
    with localcontext(prec=3):
        again = scored_by(cases)
        texts = [explain.row_line(row) for row in again.rows]
    assert again == exact
    assert texts == [explain.row_line(row) for row in exact.rows]


def test_a_third_on_the_way_costs_nothing() -> None:
    # 1 ÷ 3 × 201.87 = 67.29, 7.29 of 30 above level 3: 3.243 × 25 ÷ 100 = 0.81075.
    marks = [0, 3000, 6000, 9000, 10_000]
    first = Case(100, 300, 20_187, marks, 25)
    score = scored_by([first, Case(100, 300, 19_101, marks, 75)])
    row = score.rows[0]
    assert row.score is not None
    assert row.score.points == Decimal("3.243")
    assert str(row.weighted_shown) == "0.8108"
    assert explain.lines(row.score.trace)[-1].endswith("= 3.243")
    # 63.67: 3.12233… × 75 ÷ 100 = 2.34175, and 0.81075 makes 3.1525.
    assert str(score.pools[0].total_shown) == "3.1525"
    assert [str(row.weighted_shown) for row in score.rows] == ["0.8108", "2.3418"]
    assert explain.row_line(row) == "คะแนนถ่วงน้ำหนัก (ค) = 3.2430 × 25 ÷ 100 = 0.8108"


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), st.integers(0, 6))
def test_a_mean_over_a_column(cents: list[int], decimals: int) -> None:
    read = by_points(" | ".join(str(10**level) for level in range(1, 6)))
    column = tuple(Decimal(cent).scaleb(-2) for cent in cents)
    file = unit(Kpi("k", read, result="{mean_of: t.c}"))
    row = score_unit(RoundReports(agency(), "2", {"หนึ่ง": file}, {}, {"t.c": column}), "หนึ่ง").rows[0]
    assert row.score is not None
    assert row.score.value is not None
    assert row.score.value * len(cents) * 100 == sum(cents)
    shown = half_up(row.score.value, decimals)
    assert shown.scaleb(decimals) == units_half_up(sum(cents), len(cents) * 100, decimals)

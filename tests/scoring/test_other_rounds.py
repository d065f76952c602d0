"""What is assessed in other rounds than this one: its weight is left out, the scale stays."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.scoring import RoundReports, UnitScore, score_unit
from support.scored import Kpi, agency, by_points, reported, unit

LEVELS = "1 | 2 | 3 | 4 | 5"


def score(*kpis: tuple[str, bool, str]) -> UnitScore:
    """The score in round 1: of each indicator its weight, whether assessed in it, and its value."""
    made, results = [], []
    for number, (weight, here, value) in enumerate(kpis):
        rounds = "" if here else "rounds: [2]\n"
        made.append(Kpi(f"k{number}", rounds + by_points(LEVELS), weight=weight))
        if here:
            results.append(f"k{number}: {{value: {value}}}")
    files = {"หนึ่ง": reported("\n".join(results), "results/1/หนึ่ง.yaml")}
    return score_unit(RoundReports(agency(), "1", {"หนึ่ง": unit(*made)}, files), "หนึ่ง")


def test_weights_by_round_leave_nothing_out() -> None:
    found = score(("{1: 100, 2: 80}", True, "3"), ("{2: 20}", False, ""))
    (pool,) = found.pools
    assert (pool.total, pool.out_of, pool.left_out) == (Fraction(3), Fraction(5), Fraction(0))
    assert [row.weighted for row in found.rows] == [Fraction(3), None]
    assert pool.complete


def test_nothing_assessed_is_no_grade() -> None:
    (pool,) = score(("60", False, ""), ("40", False, "")).pools
    assert pool.grade is None
    assert pool.total == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.booleans(), st.integers(10, 50)), min_size=2, max_size=6
    ).filter(lambda rows: any(here for _, here, _ in rows) and sum(w for w, _, _ in rows) < 100)
)
def test_weights_are_conserved_and_the_total_lies_between_its_scores(
    rows: list[tuple[int, bool, int]],
) -> None:
    rest = 100 - sum(weight for weight, _, _ in rows)
    first = (rows[0][0] + rest, *rows[0][1:])
    rows = [first, *rows[1:]]
    found = score(*((str(w), here, f"{v // 10}.{v % 10}") for w, here, v in rows))
    (pool,) = found.pools
    assessed = [(w, Fraction(v, 10)) for w, here, v in rows if here]
    counted = sum(w for w, _ in assessed)
    assert pool.left_out + counted == 100
    assert pool.out_of == 5
    assert pool.total == sum(w * v for w, v in assessed) / Fraction(counted)
    assert min(v for _, v in assessed) <= pool.total <= max(v for _, v in assessed)

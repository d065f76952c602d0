"""Counts to figures, against figures worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exact import Exact, half_up
from generator.survey import figures, pooled, rating, sample_size
from support.counted import COUNTS, answers, survey


def shown(value: Exact | None, decimals: int = 2) -> str:
    assert value is not None
    return str(half_up(value, decimals))


def test_one_statement() -> None:
    found = rating(COUNTS)
    assert (found.n, found.total) == (318, 1362)
    assert shown(found.mean, 4) == "4.2830"
    shares = (shown(found.percent), shown(found.top), shown(found.bottom))
    assert shares == ("85.66", "81.45", "4.40")
    # Σ level² × count = 4225+1440+405+32+6 = 6108; (318 × 6108 - 1362²) ÷ (318 × 317), its root.
    assert str(found.deviation(4)) == "0.9306"
    assert rating({}).mean is None
    assert rating({"3": 1}).deviation(2) is None


@pytest.mark.parametrize(
    ("measure", "dissatisfaction", "expected"),
    [
        ("mean", "complement", ("85.66", "14.34")),
        ("top-two", "complement", ("81.45", "18.55")),
        ("mean", "bottom-two", ("85.66", "4.40")),
    ],
)
def test_definitions(measure: str, dissatisfaction: str, expected: tuple[str, str]) -> None:
    found = figures(survey(measure, "items", dissatisfaction), answers({"q": COUNTS}))
    assert (shown(found.satisfaction), shown(found.dissatisfaction)) == expected


def test_the_overall_statement_alone_or_all_but_it() -> None:
    given_ = answers({"q": {"5": 2}, "r": {"3": 1}, "whole": {"1": 2}}, n=2)
    # Items: 5, 5 and 3, one respondent having skipped r: 13 ÷ 15.
    assert shown(figures(survey("mean", "items"), given_).satisfaction) == "86.67"
    assert shown(figures(survey("mean", "overall"), given_).satisfaction) == "20.00"


def test_who_skips_the_part_of_issues_is_not_dissatisfied() -> None:
    # Of 8 respondents 5 skip part 3, one rates an issue 2, one rates two issues 4 and 5, one 4:
    # two are dissatisfied, 2 ÷ 8.
    found = figures(survey(), answers({"q": {"5": 8}}, 8, dissatisfied=2))
    assert shown(found.dissatisfaction) == "25.00"


def test_pooling() -> None:
    first = answers({"q": {"5": 90, "1": 10}}, 100, 10)
    second = answers({"q": {"3": 300}}, 300, 90)
    by = {
        pooling: pooled(
            [
                (name, survey("mean", "items", "part3", pooling), found)
                for name, found in (("a", first), ("b", second))
            ]
        )
        for pooling in ("by_respondent", "by_group")
    }
    # (450 + 10 + 900) ÷ 2000 and 100 ÷ 400; (92 + 60) ÷ 2 and (10 + 30) ÷ 2.
    assert [shown(f.satisfaction) for f in by.values()] == ["68.00", "76.00"]
    assert [shown(f.dissatisfaction) for f in by.values()] == ["25.00", "20.00"]
    assert {(f.n, f.surveys) for f in by.values()} == {(400, ("a", "b"))}


@pytest.mark.parametrize(("population", "wanted"), [(1000, 286), (10_000, 385), (1, 1), (50, 45)])
def test_yamane(population: int, wanted: int) -> None:
    assert sample_size(population, Decimal("0.05")) == wanted


@given(st.dictionaries(st.sampled_from("12345"), st.integers(0, 500)))
def test_what_holds_for_every_rating(counts: dict[str, int]) -> None:
    found = rating(counts)
    if not found.n:
        assert found.percent is found.top is found.bottom is None
        return
    assert found.mean is not None
    assert found.percent is not None
    assert 1 <= found.mean <= 5
    assert found.mean * 20 == found.percent

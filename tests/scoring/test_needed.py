"""What a grade needs of open indicators: fed back it is reached, and a little less isn't enough."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Grade
from generator.scoring import RoundReports, UnitScore, score_unit
from generator.scoring.least_value import RequiredResult
from generator.scoring.needed import PoolNeed, RequiredScore, least_percent, needs
from support.scored import Kpi, agency, by_points, ladder, reported, unit

POINTS = by_points("60 | 65 | 70 | 75 | 80")
LINEAR = by_points("8 | 16 | 24 | 32 | 40", "below: linear")
LESS = by_points("20 | 15 | 10 | 7 | 5")
LADDER = ladder({1: "less_than: 70", **{n: f"at_least: {60 + 5 * n}" for n in range(2, 6)}})
FALLING = ladder({n: f"at_most: {30 - 5 * n}" for n in range(1, 6)})
BAND = "name: ตัวชี้วัด\ncriteria:\n  all:\n    read: band\n    below: linear\n    levels:\n" + "".join(
    f"      {n}: {{text: ช่วง, between: [-{20 - 2 * n}, {20 - 2 * n}]}}\n" for n in range(1, 6)
)
STEPS = ladder({n: f"done: {n}" for n in range(1, 6)})
PARTS = (
    "name: ตัวชี้วัด\ncriteria:\n  all:\n    parts:\n"
    "      - {id: a, name: พอใจ, read: ladder, levels: {1: {text: ก, at_least: 0}, "
    "2: {text: ก, at_least: 75}, 3: {text: ก, at_least: 80}, 4: {text: ก, at_least: 85}, "
    "5: {text: ก, at_least: 90}}}\n"
    '      - {id: b, name: ร้องเรียน, read: points, levels: {1: "20", 2: "15", 3: "10", '
    '4: "7", 5: "5"}}\n'
)
FAMILIES = {
    "points": POINTS,
    "linear": LINEAR,
    "less": LESS,
    "ladder": LADDER,
    "falling": FALLING,
    "band": BAND,
    "parts": PARTS,
}


def reports(kpis: list[Kpi], results: str) -> RoundReports:
    return RoundReports(agency(), "2", {"หนึ่ง": unit(*kpis)}, {"หนึ่ง": reported(results)})


def scored(kpis: list[Kpi], results: str) -> UnitScore:
    found = score_unit(reports(kpis, results), "หนึ่ง")
    assert not found.faults, [fault.shown() for fault in found.faults]
    return found


def needed(kpis: list[Kpi], results: str, at_least: str) -> PoolNeed:
    of = reports(kpis, results)
    grade = Grade(name="ผ่าน", at_least=Decimal(at_least))
    (need,) = needs(of, score_unit(of, "หนึ่ง"), grade)
    return need


def typed(one: RequiredScore, shift: Decimal = Decimal(0)) -> str:
    """A result within the bounds, as it is reported; ``shift`` takes it so far out of them."""
    if not one.results:
        return WORST[one.name].format(one.key)
    values = {result.part: value(result, shift) for result in one.results}
    if list(values) == [""]:
        return f"{one.key}: {{value: {values['']}}}"
    parts = ", ".join(f"{part}: {{value: {number}}}" for part, number in values.items())
    return f"{one.key}: {{parts: {{{parts}}}}}"


def value(result: RequiredResult, shift: Decimal) -> str:
    if result.any or not result.told:
        return "7"
    bound = result.at_least if result.at_least is not None else result.at_most
    assert bound is not None
    return f"{bound - shift if result.at_least is not None else bound + shift:f}"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(FAMILIES)), min_size=1, max_size=3),
    st.integers(0, 10000).map(lambda n: str(Decimal(n) / 100)),
    st.sampled_from(["60", "63.1", "71.25", "79.99", "85"]),
)
def test_what_is_told_reaches_the_grade_and_less_does_not(
    families: list[str], at_least: str, known: str
) -> None:
    weights = [20 + 7 * n for n in range(len(families))]
    kpis = [
        Kpi(f"k{n}", FAMILIES[name].replace("ตัวชี้วัด", name), str(weights[n]))
        for n, name in enumerate(families)
    ] + [Kpi("known", POINTS, str(100 - sum(weights)))]
    stated = f"known: {{value: {known}}}"
    need = needed(kpis, stated, at_least)
    bound = Decimal(at_least)
    if need.outlook == "reached":
        assert Fraction(need.total) * 20 >= least_percent(Grade(name="ก", at_least=bound))
        return
    if need.outlook == "out of reach":
        assert need.possible < need.needed
        return
    assert need.outlook == "needed"

    def percent(lines: list[str]) -> Decimal:
        return scored(kpis, "\n".join([*lines, stated])).pools[0].percent_shown

    assert percent([typed(one) for one in need.together]) >= bound
    if all(_exact(one) for one in need.together):
        assert percent([typed(one, LESS_BY) for one in need.together]) < bound
    for one in need.alone:
        best = [BEST[name].format(k.key) for k, name in zip(kpis, families, strict=False)]
        others = [line for line in best if not line.startswith(f"{one.key}:")]
        assert percent([typed(one), *others]) >= bound
        if _exact(one):
            assert percent([typed(one, LESS_BY), *others]) < bound


LESS_BY = Decimal("0.01")
"""A hundredth: ladders read two decimals. Where points are read as they are four are told."""

WORST = {
    **dict.fromkeys(FAMILIES, "{}: {{value: 0}}"),
    "less": "{}: {{value: 90}}",
    "falling": "{}: {{value: 90}}",
    "band": "{}: {{value: 90}}",
    "parts": "{}: {{parts: {{a: {{value: 0}}, b: {{value: 90}}}}}}",
}

BEST = {
    "points": "{}: {{value: 80}}",
    "linear": "{}: {{value: 40}}",
    "less": "{}: {{value: 5}}",
    "ladder": "{}: {{value: 85}}",
    "falling": "{}: {{value: 5}}",
    "band": "{}: {{value: 0}}",
    "parts": "{}: {{parts: {{a: {{value: 90}}, b: {{value: 5}}}}}}",
}


def _exact(one: RequiredScore) -> bool:
    """Whether each result of it is told as a bound, so that less can be tried."""
    return bool(one.score) and all(result.told and not result.any for result in one.results)


def test_the_bound_is_that_of_the_rounded_total() -> None:
    assert least_percent(Grade(name="ก", at_least=Decimal(75))) == Fraction("74.995")
    assert least_percent(Grade(name="ก", at_least=Decimal("74.996"))) == Fraction("74.995")
    assert least_percent(Grade(name="ก", at_least=Decimal("75.001"))) == Fraction("75.005")


def test_values_by_family() -> None:
    kpis = [Kpi(name, text, "10") for name, text in FAMILIES.items()] + [Kpi("steps", STEPS, "30")]
    need = needed(kpis, "", "70.005")  # of the total 3.50025
    assert need.needed == Fraction("3.50025")
    found = {
        (one.key, result.part): (result.at_least, result.at_most, result.level)
        for one in need.together
        for result in one.results
    }
    assert {one.score for one in need.together} == {Fraction("3.50025")}
    assert found == {
        ("points", ""): (Decimal("72.5013"), None, "4"),  # 70 + 0.50025 × 5, up
        ("linear", ""): (Decimal("28.002"), None, "4"),
        ("less", ""): (None, Decimal("8.4992"), "4"),  # 10 − 0.50025 × 3, down
        ("ladder", ""): (Decimal(80), None, "4"),
        ("falling", ""): (None, Decimal(10), "4"),
        ("band", ""): (Decimal("-12.9995"), Decimal("12.9995"), "4"),
        ("parts", "a"): (Decimal(85), None, "4"),
        ("parts", "b"): (None, Decimal("8.4992"), "4"),
        ("steps", ""): (None, None, "4"),  # steps are no value: the level is told
    }


@pytest.mark.parametrize(
    ("results", "at_least", "outlook"),
    [
        ("known: {value: 80}", "40", "reached"),
        ("known: {value: 60}", "95", "out of reach"),
        ("known: {value: 60}\nopen: {value: 60}", "40", "missed"),
        ("known: {value: 80}\nopen: {value: 80}", "40", "reached"),
    ],
)
def test_what_needs_nothing_and_what_nothing_helps(
    results: str, at_least: str, outlook: str
) -> None:
    need = needed([Kpi("known", POINTS, "50"), Kpi("open", POINTS, "50")], results, at_least)
    assert (need.outlook, need.together, need.alone) == (outlook, (), ())


def test_where_any_result_suffices_it_is_said() -> None:
    need = needed([Kpi("a", POINTS, "50"), Kpi("b", LADDER, "50")], "", "20")
    assert all(result.any for one in need.together for result in one.results)
    # The others at full marks, nothing is needed of either.
    assert [one.score for one in need.alone] == [0, 0]
    assert not any(one.results for one in need.alone)


def test_what_a_percentage_can_be_bounds_the_value() -> None:
    """A value above 100 isn't possible: no upper bound is told for it."""
    percent = by_points("80 | 85 | 90 | 95 | 100").replace(
        "name: ตัวชี้วัด\n", "name: ก\nmeasure: ร้อยละ\n"
    )
    (one,) = needed([Kpi("a", percent)], "", "100").together
    (result,) = one.results
    assert (result.at_least, result.at_most) == (Decimal("99.9988"), None)

"""Figures printed in the sources, scored by the shipped data and by the sources' own ladders."""

from decimal import Decimal

import pytest

from generator.scoring.trace import FormulaCalculated, ValueRounded
from support.scored import (
    DSDW,
    as_printed,
    by_points,
    faults,
    ladder,
    of_shipped,
    points,
    row_of,
    scored,
    shipped,
    shipped_faults,
    shipped_points,
)

VOLUNTEERS = "{inputs: {registered: %s}}"


@pytest.mark.parametrize(
    ("registered", "percent"),
    [
        (88023, "15.81"),
        (127607, "22.92"),
        (215280, "38.68"),
        (306371, "55.04"),
        (406561, "73.04"),
        (556629, "100.00"),
    ],
)
def test_volunteers_as_a_percentage(registered: int, percent: str) -> None:
    levels = "at_least: 1 | at_least: 2 | at_least: 3 | at_least: 4 | at_least: 5"
    formula = """
value:
  formula: registered / target * 100
  inputs: {registered: {name: อพม.}, target: {name: เป้าหมาย, constant: 556629}}
"""
    score = scored(ladder(levels) + formula, VOLUNTEERS % registered)
    assert str(score.value) == percent
    exact = next(step for step in score.trace.steps if isinstance(step, FormulaCalculated))
    assert exact.written == f"{registered:,} ÷ 556,629 × 100"


def test_volunteers_of_the_manual() -> None:
    # Exactly at level 3 and at level 5; anything else needs levels that are still open.
    assert shipped_points("volunteers", VOLUNTEERS % 406561) == "3.0000"
    assert shipped_points("volunteers", VOLUNTEERS % 556629) == "5.0000"
    (message,) = shipped_faults("volunteers", VOLUNTEERS % 306371)
    assert "55.04 can't be read: levels 1, 2, 4 are still open" in message
    (message,) = shipped_faults("volunteers", VOLUNTEERS % 450000)
    assert "80.84 can't be read: level 4 is still open" in message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("399.99", "1.0000"),
        ("400", "1.0000"),
        ("412.46", "1.5000"),
        ("424.92", "2.0000"),
        ("437.375", "2.5000"),
        ("430", "2.2039"),
        ("449.83", "3.0000"),
        ("452.08", "3.5000"),
        ("454.33", "4.0000"),
        ("456.58", "4.5000"),
        ("455", "4.1489"),
        ("458.83", "5.0000"),
        ("500", "5.0000"),
    ],
)
def test_pmqa_interval_by_interval(value: str, expected: str) -> None:
    assert shipped_points("pmqa", f"{{value: {value}}}") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "1"),
        ("93.49", "1"),
        ("93.50", "2"),
        ("95.45", "2"),
        ("97.38", "3"),
        ("97.74", "4"),
        ("97.96", "4"),
        ("97.494", "3"),
        ("97.495", "4"),
        ("99.50", "5"),
        ("100", "5"),
    ],
)
def test_disbursement_in_round_2(value: str, expected: str) -> None:
    assert shipped_points("disbursement", f"{{value: {value}}}") == f"{expected}.0000"


def test_disbursement_in_round_1_and_beyond_the_budget() -> None:
    assert shipped_points("disbursement", "{value: 97.96}", round_id="1") == "5.0000"
    assert shipped_points("disbursement", "{value: 51.49}", round_id="1") == "3.0000"
    (message,) = shipped_faults("disbursement", "{value: 100.5}")
    assert "100.5 lies beyond level 5 (99.5 to 100)" in message


@pytest.mark.parametrize(
    ("value", "expected"),
    [("54.99", 1), ("55", 2), ("80.50", 4), ("86.33", 5), ("88.02", 5), ("92.99", 5), ("100", 5)],
)
def test_ita(value: str, expected: int) -> None:
    assert shipped_points("ita", f"{{value: {value}}}") == f"{expected}.0000"


def test_ita_milestones() -> None:
    for count in range(6):
        done = list(range(1, count + 1))
        expected = f"{max(count, 1)}.0000"
        assert shipped_points("ita", f"{{done: {done}}}", round_id="1") == expected


# Totals of energy and waste lie between the whole numbers that the levels name: what they
# score is for the criteria to say. The manual's data say: a level counts from its number on.
TOTALS = ("5.75", "6.5", "8.75", "9.5", "10")
FROM_ON = "less_than: 6 | at_least: 6 | at_least: 7 | at_least: 8 | at_least: 9"
AS_PRINTED = "less_than: 6 | equals: 6 | equals: 7 | equals: 8 | at_least: 9"


@pytest.mark.parametrize("key", ["energy", "waste"])
def test_totals_of_energy_and_waste_as_shipped(key: str) -> None:
    found = [
        row_of(of_shipped("กอส", {"พส": f"{key}: {{value: {total}}}"}), key).score_shown
        for total in TOTALS
    ]
    assert found == [Decimal(n) for n in (1, 2, 4, 5, 5)]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (ladder(FROM_ON), "1 2 4 5 5"),
        (ladder(FROM_ON, "decimals: none"), "1 2 4 5 5"),
        (ladder(FROM_ON, "decimals: 0"), "2 3 5 5 5"),
        (by_points("5 | 6 | 7 | 8 | 9"), "1.75 2.5 4.75 5 5"),
        (by_points("6 | 7 | 8 | 9 | 10"), "1 1.5 3.75 4.5 5"),
        (by_points("6 | 7 | 8 | 9 | 10", "below: 0"), "0 1.5 3.75 4.5 5"),
    ],
)
def test_totals_under_each_policy(indicator: str, expected: str) -> None:
    found = [scored(indicator, f"{{value: {total}}}").points for total in TOTALS]
    assert found == [Decimal(n) for n in expected.split()]


def test_totals_where_the_levels_are_read_as_printed() -> None:
    found = dict.fromkeys(TOTALS, "")
    for total in ("6.5", "8.75"):
        (found[total],) = faults(ladder(AS_PRINTED), f"{{value: {total}}}")
    assert "6.5 lies between level 2 (exactly 6) and level 3 (exactly 7)" in found["6.5"]
    assert "8.75 lies between level 4 (exactly 8) and level 5 (at least 9)" in found["8.75"]
    assert [points(ladder(AS_PRINTED), f"{{value: {t}}}") for t in ("5.75", "9.5", "10")] == [
        "1.0000",
        "5.0000",
        "5.0000",
    ]


def test_energy_from_its_months() -> None:
    months = (
        *("ก.ย. 65", "ต.ค. 65", "พ.ย. 65", "ธ.ค. 65", "ม.ค. 66", "ก.พ. 66"),
        *("มี.ค. 66", "เม.ย. 66", "พ.ค. 66", "มิ.ย. 66", "ก.ค. 66", "ส.ค. 66"),
    )

    def monthly(*numbers: int) -> str:
        padded = (*numbers, *(0,) * (len(months) - len(numbers)))
        return "{" + ", ".join(f"{m}: {n}" for m, n in zip(months, padded, strict=True)) + "}"

    # Electricity: 3,000 to 2,475, 17.5 % less: 4. Fuel: 1,000 to 0.90 × 980 = 882, 11.8 %: 2.5.
    inputs = (
        f"seu: {monthly(900, 1000, 1100)}, aeu: {monthly(800, 825, 850)}, "
        f"sfu: {monthly(300, 300, 400)}, benzine: 0, diesel: 0, "
        f"gasohol: {monthly(300, 300, 380)}, biodiesel: 0, ngv: {monthly(10, 10, 10)}"
    )
    row = row_of(of_shipped("กอส", {"พส": f"energy: {{inputs: {{{inputs}}}}}"}), "energy")
    assert row.score is not None, row.faults
    assert (row.score.value, row.score_shown) == (Decimal("6.50"), Decimal(2))
    assert row.reporter == "พส"


@pytest.mark.parametrize(
    ("figures", "total", "level"),
    [
        # 6 + 7 + 5 + 5 = 23; 10 + 8 + 8 + 9 = 35
        ("trash: 18, bags: 85, cups: 75, foam: 79.994", "5.75", 1),
        ("trash: 30, bags: 90, cups: 94.99, foam: 95", "8.75", 4),
        ("trash: 30, bags: 100, cups: 100, foam: 100", "10.00", 5),
        ("trash: -5, bags: 0, cups: 59.99, foam: 59.995", "1.25", 1),
    ],
)
def test_waste_from_its_figures(figures: str, total: str, level: int) -> None:
    result = f"waste: {{inputs: {{{figures}}}}}"
    row = row_of(of_shipped("กอส", {"พส": result}), "waste")
    assert row.score is not None
    assert (str(row.score.value), row.score_shown) == (total, Decimal(level))


@pytest.mark.parametrize(
    ("satisfied", "dissatisfied", "scores", "least"),
    [
        ("85.00", "15.00", "5 4", 4),
        ("84.99", "15.00", "4 4", 4),
        ("85.01", "15.00", "5 4", 4),
        ("85.00", "14.99", "5 5", 5),
        ("85.00", "15.01", "5 4", 4),
        ("85.00", "30.00", "5 2", 2),
        ("85.00", "30.01", "5 1", 1),
        ("69.99", "0", "1 5", 1),
        ("74.995", "24.995", "3 2", 2),
    ],
)
def test_the_satisfaction_pair(satisfied: str, dissatisfied: str, scores: str, least: int) -> None:
    result = (
        f"{{parts: {{satisfied: {{value: {satisfied}}}, dissatisfied: {{value: {dissatisfied}}}}}}}"
    )
    row = row_of(of_shipped("กอส", {"กอส": f"satisfaction: {result}"}), "satisfaction")
    assert row.score is not None
    assert [part.points for part in row.score.parts] == [Decimal(n) for n in scores.split()]
    assert row.score.points == least


SATISFIED = (
    "less_than: 70 | between: [70, 74.99] | between: [75, 79.99] | between: [80, 84.99]"
    " | at_least: 85"
)
DISSATISFIED = (
    "more_than: 30 | between: [25, 30] | between: [20, 24.99] | between: [15, 19.99]"
    " | less_than: 15"
)


@pytest.mark.parametrize("value", ["74.995", "74.9949999999"])
def test_before_and_after_rounding(value: str) -> None:
    (message,) = faults(ladder(SATISFIED, "decimals: none"), f"{{value: {value}}}")
    assert f"{value} lies between level 2 (70 to 74.99) and level 3 (75 to 79.99)" in message
    rounded = {"74.995": "3.0000", "74.9949999999": "2.0000"}
    assert points(ladder(SATISFIED), f"{{value: {value}}}") == rounded[value]


def test_a_gap_of_a_falling_ladder() -> None:
    (message,) = faults(ladder(DISSATISFIED, "decimals: none"), "{value: 24.995}")
    assert "24.995 lies between level 2 (25 to 30) and level 3 (20 to 24.99)" in message
    assert points(ladder(DISSATISFIED), "{value: 24.995}") == "2.0000"


def test_household_as_a_ladder_and_as_points() -> None:
    ladder_2 = ladder("at_least: 60 | at_least: 70 | at_least: 80 | at_least: 90 | at_least: 100")
    assert points(ladder_2, "{value: 79.99}") == "2.0000"
    assert points(ladder_2, "{value: 80}") == "3.0000"
    assert shipped_points("household", "{value: 79.99}", "กคส") == "2.9990"
    result = "{inputs: {recorded: 7999, households: 10000}}"
    assert shipped_points("household", result, "กคส") == "2.9990"


def test_household_in_round_1_needs_milestone_and_value() -> None:
    def found(result: str) -> str:
        return shipped_points("household", result, "กคส", "1")

    assert found("{value: 30, done: [1]}") == "3.0000"
    assert found("{value: 30, done: []}") == "3.0000"
    assert found("{value: 0, done: [1]}") == "1.0000"
    assert found("{value: 19.99, done: []}") == "1.0000"  # below: the scale says 1
    (message,) = shipped_faults("household", "{done: [1]}", "กคส", "1")
    assert "level 5 (at least 50) reads a value, and none is reported" in message
    (message,) = shipped_faults("household", "{value: 5}", "กคส", "1")
    assert "level 1 (milestone 1) asks for a milestone" in message
    assert found("{value: 20}") == "2.0000"


# The ladders of the CDD memorandum of 2561 (forms.md B-4), as printed.
CDD = {
    1: "at_least: 80 | at_least: 85 | at_least: 90 | at_least: 95 | at_least: 100",
    2: "at_most: 80 | between: [81, 85] | between: [86, 90] | between: [91, 95] | more_than: 95",
    7: "less_than: 60 | equals: 60 | equals: 70 | more_than: 70"
    " | all: [{more_than: 70}, {done: 1}]",
    9: "less_than: 99.41 | between: [99.41, 99.60] | between: [99.61, 99.80]"
    " | between: [99.81, 100] | at_least: 100.01",
}


@pytest.mark.parametrize(
    ("kpi", "result", "expected"),
    [
        (1, "{value: 79.99}", "1.0000"),
        (1, "{value: 80}", "1.0000"),
        (1, "{value: 94.99}", "3.0000"),
        (1, "{value: 100}", "5.0000"),
        (2, "{value: 80}", "1.0000"),
        (2, "{value: 81}", "2.0000"),
        (2, "{value: 95}", "4.0000"),
        (2, "{value: 95.01}", "5.0000"),
        (7, "{value: 59.99, done: []}", "1.0000"),
        (7, "{value: 60}", "2.0000"),
        (7, "{value: 70, done: [1]}", "3.0000"),
        (7, "{value: 70.01, done: []}", "4.0000"),
        (7, "{value: 70.01, done: [1]}", "5.0000"),
        (9, "{value: 99.405}", "2.0000"),
        (9, "{value: 99.605}", "3.0000"),
        (9, "{value: 100.004}", "4.0000"),
        (9, "{value: 100.005}", "5.0000"),
    ],
)
def test_ladders_of_2561(kpi: int, result: str, expected: str) -> None:
    assert points(ladder(CDD[kpi]), result) == expected


@pytest.mark.parametrize(
    ("kpi", "more", "result", "gap"),
    [
        (2, "", "{value: 80.5}", "80.5 lies between level 1 (at most 80) and level 2 (81 to 85)"),
        (2, "", "{value: 90.01}", "90.01 lies between level 3 (86 to 90) and level 4 (91 to 95)"),
        (7, "", "{value: 65}", "65 lies between level 2 (exactly 60) and level 3 (exactly 70)"),
        (
            9,
            "decimals: none",
            "{value: 99.605}",
            "99.605 lies between level 2 (99.41 to 99.6) and level 3 (99.61 to 99.8)",
        ),
        (
            9,
            "decimals: none",
            "{value: 100.005}",
            "100.005 lies between level 4 (99.81 to 100) and level 5 (at least 100.01)",
        ),
    ],
)
def test_gaps_of_2561(kpi: int, more: str, result: str, gap: str) -> None:
    (message,) = faults(ladder(CDD[kpi], more), result)
    assert gap in message


def test_whole_per_cent_close_the_gaps_of_2561() -> None:
    assert points(ladder(CDD[2], "decimals: 0"), "{value: 80.5}") == "2.0000"
    assert points(ladder(CDD[2], "decimals: 0"), "{value: 80.4999}") == "1.0000"


def test_level_5_of_kpi_7_is_asked_about() -> None:
    (message,) = faults(ladder(CDD[7]), "{value: 71}")
    assert "level 5 (more than 70 and milestone 1) asks for a milestone" in message


DIVISIONS = sorted(name for name, file in shipped(DSDW)[1].items() if file.unit.level == "division")


def test_one_figure_of_the_department_changes_all_divisions() -> None:
    assert len(DIVISIONS) == 11
    before = {
        n: of_shipped(n, {"พส": "energy: {value: 9.5}\nwaste: {value: 9}"}) for n in DIVISIONS
    }
    after = {n: of_shipped(n, {"พส": "energy: {value: 6.5}\nwaste: {value: 9}"}) for n in DIVISIONS}
    for name in DIVISIONS:
        changed = {
            old.key
            for old, new in zip(before[name].rows, after[name].rows, strict=True)
            if old.score != new.score
        }
        assert changed == {"energy"}
        assert row_of(before[name], "energy").score_shown == 5
        assert row_of(after[name], "energy").score_shown == 2
        weight = row_of(before[name], "energy").weight
        assert weight is not None
        assert before[name].pools[0].total - after[name].pools[0].total == 3 * weight / 100


def test_field_units_have_their_own_energy_and_the_departments_waste() -> None:
    score = of_shipped("หน่วยงาน", {"พส": "energy: {value: 9.5}\nwaste: {value: 9}"})
    assert row_of(score, "waste").score_shown == 5
    assert row_of(score, "energy").state == "open"
    assert row_of(score, "energy").reporter == "หน่วยงาน"


def test_the_department_lends_without_being_judged() -> None:
    score = of_shipped("พส", {"พส": "energy: {value: 9.5}\nwaste: {value: 9}"})
    assert [row_of(score, key).state for key in ("energy", "waste")] == ["not judged"] * 2
    assert score.pools[0].open_weight == 100
    assert score.pools[0].total == 0
    assert not score.faults
    assert score.full == 100


def test_the_value_is_rounded_once_and_said_so() -> None:
    row = row_of(of_shipped("กอส", {"กอส": "ita: {value: 84.995}"}), "ita")
    assert row.score is not None
    step = next(step for step in row.score.trace.steps if isinstance(step, ValueRounded))
    assert (step.before, step.after, step.decimals) == (Decimal("84.995"), Decimal("85.00"), 2)
    assert step.policy.stated == "agency"
    assert as_printed(row.score) == 5

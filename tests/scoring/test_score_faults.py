"""What can't be scored is a fault with place and remedy, never a number."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from generator.agreements.model_faults import to_model
from generator.diagnostics import Location
from generator.model import Indicator, Result, Results
from generator.scoring import RoundReports, score_unit
from support.scored import (
    Kpi,
    agency,
    by_points,
    faults,
    ladder,
    model,
    node,
    of_shipped,
    one,
    points,
    reported,
    row_of,
    unit,
)

MILESTONES = ladder({1: "done: 1", 2: "-", 3: "done: 3", 4: "-", 5: "done: 5"})
PERCENT = ladder("less_than: 60 | at_least: 60 | at_least: 70 | at_least: 80 | at_least: 90")
FORMULA = """
measure: ร้อยละ
value:
  formula: (after - before) / before * 100
  inputs: {before: {name: ก่อน}, after: {name: หลัง}}
"""
MONTHLY = FORMULA.replace("{name: ก่อน}", "{name: ก่อน, monthly: true}").replace(
    "{name: หลัง}", "{name: หลัง, monthly: true}"
)
TABLE = """
value:
  formula: score * 2
  inputs: {used: {name: ใช้}}
  lookups:
    score:
      of: used * 1
      rows:
        - {gives: 1, less_than: 10, text: น้อย}
        - {gives: 2, between: [10, 19.9], text: กลาง}
        - {gives: 3, between: [20, 30], text: มาก}
"""
PARTS = """
name: สองส่วน
criteria:
  all:
    combine: %s
    parts:
      - {id: a, name: ก, read: points, levels: {1: {text: x, value: 1}, 2: {text: x, value: 2},
         3: {text: x, value: 3}, 4: {text: x, value: 4}, 5: {text: x, value: 5}}}
      - {id: b, name: ข, read: points, levels: {1: {text: x, value: 1}, 2: {text: x, value: 2},
         3: {text: x, value: 3}, 4: {text: x, value: 4}, 5: {text: x, value: 5}}}
"""
OPEN = by_points({1: "1", 2: "...", 3: "3", 4: "-", 5: "5"})


@pytest.mark.parametrize(
    ("indicator", "result", "message"),
    [
        (PERCENT + FORMULA, "{inputs: {before: 0, after: 1}}", "the formula divides by zero"),
        (PERCENT + FORMULA, "{inputs: {before: 1}}", "the figure 'after' (หลัง) is missing"),
        (
            PERCENT + FORMULA,
            "{inputs: {before: 1, after: 1, afer: 1}}",
            "the formula has no figure 'afer'",
        ),
        (PERCENT + FORMULA, "{inputs: {before: 2, after: 1}}", "the percentage -50 is negative"),
        (PERCENT + FORMULA, "{value: -0.01}", "the percentage -0.01 is negative"),
        (
            PERCENT + FORMULA,
            "{inputs: {before: {ต.ค.: 1}, after: 1}}",
            "the figure 'before' is one number, not one a month",
        ),
        (
            PERCENT + MONTHLY,
            "{inputs: {before: {ต.ค. 66: 1}, after: 1}}",
            "the figure 'before' has 'ต.ค. 66', which is no month that the round judges",
        ),
        (
            PERCENT + MONTHLY,
            "{inputs: {before: {ไตรมาส 1: 1}, after: 1}}",
            "the figure 'before' has 'ไตรมาส 1', which is no month that the round judges",
        ),
        (
            PERCENT + MONTHLY,
            "{inputs: {before: {ต.ค.: 1, ตุลาคม 2565: 1}, after: 1}}",
            "'ต.ค.' and 'ตุลาคม 2565' of the figure 'before' are one month",
        ),
        (
            PERCENT + MONTHLY,
            "{inputs: {before: {}, after: 1}}",
            "the figure 'before' has no month",
        ),
        (PERCENT, "{inputs: {before: 1}}", "there is no formula to put figures into"),
        (
            PERCENT + FORMULA.replace("ก่อน}", "ก่อน, constant: 5}"),
            "{inputs: {before: 6, after: 6}}",
            "the indicator fixes the figure 'before' at 5",
        ),
        (
            PERCENT + FORMULA.replace(" / before", " / befor"),
            "{inputs: {before: 6, after: 6}}",
            "the figure 'befor' (befor) is missing",
        ),
        (
            PERCENT + FORMULA.replace(" * 100", " ** 100"),
            "{inputs: {before: 6, after: 6}}",
            "a formula knows only + - * /, brackets, and abs, min, max and mean of figures "
            "in brackets",
        ),
        (
            PERCENT + TABLE,
            "{inputs: {used: 19.95}}",
            "19.95 lies between 10 to 19.9 and 20 to 30 of the score table 'score'",
        ),
        (PERCENT + TABLE, "{inputs: {used: 31}}", "31 fits no row of the score table 'score'"),
        (MILESTONES, "{value: 3}", "a value is reported, but the criteria read milestones"),
        (MILESTONES, "{done: [1, 5]}", "milestone out of order: 5 is done, but 3 is not"),
        (MILESTONES, "{done: [3]}", "milestone out of order: 3 is done, but 1 is not"),
        (MILESTONES, "{done: [1, 2]}", "there is no milestone 2"),
        (PERCENT, "{done: [1]}", "milestones are reported, but the criteria read a value"),
        (by_points("1 | 2 | 3 | 4 | 5"), "{done: [1]}", "milestones are reported, but"),
        (PERCENT, "{parts: {a: {value: 1}}}", "the result is given by parts, but"),
        (PERCENT, "{survey: q1}", "the counted answers of the survey 'q1' are not there yet"),
        (PARTS % "min", "{value: 3}", "the criteria have parts (a, b)"),
        (PARTS % "min", "{parts: {a: {value: 3}}}", "the part 'b' has no result"),
        (
            PARTS % "min",
            "{parts: {a: {value: 3}, b: {value: 3}, c: {value: 3}}}",
            "there is no part 'c'",
        ),
        (
            PARTS % "weighted",
            "{parts: {a: {value: 3}, b: {value: 3}}}",
            "the parts are combined by weight, and their weights don't serve",
        ),
        (
            (PARTS % "min").replace("{id: b, name: ข, ", "{id: b, name: ข, scale: hundred, "),
            "{parts: {a: {value: 3}, b: {value: 3}}}",
            "the parts are scored on different scales",
        ),
        ("name: ไม่มีเกณฑ์", "{value: 3}", "there is a result, but no criteria for round 2"),
        (
            PERCENT.replace("read: ladder", "decimals: 1"),
            "{value: 3}",
            "the criteria don't say how they read",
        ),
        (
            ladder("... | ... | ... | ... | ...").replace("read: ladder", "decimals: 1"),
            "{value: 3}",
            "the levels are still open",
        ),
        (ladder("... | ... | ... | ... | ..."), "{done: [1]}", "levels 1, 2, 3, 4, 5 are still"),
        (ladder("... | ... | ... | ... | ..."), "{value: 1}", "levels 1, 2, 3, 4, 5 are still"),
        (
            "name: x\ncriteria: {all: {read: ladder, levels: {1: x}}}",
            "{value: 1}",
            "the criteria don't fit their scale",
        ),
        (ladder("at_most: 80 | ... | - | - | -"), "{value: 80}", "level 2 is still open"),
        (ladder("at_least: 80 | ... | - | - | -"), "{value: 80}", "level 2 is still open"),
        (by_points("... | ... | ... | ... | ..."), "{done: [1]}", "there is no value to read"),
        (
            "name: x\ncriteria: {all: {read: ladder, levels: {1: {text: x, at_least: 1}, "
            "2: ไม่มีเงื่อนไข, 3: '-', 4: '-', 5: {text: x, at_least: 9}}}}",
            "{value: 5}",
            "level 2 is still open",
        ),
        (
            ladder(
                "less_than: 60 | all: [{at_least: 60}, {less_than: 70}, {at_most: 70}, "
                "{more_than: 60}] | all: [{at_least: 80}, {at_most: 70}] | - | at_least: 90"
            ),
            "{value: 75}",
            "75 lies between level 2",
        ),
        (
            by_points({1: "1", 2: "2", 3: "3", 4: "4", 5: "5"}).replace("value: 3", "equals: 3"),
            "{value: 2.5}",
            "2.5 can't be read: level 3 is still open",
        ),
        (OPEN, "{value: 2.5}", "2.5 can't be read: level 2 is still open"),
        (OPEN, "{value: 4}", "4 can't be read: level 4 can't be earned"),
        (by_points("... | 2 | 3 | 4 | 5"), "{value: 1}", "level 1 is still open"),
        (by_points("1 | 2 | 3 | 4 | ..."), "{value: 4.5}", "level 5 is still open"),
        (by_points("... | ... | 3 | ... | ..."), "{value: 4}", "level 1 is still open"),
        (by_points("- | - | 3 | - | -"), "{value: 4}", "points need two levels with a value"),
        (by_points("1 | 2 | 1.5 | 4 | 5"), "{value: 4.5}", "the levels' values neither rise nor"),
        (
            ladder({**dict.fromkeys((2, 3, 4), "-"), 1: "done: 1", 5: "between: [50, 100]"}),
            "{value: 101, done: [1]}",
            "101 lies beyond level 5 (50 to 100)",
        ),
        (
            ladder("at_most: 5 | at_least: 10 | - | - | -"),
            "{value: 6}",
            "6 lies between level 1 (at most 5) and level 2 (at least 10)",
        ),
        (
            ladder("done: 1 | between: [20, 29.9] | between: [30, 39] | - | -"),
            "{value: 29.95, done: [1]}",
            "29.95 lies between level 2 (20 to 29.9) and level 3 (30 to 39)",
        ),
        (
            ladder("less_than: 80 | all: [{at_least: 80}, {done: 1}] | - | - | -"),
            "{value: 85, done: []}",
            "85 lies beyond level 1 (less than 80), and no other level's condition holds",
        ),
    ],
)
def test_faults(indicator: str, result: str, message: str) -> None:
    of = agency("scales: {hundred: " + _SCALE + ", five: " + _SCALE.replace("00", "") + "}")
    found = faults(indicator, result, of=of)
    assert found[0].startswith("kpi")
    assert message in " / ".join(found)


_SCALE = (
    "{below: 0, levels: ["
    + ", ".join(f"{{id: {n}, name: {n}, points: {n}00}}" for n in range(1, 6))
    + "]}"
)


def test_every_missing_figure_is_named_in_one_run() -> None:
    found = faults(PERCENT + FORMULA, "{inputs: {x: 1}}")
    assert len(found) == 3


def test_both_parts_are_looked_at() -> None:
    result = "{parts: {a: {done: [1]}, b: {inputs: {x: 1}}}}"
    assert [message.split(":")[0] for message in faults(PARTS % "min", result)] == [
        "kpi, a",
        "kpi, b",
    ]


def test_the_place_is_the_figure_and_the_remedy_is_said() -> None:
    text = "kpi:\n  inputs:\n    before: 0\n    after: 1"
    file = unit(Kpi("kpi", PERCENT + FORMULA))
    score = score_unit(RoundReports(agency(), "2", {"หนึ่ง": file}, {"หนึ่ง": reported(text)}), "หนึ่ง")
    (fault,) = score.faults
    assert fault.location == Location(Path("results/2/หนึ่ง.yaml"), 5, 15)
    assert fault.hint == "'before' is 0; check the figures"
    assert fault.message == "kpi: the formula divides by zero"


def test_a_change_may_be_negative_where_it_is_said() -> None:
    indicator = by_points("1 | 2 | 3 | 4 | 5") + FORMULA.replace(
        "value:", "value:\n  negative: true"
    )
    row = one(indicator, "{inputs: {before: 2, after: 1}}")
    assert row.score is not None
    assert (row.score.value, row.score.points) == (Fraction(-50), Fraction(1))


def test_an_impossibly_large_figure() -> None:
    huge = "9" * 15
    indicator = PERCENT + FORMULA.replace("(after - before) / before", "after * after * after")
    (message,) = faults(indicator, f"{{inputs: {{before: 1, after: {huge}}}}}")
    assert "impossibly large" in message


@pytest.mark.parametrize("text", ["NaN", "nan", ".nan", "inf", "-.inf", "1e400", "Infinity", "1e5"])
def test_what_is_no_number_never_gets_here(text: str) -> None:
    read = node(f"fiscal_year: 2566\nresults:\n  kpi: {{value: {text}}}\n", "r.yaml")
    found, said = to_model(read, Results)
    assert found is None
    assert [fault.message for fault in said] == [f"a number is expected here, not '{text}'"]


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_nor_does_a_number_that_is_none(value: Decimal) -> None:
    with pytest.raises(ValidationError):
        Result(value=value)


@pytest.mark.parametrize("decimals", ["-1", "11", "many"])
def test_decimals_are_few(decimals: str) -> None:
    text = f"name: x\ncriteria: {{all: {{decimals: {decimals}, levels: {{}}}}}}"
    found, said = to_model(node(text), Indicator)
    assert found is None
    assert said


def test_nothing_reported_is_open_and_never_nought() -> None:
    file = unit(Kpi("a", PERCENT, "60"), Kpi("b", PERCENT, "40"))
    score = score_unit(
        RoundReports(agency(), "2", {"หนึ่ง": file}, {"หนึ่ง": reported("a: {value: 95}")}), "หนึ่ง"
    )
    pool = score.pools[0]
    assert [row.state for row in score.rows] == ["scored", "open"]
    assert score.rows[1].score is None
    assert score.rows[1].weighted is None
    assert (pool.total, pool.open_weight) == (Fraction(3), Fraction(40))
    assert not pool.complete
    assert pool.grade is None


def _borrowing(**results: str) -> dict[str, list[str]]:
    units = {
        "a": unit(Kpi("kpi", PERCENT, result="{from: b}"), name="a"),
        "b": unit(Kpi("kpi", PERCENT, result="{from: c}"), name="b"),
        "c": unit(Kpi("kpi", PERCENT, result=results.pop("c_result", "own")), name="c"),
        "d": unit(Kpi("other", PERCENT), name="d"),
    }
    files = {key: reported(text, f"results/2/{key}.yaml") for key, text in results.items()}
    scores = {key: score_unit(RoundReports(agency(), "2", units, files), key) for key in "abc"}
    return {key: [fault.message for fault in score.faults] for key, score in scores.items()}


def test_borrowing_in_a_circle() -> None:
    found = _borrowing(c_result="{from: a}")
    assert found["a"] == ["kpi: the result is borrowed in a circle: a → b → c → a"]
    assert found["c"] == ["kpi: the result is borrowed in a circle: c → a → b → c"]


def test_borrowing_from_nobody() -> None:
    assert "there is no unit 'x' to borrow from" in _borrowing(c_result="{from: x}")["a"][0]
    found = _borrowing(c_result="{from: d}")["a"][0]
    assert "'d' has no indicator 'kpi' to borrow from" in found


def test_a_fault_of_a_lender_stands_in_the_lenders_file() -> None:
    bad = "energy: {done: [1]}"
    row = row_of(of_shipped("กอส", {"พส": bad}), "energy")
    assert [fault.location.path.name for fault in row.faults] == ["พส.yaml"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({}, "there is no column 'provinces.score' to take the mean of"),
        ({"provinces.score": ()}, "the column 'provinces.score' has no figures"),
    ],
)
def test_means_of_nothing(columns: dict[str, tuple[Decimal, ...]], message: str) -> None:
    file = unit(Kpi("kpi", PERCENT, result="{mean_of: provinces.score}"))
    (fault,) = score_unit(RoundReports(agency(), "2", {"หนึ่ง": file}, {}, columns), "หนึ่ง").faults
    assert message in fault.message
    assert fault.location.path.name == "หนึ่ง.yaml"


def test_a_scale_of_another_full_mark_is_not_added() -> None:
    other = agency("scales: {five: " + _SCALE + ", six: " + _SCALE.replace("500}]", "600}]") + "}")
    (message,) = faults(PERCENT.replace("read:", "scale: six\n    read:"), "{value: 99}", of=other)
    assert "it is scored out of 600, the unit out of 500" in message


def test_results_without_faults_are_still_scored_beside_them() -> None:
    file = unit(Kpi("a", PERCENT, "60"), Kpi("b", PERCENT, "40"))
    given = {"หนึ่ง": reported("a: {value: 95}\nb: {done: [1]}")}
    score = score_unit(RoundReports(agency(), "2", {"หนึ่ง": file}, given), "หนึ่ง")
    assert [row.state for row in score.rows] == ["scored", "at fault"]
    assert score.pools[0].open_weight == 40
    assert points(PERCENT, "{value: 95}") == "5.0000"


def test_milestones_may_stand_beside_a_value_and_nothing_else_may() -> None:
    assert model(Result, "{value: 1, done: [1]}").done == [1]
    assert model(Result, "{inputs: {a: 1}, done: []}").done == []
    for text in ("{value: 1, inputs: {a: 1}}", "{parts: {}, done: [1]}", "{}"):
        assert to_model(node(text), Result)[0] is None
    assert to_model(node("{parts: {a: {}}}"), Result)[0] is None


@pytest.mark.parametrize("word", ["all", "any"])
def test_a_condition_of_nothing_is_refused(word: str) -> None:
    text = f"name: x\ncriteria: {{all: {{levels: {{1: {{text: x, {word}: []}}}}}}}}"
    assert to_model(node(text), Indicator)[0] is None


@pytest.mark.parametrize(
    ("levels", "below", "reached"),
    [
        ("at_least: 10 | at_least: 20 | at_least: 30 | at_least: 40 | at_least: 50", "9.99", "10"),
        ("at_most: 50 | at_most: 40 | at_most: 30 | at_most: 20 | at_most: 10", "50.01", "50"),
        ("between: [10, 19.99] | at_least: 20 | - | - | -", "9.99", "9.995"),
        ("between: [20, 30] | between: [10, 19.99] | less_than: 10 | - | -", "30.01", "30.004"),
        ("more_than: 10 | more_than: 20 | - | - | -", "10", "10.01"),
        ("- | at_least: 20 | - | - | at_least: 50", "19.99", "20"),
        ("equals: 7 | equals: 8 | - | - | at_least: 9", "6.99", "7"),
        ("at_most: 5 | - | - | - | -", "5.01", "5"),
        ("at_least: 5 | - | - | - | -", "4.99", "5"),
    ],
)
def test_below_the_first_level(levels: str, below: str, reached: str) -> None:
    indicator = ladder(levels, "below: 0")
    assert points(indicator, f"{{value: {below}}}") == "0.0000"
    assert points(indicator, f"{{value: {reached}}}") in ("1.0000", "2.0000")


def test_below_the_first_value_of_points() -> None:
    rising = by_points("- | 20 | 30 | 40 | -", "below: 0")
    assert points(rising, "{value: 19.99}") == "0.0000"
    assert points(rising, "{value: 20}") == "2.0000"
    assert points(rising, "{value: 99}") == "4.0000"
    falling = by_points("30 | 20 | 10 | 5 | 0", "below: 0")
    assert points(falling, "{value: 30.01}") == "0.0000"
    assert points(falling, "{value: 15}") == "2.5000"


def test_two_values_are_enough_for_points() -> None:
    assert points(by_points("1 | 2 | - | - | -"), "{value: 1.25}") == "1.2500"


def test_milestones_of_one_level_have_no_order() -> None:
    together = ladder("done: 1 | all: [{done: 2}, {done: 3}] | - | - | done: 4", "below: 0")
    assert points(together, "{done: [1, 3]}") == "1.0000"
    assert points(together, "{done: [1, 3, 2]}") == "2.0000"
    assert points(together, "{done: []}") == "0.0000"
    (message,) = faults(together, "{done: [1, 3, 4]}")
    assert "milestone out of order: 4 is done, but 2 is not" in message


@pytest.mark.parametrize(
    ("result", "column"), [("{value: 4.5, text: x}", 16), ("{text: x, done: [1]}", 24)]
)
def test_the_place_is_what_was_given(result: str, column: int) -> None:
    row = one(ladder("at_least: 1 | done: 1 | - | - | ..."), result)
    assert [fault.location.column for fault in row.faults] == [column]

"""Rows, totals, grades: what a unit's indicators add up to."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from generator.agreements.files import UnitFile
from generator.model import Agency, Answers, Survey
from generator.scoring import RoundReports, ScoredIndicator, UnitScore, plain, score_unit
from generator.scoring.trace import (
    BelowFirstLevel,
    CountedFromSurveys,
    MeanOfColumn,
    PartsCombined,
    ResultBorrowed,
)
from support.scored import (
    EXAMPLE,
    Kpi,
    agency,
    as_printed,
    by_points,
    ladder,
    model,
    of_shipped,
    reported,
    row_of,
    scored,
    unit,
)

IDENTITY = by_points("1 | 2 | 3 | 4 | 5")


def whole(file: UnitFile, results: str, of: Agency | None = None, **more: Any) -> UnitScore:
    name = file.id
    return score_unit(
        RoundReports(of or agency(), "2", {name: file}, {name: reported(results)}, **more), name
    )


def tree(text: str) -> Agency:
    return agency(f"components: {text}")


def test_weighted_scores_and_the_total() -> None:
    file = unit(Kpi("a", IDENTITY, "70"), Kpi("b", IDENTITY, "30"))
    score = whole(file, "a: {value: 4.33335}\nb: {value: 2}")
    assert [(row.score_shown, row.weighted_shown) for row in score.rows] == [
        (Decimal("4.3334"), Decimal("3.0333")),  # 4.33335 × 70 ÷ 100 = 3.033345
        (Decimal("2.0000"), Decimal("0.6000")),
    ]
    pool = score.pools[0]
    assert pool.total == Decimal("3.633345")
    assert (pool.total_shown, pool.percent_shown) == (Decimal("3.6333"), Decimal("72.67"))
    assert pool.complete
    assert (pool.out_of, pool.grade) == (Fraction(5), "พอใช้")


@pytest.mark.parametrize(
    ("value", "percent", "grade"),
    [
        ("4.5", "90.00", "ดีเด่น"),
        ("4.49975", "90.00", "ดีเด่น"),  # 89.995
        ("4.49974", "89.99", "ดี"),
        ("3.75", "75.00", "ดี"),
        ("3.74974", "74.99", "พอใช้"),
        ("3", "60.00", "พอใช้"),
        ("2.9997", "59.99", "ต้องปรับปรุง"),
        ("1", "20.00", "ต้องปรับปรุง"),
    ],
)
def test_grades_are_given_on_the_rounded_total(value: str, percent: str, grade: str) -> None:
    pool = whole(unit(Kpi("a", IDENTITY)), f"a: {{value: {value}}}").pools[0]
    assert (str(pool.percent_shown), pool.grade) == (percent, grade)


def test_a_row_bears_the_name_of_the_report() -> None:
    named = Kpi("a", "names: {report: ชื่อในรายงาน}\n" + IDENTITY, "50")
    rows = whole(unit(named, Kpi("b", IDENTITY, "50")), "").rows
    assert [row.name for row in rows] == ["ชื่อในรายงาน", "ตัวชี้วัด"]


def test_no_band_no_grade() -> None:
    bands = agency("grades: [{name: ดี, at_least: 50}]")
    assert whole(unit(Kpi("a", IDENTITY)), "a: {value: 1}", bands).pools[0].grade is None


def test_weights_of_the_round() -> None:
    file = unit(Kpi("a", IDENTITY, "{1: 60, 2: 40}"), Kpi("b", IDENTITY, "{1: 40, 2: 60}"))
    given = {"หนึ่ง": reported("a: {value: 5}\nb: {value: 1}")}
    totals = [
        score_unit(RoundReports(agency(), r, {"หนึ่ง": file}, given), "หนึ่ง").pools[0].total
        for r in ("1", "2")
    ]
    assert totals == [Decimal("3.4"), Decimal("2.6")]


@pytest.mark.parametrize(
    ("policy", "graded"), [("separate", ["ดีเด่น", "ดีเด่น"]), ("last", [None, "ดีเด่น"])]
)
def test_where_the_last_round_decides_only_it_is_graded(
    policy: str, graded: list[str | None]
) -> None:
    given = {"หนึ่ง": reported("a: {value: 5}")}
    of = agency(f"policies: {{rounds: {policy}}}")
    pools = [
        score_unit(RoundReports(of, r, {"หนึ่ง": unit(Kpi("a", IDENTITY))}, given), "หนึ่ง").pools[0]
        for r in ("1", "2")
    ]
    assert [pool.grade for pool in pools] == graded
    assert [pool.total for pool in pools] == [5, 5]


def test_a_department_on_three_targets() -> None:
    three = (
        "name: x\ncriteria:\n  all:\n    read: points\n    levels:\n"
        "      basic: {text: x, value: 600000}\n"
        "      standard: {text: x, value: 900000}\n"
        "      advanced: {text: x, value: 1200000}\n"
    )
    parts = tree(
        "[{id: total, name: x, weight: 100, components: ["
        "{id: performance, name: x, weight: 70}, {id: potential, name: x, weight: 30}]}]"
    )
    file = unit(
        Kpi("a", three, "70", "performance"),
        Kpi("b", three, "15", "potential"),
        Kpi("c", three, "15", "potential"),
        more="scale: targets",
    )
    score = whole(file, "a: {value: 1050000}\nb: {value: 599999.99}\nc: {value: 2000000}", parts)
    assert [row.score_shown for row in score.rows] == [Decimal("87.5"), 0, 100]
    pool = score.pools[0]
    assert str(pool.percent_shown) == "76.25"
    assert pool.out_of == 100
    assert pool.grade == "ดี"
    assert score.full == 100
    below = score.rows[1].score
    assert below is not None
    assert isinstance(below.trace.steps[-1], BelowFirstLevel)
    assert [c.score for c in score.components] == [Decimal("76.25"), Decimal("87.5"), 50]


def test_dimensions_have_scores_of_their_own() -> None:
    # Source 001: dimensions 70 (50 + 20), 12, 10, 8.
    of = tree(
        "[{id: total, name: รวม, weight: 100, components: [{id: d1, name: มิติที่ 1, weight: 70, "
        "components: [{id: plan, name: แผน, weight: 50}, {id: output, name: ผลผลิต, weight: 20}]},"
        "{id: d2, name: มิติที่ 2, weight: 12}, {id: d3, name: มิติที่ 3, weight: 10}, "
        "{id: d4, name: มิติที่ 4, weight: 8}]}]"
    )
    file = unit(
        Kpi("k4", IDENTITY, "20", "output"),
        Kpi("k18", IDENTITY, "8", "d4"),
        Kpi("k1", IDENTITY, "15", "plan"),
        Kpi("k2", IDENTITY, "35", "plan"),
        Kpi("k5", IDENTITY, "12", "d2"),
        Kpi("k11", IDENTITY, "10", "d3"),
    )
    results = "k1: {value: 2}\nk2: {value: 4}\nk4: {value: 5}\nk5: {value: 1}\nk11: {value: 3}"
    score = whole(file, results, of)
    assert [row.key for row in score.rows] == ["k1", "k2", "k4", "k5", "k11", "k18"]
    assert [(c.id, c.depth) for c in score.components] == [
        ("total", 0),
        ("d1", 1),
        ("plan", 2),
        ("output", 2),
        ("d2", 1),
        ("d3", 1),
        ("d4", 1),
    ]
    shown = {c.id: c.score for c in score.components}
    assert shown["plan"] == Decimal("3.4")  # (15 × 2 + 35 × 4) ÷ 50
    assert shown["d1"] == Fraction(27, 7)  # (15 × 2 + 35 × 4 + 20 × 5) ÷ 70
    assert shown["d4"] is None
    assert {c.id: c.open_weight for c in score.components}["total"] == 8
    parts = sum(c.weighted for c in score.components if c.depth == 1)
    assert parts == score.pools[0].total == Decimal("3.12")


def test_pools_are_totalled_apart() -> None:
    of = tree("[{id: team, name: ทีม, weight: 100}, {id: own, name: บุคคล, weight: 100}]")
    file = unit(
        Kpi("a", IDENTITY, "50", "team"),
        Kpi("b", IDENTITY, "50", "team"),
        Kpi("c", IDENTITY, "100", "own"),
    )
    score = whole(file, "a: {value: 5}\nb: {value: 4}", of)
    team, own = score.pools
    assert (team.components, team.total, team.grade) == (("team",), Fraction("4.5"), "ดีเด่น")
    assert (own.total, own.open_weight, own.grade) == (Fraction(0), Fraction(100), None)


def test_roots_that_share_100_are_one_pool() -> None:
    of = tree("[{id: a, name: x, weight: 70}, {id: b, name: x, weight: 30}]")
    file = unit(Kpi("k", IDENTITY, "70", "a"), Kpi("l", IDENTITY, "30", "b"))
    (pool,) = whole(file, "k: {value: 5}\nl: {value: 3}", of).pools
    assert (pool.components, pool.total, pool.percent) == (
        ("a", "b"),
        Fraction("4.4"),
        Fraction(88),
    )


def test_a_pool_that_is_no_100_is_scored_out_of_what_it_is() -> None:
    of = tree("[{id: a, name: x, weight: 60}, {id: b, name: x}]")
    file = unit(Kpi("k", IDENTITY, "60", "a"), Kpi("l", IDENTITY, "10", "b"))
    first, second = whole(file, "k: {value: 4}\nl: {value: 3}", of).pools
    assert (first.total, first.out_of, first.percent) == (
        Fraction("2.4"),
        Fraction(3),
        Fraction(80),
    )
    assert (second.total, second.out_of) == (Fraction("0.3"), Fraction("0.5"))
    assert second.percent == 60


def test_what_does_not_count_is_left_out() -> None:
    of = tree(
        "[{id: all, name: x, weight: 100}, {id: seen, name: x, counts: false, "
        "components: [{id: deep, name: x}]}]"
    )
    file = unit(
        Kpi("a", IDENTITY, "100"),
        Kpi("b", IDENTITY, "40", "seen"),
        Kpi("c", IDENTITY, "", "deep"),
        Kpi("d", "name: ไม่มีเกณฑ์", "", "deep"),
    )
    score = whole(file, "a: {value: 3}\nb: {value: 5}\nd: {value: 9}", of)
    assert [row.counts for row in score.rows] == [True, False, False, False]
    assert [row.state for row in score.rows] == ["scored", "scored", "open", "not judged"]
    assert [pool.total for pool in score.pools] == [3]
    assert score.pools[0].complete
    assert score.rows[1].weighted == 2
    assert not score.faults


def test_what_does_not_count_inside_what_counts() -> None:
    of = tree(
        "[{id: all, name: x, weight: 100, components: [{id: own, name: x, weight: 100}, "
        "{id: seen, name: x, weight: 30, counts: false}]}]"
    )
    file = unit(Kpi("a", IDENTITY, "100", "own"), Kpi("b", IDENTITY, "30", "seen"))
    score = whole(file, "a: {value: 3}\nb: {value: 5}", of)
    assert [pool.total for pool in score.pools] == [3]
    assert [c.score for c in score.components] == [3, 3, 5]
    assert [c.counts for c in score.components] == [True, True, False]
    assert whole(file, "a: {value: 3}", of).pools[0].complete


def test_without_a_weight_nothing_is_graded() -> None:
    file = unit(Kpi("a", IDENTITY, ""), Kpi("b", IDENTITY, "50"))
    pool = whole(file, "a: {value: 3}\nb: {value: 5}").pools[0]
    assert (pool.unweighted, pool.total, pool.grade) == (("a",), Fraction("2.5"), None)
    assert (pool.weight, pool.out_of) == (Fraction(100), Fraction(5))
    assert not pool.complete


PARTS = """
name: x
criteria:
  all:
    %s
    read: points
    parts:
      - {id: a, name: ก, weight: 1, levels: %s}
      - {id: b, name: ข, weight: 3, levels: %s}
      - {id: c, name: ค, weight: 2, levels: %s}
"""
FIVE = "{" + ", ".join(f"{n}: {{text: x, value: {n}}}" for n in range(1, 6)) + "}"
RESULT = "{parts: {a: {value: 5}, b: {value: 2}, c: {value: 4}}}"


@pytest.mark.parametrize(
    ("stated", "of", "expected", "where"),
    [
        ("combine: min", "", "2.0000", "criteria"),
        ("combine: mean", "", "3.6667", "criteria"),
        ("combine: weighted", "", "3.1667", "criteria"),
        ("", "", "2.0000", "agency"),
        ("", "policies: {combine: mean}", "3.6667", "agency"),
        ("combine: min", "policies: {combine: mean}", "2.0000", "criteria"),
    ],
)
def test_parts_become_one(stated: str, of: str, expected: str, where: str) -> None:
    score = scored(PARTS % (stated, FIVE, FIVE, FIVE), RESULT, of=agency(of))
    assert str(as_printed(score)) == expected
    combined = score.trace.steps[-1]
    assert isinstance(combined, PartsCombined)
    assert combined.policy.stated == where
    assert [part.points for part in score.parts] == [5, 2, 4]
    assert combined.policy in score.trace.policies


def test_a_part_may_weigh_nothing() -> None:
    parts = (PARTS % ("combine: weighted", FIVE, FIVE, FIVE)).replace("weight: 3", "weight: 0")
    assert str(as_printed(scored(parts, RESULT))) == "4.3333"  # (5 + 2 × 4) ÷ 3


def test_a_mean_over_provinces() -> None:
    file = unit(Kpi("a", IDENTITY, result="{mean_of: provinces.score}"))
    columns = {"provinces.score": (Decimal("3.5"), Decimal(4), Decimal("2.75"))}
    score = whole(file, "", columns=columns)
    row = score.rows[0]
    assert row.score_shown == Decimal("3.4167")
    assert row.score is not None
    step = row.score.trace.steps[0]
    assert isinstance(step, MeanOfColumn)
    assert (step.count, step.total) == (3, Decimal("10.25"))


def test_a_mean_may_be_borrowed() -> None:
    units = {
        "a": unit(Kpi("kpi", IDENTITY, result="{from: b}"), name="a"),
        "b": unit(Kpi("kpi", IDENTITY, result="{mean_of: t.score}"), name="b"),
    }
    columns = {"t.score": (Decimal(2), Decimal(3))}
    found = [
        score_unit(RoundReports(agency(), "2", units, {}, columns), key).rows[0] for key in "ab"
    ]
    assert [row.score_shown for row in found] == [Decimal("2.5")] * 2
    kinds = [[s.kind for s in row.score.trace.steps] for row in found if row.score is not None]
    assert kinds == [
        ["borrowed", "mean", "rounding", "interpolation"],
        ["mean", "rounding", "interpolation"],
    ]


def test_borrowed_through_several_with_the_lenders_formula() -> None:
    formula = "value: {formula: used * 2, inputs: {used: {name: ใช้}}}\n"
    other = "value: {formula: used * 100, inputs: {used: {name: ใช้}}}\n"
    units = {
        "a": unit(Kpi("kpi", other + IDENTITY, result="{from: b}"), name="a"),
        "b": unit(Kpi("kpi", IDENTITY, result="{from: c}"), name="b"),
        "c": unit(Kpi("kpi", formula + "name: ให้ยืม", "", result="own"), name="c"),
    }
    given = {"c": reported("kpi: {inputs: {used: 1.5}}", "results/2/c.yaml")}
    found: dict[str, ScoredIndicator] = {
        key: score_unit(RoundReports(agency(), "2", units, given), key).rows[0] for key in "ab"
    }
    assert [row.score_shown for row in found.values()] == [3, 3]
    assert [row.reporter for row in found.values()] == ["c", "c"]
    assert found["a"].score is not None
    assert found["a"].score.trace.steps[0] == ResultBorrowed(("a", "b", "c"))


def test_without_a_formula_of_the_lender_the_borrowers_serves() -> None:
    formula = "value: {formula: used * 2, inputs: {used: {name: ใช้}}}\n"
    units = {
        "a": unit(Kpi("kpi", formula + IDENTITY, result="{from: c}"), name="a"),
        "c": unit(Kpi("kpi", "name: ให้ยืม", "", result="own"), name="c"),
    }
    given = {"c": reported("kpi: {inputs: {used: 1.5}}", "results/2/c.yaml")}
    assert score_unit(RoundReports(agency(), "2", units, given), "a").rows[0].score_shown == 3


def test_milestones_and_parts_are_borrowed_too() -> None:
    steps = ladder("done: 1 | done: 2 | done: 3 | done: 4 | done: 5")
    units = {
        "a": unit(
            Kpi("m", steps, "50", result="{from: c}"),
            Kpi("p", PARTS % ("", FIVE, FIVE, FIVE), "50", result="{from: c}"),
            name="a",
        ),
        "c": unit(Kpi("m", "name: x"), Kpi("p", "name: x"), name="c"),
    }
    given = {"c": reported(f"m: {{done: [1, 2, 3]}}\np: {RESULT}", "results/2/c.yaml")}
    score = score_unit(RoundReports(agency(), "2", units, given), "a")
    assert [row.score_shown for row in score.rows] == [3, 2]


SURVEYED = """
name: x
criteria:
  all:
    combine: min
    parts:
      - id: yes
        name: พอใจ
        value: {survey: satisfaction}
        read: ladder
        levels: {1: {text: a, less_than: 70}, 2: {text: b, between: [70, 74.99]},
          3: {text: c, between: [75, 79.99]}, 4: {text: d, between: [80, 84.99]},
          5: {text: e, at_least: 85}}
      - id: no
        name: ไม่พอใจ
        value: {survey: dissatisfaction}
        read: ladder
        levels: {1: {text: a, more_than: 30}, 2: {text: b, between: [25, 30]},
          3: {text: c, between: [20, 24.99]}, 4: {text: d, between: [15, 19.99]},
          5: {text: e, less_than: 15}}
"""


def asked(measure: str, dissatisfaction: str) -> dict[tuple[str, str], tuple[Survey, Answers]]:
    """A survey of one statement, and 318 answers: 169/90/45/8/6 from the most to the least."""
    survey = (
        "{version: 1, title: [x], parts: [{id: a, heading: x, items: [{id: g, kind: grid, "
        "measures: satisfaction, heading: x, over: x, levels: [1, 2, 3, 4, 5], "
        "sections: [{rows: [{id: q, text: x}]}]}]}], "
        f"definitions: {{satisfaction: {{measure: {measure}, over: items}}, "
        f"dissatisfaction: {dissatisfaction}, pooling: by_respondent, bands: x, error: 0.05}}}}"
    )
    answers = (
        "{fiscal_year: 2566, version: 1, n: 318, dissatisfied: 50, "
        "items: {q: {5: 169, 4: 90, 3: 45, 2: 8, 1: 6}}}"
    )
    return {("หนึ่ง", "users"): (model(Survey, survey), model(Answers, answers))}


@pytest.mark.parametrize(
    ("measure", "dissatisfaction", "yes", "no"),
    [("mean", "complement", 5, 5), ("top-two", "bottom-two", 4, 5), ("top-two", "part3", 4, 4)],
)
def test_counted_answers_are_the_result(
    measure: str, dissatisfaction: str, yes: int, no: int
) -> None:
    file = unit(Kpi("a", SURVEYED, surveys="[{survey: users}]"))
    named = "a: {survey: users, text: ตามแบบสำรวจ}"
    for given in ("", named, "a: {text: ตามแบบสำรวจ, evidence: [รายงาน]}"):
        row = whole(file, given, answers=asked(measure, dissatisfaction)).rows[0]
        assert row.score is not None
        assert [part.points for part in row.score.parts] == [yes, no]
        step = row.score.trace.steps[0]
        assert isinstance(step, CountedFromSurveys)
        assert (step.surveys, step.n) == (("users",), 318)
        assert dissatisfaction in json.dumps(plain(step))
    assert row.result is not None
    assert row.result.text == "ตามแบบสำรวจ"
    assert [piece.text for piece in row.result.evidence] == ["รายงาน"]


def test_words_stand_beside_what_several_surveys_come_to() -> None:
    file = unit(Kpi("a", SURVEYED, surveys="[{survey: users}, {survey: guests}]"))
    users = asked("mean", "complement")["หนึ่ง", "users"]
    both = {("หนึ่ง", "users"): users, ("หนึ่ง", "guests"): users}
    row = whole(file, "a: {text: ตามแบบสำรวจ}", answers=both).rows[0]
    assert row.score is not None
    step = row.score.trace.steps[0]
    assert isinstance(step, CountedFromSurveys)
    assert (step.surveys, step.n) == (("users", "guests"), 636)
    assert row.result is not None
    assert row.result.text == "ตามแบบสำรวจ"


@pytest.mark.parametrize("given", ["", "a: {text: รอผลสำรวจ}"])
def test_surveys_that_are_not_counted_leave_a_row_open(given: str) -> None:
    score = whole(unit(Kpi("a", SURVEYED, surveys="[{survey: users}]")), given)
    assert score.rows[0].score is None
    assert score.faults == ()


def test_faults_of_counted_answers() -> None:
    answers = asked("mean", "part3")
    one = unit(Kpi("a", SURVEYED, surveys="[{survey: users}]"))
    two = unit(Kpi("a", SURVEYED, surveys="[{survey: users}, {survey: guests}]"))
    silent = SURVEYED.replace("value: {survey: satisfaction}", "short: x")
    for file, given, said in (
        (two, "", "the counted answers of the survey 'guests' are not there yet"),
        (one, "a: {survey: guests}", "the indicator has no survey 'guests'"),
        (
            one,
            "a: {parts: {yes: {value: 1}, no: {value: 1}}}",
            "and counted from the survey 'users' as well",
        ),
        (
            unit(Kpi("a", silent, surveys="[{survey: users}]")),
            "",
            "don't say which of a survey's percentages",
        ),
    ):
        (fault,) = whole(file, given, answers=answers).faults
        assert said in fault.message


def test_the_example_agencys_own_words() -> None:
    # "3 per cent in round 2 lies halfway between 2 and 4 and scores 1.5"; the other unit's
    # result is borrowed, and its last level of knowledge asks for more.
    given = {
        "ตัวอย่าง-ก": "energy: {inputs: {last_year: 1000, this_year: 970}}",
        "ตัวอย่าง-ข": "knowledge: {value: 10}",
    }
    own = of_shipped("ตัวอย่าง-ก", given, folder=EXAMPLE)
    other = of_shipped("ตัวอย่าง-ข", given, folder=EXAMPLE)
    assert (
        row_of(own, "energy").score_shown == row_of(other, "energy").score_shown == Decimal("1.5")
    )
    assert row_of(other, "knowledge").score_shown == 4
    assert row_of(other, "energy").weighted == Decimal("0.15")
    assert other.pools[0].open_weight == 60


def test_policies_are_listed_once_with_where_they_are_stated() -> None:
    file = unit(
        Kpi(
            "a", ladder("at_least: 1 | at_least: 2 | at_least: 3 | at_least: 4 | at_least: 5"), "50"
        ),
        Kpi("b", by_points("1 | 2 | 3 | 4 | 5", "below: 0\ndecimals: none"), "50"),
    )
    score = whole(file, "a: {value: 0}\nb: {value: 0}")
    assert [(p.name, p.setting, p.stated) for p in score.policies] == [
        ("decimals", "2", "agency"),
        ("below", "1", "scale"),
        ("points_decimals", "none", "criteria"),
        ("below", "0", "criteria"),
        ("rounds", "separate", "agency"),
        ("span", "1 ตุลาคม 2565 ถึง 30 กันยายน 2566", "round"),
    ]


def test_an_alternative_and_a_choice_of_milestones() -> None:
    either = ladder(
        {
            1: "any: [{done: 1}, {done: 2}]",
            2: "any: [{at_least: 10}, {done: 3}]",
            3: "at_least: 20",
            4: "all: [{at_least: 30}, {at_most: 90}]",
            5: "any: [{between: [40, 50]}, {between: [60, 70]}]",
        }
    )
    expected = {
        "{value: 0, done: [2]}": 1,
        "{value: 0, done: [2, 3]}": 2,
        "{value: 12, done: []}": 2,
        "{value: 25, done: []}": 3,
        "{value: 35, done: []}": 4,
        "{value: 45, done: []}": 5,
        "{value: 65, done: []}": 5,
        "{value: 55, done: []}": 4,
        "{value: 95, done: []}": 3,
        "{value: 0, done: []}": 1,
    }
    found = {result: scored(either, result).points for result in expected}
    assert found == expected


def test_plain_data_for_machines() -> None:
    score = of_shipped("กอส", {"กอส": "volunteers: {inputs: {registered: 406561}}"})
    row = row_of(score, "volunteers")
    assert row.score is not None
    steps = json.loads(json.dumps(plain(row.score.trace)))
    assert [step["kind"] for step in steps] == ["figure", "figure", "formula", "rounding", "level"]
    assert steps[0]["value"] == "406561"
    assert steps[3]["after"] == "73.04"
    assert steps[3]["policy"] == {"name": "decimals", "setting": "2", "stated": "agency"}
    assert steps[4]["condition"] == {"at_least": "73.04"}
    assert [tried["holds"] for tried in steps[4]["tried"]] == [False, None, True]
    json.dumps(plain(score.pools))

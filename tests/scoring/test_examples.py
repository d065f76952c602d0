"""The example results that gen comes with, scored and compared with scores made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from generator import rules
from generator.agreements import reading, yaml_tree
from generator.agreements.files import DataFile
from generator.agreements.model_faults import to_model
from generator.diagnostics import Severity
from generator.model import Answers, Results, Survey
from generator.scoring import RoundReports, UnitScore, score_unit
from support.scored import DSDW, EXAMPLE, Round, row_of, shipped

FILES = sorted(path for folder in (DSDW, EXAMPLE) for path in folder.glob("results/*/*.yaml"))
DIVISIONS = sorted(name for name, file in shipped(DSDW)[1].items() if file.unit.level == "division")
ROUNDS: tuple[Round, Round] = ("1", "2")


@cache
def results_of(folder: Path, round_id: Round) -> Mapping[str, DataFile[Results]]:
    """The example results of a round, by unit, as they stand on disk."""
    paths = reading.read_agency(folder).result_paths
    return {p.stem: reading.read_results(p) for p in paths if p.parent.name == round_id}


@cache
def answers_of(folder: Path, round_id: Round) -> Mapping[tuple[str, str], tuple[Survey, Answers]]:
    """The counted answers of a round, by unit and survey, as they stand on disk."""
    read = reading.read_agency(folder)
    found: dict[tuple[str, str], tuple[Survey, Answers]] = {}
    for path in read.answer_paths:
        survey, answers = read.surveys[path.stem].model, reading.read_answers(path).model
        if path.parent.parent.name == round_id and survey is not None and answers is not None:
            found[path.parent.name, path.stem] = (survey, answers)
    return found


@cache
def score(folder: Path, round_id: Round, name: str) -> UnitScore:
    """A unit's score by the example results."""
    agency, units = shipped(folder)
    results, answers = results_of(folder, round_id), answers_of(folder, round_id)
    return score_unit(RoundReports(agency, round_id, units, results, answers=answers), name)


def table(of: UnitScore) -> list[str]:
    """Indicator, weight, score and weighted score, as printed; what is open has a dash."""
    return [
        f"{row.key} {row.weight} {row.score_shown} {row.weighted_shown}"
        if row.score is not None
        else f"{row.key} {row.weight} -"
        for row in of.rows
    ]


def total(of: UnitScore) -> str:
    """Total, out of 100, grade, and the weight that is still open."""
    (pool,) = of.pools
    return f"{pool.total_shown} {pool.percent_shown} {pool.grade} {pool.open_weight}"


def test_there_is_an_example_for_each_round() -> None:
    found = {f"{p.parts[-4]}/{p.parent.name}/{p.stem}" for p in FILES}
    assert found == {
        *(f"dsdw-2566/1/{name}" for name in ("กพพ", "กอส", "พส")),
        *(f"dsdw-2566/2/{name}" for name in ("กคส", "กพพ", "กอส", "พส")),
        *(
            f"example-2570/{r}/{name}"
            for r in ROUNDS
            for name in ("ตัวอย่าง-ก", "ตัวอย่าง-ข", "ตัวอย่าง-บุคคล")
        ),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parts[-4]}-{p.parent.name}-{p.stem}")
def test_each_says_that_it_is_an_example_and_where_its_figures_come_from(path: Path) -> None:
    file = reading.read_results(path)
    assert not file.faults
    assert file.model is not None
    assert file.model.example
    first, _, rest = path.read_text("utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=../../../../schema/results.json"
    assert "invented" in rest.partition("fiscal_year:")[0]


@pytest.mark.parametrize("folder", [DSDW, EXAMPLE], ids=lambda p: p.name)
def test_nothing_is_at_fault(folder: Path) -> None:
    read = reading.read_agency(folder)
    units = [reading.read_unit(read, path) for path in read.unit_paths]
    files = [file for r in ROUNDS for file in results_of(folder, r).values()]
    found = rules.check_together(read, units, files)
    assert [fault.message for fault in found if fault.severity is Severity.ERROR] == []
    for round_id in ROUNDS:
        for name in shipped(folder)[1]:
            assert score(folder, round_id, name).faults == ()


# By hand, ก × ข ÷ 100, then the total of ค, × 20, and its band: 90, 75, 60.
# ก in round 1:
#   on-time       1,104 ÷ 1,200 × 100 = 92.00, in 90-94.99: 4     4 × 30 ÷ 100 = 1.2000
#   manuals       milestones 1 to 4 done: 4                       4 × 25 ÷ 100 = 1.0000
#   knowledge     4 of at least 4: 4                              4 × 15 ÷ 100 = 0.6000
#   satisfaction  91.20: 5; 6.40, in 5.01-10: 4; the lower: 4     4 × 15 ÷ 100 = 0.6000
#   energy        (60,000 − 57,900) ÷ 60,000 × 100 = 3.5,
#                 half-way from 3 to 4: 3.5                     3.5 × 15 ÷ 100 = 0.5250
#   total 3.9250, × 20 = 78.50
# ก in round 2:
#   on-time       2,468 ÷ 2,580 × 100 = 95.66: 5                  5 × 30 ÷ 100 = 1.5000
#   manuals       90: 4                                           4 × 25 ÷ 100 = 1.0000
#   knowledge     11 of at least 10: 5                            5 × 15 ÷ 100 = 0.7500
#   satisfaction  90.40: 5; 4.80: 5; the lower: 5                 5 × 15 ÷ 100 = 0.7500
#   energy        (120,000 − 111,000) ÷ 120,000 × 100 = 7.5,
#                 3 + (7.5 − 6) ÷ (8 − 6) = 3.75               3.75 × 15 ÷ 100 = 0.5625
#   total 4.5625, × 20 = 91.25
# ข in round 1 (on-time weighs 15, manuals 25):
#   on-time       430 ÷ 500 × 100 = 86.00, in 80-89.99: 3         3 × 15 ÷ 100 = 0.4500
#   manuals       milestones 1 to 3 done: 3                       3 × 25 ÷ 100 = 0.7500
#   knowledge     3 of at least 3: 3                              3 × 30 ÷ 100 = 0.9000
#   satisfaction  84.60: 3; 9.10: 4; the lower: 3                 3 × 20 ÷ 100 = 0.6000
#   energy        that of ก: 3.5                                3.5 × 10 ÷ 100 = 0.3500
#   total 3.0500, × 20 = 61.00
# ข in round 2 (on-time weighs 25, manuals 15):
#   on-time       967 ÷ 1,060 × 100 = 91.23: 4                    4 × 25 ÷ 100 = 1.0000
#   manuals       92.31: 4                                        4 × 15 ÷ 100 = 0.6000
#   knowledge     11: at least 8, but 12 for level 5 here: 4      4 × 30 ÷ 100 = 1.2000
#   satisfaction  86.70: 4; 11.30, in 10.01-15: 3; the lower: 3   3 × 20 ÷ 100 = 0.6000
#   energy        that of ก: 3.75                              3.75 × 10 ÷ 100 = 0.3750
#   total 3.7750, × 20 = 75.50
EXAMPLE_SCORES: dict[tuple[str, Round], tuple[list[str], str]] = {
    ("ตัวอย่าง-ก", "1"): (
        [
            "on-time 30 4.0000 1.2000",
            "manuals 25 4.0000 1.0000",
            "knowledge 15 4.0000 0.6000",
            "satisfaction 15 4.0000 0.6000",
            "energy 15 3.5000 0.5250",
        ],
        "3.9250 78.50 ดี 0",
    ),
    ("ตัวอย่าง-ก", "2"): (
        [
            "on-time 30 5.0000 1.5000",
            "manuals 25 4.0000 1.0000",
            "knowledge 15 5.0000 0.7500",
            "satisfaction 15 5.0000 0.7500",
            "energy 15 3.7500 0.5625",
        ],
        "4.5625 91.25 ดีเด่น 0",
    ),
    ("ตัวอย่าง-ข", "1"): (
        [
            "on-time 15 3.0000 0.4500",
            "manuals 25 3.0000 0.7500",
            "knowledge 30 3.0000 0.9000",
            "satisfaction 20 3.0000 0.6000",
            "energy 10 3.5000 0.3500",
        ],
        "3.0500 61.00 พอใช้ 0",
    ),
    ("ตัวอย่าง-ข", "2"): (
        [
            "on-time 25 4.0000 1.0000",
            "manuals 15 4.0000 0.6000",
            "knowledge 30 4.0000 1.2000",
            "satisfaction 20 3.0000 0.6000",
            "energy 10 3.7500 0.3750",
        ],
        "3.7750 75.50 ดี 0",
    ),
}


@pytest.mark.parametrize(("name", "round_id"), EXAMPLE_SCORES)
def test_the_example_agency(name: str, round_id: Round) -> None:
    of = score(EXAMPLE, round_id, name)
    rows, summed = EXAMPLE_SCORES[name, round_id]
    assert table(of) == rows
    assert total(of) == summed
    assert of.pools[0].complete
    assert row_of(of, "energy").reporter == "ตัวอย่าง-ก"


# By hand, for the department's divisions. The same in all of them, weight 5 each:
#   ita           round 1: milestones 1 to 4: 4, 0.2000;  round 2: 88.02, in 85-100: 5, 0.2500
#   pmqa          round 1: milestones 1 and 3: 3, 0.1500; round 2: 449.83, the very value of
#                 level 3: 3, 0.1500
#   satisfaction  กอส 83.20/12.80: 4 and 5, so 4;         84.41/16.35 of 318: 4 and 4, so 4
#                 กพพ 84.20/12.30: 4 and 5, so 4;         90.10/9.75: 5 and 5, so 5
#                 กคส                                     85.40/18.60: 5 and 4, so 4
#   disbursement  52.10, in 51.50-53.49: 4, 0.2000;       97.96, in 97.50-99.49: 4, 0.2000
#   energy        round 1: electricity (578,000 − 485,200) ÷ 578,000 × 100 = 16.06: 4; fuel
#                 14,000 + 0.90 × 9,000 + 0.95 × 1,000 = 23,050 of 29,800, 22.65 less: 5;
#                 9, at least 9: 5, 0.2500
#                 round 2: (1,200,000 − 952,000) ÷ 1,200,000 × 100 = 20.67: 5; fuel
#                 28,200 + 0.90 × 18,100 + 0.95 × 2,000 = 46,390 of 60,000, 22.68 less: 5;
#                 10: 5, 0.2500
#   waste         (7 + 8 + 7 + 10) ÷ 4 = 8: 4, 0.2000;    (10 + 9 + 9 + 10) ÷ 4 = 9.5: 5, 0.2500
# and of their own:
#   volunteers    round 1: milestones 1 and 3: 3;         406,561 ÷ 556,629 × 100 = 73.04: 3
#   household     262,500 ÷ 773,518 × 100 = 33.94: 3;     711,113 ÷ 773,518 × 100 = 91.932314:
#                                                         4 + 1.932314 ÷ 10 = 4.1932
#   bcg           milestones 1, 3 and 5: 5;               915 ÷ 1,720 × 100 = 53.197674:
#                                                         3 + 0.007674 ÷ 5 = 3.0015
#   alerts        milestones 1 and 3: 3;                  92.50, half-way from 90 to 95: 3.5
DSDW_SCORES: dict[tuple[str, Round], tuple[list[str], str]] = {
    ("กอส", "1"): (
        [
            "own 50 -",
            "volunteers 20 3.0000 0.6000",
            "ita 5 4.0000 0.2000",
            "pmqa 5 3.0000 0.1500",
            "satisfaction 5 4.0000 0.2000",
            "disbursement 5 4.0000 0.2000",
            "energy 5 5.0000 0.2500",
            "waste 5 4.0000 0.2000",
        ],
        "1.8000 36.00 None 50",
    ),
    ("กอส", "2"): (
        [
            "own 50 -",
            "volunteers 20 3.0000 0.6000",
            "ita 5 5.0000 0.2500",
            "pmqa 5 3.0000 0.1500",
            "satisfaction 5 4.0000 0.2000",
            "disbursement 5 4.0000 0.2000",
            "energy 5 5.0000 0.2500",
            "waste 5 5.0000 0.2500",
        ],
        "1.9000 38.00 None 50",
    ),
    ("กพพ", "1"): (
        [
            "own 20 -",
            "household 15 3.0000 0.4500",
            "bcg 20 5.0000 1.0000",
            "alerts 15 3.0000 0.4500",
            "ita 5 4.0000 0.2000",
            "pmqa 5 3.0000 0.1500",
            "satisfaction 5 4.0000 0.2000",
            "disbursement 5 4.0000 0.2000",
            "energy 5 5.0000 0.2500",
            "waste 5 4.0000 0.2000",
        ],
        "3.1000 62.00 None 20",
    ),
    # 0.628985 + 0.600307 + 0.525 + 0.25 + 0.15 + 0.25 + 0.20 + 0.25 + 0.25 = 3.104292
    ("กพพ", "2"): (
        [
            "own 20 -",
            "household 15 4.1932 0.6290",
            "bcg 20 3.0015 0.6003",
            "alerts 15 3.5000 0.5250",
            "ita 5 5.0000 0.2500",
            "pmqa 5 3.0000 0.1500",
            "satisfaction 5 5.0000 0.2500",
            "disbursement 5 4.0000 0.2000",
            "energy 5 5.0000 0.2500",
            "waste 5 5.0000 0.2500",
        ],
        "3.1043 62.09 None 20",
    ),
    # 0.628985 + 0.25 + 0.15 + 0.20 + 0.20 + 0.25 + 0.25 = 1.928985
    ("กคส", "2"): (
        [
            "own 35 -",
            "household 15 4.1932 0.6290",
            "capacity 10 -",
            "reintegration 10 -",
            "ita 5 5.0000 0.2500",
            "pmqa 5 3.0000 0.1500",
            "satisfaction 5 4.0000 0.2000",
            "disbursement 5 4.0000 0.2000",
            "energy 5 5.0000 0.2500",
            "waste 5 5.0000 0.2500",
        ],
        "1.9290 38.58 None 55",
    ),
}


@pytest.mark.parametrize(("name", "round_id"), DSDW_SCORES)
def test_the_divisions(name: str, round_id: Round) -> None:
    of = score(DSDW, round_id, name)
    rows, summed = DSDW_SCORES[name, round_id]
    assert table(of) == rows
    assert total(of) == summed
    for row in of.rows:
        assert row.reporter == ("พส" if row.key in ("energy", "waste") else name)
        assert row.state == (
            "open" if row.key in ("own", "capacity", "reintegration") else "scored"
        )


@pytest.mark.parametrize("name", ["กอส", "กพพ", "กคส"])
def test_what_the_sheets_print_for_2565_is_the_result_of_round_2(name: str) -> None:
    of = score(DSDW, "2", name)
    printed = {"ita": "88.02", "pmqa": "449.83", "disbursement": "97.96"}
    printed |= {"energy": "10", "waste": "9.5"}
    for resolved in shipped(DSDW)[1][name].indicators:
        if resolved.item.key not in printed:
            continue
        value = Decimal(printed[resolved.item.key])
        (baseline,) = resolved.item.indicator.baselines
        last = baseline.years[2565]
        assert last is not None
        assert last.value == value
        found = row_of(of, resolved.item.key).score
        assert found is not None
        assert found.value == value


def test_the_department_is_not_judged_by_what_it_lends() -> None:
    for round_id in ROUNDS:
        of = score(DSDW, round_id, "พส")
        states = {row.key: row.state for row in of.rows}
        assert [states.pop("energy"), states.pop("waste")] == ["not judged"] * 2
        assert set(states.values()) == {"open"}
        assert total(of) == "0.0000 0.00 None 100"


def with_energy(round_id: Round, old: str, new: str) -> Mapping[str, DataFile[Results]]:
    """The department's example results with one figure of energy changed, read again."""
    file = results_of(DSDW, round_id)["พส"]
    text = file.path.read_text("utf-8")
    assert text.count(old) == 1
    node = yaml_tree.parse(file.path, text.replace(old, new).encode()).node
    assert node is not None
    model, faults = to_model(node, Results)
    assert not faults
    return {**results_of(DSDW, round_id), "พส": DataFile(file.path, model, node)}


# Round 1: a thousand kWh more makes 486,200 of 578,000, 15.88 less, 3.5 points; 3.5 + 5 = 8.5,
# level 4. Round 2: a hundred thousand more, as by a slip of the pen, makes 1,052,000 of
# 1,200,000, 12.33 less, 3 points; 3 + 5 = 8, level 4.
@pytest.mark.parametrize("name", DIVISIONS)
@pytest.mark.parametrize(
    ("round_id", "old", "new", "reads"),
    [
        ("1", "ก.พ. 66: 77900", "ก.พ. 66: 78900", "8.5"),
        ("2", "ส.ค. 66: 76100", "ส.ค. 66: 176100", "8"),
    ],
)
def test_one_energy_figure_of_the_department_changes_every_division(
    name: str, round_id: Round, old: str, new: str, reads: str
) -> None:
    agency, units = shipped(DSDW)
    before = score(DSDW, round_id, name)
    results, answers = with_energy(round_id, old, new), answers_of(DSDW, round_id)
    after = score_unit(RoundReports(agency, round_id, units, results, answers=answers), name)
    changed = {one.key for one, other in zip(before.rows, after.rows, strict=True) if one != other}
    assert changed == {"energy"}
    was, now = row_of(before, "energy"), row_of(after, "energy")
    assert was.reporter == now.reporter == "พส"
    assert (was.score_shown, now.score_shown) == (Decimal(5), Decimal(4))
    assert now.score is not None
    assert now.score.value == Decimal(reads)
    assert was.weight is not None
    assert before.pools[0].total - after.pools[0].total == was.weight / 100


def test_there_are_eleven_divisions() -> None:
    assert len(DIVISIONS) == 11

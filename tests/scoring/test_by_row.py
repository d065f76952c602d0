"""Results that come row by row: each row is scored and ranked, and all are rolled up into one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import api
from generator.agreements import lookup
from generator.agreements.yaml_tree import Node
from generator.api.scores import ScoredUnit, as_json, score
from generator.cli import scoreboard
from generator.diagnostics import Location, errors
from generator.model import ByRow, Criteria, Indicator, PartResult, Value
from generator.scoring import explain, plain
from generator.scoring.by_row import RowReading, RowsScore, judge_rows
from generator.scoring.judging import IndicatorScore
from generator.scoring.refusal import Refused, ResultSpot
from generator.scoring.trace import Trace
from generator.workspace.environment import Workspace
from support.reading import AGREEMENTS

F = Fraction
UNIT = "กองพื้นที่"


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    shutil.copytree(AGREEMENTS / "rows", tmp_path / "agreements" / "rows")
    return Workspace(tmp_path, {})


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> ScoredUnit:
    folder = tmp_path_factory.mktemp("rows")
    shutil.copytree(AGREEMENTS / "rows", folder / "agreements" / "rows")
    return score(lookup.find(Workspace(folder, {}), UNIT), "1")


def of(scored: ScoredUnit, key: str) -> IndicatorScore:
    found = scored.row(key).score
    assert found is not None
    return found


def test_a_ratio_is_that_of_the_sums_not_the_mean_of_ratios(scored: ScoredUnit) -> None:
    found = of(scored, "coverage")
    value = F(240 + 130 + 340 + 600 + 425, 300 + 200 + 400 + 1000 + 500) * 100
    assert found.value == value
    assert found.points == 3 + (value - 70) / 5
    assert [(row.name, row.points, row.rank, row.passed) for row in found.rows] == [
        ("แพร่", 5, 1, True),
        ("น่าน", 2, 4, False),
        ("พะเยา", 5, 1, True),
        ("ลำปาง", 1, 5, False),
        ("เลย", None, None, None),
        ("ตาก", 5, 1, True),
    ]


def test_full_marks_differ_by_row_and_no_row_makes_up_for_another(scored: ScoredUnit) -> None:
    found = of(scored, "funding")
    assert [(row.percent, row.points, row.rank) for row in found.rows] == [
        (F(50), F(5, 2), 3),
        (F(104), F(5), 1),
        (F(80), F(4), 2),
    ]
    assert found.points == F(23, 6)  # (2.5 + 5 + 4) ÷ 3


def test_how_many_pass_is_a_percentage(scored: ScoredUnit) -> None:
    found = of(scored, "standard")
    assert [row.passed for row in found.rows] == [True, False, True]  # 85, 66.67 and 70 per cent
    assert (found.value, found.points) == (F(200, 3), 3 + (F(200, 3) - 60) / 10)


def test_a_mean_by_weight_and_the_least_first(scored: ScoredUnit) -> None:
    found = of(scored, "waiting")
    weights, minutes = (300, 200, 400, 1000, 100, 500), (30, 45, 25, 40, 20, 30)
    assert found.value == F(sum(w * m for w, m in zip(weights, minutes, strict=True)), sum(weights))
    assert [row.rank for row in found.rows] == [3, 6, 2, 5, 1, 3]


def test_a_sum_has_no_score_of_its_rows(scored: ScoredUnit) -> None:
    found = of(scored, "volunteers")
    assert (found.value, found.points) == (F(350), F(7, 2))
    assert [(row.value, row.points, row.rank) for row in found.rows] == [
        (Decimal(120), None, 2),
        (Decimal(230), None, 1),
    ]


def test_each_step_can_be_worked_out_again(scored: ScoredUnit) -> None:
    said = {
        row.key: "\n".join(explain.lines(row.score.trace)) for row in scored.score.rows if row.score
    }
    assert "ผู้รับบริการ รวม 5 จังหวัด = 240 + 130 + 340 + 600 + 425 = 1,735 คน" in said["coverage"]
    assert "คำนวณ: 1,735 ÷ 2,400 × 100 = 72.291666…" in said["coverage"]
    assert "ค่าเฉลี่ยของคะแนน 3 กลุ่มสาขา: (2.5 + 5 + 4) ÷ 3 = 3.833333…" in said["funding"]
    assert "2 จาก 3 โรงพยาบาล: 2 × 100 ÷ 3 = 66.666666…" in said["standard"]
    assert "÷ (300 + 200 + 400 + 1,000 + 100 + 500) = 34" in said["waiting"]
    assert "ผลรวมของ 2 ศูนย์: 120 + 230 = 350" in said["volunteers"]


def test_the_terminal_lists_the_rows_by_rank(scored: ScoredUnit) -> None:
    said = [line for line, _ in scoreboard.lines(scored, "funding")]
    assert said[-3:] == [
        "ลำดับที่ 1 สุขภาพ: ค่า 52,000 ร้อยละ 104 ของเกณฑ์คะแนนเต็ม 50,000 ได้ 5 คะแนน",
        "ลำดับที่ 2 สังคมศาสตร์: ค่า 20,000 ร้อยละ 80 ของเกณฑ์คะแนนเต็ม 25,000 ได้ 4 คะแนน",
        "ลำดับที่ 3 วิทยาศาสตร์: ค่า 30,000 ร้อยละ 50 ของเกณฑ์คะแนนเต็ม 60,000 ได้ 2.5 คะแนน",
    ]


def test_machines_get_every_row(scored: ScoredUnit) -> None:
    found = json.loads(json.dumps(as_json(scored)))
    rows = {row["key"]: row.get("rows") for row in found["rows"]}
    assert [row["name"] for row in rows["funding"]] == ["วิทยาศาสตร์", "สุขภาพ", "สังคมศาสตร์"]
    assert rows["funding"][0]["points"] == "2.5"
    assert rows["coverage"][4]["applies"] is False
    assert plain(of(scored, "coverage").rows)[2]["figures"][0]["value"] == "340"


CELLS = [
    ("coverage.csv", "น่าน,เหนือ,130,200", "น่าน,เหนือ,,200", "3:3", "the cell of 'ผู้รับบริการ' is empty"),
    (
        "coverage.csv",
        "130,200",
        "130 คน,200",
        "3:3",
        "'130 คน' in the column 'ผู้รับบริการ' is no number",
    ),
    ("coverage.csv", "130,200", "65%,200", "3:3", "'65%' in the column 'ผู้รับบริการ' is no number"),
    ("coverage.csv", "-,-", "-,100", "6:3", "'-' stands in the column 'ผู้รับบริการ'"),
    ("coverage.csv", "น่าน,เหนือ", "แพร่,เหนือ", "3:1", "'แพร่' stands here and in line 2"),
    ("coverage.csv", "น่าน,เหนือ", "นาน,เหนือ", "3:1", "the table 'provinces' has no 'นาน'"),
    ("coverage.csv", "ตาก,ตะวันตก,425,500\n", "", "4", "'ตาก' of the table 'provinces' has no row"),
    ("coverage.csv", "น่าน,เหนือ,130", "รวม,เหนือ,130", "3:1", "'รวม' is a row of totals"),
    ("coverage.csv", "น่าน,เหนือ,130", "ทั้งเขต,เหนือ,130", "3:1", "'ทั้งเขต' is a row of totals"),
    ("coverage.csv", "น่าน,เหนือ,130,200", "น่าน,เหนือ,0,0", "3:4", "the formula divides by zero"),
    ("coverage.csv", "น่าน,เหนือ,", "น่าน,,", "3:2", "the cell of 'ภาค' is empty"),
    ("coverage.csv", "ภาค,", "เขต,", "1:2", "the column 'เขต' isn't asked for"),
    ("coverage.csv", ",เป้าหมาย", ",เป้า", "1:4", "the column 'เป้า' isn't asked for"),
    (
        "funding.csv",
        "สาขา,บาทต่อคน",
        "สาขา,เต็ม",
        "1:2",
        "the column 'เต็ม' stands in the table 'fields'",
    ),
    (
        "standard.csv",
        "โรงพยาบาลหนึ่ง,100",
        "โรงพยาบาลหนึ่ง,0",
        "2:2",
        "what earns full marks isn't above",
    ),
    ("waiting.csv", "เลย,20", "เลย,-20", "6:2", ""),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "said"), CELLS)
def test_what_is_wrong_with_a_row_is_told_with_its_cell(
    world: Workspace, file: str, old: str, new: str, place: str, said: str
) -> None:
    path = world.root / "agreements" / "rows" / "results" / "1" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = api.checking.check(world, [world.root / "agreements" / "rows"])
    lines = [fault.shown(path.parent) for fault in errors(found.faults)]
    name = file if ":" in place else f"{UNIT}.yaml"
    assert any(line.startswith(f"{name}:{place}") and said in line for line in lines), lines


def test_a_csv_that_is_no_table_is_told_with_row_and_column(world: Workspace) -> None:
    folder = world.root / "agreements" / "rows" / "results" / "1"
    (folder / "coverage.csv").write_text("จังหวัด,ภาค\nก,ข,ค\n", "utf-8")
    (folder / "funding.csv").write_text("สาขา,,สาขา\nก,1,2\n", "utf-8")
    (folder / "standard.csv").write_text("", "utf-8")
    (folder / "waiting.csv").write_bytes("จังหวัด,นาที\n".encode("tis-620"))
    found = api.checking.check(world, [world.root / "agreements" / "rows"])
    lines = [fault.shown(folder).split("\n")[0] for fault in errors(found.faults)]
    assert lines == [
        "coverage.csv:2:3: error: row 2 has 3 cells, the head 2",
        "funding.csv:1:2: error: this column has no head",
        "funding.csv:1:3: error: the CSV has two columns 'สาขา'",
        "standard.csv:1:1: error: the CSV has no head",
        next(
            line
            for line in lines
            if line.startswith("waiting.csv:1:1: error: the file is not UTF-8")
        ),
    ]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("coverage: {value: 72}", "the indicator is reported row by row"),
        ("coverage: {rows: []}", "there are no rows"),
        ("coverage: {rows: [{จังหวัด: แพร่}]}", "the rows have no column 'ภาค'"),
        ("volunteers: {rows: [{site: ก, value: '-'}]}", "no row applies"),
    ],
)
def test_what_is_no_result_by_row_ends_in_no_number(
    world: Workspace, result: str, said: str
) -> None:
    path = world.root / "agreements" / "rows" / "results" / "1" / f"{UNIT}.yaml"
    path.write_text(f"fiscal_year: 2571\nresults:\n  {result}\n", "utf-8")
    found = api.checking.check(world, [world.root / "agreements" / "rows"])
    assert any(said in fault.message for fault in errors(found.faults))


def test_rows_of_an_indicator_that_has_none_are_refused(world: Workspace) -> None:
    path = world.root / "agreements" / "rows" / f"{UNIT}.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("      by_row: {key: site, called: ศูนย์, roll_up: sum}\n", ""), "utf-8"
    )
    found = api.checking.check(world, [world.root / "agreements" / "rows"])
    assert [fault.message for fault in errors(found.faults)] == [
        "volunteers: rows are given, and the indicator isn't reported row by row"
    ]


# What must hold for every result.

SPOT = ResultSpot("x", Node({}, Location(Path("x"))))


def straight(result: PartResult, spot: ResultSpot) -> IndicatorScore:
    """Criteria that give a hundredth of the value, at most 5."""
    assert result.value is not None
    points = max(F(0), min(F(5), F(result.value) / 100))
    return IndicatorScore(points, Decimal(5), result.value, None, Trace())


def rolled(
    rule: dict[str, object], rows: list[dict[str, str]], value: Value | None = None
) -> RowsScore:
    indicator = Indicator(
        name="x", by_row=ByRow.model_validate({"key": "k", "called": "x", **rule})
    )
    reading = RowReading(indicator, Criteria(), value, "none")
    found = judge_rows(rows, reading, SPOT, straight)
    assert isinstance(found, RowsScore), found
    return found


figures = st.decimals(0, 500, places=2)
tables = st.lists(st.tuples(figures, st.decimals("0.01", 9, places=2)), min_size=1, max_size=8)


def typed(table: list[tuple[Decimal, Decimal]]) -> list[dict[str, str]]:
    return [{"k": f"r{n}", "value": f"{v}", "w": f"{w}"} for n, (v, w) in enumerate(table)]


def without(rows: list[dict[str, str]], column: str) -> list[dict[str, str]]:
    return [{key: cell for key, cell in row.items() if key != column} for row in rows]


@settings(max_examples=30, deadline=None)
@given(tables)
def test_means_lie_between_the_rows_and_sums_conserve(table: list[tuple[Decimal, Decimal]]) -> None:
    rows, values = typed(table), [F(v) for v, _ in table]
    mean = rolled({"roll_up": "mean"}, without(rows, "w"))
    by_weight = rolled({"roll_up": "weighted", "weight": "w"}, rows)
    total = rolled({"roll_up": "sum"}, without(rows, "w"))
    assert mean.value == sum(values) / len(values)
    assert total.value == sum(values)
    for found in (mean, by_weight):
        assert found.value is not None
        assert min(values) <= found.value <= max(values)
        assert 0 <= found.points <= found.full
    scores = rolled({"roll_up": "mean", "of": "score"}, without(rows, "w"))
    points = [row.points for row in scores.rows if row.points is not None]
    assert min(points) <= scores.points <= max(points)


@settings(max_examples=30, deadline=None)
@given(tables, st.randoms())
def test_order_changes_nothing_and_ranks_go_by_score(
    table: list[tuple[Decimal, Decimal]], chance: object
) -> None:
    rows = without(typed(table), "w")
    found = rolled({"roll_up": "mean"}, rows)
    other = rolled({"roll_up": "mean"}, rows[::-1])
    assert (found.points, found.value) == (other.points, other.value)
    ranks = {row.name: row.rank for row in found.rows}
    assert ranks == {row.name: row.rank for row in other.rows}
    for one in found.rows:
        assert one.rank == 1 + sum((r.points or 0) > (one.points or 0) for r in found.rows)


@settings(max_examples=30, deadline=None)
@given(tables, st.integers(0, 7), st.decimals(0, 100, places=2))
def test_more_in_a_row_is_never_less_in_all(
    table: list[tuple[Decimal, Decimal]], at: int, more: Decimal
) -> None:
    def raised() -> Iterator[tuple[Decimal, Decimal]]:
        for n, (value, weight) in enumerate(table):
            yield (value + more if n == at % len(table) else value), weight

    rules: tuple[dict[str, object], ...] = (
        {"roll_up": "weighted", "weight": "w"},
        {"roll_up": "mean", "full": "w", "of": "score"},
    )
    for rule in rules:
        before, after = rolled(rule, typed(table)), rolled(rule, typed(list(raised())))
        assert after.points >= before.points


def test_equal_rows_of_a_ratio_have_their_own_ratio() -> None:
    value = Value.model_validate(
        {"formula": "a / b * 100", "inputs": {"a": {"name": "ก"}, "b": {"name": "ข"}}}
    )
    rows = [{"k": f"{n}", "a": "1", "ข": "3"} for n in range(40)]
    assert rolled({"roll_up": "ratio"}, rows, value).value == F(100, 3)


def test_weights_of_nought_weigh_nothing() -> None:
    rule = ByRow(key="k", called="x", roll_up="weighted", weight="w")
    reading = RowReading(Indicator(name="x", by_row=rule), Criteria(), None, "none")
    rows = [{"k": "a", "value": "1", "w": "0"}]
    assert isinstance(judge_rows(rows, reading, SPOT, straight), Refused)

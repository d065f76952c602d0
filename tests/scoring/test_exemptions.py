"""What isn't judged weighs nothing; its weight goes where the agency's policy says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.agreements import reading
from generator.api.scores import ScoredUnit, as_json
from generator.cli import scoreboard
from generator.model import Agency
from generator.model.exemptions import Exemption
from generator.scoring import RoundReports, UnitScore, explain, score_unit
from generator.scoring.exemptions import described
from generator.scoring.explain_exempt import weight_line
from generator.scoring.explain_policies import policy_line
from support.making import ROOT
from support.scored import Kpi, Round, agency, by_points, reported, row_of, unit

MARKS = by_points("20 | 40 | 60 | 80 | 100")
TREE = (
    "components: [{id: work, name: งาน, weight: 70}, {id: people, name: คน, weight: 30}]\n"
    "policies: {exempt_weight: POLICY}"
)
CANCELLED = "[{kind: cancelled, from: 2, reason: โครงการถูกยุบ, by: มติคณะกรรมการMORE}]"


def of(policy: str) -> Agency:
    return agency(TREE.replace("POLICY", policy))


def gone(more: str = "") -> str:
    return CANCELLED.replace("MORE", f", {more}" if more else "")


def score(policy: str, *kpis: Kpi, results: str, round_id: Round = "2") -> UnitScore:
    file = unit(*kpis)
    reports = RoundReports(
        of(policy),
        round_id,
        {"หนึ่ง": file},
        {"หนึ่ง": reported(results)},
    )
    return score_unit(reports, "หนึ่ง")


def four(more: str = "") -> tuple[Kpi, ...]:
    return (
        Kpi("a", MARKS, "40", "work"),
        Kpi("b", MARKS, "20", "work"),
        Kpi("c", MARKS, "10", "work", exemptions=gone(more)),
        Kpi("d", MARKS, "30", "people"),
    )


RESULTS = "a: {value: 80}\nb: {value: 60}\nd: {value: 100}"


@pytest.mark.parametrize(
    ("policy", "more", "weights", "total"),
    [
        ("component", "", [Fraction(140, 3), Fraction(70, 3), 30], "4.0667"),
        ("tree", "", [Fraction(400, 9), Fraction(200, 9), Fraction(100, 3)], "4.1111"),
        ("given", "weight_to: b", [40, 30, 30], "4.0000"),
        ("given", "weight_to: {b: 4, d: 6}", [40, 24, 36], "4.1200"),
        ("left-out", "", [40, 20, 30], "4.1111"),
    ],
)
def test_where_the_weight_goes(policy: str, more: str, weights: list[Fraction], total: str) -> None:
    found = score(policy, *four(more), results=RESULTS)
    (pool,) = found.pools
    assert [row_of(found, key).weight for key in "abd"] == weights
    assert [row.state for row in found.rows] == ["scored", "scored", "not applicable", "scored"]
    assert str(pool.total_shown) == total
    assert [pool.out_of, pool.open_weight] == [5, 0]
    assert pool.complete
    assert pool.grade is not None
    assert "น้ำหนักของตัวชี้วัดที่ไม่นำมาประเมิน" in " ".join(map(policy_line, found.policies))
    # The same by other means: a mean by what each weighs.
    points = {"a": 4, "b": 3, "d": 5}
    products = [Fraction(w) * p for w, p in zip(weights, points.values(), strict=True)]
    mean = sum(products, Fraction(0)) / sum(map(Fraction, weights))
    assert pool.total == mean


def test_each_line_can_be_followed() -> None:
    shared = score("component", *four(), results=RESULTS)
    assert [*explain.row_lines(row_of(shared, "b"))][-2:] == [
        "น้ำหนัก (ข) = 20 × 70 ÷ (70 − 10) = 23.333333… "
        "เพราะแบ่งน้ำหนัก 10 ของตัวชี้วัดที่ไม่นำมาประเมินในองค์ประกอบเดียวกันตามสัดส่วน",
        "คะแนนถ่วงน้ำหนัก (ค) = 3.0000 × 23.333333… ÷ 100 = 0.7000",
    ]
    assert str(row_of(shared, "b").weight_shown) == "23.3333"
    assert [*explain.row_lines(row_of(shared, "c"))] == [
        "ยกเลิกตั้งแต่รอบ 2 เหตุผล: โครงการถูกยุบ ผู้ตัดสินใจ: มติคณะกรรมการ น้ำหนักเดิม 10"
    ]
    given_ = score("given", *four("weight_to: b"), results=RESULTS)
    assert weight_line(row_of(given_, "b")) == "น้ำหนัก (ข) = 20 + 10 (จาก ตัวชี้วัด) = 30"
    left = score("left-out", *four(), results=RESULTS)
    assert "น้ำหนักที่นำมาคิดคะแนน 100 − 10 (ไม่นำมาประเมิน) = 90" in explain.total_lines(left.pools[0])
    assert explain.row_line(row_of(left, "a")) == "คะแนนถ่วงน้ำหนัก (ค) = 4.0000 × 40 ÷ 90 = 1.7778"


def test_the_rounds_of_a_decision() -> None:
    first = score("component", *four(), results=RESULTS + "\nc: {value: 20}", round_id="1")
    assert row_of(first, "c").state == "scored"
    assert row_of(first, "a").weight == 40
    later = "[{kind: begins-later, from: 2, reason: ระบบยังไม่เปิดใช้, by: อธิบดี}]"
    kpis = (*four()[:2], Kpi("c", MARKS, "10", "work", exemptions=later), four()[3])
    before = score("component", *kpis, results=RESULTS, round_id="1")
    assert explain.row_line(row_of(before, "c")) == (
        "ยังไม่นำมาประเมิน เริ่มประเมินตั้งแต่รอบ 2 เหตุผล: ระบบยังไม่เปิดใช้ ผู้ตัดสินใจ: อธิบดี น้ำหนักเดิม 10"
    )
    assert row_of(score("component", *kpis, results=RESULTS), "c").state == "open"
    only = "[{kind: not-applicable, until: 1, reason: ไม่มีผู้ป่วย, by: คณะกรรมการ}]"
    kpis = (*four()[:2], Kpi("c", MARKS, "10", "work", exemptions=only), four()[3])
    assert (
        row_of(score("component", *kpis, results="", round_id="1"), "c").state == "not applicable"
    )
    assert row_of(score("component", *kpis, results=""), "c").state == "open"


def test_nobody_has_reported_is_something_else() -> None:
    found = score("tree", *four(), results="a: {value: 80}")
    open_, gone_ = row_of(found, "b"), row_of(found, "c")
    assert (open_.state, gone_.state) == ("open", "not applicable")
    assert explain.row_line(open_) == "ยังไม่มีผลการดำเนินงาน"
    (pool,) = found.pools
    assert pool.open_weight == Fraction(500, 9)
    assert pool.grade is None
    told = as_json(ScoredUnit(unit(*four()), found, {}))
    rows = {row["key"]: row for row in told["rows"]}
    assert rows["c"]["exempt"] == {
        "kind": "cancelled",
        "reason": "โครงการถูกยุบ",
        "by": "มติคณะกรรมการ",
        "since": "2",
        "until": "",
        "weight_to": [],
        "weight": "10",
    }
    assert "exempt" not in rows["b"]
    assert rows["b"]["weight"] == "200/9"
    assert rows["b"]["weight_change"] == {
        "agreed": "20",
        "group": "100",
        "exempt": "10",
        "within": "tree",
    }
    lines = [line for line, _ in scoreboard.lines(ScoredUnit(unit(*four()), found, {}))]
    assert any(line.startswith("ตัวชี้วัด: ยกเลิกตั้งแต่รอบ 2") for line in lines)


def test_a_result_of_what_is_not_judged_is_refused() -> None:
    found = score("component", *four(), results=RESULTS + "\nc: {value: 20}")
    row = row_of(found, "c")
    assert row.state == "at fault"
    assert "isn't judged in this round" in row.faults[0].message
    assert (row.faults[0].location.line, row.weighted) == (6, None)


def test_a_result_is_not_borrowed_from_where_it_is_not_judged() -> None:
    lender = unit(Kpi("a", MARKS, exemptions=gone()), Kpi("b", MARKS, "0"), name="สอง")
    borrower = unit(Kpi("a", MARKS, result="{from: สอง}"))
    reports = RoundReports(
        agency("policies: {exempt_weight: tree}"), "2", {"หนึ่ง": borrower, "สอง": lender}
    )
    (row,) = score_unit(reports, "หนึ่ง").rows
    assert "where the indicator isn't judged" in row.faults[0].message


PARTS = (
    "name: ตัวชี้วัด\ncriteria:\n  all:\n    read: points\n    combine: RULE\n    parts:\n"
    + "".join(
        f"      - {{id: p{n}, name: ส่วน{n}, weight: {w}, levels: "
        "{1: '20', 2: '40', 3: '60', 4: '80', 5: '100'}}\n"
        for n, w in enumerate((50, 30, 20))
    )
)


def part_score(policy: str, rule: str, more: str = "") -> UnitScore:
    decided = f"[{{kind: not-applicable, part: p1, reason: ไม่มีห้องปฏิบัติการ, by: ผู้อำนวยการ{more}}}]"
    kpi = Kpi("a", PARTS.replace("RULE", rule), "70", "work", exemptions=decided)
    results = "a: {parts: {p0: {value: 80}, p2: {value: 40}}}\nd: {value: 100}"
    return score(policy, kpi, Kpi("d", MARKS, "30", "people"), results=results)


@pytest.mark.parametrize(
    ("policy", "rule", "more", "points", "line"),
    [
        ("component", "min", "", 2, "4 และ 2 ได้ 2"),
        ("component", "mean", "", 3, "(4 + 2) ÷ 2 = 3"),
        ("tree", "weighted", "", Fraction(24, 7), "(50 × 4 + 20 × 2) ÷ (50 + 20) = 3.428571…"),
        ("given", "weighted", ", weight_to: p2", 3, "(50 × 4 + 50 × 2) ÷ (50 + 50) = 3"),
        (
            "given",
            "weighted",
            ", weight_to: {p0: 10, p2: 20}",
            Fraction(16, 5),
            "(60 × 4 + 40 × 2) ÷ (60 + 40) = 3.2",
        ),
    ],
)
def test_a_part_that_is_not_judged(
    policy: str, rule: str, more: str, points: Fraction, line: str
) -> None:
    row = part_score(policy, rule, more).rows[0]
    assert row.score is not None, row.faults
    assert row.score.points == points
    lines = explain.lines(row.score.trace)
    assert lines[-1].endswith(line)
    assert "ส่วน1: ไม่นำมาประเมิน เหตุผล: ไม่มีห้องปฏิบัติการ ผู้ตัดสินใจ: ผู้อำนวยการ น้ำหนักเดิม 30" in lines[-2]


WEIGHTS = st.lists(st.integers(1, 60), min_size=3, max_size=6)


@given(
    weights=WEIGHTS,
    values=st.lists(st.integers(20, 100), min_size=6, max_size=6),
    which=st.integers(0, 1),
)
def test_weights_are_conserved(weights: list[int], values: list[int], which: int) -> None:
    """Whatever isn't judged: all weights keep their sum, and the total the scale and its bounds."""
    whole = sum(weights)
    kpis = [
        Kpi(f"k{n}", MARKS, str(w), "all", exemptions=gone() if n == which else "[]")
        for n, w in enumerate(weights)
    ]
    results = "\n".join(f"k{n}: {{value: {values[n]}}}" for n in range(len(kpis)) if n != which)
    totals = []
    for policy in ("component", "left-out"):
        of_one = agency(
            f"weights_sum: {whole}\ncomponents: [{{id: all, name: รวม, weight: {whole}}}]\n"
            f"policies: {{exempt_weight: {policy}}}"
        )
        reports = RoundReports(of_one, "2", {"หนึ่ง": unit(*kpis)}, {"หนึ่ง": reported(results)})
        found = score_unit(reports, "หนึ่ง")
        (pool,) = found.pools
        counted = sum(Fraction(row.weight) for row in found.rows if row.weight is not None)
        assert counted == pool.weight == (whole - weights[which] if policy == "left-out" else whole)
        assert pool.out_of == 5
        scores = [row.score.points for row in found.rows if row.score is not None]
        assert min(scores) <= pool.total <= max(scores)
        totals.append(pool.total)
    assert totals[0] == totals[1]


def test_a_round_is_called_by_its_name_where_its_id_is_no_number() -> None:
    """Ids such as q3 are the program's; the ministries' rounds are numbered as they are called."""
    folder = reading.read_agency(ROOT / "agreements" / "example-hospital-2570")
    network = folder.agency.model
    assert network is not None
    decided = Exemption.model_validate(
        {"kind": "cancelled", "from": "q3", "until": "2", "reason": "x", "by": "y"}
    )
    found = described(decided, network)
    assert (found.since, found.until) == ("ไตรมาสที่ 3", "2")

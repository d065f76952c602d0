"""Scores of the other agencies: the ministry's against a hand computation, the gaps of 2561."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from generator.agreements import lookup
from generator.api import scores
from generator.exact import bare, half_up
from generator.scoring import ScoredIndicator, UnitScore
from support.scored import SHIPPED, of_shipped, row_of

MOI, CDD = SHIPPED / "moi-2547", SHIPPED / "cdd-2561"
BY_HAND = SHIPPED.parent / "docs" / "scoring-moi-2547.md"


@cache
def ministry() -> UnitScore:
    return scores.score(lookup.Target(MOI, MOI / "สำนักงานปลัดกระทรวงอุตสาหกรรม.yaml"), "1").score


def tables() -> list[list[list[str]]]:
    """The rows of the page's tables, below their heads, as cells without mark-up."""
    found: list[list[list[str]]] = [[]]
    for line in BY_HAND.read_text("utf-8").split("\n"):
        if line.startswith("|"):
            found[-1].append([cell.strip(" *") for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [table[2:] for table in found if table]


def test_every_indicator_scores_as_by_hand() -> None:
    by_hand = {row[0]: row[1:] for row in tables()[0]}
    rows = {row.key: row for row in ministry().rows}
    assert list(by_hand) == list(rows)
    assert len(rows) == 20
    for key, (value, score, weight, product) in by_hand.items():
        row = rows[key]
        assert row.score is not None
        assert row.weight is not None
        assert row.result is not None
        assert row.result.value == Decimal(value), key
        # What stands last in the cell is what the sum before it comes to.
        assert row.score.points == Decimal(score.split()[-1]), key
        assert row.weight == Decimal(weight), key
        assert row.score.points * Fraction(row.weight) == Decimal(product), key


def test_dimensions_and_total_are_as_by_hand() -> None:
    *by_hand, total = tables()[1]
    found = {component.id: component for component in ministry().components}
    assert len(by_hand) == 4
    for name, added, weight, score, product in by_hand:
        component = found[name]
        assert component.weight == Decimal(weight)
        assert component.weighted == Decimal(added) / 100
        assert component.score is not None
        assert f"{half_up(component.score, 4)}" == score
        # The dimension's score times its weight gives its sum back: nothing was rounded before.
        assert component.weighted == Decimal(product)
    (pool,) = ministry().pools
    assert total[2:] == ["100", f"{pool.total_shown}", bare(pool.total)]
    assert sum(Decimal(row[1]) for row in by_hand) == Decimal(total[1]) == pool.total * 100
    assert pool.complete
    assert f"{pool.percent_shown}" in BY_HAND.read_text("utf-8")


def district(key: str, result: str) -> ScoredIndicator:
    """A row of the memorandum with one result."""
    name = "พัฒนาการอำเภอ"
    return row_of(of_shipped(name, {name: f"{key}: {result}"}, "1", CDD), key)


@pytest.mark.parametrize(
    ("key", "result", "expected"),
    [
        *(("disbursement", f"{{value: {v}}}", n) for v, n in [("79.99", 0), (80, 1), ("84.9", 1)]),
        *(
            ("disbursement", f"{{value: {v}}}", n)
            for v, n in [(85, 2), (95, 4), (100, 5), (101, 5)]
        ),
        *(("plan", f"{{value: {v}}}", n) for v, n in [(0, 1), (80, 1), (81, 2), ("83.37", 2)]),
        *(("plan", f"{{value: {v}}}", n) for v, n in [(85, 2), (86, 3), (90, 3), (91, 4), (95, 4)]),
        *(("plan", f"{{value: {v}}}", n) for v, n in [("95.01", 5), (100, 5)]),
        *(
            ("income", f"{{value: {v}}}", n)
            for v, n in [("15.9", 0), (16, 1), ("19.5", 4), (25, 5)]
        ),
        *(("registration", f"{{value: {v}}}", n) for v, n in [(0, 0), (1, 1), (3, 3), (5, 5)]),
        *(("economy", f"{{done: {list(range(1, n + 1))}}}", n) for n in range(6)),
        *(("livelihood", f"{{value: {v}}}", n) for v, n in [(59, 0), (60, 1), (99, 4), (100, 5)]),
        ("women", "{value: 59.99}", 1),
        ("women", "{value: 60}", 2),
        ("women", "{value: 70}", 3),
        ("women", "{value: 70.01, done: []}", 4),
        ("women", "{value: 88, done: [1]}", 5),
        # The record in SARA alone doesn't lift what was disbursed.
        ("women", "{value: 60, done: [1]}", 2),
        ("funds", "{value: 0, done: []}", 0),
        ("funds", "{value: 0, done: [1]}", 1),
        ("funds", "{value: 79.9, done: [1, 2]}", 2),
        ("funds", "{value: 80, done: [1, 2]}", 3),
        ("funds", "{value: 96, done: [1, 2]}", 4),
        ("funds", "{value: 96, done: [1, 2, 3]}", 5),
        *(("needs", f"{{value: {v}}}", n) for v, n in [("99.40", 1), ("99.41", 2), ("99.60", 2)]),
        # Two decimals are printed, and a value is read with two.
        *(("needs", f"{{value: {v}}}", n) for v, n in [("99.604", 2), ("99.605", 3), ("99.8", 3)]),
        *(("needs", f"{{value: {v}}}", n) for v, n in [("99.81", 4), (100, 4), ("100.01", 5)]),
    ],
)
def test_levels_of_the_memorandum(key: str, result: str, expected: int) -> None:
    row = district(key, result)
    assert f"{row.score_shown}" == f"{expected}.0000", [fault.shown() for fault in row.faults]


@pytest.mark.parametrize(
    ("key", "value", "between"),
    [
        ("plan", "80.5", "level 1 (at most 80) and level 2 (81 to 85)"),
        ("plan", "80.01", "level 1 (at most 80) and level 2 (81 to 85)"),
        ("plan", "85.5", "level 2 (81 to 85) and level 3 (86 to 90)"),
        ("plan", "90.99", "level 3 (86 to 90) and level 4 (91 to 95)"),
        ("women", "60.01", "level 2 (exactly 60) and level 3 (exactly 70)"),
        ("women", "65", "level 2 (exactly 60) and level 3 (exactly 70)"),
        ("women", "69.99", "level 2 (exactly 60) and level 3 (exactly 70)"),
    ],
)
def test_a_value_in_a_gap_is_a_fault_that_names_it(key: str, value: str, between: str) -> None:
    row = district(
        key, f"{{value: {value}, done: [1]}}" if key == "women" else f"{{value: {value}}}"
    )
    assert row.score is None
    assert [fault.message for fault in row.faults] == [f"{key}: {value} lies between {between}"]


def test_the_team_and_the_person_are_two_totals() -> None:
    name = "พัฒนาการอำเภอ"
    results = "disbursement: {value: 96}\nplan: {value: 92}\nincome: {value: 18}"
    team, person = of_shipped(name, {name: results}, "1", CDD).pools
    assert (*team.components, f"{team.weight}", team.complete) == ("team", "100", True)
    assert (*person.components, f"{person.weight}") == ("individual", "100")
    assert team.total == 4
    assert person.total == Decimal("0.6")
    assert person.open_weight == 80

"""A scoring model of another kind: points for signs of trouble, as data alone.

Hospitals of a province get points for each sign of financial trouble, seven at most; more is worse.
Those that the provincial health office of Lampang printed for June and September 2562 come out.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.api.scores import score
from generator.scoring.by_row import RowScore
from generator.workspace.environment import Workspace
from support.reading import AGREEMENTS

PRINTED = {
    "ลำปาง": 0,
    "แม่เมาะ": 0,
    "เกาะคา": 1,
    "เสริมงาม": 0,
    "งาว": 0,
    "แจ้ห่ม": 1,
    "วังเหนือ": 0,
    "เถิน": 4,
    "แม่พริก": 0,
    "แม่ทะ": 1,
}
SEPTEMBER = """โรงพยาบาล,CR,QR,Cash,NWC,NI,Survival
เกาะคา,1.40,1.29,0.87,18.2,-9.8,0
แจ้ห่ม,2.21,2.06,1.56,16.7,-3.5,0
เถิน,1.34,1.21,0.81,10.4,-2.6,0
แม่ทะ,1.71,1.52,1.14,10.7,-12.6,0
"""


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    shutil.copytree(AGREEMENTS / "risk", tmp_path / "agreements" / "risk")
    return Workspace(tmp_path, {})


def scored(world: Workspace) -> tuple[RowScore, ...]:
    found = score(lookup.find(world, "เครือข่าย"), "1").row("crisis").score
    assert found is not None
    return found.rows


def test_the_printed_points_come_out(world: Workspace) -> None:
    rows = scored(world)
    assert {row.name: row.value for row in rows} == PRINTED
    assert [row.name for row in rows if row.rank == 10] == [
        "เถิน"
    ]  # the most points, the last place


def test_those_of_another_month_too(world: Workspace) -> None:
    (world.root / "agreements/risk/results/1/crisis.csv").write_text(SEPTEMBER, "utf-8")
    points = {row.name: row.value for row in scored(world)}
    assert points == {"เกาะคา": 2, "แจ้ห่ม": 1, "เถิน": 2, "แม่ทะ": 1}


def test_a_hospital_with_every_sign_has_seven_and_fails(world: Workspace) -> None:
    path = world.root / "agreements/risk/results/1/crisis.csv"
    path.write_text(f"{SEPTEMBER}สมมติ,1.49,0.99,0.79,-0.1,-0.1,2\n", "utf-8")
    found = score(lookup.find(world, "เครือข่าย"), "1").row("crisis").score
    assert found is not None
    worst = found.rows[-1]
    assert (worst.value, worst.passed, worst.rank) == (Decimal(7), False, 5)
    assert found.value == 80
    assert found.points == 0  # four of five are under 94 per cent

"""Several assessors in JSON, on the terminal, in the report and in what is supposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import api
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.cli import scoreboard
from generator.documents import building, inputs
from generator.documents.report import ResultReport
from generator.workspace.environment import Workspace
from support import assessed


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return assessed.made_in(Path(tmp_path_factory.mktemp("assessed")))


def scored(world: Workspace) -> api.scores.ScoredUnit:
    return api.scores.score(api.workspaces.find(world, assessed.UNIT), "1")


def test_json_says_what_each_assessor_said(world: Workspace) -> None:
    rows = {row["key"]: row for row in api.scores.as_json(scored(world))["rows"]}
    found = rows["on-time"]["assessment"]
    assert [(one["id"], one["score"], one["difference"]) for one in found["assessors"]] == [
        ("self", "4", None),
        ("head", "3", "-1"),
        ("board", "3", "0"),
    ]
    assert found["assessors"][2]["said"]["state"] == "agreed"
    assert rows["on-time"]["score_shown"] == "3.0000"
    assert (rows["energy"]["state"], rows["energy"]["score"]) == ("open", None)
    assert rows["energy"]["assessment"]["returned_by"] == "ผู้บังคับบัญชา"
    assert rows["satisfaction"]["assessment"]["waits_for"] == ["คณะกรรมการกลั่นกรอง"]
    decision = rows["manuals"]["assessment"]["appeal"]["decision"]
    assert (decision["was"], decision["now"], decision["day"]) == ("3", "3.5", "2027-05-20")
    assert rows["manuals"]["assessment"]["counted"] == "3"
    (total,) = api.scores.as_json(scored(world))["totals"]
    assert (total["grade"], total["open_weight"]) == (None, "30")


def test_the_terminal_says_whom_a_score_waits_for(world: Workspace) -> None:
    said = [line for line, _ in scoreboard.lines(scored(world))]
    assert any(line.endswith("เพราะผู้บังคับบัญชาส่งคืนให้แก้ไข") for line in said)
    assert any(line.endswith("รอการประเมินของคณะกรรมการกลั่นกรอง") for line in said)
    explained = [line for line, _ in scoreboard.lines(scored(world), "satisfaction")]
    assert "ตนเอง: ให้คะแนน 4" in explained
    assert "ผู้บังคับบัญชา: ให้คะแนน 3 (ต่างจากก่อนหน้า 3 − 4 = −1)" in explained


def test_the_report_has_the_same_figures(world: Workspace) -> None:
    options = DocumentOptions(round="1")
    origin = inputs.find_input("report", lookup.find(world, assessed.UNIT), options)
    report = building.build(world, origin).context
    assert isinstance(report, ResultReport)
    table = report.assessment[0]
    printed = [[cell.text[0].text for cell in row.cells[1:]] for row in table.rows]
    for row, cells in zip(scored(world).score.rows, printed, strict=True):
        assert row.assessment is not None
        points = [view.points for view in row.assessment.views]
        numbers = [None if text.startswith(("ส่ง", "ยัง")) else text for text in cells[:-1]]
        assert numbers == [None if one is None else f"{float(one):.4f}" for one in points]
        assert cells[-1] == ("" if row.score_shown is None else str(row.score_shown))
    assert [row.weighted for section in report.table.sections for row in section.rows] == [
        "" if row.weighted_shown is None else str(row.weighted_shown)
        for row in scored(world).score.rows
    ]


def test_what_is_supposed_is_what_all_would_agree_on(world: Workspace) -> None:
    target = api.workspaces.find(world, assessed.UNIT)
    found = api.scores.suppose(target, "1", ["energy.this_year=1"])
    ((before, after),) = found.changed
    assert (before.state, after.state) == ("open", "scored")
    assert after.score is not None
    assert after.score.points == 5

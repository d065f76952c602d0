"""A workbook doesn't ask what isn't judged, and asks what was taken off and why."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generator.agreements import lookup, reading
from generator.errors import DataError
from generator.importing import workbook
from generator.importing.workbook.sheet import HEAD_ROW, KEY, RESULT
from generator.workspace.environment import Workspace
from support import unjudged


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return unjudged.workspace(tmp_path_factory.mktemp("unjudged"))


def template(world: Workspace) -> bytes:
    found = lookup.find(world, unjudged.UNIT)
    (data,) = workbook.template(world, found, "2").files.values()
    return data


def rows(data: bytes) -> dict[tuple[str, ...], int]:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return {
        tuple(json.loads(str(cell))): number
        for number in range(HEAD_ROW + 1, sheet.max_row + 1)
        if (cell := sheet.cell(number, KEY).value) is not None
    }


def filled(data: bytes, path: Path, **cells: object) -> Path:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for name, value in cells.items():
        at = ("knowledge", "adjustments", *name.split("_"))
        sheet.cell(rows(data)[at], RESULT).value = value  # type: ignore[assignment]
    book.save(path)
    return path


def test_what_is_not_judged_is_said_and_not_asked(world: Workspace) -> None:
    data = template(world)
    found = rows(data)
    assert [path for path in found if path[0] == "energy"] == [("energy", "exempt")]
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    said = str(sheet.cell(found["energy", "exempt"], 2).value)
    assert said.startswith("ยกเลิกตั้งแต่รอบ 2")
    assert unjudged.REASON in said
    assert sheet.cell(found["energy", "exempt"], RESULT).protection.locked


def test_points_and_reasons_come_back(world: Workspace, tmp_path: Path) -> None:
    target = world.agreements / unjudged.AGENCY / "results" / "2" / f"{unjudged.UNIT}.yaml"
    before = reading.read_results(target).model
    data = template(world)
    same = workbook.take_in(world, filled(data, tmp_path / "a.xlsx"), over=True).files[target]
    target.write_bytes(same)
    assert reading.read_results(target).model == before
    path = filled(data, tmp_path / "b.xlsx", award_points=0.25, award_reason="รางวัลระดับกระทรวง")
    target.write_bytes(workbook.take_in(world, path, over=True).files[target])
    after = reading.read_results(target).model
    assert after is not None
    adjusted = after.results["knowledge"].adjustments
    assert {key: str(one.points) for key, one in adjusted.items()} == {
        "late": "0.5",
        "award": "0.25",
    }


def test_misuse_is_told_at_the_cell(world: Workspace, tmp_path: Path) -> None:
    data = template(world)
    too_many = filled(data, tmp_path / "c.xlsx", award_points=0.75, award_reason="รางวัล")
    with pytest.raises(DataError) as found:
        workbook.take_in(world, too_many, over=True)
    (fault,) = found.value.diagnostics
    assert "no more than 0.5" in fault.message
    row = rows(data)["knowledge", "adjustments", "award", "points"]
    assert f"D{row}" in fault.message

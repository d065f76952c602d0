"""Assessors in the workbook: what they said comes back, and what is replaced is kept."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.agreements import lookup, reading
from generator.errors import DataError, UsageError
from generator.importing import workbook
from generator.importing.workbook.assessors import state_of
from generator.importing.workbook.sheet import HEAD_ROW, KEY, RESULT
from generator.messages import speaking
from generator.model import Results
from generator.workspace.environment import Workspace
from support import assessed


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    return assessed.made_in(tmp_path)


class Filled:
    """A workbook that is filled in further and taken in."""

    def __init__(self, world: Workspace) -> None:
        self.world = world
        found = lookup.find(world, assessed.UNIT)
        (data,) = workbook.template(world, found, "1").files.values()
        self.book = load_workbook(io.BytesIO(data))
        self.sheet: Worksheet = self.book.worksheets[0]
        rows = range(HEAD_ROW + 1, self.sheet.max_row + 1)
        self.rows = {tuple(json.loads(str(self.sheet.cell(r, KEY).value))): r for r in rows}

    def put(self, *path: str, value: object) -> None:
        self.sheet.cell(self.rows[path], RESULT).value = value  # type: ignore[assignment]

    def taken_in(self) -> Results:
        path = self.world.root / "filled.xlsx"
        self.book.save(path)
        ((target, data),) = workbook.take_in(self.world, path, over=True).files.items()
        target.write_bytes(data)
        return self.results()

    def results(self) -> Results:
        folder = self.world.root / "agreements" / "example-2570"
        found = reading.read_results(folder / "results" / "1" / f"{assessed.UNIT}.yaml")
        assert found.model is not None, found.faults
        return found.model


def test_what_assessors_said_comes_back(world: Workspace) -> None:
    filled = Filled(world)
    before = filled.results()
    assert filled.taken_in() == before


def test_each_assessor_after_the_first_is_asked(world: Workspace) -> None:
    asked = {
        path[3:] for path in Filled(world).rows if path[:3] == ("manuals", "assessed", "board")
    }
    steps = {("done", str(number)) for number in range(1, 6)}
    texts = {(name,) for name in ("reason", "conclusion", "strengths", "improve", "day")}
    assert asked == {("state",), ("score",), *steps, *texts}
    paths = Filled(world).rows
    assert ("knowledge", "assessed", "self", "day") not in paths
    assert ("on-time", "assessed", "self", "day") in paths


def test_what_is_replaced_is_an_earlier_state(world: Workspace) -> None:
    filled = Filled(world)
    filled.put("satisfaction", "assessed", "head", "reason", value="นับซ้ำสองรายการ")
    filled.put("energy", "assessed", "head", "state", value="เห็นด้วย")
    filled.put("energy", "assessed", "head", "reason", value=None)
    filled.put("energy", "assessed", "head", "day", value="25 เมษายน 2570")
    found = filled.taken_in().results
    (state,) = found["satisfaction"].earlier
    assert (state.by, state.reason, str(state.day)) == ("head", "นับซ้ำ", "2027-04-10")
    assert state.parts is not None
    assert str(state.parts["satisfied"].value) == "80"
    (returned,) = found["energy"].earlier
    assert (returned.by, returned.state) == ("head", "returned")
    assert found["energy"].assessed["head"].state == "agreed"
    assert str(found["energy"].assessed["head"].day) == "2027-04-25"
    assert [one.by for one in found["manuals"].earlier] == ["self", "head", "board"]
    assert found["manuals"].appeal is not None


def test_another_result_has_to_be_assessed_again(world: Workspace) -> None:
    """What others said of the result before is an earlier state, and the score waits for them."""
    filled = Filled(world)
    filled.put("on-time", "inputs", "on_time", value=1150)
    found = filled.taken_in().results["on-time"]
    assert [state.by for state in found.earlier] == ["self", "head", "board"]
    assert found.earlier[0].inputs is not None
    assert str(found.earlier[0].inputs["on_time"]) == "1104"
    assert [piece.text for piece in found.earlier[0].evidence] == ["ทะเบียนรับคำขอ"]
    assert set(found.assessed) == {"self"}


def faults(filled: Filled) -> Iterator[str]:
    with pytest.raises(DataError) as refused:
        filled.taken_in()
    yield from (fault.message for fault in refused.value.diagnostics)


def test_cells_of_assessors_that_are_wrong(world: Workspace) -> None:
    before = Filled(world).results()
    filled = Filled(world)
    filled.put("energy", "assessed", "head", "state", value="พอใช้")
    filled.put("satisfaction", "assessed", "head", "day", value="32 เมษายน 2570")
    said = list(faults(filled))
    assert any("is no state: เห็นด้วย, ไม่เห็นด้วย, ส่งคืน" in fault for fault in said), said
    assert len(said) == 2
    again = Filled(world)
    again.put("energy", "assessed", "board", "score", value=9)
    again.put("energy", "assessed", "board", "day", value="25 เมษายน 2570")
    assert any("had sent it back" in fault for fault in faults(again))
    assert filled.results() == before


def test_an_assessed_result_is_not_emptied(world: Workspace) -> None:
    filled = Filled(world)
    for path in filled.rows:
        if path[0] == "knowledge":
            filled.put(*path, value=None)
    with pytest.raises(UsageError, match="knowledge"):
        filled.taken_in()


@pytest.mark.parametrize(
    ("language", "choices", "note"),
    [
        ("en", '"agreed,disagreed,returned"', "numbers only, without %"),
        ("th", '"เห็นด้วย,ไม่เห็นด้วย,ส่งคืน"', "ตัวเลขเท่านั้น ไม่ใส่เครื่องหมาย %"),
    ],
)
def test_hints_and_choices_are_in_the_language_spoken(
    world: Workspace, language: str, choices: str, note: str
) -> None:
    with speaking(language):
        filled = Filled(world)
    lists = {one.formula1: one for one in filled.sheet.data_validations.dataValidation}
    state = lists[choices]
    assert state.sqref
    notes = {str(row[5].value or "") for row in filled.sheet.iter_rows(min_row=HEAD_ROW + 1)}
    assert note in notes
    english = [said for said in notes if re.search("[a-z]{3}", said)]
    assert bool(english) == (language == "en")
    # Each choice is taken in, whatever the language of who takes it in.
    cell = str(state.sqref).split()[0].split(":")[0]
    for choice in choices.strip('"').split(","):
        assert state_of(choice) is not None
    assert filled.sheet[cell].protection.locked is False


@pytest.mark.parametrize(
    "typed", ["เห็นด้วย", "เห็น\u200bด้วย", "เห็น\u00a0ด้วย", " agreed ", "เห็นด้วย\ufeff"]
)
def test_a_state_is_read_whatever_nobody_sees_in_it(typed: str) -> None:
    assert state_of(typed) == "agreed"

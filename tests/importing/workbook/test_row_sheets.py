"""Sheets of rows in the workbook: what was reported comes back as CSV; wrong cells are named."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from generator.agreements import lookup, reading
from generator.agreements.files import DataFile
from generator.errors import DataError
from generator.importing import workbook
from generator.importing.workbook.row_sheets import HEAD_ROW
from generator.model import Results
from generator.workspace.environment import Workspace
from support.reading import AGREEMENTS

UNIT = "กองพื้นที่"
COVERAGE, FUNDING, STANDARD = "รายแถว 1 coverage", "รายแถว 2 funding", "รายแถว 3 standard"


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    shutil.copytree(AGREEMENTS / "rows", tmp_path / "agreements" / "rows")
    return Workspace(tmp_path, {})


def reported(world: Workspace) -> DataFile[Results]:
    return reading.read_results(world.root / f"agreements/rows/results/1/{UNIT}.yaml")


def template(world: Workspace) -> Workbook:
    (data,) = workbook.template(world, lookup.find(world, UNIT), "1").files.values()
    return load_workbook(io.BytesIO(data))


def taken_in(world: Workspace, book: Workbook) -> dict[Path, bytes]:
    path = world.root / "filled.xlsx"
    book.save(path)
    return workbook.take_in(world, path, over=True).files


def faults(world: Workspace, book: Workbook) -> list[str]:
    with pytest.raises(DataError) as caught:
        taken_in(world, book)
    return [fault.message for fault in caught.value.diagnostics]


def test_what_was_reported_comes_back_as_csv(world: Workspace) -> None:
    before = reported(world).model
    files = taken_in(world, template(world))
    names = {path.name for path in files}
    keys = ("coverage", "funding", "standard", "waiting", "volunteers")
    assert names == {f"{UNIT}.yaml", *(f"{UNIT}-{key}.csv" for key in keys)}
    for path, data in files.items():
        path.write_bytes(data)
    after = reported(world)
    assert (after.faults, before is None) == ((), False)
    assert before is not None
    assert after.model is not None
    for key in keys:
        was, now = before.results[key].rows, after.model.results[key].rows
        assert was is not None
        assert now is not None
        cells = [[cell.replace(",", "") for cell in row.values()] for row in was]
        assert [[cell.replace(",", "") for cell in row.values()] for row in now] == cells
        assert (before.results[key].evidence, before.results[key].text) == (
            after.model.results[key].evidence,
            after.model.results[key].text,
        )


def test_a_new_workbook_has_the_rows_that_there_have_to_be(world: Workspace) -> None:
    (world.root / f"agreements/rows/results/1/{UNIT}.yaml").unlink()
    book = template(world)
    names = [cells[0].value for cells in book[COVERAGE].iter_rows(min_row=HEAD_ROW + 1)]
    assert names == ["แพร่", "น่าน", "พะเยา", "ลำปาง", "เลย", "ตาก"]
    assert [cell.value for cell in book[COVERAGE][HEAD_ROW]] == [
        *("จังหวัด", "ภาค", "ผู้รับบริการ", "เป้าหมาย"),
    ]
    assert [cell.value for cell in book[FUNDING][HEAD_ROW]] == ["สาขา", "บาทต่อคน"]
    # Nothing filled in is nothing reported, not rows of noughts.
    (data,) = [d for p, d in taken_in(world, book).items() if p.suffix == ".yaml"]
    assert "rows" not in data.decode()


def test_figures_typed_as_numbers_are_read(world: Workspace) -> None:
    book = template(world)
    book[STANDARD].cell(HEAD_ROW + 1, 3).value = 88.5
    (data,) = [d for p, d in taken_in(world, book).items() if p.name.endswith("standard.csv")]
    assert data.decode("utf-8-sig").splitlines()[1] == "โรงพยาบาลหนึ่ง,100,88.5"


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        (COVERAGE, "C4", None, f"{COVERAGE}!C4: coverage, แพร่: the cell of 'ผู้รับบริการ' is empty"),
        (COVERAGE, "C4", "240 คน", f"{COVERAGE}!C4: coverage, แพร่: '240 คน' in the column"),
        (COVERAGE, "C4", "=1+1", f"{COVERAGE}!C4: "),
        (COVERAGE, "D5", 0, f"{COVERAGE}!D5: coverage, น่าน: the formula divides by zero"),
        (COVERAGE, "A5", "แพร่", f"{COVERAGE}!A5: coverage, แพร่: 'แพร่' stands here and in line 4"),
        (COVERAGE, "A3", "อำเภอ", f"{COVERAGE}!A3: "),
        (COVERAGE, "F6", "หมายเหตุ", f"{COVERAGE}!F6: "),
        (STANDARD, "A7", "รวม", f"{STANDARD}!A7: standard, รวม: 'รวม' is a row of totals"),
        (STANDARD, "B4", -1, f"{STANDARD}!B4: "),
    ],
)
def test_a_wrong_cell_of_a_sheet_of_rows_is_named(
    world: Workspace, sheet: str, cell: str, value: str | int | None, said: str
) -> None:
    book = template(world)
    book[sheet][cell].value = value
    found = faults(world, book)
    assert any(line.startswith(said) for line in found), found


def test_a_sheet_of_rows_that_was_taken_out_is_named(world: Workspace) -> None:
    book = template(world)
    del book[COVERAGE]
    assert any(f"the sheet '{COVERAGE}'" in line for line in faults(world, book))

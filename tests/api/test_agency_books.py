"""An agency's workbook taken in: faults that it would make are refused, with their cells."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from generator import api
from generator.errors import DataError
from support.command import gen

EXAMPLE = Path(__file__).parents[2] / "agreements" / "example-2570"
USES, WEIGHT = "ตัวชี้วัดของหน่วยงาน", 5


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "agreements" / EXAMPLE.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edited(data: bytes, weights: dict[int, Any]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    for row, weight in weights.items():
        book[USES].cell(row, WEIGHT).value = weight
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def exported(root: Path) -> tuple[Path, bytes]:
    workspace = api.workspaces.around(root)
    ((path, data),) = api.agency_books.export(workspace, root / "agreements" / EXAMPLE.name).items()
    return path, data


def test_weights_that_no_longer_add_up_are_refused_with_the_cell(root: Path) -> None:
    path, data = exported(root)
    book = root / "x.xlsx"
    book.write_bytes(edited(data, {4: 31}))
    with pytest.raises(DataError) as error:
        api.agency_books.take_in(api.workspaces.around(root), book)
    assert any("31" in fault.message or "71" in fault.message for fault in error.value.diagnostics)
    assert path.name == "example-2570.xlsx"


def test_sound_changes_show_first_and_are_then_written(root: Path) -> None:
    _, data = exported(root)
    book = root / "x.xlsx"
    book.write_bytes(edited(data, {4: 31, 5: 24}))
    unit = root / "agreements" / EXAMPLE.name / "ตัวอย่าง-ก.yaml"
    before = unit.read_text("utf-8")
    shown = gen("workbook", "import", "x.xlsx", "--dry-run", "--json", cwd=root)
    assert shown.returncode == 0, shown.stderr
    told = json.loads(shown.stdout)
    assert [(c["old"], c["new"]) for c in told["changes"]] == [("30", "31"), ("25", "24")]
    assert unit.read_text("utf-8") == before
    done = gen("workbook", "import", "x.xlsx", cwd=root)
    assert done.returncode == 0, done.stderr
    wanted = before.replace("weight: 30", "weight: 31").replace("weight: 25", "weight: 24")
    assert unit.read_text("utf-8") == wanted
    again = gen("workbook", "import", "x.xlsx", cwd=root)
    assert "nothing was changed" in again.stderr


def test_a_workbook_of_something_else_is_refused(root: Path) -> None:
    (root / "x.xlsx").write_bytes(b"PK")
    (root / "y.xlsx").write_bytes(b"")
    for name in ("x.xlsx", "y.xlsx", "none.xlsx"):
        assert gen("workbook", "import", name, cwd=root).returncode != 0

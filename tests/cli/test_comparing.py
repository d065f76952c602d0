"""``gen diff`` and ``gen read-back``, as they are typed."""

import io
import json
import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.errors import DataError
from support.making import ROOT, in_word

UNIT = "ตัวอย่าง-ก"


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A workspace with an agency, and next to it a changed copy of it."""
    for name in ("old", "new"):
        folder = tmp_path / "agreements" / f"{name}-2570"
        shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    unit = tmp_path / "agreements" / "new-2570" / f"{UNIT}.yaml"
    text = unit.read_text("utf-8").replace("weight: 30", "weight: 35")
    unit.write_text(text.replace("weight: 25", "weight: 20"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def file(name: str) -> str:
    return f"agreements/{name}-2570/{UNIT}.yaml"


def test_what_changed_is_said(runner: CliRunner) -> None:
    done = runner.invoke(cli, ["diff", file("old"), file("new"), "--format", "none"])
    assert done.exit_code == 0, done.output
    assert "'30' becomes '35'" in done.output
    assert not Path("outputs").exists()


def test_as_json(runner: CliRunner) -> None:
    done = runner.invoke(cli, ["diff", file("old"), file("new"), "--format", "none", "--json"])
    said = json.loads(done.output)
    assert [(one["kind"], one["old"], one["new"]) for one in said["changes"]] == [
        ("weight", "30", "35"),
        ("weight", "25", "20"),
    ]
    assert said["changes"][0]["keys"] == ["indicators", "on-time", "weight"]
    assert {one["round"] for one in said["scores"]} == {"1", "2"}
    assert said["files"] == []


def test_alike_versions(runner: CliRunner) -> None:
    done = runner.invoke(cli, ["diff", file("old"), file("old"), "--format", "docx"])
    assert "nothing changed" in done.output
    assert "changes.docx" in done.output


def edited(old: str, new: str, *, whole: bool = False) -> Path:
    """The unit's agreement as somebody edited it."""
    document = docx.Document(io.BytesIO(in_word("agreement", UNIT)))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if old in run.text]
    runs = [run for run in runs if run.text == old] if whole else runs
    assert runs
    runs[0].text = runs[0].text.replace(old, new)
    path = Path("edited.docx")
    document.save(str(path))
    return path


def test_read_back(runner: CliRunner) -> None:
    Path("agreements/new-2570").rename("agreements/example-2570")
    source = Path("agreements/example-2570/indicators/energy.yaml")
    before = source.read_text("utf-8")
    path = edited("ใบแจ้งค่าไฟฟ้าของอาคาร", "ใบแจ้งค่าไฟ")
    done = runner.invoke(cli, ["read-back", str(path), "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "indicators/energy.yaml" in done.output
    assert source.read_text("utf-8") == before
    done = runner.invoke(cli, ["read-back", str(path), "--json"])
    said = json.loads(done.output)
    [change] = said["changes"]
    assert (change["keys"], change["new"]) == (["source"], "ใบแจ้งค่าไฟ")
    after = source.read_text("utf-8")
    assert after == before.replace("ใบแจ้งค่าไฟฟ้าของอาคาร", "ใบแจ้งค่าไฟ")
    again = runner.invoke(cli, ["read-back", str(path)])
    assert "nothing in the document was edited" in again.output


def test_what_would_be_at_fault_isnt_written(runner: CliRunner) -> None:
    Path("agreements/old-2570").rename("agreements/example-2570")
    shutil.rmtree("agreements/new-2570")
    path = edited("25", "24", whole=True)
    done = runner.invoke(cli, ["read-back", str(path)])
    assert isinstance(done.exception, DataError)
    assert "nothing was written" in str(done.exception)
    assert done.exception.diagnostics
    assert "weight: 25" in Path(f"agreements/example-2570/{UNIT}.yaml").read_text("utf-8")

"""``gen diff``, as it is typed."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from support.making import ROOT

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

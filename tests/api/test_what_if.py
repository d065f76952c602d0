"""What a score would be: other results are supposed, and nothing is written."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest

from generator import api
from generator.errors import ExitCode, UsageError
from support.command import change, gen
from support.making import ROOT


def supposed(unit: str, *texts: str, round_: str = "2") -> api.scores.SupposedScore:
    workspace = api.workspaces.around(ROOT, {})
    target = api.workspaces.find(workspace, unit)
    return api.scores.suppose(target, round_, texts)


def test_one_result_moves_its_row_and_the_total_alone() -> None:
    found = supposed("ตัวอย่าง-ก", "on-time=50")
    ((before, after),) = found.changed
    assert after.key == "on-time"
    assert after.score is not None
    assert before.weighted is not None
    assert after.weighted == after.score.points * Fraction(after.weight or 0) / 100
    was, now = found.reported.score.pools[0], found.supposed.score.pools[0]
    assert was.total - now.total == before.weighted - after.weighted
    assert (was.grade, now.grade) == ("ดีเด่น", "พอใช้")


def test_what_is_supposed_as_reported_changes_nothing() -> None:
    reported = supposed("ตัวอย่าง-ก", "on-time=50").reported.row("on-time")
    assert reported.result is not None
    value = reported.score.value if reported.score is not None else None
    assert supposed("ตัวอย่าง-ก", f"on-time={Decimal(str(value))}").changed == ()


def test_a_figure_of_a_formula_that_another_unit_reports() -> None:
    found = supposed("ตัวอย่าง-ข", "energy.this_year=1")
    ((_, after),) = found.changed
    assert after.reporter == "ตัวอย่าง-ก"
    assert after.score is not None
    assert after.score.points == 5


def test_parts_and_several_at_once() -> None:
    found = supposed("ตัวอย่าง-ก", "satisfaction.satisfied=76", "on-time=50")
    assert {after.key for _, after in found.changed} == {"satisfaction", "on-time"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("on-time", "supposes no result"),
        ("on-time=fifty", "supposes no result"),
        ("=5", "supposes no result"),
        ("nix=5", "the unit has no indicator 'nix'"),
        ("satisfaction=5", "is judged by parts"),
        ("satisfaction.nix=5", "there is no part 'satisfaction.nix'"),
        ("on-time=5 on-time=6", "'on-time' is supposed twice"),
    ],
)
def test_what_supposes_nothing_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        supposed("ตัวอย่าง-ก", *text.split())


def test_the_mean_over_a_table_is_nobodys_result(workspace: Path) -> None:
    agency = workspace / "agreements" / "example-2570"
    copytree(ROOT / "agreements" / "dsdw-2566" / "tables", agency / "tables")
    name = "ตัวอย่าง-ก.yaml"
    change(
        agency / name,
        "  - use: manuals\n",
        "  - use: manuals\n    result: {mean_of: provinces.base}\n",
    )
    results = agency / "results" / "2" / name
    before, _, after = results.read_text("utf-8").partition("  manuals:\n")
    results.write_text(before + after[after.index("  knowledge:") :], "utf-8")
    done = gen("score", "ตัวอย่าง-ก", "--round", "2", "--what-if", "manuals=5", cwd=workspace)
    assert done.returncode == ExitCode.USAGE
    assert "'manuals' is the mean over provinces.base" in done.stderr


def test_how_it_would_come_about_is_explained() -> None:
    words = ("score", "ตัวอย่าง-ก", "--round", "2", "--what-if", "on-time=50")
    assert "ผลที่รายงาน 50" in gen(*words, "--explain", "on-time").stdout
    data = json.loads(gen(*words, "--explain", "on-time", "--json").stdout)
    assert (data["reported"]["score_shown"], data["supposed"]["score_shown"]) == (
        "5.0000",
        "1.0000",
    )


def test_an_impossible_figure_is_a_fault_and_no_number(workspace: Path) -> None:
    done = gen("score", "ตัวอย่าง-ก", "--round", "2", "--what-if", "on-time=-5", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    assert "on-time" in done.stderr


def test_the_command_writes_nothing(workspace: Path) -> None:
    before = {path: path.read_bytes() for path in workspace.rglob("*.yaml")}
    words = ("score", "ตัวอย่าง-ก", "--round", "2", "--what-if", "on-time=50")
    done = gen(*words, cwd=workspace)
    assert "91.25 → 67.25" in done.stdout
    data = json.loads(gen(*words, "--json", cwd=workspace).stdout)
    assert data["what_if"] == {"on-time": "50"}
    assert data["supposed"]["totals"][0]["percent_shown"] == "67.25"
    assert data["reported"]["totals"][0]["percent_shown"] == "91.25"
    assert {path: path.read_bytes() for path in workspace.rglob("*.yaml")} == before

"""Competencies that count, through the command and the workbook: the same numbers everywhere."""

import json
from pathlib import Path
from shutil import copytree

from support import persons
from support.command import change, gen


def copied(folder: Path) -> Path:
    copytree(persons.agency().parents[1], folder, dirs_exist_ok=True)
    return folder


def test_json_terminal_and_what_is_open(tmp_path: Path) -> None:
    root = copied(tmp_path)
    asked = ("score", persons.PERSON, "--round", "1")
    said = gen(*asked, "--explain", "competence", cwd=root).stdout
    assert "คะแนน = 14 ÷ 15 × 5 = 4.666666…" in said
    results = root / "agreements" / "example-2570" / "results" / "1" / f"{persons.PERSON}.yaml"
    change(results, "  expertise: 2\n", "")
    whole = json.loads(gen(*asked, "--json", cwd=root).stdout)
    row = whole["rows"][-1]
    assert row["of"] == "competencies"
    assert (row["state"], row["score"]) == ("open", None)
    assert row["unassessed"] == ["การสั่งสมความเชี่ยวชาญในงาน"]
    assert whole["totals"][0]["grade"] is None


def test_the_workbook_brings_the_levels_back(tmp_path: Path) -> None:
    root = copied(tmp_path)
    asked = ("score", persons.PERSON, "--round", "1", "--json")
    before = gen(*asked, cwd=root).stdout
    made = gen("results", "template", persons.PERSON, "--round", "1", cwd=root)
    assert made.returncode == 0, made.stderr
    workbook = root / made.stdout.strip().splitlines()[0]
    results = root / "agreements" / "example-2570" / "results" / "1" / f"{persons.PERSON}.yaml"
    results.unlink()
    taken = gen("results", "import", str(workbook), cwd=root)
    assert taken.returncode == 0, taken.stderr
    assert gen(*asked, cwd=root).stdout == before

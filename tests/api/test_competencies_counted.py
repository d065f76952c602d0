"""Competencies that count, through the command and the workbook: the same numbers everywhere."""

import json
from pathlib import Path
from shutil import copytree

import openpyxl

from generator.importing.workbook.sheet import RESULT
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


def test_other_levels_can_be_supposed(tmp_path: Path) -> None:
    root = copied(tmp_path)
    asked = ("score", persons.PERSON, "--round", "1", "--json")
    found = json.loads(gen(*asked, "--what-if", "competence.expertise=3", cwd=root).stdout)
    assert found["what_if"] == {"competence.expertise": "3"}
    assert found["supposed"]["rows"][-1]["score"] == "5"
    assert found["reported"]["rows"][-1]["score"] == "14/3"
    for wrong, said in (
        ("competence=5", "'competence' is no competency of the person"),
        ("competence.expertize=3", "did you mean 'expertise'?"),
        ("competence.expertise=2.5", "a whole level from 0 to 10"),
    ):
        refused = gen(*asked, "--what-if", wrong, cwd=root)
        assert refused.returncode != 0
        assert said in refused.stderr


def test_a_level_beyond_the_rules_is_named_by_its_cell(tmp_path: Path) -> None:
    root = copied(tmp_path)
    made = gen("results", "template", persons.PERSON, "--round", "1", cwd=root)
    workbook = root / made.stdout.strip().splitlines()[0]
    book = openpyxl.load_workbook(workbook)
    for row in book.worksheets[0].iter_rows():
        if any(str(cell.value).endswith('"expertise"]') for cell in row):
            row[RESULT - 1].value = 7
    book.save(workbook)
    taken = gen("results", "import", str(workbook), "--replace", cwd=root)
    assert taken.returncode != 0
    assert "level 7 is not from 1 to 5" in taken.stderr


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

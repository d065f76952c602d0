"""``gen score --need``: what a grade needs, in the terminal and as JSON; fed back it is reached."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest

from support import persons
from support.command import change, gen

UNIT = "ตัวอย่าง-ก"
ASKED = ("score", UNIT, "--round", "2", "--lang", "th")


@pytest.fixture
def still_open(workspace: Path) -> Path:
    """The example, in which nobody has reported the whole year."""
    (workspace / "agreements" / "example-2570" / "results" / "2" / f"{UNIT}.yaml").unlink()
    return workspace


def test_what_is_told_is_what_reaches_the_grade(still_open: Path) -> None:
    said = gen(*ASKED, "--need", "ดีเด่น", cwd=still_open)
    assert (said.returncode, said.stderr) == (0, "")
    assert "ต้องได้คะแนนรวมตั้งแต่ 4.49975 จากคะแนนเต็ม 5" in said.stdout
    assert "คะแนน (ก) ตั้งแต่ 4.49975 (พึงพอใจ: ผลตั้งแต่ 90 / ไม่พึงพอใจ: ผลไม่เกิน 5)" in said.stdout
    found = json.loads(gen(*ASKED, "--need", "ดีเด่น", "--json", cwd=still_open).stdout)
    (total,) = found["totals"]
    assert total["outlook"] == "needed"
    back = []
    for one in total["together"]:
        for result in one["results"]:
            name = f"{one['key']}.{result['part']}" if result["part"] else one["key"]
            back += ["--what-if", f"{name}={result['at_least'] or result['at_most']}"]
    grade = json.loads(gen(*ASKED, *back, "--json", cwd=still_open).stdout)
    assert grade["supposed"]["totals"][0]["grade"] == "ดีเด่น"


def test_with_results_supposed_and_nothing_written(still_open: Path) -> None:
    before = sorted(still_open.rglob("*"))
    said = gen(*ASKED, "--need", "ดีเด่น", "--what-if", "on-time=1", cwd=still_open).stdout
    assert "ได้แล้ว 0.3 ได้มากที่สุด 3.8" in said
    assert "ไม่มีทางถึง" in said
    assert sorted(still_open.rglob("*")) == before
    english = gen(*ASKED[:-1], "en", "--need", "ดีเด่น", "--what-if", "on-time=1", cwd=still_open)
    assert "0.3 so far, 3.8 at the most" in english.stdout
    assert "out of reach" in english.stdout


def test_competencies_that_are_open_need_a_score(tmp_path: Path) -> None:
    copytree(persons.agency().parents[1], tmp_path, dirs_exist_ok=True)
    results = tmp_path / "agreements" / "example-2570" / "results" / "2" / f"{persons.PERSON}.yaml"
    change(results, "  expertise: 3\n", "")
    asked = ("score", persons.PERSON, "--round", "2", "--need", "ดีเยี่ยม", "--lang", "th")
    # 84.995 is rounded to 85: 4.24975 − 3.52 in a fifth of the weights.
    assert "สมรรถนะ: คะแนน (ก) ตั้งแต่ 3.64875" in gen(*asked, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("grade", "change_of", "said"),
    [
        ("เลิศ", None, "there is no grade 'เลิศ'"),
        ("ดี", ("policies:\n", "policies:\n  rounds: last\n"), "round '1' isn't graded"),
        ("ดี", ("grades:\n", "grades: []\nbodies: {}\n#"), "the agency gives no grades"),
    ],
)
def test_what_can_be_reached_in_no_way_is_refused(
    grade: str, change_of: tuple[str, str] | None, said: str, workspace: Path
) -> None:
    if change_of is not None:
        path = workspace / "agreements" / "example-2570" / "agency.yaml"
        change(path, "  rounds: separate                   # rounds are never averaged", "  #")
        change(path, *change_of)
        if change_of[0] == "grades:\n":
            path.write_text(
                re.sub(r"(?m)^#?  - \{name: .*at_least: .*\n", "", path.read_text("utf-8"))
            )
    found = gen("score", UNIT, "--round", "1", "--need", grade, cwd=workspace)
    assert found.returncode != 0
    assert said in found.stderr
    assert found.stdout == ""

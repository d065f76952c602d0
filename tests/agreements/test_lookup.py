"""What a file on the command line means that is no unit's."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.errors import ExitCode, UsageError
from generator.workspace.environment import Workspace
from support.command import gen
from support.making import ROOT

WORLD = Workspace(ROOT, {})
AGENCY = ROOT / "agreements" / "example-2570"
UNIT = AGENCY / "ตัวอย่าง-ก.yaml"


def test_a_survey_s_file_is_its_questionnaire(workspace: Path) -> None:
    file = "agreements/example-2570/surveys/visitors.yaml"
    done = gen("survey", file, "--format", "docx", cwd=workspace)
    assert done.returncode == ExitCode.DONE, done.stderr
    made = done.stdout.splitlines()
    assert [path for path in made if "survey-visitors" in path and path.endswith(".docx")]
    again = gen(
        *("survey", "example-2570", "--survey", "visitors", "--blank", "--format", "docx"),
        cwd=workspace,
    )
    assert again.stdout.splitlines() == made
    done = gen("survey", file, "--survey", "other", cwd=workspace)
    assert done.returncode == ExitCode.USAGE
    assert "is not the survey 'other'" in done.stderr


def test_a_survey_s_file_is_exported(workspace: Path) -> None:
    file = "agreements/example-2570/surveys/visitors.yaml"
    done = gen("survey", file, "--export", "csv-template", cwd=workspace)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_a_survey_s_file_is_no_unit() -> None:
    with pytest.raises(UsageError, match=r"visitors.yaml is a survey") as refused:
        lookup.find(WORLD, str(AGENCY / "surveys" / "visitors.yaml"))
    assert "gen survey" in str(refused.value.hint)


def test_results_mean_their_unit() -> None:
    found = lookup.find(WORLD, str(AGENCY / "results" / "2" / UNIT.name))
    assert (found.folder, found.unit) == (AGENCY, UNIT)
    assert found.remark == f"{UNIT.name} holds results of 'ตัวอย่าง-ก'; the unit is taken"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("wording.yaml", "it holds what belongs to all of example-2570"),
        ("indicators", "is an indicator of dsdw-2566, no unit"),
        ("tables", "is a target table of dsdw-2566, no unit"),
        ("plans", "is an action plan of dsdw-2566, no unit"),
    ],
)
def test_what_is_no_unit_is_said_plainly(file: str, said: str) -> None:
    year = ROOT / "agreements" / "dsdw-2566"
    path = AGENCY / file if file.endswith(".yaml") else sorted((year / file).glob("*.yaml"))[0]
    with pytest.raises(UsageError) as refused:
        lookup.find(WORLD, str(path))
    assert said in str(refused.value)
    assert "name a unit, or the agency" in str(refused.value.hint)


def test_a_file_that_belongs_to_no_agency(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("", "utf-8")
    with pytest.raises(UsageError, match=r"there is no agency.yaml beside a.yaml"):
        lookup.find(WORLD, str(path))


def test_answers_mean_their_unit(tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "x"
    answers = folder / "answers" / "1" / "ก" / "service.yaml"
    answers.parent.mkdir(parents=True)
    for path in (answers, folder / "agency.yaml", folder / "ก.yaml"):
        path.write_text("fiscal_year: 2570\n", "utf-8")
    assert lookup.find(Workspace(tmp_path, {}), str(answers)).unit == folder / "ก.yaml"

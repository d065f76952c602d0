"""``gen survey score``, and the group of commands that it stands in."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli.surveys import WithDefault
from generator.errors import ExitCode
from support import synthetic
from support.command import gen

MADE = "agreements/example-2570/answers/2/ตัวอย่าง-ก/visitors.yaml"
ARGUMENTS = ("--survey", "visitors", "--round", "2")


@click.group(cls=WithDefault)
def both() -> None:
    """A group with a default command."""


@both.command()
@click.argument("file")
@click.option("--serial", is_flag=True)
def form(file: str, serial: bool) -> None:
    click.echo(f"form {file} {serial}")


@both.command()
@click.argument("file")
def score(file: str) -> None:
    click.echo(f"score {file}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["กอส"], "form กอส False"),
        (["กอส", "--serial"], "form กอส True"),
        (["--serial", "กอส"], "form กอส True"),
        (["form", "score"], "form score False"),
        (["./score"], "form ./score False"),
        (["score", "กอส"], "score กอส"),
    ],
)
def test_a_first_word_that_is_no_command_means_form(words: list[str], said: str) -> None:
    done = CliRunner().invoke(both, words)
    assert (done.exit_code, done.output) == (0, f"{said}\n")


def test_the_group_has_help_of_its_own() -> None:
    done = CliRunner().invoke(both, ["--help"])
    assert done.exit_code == 0
    assert "Commands:" in done.output
    assert CliRunner().invoke(both, []).exit_code == 2


def answers(folder: Path, count: int = 320) -> str:
    survey = synthetic.shipped("example-2570", "visitors")
    rows = synthetic.google(survey, synthetic.people(survey, count))
    (folder / "answers.csv").write_bytes(synthetic.as_csv(rows))
    return "answers.csv"


def test_answers_are_counted(workspace: Path) -> None:
    file = answers(workspace)
    done = gen("survey", "score", "ตัวอย่าง-ก", file, *ARGUMENTS, cwd=workspace)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert done.stdout.splitlines() == [MADE]
    assert (workspace / MADE).is_file()
    for said in (
        "n = 320",
        "Yamane: N = 1,200, e = 0.05: n ≥ 300",
        "÷ 5 × 100",
        "ผู้ที่ข้ามส่วนนี้ถือว่าไม่มี",
    ):
        assert said in done.stderr
    assert "warning" not in done.stderr
    done = gen("survey", "score", "ตัวอย่าง-ก", file, *ARGUMENTS, cwd=workspace)
    assert done.returncode == ExitCode.USAGE
    assert "counted already" in done.stderr
    # The unit has reported a value of its own as well: one of the two has to go.
    done = gen("score", "ตัวอย่าง-ก", "--round", "2", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    assert "the result is given here, and counted from the survey 'visitors'" in done.stderr


def test_figures_for_machines(workspace: Path) -> None:
    file = answers(workspace, 20)
    done = gen("survey", "score", "ตัวอย่าง-ก", file, *ARGUMENTS, "--json", cwd=workspace)
    said = json.loads(done.stdout)
    assert said["files"] == [MADE]
    assert (said["n"], said["minimum"], said["population"], said["sample"]) == (20, 30, 1200, 300)
    assert said["definitions"]["satisfaction"] == {
        "measure": "mean",
        "over": "items",
        "grids": [],
    }
    (section, _) = said["grids"][0]["sections"]
    assert section["items"]["quick"]["n"] == sum(said["counts"]["quick"].values())
    assert "warning: 20 respondents are fewer than the 30 that the survey asks for" in done.stderr


def test_a_fault_leaves_the_counted_answers_as_they_are(workspace: Path) -> None:
    made = workspace / MADE
    made.parent.mkdir(parents=True)
    made.write_bytes(b"before")
    (workspace / "a.csv").write_text("respondent,who\n1,nobody\n", "utf-8")
    done = gen("survey", "score", "ตัวอย่าง-ก", "a.csv", *ARGUMENTS, "--replace", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    assert "a.csv:1:1: error: this is no file of answers to 'visitors'" in done.stderr
    assert made.read_bytes() == b"before"

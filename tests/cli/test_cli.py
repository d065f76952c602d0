"""The command as a person runs it: paths on stdout, the rest on stderr, exit codes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator.cli import documents as cli_documents
from generator.errors import ExitCode
from generator.model.papers import PAPERS
from support.command import ROOT, change, gen


def test_the_main_job(workspace: Path) -> None:
    done = gen("agreement", "กอส.yaml", cwd=workspace)
    assert done.returncode == ExitCode.DONE
    assert done.stdout.splitlines() == [
        "outputs/dsdw-2566/กอส/กอส-agreement.docx",
        "outputs/dsdw-2566/กอส/กอส-agreement.pdf",
    ]
    assert "warning: level 1 of indicator 'volunteers' is open" in done.stderr
    assert "\x1b" not in done.stderr
    for line in done.stdout.splitlines():
        assert (workspace / line).stat().st_size > 5000
    left = [p.name for p in (workspace / "outputs").rglob("*") if p.is_file()]
    assert sorted(left) == ["กอส-agreement.docx", "กอส-agreement.pdf"]


def test_the_chart_comes_in_several_sizes(workspace: Path) -> None:
    asked = cli_documents.framework.params
    [paper] = [option for option in asked if option.name == "paper"]
    assert isinstance(paper.type, click.Choice)
    assert set(paper.type.choices) == set(PAPERS)
    done = gen("framework", "dip-2558", "--chart", "--paper", "a4", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    assert "a page of A4 doesn't hold this chart in letters of 8 points" in done.stderr
    assert "hint: larger paper holds more: --paper a3" in done.stderr
    assert not (workspace / "outputs").exists()
    for size, name in ((["--paper", "a1"], "chart-a1"), ([], "chart")):
        done = gen("framework", "dip-2558", "--chart", *size, "--format", "docx", cwd=workspace)
        assert done.stdout == f"outputs/dip-2558/dip-2558/dip-2558-{name}.docx\n"
    done = gen("framework", "dsdw-2566", "--paper", "a4", cwd=workspace)
    assert done.returncode == ExitCode.USAGE
    assert "only the chart comes in several sizes" in done.stderr
    assert "hint: add --chart" in done.stderr


def test_formats_and_folders(workspace: Path) -> None:
    done = gen("agreement", "กอส", "--format", "docx", "-o", "elsewhere", cwd=workspace)
    assert done.stdout.splitlines() == ["elsewhere/dsdw-2566/กอส/กอส-agreement.docx"]
    done = gen(
        "agreement", "agreements/dsdw-2566/กอส.yaml", "--format", "pdf", "--json", cwd=workspace
    )
    assert json.loads(done.stdout) == {"files": ["outputs/dsdw-2566/กอส/กอส-agreement.pdf"]}


@pytest.mark.parametrize("name", ["dsdw-2566", "กอส.yaml"])
def test_the_blank_form(workspace: Path, name: str) -> None:
    done = gen("agreement", name, "--blank", "--format", "docx", cwd=workspace)
    assert done.stdout.splitlines() == ["outputs/dsdw-2566/blank/blank-agreement.docx"]


def test_a_mistake_in_the_yaml_is_named_and_nothing_is_written(workspace: Path) -> None:
    change(workspace / "agreements/dsdw-2566/กอส.yaml", "weight: 20", "weight: 18")
    done = gen("agreement", "กอส.yaml", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    assert done.stdout == ""
    assert "error: weights of component performance add up to 68, not 70" in done.stderr
    assert "agreements/dsdw-2566/กอส.yaml:" in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (workspace / "outputs").exists()


def test_all_faults_come_out_in_one_run(workspace: Path) -> None:
    path = workspace / "agreements/dsdw-2566/กอส.yaml"
    change(path, "weight: 20", "weight: 18")
    change(path, "use: ita", "use: itta")
    change(path, "status: draft", "status: final")
    done = gen("agreement", "กอส.yaml", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    for words in (
        "add up to 68",
        "unknown indicator 'itta'",
        "did you mean 'ita'",
        "the name of assessees",
    ):
        assert words in done.stderr


def test_an_unknown_name_lists_the_nearest(workspace: Path) -> None:
    done = gen("agreement", "กอศ.yaml", cwd=workspace)
    assert done.returncode == ExitCode.USAGE
    assert "there is no unit 'กอศ.yaml'" in done.stderr
    assert "กอส" in done.stderr


def test_the_newest_year_wins_and_it_is_said(workspace: Path) -> None:
    shutil.copytree(workspace / "agreements/dsdw-2566", workspace / "agreements/dsdw-2567")
    change(workspace / "agreements/dsdw-2567/agency.yaml", "fiscal_year: 2566", "fiscal_year: 2567")
    done = gen("agreement", "กอส", "--format", "docx", cwd=workspace)
    assert done.stdout.splitlines() == ["outputs/dsdw-2567/กอส/กอส-agreement.docx"]
    assert "dsdw-2566 has it too" in done.stderr
    done = gen("agreement", "กอส", "--format", "docx", "--agency", "dsdw-2566", cwd=workspace)
    assert done.stdout.splitlines() == ["outputs/dsdw-2566/กอส/กอส-agreement.docx"]
    done = gen("agreement", "กอส", "--agency", "dsdw-256", cwd=workspace)
    assert done.returncode == ExitCode.USAGE


def test_an_agency_is_no_unit() -> None:
    done = gen("agreement", "dsdw-2566")
    assert done.returncode == ExitCode.USAGE
    assert "--blank" in done.stderr


def test_check(workspace: Path) -> None:
    done = gen("check", "agreements", cwd=workspace)
    assert done.returncode == ExitCode.DONE
    assert "0 errors" in done.stderr
    change(
        workspace / "agreements/example-2570/agency.yaml", "fiscal_year: 2570", "fiscal_year: 1970"
    )
    done = gen("check", "agreements", "--json", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    faults = json.loads(done.stdout)
    wrong = [fault for fault in faults if fault["severity"] == "error"]
    assert [fault["file"] for fault in wrong] == ["agreements/example-2570/agency.yaml"]
    assert wrong[0]["line"] > 0
    assert any("กอส.yaml" in fault["file"] for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("done: [1, 2, 3]", "done: [1, 3]", "ข.yaml:14:11: error: manuals: milestone out of order"),
        (
            "{on_time: 430, received: 500}",
            "{on_time: 430}",
            "ข.yaml:9:13: error: on-time: the",
        ),
        (
            "received: 500",
            "received: 0",
            "ข.yaml:9:38: error: on-time: the formula",
        ),
        ("value: 3", "value: -3", "ข.yaml:19:12: error: knowledge: -3 isn't possible"),
        ("on_time: 430", "on_time: 5430", "ข.yaml:9:13: error: on-time: 1086 per cent isn't"),
        ("satisfied: {value: 84.60}", "satisfied: {done: [1]}", "ข.yaml:25:25: error: satisfac"),
    ],
)
def test_check_knows_all_that_score_and_report_refuse(
    workspace: Path, old: str, new: str, line: str
) -> None:
    unit = "ตัวอย่าง-ข"
    change(workspace / f"agreements/example-2570/results/1/{unit}.yaml", old, new)
    done = gen("check", "agreements/example-2570", cwd=workspace)
    assert done.returncode == ExitCode.DATA
    faults = [text for text in done.stderr.splitlines() if ": error: " in text]
    assert len(faults) == 1
    assert faults[0].startswith(f"agreements/example-2570/results/1/ตัวอย่าง-{line}")
    for command in ("score", "report"):
        refused = gen(command, unit, "--round", "1", cwd=workspace)
        assert refused.returncode == ExitCode.DATA
        assert faults[0] in refused.stderr
    one = gen("check", f"agreements/example-2570/results/1/{unit}.yaml", cwd=workspace)
    assert faults[0] in one.stderr


def test_check_says_that_a_value_stands_beside_counted_answers(workspace: Path) -> None:
    folder = workspace / "agreements" / "example-2570"
    counted = folder / "answers" / "1" / "ตัวอย่าง-ก" / "visitors.yaml"
    counted.parent.mkdir(parents=True)
    counted.write_text("fiscal_year: 2570\nversion: 1\nn: 0\nitems: {}\n", "utf-8")
    done = gen("check", "agreements/example-2570", cwd=workspace)
    assert "satisfaction: " in done.stderr
    assert "results/1/ตัวอย่าง-ก.yaml:" in done.stderr
    assert done.returncode == ExitCode.DATA


def test_what_rests_on_a_faulty_file_is_not_scored_by_check(workspace: Path) -> None:
    path = workspace / "agreements/example-2570/results/1/ตัวอย่าง-ก.yaml"
    change(path, "energy:", "enrgy:")
    done = gen("check", "agreements/example-2570", cwd=workspace)
    assert done.stderr.count(": error: ") == 1
    assert "the unit has no indicator 'enrgy'" in done.stderr


def test_check_of_one_file(workspace: Path) -> None:
    done = gen("check", "กอส", cwd=workspace)
    assert done.returncode == ExitCode.DONE
    assert "1 file checked" in done.stderr


def test_outside_a_workspace(tmp_path: Path) -> None:
    done = gen("agreement", "กอส.yaml", cwd=tmp_path)
    assert done.returncode == ExitCode.USAGE
    assert "agreements/" in done.stderr


def test_a_missing_font_has_its_own_code(workspace: Path) -> None:
    done = gen("agreement", "กอส.yaml", cwd=workspace, GEN_FACE="No Such Face")
    assert done.returncode == ExitCode.MISSING
    assert "apt-get install" in done.stderr
    assert not (workspace / "outputs").exists()


def test_a_folder_that_can_t_be_written_has_its_own_code(workspace: Path) -> None:
    (workspace / "outputs").write_text("a file", "utf-8")
    done = gen("agreement", "กอส.yaml", "--format", "docx", cwd=workspace)
    assert done.returncode == ExitCode.FILES
    assert "hint:" in done.stderr


def test_usage() -> None:
    assert gen("agreement").returncode == ExitCode.USAGE
    assert gen("no-such-command").returncode == ExitCode.USAGE
    assert gen("agreement", "กอส", "--format", "odt").returncode == ExitCode.USAGE
    assert gen("--version").stdout.startswith("gen, version")


def test_help_imports_no_renderer() -> None:
    code = (
        "import sys; from generator.cli import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'weasyprint', 'docx', 'docxtpl', 'jinja2', 'pydantic', 'lxml', 'yaml'}\n"
        "heavy |= {'rich', 'distributed', 'fontTools'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == "[]\n"
    assert "agreement" in done.stdout


def test_check_imports_no_renderer() -> None:
    code = (
        "import sys; from generator.cli import cli\n"
        "try: cli(['check', 'กอส'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'weasyprint', 'docx', 'docxtpl', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr


def test_thai_survives_a_plain_locale(workspace: Path) -> None:
    done = gen("agreement", "กอส.yaml", "--format", "docx", cwd=workspace, LC_ALL="C")
    assert done.stdout.splitlines() == ["outputs/dsdw-2566/กอส/กอส-agreement.docx"]


def test_template_show_prints_tags(workspace: Path) -> None:
    done = gen("template", "show", str(ROOT / "templates/docx/agreement.docx"))
    assert done.returncode == ExitCode.DONE
    assert "{{ clause.text }}" in done.stdout


def test_schema_check() -> None:
    assert gen("schema", "--check").returncode == ExitCode.DONE


def test_doctor() -> None:
    done = gen("doctor")
    assert done.returncode == ExitCode.DONE
    assert "documents are set in" in done.stdout

"""Reports are signed as agreements are, each of its round, where the agency's form says so."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from generator.errors import UsageError
from generator.verify import read_pdf
from support import assessed
from support.signed import AGENCY, ONE, Workspace

UNIT = "ตัวอย่าง-ก"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    assessed.with_signatures(tmp_path / "agreements" / AGENCY)
    return made


def rows(workspace: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    found = json.loads(workspace.done("status", AGENCY, "--json").stdout)
    return {(row["round"], row["field"]): row for row in found if row["unit"] == ONE}


def test_a_report_is_signed_verified_and_seen(workspace: Workspace) -> None:
    assert {row["state"] for row in rows(workspace).values()} == {"unmade"}
    workspace.done("report", UNIT, "--round", "1", "--format", "pdf")
    made = workspace.root / "outputs" / AGENCY / ONE / f"{ONE}-report-1.pdf"
    fields = [field.name for field in read_pdf(made.read_bytes(), made.name).properties.fields]
    assert fields == ["assessor-1", "assessee-1"]
    assert rows(workspace)["1", "assessee-1"]["state"] == "missing"
    assert rows(workspace)["2", "assessee-1"]["state"] == "unmade"
    signed = workspace.root / "signed" / AGENCY / ONE / f"{ONE}-report-1.pdf"
    result = workspace.sign(UNIT, "assessee", "--round", "1")
    assert result.exception is None, result.stderr
    assert signed.read_bytes().startswith(made.read_bytes())
    assert workspace.verify(signed, "--so-far").exception is None
    assert workspace.verify(signed).exception is not None
    # The agency's reports that wait for the other side: this one, and why the others don't.
    outcome = workspace.sign(AGENCY, "assessor", "--round", "1", "--json")
    states = {one["unit"]: one["state"] for one in json.loads(outcome.stdout)}
    assert states == {ONE: "signed", "ตัวอย่าง-ข": "failed"}
    assert workspace.verify(signed).exception is None
    found = rows(workspace)
    assert found["1", "assessor-1"]["state"] == "signed"
    assert found["1", "assessor-1"]["file"] == signed.name
    assert found["", "assessor-1"]["state"] == "unmade"
    assert f"{ONE}  report-1  assessee-1  signed" in workspace.done("status", AGENCY).stdout
    workspace.done("status", AGENCY, "--csv", "--pdf")
    table = workspace.root / "outputs" / AGENCY / f"{AGENCY}-status.csv"
    found_csv = csv.DictReader(
        io.StringIO(next(table.parent.rglob("*-status.csv")).read_text("utf-8-sig"))
    )
    assert {row["round"] for row in found_csv} == {"", "1", "2"}
    # Other results afterwards: the signed report stays, and says that it differs.
    file = workspace.root / "agreements" / AGENCY / "results" / "1" / f"{UNIT}.yaml"
    file.write_text(file.read_text("utf-8").replace("on_time: 1104", "on_time: 1105"), "utf-8")
    assert rows(workspace)["1", "assessor-1"]["differs"] is True
    said = workspace.sign(UNIT, "assessee", "--round", "1").exception
    assert isinstance(said, UsageError)
    assert "made of other data" in str(said)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--round", "2"), "report of round 2 is not made yet"),
        (("--round", "7"), "there is no round '7'"),
    ],
)
def test_what_is_not_there_is_not_signed(
    workspace: Workspace, more: tuple[str, ...], said: str
) -> None:
    refused = workspace.sign(UNIT, "assessee", *more).exception
    assert said in str(refused), refused


def test_an_agency_without_the_words_signs_no_report(tmp_path: Path) -> None:
    plain = Workspace(tmp_path)
    refused = plain.sign(UNIT, "assessee", "--round", "1").exception
    assert "a document of the kind 'report' is not signed" in str(refused)
    found = json.loads(plain.done("status", AGENCY, "--json").stdout)
    assert {row["round"] for row in found} == {""}

"""gen status: who has signed what, when and how, what is missing, and what differs."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import thai
from generator.signing.clock import THAI_TIME
from support import readers, verapdf
from support.authority import NOW, authority
from support.signed import AGENCY, ONE, TWO, Workspace, both, made, scan, signed


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def rows(workspace: Workspace, *more: str | Path) -> dict[tuple[str, str], dict[str, Any]]:
    found = json.loads(workspace.done("status", AGENCY, "--json", *more).stdout)
    return {(row["unit"], row["field"]): row for row in found}


def test_before_during_and_after(workspace: Workspace) -> None:
    assert {row["state"] for row in rows(workspace).values()} == {"unmade"}
    workspace.put()
    found = rows(workspace)
    assert found[ONE, "assessee-1"]["state"] == "missing"
    assert found[TWO, "assessee-2"]["state"] == "unmade"
    workspace.at().parent.mkdir(parents=True)
    workspace.at().write_bytes(signed(made(), "assessee-1"))
    found = rows(workspace, "--root", workspace.ca)
    one = found[ONE, "assessee-1"]
    assert (one["state"], one["method"], one["by"]) == (
        "signed",
        "certificate",
        "Signer assessee-1",
    )
    assert one["day"] == NOW.astimezone(THAI_TIME).date().isoformat()
    assert one["position"] == "ผู้อำนวยการกองตัวอย่าง ก"
    assert found[ONE, "assessor-1"]["state"] == "missing"
    workspace.at().write_bytes(both())
    done = workspace.done("status", AGENCY)
    assert done.stdout.splitlines()[-1] == "1 of 2 units are signed by all"
    assert re.search(
        rf"^{ONE}  assessor-1  signed  20[0-9-]+  certificate  \(Si", done.stdout, re.M
    )


def test_ink_a_draft_and_other_data(workspace: Workspace) -> None:
    workspace.put()
    path = workspace.root / "scan.pdf"
    path.write_bytes(scan())
    workspace.done(
        *("sign", "ตัวอย่าง-ก", "--scan", path, "--date", "2024-10-01"),
        *("--as", "assessor", "--as", "assessee"),
    )
    row = rows(workspace)[ONE, "assessor-1"]
    assert (row["state"], row["method"], row["day"]) == ("signed", "ink", "2024-10-01")
    assert row["file"] == f"{ONE}-agreement-ink-1.pdf"
    assert row["differs"] is False
    for unit, old, new in (
        ("ตัวอย่าง-ก", "ดูแลอาคาร", "ดูแลอาคารและ"),
        ("ตัวอย่าง-ข", "status: final", "status: draft"),
    ):
        file = workspace.root / "agreements" / AGENCY / f"{unit}.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    found = rows(workspace)
    assert found[ONE, "assessor-1"]["differs"] is True
    assert found[TWO, "assessor-1"]["state"] == "draft"
    assert "0 of 2 units" in workspace.done("status", AGENCY).stdout
    # The unit is gone, its signed agreement isn't.
    (workspace.root / "agreements" / AGENCY / "ตัวอย่าง-ก.yaml").unlink()
    done = workspace.gen("status", AGENCY)
    assert f"{ONE}  assessor-1  signed" in done.stdout
    scanned = workspace.at().with_name(f"{ONE}-agreement-ink-1.pdf")
    scanned.write_bytes(b"another")
    assert "is not the one that was recorded" in workspace.done("status", AGENCY).stdout


def test_what_is_not_good_is_said(workspace: Workspace) -> None:
    workspace.at().parent.mkdir(parents=True)
    workspace.at().write_bytes(both() + b"\n")
    found = rows(workspace)
    assert found[ONE, "assessee-1"]["state"] == "bad"
    assert found[ONE, "assessee-1"]["problem"] == "something was added that no signature covers"
    workspace.at().write_bytes(both())
    workspace.ca.write_bytes(authority().pem)
    found = rows(workspace, "--root", workspace.ca)
    assert "doesn't lead to any" in found[ONE, "assessor-1"]["problem"]
    file = workspace.root / "agreements" / AGENCY / "ตัวอย่าง-ข.yaml"
    file.write_text("name: [", "utf-8")
    assert rows(workspace)["ตัวอย่าง-ข", ""]["state"] == "bad"


def test_as_csv_and_on_paper(workspace: Workspace) -> None:
    workspace.at().parent.mkdir(parents=True)
    workspace.at().write_bytes(both())
    before = workspace.at().read_bytes()
    done = workspace.done("status", AGENCY, "--csv", "--pdf")
    names = [f"outputs/{AGENCY}/{AGENCY}/{AGENCY}-status.{kind}" for kind in ("csv", "pdf")]
    assert done.stdout.splitlines() == names
    table = (workspace.root / names[0]).read_bytes().decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(table)))
    assert [row["field"] for row in found] == [
        *("assessor-1", "assessee-1"),
        *("assessor-1", "assessee-1", "assessee-2"),
    ]
    assert found[0]["by"] == "Signer assessor-1"
    data = (workspace.root / names[1]).read_bytes()
    for flavour in ("3a", "ua1"):
        assert verapdf.check(data, flavour) == []
    text = readers.by_pdfium(data)
    day = thai.long_date(NOW.astimezone(THAI_TIME).date())
    for words in ("สถานะการลงนาม", "ลงนามแล้ว", "ยังไม่จัดทำเอกสาร", "ใบรับรองอิเล็กทรอนิกส์", day):
        assert words.replace(" ", "") in text
    assert "ลงนามครบถ้วน1จาก2หน่วยงาน" in text
    assert "กองตัวอย่างข" in text
    assert ONE not in text, "units are called by their names"
    assert workspace.at().read_bytes() == before

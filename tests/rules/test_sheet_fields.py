"""A final has what the agency's sheet shows, and says nothing that it doesn't show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.reading import AGREEMENTS, errors_in

UNIT = "กองครบ.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The agency whose sheet has fields of its own."""
    copied = tmp_path / "agency"
    shutil.copytree(AGREEMENTS / "parts", copied)
    return copied


def changed(folder: Path, file: str, old: str, new: str) -> list[str]:
    """What is found where one text of a file is another."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return [line.partition(": error: ")[2] for line in errors_in(folder)]


def test_the_agency_is_in_order(folder: Path) -> None:
    assert errors_in(folder) == []


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("      objective: ให้งานเสร็จตามแผน\n", "objective (วัตถุประสงค์)"),
        ("      documents: แผนปฏิบัติการ\n", "documents (เอกสารสนับสนุน)"),
        ("      measure: ร้อยละ\n", "measure (หน่วยวัด)"),
        (", definition: งานในแผนปฏิบัติการ", "definition of planned (งานตามแผน)"),
    ],
)
def test_what_a_final_lacks_is_named(folder: Path, left_out: str, missing: str) -> None:
    final = "level: division\nstatus: final\n"
    before = changed(folder, UNIT, "level: division\n", final)
    after = changed(folder, UNIT, left_out, "")
    assert [line for line in after if line not in before] == [
        f"the {missing} of indicator 'share' is missing"
    ]


def test_a_role_that_nobody_has_is_named_in_a_final(folder: Path) -> None:
    found = changed(folder, UNIT, "level: division\n", "level: division\nstatus: final\n")
    lacking = "the technical (ผู้ให้ข้อมูลทางวิชาการ) of indicator 'steps' is missing"
    assert lacking in found
    assert not any("reporter" in line or "integration" in line for line in found)  # optional ones


def test_a_mean_asks_for_a_figure_of_each_year(folder: Path) -> None:
    changed(folder, UNIT, "level: division\n", "level: division\nstatus: final\n")
    found = changed(folder, UNIT, '2569: "70.50"', "2569: ไม่มีข้อมูล")
    assert "the mean of the years of indicator 'share' needs a figure of 2569" in found


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("    - {field: documents, label: เอกสารสนับสนุน}\n", "documents"),
        ("    - {field: collection, optional: true}\n", "collection"),
        ("    - {text: integration, label: การบูรณาการ, optional: true}\n", "texts: integration"),
        ("    - {contacts: reporter, label: ผู้รายงานผล, optional: true}\n", "contacts: reporter"),
        ("    - {contacts: supervisor}\n", "supervisors"),
        ("  email: อีเมล\n", "email"),
    ],
)
def test_what_the_sheet_does_not_show_is_named(folder: Path, field: str, said: str) -> None:
    assert changed(folder, "wording.yaml", field, "") == [
        f"indicator 'share' says '{said}', which the agency's sheet doesn't show"
    ]


def test_what_the_table_of_goals_prints_is_printed(folder: Path) -> None:
    assert changed(folder, "wording.yaml", "    - {field: source}\n", "") == []

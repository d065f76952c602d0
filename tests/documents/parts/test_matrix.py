"""The framework of an agency that states neither matrix nor frames: that of all its units."""

import shutil
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import building, inputs, soundness
from generator.documents.framework import Framework
from generator.documents.parts.framework_tables import MARK, FrameworkChapter
from generator.errors import DataError
from generator.workspace.environment import Workspace
from support.making import ROOT

AGENCY = "example-2570"
FIELD = """name: ศูนย์ตัวอย่าง {n}
code: ศ{n}
level: field
status: draft
indicators:
  - {{use: energy, component: potential, weight: 30}}
  - {{use: on-time, component: performance, weight: {weight}}}
  - id: own
    define: {{name: ของศูนย์ {n} เอง, kind: milestone, measure: ระดับ}}
    component: performance
    weight: {rest}
"""


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    folder = tmp_path / "agreements" / AGENCY
    ignored = shutil.ignore_patterns("results")
    shutil.copytree(ROOT / "agreements" / AGENCY, folder, ignore=ignored)
    return Workspace(tmp_path, {})


def checked(world: Workspace, kind: str) -> DocumentInput:
    options = DocumentOptions(round="2") if kind == "summary" else DocumentOptions()
    origin = inputs.find_input(kind, lookup.find(world, AGENCY), options)
    soundness.checked(world, origin)
    return origin


def chapters(world: Workspace) -> tuple[FrameworkChapter, ...]:
    origin = checked(world, "framework")
    built = building.build(world, origin).context
    assert isinstance(built, Framework)
    return built.chapters


def rows(chapter: FrameworkChapter) -> list[tuple[str, ...]]:
    return [
        tuple(" ".join(block.text for block in cell.words) for cell in row.cells)
        for row in chapter.grid.rows
    ]


def test_without_a_matrix_it_holds_all_indicators_once_with_who_has_them(world: Workspace) -> None:
    matrix, *_ = chapters(world)
    assert matrix.heading == "กรอบตัวชี้วัดของทุกหน่วยงาน"
    found = {row[0].split(". ", 1)[1]: row[-1] for row in rows(matrix)}
    assert found["ร้อยละของคำขอรับบริการที่ดำเนินการแล้วเสร็จภายในเวลาที่ประกาศไว้"] == "ทุกกอง"
    # What each fills in for itself is a row of its own.
    assert found["จำนวนองค์ความรู้ด้านการให้บริการประชาชนที่เผยแพร่แก่ประชาชน"] == "ตย-ก"
    assert found["จำนวนองค์ความรู้ด้านข้อมูลเปิดภาครัฐที่เผยแพร่แก่ประชาชน"] == "ตย-ข"
    assert {row.count(MARK) for row in rows(matrix)} == {1}
    # In the order of the weight tree, numbered through.
    numbers = [row[0].partition(".")[0] for row in rows(matrix)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    marks = [row.index(MARK) for row in rows(matrix)]
    assert marks == sorted(marks)


def test_levels_are_told_together_by_their_words(world: Workspace) -> None:
    folder = world.agreements / AGENCY
    for n, weight in ((1, 40), (2, 30)):
        text = FIELD.format(n=n, weight=weight, rest=70 - weight)
        (folder / f"field-{n}.yaml").write_text(text, "utf-8")
    wording = folder / "wording.yaml"
    own = "\nsummary:\n  levels: {division: สำนัก, field: ศูนย์}\n"
    wording.write_text(wording.read_text("utf-8") + own, "utf-8")
    matrix, *frames = chapters(world)
    who = {row[0].split(". ", 1)[1]: row[-1] for row in rows(matrix)}
    assert who["ร้อยละของการใช้ไฟฟ้าที่ลดลงเมื่อเทียบกับปีก่อน"] == "ทุกหน่วยงาน"
    assert who["ระดับความสำเร็จของการปรับปรุงคู่มือการปฏิบัติงาน"] == "ทุกสำนัก"
    # Two units' own indicators are two, though they have one id.
    assert (who["ของศูนย์ 1 เอง"], who["ของศูนย์ 2 เอง"]) == ("ศ1", "ศ2")
    assert [(frame.heading, frame.units) for frame in frames] == [
        ("กรอบตัวชี้วัดระดับสำนัก", "กองตัวอย่าง ก"),
        ("กรอบตัวชี้วัดระดับสำนัก", "กองตัวอย่าง ข"),
        ("กรอบตัวชี้วัดระดับศูนย์", "ศูนย์ตัวอย่าง 1"),
        ("กรอบตัวชี้วัดระดับศูนย์", "ศูนย์ตัวอย่าง 2"),
    ]
    assert rows(frames[-1])[-1][-1] == "100"


def test_what_is_stated_stands_alone(world: Workspace) -> None:
    agency = world.agreements / AGENCY / "agency.yaml"
    stated = (
        "\nframes:\n  - {title: กรอบเดียว, units: [ตัวอย่าง-ก]}\n"
        "matrix:\n  - name: กลุ่ม\n    rows:\n"
        "      - {text: เรื่องเดียว, indicator: on-time, component: performance, origin: แผน}\n"
    )
    agency.write_text(agency.read_text("utf-8") + stated, "utf-8")
    matrix, frame = chapters(world)
    assert [row[:1] for row in rows(matrix)] == [(), ("1. เรื่องเดียว",)]
    assert (frame.heading, frame.units) == ("กรอบเดียว", "")


@pytest.mark.parametrize("kind", ["framework", "summary"])
def test_an_agency_of_which_there_is_nothing_to_show_has_no_such_document(
    kind: str, world: Workspace
) -> None:
    for path in (world.agreements / AGENCY).glob("ตัวอย่าง-*.yaml"):
        path.unlink()
    with pytest.raises(DataError) as refused:
        checked(world, kind)
    assert [fault.code for fault in refused.value.diagnostics] == ["nothing-of-agency"]


def test_a_framework_of_statements_alone_is_one(world: Workspace) -> None:
    for path in (world.agreements / AGENCY).glob("ตัวอย่าง-*.yaml"):
        path.unlink()
    agency = world.agreements / AGENCY / "agency.yaml"
    stated = "\nstatements:\n  - {id: vision, heads: [วิสัยทัศน์], rows: [[มุ่งบริการ]]}\n"
    agency.write_text(agency.read_text("utf-8") + stated, "utf-8")
    (statement,) = chapters(world)
    assert rows(statement) == [("มุ่งบริการ",)]

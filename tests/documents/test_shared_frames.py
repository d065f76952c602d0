"""Frames that units share, and sums of weights: each unit's own are printed, exactly."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import checking, documents
from generator.diagnostics import Severity
from generator.documents import building, inputs, soundness
from generator.documents.agreement import Agreement
from generator.documents.framework import Framework
from generator.documents.parts.framework_tables import (
    PADDING,
    SIZE,
    FrameworkChapter,
    FrameworkTable,
)
from generator.documents.parts.widths import PORTRAIT
from generator.typesetting.lettering import CENTIMETRES
from generator.workspace.environment import Workspace
from support.making import ROOT

DSDW = ROOT / "agreements" / "dsdw-2566"
SHARED = ("กลุ่มงานผู้เชี่ยวชาญ", "กองส่งเสริมและพัฒนาองค์กรภาคประชาสังคม", "กลุ่มตรวจสอบภายใน")
FIRST, SECOND, THIRD = SHARED
"""The three units of one frame (source 004, lines 463–481)."""


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    shutil.copytree(DSDW, tmp_path / "agreements" / "dsdw-2566")
    return Workspace(tmp_path, {})


def edit(world: Workspace, name: str, *changes: tuple[str, str]) -> None:
    path = world.agreements / "dsdw-2566" / f"{name}.yaml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def frames(world: Workspace) -> list[FrameworkChapter]:
    origin = inputs.find_input("framework", lookup.find(world, "dsdw-2566"), DocumentOptions())
    soundness.checked(world, origin)
    built = building.build(world, origin).context
    assert isinstance(built, Framework)
    return [chapter for chapter in built.chapters if chapter.heading.startswith("9)")]


def chapters(world: Workspace) -> tuple[FrameworkChapter, ...]:
    found = lookup.find(world, "dsdw-2566")
    built = building.build(
        world, inputs.find_input("framework", found, DocumentOptions("agency"))
    ).context
    assert isinstance(built, Framework)
    return built.chapters


def cells(grid: FrameworkTable) -> list[list[str]]:
    return [["".join(b.text for b in cell.words) for cell in row.cells] for row in grid.rows]


def own(performance: str, potential: str, weights: tuple[str, str]) -> str:
    """A weight tree of a unit's own."""
    return f"""components:
  - id: total
    name: รวม
    weight: 100
    components:
      - {{id: performance, name: ส่วนแรก (ร้อยละ {performance}), weight: {weights[0]}}}
      - {{id: potential, name: ส่วนหลัง (ร้อยละ {potential}), weight: {weights[1]}}}
indicators:"""


def test_equal_weights_share_one_column(world: Workspace) -> None:
    (frame,) = frames(world)
    assert [head.below for head in frame.grid.heads if not head.deep] == [
        ("Performance Base", "Potential Base")
    ]
    assert not frame.units


def test_weights_that_differ_stand_side_by_side(world: Workspace) -> None:
    # The second unit moves five per cent between two indicators of one component.
    path = world.agreements / "dsdw-2566" / f"{SECOND}.yaml"
    text = path.read_text("utf-8")
    fives = list(re.finditer(r"weight: 5\b", text))
    first, second = fives[0], fives[1]
    text = text[: first.start()] + "weight: 7.5" + text[first.end() : second.start()]
    text += "weight: 2.5" + path.read_text("utf-8")[second.end() :]
    path.write_text(text, "utf-8")
    (frame,) = frames(world)
    last = frame.grid.heads[-1]
    assert len(last.below) == 2
    rows = cells(frame.grid)
    differing = [row[-2:] for row in rows if row[-1] != row[-2]]
    assert sorted(map(tuple, differing)) == [("5", "2.5"), ("5", "7.5")]
    assert rows[-1][-2:] == ["100", "100"]
    assert len(frame.grid.widths) == len(rows[0])


def test_components_of_its_own_make_a_frame_apart(world: Workspace) -> None:
    edit(world, THIRD, ("indicators:", own("60", "40", ("60", "40"))))
    text = (world.agreements / "dsdw-2566" / f"{THIRD}.yaml").read_text("utf-8")
    # Ten per cent move from the performance base to the potential base.
    path = world.agreements / "dsdw-2566" / f"{THIRD}.yaml"
    big = re.search(r"weight: (\d\d)\b(?=[^{}]*\}?\n)", text[text.index("\nindicators:") :])
    assert big is not None
    start = text.index("\nindicators:") + big.start()
    text = text[:start] + f"weight: {int(big[1]) - 10}" + text[start + len(big[0]) :]
    five = text.rindex("weight: 5")
    text = text[:five] + "weight: 15" + text[five + len("weight: 5") :]
    path.write_text(text, "utf-8")
    both, alone = frames(world)
    (heads,) = (head.below for head in alone.grid.heads if not head.deep)
    assert heads == ("ส่วนแรก (ร้อยละ 60)", "ส่วนหลัง (ร้อยละ 40)")
    assert cells(alone.grid)[-1][-1] == "100"
    assert cells(alone.grid) != cells(both.grid)
    assert THIRD in alone.units
    assert all(name in both.units for name in (FIRST, SECOND))
    assert THIRD not in both.units


def test_it_is_made_in_both_formats(world: Workspace) -> None:
    path = world.agreements / "dsdw-2566" / f"{SECOND}.yaml"
    text = path.read_text("utf-8")
    at = text.index("weight: 5")
    other = text.index("weight: 5", at + 5)
    text = text[:at] + "weight: 4" + text[at + 9 : other] + "weight: 6" + text[other + 9 :]
    path.write_text(text, "utf-8")
    made = documents.make(world, "framework", lookup.find(world, "dsdw-2566"))
    assert {path.suffix for path in made.files} == {".docx", ".pdf"}


def test_a_name_that_says_another_weight_is_told(world: Workspace) -> None:
    edit(world, THIRD, ("indicators:", own("60", "40", ("70", "30"))))
    faults, _ = checking.check(world, [world.agreements / "dsdw-2566"])
    told = [f for f in faults if "its weight is" in f.message]
    assert [f.severity for f in told] == [Severity.WARNING] * 2
    assert told[0].message == ("'name' of component performance says ร้อยละ 60, its weight is 70")
    assert told[0].location.path.name == f"{THIRD}.yaml"


def test_sums_have_no_needless_noughts(tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "halves-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    path = folder / "agency.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("components:\n  - id: total"), text.index("# Grades")
    half = "  - {{id: {id}, name: ส่วน{id}, weight: {weight}}}\n"
    tree = "components:\n" + "".join(
        half.format(id=name, weight=weight)
        for name, weight in (("performance", "70.5"), ("potential", "29.50"))
    )
    path.write_text(text[:start] + tree + text[end:], "utf-8")
    unit = folder / "ตัวอย่าง-ก.yaml"
    said = unit.read_text("utf-8").replace("weight: 30\n", "weight: 30.5\n")
    unit.write_text(said.replace("weight: 15\n    surveys", "weight: 14.50\n    surveys"), "utf-8")
    world = Workspace(tmp_path, {})
    origin = inputs.find_input("agreement", lookup.find(world, "ตัวอย่าง-ก"), DocumentOptions())
    soundness.checked(world, origin)
    built = building.build(world, origin).context
    assert isinstance(built, Agreement)
    assert built.criteria is not None
    assert [total for block in built.criteria.blocks for total in block.totals] == ["100", "100"]
    weights = [r.rounds[0].weight for s in built.criteria.sections for r in s.rows]
    assert "14.50" in weights, "what was typed stays as it was typed"


def test_heads_over_marks_stand_upright_and_leave_names_the_room() -> None:
    """Numbers don't, nor heads of columns with words; the head above them has two lines at most."""
    found = [chapter.grid for chapter in chapters(Workspace(ROOT, {}))]
    heads = [(head, grid) for grid in found for head in grid.heads if head.below]
    turned = [(head, grid) for head, grid in heads if head.turned]
    assert len(turned) > 8
    assert {len(head.below) for head, _ in turned} == {2}
    assert any(head.below[:2] == ("1", "2") for head, _ in heads if not head.turned)
    lettering = Workspace(ROOT, {}).lettering
    for head, grid in turned:
        name, first, second = (width * PORTRAIT / 100 for width in grid.widths[:3])
        assert first < 2 < name
        assert second < 2
        assert (
            lettering.paragraph(head.text, bold=True).lines(
                (first + second - PADDING) / (SIZE * CENTIMETRES)
            )
            <= 2
        )
        assert 1 < head.turned < 4

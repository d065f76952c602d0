"""What parts weigh stands on the sheet and in the agreement's criteria, with the formula."""

import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import scores
from generator.documents import building, inputs
from generator.errors import DataError
from generator.workspace.environment import Workspace
from generator.writers import document
from support.making import ROOT

UNIT = "ตัวอย่าง-ก"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the example agency, whose parts are combined by weight."""
    folder = tmp_path / "agreements" / "example-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    path = folder / "indicators" / "satisfaction.yaml"
    text = path.read_text("utf-8").replace("combine: min ", "combine: weighted ")
    for part, weight in (("satisfied", "62.5"), ("dissatisfied", "37.5")):
        text, count = re.subn(rf"(?m)^( +)- id: {part}\b.*$", rf"\g<0>\n\1  weight: {weight}", text)
        assert count == 1
    path.write_text(text, "utf-8")
    return folder


def said(folder: Path, kind: str, round_id: str = "") -> str:
    """Everything that a document says, in one text."""
    world = Workspace(folder.parents[1], {})
    found = lookup.find(world, UNIT)
    origin = inputs.find_input(kind, found, DocumentOptions(round=round_id))
    html = document.html_templates((ROOT / "templates",), "example-2570")
    draft = building.build(world, origin)
    assert asdict(draft.context)
    return html.render(kind, draft.context)


def test_weights_and_formula_on_the_sheet(folder: Path) -> None:
    text = said(folder, "indicators")
    assert "(น้ำหนัก 62.5)" in text
    assert "(น้ำหนัก 37.5)" in text
    assert "คะแนน = (62.5 × พึงพอใจ + 37.5 × ไม่พึงพอใจ) ÷ 100" in text
    assert text.count("คะแนน = ") == 1  # both rounds by one formula


@pytest.mark.parametrize(("kind", "round_id"), [("agreement", ""), ("report", "2")])
def test_weights_in_the_criteria(folder: Path, kind: str, round_id: str) -> None:
    text = said(folder, kind, round_id)
    assert "(น้ำหนัก 62.5)" in text
    assert "(น้ำหนัก 37.5)" in text


def test_nothing_is_added_where_parts_don_t_weigh(folder: Path) -> None:
    path = folder / "indicators" / "satisfaction.yaml"
    path.write_text(path.read_text("utf-8").replace("combine: weighted", "combine: mean"), "utf-8")
    for kind in ("indicators", "agreement"):
        assert "(น้ำหนัก 62.5)" not in said(folder, kind)


def test_weights_that_dont_add_up_by_the_agencys_policy(folder: Path) -> None:
    """The rule is the agency's where the criteria state none; it is checked all the same."""
    path = folder / "indicators" / "satisfaction.yaml"
    text = path.read_text("utf-8").replace("combine: weighted", "# combine: weighted")
    path.write_text(text.replace("weight: 37.5", "weight: 30"), "utf-8")
    scores.score(lookup.find(Workspace(folder.parents[1], {}), UNIT), "2")
    agency = folder / "agency.yaml"
    agency.write_text(
        agency.read_text("utf-8").replace("combine: min", "combine: weighted"), "utf-8"
    )
    with pytest.raises(DataError) as caught:
        scores.score(lookup.find(Workspace(folder.parents[1], {}), UNIT), "2")
    assert any("add up to 92.5, not 100" in fault.message for fault in caught.value.diagnostics)

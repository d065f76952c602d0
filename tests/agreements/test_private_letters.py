"""Letters of old Thai faces, as they come out of old PDFs: read as the letters they stand for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator import thai
from generator.agreements import csv_files, lookup, reading, yaml_tree
from generator.agreements.record import DocumentOptions
from generator.agreements.yaml_tree import Node
from generator.api import documents, inspection
from generator.diagnostics import Location, Severity
from generator.model import TargetTable
from generator.workspace.environment import Workspace
from support.making import ROOT


@pytest.mark.parametrize("code", sorted(thai.PRIVATE), ids="U+{:04X}".format)
def test_each_letter_is_read_as_its_own_with_a_word_on_it(code: int) -> None:
    read = yaml_tree.parse(Path("x.yaml"), f"a: b\nname: กอง{chr(code)}น\n".encode())
    assert read.node is not None
    said = read.node.find(("name",)).value
    assert isinstance(said, str)
    assert thai.PRIVATE[code] in said
    assert not any(ord(sign) in thai.PRIVATE for sign in said)
    (fault,) = read.faults
    assert fault.severity is Severity.WARNING
    assert f"U+{code:04X}" in fault.message
    assert (fault.location.line, fault.location.column) == (2, 10)
    assert fault.hint


def test_a_key_is_read_so_too() -> None:
    read = yaml_tree.parse(Path("x.yaml"), "ก\uf70aา: x\n".encode())
    assert read.node is not None
    assert read.node.plain() == {"ก่า": "x"}
    assert len(read.faults) == 1


def test_a_csv_is_read_so_too(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,n\nน\uf70aาน,1\n", "utf-8")
    table = TargetTable.model_construct(
        title=["x"], csv="t.csv", key="id", numbers=["n"], columns=[], rows=None
    )

    read = csv_files.read(tmp_path / "t.yaml", Node({}, Location(tmp_path / "t.yaml")), table)
    assert [row["id"] for row in read.rows] == ["น่าน"]
    (fault,) = read.faults
    assert fault.severity is Severity.WARNING
    assert (fault.location.line, fault.location.column) == (2, 1)


def test_what_is_made_passes_what_is_asked_of_it_later(tmp_path: Path) -> None:
    agency = tmp_path / "agreements" / "example-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", agency)
    unit = agency / "ตัวอย่าง-ก.yaml"
    text = unit.read_text("utf-8")
    assert "ชื่อตัวอย่าง" in text
    unit.write_text(text.replace("ชื่อตัวอย่าง", "ช\uf704\uf70aอต\uf710วอย\uf70aาง", 1), "utf-8")
    world = Workspace(tmp_path, {})
    made = documents.make(
        world,
        "agreement",
        lookup.find(world, "ตัวอย่าง-ก"),
        formats=("pdf",),
        options=DocumentOptions(sheets=False),
    )
    assert any("U+F70" in fault.message for fault in made.warnings)
    (data,) = made.files.values()
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert inspection.problems(world, inspection.examine(path)) == ((), [])
    assert "ชื่อตัวอย่าง" in reading.read_unit(reading.read_agency(agency), unit).unit.model_dump_json()

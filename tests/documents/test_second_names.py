"""English names below the Thai ones: where the form has them, in both formats, marked as such."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pikepdf
import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs, numerals
from generator.documents.parts.rich import Rich
from generator.workspace.environment import Workspace
from support import bilingual
from support.command import ROOT, gen


def context(kind: str, round_: str = "", world: Workspace | None = None) -> Any:
    world = world or bilingual.world()
    found = lookup.find(world, bilingual.UNIT)
    origin = inputs.find_input(kind, found, DocumentOptions(round=round_))
    return building.build(world, origin).context


@cache
def files() -> dict[str, bytes]:
    """The agreement, by format."""
    found = lookup.find(bilingual.world(), bilingual.UNIT)
    made = documents.make(bilingual.world(), "agreement", found).files
    return {path.suffix[1:]: data for path, data in made.items()}


def english(cell: Rich) -> list[str]:
    return [span.text for block in cell for span in block.spans if span.lang == "en"]


def test_heads_tables_and_sheets_of_an_agreement() -> None:
    found = context("agreement")
    assert found.second == bilingual.UNIT_NAME
    for table in (found.criteria, found.summary):
        assert table.sections[0].second == bilingual.COMPONENT
        assert [english(row.name) for row in table.sections[0].rows] == [
            [bilingual.indicator(key)] for key in ("on-time", "manuals", "knowledge")
        ]
    assert found.sheets[0].second == bilingual.indicator("on-time")


def test_the_report_has_them_too() -> None:
    found = context("report", "2")
    assert found.second == bilingual.UNIT_NAME
    assert found.table.sections[0].second == bilingual.COMPONENT
    assert english(found.table.sections[0].rows[0].name) == [bilingual.indicator("on-time")]


@pytest.mark.parametrize("place", ["heads", "tables", "sheets", "report"])
def test_each_place_is_asked_for_by_itself(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "example-2570"
    copytree(ROOT / "agreements" / "example-2570", folder)
    bilingual.english(folder, place)
    world = Workspace(tmp_path, {})
    agreement, report = context("agreement", world=world), context("report", "2", world)
    assert {
        "heads": bool(agreement.second),
        "tables": bool(agreement.criteria.sections[0].second),
        "sheets": bool(agreement.sheets[0].second),
        "report": bool(report.table.sections[0].second),
    } == {name: name == place for name in ("heads", "tables", "sheets", "report")}


def pdf_text(data: bytes) -> str:
    """As it is copied, blanks included."""
    ran = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True
    )
    return ran.stdout.decode()


def word_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = package.read("word/document.xml").decode()
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)", p)) for p in document.split("</w:p>"))


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_words_come_out_as_typed(extension: str) -> None:
    data = files()[extension]
    said = pdf_text(data) if extension == "pdf" else word_text(data)
    said = " ".join(said.split())
    for words in (bilingual.UNIT_NAME, bilingual.COMPONENT, bilingual.indicator("energy")):
        assert words in said


def test_word_knows_that_they_are_english() -> None:
    with zipfile.ZipFile(io.BytesIO(files()["docx"])) as package:
        document = package.read("word/document.xml").decode()
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*</w:r>", document)
    named = [run for run in runs if "per cent)" in run or "Example Division" in run]
    assert len(named) >= 5
    assert all('<w:lang w:val="en-US"/>' in run for run in named)
    assert not any('w:lang w:val="en-US"' in run for run in runs if "ตัวชี้วัด" in run)


def test_readers_of_the_pdf_know_that_they_are_english() -> None:
    with pikepdf.open(io.BytesIO(files()["pdf"])) as pdf:
        assert str(pdf.Root.Lang) == "th-TH"
        tagged = [
            str(one.S)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == "/StructElem"
            and str(one.get("/Lang", "")) == "en"
        ]
    assert {"/P", "/Span"} <= set(tagged)
    assert len(tagged) >= 10


def test_thai_digits_leave_english_names_alone() -> None:
    found = lookup.find(bilingual.world(), bilingual.UNIT)
    agency = inputs.find_input("agreement", found, DocumentOptions()).folder.agency.model
    thai = numerals.form_of(agency.model_copy(update={"digits": "thai"}))
    component = thai.components[0].components[0]
    assert component.name == "องค์ประกอบที่ ๑ ผลสัมฤทธิ์ของงาน (ร้อยละ ๗๐)"
    assert component.name_en == bilingual.COMPONENT


def test_a_form_without_them_prints_none() -> None:
    found = context("agreement", world=Workspace(ROOT, {}))
    assert found.second == ""
    assert not any(section.second for section in found.criteria.sections)
    assert not any(english(row.name) for section in found.criteria.sections for row in section.rows)


def test_what_a_draft_lacks_and_what_is_printed_nowhere_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "example-2570"
    copytree(ROOT / "agreements" / "example-2570", folder)
    bilingual.english(folder, "")
    said = gen("check", "agreements/example-2570", cwd=tmp_path)
    assert said.returncode == 0
    assert f"the form prints no English names: '{bilingual.UNIT_NAME}'" in said.stdout + said.stderr

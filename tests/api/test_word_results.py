"""Reports of results in Word, imported: made again they say the same; others are held to account.

``IMPORTS=all`` tries every shipped report.
"""

import io
import os
import shutil
from pathlib import Path

import pytest
import yaml
from docx import Document

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents, word_files
from generator.errors import DataError
from generator.verify.docx import docx_content
from generator.workspace.environment import Workspace
from support.making import ROOT, WORLD

SOME = [("example-hospital-2570", "q2", "โรงพยาบาล-ข")]
OTHERS = {"บุคคล", "ตัวอย่าง-บุคคล", "อาจารย์", "เจ้าหน้าที่", "สำนักงานปลัดกระทรวงอุตสาหกรรม"}
"""Persons have forms of their own, and one agency has no words for reports."""

NOT_PRINTED = {("dsdw-2566", "1", "พส"), ("dsdw-2566", "2", "พส")}
"""Their figures are lent to other units, and stand in those units' reports alone."""


def shipped() -> list[tuple[str, str, str]]:
    if os.environ.get("IMPORTS") != "all":
        return SOME
    paths = sorted((ROOT / "agreements").glob("*/results/*/*.yaml"))
    every = [(p.parts[-4], p.parts[-2], p.stem) for p in paths]
    return [one for one in every if one not in NOT_PRINTED and one[2] not in OTHERS]


def world(tmp_path: Path, agency: str) -> tuple[Workspace, Path]:
    folder = tmp_path / "agreements" / agency
    shutil.copytree(ROOT / "agreements" / agency, folder)
    return Workspace(tmp_path, {}), folder


def report(where: Workspace, folder: Path, round_: str, unit: str) -> bytes:
    target = lookup.find(where, str(folder / f"{unit}.yaml"))
    options = DocumentOptions("unit", round=round_)
    made = documents.make(where, "report", target, formats=("docx",), options=options)
    return next(iter(made.files.values()))


def imported(where: Workspace, data: bytes, folder: Path) -> word_files.TakenFromWord:
    path = where.root / "report.docx"
    path.write_bytes(data)
    taken = word_files.take_in(where, [path], folder.name)
    for file, content in taken.files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return taken


@pytest.mark.parametrize(("agency", "round_", "unit"), shipped())
def test_an_imported_report_is_made_again_word_for_word(
    agency: str, round_: str, unit: str, tmp_path: Path
) -> None:
    where, folder = world(tmp_path, agency)
    data = report(WORLD, ROOT / "agreements" / agency, round_, unit)
    (folder / "results" / round_ / f"{unit}.yaml").unlink()
    taken = imported(where, data, folder)
    assert [path.relative_to(folder).as_posix() for path in taken.files] == [
        f"results/{round_}/{unit}.yaml"
    ]
    assert not taken.remarks
    assert [one.line.said for one in taken.left if not one.line.where.story] == []
    again = report(where, folder, round_, unit)
    assert [p.text for p in docx_content(again)] == [p.text for p in docx_content(data)]


def typed(rows: list[tuple[str, str, str]], title: str = "รอบที่ 2") -> bytes:
    """A report as an officer types one: no explanation, results in words."""
    document = Document()
    document.add_paragraph("รายงานผลการปฏิบัติราชการตามคำรับรอง")
    document.add_paragraph("กองตัวอย่าง ก")
    document.add_paragraph(title)
    table = document.add_table(rows=1, cols=4)
    for cell, head in zip(
        table.rows[0].cells,
        ("ตัวชี้วัด", "ค่าเป้าหมาย", "ผลการดำเนินงาน", "คะแนนที่ได้"),
        strict=True,
    ):
        cell.text = head
    for name, result, score in rows:
        for cell, text in zip(table.add_row().cells, (name, "", result, score), strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


ON_TIME = "ร้อยละของคำขอรับบริการที่ดำเนินการแล้วเสร็จภายในเวลาที่ประกาศไว้"
KNOWLEDGE = "จำนวนองค์ความรู้ด้านการให้บริการประชาชนที่เผยแพร่แก่ประชาชน"
MANUALS = "ระดับความสำเร็จของการปรับปรุงคู่มือการปฏิบัติงาน"


def test_results_in_words_are_values_guesses_or_asked(tmp_path: Path) -> None:
    where, folder = world(tmp_path, "example-2570")
    (folder / "results" / "2" / "ตัวอย่าง-ก.yaml").unlink()
    rows = [
        (f"1. {ON_TIME}", "แล้วเสร็จในเวลา คิดเป็นร้อยละ ๙๒.๕๐", "4.0000"),
        (f"3. {KNOWLEDGE}", "๑๑", "4.0000"),
        ("4. ตัวชี้วัดที่ไม่มีในคำรับรอง", "5", "5.0000"),
    ]
    taken = imported(where, typed(rows), folder)
    text = (folder / "results" / "2" / "ตัวอย่าง-ก.yaml").read_text("utf-8")
    data = yaml.load(text, yaml.BaseLoader)["results"]
    assert data["on-time"] == {"value": "92.50", "text": rows[0][1]}
    assert data["knowledge"] == {"value": "11"}
    assert text.index("guess") < text.index("92.50") < text.index("knowledge")
    assert {one.code for one in taken.remarks} == {
        "import-result-of-unknown",
        "import-score-differs",
    }
    left = {one.line.said for one in taken.left}
    assert {"4. ตัวชี้วัดที่ไม่มีในคำรับรอง", "5.0000"} <= left


@pytest.mark.parametrize(
    ("title", "code"),
    [("รอบที่ 2", "results-imported-already"), ("รอบที่ 7", "report-of-no-round")],
)
def test_what_has_no_place_is_refused(title: str, code: str, tmp_path: Path) -> None:
    where, folder = world(tmp_path, "example-2570")
    with pytest.raises(DataError) as told:
        imported(where, typed([(ON_TIME, "92.50", "4")], title), folder)
    assert [one.code for one in told.value.diagnostics] == [code]
    assert not (folder / "results" / "7").exists()


def cards(form: str) -> bytes:
    """A report that gives each indicator a card, or some lines; the title names months."""
    document = Document()
    for text in ("แบบรายงานผลการปฏิบัติราชการ (SAR) รอบ 12 เดือน", "หน่วยงาน : กองตัวอย่าง ก"):
        document.add_paragraph(text)
    for number, (name, result) in enumerate(((ON_TIME, "๙๒.๕๐"), (KNOWLEDGE, "๑๑ เรื่อง")), 1):
        said = [
            (f"ตัวชี้วัดที่ {number}", name),
            ("น้ำหนัก", "30"),
            ("ผลการดำเนินงาน", result),
            ("คะแนนที่ได้", "4.0000"),
            ("หลักฐานอ้างอิง", "รายงานสรุปประจำเดือน"),
        ]
        if form == "lines":
            for label, text in said:
                document.add_paragraph(f"{label} : {text}")
            continue
        table = document.add_table(rows=0, cols=2)
        for pair in said:
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                cell.text = text
        document.add_paragraph()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["tables", "lines"])
def test_reports_by_cards_are_read(form: str, tmp_path: Path) -> None:
    where, folder = world(tmp_path, "example-2570")
    path = folder / "results" / "2" / "ตัวอย่าง-ก.yaml"
    path.unlink()
    taken = imported(where, cards(form), folder)
    assert [*taken.files] == [path]
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["results"]
    proof = {"evidence": ["รายงานสรุปประจำเดือน"]}
    assert data["on-time"] == {"value": "92.50", **proof}
    assert data["knowledge"] == {"value": "11", "text": "๑๑ เรื่อง", **proof}
    left = {one.line.said for one in taken.left}
    assert not {one for one in left if "ผลการดำเนินงาน" in one or "ตัวชี้วัดที่" in one}

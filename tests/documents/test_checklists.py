"""A checklist on the sheet, in the report, and in the workbook that asks for it."""

import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from openpyxl import Workbook, load_workbook

from generator.agreements import lookup, yaml_tree
from generator.agreements.model_faults import to_model
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.indicators import Indicators as IndicatorSheets
from generator.documents.report import ResultReport
from generator.importing import workbook
from generator.importing.workbook.rows import DONE, NOT_DONE
from generator.importing.workbook.sheet import HEAD_ROW, KEY, RESULT
from generator.model import Result, Results
from generator.workspace.environment import Workspace
from support import changed, making
from support.readers import by_pdfium, solid

UNIT = "ตัวอย่าง-ก"
OF_YEAR = DocumentOptions(round="2")
CHECKLIST = """name: ความครบถ้วนของคู่มือ
measure: คะแนน
value:
  checklist:
    heading: รายการที่ตรวจ
    counts: weights
    items:
      - {id: steps, text: มีขั้นตอนการทำงานครบถ้วน, weight: 60}
      - {id: forms, text: มีแบบฟอร์มแนบท้าย, weight: 25.5}
      - {id: law, text: อ้างอิงกฎหมายที่ใช้อยู่, weight: 14.5}
criteria:
  all:
    read: points
    levels: {1: "20", 2: "40", 3: "60", 4: "80", 5: "100"}
source: คู่มือ
description: คู่มือที่ใช้อยู่ในปีนี้
collection: หน่วยงานรวบรวม
"""


@cache
def world() -> Workspace:
    results = making.ROOT / "agreements" / changed.AGENCY / "results" / "2" / f"{UNIT}.yaml"
    text = results.read_text("utf-8").replace("    value: 90\n", "    checked: [steps, law]\n")
    files = {"indicators/manuals.yaml": CHECKLIST, f"results/2/{UNIT}.yaml": text}
    first = results.parents[1] / "1" / results.name
    earlier = first.read_text("utf-8").replace("done: [1, 2, 3, 4]", "checked: [steps]")
    files[f"results/1/{UNIT}.yaml"] = earlier
    return changed.example(Path(mkdtemp()), files)


def context(kind: str) -> IndicatorSheets | ResultReport:
    found = lookup.find(world(), UNIT)
    origin = inputs.find_input(kind, found, OF_YEAR if kind == "report" else DocumentOptions())
    built: IndicatorSheets | ResultReport = building.build(world(), origin).context
    return built


def test_the_sheet_lists_the_items_with_empty_boxes() -> None:
    built = context("indicators")
    assert isinstance(built, IndicatorSheets)
    sheet = next(one for one in built.sheets if "ความครบถ้วนของคู่มือ" in one.name)
    assert [block.text for block in sheet.note] == [
        "รายการที่ตรวจ",
        "☐ มีขั้นตอนการทำงานครบถ้วน (น้ำหนัก 60)",
        "☐ มีแบบฟอร์มแนบท้าย (น้ำหนัก 25.5)",
        "☐ อ้างอิงกฎหมายที่ใช้อยู่ (น้ำหนัก 14.5)",
    ]


def test_the_report_marks_what_is_done_and_works_the_value_out() -> None:
    built = context("report")
    assert isinstance(built, ResultReport)
    found = next(one for one in built.explanations if one.name == "ความครบถ้วนของคู่มือ")
    assert found.parts[0].lines[:6] == (
        "☑ มีขั้นตอนการทำงานครบถ้วน (น้ำหนัก 60)",
        "☐ มีแบบฟอร์มแนบท้าย (น้ำหนัก 25.5)",
        "☑ อ้างอิงกฎหมายที่ใช้อยู่ (น้ำหนัก 14.5)",
        "น้ำหนักของ 2 จาก 3 รายการที่ดำเนินการแล้ว: 60 + 14.5 = 74.5",
        "อ่านค่า 74.5 โดยไม่ปัดเศษ (ตามนโยบายการให้คะแนนของหน่วยงาน)",
        "74.5 อยู่ระหว่างระดับ 3 (60) กับระดับ 4 (80)",
    )


def test_the_marks_are_drawn_in_both_formats() -> None:
    found = lookup.find(world(), UNIT)
    files = documents.make(world(), "report", found, options=OF_YEAR).files
    data = {path.suffix: made for path, made in files.items()}
    with zipfile.ZipFile(io.BytesIO(data[".docx"])) as parts:
        word = re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())
    for text in (by_pdfium(data[".pdf"]), solid(word)):
        assert "☑มีขั้นตอนการทำงานครบถ้วน" in text
        assert "☐มีแบบฟอร์มแนบท้าย" in text


def test_the_workbook_has_a_row_an_item_and_comes_back() -> None:
    found = lookup.find(world(), UNIT)
    (data,) = workbook.template(world(), found, "2").files.values()
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = {
        tuple(json.loads(str(sheet.cell(row, KEY).value))): row
        for row in range(HEAD_ROW + 1, sheet.max_row + 1)
    }
    marks = {
        path[-1]: sheet.cell(row, RESULT).value for path, row in rows.items() if "checked" in path
    }
    assert marks == {"steps": DONE, "forms": NOT_DONE, "law": DONE}
    assert ("manuals", "value") not in rows
    sheet.cell(rows["manuals", "checked", "forms"], RESULT).value = "x"
    sheet.cell(rows["manuals", "checked", "law"], RESULT).value = "ไม่"
    assert taken(book)["manuals"].checked == ["steps", "forms"]
    for name in marks:
        sheet.cell(rows["manuals", "checked", name], RESULT).value = NOT_DONE
    assert taken(book)["manuals"].checked == []


def taken(book: Workbook) -> dict[str, Result]:
    path = world().root / "filled.xlsx"
    book.save(path)
    (data,) = workbook.take_in(world(), path, over=True).files.values()
    read = yaml_tree.parse(Path("results.yaml"), data).node
    assert read is not None
    results, faults = to_model(read, Results)
    assert results is not None, faults
    return results.results

"""Sheets as tables of labels: levels as lines of one cell, formulas of letters."""

import io
from pathlib import Path

import pytest
import yaml
from docx import Document

from generator.importing import word

LEVELS = ("ร้อยละ 34", "ร้อยละ 32", "ร้อยละ 30", "ร้อยละ 28", "ร้อยละ 26")


@pytest.mark.parametrize("lead", ["ระดับ {} = ", "{} คะแนน : ", "ระดับที่ {} ", "{}: "])
def test_levels_are_lines_of_one_cell(lead: str) -> None:
    document = Document()
    document.add_paragraph("KPI Template")
    table = document.add_table(rows=0, cols=2)
    for label, text in (
        ("ตัวชี้วัดที่ 1", "อัตราการเสียชีวิต"),
        ("หน่วยวัด", "ร้อยละ"),
        ("คำนิยาม", "ผู้ป่วยที่รับไว้รักษา"),
        ("สูตรคำนวณ", "(A/B) x 100"),
        ("เกณฑ์การให้คะแนน", "\n".join(lead.format(n) + t for n, t in enumerate(LEVELS, 1))),
        ("แหล่งข้อมูล", "เวชระเบียน"),
    ):
        row = table.add_row().cells
        row[0].text = label
        first, *rest = text.split("\n")
        row[1].text = first
        for line in rest:
            row[1].add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    made = word.read_all([(Path("a.docx"), buffer.getvalue())], Path("/a/x"), word.SoFar())
    [raw] = [raw for path, raw in made.files.items() if path.parent.name == "indicators"]
    indicator = yaml.load(raw, yaml.BaseLoader)
    assert [one["text"] for one in indicator["criteria"]["all"]["levels"].values()] == [*LEVELS]
    assert indicator["description"] == "ผู้ป่วยที่รับไว้รักษา"
    assert [one["name"] for one in indicator["value"]["inputs"].values()] == ["A", "B"]
    assert [one.line.said for one in made.left] == []

"""Heads of three lines, columns beside levels: which words are a round, and which are not."""

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document

from generator.importing import word


def imported(rows: list[list[str | None]], height: int) -> tuple[dict[str, Any], set[str]]:
    """The files of one table, and what is left over; None goes on with the cell at its left."""
    document = Document()
    for line in ("คำรับรองการปฏิบัติราชการ", "กองตัวอย่าง", "ปีงบประมาณ พ.ศ. 2570"):
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text is None:
                begin = next(c for c in range(column, -1, -1) if row[c] is not None)
                table.cell(number, begin).merge(table.cell(number, column))
            else:
                table.cell(number, column).text = text
    for number in range(height):
        mark = table.rows[number]._tr.get_or_add_trPr()
        mark.append(mark.makeelement(f"{{{mark.nsmap['w']}}}tblHeader", {}))
    buffer = io.BytesIO()
    document.save(buffer)
    made = word.read_all([(Path("a.docx"), buffer.getvalue())], Path("/a/x"), word.SoFar())
    files = {path.name: yaml.load(raw, yaml.BaseLoader) for path, raw in made.files.items()}
    return files, {one.line.said for one in made.left}


@pytest.mark.parametrize(
    ("over", "below", "rounds", "left"),
    [
        ("เกณฑ์การให้คะแนน", "ค่าเป้าหมาย", ["เกณฑ์การให้คะแนน ค่าเป้าหมาย"], set()),
        ("รอบที่ 1", "ระดับคะแนน", ["รอบที่ 1 ระดับคะแนน"], set()),
    ],
)
def test_heads_over_the_same_columns_are_one_round(
    over: str, below: str, rounds: list[str], left: set[str]
) -> None:
    rest: list[str | None] = [None, None]
    files, told = imported(
        [
            ["ที่", "ตัวชี้วัด", "หน่วยวัด", "น้ำหนัก", over, *rest],
            ["", "", "", "", below, *rest],
            ["", "", "", "", "1", "2", "3"],
            ["1", "จำนวนเรื่อง", "เรื่อง", "100", "10", "20", "30"],
        ],
        3,
    )
    assert [one["name"] for one in files["agency.yaml"]["rounds"]] == rounds
    indicator = files["kpi-01.yaml"]
    assert indicator["measure"] == "เรื่อง"
    [levels] = [one["levels"] for one in indicator["criteria"].values()]
    assert [level["text"] for level in levels.values()] == ["10", "20", "30"]
    assert told == {"หน่วยวัด"} | left


def test_a_title_over_two_rounds_is_none() -> None:
    files, told = imported(
        [
            ["ตัวชี้วัด", "น้ำหนัก", "เกณฑ์การประเมิน", None, None, None, None, None],
            ["", "", "รอบที่ 1", None, None, "รอบที่ 2", None, None],
            ["", "", "1", "2", "3", "1", "2", "3"],
            ["จำนวนเรื่อง", "100", "10", "20", "30", "40", "50", "60"],
        ],
        3,
    )
    assert [one["name"] for one in files["agency.yaml"]["rounds"]] == ["รอบที่ 1", "รอบที่ 2"]
    criteria = files["kpi-01.yaml"]["criteria"]
    assert [criteria["2"]["levels"][key]["text"] for key in "123"] == ["40", "50", "60"]
    assert told == {"เกณฑ์การประเมิน"}

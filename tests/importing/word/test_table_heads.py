"""Heads of three lines, columns beside levels: which words are a round, and which are not."""

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document

from generator.importing import word


def imported(rows: list[list[str | None]], height: int) -> tuple[dict[str, Any], set[str]]:
    """The files of one table, and what is left over; None goes on with the cell at its left.

    ``^`` goes on with the one above.
    """
    document = Document()
    for line in ("คำรับรองการปฏิบัติราชการ", "กองตัวอย่าง", "ปีงบประมาณ พ.ศ. 2570"):
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == "^":
                table.cell(number - 1, column).merge(table.cell(number, column))
            elif text is None:
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


NAMES = ("ต้องเร่งรัด", "ได้มาตรฐาน", "เป็นเลิศ")
"""What an agency calls its levels."""


@pytest.mark.parametrize("height", [0, 2])
def test_levels_are_known_by_their_place_whatever_they_are_called(height: int) -> None:
    files, told = imported(
        [
            ["ตัวชี้วัด", "น้ำหนัก", "ไตรมาสที่ 1 – 2", None, None, "ไตรมาสที่ ๔", None, None],
            ["^", "^", *NAMES, *NAMES],
            ["1. จำนวนเรื่อง", "60", "10", "20", "30", "40", "50", "60"],
            ["2. จำนวนครั้ง", "40", "1", "2", "3", "4", "5", "6"],
        ],
        height,
    )
    agency = files["agency.yaml"]
    assert [level["name"] for level in agency["scales"]["main"]["levels"]] == [*NAMES]
    assert [(one["start"], one["end"]) for one in agency["rounds"]] == [
        ("1 ตุลาคม 2569", "31 มีนาคม 2570"),
        ("1 กรกฎาคม 2570", "30 กันยายน 2570"),
    ]
    criteria = files["kpi-02.yaml"]["criteria"]
    assert [level["text"] for level in criteria["4"]["levels"].values()] == ["4", "5", "6"]
    assert told == set()


@pytest.mark.parametrize(
    "names",
    [
        ["A", "B", "C", "D", "F"],
        ["ผ่าน", "ไม่ผ่าน"],
        ["ทำเกินเป้า", "บรรลุเป้าหมาย", "ไม่บรรลุเป้าหมาย"],
        ["ดีเด่น", "ดีมาก", "ดี", "พอใช้", "ต้องปรับปรุง"],
        ["เขียว", "เหลือง", "แดง"],
        ["Excellent", "Very Good", "Good", "Fair", "Poor"],
        ["เกินความคาดหมาย", "ตามความคาดหมาย", "ต้องพัฒนา"],
        ["สูงกว่าเป้าหมาย", "สำเร็จตามแผน", "ไม่สำเร็จตามแผน"],
        ["พัฒนาจนเกิดผล", "ก้าวหน้า", "พื้นฐาน"],
        ["ก่อนกำหนด", "ตามกำหนด", "เกินกำหนด"],
        ["พัฒนาจนยั่งยืน", "กำลังพัฒนา", "ต้องพัฒนา"],
    ],
)
@pytest.mark.parametrize("best_first", [True, False])
def test_the_best_level_is_the_highest_wherever_it_stands(
    names: list[str], best_first: bool
) -> None:
    heads = names if best_first else names[::-1]
    texts = [f"{'ก' * (i + 1)} เรื่อง" for i in range(len(heads))]
    files, _ = imported(
        [
            ["ตัวชี้วัด", "น้ำหนัก", "เกณฑ์การให้คะแนน", *[None] * (len(heads) - 1)],
            ["^", "^", *heads],
            ["1. จำนวนเรื่อง", "100", *texts],
        ],
        2,
    )
    levels = files["agency.yaml"]["scales"]["main"]["levels"]
    assert [level["name"] for level in levels] == names[::-1]
    [criteria] = files["kpi-01.yaml"]["criteria"].values()
    said = [level["text"] for level in criteria["levels"].values()]
    assert said == (texts[::-1] if best_first else texts)


def test_levels_whose_words_do_not_tell_count_from_the_left() -> None:
    files, _ = imported(
        [
            ["ตัวชี้วัด", "น้ำหนัก", "เกณฑ์การให้คะแนน", None, None],
            ["^", "^", "พอใช้", "ดีมาก", "ดี"],
            ["1. จำนวนเรื่อง", "100", "มีแผน", "มีผล", "มีสรุป"],
        ],
        2,
    )
    names = [level["name"] for level in files["agency.yaml"]["scales"]["main"]["levels"]]
    assert names == ["พอใช้", "ดีมาก", "ดี"]


@pytest.mark.parametrize(
    "heads", [["แผน", "ผล"], ["2568", "2569"], ["จำนวน", "ร้อยละ"], ["ร้อยละ 70", "ร้อยละ 80"]]
)
def test_other_columns_below_a_round_are_no_levels(heads: list[str]) -> None:
    files, _ = imported(
        [
            ["ตัวชี้วัด", "น้ำหนัก", "ไตรมาสที่ 1", None],
            ["^", "^", *heads],
            ["1. จำนวนเรื่อง", "100", "10", "20"],
        ],
        2,
    )
    assert "criteria" not in files.get("kpi-01.yaml", {})


def test_the_first_row_of_values_is_no_head() -> None:
    files, _ = imported(
        [
            ["ตัวชี้วัด", "น้ำหนัก", "เกณฑ์การให้คะแนน", None, None],
            ["1. จำนวนเรื่อง", "100", "มีแผน", "มีผล", "มีสรุป"],
        ],
        0,
    )
    assert "มีแผน" not in str(files["agency.yaml"]["scales"])
    assert files["kpi-01.yaml"]["name"] == "จำนวนเรื่อง"

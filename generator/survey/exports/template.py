"""An empty table for answers, and the codebook that says what its codes mean.

The table is a row of codes alone, so that what is filled in below it is read as it stands. Both
files begin with a byte order mark: without it Excel doesn't show Thai.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ..headers import RESPONDENT
from .screen import ScreenForm, ScreenQuestion

CODEBOOK = ("รหัส", "ส่วนที่", "ข้อคำถาม", "ชนิดคำตอบ", "ต้องตอบ", "ตอบเมื่อ", "รหัสคำตอบ", "คำตอบ")
"""The codebook's columns: a row an option, or one for a question without options."""

_KINDS = {
    "one": "เลือก 1 คำตอบ",
    "many": "เลือกได้หลายคำตอบ รหัสคั่นด้วยเว้นวรรค",
    "level": "ระดับ",
    "scale": "ตัวเลขของมาตร",
    "place": "ลำดับที่ แต่ละลำดับใช้ครั้งเดียว",
    "number": "จำนวนเต็ม",
    "text": "ข้อความ",
}
_YES = "ใช่"
_ACTIVE = tuple("=+-@\t\r")
"""What a cell of a CSV begins with when a spreadsheet takes it for a formula."""


def answers(asked: ScreenForm) -> bytes:
    """The CSV to fill in: a column for who answers, and one for each code."""
    return as_csv([(RESPONDENT, *(each.column.code for each in asked.asked))])


def codebook(asked: ScreenForm) -> bytes:
    """What each code stands for."""
    rows: list[Sequence[str]] = [CODEBOOK]
    rows.append((RESPONDENT, "", "ผู้ตอบ (เลขที่หรือรหัส ไม่ซ้ำกัน)", _KINDS["text"], "", "", "", ""))
    for page in asked.pages:
        for block in page.blocks:
            for each in block.asked:
                rows += _rows(each, page.heading)
    return as_csv(rows)


def _rows(asked: ScreenQuestion, part: str) -> Iterable[Sequence[str]]:
    column = asked.column
    kind = _KINDS[column.kind]
    if column.kind == "number":
        kind = f"{kind} {column.least} ถึง {column.most}"
    condition = ""
    if asked.condition is not None:
        opener, option = asked.condition
        condition = f"{opener.code} = {option}" if option is not None else opener.code
    about = (
        column.code,
        part,
        asked.place.header,
        kind,
        "" if column.optional else _YES,
        condition,
    )
    options = asked.labels.items() or (("", ""),)
    return [(*about, code, words) for code, words in options]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV that spreadsheets open as text, in the right letters."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_harmless(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return f"'{text}" if text.startswith(_ACTIVE) else text

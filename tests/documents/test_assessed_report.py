"""The report of several assessors and its end, as both formats say it."""

from __future__ import annotations

import pytest

from generator import verify
from support import assessed


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_report_says_what_assessors_and_parties_said(form: str) -> None:
    data = assessed.report()[form]
    story = verify.docx_content(data) if form == "docx" else verify.pdf_facts(data).content
    said = "\n".join(verify.squeezed(piece.text) for piece in story)
    for words in (
        "ผลการประเมินของผู้ประเมินแต่ละฝ่าย",
        "(ต่าง −1)",
        "ส่งคืนให้แก้ไข",
        "ยังไม่ประเมิน",
        "คู่มือยังไม่ผ่านความเห็นชอบ",
        "คะแนน 2.5",
        "จัดเก็บหลักฐานให้ครบ",
        "พบหนังสือเห็นชอบ",
        "อยู่ระหว่างพิจารณา",
        "ยังไม่ให้คะแนน เพราะรอการประเมินของคณะกรรมการกลั่นกรอง",
        "คำวินิจฉัยอุทธรณ์ของคณะกรรมการอุทธรณ์ 20 พฤษภาคม 2570: คะแนนจาก 3 เป็น 3.5",
        "ความเห็นของผู้ทำคำรับรอง",
        "รับทราบผลการประเมิน",
        "ความเห็นของผู้รับคำรับรอง",
        "วันที่ 30 เมษายน 2570",
    ):
        assert verify.squeezed(words) in said, words

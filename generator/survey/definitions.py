"""The definitions of a survey's percentages in words, as every document prints them."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Definitions

_MANY = "คะแนนเต็มของแต่ละมาตร"
_OVER = {"items": "ทุกข้อ (ไม่รวมข้อโดยรวม)", "overall": "ข้อความพึงพอใจโดยรวม"}
_DISSATISFACTION = {
    "part3": "ร้อยละของผู้ตอบที่ระบุประเด็นความไม่พึงพอใจอย่างน้อยหนึ่งประเด็นในระดับมากหรือมากที่สุด "
    "ผู้ที่ข้ามส่วนนี้ถือว่าไม่มี",
    "bottom-two": "ร้อยละของคำตอบระดับน้อยและน้อยที่สุดในข้อความพึงพอใจ",
    "complement": "100 ลบด้วยร้อยละความพึงพอใจ",
}
_POOLING = {
    "by_respondent": "รวมคำตอบของทุกแบบสำรวจเข้าด้วยกันแล้วจึงคำนวณ",
    "by_group": "ค่าเฉลี่ยของร้อยละจากแต่ละแบบสำรวจ",
}


FIVE = (5,)
"""The full mark of most scales."""


def satisfaction(definitions: Definitions, full: Sequence[int] = FIVE) -> str:
    """How satisfaction is worked out, in words alone: a page never names a setting.

    ``full`` are the full marks of the scales that are read.
    """
    defined = definitions.satisfaction
    if defined.measure == "mean":
        if len(full) > 1:
            return f"ค่าเฉลี่ยของ (คำตอบ ÷ {_MANY}) ของ{_OVER[defined.over]} × 100"
        return f"ค่าเฉลี่ยของคำตอบ{_OVER[defined.over]} ÷ {_out_of(full)} × 100"
    return f"ร้อยละของคำตอบ{_top(full)}ของ{_OVER[defined.over]}"


def percentage(definitions: Definitions, full: Sequence[int] = FIVE) -> str:
    """How the percentage of a single statement, of a section or of a group is worked out."""
    if definitions.satisfaction.measure == "mean":
        if len(full) > 1:
            return f"ค่าเฉลี่ยของ (คำตอบ ÷ {_MANY}) × 100"
        return f"ค่าเฉลี่ย ÷ {_out_of(full)} × 100"
    return f"ร้อยละของคำตอบ{_top(full)}"


def dissatisfaction(
    definitions: Definitions, full: Sequence[int] = FIVE, issues: Sequence[int] = FIVE
) -> str:
    """How dissatisfaction is worked out; ``issues`` are the full marks of what people write."""
    said = _DISSATISFACTION[definitions.dissatisfaction]
    if definitions.dissatisfaction == "part3" and tuple(issues) != FIVE:
        said = said.replace("ในระดับมากหรือมากที่สุด", "ในสองระดับสูงสุด")
    if definitions.dissatisfaction == "bottom-two" and tuple(full) != FIVE:
        said = said.replace("ระดับน้อยและน้อยที่สุด", "สองระดับต่ำสุด")
    return said


def _top(full: Sequence[int]) -> str:
    return "ระดับมากและมากที่สุด" if tuple(full) == FIVE else "สองระดับสูงสุด"


def _out_of(full: Sequence[int]) -> str:
    return str(full[0]) if full else str(FIVE[0])


def pooling(definitions: Definitions) -> str:
    """How several questionnaires are put together."""
    return _POOLING[definitions.pooling]

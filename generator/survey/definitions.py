"""The definitions of a survey's percentages in words, as every document prints them."""

from __future__ import annotations

from ..model import Definitions

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


def satisfaction(definitions: Definitions) -> str:
    """How satisfaction is worked out; the setting's own name stands behind it."""
    defined = definitions.satisfaction
    name = f"{defined.measure}, {defined.over}"
    if defined.measure == "mean":
        return f"ค่าเฉลี่ยของคำตอบ{_OVER[defined.over]} ÷ 5 × 100 ({name})"
    return f"ร้อยละของคำตอบระดับมากและมากที่สุดของ{_OVER[defined.over]} ({name})"


def percentage(definitions: Definitions) -> str:
    """How the percentage of a single statement, of a section or of a group is worked out."""
    if definitions.satisfaction.measure == "mean":
        return "ค่าเฉลี่ย ÷ 5 × 100 (mean)"
    return "ร้อยละของคำตอบระดับมากและมากที่สุด (top-two)"


def dissatisfaction(definitions: Definitions) -> str:
    """How dissatisfaction is worked out."""
    return f"{_DISSATISFACTION[definitions.dissatisfaction]} ({definitions.dissatisfaction})"


def pooling(definitions: Definitions) -> str:
    """How several questionnaires are put together."""
    return f"{_POOLING[definitions.pooling]} ({definitions.pooling})"

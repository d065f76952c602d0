"""The defaults that decided a score, in words, and where each is stated."""

from __future__ import annotations

from . import assessed_words
from .trace import Policy

STATED = {
    "criteria": "ตามเกณฑ์ของตัวชี้วัด",
    "scale": "ตามที่กำหนดไว้กับระดับคะแนน",
    "agency": "ตามนโยบายการให้คะแนนของหน่วยงาน",
    "round": "ตามที่กำหนดไว้กับรอบการประเมิน",
}
_READ = {
    "decimals": "เกณฑ์ที่กำหนดเงื่อนไขของแต่ละระดับ",
    "points_decimals": "เกณฑ์ที่เทียบบัญญัติไตรยางศ์ระหว่างระดับ",
}
COMBINE = {
    "min": "ใช้คะแนนต่ำสุดของทุกส่วน",
    "max": "ใช้คะแนนสูงสุดของทุกส่วน",
    "sum": "ใช้ผลรวมคะแนนของทุกส่วน",
    "mean": "ใช้ค่าเฉลี่ยของทุกส่วน",
    "weighted": "ใช้ค่าเฉลี่ยถ่วงน้ำหนักของทุกส่วน",
}
_ROUNDS = {
    "separate": "ให้คะแนนแต่ละรอบแยกกัน ไม่นำมาเฉลี่ย",
    "last": "ใช้คะแนนของรอบสุดท้ายเป็นผลการประเมิน",
}
_EXEMPT = {
    "component": "แบ่งให้ตัวชี้วัดอื่นในองค์ประกอบเดียวกันตามสัดส่วนของน้ำหนัก",
    "tree": "แบ่งให้ตัวชี้วัดอื่นทั้งหมดตามสัดส่วนของน้ำหนัก",
    "given": "นำไปเพิ่มให้ตัวชี้วัดที่ระบุไว้",
    "left-out": "ไม่นำมาคิด และคิดคะแนนรวมจากน้ำหนักที่เหลือ",
}


def policy_line(policy: Policy) -> str:
    """A policy in words, and where it is stated."""
    stated = STATED[policy.stated]
    if policy.name in _READ:
        read = _READ[policy.name]
        if policy.setting == "none":
            return f"{read}: ไม่ปัดเศษผลการดำเนินงานก่อนเทียบเกณฑ์ ({stated})"
        return (
            f"{read}: ปัดผลการดำเนินงานเป็นทศนิยม {policy.setting} ตำแหน่งก่อนเทียบเกณฑ์ "
            f"ครึ่งหนึ่งปัดขึ้น ({stated})"
        )
    if policy.name == "below" and policy.setting == "linear":
        return f"ผลที่ไม่ถึงระดับแรกได้คะแนนลดลงตามสัดส่วนของสองระดับแรก แต่ไม่ต่ำกว่า 0 ({stated})"
    if policy.name == "below":
        return f"ผลที่ไม่ถึงระดับแรกได้ {policy.setting} คะแนน ({stated})"
    if policy.name == "combine":
        return f"ตัวชี้วัดที่มีหลายส่วน{COMBINE[policy.setting]} ({stated})"
    if policy.name == "assessment":
        return f"{assessed_words.rule(policy.setting)} ({stated})"
    if policy.name == "exempt_weight":
        return f"น้ำหนักของตัวชี้วัดที่ไม่นำมาประเมิน{_EXEMPT[policy.setting]} ({stated})"
    if policy.name == "span":
        return f"รอบนี้ประเมินผลตั้งแต่ {policy.setting} ({stated})"
    return f"{_ROUNDS[policy.setting]} ({stated})"

"""Several assessors' scores in words: each one's, how they become one, what an appeal changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from .. import thai
from ..exact import Exact, shown
from .trace import AppealDecided, AssessorsCombined, AssessorScored

_RULES = {
    "mean": "คะแนนเป็นค่าเฉลี่ยของผู้ประเมินทุกคน",
    "weighted": "คะแนนเป็นค่าเฉลี่ยถ่วงน้ำหนักของผู้ประเมินทุกคน",
    "each_at_least": "ผู้ประเมินทุกคนต้องให้คะแนนถึงเกณฑ์ขั้นต่ำ จึงใช้ค่าเฉลี่ย",
}


def rule(setting: str) -> str:
    """Whose score counts; ``setting`` is a rule, or what the one assessor is called."""
    return _RULES.get(setting, f"ใช้คะแนนของ{setting}เป็นคะแนนที่ได้")


def signed(number: Exact) -> str:
    """A difference with its sign: +0.5, −0.5, 0."""
    if not number:
        return "0"
    return f"+{shown(number)}" if number > 0 else f"−{shown(-number)}"


def scored(step: AssessorScored) -> str:
    """What one assessor gave, and how that differs from the one before."""
    verb = "เห็นด้วย" if step.agreed else "ให้คะแนน"
    if step.difference is None or step.agreed:
        return f"{step.name}: {verb} {shown(step.points)}"
    before = Fraction(step.points) - Fraction(step.difference)
    worked = f"{shown(step.points)} − {shown(before)} = {signed(step.difference)}"
    return f"{step.name}: {verb} {shown(step.points)} (ต่างจากก่อนหน้า {worked})"


def combined(step: AssessorsCombined) -> tuple[str, ...]:
    """How the scores become the one that counts."""
    points = shown(step.points)
    scores = list(map(shown, step.scores))
    if step.rule == "one":
        return (f"{rule(step.names[0])}: {points}",)
    mean = f"({' + '.join(scores)}) ÷ {len(scores)} = {points}"
    if step.rule == "mean":
        return (f"{rule('mean')}: {mean}",)
    if step.rule == "weighted":
        weights = list(map(shown, step.weights))
        products = " + ".join(f"{w} × {s}" for w, s in zip(weights, scores, strict=True))
        return (f"{rule('weighted')}: ({products}) ÷ ({' + '.join(weights)}) = {points}",)
    assert step.least is not None
    assert step.bound is not None
    bound = f"{shown(step.full)} × {shown(step.bound)} ÷ 100 = {shown(step.least)}"
    short = [n for n, s in zip(step.names, step.scores, strict=True) if s < step.least]
    if short:
        return (
            f"ทุกคนต้องให้คะแนนตั้งแต่ {bound} ขึ้นไป: {' และ '.join(scores)}",
            f"คะแนนของ{' และ '.join(short)}ไม่ถึงเกณฑ์ จึงได้ {points}",
        )
    return (
        f"ทุกคนต้องให้คะแนนตั้งแต่ {bound} ขึ้นไป: {' และ '.join(scores)}",
        f"ถึงเกณฑ์ทุกคน จึงใช้ค่าเฉลี่ย: {mean}",
    )


def decided(step: AppealDecided) -> str:
    """What a decision on an appeal changed."""
    day = thai.long_date(date.fromisoformat(step.day))
    return f"คำวินิจฉัยอุทธรณ์ของ{step.by} {day}: คะแนนจาก {shown(step.was)} เป็น {shown(step.now)}"


def waiting(waits_for: Sequence[str], returned_by: str) -> str:
    """Why there is no score yet: somebody sent it back, or hasn't assessed it."""
    if returned_by:
        return f"ยังไม่ให้คะแนน เพราะ{returned_by}ส่งคืนให้แก้ไข"
    return f"ยังไม่ให้คะแนน เพราะรอการประเมินของ{' และ '.join(waits_for)}"

"""Why something isn't judged, and what became of its weight, in words."""

from __future__ import annotations

from ..exact import Exact, shown
from .exemptions import Exempt, WeightGiven
from .rows import ScoredIndicator

_WITHIN = {"component": "ในองค์ประกอบเดียวกัน", "tree": ""}


def exempt_line(exempt: Exempt, weight: Exact | None = None) -> str:
    """What was decided, from which round, why and by whom; with the weight that was agreed."""
    if exempt.kind == "other-rounds":
        return "ไม่มีเป้าหมายที่ประเมินในรอบนี้"
    if exempt.kind == "begins-later":
        said = f"ยังไม่นำมาประเมิน เริ่มประเมินตั้งแต่รอบ {exempt.since}"
    else:
        word = "ยกเลิก" if exempt.kind == "cancelled" else "ไม่นำมาประเมิน"
        since = f"ตั้งแต่รอบ {exempt.since}" if exempt.since else ""
        until = f"{' ' if since else ''}ถึงรอบ {exempt.until}" if exempt.until else ""
        said = f"{word}{since}{until}"
    had = f" น้ำหนักเดิม {shown(weight)}" if weight else ""
    return f"{said} เหตุผล: {exempt.reason} ผู้ตัดสินใจ: {exempt.by}{had}"


def weight_line(row: ScoredIndicator) -> str | None:
    """How an indicator's weight came about, where others aren't judged; else None."""
    change = row.change
    if row.agreed is None or row.weight is None or change is None:
        return None
    before, after = shown(row.agreed), shown(row.weight)
    if isinstance(change, WeightGiven):
        gains = " + ".join(f"{shown(share)} (จาก {name})" for name, share in change.given)
        return f"น้ำหนัก (ข) = {before} + {gains} = {after}"
    group, exempt = shown(change.group), shown(change.exempt)
    return (
        f"น้ำหนัก (ข) = {before} × {group} ÷ ({group} − {exempt}) = {after} "
        f"เพราะแบ่งน้ำหนัก {exempt} ของตัวชี้วัดที่ไม่นำมาประเมิน{_WITHIN[change.within]}ตามสัดส่วน"
    )

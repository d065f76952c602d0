"""What open indicators need for a grade, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.needs import GradeNeed
from ..exact import bare, shown
from ..scoring.least_value import RequiredResult
from ..scoring.needed import PoolNeed, RequiredScore
from .scoreboard import Line

_OUTLOOK = {
    "reached": "ถึงแล้ว ไม่ว่าตัวชี้วัดที่ยังไม่มีผลจะได้คะแนนเท่าใด",
    "missed": "ไม่ถึง และไม่มีตัวชี้วัดที่ยังไม่มีผลแล้ว",
    "out of reach": "ไม่มีทางถึง แม้ตัวชี้วัดที่ยังไม่มีผลจะได้คะแนนเต็มทุกตัว",
}


def lines(found: GradeNeed) -> Iterator[Line]:
    """The total that is needed, then each open indicator: all at one score, and each alone."""
    for total in found.totals:
        yield from _total(total)


def _total(need: PoolNeed) -> Iterator[Line]:
    yield (
        f"ผลการประเมิน {need.grade} (ตั้งแต่ {bare(need.at_least)} จาก 100): ต้องได้คะแนนรวมตั้งแต่ "
        f"{shown(need.needed)} จากคะแนนเต็ม {shown(need.out_of)}",
        "cyan",
    )
    most = f"ได้แล้ว {shown(need.total)} ได้มากที่สุด {shown(need.possible)}"
    yield most, None
    if need.outlook != "needed":
        yield _OUTLOOK[need.outlook], "green" if need.outlook == "reached" else "yellow"
        return
    yield "ถ้าทุกตัวชี้วัดที่ยังไม่มีผลได้คะแนนเท่ากัน", "cyan"
    for one in need.together:
        yield _required(one), None
    yield "อย่างน้อยที่สุดของแต่ละตัว ถ้าตัวอื่นที่ยังไม่มีผลได้คะแนนเต็ม", "cyan"
    for one in need.alone:
        yield _required(one), None


def _required(one: RequiredScore) -> str:
    if not one.score:
        return f"  {one.name}: ผลใดก็ได้"
    parts = [
        f"{result.name}: {_result(result)}" if result.name else _result(result)
        for result in one.results
    ]
    said = f" ({' / '.join(parts)})" if parts else ""
    return f"  {one.name}: คะแนน (ก) ตั้งแต่ {shown(one.score)}{said}"


def _result(result: RequiredResult) -> str:
    low, high = result.at_least, result.at_most
    if result.any:
        return "ผลใดก็ได้"
    if low is not None and high is not None:
        return f"ผล {shown(low, 10)} ถึง {shown(high, 10)}"
    if low is not None:
        return f"ผลตั้งแต่ {shown(low, 10)}"
    if high is not None:
        return f"ผลไม่เกิน {shown(high, 10)}"
    return f"ระดับ {result.level}" if result.level else "ไม่มีระดับที่พอ"

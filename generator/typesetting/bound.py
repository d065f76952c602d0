"""What belongs together and stays on one line: said here, and followed by both formats.

A figure with its word or unit, the parts of a range, day and month and year, initials, a list's
number with the word after it, an opening mark with what it opens; and words that dictionaries of
line breaks take for several.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..thai import MONTHS, SHORT_MONTHS

_MONTHS = (*MONTHS, *SHORT_MONTHS)
_BEFORE = (
    *("ร้อยละ", "ระดับ", "ระดับที่", "ขั้นตอนที่", "ขั้นที่", "ข้อ", "ข้อที่", "ครั้งที่", "ฉบับที่", "ไตรมาส"),
    *("ไตรมาสที่", "รอบ", "รอบที่", "พ.ศ.", "ค.ศ.", "มาตรา", "วันที่", "ลำดับที่", "ปี", "ตัวชี้วัดที่", "ระยะ"),
    *("ระยะที่", "หมวด", "ที่"),
)
"""Words that a figure follows."""

_AFTER = (
    *("คะแนน", "ระดับ", "วันทำการ", "วัน", "เดือน", "ปี", "คน", "ราย", "ครั้ง", "บาท", "ล้านบาท", "แห่ง"),
    *("เรื่อง", "โครงการ", "ฉบับ", "จังหวัด", "อำเภอ", "ตำบล", "หน่วยงาน", "หน่วย", "ขั้นตอน", "ข้อ", "กลุ่ม"),
    *("องค์กร", "หมู่บ้าน", "ชุมชน", "ครัวเรือน", "กิจกรรม", "ตัวชี้วัด", "ผลงาน", "หลักสูตร", "ชั่วโมง", "นาที"),
    *("น.", "%"),
)
"""Units and counting words, which follow a figure."""

_WHOLE = ("ตัวชี้วัด", "อาสาสมัคร", "ประชาสังคม", "เป้าประสงค์", "งบประมาณ")
"""Words that are never broken, though a dictionary finds others in them."""


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"(?<![0-9๐-๙.,])[0-9๐-๙]++(?:[.,][0-9๐-๙]++)*+%?+"
_RANGE = rf"{_NUMBER}\s?[–-]\s?{_NUMBER}"
_WORD, _UNIT = rf"(?:(?:{_any(_BEFORE)})\s?)?", rf"(?:\s?(?:{_any(_AFTER)})(?![.]))?"
_YEAR = r"(?:พ\.ศ\.\s?)?[0-9๐-๙]{2,4}"
_MARKER = r"[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙])+(?![0-9๐-๙])"
_USUAL = (
    rf"{_NUMBER}\s?(?:{_any(_MONTHS)})(?:\s?{_YEAR})?",
    rf"(?:{_any(_MONTHS)})\s?{_YEAR}",
    r"(?<![ก-ฮ])[ก-ฮ][ะ-ู็-๎]?\.(?:[ก-ฮ][ะ-ู็-๎]?\.)+",
    rf"^\s*(?:{_MARKER}|\([0-9๐-๙]{{1,3}}\)|[-•●])\s+\S",
    r"[0-9๐-๙]+(?:/[0-9๐-๙]+)+",
    r"[“‘(\[«]\S",
    _any(_WHOLE),
)
_CLOSE, _LOOSE, _LOOSEST = (
    tuple(map(re.compile, (*rules, *_USUAL)))
    for rules in (
        (rf"{_WORD}(?:{_RANGE}|{_NUMBER}){_UNIT}",),
        (rf"{_WORD}(?<![–-])(?<![–-]\s){_NUMBER}(?!\s?[–-]\s?[0-9๐-๙]){_UNIT}", _RANGE),
        (_RANGE,),
    )
)
_RULES = (_CLOSE, _LOOSE, _LOOSEST)
LOOSEST = len(_RULES) - 1


@lru_cache(maxsize=20_000)
def stretches(text: str, loose: int = 0) -> tuple[tuple[int, int], ...]:
    """What stays on one line: from where to where, in order; what overlaps is one.

    Where room is scarce, a range may part from its word and its unit (``loose`` 1), or any figure
    from them (2); ranges, days and all else stay.
    """
    rules = _RULES[loose]
    found = sorted(match.span() for rule in rules for match in rule.finditer(text))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end - start > 1:
            joined.append((start, end))
    return tuple(joined)

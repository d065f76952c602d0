"""Where a line may break, and what belongs together: said for tests on its own account."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import unicodedata
from functools import lru_cache
from typing import Any

from generator.writers.pdf import renderer

UNITS = (
    "คะแนน|ระดับ|วันทำการ|วัน|เดือน|ปี|คน|ราย|ครั้ง|บาท|ล้านบาท|แห่ง|เรื่อง|โครงการ|ฉบับ|จังหวัด|อำเภอ|ตำบล"
    "|หน่วยงาน|หน่วย|ขั้นตอน|ข้อ|กลุ่ม|องค์กร|หมู่บ้าน|ชุมชน|ครัวเรือน|กิจกรรม|ตัวชี้วัด|ผลงาน|หลักสูตร"
    "|ชั่วโมง|นาที|น\\.|%"
)
WORDS = (
    "ร้อยละ|ระดับ|ระดับที่|ขั้นตอนที่|ข้อ|ข้อที่|ครั้งที่|ฉบับที่|ไตรมาสที่|ไตรมาส|รอบที่|รอบ"
    "|พ\\.ศ\\.|ค\\.ศ\\.|มาตรา|วันที่|ลำดับที่|ปี"
)
MONTHS = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    "|ม\\.ค\\.|ก\\.พ\\.|มี\\.ค\\.|เม\\.ย\\.|พ\\.ค\\.|มิ\\.ย\\.|ก\\.ค\\.|ส\\.ค\\.|ก\\.ย\\.|ต\\.ค\\.|พ\\.ย\\.|ธ\\.ค\\."
)
_DIGITS = "[0-9๐-๙]"
_NUMBER = rf"{_DIGITS}[0-9๐-๙,.]*"
_PAIRS = {
    "figure": (
        re.compile(rf"(?:{WORDS}) ?$"),
        re.compile(rf" ?{_DIGITS}"),
        re.compile(rf"(?<!ที่ )(?<!ที่)(?<![0-9๐-๙]){_NUMBER} ?$"),
        re.compile(rf" ?(?:{UNITS})(?![.]| ?{_DIGITS})"),
    ),
    "range": (
        re.compile(rf"{_NUMBER} ?$"),
        re.compile(rf" ?[–-] ?{_DIGITS}"),
        re.compile(rf"{_NUMBER} ?[–-] ?$"),
        re.compile(rf" ?{_DIGITS}"),
    ),
    "date": (
        re.compile(rf"(?<![0-9๐-๙]){_DIGITS}{{1,2}} ?$"),
        re.compile(rf" ?(?:{MONTHS})"),
        re.compile(rf"(?:{MONTHS}) ?$"),
        re.compile(rf" ?(?:พ\.ศ\. ?)?{_DIGITS}{{2,4}}(?![0-9๐-๙])"),
    ),
    "initials": (
        re.compile(r"(?<![ก-ฮ])[ก-ฮ][ะ-ู็-๎]?\.$"),
        re.compile(r"[ก-ฮ][ะ-ู็-๎]?\."),
    ),
    "list number": (
        re.compile(rf"^(?:{_DIGITS}{{1,2}}[.)]|\({_DIGITS}{{1,2}}\)|[-•●]) ?$"),
        re.compile(r" ?\S"),
    ),
    "quote": (re.compile(r"[“‘(\[«]$"), re.compile(r"\S")),
}


@lru_cache(maxsize=50_000)
def places(text: str) -> frozenset[int]:
    """The positions in a text at which the renderer may end a line."""
    with renderer.turn():
        from weasyprint.text.line_break import get_log_attrs

        found = get_log_attrs(text, "th")
        return frozenset(n for n in range(1, len(text)) if found[n].is_line_break)


@lru_cache(maxsize=50_000)
def places_in_libreoffice(text: str) -> frozenset[int]:
    """The positions at which LibreOffice may end a line: ICU's, with ICU's dictionary.

    The renderer's are among them, for what ICU finds in a text depends on where it begins; and so
    are those before marks, which LibreOffice draws a little lower than their letters.
    """
    library, version = _icu()
    said = text.encode("utf-16-le")
    failed = ctypes.c_int(0)
    breaker = getattr(library, f"ubrk_open_{version}")(
        _LINES, b"th", ctypes.create_string_buffer(said), len(said) // 2, ctypes.byref(failed)
    )
    assert failed.value <= 0
    following = getattr(library, f"ubrk_next_{version}")
    found = set(iter(lambda: following(ctypes.c_void_p(breaker)), -1))
    getattr(library, f"ubrk_close_{version}")(ctypes.c_void_p(breaker))
    marks = {n for n, letter in enumerate(text) if unicodedata.category(letter) == "Mn"}
    return frozenset((found | marks) - {len(text)}) | places(text)


_LINES = 2
"""Breaks between lines, as ICU numbers kinds of breaks (UBRK_LINE)."""


@lru_cache(maxsize=1)
def _icu() -> tuple[Any, str]:
    name = ctypes.util.find_library("icuuc")
    assert name is not None, "LibreOffice's line breaks need the library icuuc"
    library, version = ctypes.CDLL(name), name.rpartition(".")[2]
    getattr(library, f"ubrk_open_{version}").restype = ctypes.c_void_p
    return library, version


def parted(before: str, after: str) -> str | None:
    """What is parted between the end of a line and the next one; None where nothing is."""
    for name, rules in _PAIRS.items():
        for left, right in zip(rules[::2], rules[1::2], strict=True):
            if left.search(before) and right.match(after):
                return name
    return None

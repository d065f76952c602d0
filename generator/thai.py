"""Thai dates, digits and letters: how documents write them, and when two spellings are one."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .messages import Message, message

ERA = 543
"""Buddhist Era less Common Era, since 1941."""

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_DIGIT = re.compile("[๐-๙]")
_ARABIC_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTH_NUMBER = {
    name: index for names in (MONTHS, SHORT_MONTHS) for index, name in enumerate(names, 1)
}
_WORDED = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.ศ\.\s*)?(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"([^\d\s]+)\s*(?:พ\.ศ\.\s*)?(\d{4}|\d{2})?")


PRIVATE = {
    # Windows faces: letters moved to make room, as PDFs made with them give them back.
    **dict(
        zip(
            range(0xF700, 0xF70A),
            "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c",
            strict=True,
        )
    ),
    **dict(
        zip(range(0xF70A, 0xF713), "\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ\u0e31\u0e4d\u0e47", strict=True)
    ),
    **dict(
        zip(range(0xF713, 0xF71B), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a", strict=True)
    ),
    # The faces of TLWG have some more of the kind.
    **dict(zip(range(0xF71B, 0xF721), "ฎฏฬ\u0e4d\u0e47\u0e4e", strict=True)),
    # Mac faces: the vowels and marks of a tall letter; each tone mark in three places.
    **dict(zip(range(0xF884, 0xF88A), "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47", strict=True)),
    **{0xF88A + n: "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"[n // 3] for n in range(15)},
    0xF899: "\u0e4d",
}
"""By code point: private-use letters of old Thai faces, and the letters they stand for."""

_BELOW, _ABOVE, _TONES = "\u0e38\u0e39\u0e3a", "\u0e31\u0e34-\u0e37\u0e47", "\u0e48-\u0e4b"
MARKS = re.compile(f"[{_BELOW}{_ABOVE}{_TONES}\u0e4c-\u0e4e]{{2,}}")
"""Several marks over and below one letter."""
AM = re.compile("\u0e4d([\u0e48-\u0e4b]*)[\u0e32\u0e45]|\u0e33([\u0e48-\u0e4b]+)")
"""``ำ`` typed in another way: in two pieces, or before its tone mark."""
FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)}
"""By code point: signs as wide as Chinese ones, and those that are meant."""
_RANKS = {
    **dict.fromkeys("\u0e38\u0e39\u0e3a", 0),
    **dict.fromkeys("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47", 1),
    "\u0e4d": 2,
    **dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 3),
    **dict.fromkeys("\u0e4c\u0e4e", 4),
}
"""Below the letter, above it, นิคหิต, tone marks, ทัณฑฆาต: the order in which marks are typed."""

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(selector) for selector in range(0xFE00, 0xFE10)
}
"""Signs that take no room and that Unicode doesn't count among those for writing as such."""


def thai_digits(text: str) -> str:
    """The text with ๐–๙ in place of 0–9."""
    return text.translate(_THAI_DIGITS)


def arabic_digits(text: str) -> str:
    """The text with 0–9 in place of ๐–๙."""
    return text.translate(_ARABIC_DIGITS) if _THAI_DIGIT.search(text) else text


_PRIVATE = re.compile(f"[{''.join(map(chr, PRIVATE))}]")


def without_private(text: str) -> str:
    """The text with Thai letters for the private-use ones of old faces (``PRIVATE``).

    Such faces also have ``ำ`` in two pieces with the tone mark between, which become one again.
    """
    if _PRIVATE.search(text) is None:
        return text
    mapped = text.translate(PRIVATE)
    return text if mapped == text else AM.sub(_am, mapped)


# Units name the same indicators, components and people again and again.
@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A name as it is compared: what looks or means the same is spelt the same.

    Private-use letters, ``ํ`` and ``า`` for ``ำ``, two ``เ`` for ``แ``, ``ๅ`` for ``า``, marks in
    another order or twice, signs that nobody sees, Thai digits, full-width signs, and all kinds
    of white space, which is one blank, and none at the ends. Capitals stay.
    """
    if text.isascii():
        return " ".join(text.split())
    while (once := _fold(text)) != text:  # taking one sign out can bring two together
        text = once
    return once


def _fold(text: str) -> str:
    text = "".join(sign for sign in without_private(text) if not is_unseen(sign))
    text = unicodedata.normalize("NFC", text.translate(FULL_WIDTH))
    text = MARKS.sub(lambda found: in_order(found[0]), text)
    text = AM.sub(_am, text)
    text = MARKS.sub(lambda found: in_order(found[0]), text)
    text = text.replace("\u0e40\u0e40", "\u0e41").replace("\u0e45", "\u0e32")
    return " ".join(unicodedata.normalize("NFC", arabic_digits(text)).split())


def _am(found: re.Match[str]) -> str:
    return f"{found[1] or found[2] or ''}\u0e33"


def in_order(marks: str) -> str:
    """Marks over one letter in the order in which they are typed, each once."""
    return "".join(sorted(dict.fromkeys(marks), key=lambda mark: _RANKS[mark]))


def is_unseen(sign: str) -> bool:
    """Whether a sign takes no room: zero-width, for joining or for direction, a byte order mark."""
    return unicodedata.category(sign) == "Cf" or sign in _UNSEEN


_TICKED = {
    **dict.fromkeys(("1", "true", "yes", "y", "x", "/", "✓", "✔", "☑", "☒", "🗸"), True),
    **dict.fromkeys(("ใช่", "ทำแล้ว", "แล้ว", "เสร็จ", "เสร็จแล้ว"), True),
    **dict.fromkeys(("0", "false", "no", "n", "-", "✗", "✘", "☐"), False),
    **dict.fromkeys(("ไม่", "ไม่ใช่", "ไม่ได้ทำ", "ยัง", "ยังไม่ทำ", "ยังไม่ได้ทำ", "ยังไม่เสร็จ"), False),
}


def ticked(text: str) -> bool | None:
    """Whether what stands in a cell to tick is a tick (``ใช่``, 1, x, ✓) or none; None: neither.

    The sign × is neither: it is a cross to some and a tick to others. An x is a tick, as on paper.
    """
    word = folded(text).casefold().removesuffix("\ufe0f").rstrip(".")
    return _TICKED.get(re.sub(r"\.0+$", "", word))


def parse_date(text: str) -> date | None:
    """The date an officer wrote (``1 ตุลาคม 2565``, ``1 ต.ค. 2565``, ISO), or None.

    A year of 2400 or more is of the Buddhist Era.
    """
    found = _day_written(text)
    if found is None:
        return None
    try:
        return date(*found)
    except ValueError:
        return None


def no_such_day(text: str) -> Message | None:
    """Why a text that is nearly a date is none; or nothing.

    There is no such day, the year has two figures, or the month is one: 15/12/2569.
    """
    short = _SHORT_YEAR.fullmatch(folded(text))
    if short is not None and short[2] in _MONTH_NUMBER:
        whole = f"{short[1]} {short[2]} 25{short[3]}"
        return message("year-of-two-figures", written=text, whole=whole)
    slashed = _SLASHED.fullmatch(folded(text))
    if slashed is not None and 1 <= int(slashed[2]) <= 12:
        year = slashed[3] if len(slashed[3]) == 4 else f"25{slashed[3]}"
        whole = f"{int(slashed[1])} {MONTHS[int(slashed[2]) - 1]} {year}"
        return message("month-in-figures", written=text, whole=whole)
    found = _day_written(text)
    if found is None or parse_date(text) is not None:
        return None
    year, month, day = found
    if not 1 <= month <= 12:
        return message("no-such-month", month=str(month))
    if not 1 <= year <= 9999:
        return message("no-such-year", year=str(year))
    last, name = calendar.monthrange(year, month)[1], MONTHS[month - 1]
    return message("no-such-day", day=str(day), month=name, year=str(year + ERA), count=last)


def _day_written(text: str) -> tuple[int, int, int] | None:
    """Year (C.E.), month and day as they are written, whether or not there is such a day."""
    text = folded(text)
    if match := _ISO.fullmatch(text):
        year, month, day = (int(group) for group in match.groups())
    elif match := _WORDED.fullmatch(text):
        found = _MONTH_NUMBER.get(match[2])
        if found is None:
            return None
        day, month, year = int(match[1]), found, int(match[3])
    else:
        return None
    return year - ERA if year >= 2400 else year, month, day


def parse_month(text: str) -> tuple[int, int | None] | None:
    """The month's number and year (B.E.) in ``ต.ค. 65``, ``ตุลาคม 2565`` or ``ต.ค.``, or None.

    Two digits are a year of the 2500s; a year before 2400 is of the Common Era.
    """
    match = _MONTH.fullmatch(folded(text))
    number = _MONTH_NUMBER.get(match[1]) if match is not None else None
    if match is None or number is None:
        return None
    if match[2] is None:
        return number, None
    year = int(match[2])
    if len(match[2]) == 2:
        return number, year + 2500
    return number, year if year >= 2400 else year + ERA


def long_date(day: date) -> str:
    """``1 ตุลาคม 2565``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + ERA}"


def fiscal_year_start(year: int) -> date:
    """The first day of fiscal year ``year`` (B.E.): 1 October of the year before."""
    return date(year - ERA - 1, 10, 1)


def fiscal_year_end(year: int) -> date:
    """The last day of fiscal year ``year`` (B.E.): 30 September."""
    return date(year - ERA, 9, 30)


def number(value: Decimal) -> str:
    """A number as typed, without an exponent: ``17.5``, ``5``, ``2.50``."""
    return f"{value:f}"


def weight(value: Decimal) -> str:
    """A weight as tables print it: as typed, thousands apart: ``17.5``, ``0.50``, ``100,000``."""
    return f"{value:,f}"

"""Thai dates, digits and numbers as official documents write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

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
_ARABIC_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTH_NUMBER = {
    name: index for names in (MONTHS, SHORT_MONTHS) for index, name in enumerate(names, 1)
}
_WORDED = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.ศ\.\s*)?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def thai_digits(text: str) -> str:
    """The text with ๐–๙ in place of 0–9."""
    return text.translate(_THAI_DIGITS)


def arabic_digits(text: str) -> str:
    """The text with 0–9 in place of ๐–๙."""
    return text.translate(_ARABIC_DIGITS)


def parse_date(text: str) -> date | None:
    """The date an officer wrote (``1 ตุลาคม 2565``, ``1 ต.ค. 2565``, ISO), or None.

    A year of 2400 or more is of the Buddhist Era.
    """
    text = arabic_digits(text.strip())
    if match := _ISO.fullmatch(text):
        year, month, day = (int(group) for group in match.groups())
    elif match := _WORDED.fullmatch(text):
        found = _MONTH_NUMBER.get(match[2])
        if found is None:
            return None
        day, month, year = int(match[1]), found, int(match[3])
    else:
        return None
    try:
        return date(year - ERA if year >= 2400 else year, month, day)
    except ValueError:
        return None


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

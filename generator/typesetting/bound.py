"""What belongs together and stays on one line: said here, and followed by both formats.

A figure with its word or unit, the parts of a range, day and month and year, initials, a list's
number with the word after it, an opening mark with what it opens, a telephone number, a short
word of several (``E-Learning``, ``On/Off``); words that dictionaries of line breaks take for
several; and the names that data tell (``names``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from ..thai import MONTHS, SHORT_MONTHS
from . import TEXTS
from .names import NOTHING, KnownNames

_MONTHS = (*MONTHS, *SHORT_MONTHS)
_BEFORE = (
    "ร้อยละ ระดับ ระดับที่ ระดับคะแนน ขั้นตอนที่ ขั้นที่ ข้อ ข้อที่ ครั้งที่ ฉบับที่ ไตรมาส ไตรมาสที่ รอบ รอบที่ พ.ศ. ค.ศ. "
    "มาตรา วันที่ ลำดับที่ ปี ปีงบประมาณ ตัวชี้วัดที่ ระยะ ระยะที่ หมวด ที่ ภาคผนวก ส่วนที่ ตอนที่ บทที่ หน้า รุ่นที่ กลุ่มที่ "
    "ประเด็นที่ เป้าประสงค์ที่ ยุทธศาสตร์ที่ มาตรการที่ กิจกรรมที่ เรื่องที่ องค์ประกอบที่ มิติที่ ด้านที่ กลยุทธ์ที่ เป้าหมายที่ "
    "วาระที่ งวดที่ เดือนที่ ปีที่"
)
"""Words that a figure follows."""

_AFTER = (
    "คะแนน ระดับ วันทำการ วัน เดือน ปี คน ราย ครั้ง บาท พันบาท แสนบาท ล้านบาท พันล้านบาท แห่ง เรื่อง โครงการ ฉบับ "
    "จังหวัด อำเภอ ตำบล หน่วยงาน หน่วย ขั้นตอน ข้อ กลุ่ม องค์กร หมู่บ้าน ชุมชน ครัวเรือน หลังคาเรือน ครอบครัว กิจกรรม "
    "ตัวชี้วัด ผลงาน หลักสูตร ชั่วโมง นาที วินาที น. % สัปดาห์ ไตรมาส รอบ รุ่น แผ่น หน้า เล่ม ชิ้น ชุด คัน เครื่อง หลัง ห้อง "
    "แปลง ไร่ งาน ตารางวา ตารางเมตร กิโลเมตร เมตร เซนติเมตร มิลลิเมตร กิโลกรัม กรัม ตัน ลิตร ตัว ต้น ล้านคน ล้าน "
    "แสน หมื่น พัน เท่า ตำแหน่ง อัตรา ประเภท ชนิด รายการ รายวิชา วิชา หน่วยกิต สาขา คณะ ประเทศ เขต สาย จุด แบบ "
    "ช่อง คู่ ท่าน นาย รูป คำ ระบบ ช่องทาง กองทุน ตัวอย่าง"
)
"""Units and counting words, which follow a figure."""

_BEFORE_WORDS = tuple(_BEFORE.split())
_AFTER_BY_LETTER = {
    letter: tuple(units) for letter, units in groupby(sorted(_AFTER.split()), key=itemgetter(0))
}

_WHOLE = (
    *("ตัวชี้วัด", "คำรับรอง", "ขึ้นไป", "อาสาสมัคร", "ประชาสังคม", "เป้าประสงค์", "งบประมาณ"),
    *("ปีงบประมาณ", "ผู้รับ", "เว็บไซต์", "มากกว่า", "คำร้อง", "คำถาม", "นายจ้าง"),
    *("ต่ำกว่า", "สูงกว่า", "น้อยกว่า", "หน่วยงาน", "ดำเนินงาน", "ดำเนินการ", "ปฏิบัติงาน"),
)
"""Words that are never broken, though a dictionary finds others in them.

LibreOffice's dictionary has the second ones as one word: it would cut them where a column has no
room for all of one.
"""

_COMPOUNDS = (
    *("ความเชื่อมั่น", "ความไม่พึงพอใจ", "ความผูกพัน", "แบบสำรวจ", "แบบสอบถาม"),
    *("คำตอบ", "ผู้ตอบ", "หรือไม่", "รอคอย", "มากที่สุด", "น้อยที่สุด"),
)
"""Words that are broken only where room is scarce, though a dictionary finds others in them."""


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"(?<![0-9๐-๙.,])[0-9๐-๙]++(?:[.,][0-9๐-๙]++)*+%?+"
_TO = r"\s?(?:[–-]|ถึง)\s?"
_RANGE = rf"{_NUMBER}{_TO}{_NUMBER}"
_YEAR = r"(?:พ\.ศ\.\s?)?[0-9๐-๙]{2,4}"
_MONTH, _SHORT_MONTH = (rf"(?:{_any(names)})" for names in (_MONTHS, tuple(SHORT_MONTHS)))
_SHORT_DAY = rf"(?:{_NUMBER}\s?)?{_SHORT_MONTH}(?:\s?{_YEAR})?"
_MARKER = r"[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙])+(?![0-9๐-๙])"
_LETTER_MARKER = r"[ก-ฮ][.)]|\([ก-ฮ]\)"
_RANKS = "ดร. ผศ. รศ. ศ. นพ. พญ. ทพ. ภก. อ. จ. ต. ถ. ซ. ม. โทร. โทรสาร โทรศัพท์ อีเมล นาย นาง นางสาว"
"""What stands before a name, a number or an address."""

_DIGITS, _DASHES = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙"), "–-"
_SPACES = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_CAPITALS = frozenset(map(chr, range(ord("A"), ord("Z") + 1)))
_LATIN_LETTERS = _CAPITALS | frozenset(map(str.lower, _CAPITALS))
_OF_MONTHS = (
    ((_DIGITS,), rf"{_NUMBER}\s?{_MONTH}(?:\s?{_YEAR})?"),
    ((_DIGITS,), rf"{_MONTH}\s?{_YEAR}"),
    ((_DASHES,), rf"{_MONTH}(?:\s?{_YEAR})?\s[–-]"),
)
_RULES = (
    ((".",), r"(?<![ก-ฮ])[ก-ฮ][ะ-ู็-๎]?\.(?:[ก-ฮ][ะ-ู็-๎]?\.)+"),
    ((".)", _SPACES), rf"(?<=\s)(?:[0-9๐-๙]{{1,3}}[.)]|\([0-9๐-๙]{{1,3}}\)|{_LETTER_MARKER})\s+\S"),
    (("/",), r"[0-9๐-๙]+(?:/[0-9๐-๙]+)+"),
    (("0๐", " -"), r"(?<![0-9๐-๙.,])[0๐][0-9๐-๙]{0,3}(?:[ -][0-9๐-๙]{2,5})+"),
    (("“‘([«{<",), r"[“‘(\[«{<]\s?\S"),
    (("\"'",), r"""(?<!\S)["'](?=\S)\S"""),
    (("”’)]»}", _SPACES), r"\S\s[”’)\]»}]"),
    ((":",), r"(?<!\S)(?:โทร|โทรศัพท์|โทรสาร|อีเมล)\.?\s?:\s?\S++"),
    (("ๆฯ", _SPACES), r"\S\s(?:ๆ|ฯลฯ|ฯ)"),
    (("-", _LATIN_LETTERS), r"(?<![^\W\d_])[A-Za-z]-[A-Za-z]"),
    ((".ทยน", _SPACES), rf"(?<!\S)(?:{_any(_RANKS.split())})\s\S"),
    ((".", _CAPITALS), r"(?<![A-Za-z])[A-Z]\.\s?(?:[A-Z]\.\s?)*[A-Z]"),
    (("วปารณ",), _any(_WHOLE)),
)
"""Patterns, each with sets of signs of which one each stands wherever it matches.

Looking for signs is cheap, and so is looking once for a month.
"""

_LIST = re.compile(rf"\s*(?:{_MARKER}|\([0-9๐-๙]{{1,3}}\)|{_LETTER_MARKER}|[-•●➤])\s+(?=\S)")
"""A list's number and its space, where a text begins."""

_DAYS = rf"{_SHORT_DAY}{_TO}{_SHORT_DAY}", rf"{_MONTH}{_TO}{_MONTH}(?:\s?{_YEAR})?"
_LATIN = rf"(?<![A-Za-z])[A-Za-z]+\s{_NUMBER}"
_HYPHENATED = r"(?<![A-Za-z-])[A-Za-z]{1,8}(?:-[A-Za-z]{1,8}){1,2}(?![A-Za-z-])"
_SLASHED = r"[A-Za-z]{1,12}/[A-Za-z]{1,12}"
"""Where such a word has no room Word cuts it, for it ends no line at a slash."""

LOOSEST = 2

_FIGURES = re.compile(rf"(?P<range>{_RANGE})|(?:[<>≥≤±=~฿$]\s?)?{_NUMBER}")


_Rules = tuple[tuple[tuple[frozenset[str], ...], re.Pattern[str]], ...]
_Spans = tuple[tuple[int, int], ...]


def _compiled(*rules: tuple[Iterable[Iterable[str]], str]) -> _Rules:
    return tuple((tuple(map(frozenset, signs)), re.compile(rule)) for signs, rule in rules)


_ALWAYS = _compiled(*_RULES)
_WHERE_ROOM = _compiled(
    ((_DIGITS, _SPACES, _LATIN_LETTERS), _LATIN),
    (("-", _LATIN_LETTERS), _HYPHENATED),
    (("/", _LATIN_LETTERS), _SLASHED),
    (("วรำสู",), _any(_COMPOUNDS)),
    (("×÷−+", _DIGITS), rf"\({_NUMBER}\s[×÷−+]\s{_NUMBER}\)|[×÷−+]\s{_NUMBER}(?:[)])*"),
)
_MONTHS_ALWAYS = _compiled(*_OF_MONTHS)
_MONTHS_WHERE_ROOM = _compiled(*(((), day) for day in _DAYS))
_ANY_MONTH = re.compile(_MONTH)


@lru_cache(maxsize=TEXTS)
def stretches(
    text: str, loose: int = 0, named: KnownNames = NOTHING
) -> tuple[tuple[int, int], ...]:
    """What stays on one line: from where to where, in order; what overlaps is one.

    Where room is scarce, a range may part from its word and its unit (``loose`` 1), or any figure
    from them (2); ranges, days and all else stay.
    """
    always, where_room, figures = _by_rules(text)
    found = [*always] if loose else [*where_room, *always]
    if figures:
        found += _figures(text, loose, named.measures)
    names = named.whole if loose == LOOSEST else named.whole | named.close
    found += (span for name in names if name in text for span in _places(name, text))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end - start > 1:
            joined.append((start, end))
    return tuple(joined)


@lru_cache(maxsize=TEXTS)
def _by_rules(text: str) -> tuple[_Spans, _Spans, bool]:
    """What rules bind always, what where there is room, and whether there are figures."""
    signs = frozenset(text)
    always, where_room = _found(_ALWAYS, text, signs), _found(_WHERE_ROOM, text, signs)
    if first := marker(text):
        always.append((0, first + 1))
    if _ANY_MONTH.search(text):
        always += _found(_MONTHS_ALWAYS, text, signs)
        where_room += _found(_MONTHS_WHERE_ROOM, text, signs)
    return tuple(always), tuple(where_room), not signs.isdisjoint(_DIGITS)


def _found(rules: _Rules, text: str, signs: frozenset[str]) -> list[tuple[int, int]]:
    absent = signs.isdisjoint
    return [
        match.span()
        for wanted, rule in rules
        if not any(map(absent, wanted))
        for match in rule.finditer(text)
    ]


def marker(text: str) -> int:
    """How many letters at the beginning of a text are a list's number and its space."""
    found = _LIST.match(text)
    return found.end() if found else 0


def _figures(text: str, loose: int, measures: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Figures and ranges, with their words and units as long as these aren't to part."""
    for found in _FIGURES.finditer(text):
        start, end = found.span()
        is_range = found["range"] is not None
        if loose < (LOOSEST - 1 if is_range else LOOSEST):
            before = _before(text[:start])
            # What is the second one isn't two: no unit follows เรื่องที่ 2.
            end += (
                0 if before and text[:start].rstrip().endswith("ที่") else _after(text, end, measures)
            )
            start -= before
        if is_range or loose < LOOSEST:
            yield start, end


def _before(text: str) -> int:
    """How many letters at the end of a text are a word that a figure follows."""
    words = text[:-1] if text.endswith(" ") else text
    if not words.endswith(_BEFORE_WORDS):
        return 0
    return len(text) - len(words) + max(len(w) for w in _BEFORE_WORDS if words.endswith(w))


def _after(text: str, end: int, measures: frozenset[str]) -> int:
    """How many letters after a figure are a unit."""
    start = end + text.startswith(" ", end)
    likely = (*_AFTER_BY_LETTER.get(text[start : start + 1], ()), *measures)
    units = [unit for unit in likely if text.startswith(unit, start)]
    for unit in sorted(units, key=len, reverse=True):
        after = start + len(unit)
        # Of ๙ ปี ๒๕๖๖ the year follows ปี.
        counts = unit in _BEFORE_WORDS and text[after : after + 2].strip()[:1].isdigit()
        if not counts and text[after : after + 1] != ".":
            return after - end
    return 0


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a text; after ตัวอย่าง ก no word begins with that ก."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if " " not in name or not text[end : end + 1].isalpha():
            yield start, end
        start = text.find(name, start + 1)

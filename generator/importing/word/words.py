"""Small things that several readers of a Word file ask: numbers, markers, dotted lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from ... import thai
from .kept import Typed
from .pieces import Line, WordCell, core, squashed

DOTS = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|(?:\. ){4,}\.?)[.…_ ]*")
"""A line to write on."""

_NUMBER = re.compile(
    r"^(\([0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){0,3}(?=\))|(?:ตัวชี้วัด|kpi)(?:ที่)?\s*[0-9๐-๙]+(?:\.[0-9๐-๙]+)*|[0-9๐-๙]+(?:\.[0-9๐-๙]+)*)"
    r"(?:\s*[.):]\s*|\s+)(?=\S)",
    re.I,
)
LEVEL_LINE = re.compile(r"^(?:ระดับ(?:ที่|คะแนน)?|คะแนน)\s*([1-5๑-๕])(?:\s*คะแนน)?\s*[:=.]?\s*(.*)$")
"""A level as a line of words: its number, and what it says."""

POINTS_LINE = re.compile(r"^([1-5๑-๕])(?:\s*คะแนน)?\s*[:=]\s*(\S.*)$")
"""The same by its points alone: ``3 คะแนน = …``, ``3 : …``."""

_LEVEL_KEY = re.compile(r"(?:ระดับ(?:ที่|คะแนน)?|คะแนน)?([1-5])(?:คะแนน)?")
_RANKS = tuple(
    re.compile(rf"(?:ระดับ|เกรด|grade)?(?:{words})(?:\([^()]*\))?", re.I)
    for words in (
        r"[ef]|ไม่ผ่าน.*|ไม่บรรลุ.*|ไม่ถึง.*|ไม่เป็นไป.*|ไม่สำเร็จ.*|ตก|แย่|(?:ต้อง|ควร)(?:ปรับปรุง|พัฒนา).*|ปรับปรุง(?!แล้ว).*|เกิน(?:ที่)?(?:กำหนด|เวลา).*|(?:ล่า)?ช้า.*|poor|fail|needs?.*|(?:ต้อง)?เร่งรัด.*|วิกฤต|น้อยที่สุด|ต่ำมาก|แดง",
        r"d\+?|ต่ำ|ต่ำกว่า.*|น้อย|น้อยมาก|เริ่มต้น|ขั้นต้น|(?:ขั้น)?พื้นฐาน|กำลังพัฒนา|ส้ม|below.*",
        r"c\+?|พอใช้|ปานกลาง|กลาง|เฝ้าระวัง|เหลือง|ทองแดง|ผ่าน(?!.*(?:ดี|สูง)).*|บรรลุ.*|สำเร็จ.*|(?:เป็นไป)?ตาม.*|fair|pass|satisfactory|meets?.*|(?:ได้|ขั้น|ตาม)?มาตรฐาน",
        r"b\+?|ดี|มาก|สูง|เงิน|เกิน.*|(?:เร็วกว่า|ก่อน)(?:ที่)?(?:กำหนด|เวลา|แผน).*|สูงกว่า.*|ขั้นสูง|ก้าวหน้า|good|exceeds?.*|above.*",
        r"a|ดีมาก|พัฒนาจน.*|มากที่สุด|สูงมาก|สูงที่สุด|เขียว|ทอง|verygood",
        r"a\+|s|ดีเด่น|ดีเยี่ยม|เป็นเลิศ|เยี่ยม(?:ยอด)?|ยอดเยี่ยม|ต้นแบบ|โดดเด่น|แพลทินัม|excellent|outstanding",
    )
)
"""Words that levels are called by, from the lowest to the highest."""
_LEVELS_IN = re.compile(
    r"(?:(?<=[\s;,/|])|^)(?=ระดับ(?:ที่|คะแนน)?\s{0,9}[1-5๑-๕](?:\s{0,9}คะแนน)?\s{0,9}[:=])"
)

_OPEN = re.compile(r"^ตัวชี้วัด\.\s+(?=\S)")
TITLES = ("นางสาว", "นาย", "นาง", "ดร.", "ว่าที่", "พล", "ร้อย", "พัน", "ม.ล.", "ม.ร.ว.", "หม่อม")


def level_key(text: str) -> str:
    """The level that a cell names and nothing else: ``3``, ``ระดับ 3``; nothing where it doesn't."""
    found = _LEVEL_KEY.fullmatch(squashed(text))
    return found[1] if found else ""


def rank_of_level(text: str) -> int | None:
    """How high a level is by its name alone, from 0; None where that isn't known."""
    return next((rank for rank, words in enumerate(_RANKS) if words.fullmatch(text)), None)


def level_of(text: str) -> tuple[str, str, str] | None:
    """A level's number, what stands before its words, and its words; None where it is no level."""
    match = LEVEL_LINE.match(text) or POINTS_LINE.match(text)
    return (thai.arabic_digits(match[1]), text[: match.start(2)], match[2]) if match else None


def levels_in(text: str) -> list[str]:
    """A line, parted where several levels stand in it: ``ระดับ 1 = … ระดับ 2 = …``."""
    return [piece for piece in _LEVELS_IN.split(text) if piece.strip()] or [text]


def is_dotted(text: str) -> bool:
    """Whether a text is nothing but a line to write on."""
    return bool(text) and not DOTS.sub("", text).strip(" .…()")


def numbered(line: Line) -> tuple[str, str]:
    """A line's own number, and its words behind it: ``1.``, ``ตัวชี้วัดที่ 1.2`` … or nothing."""
    if line.label and re.search(r"[0-9๐-๙]", line.label):
        return line.label, line.text
    text = line.text
    if match := _NUMBER.match(text) or _OPEN.match(text):
        rest = text[match.end() :]
        number = match[0].strip().rstrip(":)").strip()
        marked = re.search(r"[.):]\s*$", match[0])
        if marked or not re.match(r"[0-9.,%–-]|คะแนน|เดือน|ปี|คน|ครั้ง|เรื่อง", rest):
            return number, rest
    return "", text


def plain_number(number: str) -> str:
    """A number without its marks, in Arabic digits: ``1``, ``16.1``."""
    return re.sub(r"[^\d.]", "", thai.arabic_digits(number)).strip(".")


_OTHER_BULLETS = re.compile(r"^[–—▪■◆➢➤★✓o·]\s+(?=\S)")


def as_text(lines: Iterable[Line], first: str | None = None) -> Typed:
    """Lines as one text with gen's markup; ``first`` are the words of the first line to keep."""
    parts = [(line, line.said) for line in lines]
    if parts and first is not None:
        parts[0] = (parts[0][0], first)
    return text_of(parts)


def text_of(parts: Iterable[tuple[Line, str]]) -> Typed:
    """The same of lines with the words of each that count."""
    out: list[str] = []
    sources: list[tuple[Line, str]] = []
    base: int | None = None
    for line, words in parts:
        if not words:
            continue
        whole = words == line.said
        text = line.marked() if whole else words
        if not line.label:
            text = _OTHER_BULLETS.sub("- ", text)
        depth = _depth(line)
        if line.label and whole:
            text = f"{line.label} {text}"
        base = depth if base is None else min(base, depth)
        out.append("  " * max(depth - base, 0) + text)
        sources.append((line, words if core(words) in core(line.said) else line.said))
    made = Typed("\n".join(out))
    made.sources = sources
    return made


def _depth(line: Line) -> int:
    found = re.search(r"Item([1-9])$", line.style)
    return int(found[1]) - 1 if found else line.depth


def of_cell(cell: WordCell | None) -> Typed | None:
    """What a cell says, as one text; None where it says nothing."""
    if cell is None or not cell.lines:
        return None
    return as_text(cell.lines)


def line_text(lines: Iterable[Line]) -> Typed:
    """Lines as one line of words: a name that was broken by hand."""
    lines = [line for line in lines if line.said]
    made = Typed(" ".join(line.said for line in lines))
    made.sources = [(line, line.said) for line in lines]
    return made


def figure(text: str) -> str | None:
    """The number that a text is, with % or a measure: ``30``, ``17.5``; None where it is none."""
    found = re.fullmatch(
        r"(?:ร้อยละ|น้ำหนัก|:|\s)*([0-9๐-๙][0-9๐-๙,]*(?:\.[0-9๐-๙]+)?)\s*(?:%|คะแนน|ร้อยละ)?",
        text.strip(),
    )
    return thai.arabic_digits(found[1]).replace(",", "") if found else None


def year_of(text: str) -> str | None:
    """The Buddhist year that a text names; None where it names none."""
    found = re.search(r"(?:ปีงบประมาณ|พ\.\s*ศ\.)[^0-9๐-๙]{0,14}([2๒][45๔๕][0-9๐-๙]{2})", text)
    return thai.arabic_digits(found[1]) if found else None


_ROUND = re.compile(r"(?:รอบ|ครั้ง|ไตรมาส)(?:การประเมิน|ประเมิน)?(?:ที่)?\(?([1-9])(?!\d|เดือน)")
_MONTHS = re.compile(r"\(?รอบ?\(?(\d{1,2})เดือน|(\d{1,2})เดือน")


def round_of(text: str) -> str | None:
    """Which round a text names: its number, or its months (``m6``); None where it names none."""
    said = squashed(text)
    if match := _ROUND.search(said):
        return match[1]
    if match := _MONTHS.search(said):
        return f"m{match[1] or match[2]}"
    return None


def slug(text: str) -> str:
    """A short name for files, of the Latin words in brackets of a name; nothing without any."""
    for found in re.findall(r"\(([A-Za-z][A-Za-z0-9 .&-]{1,24})\)", text):
        made = re.sub(r"[^a-z0-9]+", "-", found.lower()).strip("-")
        if made:
            return made
    return ""


def alike(one: str, other: str) -> bool:
    """Whether two names mean the same: equal but for blanks, marks and digits."""
    return core(one) == core(other)


def likeness(one: str, other: str) -> float:
    """How much of two names is the same, from 0 to 1."""
    return difflib.SequenceMatcher(None, core(one), core(other), autojunk=False).ratio()

"""The labels of an indicator's sheet, as agencies write them: other spacing, other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .pieces import Line, squashed

_LABELS: tuple[tuple[str, str], ...] = (
    ("measure", r"หน่วย(?:ที่ใช้)?(?:วัด|นับ)(?:ตัวชี้วัด)?"),
    ("weight", r"(?:ค่า)?น้ำหนัก(?:ตัวชี้วัด|คะแนน|ร้อยละ)?(?:\((?:ร้อยละ|%|คะแนน)\))?"),
    ("objective", r"วัตถุประสงค์(?:ของตัวชี้วัด)?"),
    ("target_group", r"กลุ่มเป้าหมาย"),
    (
        "description",
        r"คำอธิบาย(?:ตัวชี้วัด|เพิ่มเติม)?|(?:คำ)?นิยาม(?:ตัวชี้วัด|ศัพท์)?|คำจำกัดความ|คำอธิบาย/นิยาม|ความหมาย(?:ของ)?ตัวชี้วัด",
    ),
    ("definitions", r"รายการข้อมูล|ตัวแปร(?:ที่ใช้)?"),
    ("formula", r"สูตร(?:การ|ที่ใช้)?(?:ใน)?(?:การ)?คำนวณ|วิธี(?:การ)?คำนวณ|สูตรคำนวน|สูตร"),
    (
        "baselines",
        r"(?:รายละเอียด)?ข้อมูลพื้นฐาน(?:ประกอบตัวชี้วัด)?|ข้อมูล(?:ผลการดำเนินงาน)?ย้อนหลัง|ผลการดำเนินงาน(?:ในอดีต|ที่ผ่านมา|ย้อนหลัง|ในปีงบประมาณพ\.ศ\.\d{4})",
    ),
    ("periods", r"ระยะเวลา(?:ที่|ใน)?(?:การ)?ประเมิน|ช่วงเวลา(?:ที่)?ประเมิน"),
    (
        "criteria",
        r"เกณฑ์การ(?:ประเมิน|ให้คะแนน)(?:ผล)?.{0,40}|เกณฑ์(?:วัด|ระดับคะแนน).{0,30}|ค่าเป้าหมาย/เกณฑ์การให้คะแนน",
    ),
    ("conditions", r"เงื่อนไข(?:ของตัวชี้วัด|การประเมิน)?|หมายเหตุ"),
    ("source", r"แหล่ง(?:ที่มา(?:ของ)?)?ข้อมูล(?:/(?:วิธี)?(?:การ)?.{0,20})?|ที่มาของข้อมูล|แหล่งข้อมูลอ้างอิง"),
    ("documents", r"เอกสาร(?:ประกอบ|สนับสนุน|หลักฐาน|อ้างอิง)|หลักฐานอ้างอิง"),
    ("collection", r"วิธี(?:การ)?(?:จัด)?เก็บ(?:รวบรวม)?(?:ข้อมูล)?|การ(?:จัด)?เก็บ(?:รวบรวม)?ข้อมูล"),
    ("supervisor", r"ผู้กำกับ(?:ดูแล)?(?:ตัวชี้วัด)?|ผู้กำกับติดตาม"),
    ("collector", r"ผู้(?:จัด)?เก็บ(?:รวบรวม)?(?:ข้อมูล)?|ผู้รับผิดชอบ(?:ตัวชี้วัด|ข้อมูล)?"),
    ("telephone", r"(?:เบอร์)?โทร(?:ศัพท์)?\.?|หมายเลขโทรศัพท์"),
)
_IF_ANY = r"(?:\((?:ถ้ามี|หากมี)\))?"
_KNOWN = re.compile("|".join(f"(?P<{name}>(?:{words}){_IF_ANY})" for name, words in _LABELS))
_NAME = re.compile(
    r"^(?P<label>(?:ชื่อ)?ตัวชี้วัด(?:ที่)?|(?:ชื่อ)?KPI(?:\s*ที่)?)\s*"
    r"(?P<number>(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*|\.{2,}|…))?\s*(?P<colon>[:：])?\s*(?P<name>.*)$",
    re.I,
)
_COLON = re.compile(r"(?<!\s)\s*[:：]\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a line: the field it is of, its words, and what follows it.

    ``field`` is empty where the label isn't known.
    """

    field: str
    words: str
    rest: str
    colon: bool


def label_of(line: Line) -> Label | None:
    """The label that a line begins with; None where it begins with none."""
    if line.label and not re.search(r"[0-9๐-๙]", line.label):
        return None
    text = line.text
    colon = _COLON.search(text)
    head, rest = (text[: colon.start()], text[colon.end() :]) if colon else (text, "")
    if re.match(r"https?$", head[-5:]) or len(head) > 70:
        head, rest, colon = text, "", None
    lead = re.match(r"^(?:\d{1,2}[.)]\s*)?", head)
    said = squashed(head[lead.end() if lead else 0 :])
    found = _KNOWN.fullmatch(said)
    if found and found.lastgroup:
        return Label(found.lastgroup, head, rest, colon is not None)
    if colon and re.fullmatch(r"ผู้[ก-๙]{3,40}", said) and "โทร" in text:
        return Label("", head, rest, True)
    bold = _bold_lead(line)
    if bold and (found := _KNOWN.fullmatch(squashed(_COLON.sub("", bold)))) and found.lastgroup:
        words = _COLON.sub("", bold).strip()
        return Label(found.lastgroup, words, _COLON.sub("", text[len(bold) :], 1).strip(), False)
    if colon and not line.label and bold and squashed(head) == squashed(_COLON.sub("", bold)):
        return Label("", head, rest, True)
    if not colon and (found := re.match(_KNOWN, said)) and found.lastgroup and len(said) < 60:
        words = _same_words(text, found.end())
        gap = re.match(r"\s{2,}", text[len(words) :]) or line.bold
        if gap and found.lastgroup not in ("conditions", "criteria"):
            return Label(found.lastgroup, words, text[len(words) :].strip(), False)
    return None


def _bold_lead(line: Line) -> str:
    lead = ""
    for run in line.runs:
        if not run.bold and run.text.strip():
            break
        lead += run.text
    text = " ".join(lead.split())
    return text if text and len(text) < 80 and len(text) < len(line.text) + 1 else ""


def _same_words(text: str, count: int) -> str:
    """The beginning of a text that has so many letters without its blanks."""
    seen = 0
    for index, sign in enumerate(text):
        if seen == count:
            return text[:index]
        seen += not sign.isspace()
    return text


@dataclass(frozen=True, slots=True)
class SheetName:
    """The line that begins a sheet: ``ตัวชี้วัดที่ 1 : …``."""

    label: str
    number: str
    name: str


def sheet_name(said: str) -> SheetName | None:
    """The name of an indicator at the head of its sheet; None where words are none."""
    match = _NAME.match(said)
    if match is None or not match["name"] or not (match["colon"] or match["number"]):
        return None
    if match["name"].startswith(("การประเมิน", "ดังต่อไปนี้")) and not match["colon"]:
        return None
    return SheetName(match["label"], match["number"] or "", match["name"])

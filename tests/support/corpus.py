"""Hard Thai, made by rules: what a font, a shaper or a reader of PDFs may get wrong.

Each list of words is set once in each shape (paragraphs, narrow cells, bold, headings).
Words stand apart by spaces, which no comparison counts. Zero-width spaces do count: they
are in the source, and a reader must give them back.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F))).replace("ฤ", "").replace("ฦ", "")
"""All 44; ฤ and ฦ, which stand between them, are vowels."""

TONES = ("", "่", "้", "๊", "๋")
ABOVE, BELOW = "ัิีึื", "ุู"
NO_TAIL = "ญฐ"
"""Lose their lower part before a vowel below."""

TAILED = "ฎฏ"
"""Push a vowel below further down."""

TALL = "ปฝฟฬ"
"""Push what stands above to the left."""

ZERO_WIDTH_SPACE = "\u200b"

SENTENCES = """
ร้อยละ 55.00 – 64.99
ร้อยละ ๖๕.๐๐ – ๗๔.๙๙ ของเป้าหมาย
PMQA 4.0 ระดับพื้นฐาน (Basic) ได้คะแนน ≥ 300 และ ≤ 400
การเรียนผ่าน E-Learning และ e-Service ของ DSDW – Office Workflow
ผู้บังคับบัญชาให้น้ำหนักแก่ข้อมูลที่ผู้ใต้บังคับบัญชากรอก
ก่อน้ำ ล้ำค่า ช้ำใจ ค้ำประกัน คล้ำ จ้ำ ป้ำ ซ้ำซ้อน ร่ำรวย ต่ำ ขย้ำ กระหน่ำ
กตัญญูกตเวที บัญญัติ ปฏิบัติ ปฏิรูป กฎุมพี ฐานุกรม กฏุก จักจั่น ปรากฏ
ฤๅษี ฤๅ ฦๅชา ฦๅ ฤกษ์ พฤษภาคม ทฤษฎี ฤดูกาล
ต่าง ๆ เช่น ผัก ผลไม้ ฯลฯ กรุงเทพฯ ฯพณฯ นานา ๆ ประการ ฯ
๐๑๒๓๔๕๖๗๘๙ ๑,๒๓๔,๕๖๗.๘๙ ข้อ ๑.๑.๑ พ.ศ. ๒๕๗๐ 0123456789
เก็บเกี่ยว เสด็จ เบี้ยเลี้ยง เรื่องเมื่อเชื้อเชื่อม เยี่ยมเยียน เหยื่อ เปลี้ย เพื่อน
ปฏิสัมภาษณ์ สัมพันธ์ ศิลป์ ฟิล์ม โจทย์ เสน่ห์ จันทร์ ฟาร์ม ปั๊ม ฝั่ง ฟื้น ฬิ่
ญี่ปุ่น หญิง ผู้ใหญ่ ใหญ่ ไม้ ใต้ โต๊ะ แป๊ะ เก๊ จ๋า เดี๋ยว ปิ๊ง กุ๊ก
❬➤ ● ☐ ☑❭ “คำพูด” ‘คำ’ … × ÷ ± ° © – — 1/2 ½ ² %
ABC office efficient fluffy AVATAR To Wa Affi fi ff ffi fl ffl Tผ์ Aก่
พินทุ กฺ ยามักการ ก๎ โคมูตร ๚ะ๛ ๏ ฿ 100 นิคหิต พุทฺธํ สงฺฆํ นํา นำ
""".strip().split("\n")

RUNS = [
    "ผู้อำนวยการกองกิจการอาสาสมัครและภาคประชาสังคมกรมพัฒนาสังคมและสวัสดิการกระทรวงการพัฒนาสังคม"
    "และความมั่นคงของมนุษย์เป็นผู้รับคำรับรองการปฏิบัติราชการตามคำสั่งมอบอำนาจที่ออกโดยผู้บังคับบัญชา",
    "ระดับความสำเร็จของการขับเคลื่อนนโยบายและยุทธศาสตร์ด้านน้ำบาดาลที่ต่ำกว่าเกณฑ์ขั้นต่ำซ้ำแล้วซ้ำเล่า"
    "ไม่ว่าจะด้วยเหตุใดให้ถือว่าผู้ปฏิบัติได้กระทำตามกฎหมายและกฏเกณฑ์ที่กตัญญูชนพึงปฏิบัติ",
]


def _words() -> dict[str, list[str]]:
    every = [(consonant, tone) for consonant in CONSONANTS for tone in TONES]
    marks = [(vowel, tone) for vowel in ABOVE + BELOW for tone in TONES]
    special = [consonant + vowel for consonant in NO_TAIL + TAILED for vowel in BELOW]
    pieces = ["ผู้", "น้ำ", "ปฏิบัติ", "ญู่", "ที่", "ต่ำ", "กฎุ", "ฤๅ", "E", "๙"]
    joined = ["หญิง", "ชาย", "น้ำ", "ที่", "E", "Learning", "2566", "๒๕๗๐", "20.00", "ฯ"]
    return {
        "sara am": [consonant + tone + "ำ" for consonant, tone in every],
        "sara am inside": [f"{c}{t}ำ{c}{t}าน" for c, t in every],
        "stacks": [c + vowel + tone for c in CONSONANTS for vowel, tone in marks],
        "tall": [f"{c}{v}{t}{c}์{c}็น" for c in TALL for v, t in marks],
        "below": [f"{s}{t}{s}" for s in special for t in TONES],
        "frames": [
            frame.replace("-", c + t)
            for c in "กปญฐฏงธ"
            for t in TONES
            for frame in ("เ-า", "แ-ะ", "โ-ง", "ไ-", "ใ-", "เ-าะ", "-อ", "-ะ")
        ]
        + [f"เ{c}{v}{t}{e}" for c in "กปญฐฏงธ" for v, e in ("ีย", "ือ") for t in TONES],
        "zero-width": [
            ZERO_WIDTH_SPACE.join((first, second, first)) for first in pieces for second in pieces
        ],
        "runs": ["".join(pieces[n:] + pieces[:n]) * 4 for n in range(len(pieces))] + RUNS,
        "hyphens": [*(f"{a}-{b}" for a in joined for b in joined), *(f"{a}-" for a in joined), "-"],
        "sentences": " ".join(SENTENCES).split(" "),
    }


WORDS: Mapping[str, list[str]] = _words()

SHAPES = ("paragraphs", "cells", "bold", "headings")
_IN_A_BLOCK = {"paragraphs": 25, "cells": 1, "bold": 25, "headings": 8}
_COLUMNS = 6
_TALL = 30
"""So long a line has a row of its own: readers read what goes on over a page page by page."""

_PAGE = """<!DOCTYPE html>
<html lang="th-TH"><head><meta charset="utf-8"><title>คลังคำ</title></head>
<body class="arabic">{}</body></html>
"""


def text() -> str:
    """All words, in order, without white space."""
    return "".join(word for words in WORDS.values() for word in words)


def document(shape: str) -> str:
    """The corpus in one shape, as HTML for the shipped stylesheet."""
    blocks: list[str] = []
    for words in WORDS.values():
        step = _IN_A_BLOCK[shape]
        lines = [html.escape(" ".join(words[n : n + step])) for n in range(0, len(words), step)]
        blocks.append(_SET[shape](lines))
    return _PAGE.format("".join(blocks))


def _table(lines: list[str]) -> str:
    rows: list[str] = []
    beside: list[str] = []
    for line in [*lines, ""]:
        if beside and (not line or len(line) > _TALL or len(beside) == _COLUMNS):
            rows.append("".join(f"<td>{cell}</td>" for cell in beside))
            beside = []
        if len(line) > _TALL:
            rows.append(f'<td colspan="{_COLUMNS}">{line}</td>')
        elif line:
            beside.append(line)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="dense" style="width: 9cm"><tbody>{body}</tbody></table>'


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _bold(lines: list[str]) -> str:
    return "".join(f"<p><strong>{line}</strong></p>" for line in lines)


def _headings(lines: list[str]) -> str:
    return "".join(f"<h1>{line}</h1>" for line in lines)


_SET: Mapping[str, Callable[[list[str]], str]] = {
    "paragraphs": _paragraphs,
    "cells": _table,
    "bold": _bold,
    "headings": _headings,
}

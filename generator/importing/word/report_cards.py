"""Reports that give each indicator a card or a few lines: its name, the result, the score."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import labels
from .found import FoundReport, ReportRow
from .kept import LineLog, Typed
from .pieces import Block, Line, WordTable, squashed
from .sheet_frames import said_in
from .words import as_text, is_dotted, text_of

_TITLE = re.compile(r"รายงานผล|ผลการ(?:ปฏิบัติ|ดำเนิน|ประเมิน)|ประเมินตนเอง|selfassessment|\(sar\)", re.I)
_FIELDS = (
    ("weighted", r"(?:ค่า)?คะแนน(?:ที่ได้)?ถ่วงน้ำหนัก"),
    (
        "result",
        r"ผล(?:การ)?(?:ดำเนิน(?:งาน|การ)|ปฏิบัติ(?:งาน|ราชการ))(?:จริง|ที่ได้|ที่ทำได้|ตามตัวชี้วัด|ในรอบ.{0,30})?"
        r"|ผลงาน(?:จริง|ที่ได้|ที่ทำได้)?|ผลลัพธ์(?:ที่ได้)?|ผลที่(?:ได้|ทำได้)",
    ),
    ("score", r"(?:ค่า|ผล|ระดับ)?คะแนน(?:ที่ได้|(?:ผล)?(?:การ)?ประเมิน(?:ตนเอง)?)?"),
    ("evidence", r"(?:เอกสาร|รายการ)?หลักฐาน(?:อ้างอิง|ประกอบ|เชิงประจักษ์)?"),
)
_KNOWN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FIELDS))
_NAME = re.compile(r"(?:ชื่อ)?(?:ตัวชี้วัด|kpi)(?:ที่)?[0-9.]*:?", re.I)
_LABEL = re.compile(r"^([^:：]{2,60}?)\s?[:：]\s*(.*)$", re.DOTALL)
_MOST = 60
"""A label is shorter."""


def begins(blocks: list[Block]) -> int | None:
    """Where the first card stands in a file whose title says that it reports; else None."""
    title = ""
    for index, block in enumerate(blocks):
        stretch = [*_lines([block])]
        if stretch and _name(stretch, 0) is not None:
            rest = [*_lines(blocks[index:])]
            reports = any(_field(line)[0] == "result" for line in rest)
            return index if reports and _TITLE.search(title) else None
        if isinstance(block, Line) and index < 12:
            title += squashed(block.text)
    return None


def read(report: FoundReport, blocks: list[Block], account: LineLog) -> None:
    """The rows of a report's cards; what is no card's stays beside them."""
    lines = [*_lines(blocks)]
    row: ReportRow | None = None
    parts: dict[str, list[tuple[Line, str]]] = {}
    name = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        begun = _name(lines, at)
        if begun is not None:
            _keep(report, row, parts)
            row, took = begun
            parts, name, at = {}, "other", at + took
            account.says(line, line.said.removesuffix(str(row.name)))
            continue
        at += 1
        if row is None:
            report.blocks.append(line)
            continue
        field, words = _field(line)
        if field:
            name, said = field, words
            account.says(line, "" if field == "other" else line.said.removesuffix(words))
        else:
            said = line.said
        if said and not is_dotted(said):
            parts.setdefault(name, []).append((line, said))
    _keep(report, row, parts)


def _keep(
    report: FoundReport, row: ReportRow | None, parts: dict[str, list[tuple[Line, str]]]
) -> None:
    if row is None:
        return
    for name in ("result", "score", "weighted"):
        if name in parts:
            setattr(row, name, text_of(parts[name]))
    row.evidence = [text_of([part]) for part in parts.get("evidence", ())]
    report.results.append(row)
    report.blocks += [line for line, _ in parts.get("other", ())]


def _lines(blocks: list[Block]) -> Iterator[Line]:
    """Lines that say something; those of tables cell by cell."""
    for block in blocks:
        if isinstance(block, WordTable):
            for row in block.rows:
                for cell in said_in(row):
                    yield from cell.lines
        elif block.said:
            yield block


def _name(lines: list[Line], at: int) -> tuple[ReportRow, int] | None:
    """The indicator that a line names, or a label and the line below it; over how many lines."""
    line = lines[at]
    if _NAME.fullmatch(squashed(line.said)) and at + 1 < len(lines):
        name = as_text([lines[at + 1]])
        number = re.search(r"[0-9๐-๙.]+", line.said)
        return ReportRow(name, number[0] if number else ""), 2
    named = labels.sheet_name(line.said)
    if named is None:
        return None
    return ReportRow(Typed(named.name, line), named.number), 1


def _field(line: Line) -> tuple[str, str]:
    """The field whose label a line begins with, "other" for labels of others, and the rest."""
    parted = _LABEL.match(line.said)
    head, rest = (parted[1], parted[2]) if parted is not None else (line.said, "")
    found = _KNOWN.fullmatch(squashed(re.sub(r"^\d{1,2}[.)]\s", "", head)))
    if found is not None and found.lastgroup:
        return found.lastgroup, rest
    if labels.label_of(line) is not None or (parted is not None and len(head) < _MOST):
        return "other", line.said
    return "", ""

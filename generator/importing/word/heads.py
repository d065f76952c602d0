"""What the columns of a table hold, by the words of its head: also two lines high, also merged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .pieces import Line, WordCell, WordRow, WordTable, core, squashed
from .words import level_key, rank_of_level

ColumnKind = Literal[
    "number",
    "indicator",
    "issue",
    "goal",
    "weight",
    "level",
    "year",
    "mean",
    "criteria",
    "source",
    "measure",
    "result",
    "score",
    "weighted",
    "part",
    "component",
    "responsible",
    "month",
    "activity",
    "other",
]

_LEVEL = re.compile(
    r"(?:ระดับ(?:ที่|คะแนน)?|คะแนน|ค่าคะแนน)?([1-9])(?:\.0{1,2})?(?:คะแนน)?(?:\([^()]{1,20}\))?"
)
_CALLED_LEVEL = re.compile(
    r"(?:(?:ระดับ)?(?:ต้อง|ควร)?ปรับปรุง|พอใช้|น้อย(?:มาก|ที่สุด)?|ปานกลาง|มาก(?:ที่สุด)?|ดี(?:มาก|เด่น|เยี่ยม)?)"
    r"(?:=|:|\()(?:ระดับ)?([1-5])(?:คะแนน)?\)?"
)
_NAMED_LEVEL = re.compile(r"(?:เป้าหมาย|ค่าเป้าหมาย)?(ขั้นต้น|มาตรฐาน|ขั้นมาตรฐาน|ขั้นสูง)(?:\(?\d+\)?)?")
_YEAR = re.compile(r"(?:ผลการดำเนินงาน|ผลงาน)?(?:ปี)?(?:งบประมาณ)?(?:พ\.?ศ\.?)?(2[45]\d\d|[4-9]\d)")
_MONTH = re.compile(
    r"(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค)\.?(?:25)?\d{0,2}"
)
_WORDS: tuple[tuple[ColumnKind, str], ...] = (
    ("mean", r"ค่าเฉลี่ย|^เฉลี่ย"),
    ("weighted", r"คะแนน(?:ที่ได้)?ถ่วงน้ำหนัก|\(ค\)"),
    ("component", r"^ผลคะแนน$|^มิติ|^องค์ประกอบ"),
    ("weight", r"น้ำหนัก|^weight|\(ข\)"),
    (
        "part",
        r"^การประเมิน$|^ระดับ(?:คะแนน|ที่)?$|^(?:ค่า)?คะแนน$|^ประเด็น(?:การ)?(?:ประเมิน|วัด)|^รายการ(?:ประเมิน)?$",
    ),
    ("issue", r"ประเด็นยุทธศาสตร์|ยุทธศาสตร์|^แผนปฏิบัติราชการ|ประเด็นการพัฒนา"),
    ("goal", r"เป้าประสงค์|เป้าหมายผลสำเร็จ|^goal"),
    ("measure", r"^หน่วยวัด|^หน่วยนับ"),
    ("indicator", r"ตัวชี้วัด|kpi"),
    ("activity", r"^กิจกรรม|^ขั้นตอน|^การดำเนินงาน$"),
    ("source", r"แหล่งข้อมูล|ที่มาของข้อมูล"),
    ("responsible", r"ผู้รับผิดชอบ|หน่วยงานรับผิดชอบ"),
    ("result", r"^ผลการดำเนินงาน|^ผลงาน(?!.*ปี)|^ผลที่ได้|^ผลการปฏิบัติ"),
    ("score", r"^คะแนน(?:\(?ก\)?|ที่ได้|ประเมิน)|^ค่าคะแนนที่ได้|^ระดับคะแนนที่ได้"),
    ("criteria", r"เกณฑ์|ค่าเป้าหมาย|^เป้าหมาย"),
    ("number", r"^(?:ลำดับ(?:ที่)?|ที่|ข้อ|no\.?|#)$"),
)
_ROUND = re.compile(r"รอบ|ไตรมาส|ครั้งที่|\dเดือน|ปีงบประมาณ")
_PAST = re.compile(r"ข้อมูลพื้นฐาน|ผลการดำเนินงาน|ผลงาน|baseline|ผลย้อนหลัง|ในอดีต")
_OVER_LEVELS = re.compile(r"รอบ|ไตรมาส|ครั้งที่|\dเดือน|เกณฑ์|ระดับ|ค่าเป้าหมาย")
_NO_LEVEL = re.compile(
    r"แผน|ผล|จำนวน.*|หน่วย.*|งบประมาณ.*|หมายเหตุ|ร้อยละ|ผลต่าง|เอกสาร.*|หลักฐาน.*|ลงชื่อ.*|วันที่|รวม|บาท|คน"
)
"""What stands over the columns of levels, and what none of these is called."""


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """What one column holds; ``key`` is a level's number or name, or a year.

    ``head`` are the cells of its head from above; ``group`` the words over several columns.
    """

    index: int
    kind: ColumnKind
    key: str = ""
    group: str = ""
    head: tuple[WordCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnHeads:
    """The head of a table: its columns, and how many rows it takes."""

    columns: tuple[HeadColumn, ...]
    rows: int

    def of(self, kind: ColumnKind) -> list[HeadColumn]:
        """The columns of a kind."""
        return [column for column in self.columns if column.kind == kind]

    def first(self, kind: ColumnKind) -> HeadColumn | None:
        """The first column of a kind."""
        return next(iter(self.of(kind)), None)

    def kinds(self) -> set[ColumnKind]:
        """The kinds that there are."""
        return {column.kind for column in self.columns}

    @property
    def are_levels(self) -> bool:
        """Whether it stands over levels: three at least, or all columns where there are two."""
        return not self.of("year") and _bare_levels(self.columns)

    def groups(self) -> list[tuple[str, list[HeadColumn]]]:
        """The level columns by the words over them, in order: those of each round."""
        found: list[tuple[str, list[HeadColumn]]] = []
        for column in self.of("level"):
            last = found[-1][1][-1] if found else None
            same = found and core(found[-1][0]) == core(column.group)
            if last is None or not same or column.key in [c.key for c in found[-1][1]]:
                found.append((column.group, []))
            found[-1][1].append(column)
        return found


def lines_of_head(table: WordTable, heads: ColumnHeads) -> Iterator[tuple[WordCell, Line]]:
    """All lines of the head, with their cells."""
    for row in table.rows[: heads.rows]:
        for cell in row.cells:
            for line in cell.lines:
                yield cell, line


def read(table: WordTable) -> ColumnHeads | None:
    """The head of a table; None where its first rows name no columns that are known."""
    count = _height(table)
    if not count:
        return None
    columns = tuple(_with_levels_by_place(tuple(_columns(table.rows[:count], table.width))))
    known = [column for column in columns if column.kind != "other"]
    return ColumnHeads(columns, count) if len(known) >= 2 or _bare_levels(columns) else None


def _with_levels_by_place(columns: tuple[HeadColumn, ...]) -> Iterator[HeadColumn]:
    """The columns; those below one head of a round or of criteria are levels, whatever their words.

    An agency calls its levels as it likes: ต้องเร่งรัด, ได้มาตรฐาน, เป็นเลิศ. They count from the left,
    unless their words say that the best one stands first: A, B, C or ผ่าน, ไม่ผ่าน.
    """
    runs: dict[int, list[HeadColumn]] = {}
    for column in columns:
        over = column.head[-2] if len(column.head) > 1 else None
        if over is not None and _is_over_levels(over, column.head[-1]):
            runs.setdefault(id(over), []).append(column)
    numbers = {
        column.index: str(number)
        for run in runs.values()
        if len(run) > 1 and not any(c.kind == "level" for c in columns if c.group == run[0].group)
        for number, column in enumerate(_worst_first(run), start=1)
    }
    for column in columns:
        key = numbers.get(column.index)
        yield column if key is None else replace(column, kind="level", key=key)


def _worst_first(run: list[HeadColumn]) -> list[HeadColumn]:
    """Columns of levels from the lowest to the highest, as far as their words tell it."""
    ranks = [
        rank
        for column in run
        if (rank := rank_of_level(squashed(column.head[-1].text))) is not None
    ]
    falling = len(ranks) > 1 and ranks == sorted(set(ranks), reverse=True)
    return run[::-1] if falling else run


def _is_over_levels(over: WordCell, below: WordCell) -> bool:
    """Whether a head stands over levels, and the words below it may be what one is called."""
    said, called = squashed(over.text), squashed(below.text)
    return (
        over.span > below.span
        and bool(_OVER_LEVELS.search(said))
        and not _PAST.search(said)
        and _kind(called, "", below.span)[0] == "other"
        and not _NO_LEVEL.fullmatch(called)
        and len(below.text) <= 30
        and not re.search(r"\d\d|ร้อยละ|%", called)
    )


def _bare_levels(columns: tuple[HeadColumn, ...]) -> bool:
    levels = [c for c in columns if c.kind == "level"]
    return len(levels) >= 3 or (len(levels) == len(columns) == 2)


def _height(table: WordTable) -> int:
    """How many rows the head has: those that Word repeats, else those whose cells read as heads."""
    count = 0
    for row in table.rows[:5]:
        if row.head and count < 4:
            count += 1
        else:
            break
    if not count:
        for row in table.rows[:4]:
            cells = [squashed(cell.text) for cell in row.cells if cell.text]
            if count and _names_levels(row, table.rows[count - 1]):
                count += 1
                break
            if not cells or not (all(map(_is_head, cells)) or (not count and _most(cells))):
                break
            if len(cells) == 1 and count and table.width > 2:
                break  # the name of a section
            numbers = all(_LEVEL.fullmatch(text) or _YEAR.fullmatch(text) for text in cells)
            if numbers and count and _sequence(cells) is False:
                break
            count += 1
            if len(cells) < 2 and len(table.rows[0].cells) > 2:
                break
    if count == len(table.rows) and count > 1:
        count -= 1
    return count


def _names_levels(row: WordRow, above: WordRow) -> bool:
    """Whether a row calls levels by words of its own, below a head that stands over them.

    It looks like a head then: bold, shaded, or beside cells that go on from the row above.
    """
    cells = [cell for cell in row.cells if cell.text]
    over = [cell for cell in above.cells if cell.span > 1]
    looks = (
        any(cell.merged for cell in row.cells)
        or all(cell.shaded for cell in cells)
        or all(line.bold for cell in cells for line in cell.lines)
    )
    named = [
        cell
        for cell in cells
        if any(
            o.column <= cell.column < o.column + o.span and _is_over_levels(o, cell) for o in over
        )
    ]
    others = [squashed(cell.text) for cell in cells if cell not in named]
    return looks and len(named) > 1 and all(map(_is_head, others))


_SURE: tuple[ColumnKind, ...] = ("weight", "level", "criteria")


def _most(cells: list[str]) -> bool:
    """Whether the first row of a table is its head though not all of its words are known."""
    known = [text for text in cells if _is_head(text) and len(text) < 40]
    kinds = {_kind(text, "", 1)[0] for text in known}
    return "indicator" in kinds and bool(kinds & {*_SURE}) and len(known) * 2 >= len(cells)


def _sequence(cells: list[str]) -> bool | None:
    levels = [m[1] for text in cells if (m := _LEVEL.fullmatch(text))]
    return levels == sorted(set(levels)) or levels == levels[: len(levels) // 2] * 2 or None


def _is_head(text: str) -> bool:
    if len(text) > 90:
        return False
    patterns = (_LEVEL, _CALLED_LEVEL, _NAMED_LEVEL, _YEAR, _MONTH)
    return (
        any(pattern.fullmatch(text) for pattern in patterns)
        or (
            any(re.search(words, text) for _, words in _WORDS)
            and not re.match(r"\d+(?:\.\d+)*[.)]?[ก-ฮเ-ไ]", text)
        )
        or bool(_ROUND.search(text))
        or bool(_PAST.search(text))
    )


def _columns(rows: list[WordRow], width: int) -> Iterator[HeadColumn]:
    for index in range(width):
        cells: list[WordCell] = []
        for row in rows:
            cell = row.at(index)
            if cell is not None and cell.text and not (cells and cells[-1] is cell):
                cells.append(cell)
        if not cells:
            yield HeadColumn(index, "other")
            continue
        bottom, above = squashed(cells[-1].text), " ".join(c.text for c in cells[:-1])
        kind, key = _kind(bottom, squashed(above), cells[-1].span)
        yield HeadColumn(index, kind, key, above, tuple(cells))


def _kind(bottom: str, above: str, span: int) -> tuple[ColumnKind, str]:
    if match := _LEVEL.fullmatch(bottom):
        return ("year", match[1]) if _PAST.search(above) and not above else ("level", match[1])
    if match := _CALLED_LEVEL.fullmatch(bottom):
        return "level", match[1]
    if match := _NAMED_LEVEL.fullmatch(bottom):
        return "level", match[1].removeprefix("ขั้น") if "มาตรฐาน" in match[1] else match[1]
    if (match := _YEAR.fullmatch(bottom)) and (len(match[1]) == 4 or _PAST.search(above)):
        return "year", match[1] if len(match[1]) == 4 else f"25{match[1]}"
    if _MONTH.fullmatch(bottom):
        return "month", bottom
    if (match := re.search(r"(2[45]\d\d)$", bottom)) and _PAST.search(bottom) and span == 1:
        return "year", match[1]
    for text in (bottom, above):
        for kind, words in _WORDS:
            if text and re.search(words, text):
                return kind, ""
    return "other", ""


def column_of_keys(table: WordTable, found: ColumnHeads) -> int | None:
    """The column in which rows say of which level they are; None where levels have columns."""
    if found.of("level") or "criteria" not in found.kinds():
        return None
    for column in found.columns:
        if column.kind not in ("part", "criteria"):
            continue
        cells = [row.at(column.index) for row in table.rows[found.rows :]]
        said = [cell.text for cell in cells if cell is not None and cell.text]
        keys = [level_key(text) for text in said]
        if len({*keys} - {""}) >= 3 and keys.count("") * 4 <= len(keys):
            return column.index
    return None

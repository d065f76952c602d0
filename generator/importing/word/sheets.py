"""Indicators' sheets: where each begins and ends, and whose it is."""

from __future__ import annotations

import re

from . import heads, labels
from .found import FoundFile, FoundIndicator
from .kept import Typed
from .labels import SheetName
from .pieces import Block, Line, WordCell, WordRow, WordTable, core, squashed
from .sheet_fields import SheetReader
from .sheet_frames import is_labelled, label_alone, labels_of_rows, opened, said_in
from .words import likeness, plain_number

_HEADING = re.compile(
    r"^(?:\(?ตัวอย่าง\)?)?(?:แบบ(?:ฟอร์ม)?)?รายละเอียด(?:ของ)?ตัวชี้วัด|^kpitemplate|^รายละเอียดตัวชี้วัด"
)

_NUMBERED = re.compile(r"\s?(?:(?:ลำดับ)?ที่)?\s?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3}){0,3}\s?:?$")


def starts(blocks: list[Block]) -> list[int]:
    """Where sheets begin: at the line that names the indicator, other labels below it."""
    found = []
    for index, block in enumerate(blocks):
        if _named(block) is None or _is_row(block):
            continue
        if _labels_below(blocks, index) >= 2:
            found.append(index)
    return found


def _is_row(block: Block) -> bool:
    return isinstance(block, WordTable) and heads.read(block) is not None and not is_labelled(block)


def _named(block: Block) -> tuple[SheetName, Line] | None:
    """The name that begins a sheet and its line: a line, or a row of a table of labels."""
    if isinstance(block, Line):
        named = labels.sheet_name(block.said) if block.said else None
        return (named, block) if named is not None else None
    found = _name_row(block) if is_labelled(block) else None
    return (found[1], block.rows[found[0]].cells[0].lines[0]) if found is not None else None


_NAME_LABEL = re.compile(r"((?:ชื่อ)?(?:ตัวชี้วัด|kpi)(?:ที่)?)([0-9๐-๙.]*):?", re.I)
_TOP = 4
"""So many rows of a table may stand above the one with the indicator's name."""


def _name_row(table: WordTable) -> tuple[int, SheetName, list[WordCell]] | None:
    """The row of a table of labels that names its indicator: its place, the name, its cells."""
    for place, row in enumerate(table.rows[:_TOP]):
        cells = said_in(row)
        if not cells or cells[0] is not row.cells[0]:
            continue
        label = _NAME_LABEL.fullmatch(squashed(cells[0].text))
        own = cells[:2] if len(cells) > 2 and label_alone(cells[2]) else cells
        if label is not None and len(cells) > 1:
            words = cells[0].lines[0].said
            found = re.match(r"(.*?)\s*([0-9๐-๙.]*)\s*[:：]?$", words)
            assert found is not None
            name = " ".join(cell.text for cell in own[1:])
            return place, SheetName(found[1].strip(), found[2], name), own
        text = cells[0].lines[0].said if len(row.cells) < 2 else " ".join(c.text for c in own)
        if (named := labels.sheet_name(text)) is not None:
            return place, named, own
    return None


def _labels_below(blocks: list[Block], index: int) -> int:
    seen: set[str] = set()
    for block in blocks[index : index + 40]:
        if isinstance(block, WordTable):
            if is_labelled(block):
                seen |= {label.field for label in labels_of_rows(block)}
            continue
        if block is not blocks[index] and labels.sheet_name(block.said) is not None and seen:
            break
        label = labels.label_of(block)
        if label is not None and label.field:
            seen.add(label.field)
    return len(seen)


def ranges(blocks: list[Block]) -> list[tuple[int, int]]:
    """Where each sheet begins and ends, the line with its name first."""
    at = starts(blocks)
    return [
        (start, _end(blocks, start, at[position + 1] if position + 1 < len(at) else len(blocks)))
        for position, start in enumerate(at)
    ]


def read(found: FoundFile, blocks: list[Block]) -> None:
    """Read one sheet, its name first."""
    first = blocks[0]
    begun = _named(first)
    if begun is None:
        return
    named, line = begun
    found.word(("sheet", "name"), Typed(named.label, line))
    found.account.says(line, named.number)
    name = Typed(named.name, line)
    body = list(blocks[1:])
    if isinstance(first, WordTable):
        at = _name_row(first)
        assert at is not None
        place, _, own = at
        if len(own) > 1:
            name.sources = [(one, one.said) for cell in own[1:] for one in cell.lines]
        above = [row for row in first.rows[:place] if not _is_title(found, row)]
        row = first.rows[place]
        # What stands below the name in its own cell, and in the other cells of its row, goes on.
        cells = [WordCell(c.column, c.span, [*c.blocks]) for c in row.cells]
        for cell, old in zip(cells, row.cells, strict=True):
            gone = old.lines if old in own[1:] else [line] if old is own[0] else []
            cell.blocks = [b for b in old.blocks if b not in gone]
        rows = [*above, WordRow(cells, row.head, row.number), *first.rows[place + 1 :]]
        body = [*opened(WordTable(first.number, rows)), *body]
    indicator = _indicator(found, name, plain_number(named.number))
    indicator.has_sheet = True
    reader = SheetReader(found, indicator)
    reader.read(body)
    indicator.shown = {name for name, _, _ in reader.order}
    found.word_orders.append((indicator, reader.order))


def _is_title(found: FoundFile, row: WordRow) -> bool:
    """Whether a row above the name is a heading; its words are kept, where they are known."""
    if labels_of_rows(WordTable(0, [row])):
        return False
    for cell in row.cells:
        for line in cell.lines:
            read_heading(found, line)
    return True


def is_heading(line: Line) -> bool:
    """Whether a line is the heading of a sheet."""
    return bool(_HEADING.match(squashed(line.text))) and len(line.text) < 60


def read_heading(found: FoundFile, line: Line) -> bool:
    """Keep a line that stands over a sheet's name: its heading, or the level of the unit."""
    if _HEADING.match(squashed(line.text)) and len(line.text) < 60:
        number = _NUMBERED.search(line.said)
        said = line.said[: number.start()] if number else line.said
        found.word(("sheet", "heading"), Typed(said.strip(), line))
        found.account.says(line, number[0] if number else "")
        return True
    if re.fullmatch(r"\(?ระดับ.{2,40}\)?", line.text):
        if found.level is None:
            found.level = Typed(line.text, line)
        elif str(found.level) == line.text:
            found.level.also(line)
        return True
    return False


def _end(blocks: list[Block], start: int, stop: int) -> int:
    """Where a sheet ends: at the next heading of a sheet, or a table that belongs elsewhere."""
    for index in range(start + 1, stop):
        block = blocks[index]
        if isinstance(block, Line):
            if _HEADING.match(squashed(block.text)) and len(block.text) < 60:
                return index
            continue
        head = heads.read(block)
        if head is not None and head.of("weight") and (head.of("level") or head.of("criteria")):
            return index
    return stop


def _indicator(found: FoundFile, name: Typed, number: str) -> FoundIndicator:
    """The indicator that a sheet is of: a table's, by its name or likeness, or a new one."""
    free = [one for one in found.indicators if not one.has_sheet]
    for one in free:
        if core(one.name) == core(name):
            one.name.stand_for(name)
            return one
    for one in free:
        if plain_number(one.number) == number and likeness(one.name, name) > 0.55:
            one.other_names["sheet"] = name
            return one
    made = FoundIndicator(name, number)
    found.indicators.append(made)
    return made

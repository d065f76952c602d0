"""Indicators' sheets: where each begins and ends, and whose it is."""

from __future__ import annotations

import re

from . import heads, labels
from .found import FoundFile, FoundIndicator
from .kept import Typed
from .labels import SheetName
from .pieces import Block, Line, WordTable, core, squashed
from .sheet_fields import SheetReader
from .sheet_frames import is_labelled, labels_of_rows, opened
from .words import likeness, plain_number

_HEADING = re.compile(
    r"^(?:\(?ตัวอย่าง\)?)?(?:แบบ)?รายละเอียด(?:ของ)?ตัวชี้วัด|^kpitemplate|^รายละเอียดตัวชี้วัด"
)


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


def _named(block: Block) -> SheetName | None:
    """The name that begins a sheet, in a line or in the first row of a table of labels."""
    line = _first_line(block)
    if line is None:
        return None
    if isinstance(block, Line) or len(block.rows[0].cells) < 2:
        return labels.sheet_name(line.said)
    return labels.sheet_name(block.rows[0].text)


def _first_line(block: Block) -> Line | None:
    if isinstance(block, Line):
        return block if block.said else None
    if not is_labelled(block):
        return None
    return next((line for row in block.rows[:2] for c in row.cells for line in c.lines), None)


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
    line, named = _first_line(first), _named(first)
    if line is None or named is None:
        return
    found.word(("sheet", "name"), Typed(named.label, line))
    found.account.says(line, named.number)
    name = Typed(named.name, line)
    if isinstance(first, WordTable) and len(beside := first.rows[0].cells) > 1:
        name.sources = [(one, one.said) for cell in beside[1:] for one in cell.lines]
        body_of_name = {id(one) for one, _ in name.sources}
    else:
        body_of_name = set()
    indicator = _indicator(found, name, plain_number(named.number))
    indicator.has_sheet = True
    reader = SheetReader(found, indicator)
    body = list(blocks[1:])
    if isinstance(first, WordTable):
        inside = (b for b in opened(first) if b is not line and id(b) not in body_of_name)
        body = [*inside, *body]
    reader.read(body)
    indicator.shown = {name for name, _, _ in reader.order}
    found.word_orders.append((indicator, reader.order))


def is_heading(line: Line) -> bool:
    """Whether a line is the heading of a sheet."""
    return bool(_HEADING.match(squashed(line.text))) and len(line.text) < 60


def read_heading(found: FoundFile, line: Line) -> bool:
    """Keep a line that stands over a sheet's name: its heading, or the level of the unit."""
    if _HEADING.match(squashed(line.text)) and len(line.text) < 60:
        found.word(("sheet", "heading"), Typed(line.said, line))
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

"""Tables as they were meant: pages joined, repeated heads taken once, tabs as columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from . import heads
from .pieces import Block, Line, Run, WordCell, WordRow, WordTable, core, squashed
from .sheet_frames import is_labelled

_AGAIN = re.compile(r"\(?ต่อ\)?|\(?หน้า\d+\)?")
_TOTAL = re.compile(r"^(?:รวม|ผลรวม|น้ำหนักรวม|คะแนนรวม|รวมทั้งสิ้น|รวมคะแนน|รวมน้ำหนัก)")


def is_total(row: WordRow) -> bool:
    """Whether a row sums up those above it."""
    said = [cell.text for cell in row.cells if cell.text]
    return bool(said) and bool(_TOTAL.match(squashed(said[0]))) and len(squashed(said[0])) < 40


class WordJoined:
    """Blocks as they are read on: ``repeated`` are lines that only say again what was said."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.repeated: list[Line] = []
        self.breaks: set[int] = set()
        """Ids of rows (``id``) that begin a page: what they lack goes on from above."""


def joined(blocks: Iterable[Block]) -> WordJoined:
    """Tables that a page break or a repeated head parts, as one; tabbed lines as tables."""
    out = WordJoined()
    for block in _with_tabbed(list(blocks)):
        if isinstance(block, WordTable):
            title, rows = _without_title(block)
            out.blocks += title
            _join(out, rows)
        else:
            out.blocks.append(block)
    return out


def _without_title(table: WordTable) -> tuple[list[Line], WordTable]:
    """The lines of rows that stand over a table's head, over all its columns; and the others."""
    count = 0
    while count < len(table.rows) and len(table.rows[count].cells) == 1:
        count += 1
    rest = WordTable(table.number, table.rows[count:])
    if not count or is_labelled(table) or heads.read(table) or heads.read(rest) is None:
        return [], table
    return [line for row in table.rows[:count] for c in row.cells for line in c.lines], rest


def _join(out: WordJoined, table: WordTable) -> None:
    before = next((b for b in reversed(out.blocks) if isinstance(b, WordTable)), None)
    if before is None or is_labelled(before) or is_labelled(table):
        out.blocks.append(table)
        return
    between = out.blocks[out.blocks.index(before) + 1 :]
    said = [line for line in between if isinstance(line, Line) and line.said]
    old, new = heads.read(before), heads.read(table)
    open_end = not any(is_total(row) for row in before.rows[-1:])
    again = all(_AGAIN.search(squashed(line.text)) and len(line.text) < 160 for line in said)
    if old is None or not before.rows or not open_end or not again or len(said) > 2:
        out.blocks.append(table)
        return
    if (
        new is not None
        and _words(before, old) == _words(table, new)
        and table.width == before.width
    ):
        rows = table.rows[new.rows :]
        out.repeated += [line for _, line in heads.lines_of_head(table, new)]
    elif new is None and table.width == before.width and (said or not _heading(table)) and not said:
        rows = table.rows
    else:
        out.blocks.append(table)
        return
    out.repeated += said
    for line in said:
        out.blocks.remove(line)
    if rows:
        out.breaks.add(id(rows[0]))
    before.rows += rows


def _heading(table: WordTable) -> bool:
    return bool(table.rows) and len(table.rows[0].cells) == 1


def _words(table: WordTable, found: heads.ColumnHeads) -> list[str]:
    words = [core(line.text) for _, line in heads.lines_of_head(table, found)]
    return [word for word in words if word]


def repeated_heads(table: WordTable, found: heads.ColumnHeads) -> Iterator[WordRow]:
    """Rows of the body that say the head again, as where a page began when it was typed."""
    top = [[core(c.text) for c in row.cells if c.text] for row in table.rows[: found.rows]]
    for row in table.rows[found.rows :]:
        said = [core(cell.text) for cell in row.cells if cell.text]
        again = said and said in top and len(said) > 1
        if again or (row is table.rows[found.rows] and _counts_columns(row)):
            yield row


def _counts_columns(row: WordRow) -> bool:
    """Whether a row below a head numbers the columns: ``(1)``, ``(2)``, ``(3) = (1) x (2)``."""
    said = [squashed(cell.text) for cell in row.cells if cell.text]
    return len(said) > 2 and all(
        re.fullmatch(r"[(\[][0-9ก-ฮ]{1,2}[)\]](?:[=x×*/÷+()0-9ก-ฮ]{1,30})?", text) for text in said
    )


def _with_tabbed(blocks: list[Block]) -> Iterator[Block]:
    """Runs of lines with tabs between them, where the first is a head, as tables."""
    at, number = 0, 9000
    while at < len(blocks):
        run = _tabbed(blocks, at)
        if run:
            number += 1
            table = WordTable(number, [_row(line, n) for n, line in enumerate(run, start=1)])
            if heads.read(table) is not None:
                yield table
                at += len(run)
                continue
        yield blocks[at]
        at += 1


def _tabbed(blocks: list[Block], at: int) -> list[Line]:
    run: list[Line] = []
    for block in blocks[at:]:
        if not isinstance(block, Line) or len(_stops(block)) < 3:
            break
        run.append(block)
    return run if len(run) >= 2 else []


def _stops(line: Line) -> list[str]:
    return [part for part in re.split(r"\t+", line.tabbed) if part.strip()]


def _row(line: Line, number: int) -> WordRow:
    """A tabbed line as a row; each stretch keeps the line's id, with its own number behind."""
    parts: list[list[Run]] = [[]]
    for run in line.runs:
        first, *rest = re.split(r"\t+", run.text)
        parts[-1].append(Run(first, run.bold))
        for part in rest:
            parts.append([Run(part, run.bold)])
    kept = [tuple(part) for part in parts if any(run.text.strip() for run in part)]
    cells = [
        WordCell(
            n, 1, [replace(line, id=f"{line.id}/{n + 1}", runs=part, label="" if n else line.label)]
        )
        for n, part in enumerate(kept)
    ]
    return WordRow(cells, number=number)

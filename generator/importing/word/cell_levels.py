"""Levels that stand in one cell: as its lines, several in a line, or as a table within it."""

from __future__ import annotations

import re

from ...messages import message
from . import heads
from .found import FoundFile, FoundIndicator
from .kept import Typed
from .pieces import Line, WordCell, WordTable
from .words import as_text, level_key, level_of, levels_in

_LAST = "5"
"""The level behind which the lines of a cell are conditions, where they are no list."""


def read(
    found: FoundFile, one: FoundIndicator, cell: WordCell
) -> tuple[dict[str, Typed], list[Line]]:
    """The levels of a cell by their numbers; and the lines of it that are no level's."""
    levels: dict[str, list[tuple[Line, str]]] = {}
    rest: list[Line] = []
    key = ""
    for block in cell.blocks:
        if isinstance(block, WordTable):
            inner = _of_table(found, block)
            levels |= inner
            rest += [] if inner else [ln for r in block.rows for c in r.cells for ln in c.lines]
            continue
        for said in levels_in(block.said) if block.said else ():
            level = level_of(said)
            if level is not None:
                key, lead, words = level
                found.account.says(block, lead)
                levels[key] = [(block, words.rstrip(" ;,|"))] if words else []
                called = re.sub(r"[\s:=.]+$", "", lead)
                _known(found, key, Typed(called, block, words=""))
            elif key == "" or re.match(r"^(?:\**หมายเหตุ|เงื่อนไข|\*)", block.text) or rest:
                rest.append(block)
            elif key == _LAST and levels[key] and not re.match(r"[-•●(\d]", block.said):
                rest.append(block)
                one.fields.guess("conditions", message("import-conditions-guessed"))
            else:
                levels[key].append((block, block.said))
    made: dict[str, Typed] = {}
    for number, parts in levels.items():
        made[number] = Typed("\n".join(words for _, words in parts))
        made[number].sources = list(parts)
    return made, rest


def _known(found: FoundFile, key: str, called: Typed) -> None:
    if key not in [known for known, _ in found.levels]:
        found.levels.append((key, called))


def _of_table(found: FoundFile, table: WordTable) -> dict[str, list[tuple[Line, str]]]:
    """The levels of a table in a cell: in columns below their numbers, or in rows beside them."""
    head = heads.read(table)
    levels: dict[str, list[tuple[Line, str]]] = {}
    if head is not None and len(head.of("level")) >= 3:
        for column in head.of("level"):
            lines = [line for cell in column.head for line in cell.lines]
            called = Typed(" ".join(line.said for line in lines))
            called.sources = [(line, line.said) for line in lines]
            for line in lines:
                found.account.says(line, line.said)
            _known(found, column.key, called)
            cells = [row.at(column.index) for row in table.rows[head.rows :]]
            inner = [line for cell in cells if cell is not None for line in cell.lines]
            if inner:
                levels[column.key] = as_text(inner).sources
        return levels
    for row in table.rows:
        key = level_key(row.cells[0].text) if len(row.cells) > 1 else ""
        inner = [line for cell in row.cells[1:] for line in cell.lines]
        if key and inner and key not in levels:
            levels[key] = as_text(inner).sources
            for line in row.cells[0].lines:
                found.account.says(line, line.said)
            _known(found, key, Typed(key))
    return levels if len(levels) >= 3 else {}

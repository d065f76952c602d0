"""Parts of other forms: chapters in words, a table of weights, one for each component."""

from __future__ import annotations

import re

from . import grids
from .found import FoundComponent, FoundFile
from .heads import ColumnHeads
from .kept import Mapping, Typed
from .pieces import Line, WordTable, core
from .table_heads import keep_head
from .words import as_text, figure, numbered, round_of


def chapters_of(lines: list[Line]) -> list[Mapping]:
    """Headed stretches of words: the heads are Word's, or short lines that are bold."""
    chapters: list[Mapping] = []
    text: list[Line] = []
    place: Mapping | None = None

    def close() -> None:
        nonlocal text
        if text and place is not None:
            place["text"] = as_text(text)
        text = []

    for index, line in enumerate(lines):
        depth = _depth(line, lines[index + 1] if index + 1 < len(lines) else None, bool(chapters))
        if not depth:
            if place is None:
                return chapters  # words without a heading: no chapter, so they are left over
            text.append(line)
            continue
        close()
        place = Mapping(heading=Typed(line.said, line))
        if depth == 1 or not chapters:
            chapters.append(place)
        else:
            chapters[-1].setdefault("sections", []).append(place)
    close()
    return chapters


def _depth(line: Line, following: Line | None, inside: bool) -> int:
    """How deep a heading is; 0 where a line is none."""
    if match := re.fullmatch(r"(?:Heading|heading )([1-6])", line.style):
        return 1 if int(match[1]) <= 2 else 2
    if not line.bold or len(line.text) > 120 or line.label.startswith(("-", "•")):
        return 0
    if not inside:
        return 1
    return 1 if following is not None and following.bold and not line.label else 2


def is_own(head: ColumnHeads) -> bool:
    """Whether a head names no round: the table is of the whole year."""
    return all(round_of(column.group) is None for column in head.of("level"))


def read_weights(found: FoundFile, table: WordTable, head: ColumnHeads, above: list[Line]) -> None:
    """The table of what components weigh."""
    path = ("agreement", "weights")
    keep_head(found, table, head, path)
    if above:
        found.word((*path, "text"), as_text(above))
    levels = {core(column.key) for column in head.of("level")}
    for row in table.rows[head.rows :]:
        total = grids.is_total(row)
        made: FoundComponent | None = None
        for cell in row.cells:
            kinds = [c.kind for c in head.columns if c.index == cell.column]
            for line in cell.lines:
                if "level" in kinds and core(line.said) in levels:
                    found.account.says(line, line.said)
                elif "weight" in kinds and (value := figure(line.said)) is not None:
                    weight = Typed(value, line, words=line.said, bare=True)
                    if total:
                        found.total = found.total or weight
                        if found.total is not weight and core(found.total) == core(weight):
                            found.total.also(line, line.said)
                    elif made is not None:
                        made.weight = weight
                elif total and "component" in kinds:
                    found.word((*path, "total"), Typed(line.said, line))
                elif "component" in kinds:
                    number, words = numbered(line)
                    found.account.says(line, number)
                    made = FoundComponent(Typed(words, line), row=Typed(words, line))
                    found.roots.append(made)


def of_table(found: FoundFile, above: list[Line]) -> FoundComponent:
    """The component that a table of its own is of; words above it begin a new root."""
    if above or not found.parents:
        text = as_text(above) if above else None
        index = len(found.parents)
        root = found.roots[index] if index < len(found.roots) else None
        name = _name(above) or (root.row if root is not None else None)
        if root is None:
            root = FoundComponent(name or Typed(f"องค์ประกอบที่ {index + 1}"))
            found.roots.append(root)
        root.name, root.text = name or root.name, text
        found.parents.append((root, []))
    root, children = found.parents[-1]
    names = _items(root.text)
    called = (
        names[len(children)] if len(children) < len(names) else f"{root.name} ({len(children) + 1})"
    )
    child = FoundComponent(Typed(called))
    children.append(child)
    found.components.append(child)
    return child


def _name(above: list[Line]) -> Typed | None:
    for line in above:
        match = re.match(
            r"^(?:\d+\.\s*)?((?:มิติ|องค์ประกอบ|ด้าน|ส่วน)ที่\s*[0-9๐-๙]+.*?)(?=\s*(?:กรอบ|โดยมี|น้ำหนัก|\(|ร้อยละ|$))",
            line.text,
        )
        if match:
            return Typed(match[1].strip(), line)
    return None


def _items(text: Typed | None) -> list[str]:
    found = re.findall(r"^\s*[0-9๐-๙]+[.)]\s+(.*)$", str(text or ""), re.M)
    return [re.sub(r"\s*ร้อยละ\s*[0-9.]+\*?$", "", item) for item in found]

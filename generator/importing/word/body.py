"""Word's XML → lines and tables: changes accepted, lists numbered, boxes and controls opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ...messages import Message, message
from . import equations
from .numbering import ListNumbers
from .package import W, WordPackage
from .pieces import Block, Line, Run, Where, WordCell, WordRow, WordTable, WordText

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"

_GONE = {
    f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr")
}
_SYMBOLS = {
    "F0B3": "≥",
    "F0A3": "≤",
    "F0B4": "×",
    "F0B8": "÷",
    "F0B1": "±",
    "F0AE": "→",
    "F0AC": "←",
    "F02D": "−",
    "F0E0": "→",
    "F0DF": "←",
    "F0F3": "↔",
    "F0FC": "✓",
    "F0FE": "☑",
    "F052": "☑",
    "F0A8": "☐",
    "F06F": "☐",
    "F071": "☐",
    "F0B7": "•",
    "F06C": "●",
    "F0A7": "•",
    "F0D8": "➢",
}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_ARROWS = re.compile(r"(?i)arrow|connector|^line$")

MAX_LINES = 60_000
"""So many lines a file may have: an agreement of a department has some ten thousand."""


class TooLong(Exception):
    """The file has more lines than are read."""


@dataclass(slots=True)
class _Reader:
    numbers: ListNumbers
    story: str = ""
    paragraphs: int = 0
    tables: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    done: int = 0

    def blocks(self, parent: etree._Element, where: Where, prefix: str) -> Iterator[Block]:
        """What stands in a body, a cell or a box."""
        pending: list[Run] = []
        for element in _opened(parent, self.counted):
            if element.tag == f"{W}p":
                runs, inner, joined = self._paragraph(element, where, prefix)
                if joined:  # its mark was deleted: the next paragraph goes on with it
                    pending += runs
                    continue
                yield from self._lines(element, [*pending, *runs], where, prefix)
                pending = []
                yield from inner
            elif element.tag == f"{W}tbl":
                yield self._table(element, where, prefix)
        if pending:
            yield from self._lines(None, pending, where, prefix)

    def _paragraph(
        self, element: etree._Element, where: Where, prefix: str
    ) -> tuple[list[Run], list[Block], bool]:
        if not where.table:
            self.paragraphs += 1
        mark = element.find(f"{W}pPr/{W}rPr")
        gone = mark is not None and mark.find(f"{W}del") is not None
        boxes: list[etree._Element] = []
        runs = list(self._runs(element, False, boxes))
        inner: list[Block] = []
        for box in boxes:
            self.counted["boxes"] += 1
            inner += self.blocks(box, self._here(where), f"{prefix}b{self.done}")
        return runs, inner, gone

    def _here(self, where: Where) -> Where:
        if where.table:
            return where
        return Where(self.story, self.paragraphs)

    def _lines(
        self, element: etree._Element | None, runs: list[Run], where: Where, prefix: str
    ) -> Iterator[Line]:
        """The lines of one paragraph: it may be broken by hand."""
        properties = element.find(f"{W}pPr") if element is not None else None
        said = any(run.text.strip() for run in runs)
        label, depth = self.numbers.label(properties) if said else ("", 0)
        style = properties.find(f"{W}pStyle") if properties is not None else None
        indent = properties.find(f"{W}ind") if properties is not None else None
        line = Line(
            "",
            self._here(where),
            (),
            label,
            depth,
            _twips(indent),
            style.get(f"{W}val") or "" if style is not None else "",
            any("\x1e" in run.text for run in runs),
            any("\f" in run.text for run in runs),
        )
        for number, part in enumerate(_broken(runs)):
            self.done += 1
            if self.done > MAX_LINES:
                raise TooLong
            yield replace(
                line, id=f"{prefix}{self.done}", runs=part, label=label if not number else ""
            )

    def _runs(
        self, parent: etree._Element, bold: bool, boxes: list[etree._Element]
    ) -> Iterator[Run]:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _GONE:
                if tag in (f"{W}del", f"{W}moveFrom"):
                    self.counted["deleted"] += 1
                continue
            if tag in (f"{W}ins", f"{W}moveTo"):
                self.counted["inserted"] += 1
            if tag == f"{W}r":
                yield from self._runs(element, _bold(element), boxes)
            elif tag == f"{W}t":
                text = _PRIVATE.sub(
                    lambda m: _SYMBOLS.get(f"{ord(m[0]):04X}", "•"), element.text or ""
                )
                yield Run(text, bold)
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield Run("\t", bold)
            elif tag in (f"{W}br", f"{W}cr"):
                page = element.get(f"{W}type") in ("page", "column")
                yield Run("\f" if page else "\n", bold)
            elif tag == f"{W}noBreakHyphen":
                yield Run("-", bold)
            elif tag == f"{W}sym":
                yield Run(_SYMBOLS.get((element.get(f"{W}char") or "").upper(), "•"), bold)
            elif tag == f"{equations.M}oMath":
                self.counted["equations"] += 1
                yield Run(f"\x1e{equations.said(element)}", False)
            elif tag == f"{_MC}AlternateContent":
                chosen = element.find(f"{_MC}Choice")
                if chosen is None:
                    chosen = element.find(f"{_MC}Fallback")
                if chosen is not None:
                    yield from self._runs(chosen, bold, boxes)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                yield from self._drawn(element, bold, boxes)
            elif tag == f"{W}sdt":
                self.counted["controls"] += 1
                content = element.find(f"{W}sdtContent")
                if content is not None and not _placeholder(element, self.counted):
                    yield from self._runs(content, bold, boxes)
            else:
                yield from self._runs(element, bold, boxes)

    def _drawn(
        self, element: etree._Element, bold: bool, boxes: list[etree._Element]
    ) -> Iterator[Run]:
        """What a drawing says: its boxes' text; an arrow without text is a sign of its own."""
        found = _outermost(element, f"{W}txbxContent")
        boxes += found
        if found:
            return
        shapes = [one.get("prst") or "" for one in element.iter(f"{_A}prstGeom")]
        shapes += ["line" for _ in element.iter(f"{_V}line")]
        if any(_ARROWS.search(shape) for shape in shapes):
            yield Run("←→", bold)

    def _table(self, element: etree._Element, where: Where, prefix: str) -> WordTable:
        self.tables += 1
        table = WordTable(self.tables, [])
        for row in _opened(element, self.counted):
            if row.tag != f"{W}tr":
                continue
            about = row.find(f"{W}trPr")
            if about is not None and about.find(f"{W}del") is not None:
                self.counted["deleted"] += 1
                continue
            head = about is not None and _on(about.find(f"{W}tblHeader"))
            before = about.find(f"{W}gridBefore") if about is not None else None
            column = _whole(before)
            number = len(table.rows) + 1
            cells: list[WordCell] = []
            for cell in _opened(row, self.counted):
                if cell.tag != f"{W}tc":
                    continue
                facts = cell.find(f"{W}tcPr")
                if facts is not None and facts.find(f"{W}cellDel") is not None:
                    self.counted["deleted"] += 1
                    continue
                span = max(_whole(facts.find(f"{W}gridSpan")) if facts is not None else 1, 1)
                merge = facts.find(f"{W}vMerge") if facts is not None else None
                place = Where(self.story, 0, table.number, number, len(cells) + 1)
                made = WordCell(
                    column,
                    min(span, 200),
                    merged=merge is not None and merge.get(f"{W}val") != "restart",
                    shaded=_shaded(facts),
                )
                made.blocks = list(
                    self.blocks(cell, place, f"{prefix}t{table.number}r{number}c{len(cells) + 1}p")
                )
                cells.append(made)
                column += made.span
            table.rows.append(WordRow(cells, head, number))
        return table


def read(package: WordPackage, name: str) -> WordText:
    """All that a Word file says, in reading order. Raises TooLong."""
    reader = _Reader(ListNumbers.of(package))
    body = package.document.find(f"{W}body")
    assert body is not None, "looked at when it was opened"
    text = WordText(name, list(reader.blocks(body, Where(), "p")))
    seen: set[str] = set()
    for part in sorted(package.parts):
        story = part.rstrip("0123456789")
        if story not in ("header", "footer", "footnotes", "endnotes", "comments"):
            continue
        reader.story, reader.paragraphs = story, 0
        for block in reader.blocks(_inside(package.parts[part]), Where(story), part):
            for line in _every(block):
                if story in ("header", "footer"):
                    if line.said in seen:
                        continue
                    seen.add(line.said)
                text.aside.append(line)
    text.remarks = list(_remarks(reader.counted, package))
    return text


def _every(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            yield from cell.lines


def _inside(root: etree._Element) -> etree._Element:
    """A part whose paragraphs stand in notes, with those notes opened."""
    inner = [one for one in root if one.tag in (f"{W}footnote", f"{W}endnote", f"{W}comment")]
    if not inner:
        return root
    flat = etree.Element(f"{W}body")
    for note in inner:
        flat.extend(list(note))
    return flat


def _opened(parent: etree._Element, counted: Counter[str]) -> Iterator[etree._Element]:
    """What stands in an element, controls and groups of changes opened."""
    for element in parent:
        if not isinstance(element.tag, str):
            continue
        if element.tag == f"{W}sdt":
            counted["controls"] += 1
            content = element.find(f"{W}sdtContent")
            if content is not None and not _placeholder(element, counted):
                yield from _opened(content, counted)
        elif element.tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            yield from _opened(element, counted)
        elif element.tag == f"{_MC}AlternateContent":
            chosen = element.find(f"{_MC}Choice")
            if chosen is not None:
                yield from _opened(chosen, counted)
        elif element.tag in (f"{W}del", f"{W}moveFrom"):
            counted["deleted"] += 1
        else:
            yield element


def _placeholder(control: etree._Element, counted: Counter[str]) -> bool:
    """Whether a control shows nothing but Word's invitation to fill it in."""
    shown = _on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))
    counted["placeholders"] += shown
    return shown


def _outermost(element: etree._Element, tag: str) -> list[etree._Element]:
    """The elements of a tag that stand in no other one, each alternative once."""
    found: list[etree._Element] = []
    for one in element:
        if one.tag == tag:
            found.append(one)
        elif one.tag == f"{_MC}Fallback" and element.find(f"{_MC}Choice") is not None:
            continue
        else:
            found += _outermost(one, tag)
    return found


def _broken(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs of each line of a paragraph that was broken by hand."""
    line: list[Run] = []
    for run in runs:
        first, *rest = re.split(r"[\n\f]", run.text.replace("\x1e", ""))
        line.append(Run(first, run.bold))
        for part in rest:
            yield tuple(line)
            line = [Run(part, run.bold)]
    yield tuple(line)


def _bold(run: etree._Element) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    return _on(properties.find(f"{W}b")) or _on(properties.find(f"{W}bCs"))


def _on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off", "none")


def _whole(element: etree._Element | None) -> int:
    text = (element.get(f"{W}val") or "") if element is not None else ""
    return int(text) if re.fullmatch(r"\d{1,4}", text) else 0


def _twips(indent: etree._Element | None) -> int:
    if indent is None:
        return 0
    text = indent.get(f"{W}left") or indent.get(f"{W}start") or "0"
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else 0


def _shaded(facts: etree._Element | None) -> bool:
    shade = facts.find(f"{W}shd") if facts is not None else None
    fill = (shade.get(f"{W}fill") or "").lower() if shade is not None else ""
    return fill not in ("", "auto", "ffffff", "white")


def _remarks(counted: Counter[str], package: WordPackage) -> Iterator[Message]:
    if counted["deleted"] or counted["inserted"]:
        yield message(
            "word-changes-accepted",
            inserted=counted["inserted"],
            deleted=counted["deleted"],
        )
    if counted["placeholders"]:
        yield message("word-placeholders-empty", count=counted["placeholders"])
    if package.has_macros:
        yield message("word-macros-ignored")

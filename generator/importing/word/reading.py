"""One Word file read: its front, its tables in order, its sheets, and the words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import components, front, grids, heads, plans, report_cards, reports, sheets
from .found import FoundFile, FoundIndicator, FoundReport
from .kept import LineLog, Mapping, Typed, of_lines
from .pieces import Block, Line, WordTable, WordText, core, lines_of, squashed
from .table_heads import keep_head
from .tables import RowReader, goals_of, is_strategy
from .words import as_text, is_dotted, numbered, of_cell

_DUTIES = re.compile(
    r"^[➤➢•●\-]*(?:\d+\.)?(?:(?:อำนาจ|บทบาท)?หน้าที่(?:และอำนาจ)?(?:ความรับผิดชอบ|และความรับผิดชอบ)?"
    r"|ภารกิจ(?:หลัก)?)(?:ของ(?:หน่วยงาน|ส่วนราชการ|กอง|สำนัก|กลุ่ม).{0,40})?:?$"
)
_GOALS = re.compile(r"^[➤➢•●\-]*(?:\d+\.)?ประเด็นยุทธศาสตร์")
_SUMMARY = re.compile(r"ตารางสรุป|สรุปตัวชี้วัด")


def read(text: WordText, account: LineLog) -> FoundFile:
    """All that a Word file says, each line with its place in the data it becomes."""
    made = grids.joined(text.blocks)
    found = FoundFile(text.name, made.blocks, account)
    for line in made.repeated:
        found.account.says(line, line.said)
    _Reader(found, made).read()
    if found.report is not None:
        found.report.aside = text.aside
    _aside(found, text.aside)
    return found


@dataclass(slots=True)
class _Reader:
    found: FoundFile
    joined: grids.WordJoined
    pending: list[Line] = field(default_factory=list)
    chapter: list[Line] = field(default_factory=list)
    duties: bool = False

    def read(self) -> None:
        blocks = self.joined.blocks
        if front.begins(blocks) is None:
            if reports.begins(blocks):
                first = next(i for i, one in enumerate(blocks) if isinstance(one, WordTable))
                self._report(blocks, first)
                return
            if (card := report_cards.begins(blocks)) is not None:
                self._report(blocks, card)
                return
        at = self._front(blocks)
        stretches = sheets.ranges(blocks)
        sheet_of = {index: s for s, e in stretches for index in range(s, e)}
        later: list[list[Block]] = [blocks[s:e] for s, e in stretches]
        for index in range(at, len(blocks)):
            if index in sheet_of:
                if index == sheet_of[index]:
                    self._flush()
                continue
            block = blocks[index]
            if isinstance(block, WordTable):
                self._table(block)
            else:
                self._line(block)
        self._flush()
        for stretch in later:
            sheets.read(self.found, stretch)
        front.name_of_unit(self.found)

    def _report(self, blocks: list[Block], first: int) -> None:
        """A report: its title, its table; what explains scores, and what no key holds so far."""
        found = self.found
        above = [b for b in blocks[:first] if isinstance(b, Line) and b.said]
        title = reports.title_of(above)
        named = reports.round_in(found, title)
        front.read_title(found, title[:-1] if named else title)
        if found.unit is None or found.unit_is_guess:
            found.unit, found.unit_is_guess = front.unit_in(above), False
        found.report = FoundReport(found.name, title, found.unit)
        rest: list[Block] = [b for b in blocks[:first] if b not in title]
        if not reports.begins(blocks):
            report_cards.read(found.report, blocks[first:], found.account)
            found.indicators += [FoundIndicator(r.name, r.number) for r in found.report.results]
            found.report.blocks = [*rest, *found.report.blocks]
            return
        for block in blocks[first:]:
            head = heads.read(block) if isinstance(block, WordTable) else None
            if isinstance(block, WordTable) and head is not None and reports.is_rows(head):
                rounds = keep_head(found, block, head, ("report",))
                if named:
                    rounds = {column.index: named for column in head.columns}
                reader = RowReader(found, block, head, rounds, breaks=self.joined.breaks)
                reader.total_path = ("report",)
                reports.keep(found.report, reader.read())
            else:
                rest.append(block)
        reports.explain(found.report, rest)

    def _front(self, blocks: list[Block]) -> int:
        first = front.begins(blocks)
        if first is not None:
            front.read_title(
                self.found, [b for b in blocks[:first] if isinstance(b, Line) and b.said]
            )
            return front.read_clauses(self.found, blocks, first)
        end = next((i for i, b in enumerate(blocks) if isinstance(b, WordTable)), len(blocks))
        stretches = sheets.ranges(blocks)
        end = min([end, *(s for s, _ in stretches)])
        lines = [b for b in blocks[:end] if isinstance(b, Line) and b.said]
        title: list[Line] = []
        for line in lines:
            text = squashed(line.text)
            if sheets.is_heading(line) or _DUTIES.match(text) or len(title) >= 6:
                break
            title.append(line)
        if stretches and len(title) == 1 and not self._has_tables(blocks[:end]):
            front.read_title(self.found, title)
            self.found.wording.pop("agreement", None)
            self.found.word(("sheet", "title"), Typed(title[0].said, title[0]))
        elif title:
            front.read_title(self.found, title)
        return blocks.index(title[-1]) + 1 if title else 0

    def _has_tables(self, blocks: list[Block]) -> bool:
        return any(isinstance(block, WordTable) for block in blocks)

    def _line(self, line: Line) -> None:
        if not line.said:
            if self.pending and not self.duties:
                self._to_chapter()
            return
        if sheets.read_heading(self.found, line):
            return
        if front.is_to_sign(line):
            self._flush()
            front.read_signatures(self.found, [line])
            return
        text = squashed(line.text)
        if _DUTIES.match(text):
            heading = [one for one in self.pending if "หน้าที่" in one.text]
            for one in heading:
                self.found.word(("agreement", "duties", "heading"), Typed(one.said, one))
                self.pending.remove(one)
            self._flush()
            self.found.word(("agreement", "duties", "duties"), Typed(line.said, line))
            self.duties = True
        elif _GOALS.match(text) and (self.duties or len(text) < 60) and not line.label:
            self.duties = False
            self._flush()
            self.found.word(("agreement", "duties", "strategy"), Typed(line.said, line))
        elif self.duties:
            self._duty(line)
        else:
            self.pending.append(line)

    def _duty(self, line: Line) -> None:
        number, words = numbered(line)
        self.found.account.says(line, number)
        if is_dotted(words) or not words:
            self.found.account.says(line, line.said)
        elif number or not self.found.duties or not line.text:
            self.found.duties.append(Typed(words, line))
        elif line.label or re.match(r"[-•(]", line.text):
            last = self.found.duties[-1]
            made = Typed(f"{last}\n{line.said}")
            made.sources = [*last.sources, (line, line.said)]
            self.found.duties[-1] = made
        else:
            self.found.duties.append(Typed(words, line))

    def _to_chapter(self) -> None:
        self.chapter += self.pending
        self.pending = []

    def _flush(self) -> None:
        """What stands before something else and is no heading of it: a chapter in words."""
        self._to_chapter()
        self.found.chapters += components.chapters_of(self.chapter)
        self.chapter = []

    def _heading(self, path: tuple[str, ...]) -> None:
        """Take the last line before a table as its heading; the others are words of a chapter."""
        if not self.pending and self.chapter and _is_title(self.chapter[-1]):
            self.pending = [self.chapter.pop()]
        if self.pending:
            line = self.pending.pop()
            self.found.word((*path, "heading"), Typed(line.said, line))
        self._flush()

    def _table(self, table: WordTable) -> None:
        self.duties = False
        if front.is_signature(table):
            self._flush()
            for lines in front.signers(table):
                front.read_signatures(self.found, lines)
            return
        head = heads.read(table)
        if head is None:
            self._flush()
            self._duty_table(table)
            return
        kinds = head.kinds()
        if len(head.of("month")) >= 6:
            plans.read(self.found, table, head, self._title_of_plan())
            return
        if is_strategy(head):
            self._strategy(table, head)
            return
        if "component" in kinds and "indicator" not in kinds and "weight" in kinds:
            components.read_weights(self.found, table, head, self._above())
            return
        if "indicator" not in kinds or not kinds & {"weight", "level", "criteria"}:
            self._flush()
            return
        if reports.is_rows(head):
            self._rows(table, head, ("report",))
        elif heads.column_of_keys(table, head) is not None:
            self._rows(table, head, ("agreement", "criteria"))
        elif "criteria" in kinds and "level" not in kinds:
            self._rows(table, head, ("agreement", "goals"))
        elif "goal" in kinds or "issue" in kinds:
            self._rows(table, head, ("agreement", "summary"))
        elif components.is_own(head) and self._of_components(table):
            self._component_table(table, head)
        else:
            self._rows(table, head, ("agreement", "criteria"))

    def _duty_table(self, table: WordTable) -> None:
        """Duties as the rows of a table, with or without a column for their numbers."""
        top = table.rows[0].cells if table.rows else []
        own = next((c for c in top if _DUTIES.match(squashed(c.text))), None)
        if own is None or table.width > 2 or not own.lines:
            return
        self.found.word(("agreement", "duties", "duties"), Typed(own.text, *own.lines[:1]))
        for row in table.rows:
            for cell in row.cells:
                if cell is own:
                    continue
                if cell.column != own.column:
                    for line in cell.lines:
                        self.found.account.says(line, line.said)
                elif cell.lines:
                    self.found.duties.append(as_text(cell.lines))

    def _of_components(self, table: WordTable) -> bool:
        """Whether there is a table for each component: several without a round in their heads."""
        own = [
            one
            for one in self.joined.blocks
            if isinstance(one, WordTable)
            and (h := heads.read(one)) is not None
            and components.is_own(h)
            and "indicator" in h.kinds()
            and "weight" in h.kinds()
            and not h.kinds() & {"goal", "issue", "result"}
        ]
        return len(own) > 1

    def _above(self) -> list[Line]:
        """The words above a table that belong to it: those since the last blank line."""
        above, self.pending = self.pending, []
        self._flush()
        return above

    def _title_of_plan(self) -> Line | None:
        above = self._above()
        for line in above[:-1]:
            self.chapter.append(line)
        return above[-1] if above else None

    def _component_table(self, table: WordTable, head: heads.ColumnHeads) -> None:
        path = ("agreement", "tables")
        keep_head(self.found, table, head, path)
        above = self._above()
        component = components.of_table(self.found, above)
        reader = RowReader(self.found, table, head, component=component, breaks=self.joined.breaks)
        reader.total_path, reader.sums_up = path, False
        reader.read()

    def _rows(self, table: WordTable, head: heads.ColumnHeads, path: tuple[str, ...]) -> None:
        if path == ("agreement", "goals"):
            self._flush()
        else:
            self._heading(path)
        rounds = keep_head(self.found, table, head, path)
        before = len(self.found.indicators)
        reader = RowReader(self.found, table, head, rounds, breaks=self.joined.breaks)
        reader.total_path = path
        reader.read()
        if path == ("agreement", "goals"):
            for one in self.found.indicators[before:]:
                if one.number.startswith("ตัวชี้วัด"):
                    line = one.name.sources[0][0]
                    pattern = re.sub(r"[0-9๐-๙.]+$", "[[number]]", one.number)
                    kept = Typed(
                        f"{pattern} [[name]]", line, words=re.sub(r"[0-9๐-๙.]+$", "", one.number)
                    )
                    self.found.word((*path, "numbered"), kept)

    def _strategy(self, table: WordTable, head: heads.ColumnHeads) -> None:
        path = ("agreement", "duties")
        if self.pending and "duties" not in self.found.wording.get("agreement", {}):
            self._heading(path)
        self._flush()
        keep_head(self.found, table, head, path)
        issue, goal, indicator = (head.first(k) for k in ("issue", "goal", "indicator"))
        for row in table.rows[head.rows :]:
            cells = [row.at(c.index) if c is not None else None for c in (issue, goal, indicator)]
            if not any(cell is not None and cell.lines for cell in cells):
                continue
            if all(_is_open(cell.text) for cell in cells if cell is not None and cell.lines):
                for cell in cells:
                    for line in cell.lines if cell is not None else ():
                        self.found.account.says(line, line.said)
                continue
            issue_cell, goal_cell, indicator_cell = cells
            merged = issue_cell is not None and issue_cell.merged and not issue_cell.lines
            if merged and self.found.strategy:
                last = self.found.strategy[-1]
                last["goals"] += goals_of(self.found, goal_cell) if goal_cell is not None else []
                last["names"] += goals_of(self.found, indicator_cell) if indicator_cell else []
                continue
            made = Mapping()
            if (issue_text := of_cell(issue_cell)) is not None:
                made["issue"] = issue_text
            made["goals"] = goals_of(self.found, goal_cell) if goal_cell is not None else []
            made["names"] = (
                goals_of(self.found, indicator_cell) if indicator_cell is not None else []
            )
            self.found.strategy.append(made)


def _is_open(text: str) -> bool:
    return is_dotted(text) or bool(re.fullmatch(r"[0-9๐-๙ .…_]*", text))


def _is_title(line: Line) -> bool:
    return (
        bool(_SUMMARY.search(squashed(line.text)))
        or (line.bold and len(line.text) < 200)
        or (line.style.startswith("Heading"))
    )


def _aside(found: FoundFile, lines: list[Line]) -> None:
    """Heads and feet of pages: the mark of a draft, the foot's words; the rest is left over."""
    for line in lines:
        text = line.said
        if text.startswith("ร่าง") and line.where.story == "header":
            found.is_draft_marked = True
            found.account.says(line, "ร่าง")
        elif match := re.match(r"^(.*?)\s*(หน้า)\s*\d+\s*(?:/\s*\d+)?$", text):
            if match[1]:
                found.word(("footer",), Typed(match[1], line))
            found.word(("page",), Typed(match[2], line))
            found.account.says(line, text[match.end(2) :])
        elif re.fullmatch(r"[-–\s0-9๐-๙/]+", text):
            found.account.says(line, text)


__all__ = ["as_text", "core", "lines_of", "of_lines", "read"]

"""Tables of indicators read row by row: criteria of rounds, summaries, goals, results."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ... import thai
from . import cell_levels, grids
from .found import FoundComponent, FoundFile, FoundIndicator
from .heads import ColumnHeads, HeadColumn, column_of_keys
from .kept import Mapping, Typed
from .pieces import Line, WordCell, WordRow, WordTable, core
from .words import as_text, figure, is_dotted, level_key, numbered, of_cell

_PERCENT = re.compile(
    r"\((?:ร้อยละ|น้ำหนัก(?:ร้อยละ)?|weight)?\s*:?\s*([0-9๐-๙.]+)\s*%?\)|ร้อยละ\s*([0-9๐-๙.]+)\s*\*?$",
    re.I,
)


_SECTION = re.compile(r"^(?:ส่วนที่|ด้านที่|องค์ประกอบที่|มิติที่|งานทีม$|งานรายบุคคล$|[กขคง]\.\s)")


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table of indicators into what a file was found to say."""

    found: FoundFile
    table: WordTable
    heads: ColumnHeads
    rounds: dict[int, str] = field(default_factory=dict)
    """By column: its round."""
    component: FoundComponent | None = None
    last: FoundIndicator | None = None
    issue: Typed | None = None
    goals: list[Typed] = field(default_factory=list)

    def read(self) -> list[FoundIndicator]:
        """All its indicators, in order."""
        made: list[FoundIndicator] = []
        self._keys = column_of_keys(self.table, self.heads)
        again = {id(row) for row in grids.repeated_heads(self.table, self.heads)}
        for row in self.table.rows[self.heads.rows :]:
            if id(row) in again:
                self._repeat(row)
            elif not row.text:
                continue
            elif grids.is_total(row):
                self._total(row)
            elif self._is_section(row):
                self._section(row)
            else:
                indicator = self._indicator(row)
                if indicator is not None and indicator not in made:
                    made.append(indicator)
        return made

    def _repeat(self, row: WordRow) -> None:
        for cell in row.cells:
            for line in cell.lines:
                self.found.account.says(line, line.said)

    def _is_section(self, row: WordRow) -> bool:
        said = [cell for cell in row.cells if cell.text]
        if len(said) != 1 or not said[0].lines:
            return False
        cell = said[0]
        wide = cell.span >= max(self.table.width - 1, 2) or len(row.cells) == 1
        text = cell.text
        if wide:
            return True
        first = self.heads.first("indicator") or self.heads.first("number")
        starts = first is not None and cell.column <= first.index
        named = re.search(r"(?i)องค์ประกอบ|มิติ|performance|potential|ด้านที่|ส่วนที่|\(ร้อยละ", text)
        return bool(starts and (named or (cell.lines[0].bold and not numbered(cell.lines[0])[0])))

    def _section(self, row: WordRow) -> None:
        lines = next(cell.lines for cell in row.cells if cell.text)
        name = Typed(" ".join(line.said for line in lines[:1]), lines[0])
        second = None
        if len(lines) > 1:
            rest = " ".join(line.said for line in lines[1:])
            if re.search("[ก-ฮ]", rest):
                name = Typed(" ".join(line.said for line in lines))
                name.sources = [(line, line.said) for line in lines]
            else:
                second = Typed(rest)
                second.sources = [(line, line.said) for line in lines[1:]]
        if not self.sums_up and self.component is not None:
            self.component.heading = self.component.heading or name
            return
        self.component = self.component_of(name, second)

    def component_of(self, name: Typed, second: Typed | None = None) -> FoundComponent:
        """The component that a section row names: that of another table, or a new one."""
        for one in self.found.components:
            if core(one.name) == core(name) and one is not self.component:
                if self._stands_before(one):
                    continue
                one.name.stand_for(name)
                if second is not None and one.second is not None:
                    one.second.stand_for(second)
                self._seen.append(one)
                return one
        made = FoundComponent(name, second=second)
        if match := _PERCENT.search(name):
            made.weight = Typed(thai.arabic_digits(match[1] or match[2]).rstrip("."), bare=True)
        self.found.components.append(made)
        self._seen.append(made)
        return made

    _seen: list[FoundComponent] = field(default_factory=list)

    def _stands_before(self, one: FoundComponent) -> bool:
        """Whether this table had it already: the same words name another section then."""
        return one in self._seen

    def _total(self, row: WordRow) -> None:
        account, found = self.found.account, self.found
        for cell in row.cells:
            for line in cell.lines:
                kinds = [c.kind for c in self.heads.columns if c.index == cell.column]
                if figure(line.said) is not None and "weight" in kinds:
                    total = Typed(figure(line.said) or "", line, words=line.said, bare=True)
                    if self.sums_up and found.total is None:
                        found.total = total
                    elif found.total is not None and core(found.total) == core(total):
                        found.total.also(line, line.said)
                    elif self.component is not None and self.component.weight is None:
                        self.component.weight = total
                    elif self.component is not None and core(self.component.weight or "") == core(
                        total
                    ):
                        assert self.component.weight is not None
                        self.component.weight.also(line, line.said)
                elif "level" in kinds and core(line.said) in self._level_words():
                    account.says(line, line.said)
                elif "weight" not in kinds and figure(line.said) is None:
                    self.found.word((*self.total_path, "total"), Typed(line.said, line))

    total_path: tuple[str, ...] = ("agreement", "criteria")
    sums_up: bool = True

    def _level_words(self) -> set[str]:
        return {core(column.key) for column in self.heads.of("level")}

    def _indicator(self, row: WordRow) -> FoundIndicator | None:
        cells = {column.index: row.at(column.index) for column in self.heads.columns}
        name_column = self.heads.first("indicator") or self.heads.first("component")
        name_cell = cells.get(name_column.index) if name_column is not None else None
        self._strategy(row, cells)
        said = bool(name_cell is not None and name_cell.lines)
        merged = name_cell is not None and name_cell.merged
        if not said or merged:
            if self.last is not None:
                self._fill(self.last, row, goes_on=True)
                return self.last
            return None
        assert name_cell is not None
        lines = name_cell.lines
        number, words = numbered(lines[0])
        if not words or is_dotted(words):
            for line in lines:
                self.found.account.says(line, line.said)
            return None
        weights = [cells[c.index] for c in self.heads.of("weight") if cells[c.index] is not None]
        bare = not any(cell.text for cell in weights if cell is not None)
        if not number and self.last is not None and id(row) in self.breaks and bare:
            self._fill(self.last, row, goes_on=True)
            self.last.name = _longer(self.last.name, lines)
            return self.last
        english = [line for line in lines[1:] if not re.search("[ก-ฮ]", line.text)]
        thai_lines = [line for line in lines if line not in english]
        name = Typed(" ".join([words, *(line.said for line in thai_lines[1:])]))
        name.sources = [(lines[0], words), *((line, line.said) for line in thai_lines[1:])]
        other = self.heads.first("number")
        if other is not None and (cell := cells.get(other.index)) is not None and cell.lines:
            number = number or cell.lines[0].said
            for line in cell.lines:
                self.found.account.says(line, line.said)
        self.found.account.says(lines[0], number)
        indicator = self._same(name, number)
        if english:
            second = Typed(" ".join(line.text for line in english))
            second.sources = [(line, line.text) for line in english]
            _once(indicator.fields, "name_en", second)
        self.last = indicator
        self._fill(indicator, row)
        return indicator

    breaks: set[int] = field(default_factory=set)

    def _same(self, name: Typed, number: str) -> FoundIndicator:
        """The indicator that a row is of: one that another table has already, or a new one."""
        for one in self.found.indicators:
            if core(one.name) == core(name) and one is not self.last:
                if one.component is not None and self.component not in (None, one.component):
                    continue
                if one in self._had:
                    continue
                one.name.stand_for(name)
                one.component = one.component or self.component
                one.number = one.number or number
                self._had.append(one)
                return one
        made = FoundIndicator(name, number, self.component)
        self.found.indicators.append(made)
        self._had.append(made)
        return made

    _had: list[FoundIndicator] = field(default_factory=list)

    def _strategy(self, row: WordRow, cells: dict[int, WordCell | None]) -> None:
        """Issue and goals beside an indicator; a merged cell goes on with those above."""
        for kind in ("issue", "goal"):
            column = self.heads.first(kind)
            cell = cells.get(column.index) if column is not None else None
            if cell is None or (cell.merged and not cell.lines):
                continue
            if kind == "issue":
                self.issue = of_cell(cell)
            else:
                self.goals = goals_of(self.found, self._without_section(column, cell))

    def _without_section(self, column: HeadColumn | None, cell: WordCell) -> WordCell:
        """A cell of goals without the name of a section that begins in it, as in memoranda."""
        lines = cell.lines
        if "criteria" not in self.heads.kinds() or column is None or len(lines) < 2:
            return cell
        head = core(" ".join(c.text for c in column.head))
        said = core(lines[0].said)
        if not (said.startswith(head) and len(said) > len(head)) and not _SECTION.match(
            lines[0].said
        ):
            return cell
        self.component = self.component_of(Typed(lines[0].said, lines[0]))
        return WordCell(cell.column, cell.span, list(lines[1:]))

    _keys: int | None = None
    """The column that says of which level a row is, where each level has its row."""
    _key: str = ""

    def _fill(self, one: FoundIndicator, row: WordRow, goes_on: bool = False) -> None:
        done: set[int] = set()
        named = row.at(self._keys) if self._keys is not None else None
        self._key = level_key(named.text) if named is not None else ""
        if named is not None and self._key:
            done.add(id(named))
            for line in named.lines:
                self.found.account.says(line, line.said)
            if self._key not in [key for key, _ in self.found.levels]:
                self.found.levels.append((self._key, Typed(self._key)))
        for column in self.heads.columns:
            cell = row.at(column.index)
            if cell is None or not cell.lines or id(cell) in done:
                continue
            if column.kind in ("indicator", "issue", "goal", "number", "component"):
                continue
            done.add(id(cell))
            self._cell(one, column, cell, goes_on)
        if not goes_on:
            one.issue = one.issue or self.issue
            if self.issue is not None and one.issue is not self.issue:
                _also(one.issue, self.issue)
            if not one.goals:
                one.goals = self.goals
            else:
                for mine, other in zip(one.goals, self.goals, strict=False):
                    _also(mine, other)

    def _cell(self, one: FoundIndicator, column: HeadColumn, cell: WordCell, goes_on: bool) -> None:
        text = as_text(cell.lines)
        round_ = self.rounds.get(column.index, "all")
        if column.kind == "weight":
            value = figure(text)
            if value is None:
                one.skipped += [(round_, line) for line in cell.lines if line.said in ("-", "–")]
                return
            for line in cell.lines:
                self.found.account.says(line, line.said)
            weight = Typed(value, bare=True)
            weight.sources = [(line, line.said) for line in cell.lines]
            _put(one.weights, round_, weight)
        elif column.kind == "level":
            levels = one.table_levels.setdefault(round_, {})
            _put(levels, column.key, text, append=goes_on)
        elif column.kind == "year":
            _put(one.table_years, column.key, text, append=goes_on)
        elif column.kind in ("criteria", "part") and self._key:
            levels = one.table_levels.setdefault(round_, {})
            _put(levels, self._key, text, append=goes_on)
        elif column.kind == "criteria":
            self._levels_in(one, cell, round_)
        elif column.kind == "source":
            _once(one.fields, "source", text)
        elif column.kind == "measure":
            _once(one.fields, "measure", text)
        elif column.kind in ("result", "score", "weighted"):
            _put(one.reported, column.kind, text, append=goes_on)

    def _levels_in(self, one: FoundIndicator, cell: WordCell, round_: str) -> None:
        """Levels in one cell; what isn't a level's are conditions."""
        levels, rest = cell_levels.read(self.found, one, cell)
        for level, text in levels.items():
            _put(one.table_levels.setdefault(round_, {}), level, text)
        if rest:
            first = re.sub(r"^เงื่อนไข\s*:?\s*", "", rest[0].said)
            self.found.account.says(rest[0], "เงื่อนไข" if first != rest[0].said else "")
            _once(one.fields, "conditions", as_text(rest, first or None))


def _longer(name: Typed, lines: list[Line]) -> Typed:
    made = Typed(" ".join([str(name), *(line.said for line in lines)]))
    made.sources = [*name.sources, *((line, line.said) for line in lines)]
    return made


def _also(one: Typed | None, other: Typed | None) -> None:
    if one is not None and other is not None and one is not other and core(one) == core(other):
        one.stand_for(other)


def _put(where: dict[str, Typed], key: str, text: Typed, *, append: bool = False) -> None:
    """Keep a text; one that is there already stands for both, or is added to."""
    old = where.get(key)
    if old is None:
        where[key] = text
    elif core(old) == core(text):
        old.stand_for(text)
    elif append:
        made = Typed(f"{old}\n{text}")
        made.sources = [*old.sources, *text.sources]
        where[key] = made


def _once(where: Mapping, key: str, text: Typed) -> None:
    _put(where, key, text)


def goals_of(found: FoundFile, cell: WordCell) -> list[Typed]:
    """The goals in a cell: each numbered line one, else the whole cell."""
    groups: list[list[Line]] = []
    for line in cell.lines:
        number, words = numbered(line)
        if is_dotted(words) or not words or words == f"{number}":
            found.account.says(line, line.said)
            continue
        if number or not groups or not numbered(groups[-1][0])[0]:
            groups.append([line])
        else:
            groups[-1].append(line)
    if groups and not any(numbered(group[0])[0] for group in groups):
        groups = [[line for group in groups for line in group]]
    out = []
    for group in groups:
        number, words = numbered(group[0])
        found.account.says(group[0], number)
        made = Typed("\n".join([words, *(line.said for line in group[1:])]))
        made.sources = [(group[0], words), *((line, line.said) for line in group[1:])]
        out.append(made)
    return out


def is_strategy(heads: ColumnHeads) -> bool:
    """Whether a table holds issues, goals and indicators, and nothing that is measured."""
    kinds = heads.kinds()
    return {"goal", "indicator"} <= kinds and not kinds & {"weight", "level", "criteria", "year"}

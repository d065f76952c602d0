"""What several assessors said of results, and appeals, off the tables of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ... import thai
from ...model.report_words import ReportWords
from . import kept
from .kept import Typed
from .pieces import WordCell, WordRow, WordTable, core
from .reported import Explained
from .words import as_text, figure, numbered, of_cell

_REST = ("conclusion", "strengths", "improve")


@dataclass(slots=True)
class Remarks:
    """Reads the tables; ``key`` is the indicator that a cell names."""

    words: ReportWords
    assessors: Mapping[str, str]
    key: Callable[[Typed], str]
    said: dict[str, kept.Mapping] = field(default_factory=dict)
    """By indicator: what each assessor said."""
    earlier: dict[str, list[kept.Mapping]] = field(default_factory=dict)
    appeals: dict[str, kept.Mapping] = field(default_factory=dict)

    def read(self, table: WordTable) -> None:
        """Take a table of remarks or of appeals; any other one is let go."""
        words = self.words.assessment
        heads = {core(cell.text): cell.column for cell in table.rows[0].cells}
        if {core(words.assessor), core(words.day), core(words.reason)} <= heads.keys():
            columns = {
                key: heads.get(core(getattr(words, key)), -1)
                for key in ("assessor", "day", "reason", *_REST)
            }
            self._remarks(table, columns)
        elif {core(words.appeal), core(words.decision), core(words.by)} <= heads.keys():
            columns = {
                key: heads.get(core(getattr(words, key)), -1)
                for key in ("appeal", "was", "now", "decision", "by")
            }
            self._appeals(table, columns)

    def _remarks(self, table: WordTable, columns: Mapping[str, int]) -> None:
        key = ""
        for row in table.rows[1:]:
            if row.head:
                continue
            cells = [cell for cell in row.cells if cell.lines]
            if len(row.cells) == 1 and cells:
                line = cells[0].lines[0]
                number, words = numbered(line)
                key = self.key(Typed(words, line, words=line.said if number else words))
                continue
            if key:
                self._remark(key, row, columns)

    def _remark(self, key: str, row: WordRow, columns: Mapping[str, int]) -> None:
        words = self.words.assessment
        at = {name: row.at(column) for name, column in columns.items() if column >= 0}
        who = at["assessor"].text if at["assessor"] is not None else ""
        before, _, after = words.replaced.partition("[[date]]")
        replaced = None
        id_ = self.assessors.get(core(who))
        if id_ is None and before.strip() in who:
            name, _, rest = who.partition(before.strip())
            id_ = self.assessors.get(core(name))
            replaced = Typed(rest.removesuffix(after.strip()).strip())
        if id_ is None:
            return
        made = kept.Mapping() if replaced is None else kept.Mapping(by=Typed(id_))
        self._reason(made, at["reason"])
        for name in ("day", *_REST):
            if (text := of_cell(at.get(name))) is not None:
                made[name] = text
        if at["assessor"] is not None:
            who_said = Typed(id_)
            who_said.sources = [(line, line.said) for line in at["assessor"].lines]
            made_by = made.setdefault("by", who_said)
            made_by.sources = who_said.sources
        if replaced is None:
            self.said.setdefault(key, kept.Mapping())[id_] = made
        else:
            made["replaced"] = replaced
            self.earlier.setdefault(key, []).append(made)

    def _reason(self, made: kept.Mapping, cell: WordCell | None) -> None:
        """A state first, then what was given, then why."""
        if cell is None or not cell.lines:
            return
        words = self.words.assessment
        states = {core(getattr(words, one)): one for one in ("agreed", "disagreed", "returned")}
        lines = cell.lines
        state = states.get(core(lines[0].said))
        if state is not None:
            made["state"] = Typed(state, lines[0], words=lines[0].said)
            lines = lines[1:]
        if "by" in made and lines:
            lead = words.score.partition("[[score]]")[0].strip()
            given = words.result.partition("[[result]]")[0].strip()
            number = figure(lines[0].said.removeprefix(lead).removeprefix(given))
            if number is not None:
                is_score = lines[0].said.startswith(lead)
                key = "score" if is_score else "value"
                made[key] = Typed(number, lines[0], words=lines[0].said, bare=True)
                lines = lines[1:]
        if lines:
            made["reason"] = as_text(lines)

    def _appeals(self, table: WordTable, columns: Mapping[str, int]) -> None:
        for row in table.rows[1:]:
            first = row.cells[0].lines[:1]
            if not first:
                continue
            key = self.key(Typed(numbered(first[0])[1], first[0]))
            at = {name: row.at(column) for name, column in columns.items()}
            made = kept.Mapping()
            self._with_day(made, "reason", at["appeal"])
            if at["now"] is not None and at["now"].lines:
                decision = kept.Mapping()
                for name in ("was", "now"):
                    cell = at[name]
                    number = figure(cell.text) if cell is not None else None
                    if cell is not None and number is not None:
                        decision[name] = Typed(number, *cell.lines, words=cell.text, bare=True)
                if (why := of_cell(at["decision"])) is not None:
                    decision["reason"] = why
                self._with_day(decision, "by", at["by"])
                made["decision"] = decision
            if key and "reason" in made:
                self.appeals[key] = made

    def _with_day(self, made: kept.Mapping, key: str, cell: WordCell | None) -> None:
        """Words with a day in brackets in the last line."""
        lines = cell.lines if cell is not None else []
        day = lines[-1].text.strip("() ") if lines and lines[-1].text.startswith("(") else ""
        if thai.parse_date(thai.arabic_digits(day)) is not None:
            made["day"] = Typed(day, lines[-1], words=lines[-1].said)
            lines = lines[:-1]
        if lines:
            made[key] = as_text(lines)

    def lay(self, key: str, result: kept.Mapping, read: Explained) -> None:
        """Lay what was said of an indicator's result beside it."""
        first = next(iter(self.assessors.values()), "")
        said = self.said.get(key, kept.Mapping())
        made = kept.Mapping()
        for id_, one in said.items():
            own = kept.Mapping({name: value for name, value in one.items() if name != "by"})
            given = read.by_assessor.get(id_)
            if id_ != first and one.get("state") not in ("agreed", "returned"):
                if given:
                    own.update(given)
                elif id_ in read.scores:
                    own["score"] = read.scores[id_]
            made[id_] = own
        if made:
            result["assessed"] = made
        if key in self.earlier:
            result["earlier"] = self.earlier[key]
        if key in self.appeals:
            result["appeal"] = self.appeals[key]

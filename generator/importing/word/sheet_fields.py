"""What stands under each label of an indicator's sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...messages import message
from . import (
    combining,
    formulas,
    heads,
    labels,
    plans,
    score_tables,
    sheet_frames,
    sheet_tables,
    target_tables,
)
from .contacts import read_contacts
from .found import FoundFile, FoundIndicator
from .kept import Mapping, Typed, of_lines
from .labels import Label
from .pieces import Block, Line, WordTable, core, squashed
from .words import TITLES, figure, is_dotted, level_of, levels_in, round_of, text_of

_TEXTS = (
    "objective",
    "target_group",
    "description",
    "conditions",
    "source",
    "documents",
    "collection",
)

_QUARTER = re.compile(r"ไตรมาส(?:ที่)?[1-4](?:(?:[-–]|ถึง|และ)[1-4])?(?:\(.{1,40}\))?")
"""A quarter alone, as the heading over its levels."""


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet's blocks into an indicator."""

    found: FoundFile
    indicator: FoundIndicator
    label: Label | None = None
    round: str = ""
    texts: dict[str, list[tuple[Line, str]]] = field(default_factory=dict)
    order: list[tuple[str, Label, Line]] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    inputs: Mapping = field(default_factory=Mapping)
    drawn: list[tuple[str, list[Line]]] = field(default_factory=list)
    """Formulas that are drawn; read at the end, when the figures' letters are known."""

    def read(self, blocks: list[Block]) -> None:
        """All blocks of the sheet, the one that names it left out."""
        for block in sheet_frames.flat(blocks):
            if isinstance(block, WordTable):
                self._table(block)
            elif block.said:
                self._line(block)
                self.gap = False
            else:
                self.gap = True
        self._finish()

    gap: bool = False

    def _titles(self) -> list[Line]:
        """The lines right above a table that no field wants: its title."""
        field = self.label.field if self.label is not None else ""
        parts = self.texts.get(field, [])
        titles: list[Line] = []
        while len(parts) and len(titles) < 4:
            line, words = parts[-1]
            contact = "โทร" in line.said or words.startswith(TITLES)
            begins = any(line is first for _, _, first in self.order)
            if begins or contact or line.label or words != line.said:
                break
            titles.insert(0, parts.pop()[0])
        return titles

    def _line(self, line: Line) -> None:
        label = labels.label_of(line)
        said = squashed(line.text)
        if label is not None and label.field == "telephone":
            label = None
        if self._is_round(line, label):
            return
        if label is not None and self._accepts(label):
            self._begin(label, line)
            return
        if self.label is None:
            if re.fullmatch(r"[A-Za-z0-9 ,.;:()&%'/-]+", line.text):
                english = Typed(line.text, line)
                old = self.indicator.fields.setdefault("name_en", english)
                if core(old) == core(english):
                    old.stand_for(english)
            elif re.fullmatch(r"\(?ระดับ.{2,40}\)?", said):
                self.found.level = self.found.level or Typed(line.text, line)
            elif not self.order:
                _longer_name(self.indicator, line)
            return
        if self.label.field != "criteria" or not self._level(line):
            self._under(self.label.field, line, line.said)

    level: str = ""
    """The level whose words a line of the criteria goes on with."""

    def _level(self, line: Line) -> bool:
        """Whether a line of the criteria is a level's: ``ระดับ 3 = …``, ``3 คะแนน : …``."""
        first, *others = levels_in(line.said)
        match = level_of(first)
        rows = self.indicator.sheet_levels.setdefault(self.round or "all", [])
        if match is None and not (self.level and rows):
            if not rows:
                del self.indicator.sheet_levels[self.round or "all"]
            return False
        if match is None:
            old = rows[-1][1][self.level]
            rows[-1][1][self.level] = of_lines(
                [*(one for one, _ in old.sources), line],
                f"{old}\n{line.said}",
                [*(words for _, words in old.sources), line.said],
            )
            return True
        for part in (first, *others):
            level = level_of(part)
            assert level is not None
            self.level, lead, words = level
            if not rows or self.level in rows[-1][1]:
                rows.append((None, {}))
            rows[-1][1][self.level] = Typed(words.rstrip(" ;,|") if others else words, line)
            self.found.account.says(line, lead)
            if self.level not in [key for key, _ in self.found.levels]:
                self.found.levels.append((self.level, Typed(self.level)))
        return True

    def _accepts(self, label: Label) -> bool:
        """Whether a label begins a field here, rather than being words of a text."""
        if not label.field:
            contacts = self.label is not None and self.label.field in ("supervisor", "collector")
            return not contacts or label.words.startswith("ผู้")
        if any(field == label.field for field, _, _ in self.order):
            return label.field in ("supervisor", "collector") and self.label is not None
        return True

    def _is_round(self, line: Line, label: Label | None) -> bool:
        """Whether a line is the heading over a round's levels."""
        said = squashed(line.text)
        is_label = label is not None and label.field == "criteria"
        about = "เกณฑ์" in said[:12] or "รอบ" in said[:6]
        named = any(core(one.name) == core(line.text) for one in self.found.rounds)
        named = named or _QUARTER.fullmatch(said) is not None
        if not (is_label or named or (about and len(said) < 90)):
            return False
        if line.label.startswith(("-", "•")):
            return False
        round_ = round_of(line.text)
        if not is_label and round_ is None:
            return False
        if self.label is not None and self.label.field == "periods" and "เกณฑ์" not in said:
            return False
        self.label, self.level = labels.Label("criteria", line.text, "", False), ""
        text = re.sub(r"\s*[:：]\s*$", "", line.said)
        if round_ is None and not (known := self._named(text)):
            self.round = "all"
            self.found.account.says(line, line.said)
            if label is not None and label.rest:
                self._under("criteria", line, label.rest)
            return True
        self.round = round_ or known
        self.found.word(("sheet", "rounds", self.round), Typed(text, line))
        self.order.append(("criteria", self.label, line)) if not self._has("criteria") else None
        return True

    def _named(self, text: str) -> str:
        """The round whose name ends a heading."""
        for one in self.found.rounds:
            name = core(re.sub(r"\(.*?\)", "", one.name))
            if name and name in core(text):
                return one.id
        only = self.found.rounds[0].id if len(self.found.rounds) == 1 else ""
        return only if "รอบ" in text else ""

    def _has(self, name: str) -> bool:
        return any(field == name for field, _, _ in self.order)

    def _begin(self, label: Label, line: Line) -> None:
        name = label.field or f"text:{label.words}"
        words = re.sub(r"\s*\((?:ถ้ามี|หากมี)\)\s*$", "", label.words)
        if words != label.words:
            self.found.account.says(line, "(ถ้ามี)")
        label = Label(name, words, label.rest, label.colon)
        self.label = label
        if not self._has(name):
            self.order.append((name, label, line))
        if label.rest:
            self._under(name, line, label.rest)
        else:
            self.texts.setdefault(name, [])

    def _under(self, name: str, line: Line, words: str) -> None:
        if is_dotted(words):
            self.found.account.says(line, words)
            return
        self.texts.setdefault(name, []).append((line, words))

    def _table(self, table: WordTable) -> None:
        name = self.label.field if self.label is not None else ""
        head = heads.read(table)
        scores = (
            score_tables.read(table) if name in ("description", "formula", "criteria") else None
        )
        if scores is not None:
            self.indicator.fields["value"] = scores
            self.label = Label("note", "", "", False)
        elif head is not None and len(head.of("month")) >= 6:
            titles = self._titles()
            plans.read(self.found, table, head, titles[-1] if titles else None)
            self.indicator.plan = self.found.plans[-1]
        elif head is not None and head.are_levels:
            sheet_tables.read_levels(self.found, self.indicator, self.round, table, head)
        elif head is not None and head.of("year"):
            sheet_tables.read_past(self.found, self.indicator, table, head)
        elif name == "formula" and (text := formulas.of_table(table)) is not None:
            lines = [line for row in table.rows for c in row.cells for line in c.lines]
            self.drawn.append((text, lines))
        elif formulas.is_equation(table):
            kept = formulas.as_equation(table)
            self.texts.setdefault(name or "description", []).append((kept.sources[0][0], str(kept)))
            self._equations += [(kept, line, words) for line, words in kept.sources[1:]]
        elif name == "criteria" and sheet_tables.is_level_rows(table):
            sheet_tables.read_level_rows(self.found, self.indicator, self.round, table)
        elif name not in ("description", "formula") and target_tables.is_target(table):
            made = target_tables.read(self.found, table, self._titles())
            if made is not None:
                self.indicator.tables.append(made)
        elif sheet_frames.is_frame(table):  # a frame around words
            for line in table.rows[0].cells[0].lines:
                self._line(line)
        # Any other table stays where it is: its lines are in no file, so they are left over.

    _equations: list[tuple[Typed, Line, str]] = field(default_factory=list)

    def _formula(self, text: str, lines: list[Line]) -> None:
        text = re.sub(r"\b([A-Z])/([A-Z])\b", r"\1 / \2", text)
        made = formulas.read(text, lines, self.letters)
        if made is None:
            self.texts.setdefault("description", []).extend((line, line.said) for line in lines)
            self.indicator.fields.guess("description", message("import-formula-as-text"))
            return
        if self.inputs or made.get("inputs"):
            made["inputs"] = Mapping({**self.inputs, **made.get("inputs", {})})
        for line in lines:
            for times in re.findall(r"\s[xX]\s", line.said):
                self.found.account.says(line, times)
        for name in self.letters:
            for line in lines:
                if re.search(rf"\b{name}\b", line.said):
                    self.found.account.says(line, name)
        self.indicator.fields["value"] = made
        self.indicator.fields.guess("value", message("import-formula-guessed"))

    def _finish(self) -> None:
        one = self.indicator
        self._definitions()
        for text, drawn in self.drawn:
            self._formula(text, drawn)
        self._formulas(self.texts.pop("formula", []))
        for name, parts in self.texts.items():
            if not parts and name not in ("weight",):
                continue
            [line for line, _ in parts]
            if name == "measure":
                one.fields["measure"] = _plain(parts)
            elif name == "weight":
                self._weight(parts)
            elif name == "note":
                one.fields.setdefault("value", Mapping())["note"] = text_of(parts)
            elif name in ("supervisor", "collector") or self._is_contact(name, parts):
                self._contacts(name, parts)
            elif name == "baselines":
                one.fields["history"] = text_of(parts)
            elif name == "periods":
                for line, words in parts:
                    self.found.account.says(line, words)
                    self.found.periods.append(words)
            elif name in {"criteria", "definitions"}:
                continue
            elif name.startswith("text:"):
                key = _key_of(name[5:])
                one.fields.setdefault("texts", Mapping())[key] = text_of(parts)
            elif name in _TEXTS:
                text = text_of(parts)
                for kept, line, words in self._equations:
                    if str(kept) in str(text):
                        text.sources.append((line, words))
                one.fields[name] = text
        for name, label, line in self.order:
            if name == "periods":
                self.found.account.says(line, label.words)

    def _formulas(self, parts: list[tuple[Line, str]]) -> None:
        """Typed formulas: rules of combining, else one formula on all lines."""
        rest = []
        for line, words in parts:
            rule = combining.read(words)
            if rule is None:
                rest.append((line, words))
            else:
                self.indicator.combined.append((rule, line))
        if rest:
            self._formula(" ".join(words for _, words in rest), [line for line, _ in rest])

    def _definitions(self) -> None:
        for line, words in self.texts.get("definitions", []):
            found = re.match(
                r"^([A-Z])\s*=\s*(.+?)(?:\s*\(([^()]{1,30})\))?\s*(?::\s*(.*))?$", words
            )
            if found is None:
                continue
            key = f"figure_{len(self.inputs) + 1}"
            self.letters[found[1]] = key
            made = Mapping(name=Typed(found[2], line))
            if found[3]:
                made["measure"] = Typed(found[3], line)
            if found[4] and not is_dotted(found[4]):
                made["definition"] = Typed(found[4], line)
            self.found.account.says(line, found[1])
            self.inputs[key] = made
        if self.inputs and "formula" not in self.texts and "value" not in self.indicator.fields:
            self.indicator.fields["value"] = Mapping(inputs=self.inputs)

    def _is_contact(self, name: str, parts: list[tuple[Line, str]]) -> bool:
        return name.startswith("text:ผู้") and any("โทร" in line.said for line, _ in parts)

    def _contacts(self, name: str, parts: list[tuple[Line, str]]) -> None:
        people = read_contacts(self.found, parts)
        if name == "supervisor":
            self.indicator.fields["supervisors"] = people
        elif name == "collector":
            self.indicator.fields["collectors"] = people
        else:
            key = _key_of(name[5:])
            self.indicator.fields.setdefault("contacts", Mapping())[key] = people

    def _weight(self, parts: list[tuple[Line, str]]) -> None:
        for line, words in parts:
            said = re.sub(r"^(ร้อยละ|สัดส่วน|คะแนน)\s*", "", words)
            for number, piece in enumerate(re.split(r"\s*/\s*", said)):
                value = figure(piece)
                if value is None:
                    continue
                key = "all" if len(re.split(r"\s*/\s*", said)) == 1 else str(number + 1)
                weight = Typed(value, line, words=piece, bare=True)
                old = self.indicator.weights.get(key)
                if old is None and not (key == "all" and self.indicator.weights):
                    self.indicator.weights[key] = weight
                for mine in self.indicator.weights.values():
                    if mine is not weight and core(mine) == core(weight):
                        mine.also(line, piece)
            if said != words:
                lead = words[: len(words) - len(said)].strip()
                self.found.word(("sheet", "percent"), Typed(lead, line))


def _plain(parts: list[tuple[Line, str]]) -> Typed:
    made = Typed(" ".join(words for _, words in parts))
    made.sources = list(parts)
    return made


def _key_of(words: str) -> str:
    """A label's words as a key."""
    return re.sub(r"[\s/\\:*?\"<>|\[\]{}.]+", "-", words).strip("-")[:60] or "text"


def _longer_name(indicator: FoundIndicator, line: Line) -> None:
    """A name that goes on below its first line."""
    made = Typed(f"{indicator.name} {line.said}")
    made.sources = [*indicator.name.sources, (line, line.said)]
    indicator.name = made

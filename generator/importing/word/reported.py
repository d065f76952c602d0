"""What lines say of one result: as gen explains a score, or as officers type a result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ... import thai
from ...messages import message
from ...model import UnitIndicator
from ...scoring.checklists import DONE, NOT_DONE
from . import kept
from .kept import Typed
from .pieces import Block, Line, WordTable, core
from .words import as_text, figure, text_of

_NUMBER = r"(?<![0-9,.])-?[0-9][0-9,]{0,20}(?:\.[0-9]{1,20})?"
_VALUE = re.compile(rf"ผลที่รายงาน ({_NUMBER})")
_STEPS = re.compile(r"ขั้นตอนตามเกณฑ์: [\d, ]+ (?:ที่แล้วเสร็จ: ([\d, ]+)|ยังไม่แล้วเสร็จ.*)")
_FIGURE = re.compile(rf"(.{{1,400}}?) = (?:ร้อยละ )?({_NUMBER})(?: .{{1,80}})?")
_MONTHS = re.compile(r"(.{1,400}?) รวม \d+ เดือน = (.+) = [^=]+")
_MONTH = re.compile(rf"({_NUMBER}) \(([^()]{{1,20}})\)")
_WORKED = re.compile(rf"คำนวณ: .+ = ({_NUMBER})")
_ROUNDED = re.compile(rf"ปัดเป็นทศนิยม .+: .+…? เป็น ({_NUMBER}) \(.+\)")
_BORROWED, _COUNTED = "ใช้ผลของ ", "นับจากคำตอบ "
_FIXED = "(ตัวชี้วัดกำหนดไว้)"
_GAVE = re.compile(rf"(.{{1,200}}?): (เห็นด้วย|ให้คะแนน) ({_NUMBER})(…)?(?: \(ต่างจากก่อนหน้า .*)?")
_ADJUSTED = re.compile(rf"(?:หัก|เพิ่ม)คะแนน ({_NUMBER}) (.+?) เหตุผล: (.+)")
_EVIDENCE = re.compile(r"(?:เอกสาร|รายการ)?หลักฐาน(?:อ้างอิง|ประกอบ|เชิงประจักษ์)?\s*:?")
_BETWEEN = " › "
_WEIGHT = re.compile(r" \(น้ำหนัก [\d.]+\)$")
_DERIVED = re.compile(
    r"ผลจากแบบสำรวจ.* \(ผู้ตอบ [\d,]+ คน\)|(?:หัก|เพิ่ม)คะแนน .* เหตุผล: .+|ยังไม่มีผลการดำเนินงาน|"
    r"ยัง(?:ไม่ให้คะแนน เพราะ|ให้คะแนนไม่ได้).*|ไม่คิดคะแนนในหน่วยงานนี้|ไม่มีเป้าหมายที่ประเมินในรอบนี้|"
    r"คะแนน \(ก\) .* ยังไม่ได้กำหนดน้ำหนัก|(?:ยังไม่นำมาประเมิน|ไม่นำมาประเมิน|ยกเลิก).* ผู้ตัดสินใจ: .+"
)
_DONE_TO = re.compile(
    r"(?:ดำเนินการ|แล้วเสร็จ)?(?:ถึง|ครบ)? ?(?:ระดับ|ขั้นตอน)(?:ที่)? ?(?:1 ?(?:ถึง|[-–]) ?)?(\d)"
    r"(?: ?(?:แล้วเสร็จ|ครบถ้วน))?"
)
_DONE_EACH = re.compile(r"ขั้นตอนที่ ((?:\d+, )+\d+) แล้วเสร็จ")
_SHARE = re.compile(rf"ร้อยละ ?({_NUMBER})|({_NUMBER}) ?%")


@dataclass(slots=True)
class Explained:
    """What was read of one result: given by the unit, and by each of its assessors."""

    given: kept.Mapping = field(default_factory=kept.Mapping)
    by_assessor: dict[str, kept.Mapping] = field(default_factory=dict)
    scores: dict[str, Typed] = field(default_factory=dict)
    """What each assessor gave, by the assessor's id."""
    evidence: list[Typed] = field(default_factory=list)
    adjustments: kept.Mapping = field(default_factory=kept.Mapping)
    several: bool = False
    """Whether it has several values, of parts that the criteria don't have."""
    borrowed: bool = False
    counted: str = ""
    """What says that it is counted from surveys, and from which."""


@dataclass(slots=True)
class _Reader:
    item: UnitIndicator
    assessors: Mapping[str, str]
    parts: Mapping[str, str]
    made: Explained = field(default_factory=Explained)
    assessor: str = ""
    part: str = ""
    proves: bool = False
    worked: set[int] = field(default_factory=set)
    """Ids of what has the value that a formula came to."""

    def read(self, blocks: Iterable[Block]) -> Explained:
        for block in blocks:
            if isinstance(block, WordTable):
                self._months(block)
            elif block.said:
                self._line(block)
        for own in (self.made.given, *self.made.by_assessor.values()):
            if "parts" in own:
                own["parts"] = kept.Mapping({key: one for key, one in own["parts"].items() if one})
                if not own["parts"]:
                    del own["parts"]
        return self.made

    def _into(self) -> kept.Mapping:
        """What a line's figures are of: the unit's result, an assessor's, a part of either."""
        first = next(iter(self.assessors.values()), "")
        own: kept.Mapping = self.made.given
        if self.assessor and self.assessor != first:
            own = self.made.by_assessor.setdefault(self.assessor, kept.Mapping())
        if not self.part:
            return own
        found: kept.Mapping = own.setdefault("parts", kept.Mapping()).setdefault(
            self.part, kept.Mapping()
        )
        return found

    def _line(self, line: Line) -> None:
        text = thai.arabic_digits(line.said)
        if _EVIDENCE.fullmatch(text):
            self.proves = True
        elif self.proves:
            self.made.evidence.append(as_text([line]))
        elif not self._names(text):
            self._figures(line, text)

    def _names(self, text: str) -> bool:
        """Whether a line heads what follows: an assessor, a part, or one's of the other."""
        who, _, what = text.partition(_BETWEEN)
        who, what = _WEIGHT.sub("", who), _WEIGHT.sub("", what)
        if core(who) in self.assessors:
            self.assessor, self.part = self.assessors[core(who)], self.parts.get(core(what), "")
            return not what or core(what) in self.parts
        if core(who) in self.parts and not what:
            self.part = self.parts[core(who)]
            return True
        return False

    def _figures(self, line: Line, text: str) -> None:
        into = self._into()
        if text.startswith(_BORROWED):
            self.made.borrowed = True
        elif text.startswith(_COUNTED):
            self.made.counted = text
        elif match := _VALUE.fullmatch(text):
            self.made.several = self.made.several or "value" in into
            into["value"] = _number(match[1], line)
        elif match := _WORKED.fullmatch(text):
            self._worked(into, _number(match[1], line), is_rounded=False)
        elif match := _ROUNDED.fullmatch(text):
            self._worked(into, _number(match[1], line), is_rounded=True)
        elif match := _STEPS.fullmatch(text):
            done = (match[1] or "").split(",")
            into["done"] = [_number(one.strip(), line) for one in done if one]
        elif match := _ADJUSTED.fullmatch(text):
            self._adjusted(match, line)
        elif text[:1] in (DONE, NOT_DONE):
            self._ticked(line, text)
        elif match := _GAVE.fullmatch(text):
            id_ = self.assessors.get(core(match[1]))
            if id_ is not None and match[2] == "ให้คะแนน" and not match[4]:
                self.made.scores[id_] = _number(match[3], line)
        elif match := _MONTHS.fullmatch(text):
            key = self._input(match[1])
            if key:
                months = {m: _number(n, line) for n, m in _MONTH.findall(match[2])}
                into.setdefault("inputs", kept.Mapping())[key] = kept.Mapping(months)
        elif (match := _FIGURE.fullmatch(text)) and _FIXED not in text:
            key = self._input(match[1])
            if key:
                into.setdefault("inputs", kept.Mapping())[key] = _number(match[2], line)

    def _worked(self, into: kept.Mapping, number: Typed, *, is_rounded: bool) -> None:
        """What a formula comes to, or is rounded to, where the figures behind it have no key."""
        if into.keys() & {"inputs", "checked", "done", "value"}:
            self.made.several = self.made.several or (id(into) in self.worked and not is_rounded)
            return
        self.worked.add(id(into))
        into["value"] = number
        if is_rounded:
            into.guess("value", message("import-result-rounded"))

    def _adjusted(self, match: re.Match[str], line: Line) -> None:
        for one in _adjustments(self.item):
            if core(one.name) == core(match[2]):
                self.made.adjustments[one.id] = kept.Mapping(
                    points=_number(match[1], line), reason=Typed(match[3], line)
                )

    def _ticked(self, line: Line, text: str) -> None:
        value = self.item.indicator.value
        items = value.checklist.items if value is not None and value.checklist is not None else []
        said = core(_WEIGHT.sub("", text[1:]))
        for one in items:
            if core(one.text) == said:
                done = self._into().setdefault("checked", [])
                if text[0] == DONE:
                    done.append(Typed(one.id, line, words=line.said))

    def _input(self, name: str) -> str:
        """The key of a figure that a formula reads, by its words, with or without its measure."""
        value = self.item.indicator.value
        for key, one in (value.inputs if value is not None else {}).items():
            if core(name) in (core(one.name), core(f"{one.name} ({one.measure})")):
                return key
        return ""

    def _months(self, table: WordTable) -> None:
        """Figures by month: a column a figure, a row a month; the last adds them up."""
        if not table.rows or core(table.rows[0].cells[0].text) != core("เดือน"):
            return
        keys = {c.column: self._input(c.text) for c in table.rows[0].cells[1:]}
        for row in table.rows[1:]:
            month = row.cells[0].text
            if thai.parse_month(thai.arabic_digits(month)) is None:
                continue
            for cell in row.cells[1:]:
                number = figure(cell.text)
                if (key := keys.get(cell.column)) and number is not None:
                    months = self._into().setdefault("inputs", kept.Mapping())
                    months.setdefault(key, kept.Mapping())[month] = _number(number, *cell.lines)


def explained(
    item: UnitIndicator, round_: str, assessors: Mapping[str, str], blocks: Iterable[Block]
) -> Explained:
    """What the blocks below an indicator's name say; ``assessors`` are ids by letters of names."""
    return _Reader(item, assessors, _parts(item, round_)).read(blocks)


def _parts(item: UnitIndicator, round_: str) -> dict[str, str]:
    criteria = item.indicator.criteria_of(round_)
    parts = criteria.parts if criteria is not None else []
    names = {core(one.name): one.id for one in parts}
    return {**names, **{core(one.short): one.id for one in parts if one.short}}


def _adjustments(item: UnitIndicator) -> Iterator[Any]:
    for criteria in item.indicator.criteria.values():
        yield from criteria.adjustments


def _number(text: str, *lines: Line) -> Typed:
    return Typed(text.replace(",", ""), *lines, words=text, bare=True)


def typed_words(
    item: UnitIndicator, round_: str, result: Typed | None, *, known: bool
) -> Typed | None:
    """A result's words that somebody typed; None where they are but a figure that is ``known``."""
    if result is None:
        return None
    parts = _parts(item, round_)
    left = [
        (line, words)
        for line, words in result.sources
        if not _DERIVED.fullmatch(thai.arabic_digits(words))
        and not (known and _is_figure(words, parts))
    ]
    if not left:
        return None
    made = text_of(left)
    return made if core(made) else None


def _is_figure(words: str, parts: Mapping[str, str]) -> bool:
    text = thai.arabic_digits(words).strip()
    if re.fullmatch(_NUMBER, text) or re.fullmatch(r"ขั้นตอนที่ [\d, ]+(?:ถึง \d+ )?แล้วเสร็จ", text):
        return True
    name, _, number = text.rpartition(" ")
    return core(name) in parts and re.fullmatch(_NUMBER, number) is not None


def guessed(item: UnitIndicator, round_: str, result: Typed, score: Typed | None) -> kept.Mapping:
    """What the words of a result say it is, where nothing explains it: with a guess noted.

    Steps that the words don't count are those of the level that the ``score`` is.
    """
    made = kept.Mapping()
    criteria = item.indicator.criteria_of(round_)
    if criteria is None:
        return made
    parts = _parts(item, round_)
    text = thai.arabic_digits(str(result)).strip()
    if criteria.parts:
        return _guessed_parts(result, parts)
    lines = [line for line, _ in result.sources]
    steps = any(level.done is not None for level in criteria.levels.values())
    if steps:
        if match := _DONE_EACH.fullmatch(text):
            made["done"] = [Typed(n, *lines, words=n, bare=True) for n in match[1].split(", ")]
        elif match := _DONE_TO.fullmatch(text):
            made["done"] = [Typed(str(n), bare=True) for n in range(1, int(match[1]) + 1)]
            made.guess("done", message("import-result-guessed"))
        elif score is not None and (whole := re.fullmatch(r"(\d+)(?:\.0+)?", figure(score) or "")):
            level = criteria.levels.get(whole[1])
            if level is not None and level.done is not None:
                made["done"] = [Typed(str(n), bare=True) for n in range(1, level.done + 1)]
                made.guess("done", message("import-steps-by-score"))
        return made
    if (number := figure(text)) is not None:
        made["value"] = Typed(number, *lines, words=str(result), bare=True)
    elif counted := re.fullmatch(rf"(?:จำนวน ?)?({_NUMBER}) ?([ก-๙./]{{1,30}})", text):
        made["value"] = _number(counted[1], *lines)
        if core(counted[2]) != core(item.indicator.measure or ""):
            made.guess("value", message("import-result-guessed"))
    elif len(found := _SHARE.findall(text)) == 1:
        number = (found[0][0] or found[0][1]).replace(",", "")
        made["value"] = Typed(number, *lines, words=number, bare=True)
        made.guess("value", message("import-result-guessed"))
    return made


def _guessed_parts(result: Typed, parts: Mapping[str, str]) -> kept.Mapping:
    made, found = kept.Mapping(), kept.Mapping()
    for line, words in result.sources:
        text = re.sub(r"^[-•]\s*", "", thai.arabic_digits(words)).strip()
        for name, id_ in parts.items():
            numbers = re.findall(_NUMBER, text)
            if name and core(text).startswith(name) and len(numbers) == 1:
                found[id_] = kept.Mapping(value=_number(numbers[0], line))
    if found and len(found) == len(set(parts.values())):
        made["parts"] = found
        made.guess("parts", message("import-result-guessed"))
    return made

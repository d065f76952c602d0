"""What the words of a level ask for: ``ร้อยละ 80.00 ขึ้นไป`` is ``at_least: 80``.

Pure. Words that hold no relation of a number are left alone: nothing is guessed. A figure
without a relation (``ร้อยละ 80``) is given as it stands; what it means depends on its
neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .. import thai
from ..model import Condition
from .conditions import NumberRange, Region, ends, region

Relation = Literal["at_least", "more_than", "at_most", "less_than", "equals"]


@dataclass(frozen=True, slots=True)
class Said:
    """One figure or range of some words; ``condition`` None: no relation is said.

    ``percent``: it is called ร้อยละ or %. ``whole``: the words say nothing else than this,
    but for a short word of measure.
    """

    figures: tuple[Decimal, ...]
    condition: Condition | None
    percent: bool
    whole: bool

    def region(self) -> Region:
        """Where on the number line it holds; of a mere figure, that figure."""
        if self.condition is None:
            return tuple(NumberRange(figure, figure) for figure in self.figures)
        return region(self.condition, None)


_BEFORE: dict[Relation, tuple[str, ...]] = {
    "at_least": (
        *("ไม่น้อยกว่า", "ไม่ต่ำกว่า", "ไม่น้อยไปกว่า", "ไม่ต่ำไปกว่า", "ตั้งแต่", "อย่างน้อย", "อย่างต่ำ"),
        *("มากกว่าหรือเท่ากับ", "สูงกว่าหรือเท่ากับ", "เท่ากับหรือมากกว่า", "เท่ากับหรือสูงกว่า", "ขั้นต่ำ"),
        *("≥", ">=", "=>"),
    ),
    "more_than": ("มากกว่า", "สูงกว่า", "เกินกว่า", "เกิน", ">"),
    "at_most": (
        *("ไม่เกิน", "ไม่เกินกว่า", "ไม่มากกว่า", "ไม่สูงกว่า", "น้อยกว่าหรือเท่ากับ", "ต่ำกว่าหรือเท่ากับ"),
        *("เท่ากับหรือน้อยกว่า", "เท่ากับหรือต่ำกว่า", "อย่างมาก", "≤", "<=", "=<"),
    ),
    "less_than": ("น้อยกว่า", "ต่ำกว่า", "ไม่ถึง", "<"),
    "equals": ("เท่ากับ", "="),
}
_AFTER: dict[Relation, tuple[str, ...]] = {
    "at_least": ("ขึ้นไป", "หรือมากกว่า", "หรือสูงกว่า", "เป็นอย่างน้อย", "เป็นอย่างต่ำ"),
    "at_most": ("ลงมา", "ลงไป", "หรือน้อยกว่า", "หรือต่ำกว่า", "เป็นอย่างมาก"),
}
_LEADS = sorted(
    ((word, relation) for relation, words in _BEFORE.items() for word in words),
    key=lambda pair: -len(pair[0]),
)
_TAILS = [(word, relation) for relation, words in _AFTER.items() for word in words]

_NUMBER = re.compile(r"(?<![\d.,])(?>\d{1,3}(?:,\d{3})+|\d{1,15})(?>\.\d{1,10})?(?![\d.,]*\d)")
_PERCENT = re.compile(r"\s{0,3}(?:%|เปอร์เซ็นต์|เปอร์เซนต์)")
_COUNTS = ("ร้อยละ", "จำนวน", "คะแนน", "ค่าคะแนน", "ระดับคะแนน")
_MONTHS = thai.MONTHS + thai.SHORT_MONTHS
_NAMED = re.compile(
    r"(?:ที่|ข้อ|หมวด|ระดับ|มาตรา|รอบ|รุ่น|ปี|พ\.ศ\.|ค\.ศ\.|ปีงบประมาณ|ไตรมาส|ขั้น|ระยะ|มิติ|องค์ประกอบ|[A-Za-z)/]|"
    + "|".join(map(re.escape, _MONTHS))
    + r")\s{0,3}\Z"
)
"""What stands before a number that is a name (ขั้นตอนที่ 3, พ.ศ. 2566, PMQA 4.0), no quantity."""

_MONTH = re.compile(r"\s{0,3}(?:" + "|".join(map(re.escape, _MONTHS)) + ")")
_LARGE = re.compile(r"\s{0,3}(?:ล้าน|แสน|หมื่น|พัน(?!ธ))")
"""Numbers in words, whose figure isn't the number that stands there."""

_LISTED = re.compile(r"[.)]\s")
_TO = re.compile(r"\s{0,3}(?:[^\d\s\-]{1,20}\s{0,3})?(?:-|ถึง|จนถึง)\s{0,3}(?:ร้อยละ\s{0,3})?")
_AND = re.compile(r"\s{0,3}(?:[^\d\s\-]{1,20}\s{0,3})?(?:และ|กับ|ถึง|-)\s{0,3}(?:ร้อยละ\s{0,3})?")
_JOINED = re.compile(r"\s{0,3}(?:%|[^\d\s]{0,20}?)\s{0,3}(?:แต่|และ|ถึง|,)?\s{0,3}")
LONGEST = 2000
_SEPARATORS = re.compile(r"[;\n]")
_REST = re.compile(r"[^\d]{0,30}(?:\([^()]{0,60}\))?")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number as it stands in the words, and the relation beside it."""

    value: Decimal
    start: int
    end: int
    percent: bool
    lead: Relation | None
    tail: Relation | None
    range: bool = False


def read(words: str) -> tuple[Said, ...]:
    """What some words say of numbers, in order; empty where nothing can be read.

    Thai digits, dashes of any kind and invisible signs are understood. What is longer than any
    level's words (``LONGEST``) isn't read.
    """
    if len(words) > LONGEST:
        return ()
    text = _plain(words)
    found = tuple(_said(text, list(_figures(text))))
    if any(said.percent for said in found) and all(said.condition is None for said in found):
        return tuple(said for said in found if said.percent)
    return found


def condition(words: str) -> Condition | None:
    """The one condition that words state; None where they state none, or more than one."""
    stated = [said.condition for said in read(words) if said.condition is not None]
    return stated[0] if len(stated) == 1 else None


@dataclass(frozen=True, slots=True)
class DecimalGrid:
    """Which values there are: in steps (None: all), from ``least`` to ``most`` (None: no end)."""

    step: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def around(self, end: Decimal) -> Iterator[Decimal]:
        """An end, and what is next to it on both sides, where there is such a value."""
        step = self.step or Decimal("1E-12")
        for value in (end - step, end, end + step):
            if (self.least is None or value >= self.least) and (
                self.most is None or value <= self.most
            ):
                yield value


def agrees(
    said: Said, inside: Callable[[Decimal], bool], edges: Collection[Decimal], grid: DecimalGrid
) -> bool:
    """Whether words mean the stretch of the number line that ``inside`` tells, with its edges.

    A mere figure agrees with every stretch that begins or ends there.
    """
    if said.condition is None:
        return any(figure in edges for figure in said.figures)
    meant = said.region()
    return all(
        any(not s.below(value) and not s.above(value) for s in meant) == inside(value)
        for end in (*ends(meant), *edges)
        for value in grid.around(end)
    )


_DASHES = str.maketrans(dict.fromkeys("–—−‐‑‒―~", "-"))


def _plain(words: str) -> str:
    return "\n".join(map(thai.folded, words.splitlines())).translate(_DASHES).replace("**", "")


def _figures(text: str) -> Iterator[_Figure]:
    numbers = list(_NUMBER.finditer(text))
    names: set[int] = set()
    for index, match in enumerate(numbers):
        before, start = text[: match.start()], match.start()
        value = Decimal(match[0].replace(",", ""))
        if before.endswith("-") and not before[:-1].rstrip(" %").endswith(tuple("0123456789")):
            core = before[:-1].rstrip()
            if not core or core.endswith((*_COUNTS, *(word for word, _ in _LEADS))):
                before, value, start = before[:-1], -value, start - 1
        percent = _PERCENT.match(text, match.end())
        end = percent.end() if percent else match.end()
        core, called = before.rstrip(), percent is not None
        while word := next((w for w in _COUNTS if core.endswith(w)), None):
            called = called or word == "ร้อยละ"
            core = core[: -len(word)].rstrip()
        lead = next(((w, r) for w, r in _LEADS if core.endswith(w)), None)
        since = text[numbers[index - 1].end() : match.start()] if index else ""
        no_quantity = (
            (lead is None and not called and _NAMED.search(before))
            or (index - 1 in names and _TO.fullmatch(since))
            or _MONTH.match(text, match.end())
            or _LARGE.match(text, end)
            or (not before.strip() and _LISTED.match(text, end))
        )
        if no_quantity:
            names.add(index)
            continue
        stop = numbers[index + 1].start() if index + 1 < len(numbers) else len(text)
        behind = _SEPARATORS.split(text[end:stop][:60])[0]
        tail = next((relation for word, relation in _TAILS if word in behind), None)
        if lead is not None:
            start = len(core) - len(lead[0])
        elif called or core != before.rstrip():
            start = len(core)
        yield _Figure(value, start, end, called, lead[1] if lead else None, tail)


def _said(text: str, found: list[_Figure]) -> Iterator[Said]:
    index = 0
    while index < len(found):
        first = found[index]
        second = found[index + 1] if index + 1 < len(found) else None
        both = _range(text, first, second) if second is not None else None
        if both is not None and second is not None:
            index += 2
            yield Said(
                (first.value, second.value),
                both,
                first.percent or second.percent,
                _whole(text, first.start, second.end),
            )
            continue
        index += 1
        relation = first.lead or first.tail
        if first.lead == "equals" and first.tail is not None:
            relation = first.tail
        stated = None if relation is None else Condition.model_validate({relation: first.value})
        yield Said((first.value,), stated, first.percent, _whole(text, first.start, first.end))


def _range(text: str, first: _Figure, second: _Figure) -> Condition | None:
    """The condition of two figures that are one range, else None."""
    between = text[first.end : max(first.end, second.start)]
    if second.lead is None and first.tail is None and first.value <= second.value:
        low = first.lead
        named = text[: first.start].rstrip().endswith("ระหว่าง")
        whole = text[first.end : _digits_at(text, second)]
        if not (_TO.fullmatch(whole) or (named and _AND.fullmatch(whole))):
            return None
        if low in (None, "at_least", "equals"):
            return Condition(between=[first.value, second.value])
        if low == "more_than":
            parts = [Condition(more_than=first.value), Condition(at_most=second.value)]
            return Condition(all=parts)
        return None
    if (
        first.lead in ("at_least", "more_than")
        and second.lead in ("at_most", "less_than")
        and first.value <= second.value
        and _JOINED.fullmatch(between)
    ):
        low_part = Condition.model_validate({first.lead: first.value})
        high_part = Condition.model_validate({second.lead: second.value})
        if (first.lead, second.lead) == ("at_least", "at_most"):
            return Condition(between=[first.value, second.value])
        return Condition(all=[low_part, high_part])
    return None


def _digits_at(text: str, figure: _Figure) -> int:
    match = _NUMBER.search(text, figure.start)
    assert match is not None
    return match.start()


def _whole(text: str, start: int, end: int) -> bool:
    """Whether nothing stands beside what was read but a word of measure or of the relation."""
    rest = text[end:].strip()
    return not text[:start].replace("ระหว่าง", "").strip() and _REST.fullmatch(rest) is not None

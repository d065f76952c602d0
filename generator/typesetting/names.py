"""What data call things: names that no dictionary of line breaks knows, and units of measure.

A dictionary finds ภู and เหนือ in ภูเหนือ. So the names of an agency, its units and its people are told
to whoever breaks lines or measures them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PLACES = (
    *("จังหวัด", "อำเภอ", "ตำบล", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาล"),
    *("โรงเรียน", "โรงพยาบาล", "มหาวิทยาลัย", "วิทยาลัย"),
)
"""What bears a name of its own, wherever it stands in another name."""

_OFFICES = (
    *(
        "กระทรวง",
        "กรมการ",
        "กรม",
        "กอง",
        "สำนักงานปลัด",
        "สำนักงาน",
        "สำนัก",
        "กลุ่มงาน",
        "กลุ่ม",
        "ฝ่าย",
        "ส่วน",
    ),
    *(
        "ศูนย์",
        "คณะ",
        "ภาควิชา",
        "สาขาวิชา",
        "สาขา",
        "สถาบัน",
        "องค์การ",
        "องค์กร",
        "แผนก",
        "งาน",
        "หน่วยงาน",
    ),
    *("หน่วย", "ด่าน", "มูลนิธิ", "สมาคม", "บริษัท", "เครือข่าย", "เขต", "แขวง", "หมู่บ้าน", "บ้าน", "วัด"),
    *("สถานี", "นิคม", "สหกรณ์", "ชุมชน"),
)
"""What an office's name begins with."""

_SHORT, _LONG, _LONGEST, _TAIL = 8, 14, 24, 2
"""Letters side by side: of a name of one word, of a few, of a place's own, of what follows one."""


def _first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SPACES = re.compile(r"[\s()\[\]“”‘’\"',/]+")
_OFFICE = re.compile(rf"(?:{_first(_OFFICES)})+")
_PLACE = re.compile(rf"({_first(_PLACES)})")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names that are never broken, names that are where room is scarce, and units of measure."""

    whole: frozenset[str] = frozenset()
    close: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Of the sets alone, which keep theirs: texts are looked up with their names."""
        return hash(self.whole) ^ hash(self.close) ^ hash(self.measures)

    def within(self, text: str) -> KnownNames:
        """Those that a text holds: all others make no difference to it."""
        every = (self.whole, self.close, self.measures)
        found = [frozenset(name for name in names if name in text) for names in every]
        return KnownNames(*found) if any(found) else NOTHING

    def sorted(self) -> tuple[tuple[str, ...], ...]:
        """The same in an order, in every process."""
        return tuple(tuple(sorted(names)) for names in (self.whole, self.close, self.measures))


NOTHING = KnownNames()


def named(
    offices: Iterable[str] = (), words: Iterable[str] = (), measures: Iterable[str] = ()
) -> KnownNames:
    """What there is to know of the names of agencies and units, of other words, and of measures.

    Each of the other ``words`` is one by itself: people's names, terms. Of offices' names, what
    follows a kind of place (จังหวัด, อำเภอ), and what is short, is one word. A longer one is held
    together where there is room, and so is a person's that is longer than names are; an office's
    of many words is broken between them.
    """
    known = list(offices)
    whole, close = set[str](), set(map(_beginning, known))
    for part, is_own in (found for office in known for found in _parts(office)):
        length = _letters(part)
        if length <= (_LONG if is_own else _SHORT):
            whole.add(part)
        elif length <= (_LONGEST if is_own else _LONG):
            close.add(part)
    for part in (found for word in words for found in _SPACES.split(word)):
        (whole if _letters(part) <= _LONGEST else close).add(part)
    return KnownNames(
        frozenset(part for part in whole if len(part) > 1),
        frozenset(part for part in close - whole if part),
        frozenset(measure.strip() for measure in measures if measure.strip()),
    )


def _parts(name: str) -> Iterator[tuple[str, bool]]:
    """The parts of a name that may be one word, and whether they are by what stands before them."""
    before = ""
    for word in filter(None, _SPACES.split(name)):
        if before and _letters(word) <= _TAIL:  # กองตัวอย่าง ก
            yield f"{before[-_SHORT:]} {word}", True
        office = _OFFICE.match(word)
        first, *others = _PLACE.split(word[office.end() if office else 0 :])
        if first:
            yield first, False
        for own in others[1::2]:
            if own:
                yield own, True
        before = others[-1] if others else first


def _beginning(name: str) -> str:
    """What kind of office it is, and the letter that follows: no line ends between the two."""
    office = _OFFICE.match(name)
    return name[: office.end() + 1].strip() if office else ""


def _letters(text: str) -> int:
    return sum(unicodedata.category(letter) != "Mn" for letter in text)

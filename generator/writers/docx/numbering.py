"""Items of lists as Word's own numbered and bulleted paragraphs; what is printed stays the same.

A template prints an item's number as words, and a tab or a space after it. Here it becomes the
paragraph's number: Word counts on where an item is added, and whoever reads the file finds a list.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ...documents.parts.styles import CLAUSE, LAST_CLAUSE
from .parts import W, inner
from .styles import Styles

_MARKER = re.compile(
    r"(?P<before>\(|(?:[0-9]{1,3}\.)*|(?:[๐-๙]{1,3}\.)*)(?P<number>[0-9]{1,3}|[๐-๙]{1,3})"
    r"(?P<after>[.)]?)|(?P<bullet>[-•●])"
)
_RUN, _TEXT, _LOOKS = (f"{{{W}}}{name}" for name in ("r", "t", "rPr"))
_PARAGRAPH = f"{{{W}}}p"
_NUMBERED = f"{{{W}}}pPr", f"{{{W}}}numPr"
_SPACES = (" ", "\u00a0")
"""What follows a number; the second one where the word after it stays with it."""

_TWO_DIGITS = 10

_TYPED_NUMBERS = (CLAUSE, LAST_CLAUSE)
"""Styles of texts whose number is typed with their words."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BEFORE_NUMBER = frozenset(
    f"{{{W}}}{name}"
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
"""What stands before a paragraph's number (ISO 29500-1, CT_PPr)."""

_ORDER = ("left", "start", "right", "end", "hanging", "firstLine")


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: its paragraphs' style, what stands beside the number, what follows it."""

    style: str
    before: str
    after: str
    numerals: str
    tab: bool


@dataclass(slots=True)
class WordLists:
    """The lists of a document, as its items come one after another."""

    kinds: dict[ListKind, int] = field(default_factory=dict)
    starts: list[tuple[int, int]] = field(default_factory=list)
    """Each list: its kind, by number, and the number that it begins with."""

    greatest: dict[ListKind, int] = field(default_factory=dict)
    """The greatest number of each kind."""

    last: dict[tuple[object, ListKind], tuple[int, int]] = field(default_factory=dict)
    """The list, and its last number, of each kind in each place."""

    def number_of(self, place: object, kind: ListKind, number: int) -> int:
        """The list of the next item; a new one where it isn't the last one's next."""
        list_, last = self.last.get((place, kind), (0, -1))
        if not list_ or (kind.numerals != "bullet" and number != last + 1):
            which = self.kinds.setdefault(kind, len(self.kinds))
            self.starts.append((which, number))
            list_ = len(self.starts)
        self.last[place, kind] = (list_, number)
        self.greatest[kind] = max(number, self.greatest.get(kind, 0))
        return list_


def number(roots: Iterable[etree._Element], styles: Styles) -> bytes | None:
    """Turn items of lists into Word's; the part that says how they count, or None without any."""
    lists = WordLists()
    for root in roots:
        for place, kind, count, said in items(root, styles):
            said.set(f"{{{W}}}val", str(lists.number_of(place, kind, count)))
    return part(lists, styles)


_TYPED = " or ".join(f"@w:val = '{style}'" for style in _TYPED_NUMBERS)
_LIKELY = etree.XPath(f"descendant::w:p[w:r[2] or w:pPr/w:pStyle[{_TYPED}]]", namespaces={"w": W})
"""Paragraphs that have several runs, or may get them: all others are no items."""

Item = tuple[etree._Element | None, ListKind, int, etree._Element]
"""Where an item stands, its kind and number, and the element that is to say its list."""


def items(root: etree._Element, styles: Styles) -> Iterator[Item]:
    """The items of lists, in order, each turned into Word's: its list is to be said."""
    for paragraph in _LIKELY(root):
        if (found := _item(paragraph, styles)) is not None:
            yield paragraph.getparent(), *found


def _item(paragraph: etree._Element, styles: Styles) -> tuple[ListKind, int, etree._Element] | None:
    style = styles.of(paragraph)
    if style in _TYPED_NUMBERS:
        _part_number(paragraph)
    runs = list(paragraph.iterchildren(_RUN))
    if len(runs) < 2:
        return None
    inside = [child for child in runs[0] if child.tag != _LOOKS]
    if not inside or any(child.tag != _TEXT for child in inside):
        return None
    said = "".join(child.text or "" for child in inside)
    others = [child.tag for child in runs[1] if child.tag != _LOOKS]
    tab = others == [f"{{{W}}}tab"]
    found = _MARKER.fullmatch(said if tab else said[:-1])
    if found is None or not (tab or said.endswith(_SPACES)):
        return None
    if inner(paragraph, *_NUMBERED) is not None:
        return None
    if found["before"] == "(" and found["after"] != ")":
        return None
    style = CLAUSE if style == LAST_CLAUSE else style
    if found["bullet"]:
        kind, count = ListKind(style, found["bullet"], "", "bullet", tab), 1
    else:
        thai = not found["number"].isascii()
        numerals = "thaiNumbers" if thai else "decimal"
        if found["number"] != "0" and found["number"][0] in "0๐":
            return None
        kind = ListKind(style, found["before"], found["after"], numerals, tab)
        count = int(found["number"])
    for run in runs[: 2 if tab else 1]:
        paragraph.remove(run)
    return kind, count, _say(paragraph)


def _part_number(paragraph: etree._Element) -> None:
    """Give the number that begins a text a run of its own."""
    run = inner(paragraph, _RUN)
    text = None if run is None else inner(run, _TEXT)
    if run is None or text is None or any(child.tag not in (_TEXT, _LOOKS) for child in run):
        return
    number_, space, words = (text.text or "").replace(_SPACES[1], " ", 1).partition(" ")
    if words and _MARKER.fullmatch(number_):
        own = copy.deepcopy(run)
        own[:] = [child for child in own if child.tag == _LOOKS]
        etree.SubElement(own, _TEXT, {_SPACE: "preserve"}).text = number_ + space
        text.text = (text.text or "")[len(number_) + 1 :]
        run.addprevious(own)


def _say(paragraph: etree._Element) -> etree._Element:
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    place = next((n for n, e in enumerate(properties) if e.tag not in _BEFORE_NUMBER), None)
    said = etree.Element(f"{{{W}}}numPr")
    etree.SubElement(said, f"{{{W}}}ilvl", {f"{{{W}}}val": "0"})
    found = etree.SubElement(said, f"{{{W}}}numId")
    properties.insert(len(properties) if place is None else place, said)
    return found


def part(lists: WordLists, styles: Styles) -> bytes | None:
    """The part that says how the lists count; None without any."""
    if not lists.starts:
        return None
    root = etree.Element(f"{{{W}}}numbering", nsmap={"w": W})
    for kind, which in lists.kinds.items():
        abstract = _sub(root, "abstractNum", abstractNumId=str(which))
        _sub(abstract, "multiLevelType", val="singleLevel")
        level = _sub(abstract, "lvl", ilvl="0")
        _sub(level, "start", val="1")
        _sub(level, "numFmt", val=kind.numerals)
        # A tab after two digits leads to wherever the next stop is.
        is_short = lists.greatest.get(kind, 0) < _TWO_DIGITS
        _sub(level, "suff", val="tab" if kind.tab and is_short else "space")
        counted = "" if kind.numerals == "bullet" else "%1"
        _sub(level, "lvlText", val=f"{kind.before}{counted}{kind.after}")
        _sub(level, "lvlJc", val="left")
        # Where the level says nothing, programs indent as they like: as the style does.
        indents = {n: styles.value(kind.style, "pPr/ind", n) for n in _ORDER}
        said = {name: value for name, value in indents.items() if value} or {"left": "0"}
        _sub(_sub(level, "pPr"), "ind", **said)
    for number_, (which, first) in enumerate(lists.starts, start=1):
        num = _sub(root, "num", numId=str(number_))
        _sub(num, "abstractNumId", val=str(which))
        _sub(_sub(num, "lvlOverride", ilvl="0"), "startOverride", val=str(first))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sub(parent: etree._Element, name: str, **values: str) -> etree._Element:
    said = {f"{{{W}}}{key}": value for key, value in values.items()}
    return etree.SubElement(parent, f"{{{W}}}{name}", said)

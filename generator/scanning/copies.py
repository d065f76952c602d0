"""Sides to copies: which pages belong together, and what each copy's questions come to.

A numbered copy is told by its code. Copies without numbers are told apart by the order in which
their pages were scanned: a page that stands there already begins another copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..survey import AnswerColumn
from ..survey.sheet_map import SheetMap
from ..thai import arabic_digits
from .journal import Decision, PageRecord, QuestionRecord, SideRecord

WRITTEN = "written"
"""The doubt of a question whose answer is words that somebody has to type."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read: a page's record and its side."""

    side: SideRecord
    page: PageRecord


@dataclass(slots=True)
class ScannedCopy:
    """A copy of a questionnaire, as it came back. ``key`` is its id."""

    key: str
    document: str
    pages: dict[int, list[Source]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyQuestion:
    """A question of a copy: its answer, or why a person has to look; where it was read.

    ``decided`` is what a person said of it. ``typed``: it is written, never read.
    """

    copy: str
    item: str
    options: tuple[str, ...]
    text: str
    doubt: str
    typed: bool
    sources: tuple[tuple[Source, QuestionRecord | None], ...]
    decided: Decision | None = None

    @property
    def waits(self) -> bool:
        """Whether nothing can be counted before it is decided; written words can come later."""
        return bool(self.doubt) and self.doubt != WRITTEN


@dataclass(frozen=True, slots=True)
class Gathered:
    """All copies, in the order in which they came; pages whose copy isn't known; scanned twice."""

    copies: tuple[ScannedCopy, ...]
    unknown: tuple[Source, ...]
    doubled: int


COPY = "copy"
"""The item of a decision on which copy a page without a code belongs to."""


def page_key(source: Source) -> str:
    """What a page is called whose copy isn't known."""
    return f"?{source.side.sha[:8]}.{source.side.number}.{source.page.page}"


def gathered(
    sides: Sequence[SideRecord],
    maps: Mapping[str, SheetMap],
    decisions: Mapping[tuple[str, str], Decision],
) -> Gathered:
    """The copies that sides make up; a page that a person left out isn't there."""
    copies: dict[str, ScannedCopy] = {}
    open_: dict[str, ScannedCopy] = {}
    unknown: list[Source] = []
    doubled = 0
    flat = [Source(side, page) for side in sides for page in side.pages]
    flat = [one for one in flat if one.page.document in maps]
    before_file = ""
    for index, source in enumerate(flat):
        page, side = source.page, source.side
        of = maps[page.document]
        if of.serial:
            key = page.copy or _neighbours(flat, index)
            decision = decisions.get((page_key(source), COPY))
            if not key and decision is not None:
                if not decision.text:
                    continue
                key = _numbered(of, decision.text)
            if not key:
                unknown.append(source)
                continue
            copy = copies.setdefault(key, ScannedCopy(key, page.document))
        else:
            found = open_.get(page.document)
            # A file of several pages holds whole copies; pictures of a page each don't.
            new_file = side.sha != before_file and _several(sides, side.sha)
            if found is None or page.page in found.pages or new_file:
                key = f"{page.document}~{side.sha[:8]}.{side.number}"
                found = ScannedCopy(key, page.document)
                copies[key] = open_[page.document] = found
            copy = found
            before_file = side.sha
        there = copy.pages.setdefault(page.page, [])
        doubled += bool(there)
        there.append(source)
    return Gathered(tuple(copies.values()), tuple(unknown), doubled)


def _several(sides: Sequence[SideRecord], sha: str) -> bool:
    return any(side.sha == sha and side.number > 1 for side in sides)


def _neighbours(flat: Sequence[Source], index: int) -> str:
    """The copy of a page without a code: that of the pages before and after it, if they agree."""
    here = flat[index].page
    before = flat[index - 1].page if index else None
    after = flat[index + 1].page if index + 1 < len(flat) else None
    found = set()
    for beside, step in ((before, -1), (after, 1)):
        if beside is None or beside.document != here.document or not beside.copy:
            continue
        if beside.page == here.page + step:
            found.add(beside.copy)
    taken = {one.page.copy for one in flat if one.page.page == here.page}
    (copy,) = found if len(found) == 1 else ("",)
    return "" if copy in taken else copy


def _numbered(of: SheetMap, typed: str) -> str:
    """The copy of a number that somebody typed, or of a whole id; else nothing."""
    words = arabic_digits(typed.strip())
    if words in of.copies:
        return words
    number = words.rpartition("-")[2]
    if not (number.isascii() and number.isdigit()):
        return ""
    found = [
        copy for copy in of.copies if copy.rpartition("-")[2].lstrip("0") == number.lstrip("0")
    ]
    return found[0] if len(found) == 1 else ""


def of_unknown(of: Gathered) -> list[CopyQuestion]:
    """Of each page whose copy isn't known: which is it?"""
    return [
        CopyQuestion(page_key(one), COPY, (), "", "unknown-copy", True, ((one, None),))
        for one in of.unknown
    ]


def questions(
    copy: ScannedCopy,
    of: SheetMap,
    columns: Mapping[str, AnswerColumn],
    decisions: Mapping[tuple[str, str], Decision],
) -> list[CopyQuestion]:
    """What a copy's questions come to, in the order of the columns."""
    pages: dict[str, set[int]] = {}
    for place in (*of.boxes, *of.blanks):
        pages.setdefault(place.item, set()).add(place.page)
    found = []
    for code, column in columns.items():
        if code not in pages:
            continue
        typed = column.kind in ("text", "number")
        decision = decisions.get((copy.key, code))
        one = (
            _written(copy, code, pages[code])
            if typed
            else _ticked(copy, code, pages[code], many=column.kind == "many")
        )
        if decision is not None:
            known = {choice.id for choice in column.choices}
            one = CopyQuestion(
                one.copy,
                one.item,
                tuple(option for option in decision.options if option in known),
                decision.text if typed else "",
                "",
                typed,
                one.sources,
                decision,
            )
        found.append(one)
    return found


def _ticked(copy: ScannedCopy, item: str, pages: Iterable[int], *, many: bool) -> CopyQuestion:
    options: list[str] = []
    doubts: list[str] = []
    sources: list[tuple[Source, QuestionRecord | None]] = []
    for page in sorted(pages):
        read: list[tuple[str, ...]] = []
        unsure: list[str] = []
        for source in copy.pages.get(page, ()):
            if not source.page.laid:
                unsure.append("not-laid")
                sources.append((source, None))
                continue
            for record in source.page.questions:
                if record.item == item:
                    sources.append((source, record))
                    if record.doubt:
                        unsure.append(record.doubt)
                    else:
                        read.append(record.options)
        if len(set(read)) > 1:
            doubts.append("scans-differ")
        elif read:
            options += read[0]
        elif unsure:
            doubts.append(unsure[0])
    if not doubts and not many and len(options) > 1:
        doubts.append("two-marks")
    if doubts:
        return CopyQuestion(copy.key, item, (), "", doubts[0], False, tuple(sources))
    return CopyQuestion(copy.key, item, tuple(options), "", "", False, tuple(sources))


def _written(copy: ScannedCopy, item: str, pages: Iterable[int]) -> CopyQuestion:
    sources: list[tuple[Source, QuestionRecord | None]] = []
    for page in sorted(pages):
        for source in copy.pages.get(page, ()):
            if item in source.page.written and source.page.laid:
                sources.append((source, None))
                break
    doubt = WRITTEN if sources else ""
    return CopyQuestion(copy.key, item, (), "", doubt, True, tuple(sources))

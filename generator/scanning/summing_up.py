"""What reading came to: in figures for the report, and as the CSV of respondents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..messages import Message, message
from ..survey import AnswerColumn
from ..survey.exports.template import as_csv
from ..survey.headers import RESPONDENT
from ..survey.sheet_map import SheetMap
from .copies import CopyQuestion, Gathered
from .journal import SideRecord
from .pictures import DAMAGED, FAULTS

_NAMED = 20
"""So many copies, sides or files are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How much was read, and what is left to do."""

    sides: int
    pages: int
    copies: int
    doubts: int
    written: int
    seconds: float


def figures(
    sides: Sequence[SideRecord], of: Gathered, questions: Iterable[CopyQuestion]
) -> Figures:
    """The figures of a survey's scans."""
    several = list(questions)
    waits = sum(one.waits for one in several)
    return Figures(
        len(sides),
        sum(len(side.pages) for side in sides),
        len(of.copies),
        waits,
        sum(bool(one.doubt) for one in several) - waits,
        sum(side.seconds for side in sides),
    )


def report(
    sides: Sequence[SideRecord],
    of: Gathered,
    maps: Mapping[str, SheetMap],
    found: Figures,
    others: Sequence[str] = (),
) -> list[Message]:
    """What is to be said of what was read; ``others`` are files that are no scans."""
    said = [
        message(
            "sheets-read",
            count=found.sides,
            pages=str(found.pages),
            copies=str(found.copies),
            seconds=f"{found.seconds / max(1, found.sides):.2f}",
        )
    ]
    blank = sum(side.blank for side in sides)
    foreign = [side for side in sides if side.foreign and not side.pages]
    nothing = [
        side for side in sides if not (side.pages or side.foreign or side.blank or side.fault)
    ]
    faulty = [side for side in sides if side.fault]
    astray = [
        source.side
        for copy in of.copies
        for sources in copy.pages.values()
        for source in sources
        if not source.page.laid
    ]
    if blank:
        said.append(message("sheets-blank", count=blank))
    if foreign:
        said.append(message("sheets-foreign", count=len(foreign), sides=_sides(foreign)))
    if nothing:
        said.append(message("sheets-unknown", count=len(nothing), sides=_sides(nothing)))
    for side in faulty[:_NAMED]:
        reason = FAULTS.get(side.fault, DAMAGED)
        said.append(
            message("side-unreadable", side=_side(side), reason=reason, remedy=reason.remedy)
        )
    if len(faulty) > _NAMED:
        said.append(message("sides-unreadable-more", count=len(faulty) - _NAMED))
    if others:
        said.append(message("files-passed-over", count=len(others), files=_few(others)))
    if astray:
        said.append(message("sheets-not-laid", count=len(astray), sides=_sides(astray)))
    if of.doubled:
        said.append(message("sheets-doubled", count=of.doubled))
    if of.unknown:
        places = _sides([one.side for one in of.unknown])
        said.append(message("sheets-of-unknown-copy", count=len(of.unknown), sides=places))
    lacking = []
    for copy in of.copies:
        every = {page.page for page in maps[copy.document].pages}
        if missing := sorted(every - copy.pages.keys()):
            lacking.append((copy.key, ", ".join(map(str, missing))))
    said += [message("pages-missing", copy=key, pages=pages) for key, pages in lacking[:_NAMED]]
    if len(lacking) > _NAMED:
        said.append(message("pages-missing-more", count=len(lacking) - _NAMED))
    if any("~" in copy.key for copy in of.copies):
        said.append(message("copies-by-order"))
    return said


def _side(side: SideRecord) -> str:
    return f"{side.file}:{side.number}" if side.number else side.file


def _sides(some: Sequence[SideRecord]) -> tuple[str, ...]:
    return _few([_side(side) for side in some])


def _few(some: Sequence[str]) -> tuple[str, ...]:
    return (*some[:_NAMED], "…") if len(some) > _NAMED else tuple(some)


@dataclass(frozen=True, slots=True)
class Respondents:
    """The CSV of respondents; ``left_out`` are questions that were put in order wrongly."""

    data: bytes
    left_out: tuple[tuple[str, str], ...]


def respondents(
    columns: Mapping[str, AnswerColumn], copies: Iterable[tuple[str, Sequence[CopyQuestion]]]
) -> Respondents:
    """A row a copy, in our own codes; what waits for a person is empty."""
    rows: list[Sequence[str]] = [(RESPONDENT, *columns)]
    left_out = []
    for key, questions in copies:
        answers = {
            one.item: one.text if one.typed else " ".join(one.options)
            for one in questions
            if not one.doubt
        }
        for item in _misplaced(columns, answers):
            left_out.append((key, item))
            for code, column in columns.items():
                if column.kind == "place" and column.item == item:
                    answers.pop(code, None)
        rows.append((key, *(answers.get(code, "") for code in columns)))
    return Respondents(as_csv(rows), tuple(left_out))


def _misplaced(columns: Mapping[str, AnswerColumn], answers: Mapping[str, str]) -> list[str]:
    """Questions whose options weren't put in order: a place given twice, or not at all."""
    places: dict[str, list[str]] = {}
    ranks: dict[str, int] = {}
    for code, column in columns.items():
        if column.kind == "place":
            ranks[column.item] = len(column.choices)
            if answers.get(code):
                places.setdefault(column.item, []).append(answers[code])
    return [
        item
        for item, given in places.items()
        if len(set(given)) < len(given) or len(set(given)) < ranks[item]
    ]

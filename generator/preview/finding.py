"""Which field the words on pages are of: found by what they say, and by what stands beside them.

Equal words (a weight of 5) are told apart by the row of the table and the part of the document
that they stand in: both mostly hold other words that only one indicator has.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from ..writers.pdf.places import Rectangle
from .printed_fields import NO_ITEM, PrintedField, PrintedFields, plain_words
from .requests import FieldOnPage

if TYPE_CHECKING:
    # The renderer is imported when it is started.
    from ..writers.pdf.text_runs import TextRun


@dataclass(slots=True)
class _Span:
    """Words of a paragraph, from where to where, and the fields that they may be of."""

    start: int
    end: int
    fields: list[PrintedField]

    @property
    def item(self) -> int | None:
        """The indicator that they are of for certain; None where that isn't known."""
        items = {one.item for one in self.fields}
        return next(iter(items)) if len(items) == 1 else None


@dataclass(slots=True)
class _Paragraph:
    row: int
    runs: list[TextRun]
    words: str
    spans: list[_Span] = field(default_factory=list)


def fields_on_pages(
    texts: Sequence[TextRun], fields: PrintedFields
) -> dict[int, list[FieldOnPage]]:
    """Where fields stand on the pages of a part, by page, counted from 0."""
    paragraphs = [_paragraph(runs, fields) for runs in _blocks(texts)]
    certain = [(p.row, span.item) for p in paragraphs for span in p.spans]
    rows: dict[int, Counter[int]] = defaultdict(Counter)
    for row, item in certain:
        if item not in (None, NO_ITEM):
            rows[row][item] += 1
    every = sum(rows.values(), Counter[int]())
    part = _most(every) if every and every[_most(every)] * 2 > every.total() else NO_ITEM
    taken: Counter[tuple[int, int, str]] = Counter()
    found: dict[int, list[FieldOnPage]] = defaultdict(list)
    near = NO_ITEM
    for paragraph in paragraphs:
        beside = rows.get(paragraph.row) if paragraph.row else None
        item = _most(beside) if beside else NO_ITEM if paragraph.row else part
        if item == NO_ITEM:
            item = near if part == NO_ITEM else part
        near = item
        for span in paragraph.spans:
            words = paragraph.words[span.start : span.end]
            chosen = _chosen(span.fields, item)
            key = paragraph.row, item, words
            one = chosen[min(taken[key], len(chosen) - 1)]
            taken[key] += 1
            for page, rectangle, text in _rectangles(paragraph, span):
                found[page].append(FieldOnPage(one.place, rectangle, text))
    return found


def _most(counted: Counter[int]) -> int:
    return counted.most_common(1)[0][0]


def _chosen(fields: list[PrintedField], item: int) -> list[PrintedField]:
    """The fields that are of an indicator; else those of none, else all."""
    for wanted in (item, NO_ITEM):
        if found := [one for one in fields if one.item == wanted]:
            return found
    return fields


def _blocks(texts: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    """The runs of each paragraph, which may go on on the next page."""
    found: dict[int, list[TextRun]] = {}
    for text in texts:
        found.setdefault(text.block, []).append(text)
    yield from found.values()


def _paragraph(runs: list[TextRun], fields: PrintedFields) -> _Paragraph:
    whole = plain_words("".join(run.text for run in runs))
    found = _Paragraph(runs[0].row, runs, whole)
    found.spans = [_Span(start, end, of) for start, end, of in fields.within(whole)]
    if len(found.spans) == 1:
        # What stands beside the only field, such as its number, leads to it too.
        found.spans[0].start, found.spans[0].end = 0, len(whole)
    return found


def _rectangles(paragraph: _Paragraph, span: _Span) -> Iterator[tuple[int, Rectangle, str]]:
    """Where the words of a span are drawn: in each run the share of its width that they take."""
    offset = 0
    single = len(paragraph.runs) == 1
    for run in paragraph.runs:
        words = paragraph.words if single else plain_words_of_run(run.text)
        start, end = max(span.start - offset, 0), min(span.end - offset, len(words))
        offset += len(words)
        if start >= end:
            continue
        left, width = _share(words[:start], words), _share(words[start:end], words)
        box = run.rectangle
        rectangle = Rectangle(
            *(round(edge, 2) for edge in (box.left + left * box.width, box.top)),
            *(round(edge, 2) for edge in (width * box.width, box.height)),
        )
        yield run.page, rectangle, words[start:end]


def plain_words_of_run(text: str) -> str:
    """The words of a run as they stand in those of its paragraph: a figure stays as it is."""
    return plain_words(text + "x")[:-1]


def _share(words: str, whole: str) -> float:
    return _width(words) / max(_width(whole), 1)


@lru_cache(maxsize=20_000)
def _width(words: str) -> int:
    """How many signs take room: marks stand above or below others."""
    return sum(unicodedata.category(sign) != "Mn" for sign in words)


def joined(found: Iterable[FieldOnPage]) -> tuple[FieldOnPage, ...]:
    """Words of one field beside each other on a line as one."""
    same = groupby(found, key=lambda one: (one.field, one.rectangle.top))
    return tuple(_joined(list(each)) for _, each in same)


def _joined(found: list[FieldOnPage]) -> FieldOnPage:
    first, last = found[0].rectangle, found[-1].rectangle
    width = round(last.left + last.width - first.left, 2)
    whole = Rectangle(first.left, first.top, width, max(first.height, last.height))
    return FieldOnPage(found[0].field, whole, "".join(one.text for one in found))

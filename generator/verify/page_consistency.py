"""Whether pages show what they say, and bear nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import thai
from .content import squeezed
from .drawn_text import DrawnText
from .finished_pdf import FinishedPdf
from .glyphs import UNKNOWN, canonical, unreadable
from .html import ExpectedPdf

_COUNTER = re.compile("(?<![0-9๐-๙])([0-9๐-๙]+)/([0-9๐-๙]+)$")


def page_problems(found: FinishedPdf, wanted: ExpectedPdf | None) -> tuple[Iterator[str], ...]:
    """Findings by sort: what glyphs say, what is tagged, what heads and feet say, notes."""
    drawn = found.facts.drawn
    return (
        _dumb(drawn),
        _lying(drawn),
        _hidden(drawn),
        _unplaced(drawn),
        _heads_and_feet(found, wanted),
        _notes(found),
    )


def _dumb(drawn: Sequence[DrawnText]) -> Iterator[str]:
    """Text that claims nothing, glyphs that stand for nothing."""
    for piece in drawn:
        if piece.claimed is None:
            words = piece.drawn.replace(UNKNOWN, "").strip()[:60]
            yield f"page {piece.page} draws text that it doesn't say" + (words and f": '{words}'")
        elif (count := unreadable(piece.drawn)) > 0:
            glyphs = "a glyph that stands" if count == 1 else f"{count} glyphs that stand"
            yield f"page {piece.page} draws {glyphs} for nothing, in '{piece.claimed[:60]}'"


def _lying(drawn: Sequence[DrawnText]) -> Iterator[str]:
    """Text that says something else than its glyphs."""
    for piece in drawn:
        if piece.claimed is None or unreadable(piece.drawn):
            continue
        if canonical(piece.claimed) != canonical(piece.drawn):
            yield (
                f"page {piece.page} shows '{piece.drawn.strip()[:60]}' "
                f"where it says '{piece.claimed.strip()[:60]}'"
            )


def _hidden(drawn: Sequence[DrawnText]) -> Iterator[str]:
    for piece in drawn:
        if piece.hidden:
            yield f"page {piece.page} hides text: '{(piece.claimed or piece.drawn)[:60]}'"


def _unplaced(drawn: Sequence[DrawnText]) -> Iterator[str]:
    for piece in drawn:
        if piece.claimed is not None and piece.number is None and not piece.artifact:
            words = piece.claimed.strip()[:60]
            yield f"page {piece.page} holds text that belongs to no paragraph: '{words}'"


def _heads_and_feet(found: FinishedPdf, wanted: ExpectedPdf | None) -> Iterator[str]:
    """Every page bears the id, its number, and the same words as the first.

    Before these words a page may repeat the header rows of the table that goes on on it.
    """
    facts, id_ = found.facts, found.said.get("id", "")
    words: list[list[str]] = [[] for _ in range(facts.pages)]
    for piece in facts.drawn:
        if piece.artifact:
            words[piece.page - 1].append(piece.claimed or "")
    texts = [squeezed("".join(said)) for said in words]
    without_id, others = [], []
    counters = [_COUNTER.search(text) for text in texts]
    bare = [text[: c.start()] if c else text for text, c in zip(texts, counters, strict=True)]
    for page, text in enumerate(bare, start=1):
        if squeezed(id_) not in text:
            without_id.append(page)
        if not text.endswith(bare[0]) or text.removesuffix(bare[0]) not in {"", *facts.heads}:
            others.append(page)
    if without_id:
        yield f"the id {id_} is not printed on {_pages(without_id)}"
    if others:
        yield f"{_pages(others)} bears other words in its head or foot than page 1"
    for page, counter in enumerate(counters, start=1):
        if counter and thai.arabic_digits(counter[0]) != f"{page}/{facts.pages}":
            yield f"page {page} of {facts.pages} is numbered {counter[0]}"
    if wanted is not None and bare and (more := _unknown(bare[0], wanted.furniture)):
        yield f"page 1 bears words in head or foot that its source doesn't give: '{more[:60]}'"


def _pages(numbers: Sequence[int]) -> str:
    """``page 4``, ``page 4 (and 3 more)``."""
    more = len(numbers) - 1
    return f"page {numbers[0]}" + (f" (and {more} more)" if more else "")


def _unknown(text: str, furniture: Sequence[str]) -> str:
    """What is left of a head and foot without the words it should bear."""
    for words in sorted(map(squeezed, furniture), key=len, reverse=True):
        text = text.replace(words, "", 1)
    return text


def _notes(found: FinishedPdf) -> Iterator[str]:
    """Notes and drawings laid over the pages."""
    for page, kind in found.properties.notes:
        if kind == "Widget" and found.fillable:
            continue
        yield f"page {page} bears an annotation that gen doesn't make ({kind})"
    for field in found.properties.fields:
        if field.shows and not field.signed:
            yield f"the signature field {field.name} shows something, though nobody signed"

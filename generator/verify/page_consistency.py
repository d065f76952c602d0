"""Whether pages show what they say, and bear nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import thai
from ..messages import Message, message
from .content import squeezed
from .drawn_text import DrawnText
from .finished_pdf import FinishedPdf
from .glyphs import UNKNOWN, canonical, unreadable
from .html import ExpectedPdf

_COUNTER = re.compile("(?<![0-9๐-๙])([0-9๐-๙]+)/([0-9๐-๙]+)$")


def page_problems(found: FinishedPdf, wanted: ExpectedPdf | None) -> tuple[Iterator[Message], ...]:
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


def _dumb(drawn: Sequence[DrawnText]) -> Iterator[Message]:
    """Text that claims nothing, glyphs that stand for nothing."""
    for piece in drawn:
        if piece.claimed is None:
            words = piece.drawn.replace(UNKNOWN, "").strip()[:60]
            if words:
                yield message("page-draws-unsaid-words", page=str(piece.page), words=words)
            else:
                yield message("page-draws-unsaid-text", page=str(piece.page))
        elif (count := unreadable(piece.drawn)) > 0:
            yield message(
                "glyphs-that-stand-for-nothing",
                count=count,
                page=str(piece.page),
                words=piece.claimed[:60],
            )


def _lying(drawn: Sequence[DrawnText]) -> Iterator[Message]:
    """Text that says something else than its glyphs."""
    for piece in drawn:
        if piece.claimed is None or unreadable(piece.drawn):
            continue
        if canonical(piece.claimed) != canonical(piece.drawn):
            yield message(
                "page-shows-other-than-it-says",
                page=str(piece.page),
                shown=piece.drawn.strip()[:60],
                said=piece.claimed.strip()[:60],
            )


def _hidden(drawn: Sequence[DrawnText]) -> Iterator[Message]:
    for piece in drawn:
        if piece.hidden:
            yield message(
                "page-hides-text", page=str(piece.page), words=(piece.claimed or piece.drawn)[:60]
            )


def _unplaced(drawn: Sequence[DrawnText]) -> Iterator[Message]:
    for piece in drawn:
        if piece.claimed is not None and piece.number is None and not piece.artifact:
            words = piece.claimed.strip()[:60]
            yield message("text-of-no-paragraph", page=str(piece.page), words=words)


def _heads_and_feet(found: FinishedPdf, wanted: ExpectedPdf | None) -> Iterator[Message]:
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
    for number, text in enumerate(bare, start=1):
        if squeezed(id_) not in text:
            without_id.append(number)
        if not text.endswith(bare[0]) or text.removesuffix(bare[0]) not in {"", *facts.heads}:
            others.append(number)
    if without_id:
        page, more = _pages(without_id)
        if more:
            yield message("id-not-printed-on-pages", id=id_, page=page, more=more)
        else:
            yield message("id-not-printed-on-page", id=id_, page=page)
    if others:
        page, more = _pages(others)
        if more:
            yield message("pages-with-other-furniture", page=page, more=more)
        else:
            yield message("page-with-other-furniture", page=page)
    for number, counter in enumerate(counters, start=1):
        if counter and thai.arabic_digits(counter[0]) != f"{number}/{facts.pages}":
            yield message(
                "page-misnumbered", page=str(number), pages=str(facts.pages), number=counter[0]
            )
    if wanted is not None and bare and (unknown := _unknown(bare[0], wanted.furniture)):
        yield message("furniture-not-of-source", words=unknown[:60])


def _pages(numbers: Sequence[int]) -> tuple[str, str]:
    """The first page, and how many more; nothing where it is the only one."""
    more = len(numbers) - 1
    return str(numbers[0]), str(more) if more else ""


def _unknown(text: str, furniture: Sequence[str]) -> str:
    """What is left of a head and foot without the words it should bear."""
    for words in sorted(map(squeezed, furniture), key=len, reverse=True):
        text = text.replace(words, "", 1)
    return text


def _notes(found: FinishedPdf) -> Iterator[Message]:
    """Notes and drawings laid over the pages."""
    for number, kind in found.properties.notes:
        if kind == "Widget" and found.fillable:
            continue
        yield message("annotation-not-of-gen", page=str(number), kind=kind)
    for field in found.properties.fields:
        if field.shows and not field.signed:
            yield message("unsigned-field-shows-something", name=field.name)

"""Every kind of document, measured: the bounds that its pages keep."""

from __future__ import annotations

from functools import cache

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from support import making
from support.pages import drawn
from support.pages.findings import Findings, measure

MILLIMETRES = 25.4 / 72
NARROW_MARGINS = ("chart", "survey")
"""Kinds with pages of their own: a chart on one page, questionnaires with marks at the corners."""


@cache
def found(kind: str, subject: str) -> Findings:
    data = making.made(kind, subject)["pdf"]
    return measure(drawn.sheets(data), drawn.said(data))


OTHERS = [
    *(("agreement", "คณะ"), ("personal", "อาจารย์"), ("agreement", "โรงพยาบาล-ก")),
    ("framework", "blank example-hospital-2570"),
]
"""Tables in two languages and with decimal weights; goals with a table that ends a page; upright
heads of two lines.
"""

every = pytest.mark.parametrize(("kind", "subject"), [*making.EVERY, *OTHERS])


@every
def test_no_word_is_cut_and_nothing_parted_that_had_room(kind: str, subject: str) -> None:
    pages = found(kind, subject)
    assert pages.cut == []
    assert pages.stacked == []
    assert pages.indicator == []
    assert pages.apart == []


@every
def test_marks_touch_nothing(kind: str, subject: str) -> None:
    assert found(kind, subject).colliding == []
    assert found(kind, subject).crossing == []


@every
def test_sums_and_headings_have_company(kind: str, subject: str) -> None:
    pages = found(kind, subject)
    assert pages.orphaned == []
    assert pages.heads_at_foot == []


@every
def test_letters_are_large_enough_and_clear_of_the_edge(kind: str, subject: str) -> None:
    pages = found(kind, subject)
    assert pages.smallest > 9.8
    if kind not in NARROW_MARGINS:
        assert pages.edge * MILLIMETRES >= 10


@every
def test_pages_are_full(kind: str, subject: str) -> None:
    pages = found(kind, subject)
    assert pages.emptier_than(0.28) == []
    assert len(pages.emptier_than(0.45)) <= max(1, 0.05 * pages.pages)
    assert all(lines >= 5 for lines in pages.lines[:-1])


def test_what_a_fraction_is_multiplied_by_stays_beside_it() -> None:
    """Its numerator is longer than a line: ``× 100`` was parted, and went on below the bar."""
    sheets = drawn.sheets(making.made("agreement", "ตัวอย่าง-ก")["pdf"])
    texts = [piece.text.strip() for sheet in sheets for piece in sheet.pieces]
    assert texts.count("× 100") >= 2
    assert "×" not in texts


CORNER = 15 / MILLIMETRES
"""How far from an edge of the paper the marks in the corners of a questionnaire reach."""


def test_what_stands_at_a_booklets_head_keeps_clear_of_the_corners() -> None:
    """The words above an example's pages reached into the mark at the upper right."""
    found = lookup.find(making.WORLD, "example-hospital-2570")
    options = DocumentOptions("form", survey="outpatients", layout="booklet")
    files = documents.make(making.WORLD, "survey", found, formats=("pdf",), options=options).files
    (data,) = (one for path, one in files.items() if path.suffix == ".pdf")
    heads = [
        (sheet.width - glyph.ink.right) % (sheet.width / 2)
        for sheet in drawn.sheets(data)
        for piece in sheet.pieces
        for glyph in piece.glyphs
        if glyph.ink.top < CORNER
    ]
    assert heads
    assert min(heads) > CORNER

"""Pages of agencies with extreme but possible data, and of Word documents, keep their bounds."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from support import making
from support.extremes import DOCUMENTS, LONG, UNIT, Extreme
from support.pages import drawn
from support.pages.findings import Findings, measure

MILLIMETRES = 25.4 / 72
SHARE = (
    Extreme(name=5, indicators=1, levels=3, level=1, goals=1, description=20),
    Extreme(name=60, indicators=2, levels=10, level=400, goals=12, measure=LONG),
    Extreme(name=90, indicators=12, levels=5, level=15, goals=2),
)
"""What ``make pages`` makes more of; of many indicators the tables alone."""

every = pytest.mark.parametrize("extreme", SHARE, ids=str)


@cache
def made(extreme: Extreme) -> list[bytes]:
    found = list[bytes]()
    with tempfile.TemporaryDirectory() as folder:
        world = extreme.workspace(Path(folder))
        for kind, round_ in DOCUMENTS:
            about = lookup.find(world, UNIT)
            options = DocumentOptions(sheets=extreme.indicators < 9, round=round_)
            files = documents.make(world, kind, about, formats=("pdf",), options=options).files
            found += files.values()
    assert len(found) == len(DOCUMENTS)
    return found


@cache
def found(extreme: Extreme) -> list[Findings]:
    return [measure(drawn.sheets(one), drawn.said(one)) for one in made(extreme)]


@every
def test_no_word_is_cut(extreme: Extreme) -> None:
    for pages in found(extreme):
        assert (pages.cut, pages.stacked, pages.indicator, pages.apart) == ([], [], [], [])


@every
def test_pages_are_full_and_nothing_stands_alone(extreme: Extreme) -> None:
    for pages in found(extreme):
        assert pages.emptier_than(0.28) == []
        assert len(pages.emptier_than(0.45)) <= 0.05 * pages.pages
        assert all(lines >= 5 for lines in pages.lines[:-1])
        assert pages.heads_at_foot == []
        # Of two rows over several pages, what is left of the second stands above the sum.
        assert pages.orphaned == [] or extreme.level == 400


@every
def test_letters_are_large_enough_and_clear_of_the_edge(extreme: Extreme) -> None:
    for pages in found(extreme):
        assert pages.smallest > 9.8
        assert pages.edge * MILLIMETRES >= 10


@every
def test_marks_touch_nothing(extreme: Extreme) -> None:
    for pages in found(extreme):
        assert pages.colliding == []


def test_a_tall_row_begins_with_words_in_every_cell() -> None:
    """Figures of a row stood alone at the foot of a page, its name and levels on the next one."""
    began = 0
    for sheet in drawn.sheets(made(SHARE[1])[1]):
        texts = [p.text.strip() for p in sheet.pieces if p.place is not None and p.place.row]
        for figure, name in (("0.5000", "1. ร้อยละ"), ("2.0000", "2. ร้อยละ")):
            if figure in texts and "50" in texts:
                began += 1
                assert any(text.startswith(name) for text in texts)
    assert began > 1


def test_the_ruler_reads_what_libreoffice_makes_of_a_word_document() -> None:
    data = making.by_libreoffice(making.made("agreement", "ตัวอย่าง-ก")["docx"], tagged=True)
    pages, ours = measure(drawn.sheets(data), ""), making.made("agreement", "ตัวอย่าง-ก")["pdf"]
    assert abs(pages.pages - len(drawn.sheets(ours))) <= 1
    assert all(lines >= 5 for lines in pages.lines[:-1])
    assert pages.smallest > 9.8
    assert pages.edge * MILLIMETRES >= 10
    assert pages.heads_at_foot == []

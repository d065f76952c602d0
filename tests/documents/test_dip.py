"""The chart of source 000: the line test, which level table stands where, weights and counts.

The source's boxes came out in no order, so each line is looked for as a whole in some paragraph
or cell; where the level tables stand is tested by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

import pypdfium2
import pytest

from generator.agreements import lookup, reading
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.api import documents
from generator.documents import building
from generator.documents.chart import WallChart
from generator.documents.parts.chart_cards import ChartCard
from generator.model import Component, UnitIndicator
from generator.model.papers import PaperSize
from generator.model.tree import components_of, walk, weight_in
from generator.verify import Content, ContentPiece, docx_content, pdf_facts
from support import making, verapdf
from support.sources import (
    Passage,
    corrected_lines,
    missing,
    normal,
    passages,
    read_source,
    share,
    story_of,
)

NAME = "dip-2558"
ENOUGH = 99.5
PAPERS: dict[PaperSize, tuple[int, int]] = {"a3": (420, 297), "a2": (594, 420)}

# Boxes that the extract ran together, and a target that all others print in brackets.
SPLIT = {
    15: (" กิจการ", "ตัวชี้วัด"),
    314: ("โครงการพัฒนาอุตสาหกรรมอาหาร", "170 กิจการ"),
}

# What is no text of the page.
LEFT_OUT = {270: "a bookmark and a picture's place in the extract"}

# The level tables of the source by the percentages they print, and whose they are: the first
# three by their counts, the others by our reading (see the comment in the unit's file).
LEVELS = {
    "kpi-1-3-1": ("14 15 16 17 18", "26 28 30 32 34"),
    "kpi-1-2": ("13 14 15 16 17", "55 59 63 67 71"),
    "kpi-1-4": ("51 53 55 57 59", "153 159 165 171 177"),
    "kpi-1-1": ("65 67 69 71 73",),
    "kpi-1-3-2": ("61 63 65 67 69",),
    "kpi-3-2": ("88 90 92 94 96",),
    "kpi-3-1": ("75 78 81 84 87",),
}

papers = pytest.mark.parametrize("paper", PAPERS)
extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])


@cache
def made(paper: PaperSize) -> Mapping[str, bytes]:
    options = DocumentOptions(paper=paper)
    found = lookup.find(making.WORLD, NAME)
    files = documents.make(making.WORLD, "chart", found, options=options).files
    return {path.suffix[1:]: data for path, data in files.items()}


@cache
def origin() -> DocumentInput:
    folder = reading.read_agency(making.ROOT / "agreements" / NAME)
    units = tuple(reading.read_unit(folder, path) for path in folder.unit_paths)
    return DocumentInput(
        "chart", DocumentOptions("agency"), valid_agency(folder), reading.read_form(folder), units
    )


@cache
def context() -> WallChart:
    built = building.build(making.WORLD, origin()).context
    assert isinstance(built, WallChart)
    return built


def wanted() -> list[Passage]:
    lines = corrected_lines("000", 1, len(read_source("000")))
    found = passages({n: line for n, line in lines.items() if n not in {*SPLIT, *LEFT_OUT}})
    for number, parts in SPLIT.items():
        assert normal("".join(parts)) == normal(lines[number])
        found += passages({number: "\n".join(parts)}) and [
            Passage(number, normal(part), False) for part in parts
        ]
    return found


@papers
@extensions
def test_lines_of_the_source_stand_on_the_chart(paper: PaperSize, extension: str) -> None:
    lost = missing(wanted(), story_of(made(paper), extension))
    assert not lost, "\n".join([f"{share(wanted(), lost):.2f} %; missing:", *map(str, lost)])
    assert share(wanted(), lost) >= ENOUGH


def test_a_box_that_is_left_out_is_noticed() -> None:
    story = story_of(made("a3"), "docx")
    less = tuple(piece for piece in story if "CIOเข้ารับการอบรม" not in piece.text)
    lost = missing(wanted(), less)
    assert len(less) == len(story) - 1
    assert [passage.line for passage in lost] == [287]
    assert share(wanted(), lost) < ENOUGH + 0.5


def all_cards() -> list[ChartCard]:
    parts = [p for d in context().dimensions for band in d.bands for p in band.parts]
    return [card for part in parts for card in part.cards]


def names() -> dict[str, str]:
    """What the cards begin with, by indicator."""
    (unit,) = origin().units
    cards = [card for card in all_cards() if not card.more]
    assert len(cards) == len(unit.items) == 23
    return {
        item.key: normal("".join(block.text for block in card.name))
        for item, card in zip(in_order(), cards, strict=True)
    }


def in_order() -> Sequence[UnitIndicator]:
    """The indicators as the chart shows them: the unit's own order."""
    (unit,) = origin().units
    return unit.items


def cells_after(story: Content, name: str, others: set[str]) -> list[str]:
    """The cells between an indicator's name and the next indicator's."""
    start = story.index(ContentPiece("paragraph", name))
    found = []
    for piece in story[start + 1 :]:
        if piece.kind == "paragraph" and piece.text in others:
            break
        if piece.kind == "cell":
            found.append(piece.text)
    return found


@papers
@extensions
def test_each_level_table_stands_under_its_indicator(paper: PaperSize, extension: str) -> None:
    data = made(paper)[extension]
    story = docx_content(data) if extension == "docx" else pdf_facts(data).content
    known = names()
    found = {
        key: cells_after(story, name, set(known.values()) - {name}) for key, name in known.items()
    }
    head = ["ระดับคะแนน", "1", "2", "3", "4", "5"]
    for key, cells in found.items():
        if key not in LEVELS:
            assert cells == [], key
            continue
        percent, *counts = LEVELS[key]
        assert cells[:12] == [*head, "ร้อยละ", *percent.split()], key
        if counts:
            assert cells[12].startswith("จำนวน(")
            assert cells[13:] == counts[0].split(), key
        else:
            assert len(cells) == 12, key


def test_the_tables_are_those_of_the_source() -> None:
    lines = [normal(line) for line in read_source("000")]
    percents = [
        [lines[n + k] for k in range(1, 8) if lines[n + k]][:5]
        for n, line in enumerate(lines)
        if line == "ร้อยละ"
    ]
    assert sorted(map(" ".join, percents)) == sorted(levels for levels, *_ in LEVELS.values())


def test_counts_are_percentages_of_the_projects_targets() -> None:
    settings = {}
    for item in in_order():
        criteria = item.indicator.criteria_of("1")
        if criteria is not None and criteria.count is not None:
            (project,) = item.indicator.projects
            assert project.target == criteria.count.of
            settings[item.key] = (int(criteria.count.of), criteria.count.rounding)
    # 300 × {51 … 59} % is whole: its rounding doesn't matter.
    assert settings == {
        "kpi-1-2": (420, "half-up"),
        "kpi-1-3-1": (190, "floor"),
        "kpi-1-4": (300, "half-up"),
    }
    printed = {
        item.key: " ".join(card.levels.rows[1].cells)
        for item, card in zip(in_order(), [c for c in all_cards() if not c.more], strict=True)
        if card.levels is not None and len(card.levels.rows) > 1
    }
    assert printed == {key: counts for key, (_, *rest) in LEVELS.items() for counts in rest}


def weights_below(component: Component) -> Decimal:
    inside = {inner.id for inner in walk([component]) if inner.counts or inner is component}
    uses = [item.use for item in in_order() if item.use.component in inside]
    return sum((weight_in(use, "1") or Decimal(0) for use in uses), Decimal(0))


def test_dimensions_add_up_and_the_ministry_stands_outside() -> None:
    agency = origin().folder.agency.model
    assert agency is not None
    total, ministry = components_of(origin().units[0].unit, agency)
    bands = [band for dimension in total.components for band in dimension.components]
    assert [weights_below(band) for band in bands] == [65, 10, 15, 10]
    assert [weights_below(dimension) for dimension in total.components] == [75, 25]
    assert weights_below(total) == 100
    assert not ministry.counts
    assert weights_below(ministry) == 52
    *counting, apart = context().dimensions
    assert [dimension.heading for dimension in counting] == ["มิติภายนอก (75%)", "มิติภายใน (25%)"]
    assert [band.name for dimension in counting for band in dimension.bands] == [
        "การประเมินประสิทธิผล (65%)",
        "การประเมินคุณภาพ (10%)",
        "การประเมินประสิทธิภาพ (15%)",
        "การพัฒนาองค์การ (10%)",
    ]
    assert (apart.tone, apart.heading) == (0, ministry.name)
    assert len(apart.bands[0].parts[0].cards) == 7


def test_checklists_hold_what_the_source_lists() -> None:
    lists = {
        item.key: [checklist.items.split("\n") for checklist in item.indicator.checklists]
        for item in in_order()
    }
    roles, data = lists["kpi-5"]
    assert [line[:2] for line in roles] == ["1.", "2.", "3.", "  ", "  ", "  "]
    assert [line[:2] for line in data] == ["1.", "2.", "3.", "4.", "5."]
    assert [len(found) for found in lists["kpi-4"]] == [5]


@papers
def test_it_is_one_page_in_both_formats(paper: PaperSize) -> None:
    size = [side * 72 / 25.4 for side in PAPERS[paper]]
    (page,) = pypdfium2.PdfDocument(made(paper)["pdf"])
    assert page.get_size() == pytest.approx(size, abs=1)
    assert len(pypdfium2.PdfDocument(making.by_libreoffice(made(paper)["docx"]))) == 1


def test_larger_paper_says_the_same_and_is_archival() -> None:
    assert docx_content(made("a2")["docx"]) == docx_content(made("a3")["docx"])
    assert pdf_facts(made("a2")["pdf"]).content == docx_content(made("a2")["docx"])
    for flavour in ("3a", "ua1"):
        assert verapdf.check(made("a2")["pdf"], flavour) == []

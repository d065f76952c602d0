"""The report and the summary: the source's form, and every figure worked out again.

The check is independent: it reads the finished PDF and knows nothing of the engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.parts.bars import STEPS
from generator.documents.parts.score_table import EMPTY, milestones_done
from generator.documents.parts.widths import LANDSCAPE
from generator.documents.report import ResultReport
from generator.documents.summary import AgencySummary
from generator.errors import UsageError
from generator.exact import official
from generator.scoring.trace import Milestones
from generator.verify import pdf_facts
from support import making
from support.contexts import context
from support.pages import drawn
from support.sources import corrected_lines, missing, normal, out_of_place, passages, story_of

LAST_PLACE = Decimal("0.00005")
NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?")
HEADS = 11
"""The cells of the table's head: six columns, and the five levels below one of them."""

GRADES = {
    "example-2570": ((90, "ดีเด่น"), (75, "ดี"), (60, "พอใช้"), (0, "ต้องปรับปรุง")),
}
REPORTED = [("กอส", "1"), ("กอส", "2"), ("กพพ", "2"), ("กคส", "2")]
COMPLETE = [(name, r) for name in ("ตัวอย่าง-ก", "ตัวอย่าง-ข") for r in ("1", "2")]

extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])


@cache
def report(name: str, round_: str) -> dict[str, bytes]:
    options = DocumentOptions(round="1" if round_ == "1" else "2")
    found = lookup.find(making.WORLD, name)
    kind = "report" if found.unit is not None else "summary"
    files = documents.make(making.WORLD, kind, found, options=options).files
    return {path.suffix.removeprefix("."): data for path, data in files.items()}


@extensions
@pytest.mark.parametrize("name", ["blank", "กอส"])
def test_the_form_is_that_of_the_source(name: str, extension: str) -> None:
    lines = corrected_lines("004", 695, 701)
    lines[695] = lines[695].removeprefix("ภาคผนวก 2 ")
    files = making.made("report", "blank dsdw-2566") if name == "blank" else report(name, "2")
    story = story_of(files, extension)
    wanted = passages(lines)
    assert len(wanted) == 16
    assert not missing(wanted, story)
    assert out_of_place(wanted, story) is None


@dataclass(frozen=True)
class Printed:
    """A row of the table as it is printed: ก, ข, ค."""

    score: Decimal
    weight: Decimal
    weighted: Decimal


def printed(data: bytes) -> tuple[list[Printed], Decimal, str]:
    """The rows, the total, and the words below the table, out of the PDF alone."""
    story = pdf_facts(data).content
    cells = [piece.text.strip() for piece in story if piece.kind == "cell"]
    end = cells.index("รวม")
    rows = []
    start = cells.index("ตัวชี้วัดผลงาน") + HEADS
    while start < end:
        if not re.match(r"\d{1,2}\.", cells[start]):
            start += 1  # a component's heading
            continue
        figures = cells[start + 7 : start + 10]
        if all(NUMBER.fullmatch(figure) for figure in figures):
            rows.append(Printed(*(Decimal(figure) for figure in figures)))
        else:
            assert figures[0] == figures[2] == ""
        start += 10
    assert start == end
    below = "\n".join(piece.text for piece in story if piece.kind != "cell")
    return rows, Decimal(cells[end + 9]), below


@pytest.mark.parametrize(("name", "round_"), [*REPORTED, *COMPLETE])
def test_every_figure_can_be_worked_out_again(name: str, round_: str) -> None:
    rows, total, below = printed(report(name, round_)["pdf"])
    assert len(rows) >= 4
    for row in rows:
        # ค is made of the exact ก, which is printed with four decimals.
        allowed = LAST_PLACE * (1 + row.weight / 100)
        assert abs(row.weighted - row.score * row.weight / 100) <= allowed
    assert abs(total - sum(row.weighted for row in rows)) <= len(rows) * LAST_PLACE
    percent = (total * 20).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert normal(f"{total} × 100 ÷ 5 = {percent}") in below


@pytest.mark.parametrize(("name", "round_"), COMPLETE)
def test_the_grade_follows_from_the_printed_total(name: str, round_: str) -> None:
    rows, total, below = printed(report(name, round_)["pdf"])
    assert sum(row.weight for row in rows) == 100
    percent = (total * 20).quantize(Decimal("0.01"), ROUND_HALF_UP)
    grade = next(word for least, word in GRADES["example-2570"] if percent >= least)
    assert normal(f"ผลการประเมิน: {grade}") in below


@pytest.mark.parametrize(("name", "round_"), REPORTED)
def test_what_is_open_is_said_and_not_graded(name: str, round_: str) -> None:
    rows, _, below = printed(report(name, round_)["pdf"])
    open_weight = 100 - sum(row.weight for row in rows)
    assert normal(f"ยังไม่มีคะแนนของน้ำหนักร้อยละ {open_weight}") in below
    assert "ผลการประเมิน:" not in below


def test_bars_are_as_long_as_their_figures() -> None:
    built = context("ตัวอย่าง-ข", "2")
    assert isinstance(built, ResultReport)
    scores, years = ([row for group in c.groups for row in group] for c in built.charts)
    for row in scores:
        filled = sum(bar.span for bar in row.bars if bar.tone)
        assert abs(Decimal(filled) / STEPS - Decimal(row.figure) / 5) <= Decimal(1) / STEPS
    assert all(sum(bar.span for bar in row.bars) == STEPS for row in (*scores, *years))
    assert all(sum(mark.span for mark in chart.scale) == STEPS for chart in built.charts)
    assert [mark.text for mark in built.charts[0].scale] == ["1", "2", "3", "4", "คะแนนเต็ม 5"]
    assert [row.label for row in years][:4] == ["2567", "2568", "2569", "2570"]


def test_the_first_page_says_the_result_at_a_glance() -> None:
    built = context("กอส", "2")
    assert isinstance(built, ResultReport)
    assert built.glance is not None
    assert built.glance.outcome[0].startswith("คะแนนรวม 1.9000")
    # 0.6 of 20, the rest of 30: (3 × 20) ÷ 20, (5 + 3 + 4 + 4 + 5 + 5) ÷ 6.
    assert [row.score for row in built.glance.rows] == ["3.0000", "4.3333"]
    missing, reporter, certifier = built.glance.lines
    assert missing.startswith("ตัวชี้วัดที่ยังไม่มีคะแนน: 1. ตัวชี้วัดตามบทบาท")
    assert reporter.startswith("ผู้รายงานผล: ผู้อำนวยการ")
    assert certifier.startswith("ผู้รับรองผล: อธิบดี")


def test_what_belongs_to_one_part_is_said_under_its_name_and_long_sums_are_tables() -> None:
    built = context("กอส", "2")
    assert isinstance(built, ResultReport)
    by_name = {one.name: one.parts for one in built.explanations}
    parts = by_name["ร้อยละของระดับความพึงพอใจ และความไม่พึงพอใจของผู้รับบริการและผู้มีส่วนได้ส่วนเสีย"]
    assert [part.heading for part in parts] == ["", "ความพึงพอใจ", "ความไม่พึงพอใจ", ""]
    assert not any(line.startswith("ความพึงพอใจ:") for part in parts for line in part.lines)
    energy = [table for part in by_name["การประหยัดพลังงานในภาพรวมของกรม"] for table in part.sums]
    assert [len(table.rows) for table in energy] == [12, 12]
    for table in energy:
        columns = list(zip(*table.rows, strict=True))[1:]
        for column, total in zip(columns, table.total[1:], strict=True):
            summed = sum(Decimal(figure.replace(",", "")) for figure in column)
            assert summed == Decimal(total.replace(",", ""))


@extensions
def test_no_setting_or_id_of_the_program_reaches_a_page(extension: str) -> None:
    said = " ".join(piece.text for piece in story_of(report("กอส", "2"), extension))
    assert not re.search(r"\((mean|top-two|part3|bottom-two|complement|service|by_\w+)\b", said)


def test_a_figure_in_the_table_has_two_decimals_and_the_steps_are_named() -> None:
    assert official(Fraction(260333, 2997)) == "86.86"
    assert official(Decimal("449.8")) == "449.8"
    assert official(Decimal("0.005")) == "0.01"
    assert milestones_done(Milestones((1, 2, 3), (1, 2, 3, 4, 5))) == "ขั้นตอนที่ 1 ถึง 3 แล้วเสร็จ"
    assert milestones_done(Milestones((2, 4), (2, 4))) == "ขั้นตอนที่ 2, 4 แล้วเสร็จ"
    assert milestones_done(Milestones((), (1,))).startswith("ยังไม่แล้วเสร็จ")


def test_every_indicator_is_explained_and_its_policies_named() -> None:
    built = context("กอส", "2")
    assert isinstance(built, ResultReport)
    assert len(built.explanations) == 8
    assert all(explanation.parts for explanation in built.explanations)
    assert any("ทศนิยม" in line for line in built.policies)


def test_the_summary_ranks_the_units_and_counts_the_grades() -> None:
    built = context("example-2570", "2")
    assert isinstance(built, AgencySummary)
    (tier,) = built.ranking.tiers
    rows = tier.rows
    assert [row.place for row in rows] == ["1", "2"]
    totals = [Decimal(row.total) for row in rows]
    assert totals == sorted(totals, reverse=True)
    (counts,) = built.counts
    assert counts.total.units == ("2", "0", "0", *"1100", "2")
    assert not built.listed
    assert all(c.heat for heat in built.heats for row in heat.rows for c in row.cells if c.text)


def test_the_summary_names_who_has_not_reported() -> None:
    built = context("dsdw-2566", "2")
    assert isinstance(built, AgencySummary)
    (missing,) = built.listed
    assert len(missing.units.split(", ")) == 10
    assert "กองกิจการอาสาสมัครและภาคประชาสังคม" not in missing.units
    places = [row.place for tier in built.ranking.tiers for row in tier.rows]
    assert [place for place in places if place] == ["(1)", "(2)", "(3)"]
    assert built.ranking.note


def test_the_summary_of_a_few_units_fits_a_page() -> None:
    assert len(drawn.sheets(report("example-2570", "2")["pdf"])) == 1


@extensions
def test_the_summary_says_each_score_of_the_reports(extension: str) -> None:
    cells = [p.text for p in story_of(report("example-2570", "2"), extension) if p.kind == "cell"]
    for name in ("ตัวอย่าง-ก", "ตัวอย่าง-ข"):
        _, total, _ = printed(report(name, "2")["pdf"])
        assert normal(str(total)) in cells


def test_a_report_is_of_one_round() -> None:
    with pytest.raises(UsageError, match="one round"):
        documents.make(making.WORLD, "report", lookup.find(making.WORLD, "กอส"))


def blank(kind: str, agency: str) -> Any:
    """What the empty form of an agency says."""
    origin = inputs.find_input(kind, lookup.find(making.WORLD, agency), DocumentOptions("form"))
    return building.build(making.WORLD, origin).context


@pytest.mark.parametrize("agency", ["dsdw-2566", "example-2570", "example-faculty-2570"])
def test_a_blank_report_has_room_to_write_in(agency: str) -> None:
    """Columns without words are as wide as somebody needs who fills them in."""
    table = blank("report", agency).table
    shares = [width * LANDSCAPE / 100 for width in table.widths]
    rows = [row for section in table.sections for row in section.rows]
    assert len(rows) >= 3
    assert all(row.name == EMPTY for row in rows)
    levels = len(table.levels)
    assert shares[0] >= 6
    assert min(shares[1 : 1 + levels]) >= 1.4
    assert shares[1 + levels] >= 3


@pytest.mark.parametrize("agency", ["dip-2558", "example-faculty-2570", "example-hospital-2570"])
def test_a_blank_summary_has_room_to_write_in(agency: str) -> None:
    table = blank("agreement", agency).summary
    shares = [width * LANDSCAPE / 100 for width in table.widths]
    figures = len(table.years) + len(table.levels) + 1
    assert min(shares[:3]) >= 3
    assert min(shares[4:]) >= min(1.4, 11 / figures - 0.1)

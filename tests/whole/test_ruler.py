"""The ruler for pages finds what it looks for, and nothing where there is nothing."""

from __future__ import annotations

from datetime import date

import pytest

from generator.writers.pdf.writer import PdfWriter
from support.making import WORLD
from support.pages import breaks, drawn
from support.pages.findings import Findings, measure

STYLE = """
@page { size: 10cm 8cm; margin: 65pt 10pt 55pt }
body { margin: 0; overflow-wrap: break-word; font-size: 10pt; line-height: 2 }
p, h2 { margin: 0 } table { border-collapse: collapse } td, th { border: 0.5pt solid #000 }
"""
HEAD = '<html lang="th"><head><title>ก</title></head><body>'


def found(body: str) -> Findings:
    data = PdfWriter(STYLE, WORLD.font).write(HEAD + body, pictures={}, day=date(2026, 1, 1))
    text = body.replace("</p>", "\n").replace("<p>", "\n")
    return measure(drawn.sheets(data), text)


def narrow(words: str, width: str) -> str:
    return f'<div style="width: {width}"><p>{words}</p></div>'


def test_a_cut_word_is_found() -> None:
    assert len(found(narrow("งบประมาณ", "0.9cm")).cut) == 1


def test_a_word_that_the_renderer_may_break_is_not_cut() -> None:
    assert found(narrow("การประเมิน ผลการ ประเมิน", "1.3cm")).cut == []


def test_stacked_digits_are_found() -> None:
    assert len(found(narrow("2563", "0.2cm")).stacked) == 3
    assert found(narrow("2563", "2cm")).stacked == []


def test_a_broken_indicator_is_found() -> None:
    assert len(found(narrow("งาน ตัวชี้วัด", "0.9cm")).indicator) == 1
    assert found(narrow("งาน ตัวชี้วัด", "2cm")).indicator == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("ร้อยละ ", "70.00", "figure"),
        ("อย่างน้อย 5 ", "คะแนน", "figure"),
        ("70.00 – ", "74.99", "range"),
        ("70.00 ", "– 74.99", "range"),
        ("วันที่ 30 ", "กันยายน", "date"),
        ("30 กันยายน ", "2566", "date"),
        ("ม.", "ค.", "initials"),
        ("1. ", "แผนงาน", "list number"),
        ("เรื่อง “", "แผน", "quote"),
        ("แผนงาน ", "70 แผน", None),
        ("ร้อยละ 70.00 ", "ขึ้นไป", None),
        ("ปี 2566 ", "กรม", None),
        ("ปี 2566 ", "ระดับ 1", None),
    ],
)
def test_pairs(before: str, after: str, kind: str | None) -> None:
    assert breaks.parted(before, after) == kind


def test_a_mark_on_a_rule_is_found() -> None:
    table = '<table style="line-height: {}"><tr><td style="padding: {}">ขึ้น</td></tr></table>'
    assert len(found(table.format(1, "0")).colliding) == 1
    assert found(table.format(2, "4pt")).colliding == []


def test_marks_of_two_lines_that_touch_are_found() -> None:
    # Moved after it was laid out: the writer itself keeps such lines apart.
    lines = '<p>กู</p><p style="position: relative; top: {}">ก็้</p>'
    assert len(found(lines.format("-10pt")).colliding) == 1
    assert found(lines.format("0")).colliding == []


def test_pages_are_measured() -> None:
    pages = found('<p>ก</p><p style="break-before: page; padding-top: 1.5cm">ก</p><p>ก</p>')
    assert pages.pages == 2
    assert pages.lines == [1, 2]
    assert pages.fills[0] < 0.28 < pages.fills[1]
    assert pages.emptier_than(0.28) == [1]
    assert round(pages.smallest, 2) == 10
    assert 10 <= pages.edge < 12


def test_a_sum_alone_is_found() -> None:
    row, total = "<tr><td>ก</td></tr>", "<tr><td>รวม</td></tr>"
    parted = total.replace("<tr", '<tr style="break-before: page"')
    assert len(found(f"<table>{row}{row}{parted}</table>").orphaned) == 1
    assert found(f"<table>{row}{row}{total}</table>").orphaned == []


def test_a_heading_at_the_foot_is_found() -> None:
    page = '<p>ก</p><h2 style="font-size: 10pt">หัวข้อ</h2><p style="break-before: page">ก</p>'
    assert len(found(page).heads_at_foot) == 1
    assert found(page.replace("<h2", '<p class="x"').replace("</h2>", "</p>")).heads_at_foot == []


def test_what_stands_over_a_fractions_bar_ends_no_line() -> None:
    fraction = '<div style="width: 3cm; border-bottom: 0.6pt solid #000">A</div><div>B</div>'
    cell = f"<table><tr><td>{fraction}</td></tr></table>"
    assert found(cell).cut == []
    bare = cell.replace("border-bottom: 0.6pt solid #000", "")
    assert len(found(bare).cut) == 1


def test_words_that_stand_upright_are_measured_too() -> None:
    turned = '<div style="height: 3cm; padding: 1cm 2cm"><span style="display: inline-block; {}">{}'
    style = "transform: rotate(-90deg)"
    pages = found(turned.format(style, "ขึ้นไป") + "</span></div>")
    assert round(pages.smallest, 2) == 10
    assert pages.colliding == []

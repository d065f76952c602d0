"""Lines as they are laid out: titles balanced, and marks that don't touch."""

from __future__ import annotations

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from generator.writers.pdf import drawing, line_breaks, renderer
from support.making import WORLD
from support.pages import drawn
from support.pages.findings import measure

TITLE = "การประเมินส่วนราชการตามมาตรการปรับปรุงประสิทธิภาพในการปฏิบัติราชการของหน่วยงาน"


def laid_out(html: str) -> weasyprint.Document:
    with renderer.turn(), line_breaks.measured_by(WORLD.lettering):
        fonts, style = drawing._loaded("", WORLD.font)
        return weasyprint.HTML(string=f'<html lang="th"><body>{html}').render(
            font_config=fonts, stylesheets=[style]
        )


def is_line(box: object) -> bool:
    return isinstance(box, boxes.LineBox)


def lines(html: str) -> list[boxes.LineBox]:
    page = laid_out(html).pages[0]._page_box
    return [box for box in page.descendants() if isinstance(box, boxes.LineBox)]


@pytest.mark.parametrize("tag", ["h1", "h2", "p class=title"])
@pytest.mark.parametrize("align", ["left", "center"])
def test_a_title_s_lines_are_alike_and_as_many_as_before(tag: str, align: str) -> None:
    style = f"width: 450pt; font-size: 18pt; font-weight: bold; text-align: {align}; margin: 0"
    found = lines(f'<{tag} style="{style}">{TITLE}</{tag[:2].strip()}>')
    plain = lines(f'<div style="{style}">{TITLE}</div>')
    assert len(found) == len(plain) == 2
    one, two = (line.width for line in found)
    assert min(one, two) > 0.75 * max(one, two)
    assert plain[1].width < 0.6 * plain[0].width
    left = [line.children[0].position_x - found[0].position_x for line in found]
    if align == "center":
        middles = [line.children[0].position_x + line.width / 2 for line in found]
        whole = [line.children[0].position_x + line.width / 2 for line in plain]
        assert middles == pytest.approx(whole, abs=0.5)
    else:
        assert left == [0, 0]


def test_a_title_of_one_line_stays() -> None:
    (line,) = lines('<h1 style="width: 450pt; font-size: 18pt">คำรับรอง</h1>')
    (plain,) = lines('<div style="width: 450pt; font-size: 18pt"><b>คำรับรอง</b></div>')
    assert line.width == pytest.approx(plain.width, abs=3)


FRACTION = """<style>.fraction { display: inline-block; text-align: center }
.over, .under { display: block; padding: 0 6pt }</style>"""


@pytest.mark.parametrize(
    "over", ["A / B − C", "A − B", "ก × 100 ÷ ข", "∑ A − ∑ B", "A + B + C + D"]
)
@pytest.mark.parametrize("under", ["C", "จำนวนทั้งหมด"])
def test_a_short_side_of_a_fraction_is_one_line(over: str, under: str) -> None:
    """Signs of another face are measured a little wider than the words are."""
    found = lines(
        f'{FRACTION}<p><span class="fraction"><span class="over">{over}</span>'
        f'<span class="under">{under}</span></span> × 100</p>'
    )
    said = [
        "".join(text.text for text in line.children if isinstance(text, boxes.TextBox))
        for line in found
    ]
    assert over in said
    assert under in said


HANGING, RISING = "กุ กู กุ กู " * 9, "กี่ กิ้ ก์ ป็ กื้ ก้ำ " * 9


@pytest.mark.parametrize("align", ["left", "justify"])
def test_marks_of_two_lines_never_touch(align: str) -> None:
    words = f"<p style='margin: 0; text-align: {align}'>{HANGING}{RISING}{HANGING}{RISING}</p>" * 2
    document = laid_out(
        f'<div style="width: 300pt; font-size: 15pt; line-height: 1.2">{words}</div>'
    )
    sheets = drawn.sheets(document.write_pdf(pdf_variant="pdf/ua-1"))
    assert sum(len(piece.glyphs) for sheet in sheets for piece in sheet.pieces) > 300
    assert measure(sheets, "").colliding == []


OPTION = (
    '<p class="choice"><span>☐</span><span class="words">{}</span><span class="rule"></span></p>'
)
LOOK = """<style>
.choice { display: flex; align-items: center; min-height: 6.9mm; margin: 0; line-height: 1.2 }
.choice span:first-child { width: 6mm; line-height: 1; font-size: 19pt } .rule { flex: 1 1 0 }
.two { display: flex } .two div { flex: 0 0 50% } .choice .words { white-space: nowrap }
</style>"""


@pytest.mark.parametrize("sides", [1, 2])
def test_marks_of_options_below_each_other_never_touch(sides: int) -> None:
    """Boxes to tick and rules to write on are lines beside the words, laid out between them."""
    side = "<div>" + OPTION.format(HANGING[:30]) + OPTION.format(RISING[:40]) * 2 + "</div>"
    document = laid_out(f'{LOOK}<div style="font-size: 14pt" class="two">{side * sides}</div>')
    sheets = drawn.sheets(document.write_pdf(pdf_variant="pdf/ua-1"))
    assert sum(len(piece.glyphs) for sheet in sheets for piece in sheet.pieces) > 60
    assert measure(sheets, "").colliding == []


def test_what_a_page_ends_with_moves_nothing_on_the_next() -> None:
    page = "<p style='margin: 0; break-after: page; font-size: 15pt; line-height: 1.2'>{}</p>"
    one, two = page.format(HANGING[:30]), page.format(RISING[:40])
    heights = [
        [b.height for b in laid_out(both).pages[1]._page_box.descendants() if is_line(b)]
        for both in (one + two, two + two)
    ]
    assert heights[0] == heights[1] != []


def test_lines_whose_marks_are_clear_keep_their_leading() -> None:
    found = lines('<p style="width: 90pt; font-size: 15pt; line-height: 1.3">' + "การประเมิน " * 8)
    assert len(found) > 3
    assert {round(line.height, 3) for line in found} == {round(15 * 1.3 * 96 / 72, 3)}

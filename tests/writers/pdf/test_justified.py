"""Lines that are filled: at spaces and between words, and the text as it was typed."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from generator.typesetting import breaks
from generator.writers.pdf import drawing, justified, line_breaks, renderer
from support.making import WORLD

WORDS = (
    "ข้าพเจ้าได้พิจารณาและเห็นชอบกับกรอบการประเมินผล ตัวชี้วัดการประเมินส่วนราชการ น้ำหนัก ข้อมูลพื้นฐาน "
    "เป้าหมายและเกณฑ์การประเมินผล และรายละเอียดอื่น ๆ ตามที่กำหนดในเอกสารประกอบท้ายการประเมินนี้"
)
WITHOUT_SPACES = "การบริหารจัดการทรัพยากรบุคคลอย่างมีประสิทธิภาพและโปร่งใสตรวจสอบได้ของหน่วยงานในพื้นที่ทุกแห่ง"


def lines(words: str, style: str, width: int = 300) -> list[list[Any]]:
    """The texts of each line of a paragraph."""
    with renderer.turn(), line_breaks.measured_by(WORLD.lettering):
        fonts, sheet = drawing._loaded("", WORLD.font)
        block = f"width: {width}pt; font-size: 12pt; {style}"
        html = f'<html lang="th"><body><p style="{block}">{words}'
        pages = weasyprint.HTML(string=html).render(font_config=fonts, stylesheets=[sheet])
    found = [
        box for box in pages.pages[0]._page_box.descendants() if isinstance(box, boxes.LineBox)
    ]
    return [[b for b in line.descendants() if isinstance(b, boxes.TextBox)] for line in found]


@pytest.mark.parametrize("width", range(280, 420, 20))
@pytest.mark.parametrize("words", [WORDS, WITHOUT_SPACES, f"<b>เป้าหมาย</b> {WORDS}"])
def test_lines_reach_the_edge_or_stay_as_they_are(words: str, width: int) -> None:
    *filled, last = lines(words, "text-align: justify", width)
    edge = filled[0][0].position_x + width * 96 / 72
    for line in filled:
        rooms = [room for box in line for _, room in justified.gaps(box)]
        end = line[-1].position_x + line[-1].width
        assert end == pytest.approx(edge, abs=0.01) if rooms else end <= edge + 0.01
    assert last[-1].position_x + last[-1].width < edge
    assert not any(justified.gaps(box) for box in last)


def test_most_lines_with_spaces_are_filled() -> None:
    found = [
        line for w in range(280, 420, 20) for line in lines(WORDS, "text-align: justify", w)[:-1]
    ]
    filled = [line for line in found if any(justified.gaps(box) for box in line)]
    assert len(filled) > 0.6 * len(found)


def test_room_between_words_never_reads_as_a_space() -> None:
    size = 12 * 96 / 72
    for words in (WORDS, WITHOUT_SPACES):
        for line in (
            found for w in range(280, 420, 20) for found in lines(words, "text-align: justify", w)
        ):
            for box in line:
                for at, room in justified.gaps(box):
                    is_space = box.text[at - 1] in " \u00a0"
                    assert room <= (0.7 if is_space else 0.14) * size + 0.01


def test_room_stands_between_words_alone_and_spaces_get_more() -> None:
    for line in lines(WORDS, "text-align: justify", 400)[:-1]:
        (box,) = line
        if not justified.gaps(box):
            continue
        places = {*breaks.places(box.text), *(n + 1 for n, c in enumerate(box.text) if c == " ")}
        rooms = dict(justified.gaps(box))
        assert set(rooms) <= places
        spaces = [room for at, room in rooms.items() if box.text[at - 1] == " "]
        others = [room for at, room in rooms.items() if box.text[at - 1] != " "]
        assert spaces
        assert others
        assert min(spaces) > 2 * max(others) > 0


@pytest.mark.parametrize("words", [f"1. {WORDS}", f"<span>1.</span> {WORDS}"])
def test_a_list_s_number_keeps_its_distance(words: str) -> None:
    first = next(
        first
        for first, *_ in (lines(words, "text-align: justify", w) for w in range(280, 420, 10))
        if any(justified.gaps(box) for box in first)
    )
    before = 0
    found = []
    for box in first:
        found += [before + at for at, _ in justified.gaps(box)]
        before += len(box.text)
    assert min(found) > len("1. ")


def test_spaces_beside_a_label_s_colon_keep_their_width() -> None:
    found = [lines(f"แหล่งข้อมูล : {WORDS}", "text-align: justify", w)[0] for w in range(280, 420, 10)]
    filled = [box for line in found for box in line if justified.gaps(box)]
    assert filled
    for box in filled:
        assert min(at for at, _ in justified.gaps(box) if at > len("แหล่งข้อมูล")) > len("แหล่งข้อมูล : ")


def test_dates_that_stay_whole_leave_no_holes() -> None:
    """A line that ends before a date is filled by less than three more spaces, or not at all."""
    words = "รอบ 9 เดือน (1 ต.ค. 2569 – 30 มิ.ย. 2570) : 1 ตุลาคม 2569 – 30 มิถุนายน 2570 " * 3
    size = 12 * 96 / 72
    for width in range(200, 420, 20):
        for line in lines(words, "text-align: justify", width):
            assert all(room <= 0.7 * size + 0.01 for box in line for _, room in justified.gaps(box))


def test_ragged_lines_and_lines_that_lack_too_much_stay() -> None:
    assert not any(justified.gaps(box) for line in lines(WORDS, "") for box in line)
    first, *_ = lines("กก " + "A" * 40, "text-align: justify; overflow-wrap: normal", 250)
    assert not any(justified.gaps(box) for box in first)

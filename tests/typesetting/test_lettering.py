"""What is measured ahead is what the renderer measures."""

import pytest

from generator.typesetting import breaks
from generator.typesetting.lettering import AVERAGE
from generator.writers.pdf import renderer
from support.making import WORLD
from support.pages import breaks as renderers

TEXTS = (
    "การดำเนินการตามแผนส่งเสริมบทบาทขององค์กรสาธารณประโยชน์",
    "ร้อยละ 70.00 – 74.99 ขึ้นไป",
    "น้ำหนัก (คะแนน) ผู้รับบริการ ๑๒,๓๔๕",
    "Performance Base, E-Service",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("bold", [False, True])
def test_lengths_are_those_of_the_pages(text: str, bold: bool) -> None:
    with renderer.turn():
        import weasyprint
        from weasyprint.formatting_structure import boxes

        weight = "bold" if bold else "normal"
        style = f"font-family: '{WORLD.font}'; font-size: 100px; white-space: nowrap"
        page = (
            weasyprint.HTML(
                string=f'<html lang="th"><body><p style="{style}; font-weight: {weight}">{text}'
            )
            .render()
            .pages[0]
            ._page_box
        )
        drawn = sum(b.width for b in page.descendants() if isinstance(b, boxes.TextBox))
    measured = WORLD.lettering.paragraph(text, bold=bold).length * 100
    assert drawn <= measured * 1.001
    assert measured <= drawn * 1.03  # but for pairs of letters that move together


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_may_end_where_the_renderer_may_end_it(text: str) -> None:
    assert set(breaks.places(text)) <= renderers.places(text)


def test_lines_are_counted() -> None:
    paragraph = AVERAGE.paragraph("กก กก กก กก")
    assert paragraph.lines(paragraph.length) == 1
    assert paragraph.lines(paragraph.length / 2) == 2
    assert paragraph.lines(0.1) == 4
    assert AVERAGE.paragraph("").lines(1) == 1


def test_a_title_is_balanced() -> None:
    title = AVERAGE.paragraph("กก กก กก กก กก")
    narrow = title.balanced(title.length * 0.85)
    assert title.lines(narrow) == title.lines(title.length * 0.85) == 2
    assert title.length * 0.5 < narrow < title.length * 0.7
    assert title.balanced(title.length) == title.length


def test_the_least_width_for_so_many_lines() -> None:
    found = WORLD.lettering.paragraph("Performance Base of the department", bold=True)
    for count in (1, 2, 3, 9):
        width = found.narrowest(count)
        assert found.lines(width) <= count
        assert width == found.longest or found.lines(width * 0.99) > count


@pytest.mark.parametrize(
    ("text", "room", "bound_"),
    [
        ("สูงกว่าร้อยละ 30.00", 99.0, "สูงกว่าร้อยละ~30.00"),
        ("สูงกว่าร้อยละ 30.00", 6.0, "สูงกว่าร้อยละ 30.00"),
        ("ภายใน วันที่ 31 มีนาคม 2570", 7.0, "ภายใน วันที่ 31~มีนาคม~2570"),
        ("รวม 12 เดือนของกรมพัฒนาสังคมและสวัสดิการ", 7.0, "รวม 12~เดือนของกรมพัฒนาสังคมและสวัสดิการ"),
        ("- ความพึงพอใจ ร้อยละ 70.00 – 74.99", 8.0, "-~ความพึงพอใจ ร้อยละ 70.00~–~74.99"),
    ],
)
def test_spaces_are_bound_where_all_between_other_spaces_has_room(
    text: str, room: float, bound_: str
) -> None:
    """Else LibreOffice cuts a figure: it ends no line before a space that may not end one."""
    places = AVERAGE.bound_spaces(text, room)
    assert "".join("~" if n in places else c for n, c in enumerate(text)) == bound_

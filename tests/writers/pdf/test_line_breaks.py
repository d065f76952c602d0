"""Where lines of a PDF end: between words of the whole text, in columns of any width."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from generator.typesetting import breaks
from generator.writers.pdf import drawing, renderer
from support.making import WORLD

WORDS = (
    "เรื่องที่ 3 การบริหารที่พร้อมรับสังคมสูงวัย",
    "การบริหารจัดการทรัพยากรบุคคลอย่างมีประสิทธิภาพและโปร่งใสตรวจสอบได้",
    "ร้อยละของผู้รับบริการที่พึงพอใจ (ผลสำรวจ) และการประชาสัมพันธ์กิจกรรมของหน่วยงานในพื้นที่",
)


def lines(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.LineBox):
        yield "".join(one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
        return
    for child in getattr(box, "children", ()):
        yield from lines(child)


def set_in(words: str, points: int) -> list[str]:
    with renderer.turn():
        fonts, style = drawing._loaded("", WORLD.font)
        page = f'<div style="width: {points}pt; font-size: 11pt; overflow-wrap: break-word">'
        document = weasyprint.HTML(string=f"{page}<p>{words}</p></div>").render(
            font_config=fonts, stylesheets=[style]
        )
    return [line for page in document.pages for line in lines(page._page_box)]


@pytest.mark.parametrize("words", WORDS)
def test_a_line_ends_between_words_of_the_whole_text(words: str) -> None:
    allowed = {words[:place].replace(" ", "") for place in (*breaks.places(words, 2), len(words))}
    # Each width cuts the beginning that the renderer tries at another letter.
    for points in range(76, 160, 3):
        found = [line.replace(" ", "") for line in set_in(words, points)]
        assert "".join(found) == words.replace(" ", "")
        assert set(accumulate(found)) <= allowed, (points, found)


def test_a_word_without_room_is_cut_and_nothing_else() -> None:
    words = "การประชาสัมพันธ์" + "ก" * 40
    found = set_in(words, 60)
    assert "".join(found) == words
    assert max(map(len, found)) < 30


@pytest.mark.parametrize("points", range(180, 400, 20))
@pytest.mark.parametrize("word", ["โทร", "โทรสาร", "อีเมล"])
def test_dots_to_write_on_stay_with_the_word_that_says_what_for(word: str, points: int) -> None:
    dots = "." * 24
    found = set_in(f"ผู้รายงานผล : นักวิชาการศึกษา ภาควิชา โทร : {dots} {word} : {dots}", points)
    assert not [line for line in found if line.lstrip().startswith(".")]


@pytest.mark.parametrize("points", range(150, 400, 25))
def test_a_line_may_begin_with_a_dotted_line(points: int) -> None:
    words = "และตรวจสอบผลการปฏิบัติราชการของ ............................ ให้เป็นไปตาม"
    found = set_in(words, points)
    assert "".join(found).replace(" ", "") == words.replace(" ", "")
    for before, line in pairwise(found):
        if line.startswith("ของ ."):
            length = WORLD.lettering.paragraph(f"{before.rstrip()}ของ").length
            assert length * 11 > points * 0.99

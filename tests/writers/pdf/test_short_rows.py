"""Rows at the foot of a page: short ones stay whole, tall ones go on."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from generator.writers.pdf import drawing, renderer
from support.making import WORLD

NAME = "<p>ร้อยละของอาจารย์ประจำที่มีคุณวุฒิปริญญาเอก</p><p>Lecturers with a Doctorate</p>"
FIGURES = "<td><p>0.20</p></td><td><p>8</p><p>16</p></td>"


def pages(above: int, name: str) -> list[set[str]]:
    """The letters of the cells that each page has something of; 11 points, below so many rows."""
    rows = "<tr><td><p>-</p></td><td><p>-</p></td><td><p>-</p></td></tr>" * above
    table = (
        '<section><table class="dense"><col style="width: 20%"><col><col>'
        f"<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>{rows}"
        f'<tr id="last"><td>{name}</td>{FIGURES}</tr></tbody></table></section>'
    )
    with renderer.turn():
        fonts, style = drawing._loaded("", WORLD.font)
        document = weasyprint.HTML(string=table).render(font_config=fonts, stylesheets=[style])
    found = []
    for page in document.pages:
        last = [box for box in page._page_box.descendants() if is_last(box)]
        cells = [cell for row in last for cell in row.children]
        found.append({f"{n}" for n, cell in enumerate(cells) if has_words(cell)})
    return found


def is_last(box: Any) -> bool:
    return isinstance(box, boxes.TableRowBox) and box.element.get("id") == "last"


def has_words(cell: Any) -> bool:
    return any(isinstance(box, boxes.TextBox) for box in cell.descendants())


@pytest.mark.parametrize("above", range(22, 36))
def test_a_short_row_stays_whole(above: int) -> None:
    assert sorted(filter(None, pages(above, NAME)), key=len) == [{"0", "1", "2"}]


def test_a_tall_row_goes_on() -> None:
    there = [page for page in pages(24, NAME * 12) if page]
    assert sum("0" in page for page in there) > 1

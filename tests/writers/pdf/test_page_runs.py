"""The last page of a run: what runs over by a few lines is tightened, the rest is shared out."""

from __future__ import annotations

import re

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as page_layout

from generator.writers.pdf import drawing, page_runs, renderer
from support.making import WORLD

STYLE = """
html { font-size: 16pt } section { break-before: page } p { margin: 3pt 0 } .wide { page: wide }
@page { size: 15cm 20cm; margin: 2cm } @page wide { size: 20cm 15cm }
"""


class Laid:
    """Sections of so many paragraphs each: what stands on which page, and how far it reaches."""

    def __init__(self, *sections: int, style: str = "", kind: str = "") -> None:
        html = "".join(
            f'<section class="{kind}">{"".join(f"<p>{n}.{m}</p>" for m in range(count))}</section>'
            for n, count in enumerate(sections)
        )
        with renderer.turn():
            fonts, css = drawing._loaded(STYLE + style, WORLD.font)
            document = weasyprint.HTML(string=html).render(font_config=fonts, stylesheets=[css])
        self.pages = document.pages
        boxes_of = [list(page._page_box.descendants()) for page in self.pages]
        self.texts = [[b for b in found if isinstance(b, boxes.TextBox)] for found in boxes_of]

    @property
    def words(self) -> list[list[str]]:
        return [[box.text for box in texts] for texts in self.texts]

    @property
    def fills(self) -> list[float]:
        found = [page._page_box for page in self.pages]
        bottoms = [max(box.position_y + box.height for box in texts) for texts in self.texts]
        return [(b - p.content_box_y()) / p.height for p, b in zip(found, bottoms, strict=True)]

    def sizes(self, section: int) -> set[float]:
        found = [b for texts in self.texts for b in texts if b.text.startswith(f"{section}.")]
        return {round(box.style["font_size"] * 0.75, 2) for box in found}


def test_a_run_without_much_over_is_tightened_alone() -> None:
    counts = range(10, 60)
    tight = next(n for n in counts if Laid(n).sizes(0) != {16.0})
    assert len(Laid(tight).pages) == 1
    loose = Laid(9, tight, 9)
    assert len(loose.pages) == 3
    assert loose.sizes(1) == {round(page_runs.TIGHT * 16, 2)}
    assert loose.sizes(0) == loose.sizes(2) == {16.0}


@pytest.mark.parametrize("more", range(4, 14))
@pytest.mark.parametrize("kind", ["", "wide"])
def test_no_last_page_of_a_run_is_nearly_empty(more: int, kind: str) -> None:
    """Whatever runs over; nothing is lost, and the order stays."""
    fits = next(n for n in range(5, 60) if len(Laid(n + 1, kind=kind).pages) > 1)
    found = Laid(2 * fits + more, 3, fits + more, kind=kind)
    words = [word for page in found.words for word in page]
    assert words == [
        f"{n}.{m}"
        for n, count in enumerate((2 * fits + more, 3, fits + more))
        for m in range(count)
    ]
    alone = [n for n, page in enumerate(found.words) if page[0] == "1.0"]
    assert min(fill for n, fill in enumerate(found.fills) if n not in alone) > 0.45


def test_what_cannot_be_parted_stays_where_it_is() -> None:
    """A block that would leave the page before nearly empty isn't handed over."""
    usual = Laid(12, style="p:nth-child(n+3):nth-child(-n+11) { break-after: avoid }")
    assert [len(page) for page in usual.words] == [12]


def test_pages_with_names_of_their_own_are_left_alone() -> None:
    fits = next(n for n in range(5, 60) if len(Laid(n + 1).pages) > 1)
    style = ".other { page: survey } @page survey { size: 15cm 20cm }"
    found = Laid(fits + 3, style=style, kind="other")
    assert min(found.fills) < 0.45


def test_page_numbers_count_what_is_there() -> None:
    """Heads, feet and numbers come after the pages are settled."""
    style = "@page { @bottom-right { content: counter(page) '/' counter(pages) } }"
    fits = next(n for n in range(10, 60) if len(Laid(n + 1).pages) > 1)
    for over in (1, 6):
        found = Laid(4, fits + over, 4, style=style)
        numbers = [re.sub(r"[^/0-9]", "", page[-1]) for page in found.words]
        assert numbers == [f"{n + 1}/{len(found.pages)}" for n in range(len(found.pages))]


def test_heads_and_feet_are_none_of_a_run_that_is_tightened() -> None:
    """They stand before the first section, and on all pages of a document."""
    foot = '<div style="position: running(foot)">foot</div>'
    style = STYLE + "@page { @bottom-center { content: element(foot) } }"
    tight = next(n for n in range(10, 60) if Laid(n).sizes(0) != {16.0})
    html = f"{foot}<section>{''.join(f'<p>0.{m}</p>' for m in range(tight))}</section>"
    with renderer.turn():
        fonts, css = drawing._loaded(style, WORLD.font)
        (page,) = weasyprint.HTML(string=html).render(font_config=fonts, stylesheets=[css]).pages
    sizes = {
        box.text: round(box.style["font_size"] * 0.75, 2)
        for box in page._page_box.descendants(placeholders=True)
        if isinstance(box, boxes.TextBox)
    }
    assert sizes["foot"] == 16.0
    assert sizes["0.0"] == round(page_runs.TIGHT * 16, 2)


def test_what_was_tried_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that were kept aside while others were tried stand as they were."""
    fits = next(n for n in range(5, 60) if len(Laid(n + 1).pages) > 1)
    laid_out: list[int] = []
    again = page_layout.remake_page

    def remake_page(index: int, *args: object) -> object:
        laid_out.append(index)
        return again(index, *args)

    monkeypatch.setattr(page_layout, "remake_page", remake_page)
    assert (len(Laid(9).pages), laid_out) == (1, [0])
    laid_out.clear()
    assert len(Laid(fits).pages) == 1
    assert laid_out == [0, 1, 0], "as it comes, and tightened"
    laid_out.clear()
    together = Laid(fits + 1, style="p { break-inside: avoid; break-before: avoid }")
    assert len(together.pages) == 2
    assert laid_out == [0, 1, 0, 0, 1], "as it comes, in vain tightened, some lines handed over"


def test_a_run_that_begins_and_ends_inside_a_section_is_tightened_alone() -> None:
    """A form of several in one section: pages were counted by sections, and it never was."""
    tight = next(n for n in range(10, 60) if Laid(n).sizes(0) != {16.0})
    breaks = f"p:nth-child({5 + 1}), p:nth-child({5 + tight + 1}) {{ break-before: page }}"
    laid = Laid(5 + tight + 5, style=breaks)
    assert [len(words) for words in laid.words] == [5, tight, 5]
    sizes = [{round(b.style["font_size"] * 0.75, 2) for b in texts} for texts in laid.texts]
    assert sizes == [{16.0}, {round(page_runs.TIGHT * 16, 2)}, {16.0}]

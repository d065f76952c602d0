"""A page is laid out alone where nothing before it changed, and looks as it does then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from weasyprint.layout import page as page_layout

from generator.writers.pdf import drawing, page_runs, renderer, resumed_pages
from generator.writers.pdf.jobs import PdfJob
from generator.writers.pdf.text_runs import text_runs
from support.making import WORLD

STYLE = """
html { font-size: 16pt } section { break-before: page } p { margin: 3pt 0 }
@page { size: 15cm 20cm; margin: 2cm } table { width: 100% } td { width: 50% }
"""


def html(texts: list[str]) -> str:
    rows = "".join(f"<tr><td><p>{n}</p></td><td><p>ก{n}</p></td></tr>" for n in range(60))
    words = "".join(f"<p>{text}</p>" for text in texts)
    return f"<html lang='th'><body><section>{words}<table>{rows}</table>{words}</section>"


def laid_out(text: str) -> Any:
    with renderer.turn():
        return drawing.rendered(
            PdfJob(STYLE, WORLD.font, text, None, {}, (), date(2027, 1, 1)), text
        )


def said(document: Any) -> list[list[tuple[object, str]]]:
    found = text_runs(document.pages)
    count = range(len(document.pages))
    return [[(one.rectangle, one.text) for one in found if one.page == page] for page in count]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that were laid out."""
    found: list[int] = []
    original = page_layout.remake_page

    def remake_page(index: int, *args: Any) -> Any:
        found.append(index)
        return original(index, *args)

    monkeypatch.setattr(page_layout, "remake_page", remake_page)
    return found


TEXTS = [f"ข้อความที่ {n} ซึ่งยาวพอจะมีสองบรรทัดบนหน้ากระดาษที่แคบเช่นนี้" for n in range(30)]
CHANGED = "ข้อความอื่น ซึ่งยาวพอจะมีสองบรรทัดบนหน้ากระดาษที่แคบเช่นกัน"


@pytest.mark.parametrize("number", range(0, 30, 3))
def test_pages_are_laid_out_from_where_something_changed(number: int, made: list[int]) -> None:
    with resumed_pages.noting() as noted:
        before = laid_out(html(TEXTS))
    beginnings = noted.found
    assert beginnings is not None
    count = len(before.pages)
    assert count > 5
    texts = TEXTS.copy()
    texts[number] = CHANGED
    # The words above the table change, and not those below it.
    changed = html(TEXTS).replace(f"<p>{TEXTS[number]}</p>", f"<p>{CHANGED}</p>", 1)
    wanted = said(laid_out(changed))
    assert len(wanted) == count
    first = next(n for n, (a, b) in enumerate(zip(said(before), wanted, strict=True)) if a != b)
    for page in range(count):
        made.clear()
        with resumed_pages.resuming(beginnings, page) as resumed:
            found = said(laid_out(changed))
        assert resumed.start >= min(first - 1, page), "no more than is needed"
        assert len(made) == page + 1 - resumed.start
        assert found == wanted[resumed.start : page + 1]


def test_no_page_is_laid_out_after_those_that_are_wanted(made: list[int]) -> None:
    whole = said(laid_out(html(TEXTS)))
    made.clear()
    with page_runs.at_most(2):
        assert said(laid_out(html(TEXTS))) == whole[:2]
    assert made == [0, 1]


def test_a_run_that_was_tightened_goes_on_tight() -> None:
    for count in range(10, 200):
        lines = [f"<p>{n}</p>" for n in range(count)]
        whole = "<html><body><section>{}</section>"
        with resumed_pages.noting() as noted:
            before = laid_out(whole.format("".join(lines)))
        beginnings = noted.found
        assert beginnings is not None
        if not beginnings.tight or len(before.pages) < 3:
            continue
        lines[-1] = f"<p>{count}</p>"
        wanted = said(laid_out(whole.format("".join(lines))))
        with resumed_pages.resuming(beginnings, len(wanted) - 1) as resumed:
            found = said(laid_out(whole.format("".join(lines))))
        assert resumed.start > 0
        assert found == wanted[resumed.start :]
        with (
            pytest.raises(resumed_pages.OtherwiseError),
            resumed_pages.resuming(beginnings, 1),
        ):
            laid_out(whole.format("".join(lines[1:])))
        return
    pytest.fail("none was tightened")

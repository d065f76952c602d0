"""Heads and feet laid out for a few pages are those laid out for each."""

from datetime import date
from typing import Any

import pytest

from generator.writers.kept.store import PartStore
from generator.writers.pdf import drawing, renderer
from generator.writers.pdf.jobs import PdfJob
from generator.writers.pdf.parts import furniture
from support.making import WORLD

STYLE = """
@page { size: A6; @top-right { content: element(mark) } @bottom-left { content: element(number) } }
@page wide { size: A6 landscape }
.page-mark { position: running(mark) } .page-number { position: running(number) }
.page-number .count::after { content: counter(page) "/" counter(pages) }
section { break-before: page } section:first-of-type { break-before: auto }
body { margin: 0 } .wide { page: wide }
"""
HEAD = """<!DOCTYPE html>
<html lang="th"><head><meta charset="utf-8"><title>เอกสาร</title></head>
<body><div class="page-mark">ร่าง</div>
<div class="page-number">หน้า <span class="count"></span></div>
<!-- parts -->
"""
PAGES = 23


def job(style: str = "", head: str = HEAD) -> PdfJob:
    sections = "\n".join(
        f'<section data-part class="{"wide" if n % 5 == 2 else "one"}"><p>ก</p></section>'
        for n in range(PAGES)
    )
    html = f"{head}{sections}\n</body>\n</html>\n"
    return PdfJob(STYLE + style, WORLD.font, html, None, {}, (), date(2026, 1, 1))


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer.start()
    monkeypatch.setattr(drawing, "STORE", PartStore())


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages each layout of heads and feet comes to, from now on."""
    found: list[int] = []
    original = furniture.furnished

    def furnished(rendered: Any, *args: Any) -> Any:
        def counted(html: str) -> Any:
            document = rendered(html)
            found.append(len(document.pages))
            return document

        return original(counted, *args)

    monkeypatch.setattr(drawing, "furnished", furnished)
    return found


COUNT = ".page-number .count::after { content: "
FEW = {
    "as the templates have it": "",
    "Thai digits": COUNT + "counter(page, thai) '/' counter(pages, thai) }",
    "to the right": "@page { @bottom-left { width: 100%; text-align: right } }",
    "nothing counted": COUNT + "'' }",
}
EACH = {
    "as wide as its number": COUNT + "counter(page, lower-roman) }",
    "another counter": COUNT + "counter(page) counter(chapter) }",
    "two lines": COUNT + "counter(page) '\\A' counter(page); white-space: pre }",
}


@pytest.mark.parametrize("name", [*FEW, *EACH])
def test_few_pages_are_laid_out_and_the_bytes_are_the_same(
    name: str, laid_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = job({**FEW, **EACH}[name])
    made = drawing.draw(asked)
    assert made.pages == PAGES
    assert laid_out == [5] if name in FEW else laid_out in ([5, PAGES], [PAGES])
    monkeypatch.setattr(furniture.saving, "on", False)
    assert drawing.draw(asked).data == made.data


def test_a_document_whose_head_tells_pages_apart_has_each_laid_out(
    laid_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    style = "<style>@page :left { @top-left { content: 'ซ้าย' } }</style></head>"
    asked = job(head=HEAD.replace("</head>", style))
    made = drawing.draw(asked)
    assert laid_out == [PAGES]
    monkeypatch.setattr(furniture.saving, "on", False)
    assert drawing.draw(asked).data == made.data


def test_the_first_page_s_mark_is_its_own(
    laid_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = job(head=HEAD.replace("<!-- parts", '<div class="page-mark">อื่น</div>\n<!-- parts'))
    made = drawing.draw(asked)
    assert laid_out == [5]
    monkeypatch.setattr(furniture.saving, "on", False)
    assert drawing.draw(asked).data == made.data

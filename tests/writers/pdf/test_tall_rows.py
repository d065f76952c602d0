"""Rows that are taller than a page: they go on below the repeated head, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.verify import squeezed
from generator.workspace.environment import Workspace
from generator.writers.pdf import drawing, renderer
from support import making, readers

LONG = "สังเคราะห์ตามแผนปฏิบัติการประจำปีได้ครบถ้วนทุกขั้นตอนและรายงานผลภายในเวลาที่กำหนด "
GOAL = ("ตัวอย่าง-ก.yaml", "ประชาชนได้รับบริการตรงตามเวลาที่ประกาศไว้")
LEVEL = ("indicators/manuals.yaml", "หัวหน้าหน่วยงานเห็นชอบแผน")
NAME = ("indicators/manuals.yaml", "ระดับความสำเร็จของการปรับปรุงคู่มือการปฏิบัติงาน")
UNIT = ("ตัวอย่าง-ก.yaml", "กองตัวอย่าง ก")
PAST = ("indicators/manuals.yaml", "ระดับ 3")


def made(tmp_path: Path, kind: str, place: tuple[str, str], words: str, round_: str = "") -> bytes:
    agency = tmp_path / "agreements/example-2570"
    shutil.copytree(making.ROOT / "agreements/example-2570", agency)
    file = agency / place[0]
    text = file.read_text("utf-8")
    assert place[1] in text
    file.write_text(text.replace(place[1], words, 1), "utf-8")
    world = Workspace(tmp_path, {})
    found = lookup.find(world, "example-2570" if kind == "summary" else "ตัวอย่าง-ก")
    options = DocumentOptions(sheets=False, round="1" if round_ else "")
    files = documents.make(world, kind, found, options=options).files
    return next(data for path, data in files.items() if path.suffix == ".pdf")


@pytest.mark.parametrize(
    ("kind", "place", "length", "head", "round_"),
    [
        ("agreement", GOAL, 940, "ประเด็นยุทธศาสตร์", ""),
        ("agreement", GOAL, 6000, "ประเด็นยุทธศาสตร์", ""),
        ("agreement", LEVEL, 1500, "น้ำหนัก", ""),
        ("agreement", PAST, 2500, "น้ำหนัก", ""),
        ("report", NAME, 9000, "ตัวชี้วัด", "1"),
        ("summary", UNIT, 6000, "หน่วยงาน", "1"),
    ],
)
def test_a_row_taller_than_a_page_goes_on_below_its_head(
    tmp_path: Path, kind: str, place: tuple[str, str], length: int, head: str, round_: str
) -> None:
    words = (LONG * (length // len(LONG) + 1))[:length].strip()
    data = made(tmp_path, kind, place, words, round_)
    story = verify.check_pdf(data, ("Laksaman", "DejaVu")).content
    assert any(squeezed(words) in piece.text for piece in story)
    pages = readers.pages_by_pdfium(data)
    own = [text for text in pages if text.count("สังเคราะห์") >= 2]
    # A report says the words again, below the table.
    below = [text for text in own if head in text]
    assert len(below) >= 2
    assert own[: len(below)] == below


@pytest.mark.parametrize("count", [2, 9])
@pytest.mark.parametrize("empty", [True, False])
def test_what_is_to_stay_together_and_is_taller_than_a_page_is_parted(
    count: int, *, empty: bool
) -> None:
    """Rows and groups that don't part from the next one, below a heading that doesn't, either."""
    for tag in ("tr", "tbody"):
        row = "<tr><td>" + "<p>word</p>" * 5 + "</td></tr>"
        rows = "".join(row if tag == "tr" else f"<tbody>{row}</tbody>" for _ in range(count))
        style = (
            "@page { size: 10cm 10cm; margin: 1cm } p, h2, table { margin: 0; line-height: 1cm }"
            f" h2, {tag} {{ break-inside: avoid; break-after: avoid }}"
        )
        before = "" if empty else "<p>before</p>"
        with renderer.turn():
            fonts, css = drawing._loaded(style, making.WORLD.font)
            found = weasyprint.HTML(string=f"{before}<h2>over</h2><table>{rows}</table>").render(
                font_config=fonts, stylesheets=[css]
            )
        words = [
            box.text
            for page in found.pages
            for box in page._page_box.descendants()
            if isinstance(box, boxes.TextBox)
        ]
        assert words.count("word") == 5 * count
        assert words.count("over") == 1
        assert len(found.pages) <= count + 2


def test_a_group_that_is_kept_whole_isn_t_parted_where_its_table_begins() -> None:
    """The first group of a table with a head; after it, and on an empty page, as always."""
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(4))
    group = f'<tbody style="break-inside: avoid">{rows}</tbody>'
    table = f"<table><thead><tr><th>head</th></tr></thead>{group * 2}</table>"
    before = "<p>before</p>" * 5
    style = "@page { size: 10cm 10cm; margin: 1cm } p, table { margin: 0; line-height: 1cm }"
    with renderer.turn():
        fonts, css = drawing._loaded(style, making.WORLD.font)
        found = weasyprint.HTML(string=before + "<h2>over</h2>" + table).render(
            font_config=fonts, stylesheets=[css]
        )
    words = [
        [box.text for box in page._page_box.descendants() if isinstance(box, boxes.TextBox)]
        for page in found.pages
    ]
    assert words[0] == ["before"] * 5
    assert words[1] == ["over", "head", *"0123"]
    assert words[2] == ["head", *"0123"]

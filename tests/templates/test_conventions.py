"""What templates say and what code looks for are the same: names, classes, styles, pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from generator.documents.parts.pages import A1, A2, A3, A4, A5, PAGES, PageFormat
from generator.templates import conventions, word_package

ROOT = Path(__file__).parents[2]
HTML = ROOT / "templates" / "html"
WORD = sorted((ROOT / "templates" / "docx").glob("[!~]*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = "\n".join(path.read_text("utf-8") for path in sorted(HTML.glob("*.css")))
MARKUP = "\n".join(path.read_text("utf-8") for path in sorted(HTML.glob("*.html")))
PAPERS = {"A1": A1, "A2": A2, "A3": A3, "A4": A4, "A5": A5}
TWIPS_PER_MM = 1440 / 25.4


def in_millimetres(length: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(mm|cm)", length).groups()  # type: ignore[union-attr]
    return float(number) * (10 if unit == "cm" else 1)


def pages_of(styles: str) -> dict[str, PageFormat]:
    """The pages of a stylesheet as measures; what a named page leaves out is the usual page's."""
    found: dict[str, PageFormat] = {}
    for name, rule in re.findall(r"@page\s*([\w-]*)\s*\{([^@}]*)", styles):
        said = dict(re.findall(r"(size|margin):\s*([^;}]+?)\s*(?:[;}]|$)", rule))
        usual = found.get("")
        paper = usual.paper if usual else A4
        margins: tuple[float, ...] = ()
        if "size" in said:
            paper = PAPERS[said["size"].split()[0]]
            paper = paper.across if said["size"].endswith("landscape") else paper
        if "margin" in said:
            margins = tuple(map(in_millimetres, said["margin"].split()))
        elif usual:
            margins = (usual.top, usual.right, usual.bottom, usual.left)
        top, right, bottom, left = map(round, margins)
        found[name] = PageFormat(paper, top, right, bottom, left)
    return found


def test_the_stylesheets_pages_are_those_that_code_measures_with() -> None:
    assert pages_of(STYLES) == dict(PAGES)


def test_another_margin_would_be_noticed() -> None:
    changed = pages_of(STYLES.replace("margin: 2.5cm 2cm 2cm 3cm", "margin: 2.5cm 2cm 2cm 2.9cm"))
    assert changed[""] != PAGES[""]
    assert changed["wide"] != PAGES["wide"]


@pytest.mark.parametrize("path", WORD, ids=lambda path: path.stem)
def test_words_pages_are_as_wide_as_those_of_the_stylesheet(path: Path) -> None:
    """Paper and side margins: heights differ, since Word's lines are a little taller."""
    known = {(p.paper.size, p.left, p.right) for p in PAGES.values()}
    document = etree.fromstring(word_package.read(path).parts["word/document.xml"])
    sections = list(document.iter(f"{W}sectPr"))
    assert sections
    for section in sections:
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert size is not None
        assert margins is not None
        width, height, left, right = (
            round(int(where.get(f"{W}{key}", "0")) / TWIPS_PER_MM)
            for where, key in ((size, "w"), (size, "h"), (margins, "left"), (margins, "right"))
        )
        assert ((width, height), left, right) in known


def test_what_runs_in_heads_and_feet_has_the_class_of_furniture() -> None:
    running = set(re.findall(r"\.([\w-]+)\s*\{[^}]*position:\s*running\(", STYLES))
    assert running
    assert all(conventions.is_furniture(name) for name in running)
    used = set(re.findall(r'class="(page-[\w-]+)', MARKUP))
    assert used == running


@pytest.mark.parametrize(
    "attribute",
    [conventions.SIGNATURE_FIELD, conventions.CHECK_BOX, conventions.ANSWER_BLANK],
)
def test_templates_mark_what_code_looks_for(attribute: str) -> None:
    assert f"{attribute}=" in MARKUP


def test_the_date_of_signing_is_a_class_of_the_stylesheet() -> None:
    assert f".{conventions.DATE_OF_SIGNING}" in STYLES


def test_words_tables_have_one_of_two_styles() -> None:
    styles = {
        str(style.get(f"{W}val"))
        for path in WORD
        for style in etree.fromstring(word_package.read(path).parts["word/document.xml"]).iter(
            f"{W}tblStyle"
        )
    }
    assert {conventions.DATA_TABLE, conventions.LAYOUT_TABLE} <= styles


def test_no_code_measures_a_page_on_its_own() -> None:
    """The widths of pages and papers stand in one module; no other one writes them out."""
    widths = {f"{page.text_width:g}" for page in PAGES.values()} - {"16", "17"}
    sides = {f"{side:.1f}" for paper in PAPERS.values() for side in paper.size}
    written = re.compile(rf"(?<![\d.])({'|'.join(map(re.escape, sorted(widths | sides)))})(?![\d])")
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.name != "pages.py":
            lines = path.read_text("utf-8").splitlines()
            assert not [n for n, line in enumerate(lines, 1) if written.search(line)], path

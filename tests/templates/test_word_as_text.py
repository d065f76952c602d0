"""Word files as text: readable, the same each time, and one change is one line."""

from __future__ import annotations

import difflib
import zipfile
from pathlib import Path

import pytest

from generator.errors import TemplateFault
from generator.templates import word_as_text

TEMPLATE = Path(__file__).parents[2] / "templates/docx/agreement.docx"
DOCUMENT = "word/document.xml"


def copy(target: Path, part: str, old: str, new: str) -> Path:
    """A copy of the template with the first such words of a part changed."""
    with zipfile.ZipFile(TEMPLATE) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode("utf-8")
    assert old in text
    parts[part] = text.replace(old, new, 1).encode("utf-8")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in reversed(parts.items()):
            archive.writestr(name, data)
    return target


def changes(path: Path) -> list[str]:
    """The lines that a copy shows differently."""
    before, after = word_as_text.text(TEMPLATE).splitlines(), word_as_text.text(path).splitlines()
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    "line",
    [
        "=== word/document.xml",
        "TemplateTag | {%p if emblem %}",
        "Emblem | [picture: {{ emblem.alt }}]",
        "Heading1 | {{ title[0] }}",
        "Clause | {{ clause.text }}",
        "  row: TemplateTag: {%tr for row in signatures %}",
        "=== word/header1.xml",
        "Header | {{ page.mark }}",
        "=== styles",
    ],
)
def test_paragraphs_stand_with_their_styles(line: str) -> None:
    assert line in word_as_text.text(TEMPLATE).splitlines()


def test_tables_show_header_rows_cells_and_merges() -> None:
    text = word_as_text.text(TEMPLATE)
    heads = [line for line in text.splitlines() if line.startswith("  row (header")]
    assert any("[vMerge=restart" in head and " │ " in head for head in heads)
    assert any("[vMerge]" in head for head in heads)
    size = "{% if block.small %} of {{ block.small }} points{% endif %}"
    assert f"tblCaption={{{{ block.widths|join(' ') }}}}{size}" in text


def test_sections_show_their_page() -> None:
    ends = [
        li for li in word_as_text.text(TEMPLATE).splitlines() if li.startswith("--- end of section")
    ]
    assert any("portrait, 21.0 × 29.7 cm, margins top=2.5 right=2.0 bottom=2.0" in e for e in ends)
    assert any("landscape, 29.7 × 21.0 cm" in e and "header1.xml" in e for e in ends)


def test_fields_show_what_they_ask_for_and_not_what_word_last_saw() -> None:
    lines = word_as_text.text(TEMPLATE).splitlines()
    foot = next(li for li in lines if li.startswith("Footer | ") and "page.id" in li)
    assert "[PAGE" in foot
    assert "1" not in foot


def test_styles_show_fonts_and_sizes() -> None:
    text = word_as_text.text(TEMPLATE)
    assert "cs=TH Sarabun New) sz=32 szCs=32" in text
    assert "paragraph style Heading1 (heading 1): basedOn=Normal" in text
    assert "b bCs sz=36 szCs=36" in text


def test_the_order_of_the_archive_does_not_matter(tmp_path: Path) -> None:
    assert word_as_text.text(TEMPLATE) == word_as_text.text(TEMPLATE)
    same = copy(tmp_path / "same.docx", DOCUMENT, "clause.text", "clause.text")
    assert changes(same) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "shown"),
    [
        (
            DOCUMENT,
            "{{ clause.text }}",
            "{{ clause.txt }}",
            ["-Clause | {{ clause.text }}", "+Clause | {{ clause.txt }}"],
        ),
        (
            DOCUMENT,
            '<w:pStyle w:val="Clause"/>',
            '<w:pStyle w:val="Party"/><w:keepNext/>',
            ["-Clause | {{ clause.text }}", "+Party [keepNext] | {{ clause.text }}"],
        ),
        (
            DOCUMENT,
            '<w:t xml:space="preserve">{{ clause.text }}',
            '<w:rPr><w:i/><w:iCs/></w:rPr><w:t xml:space="preserve">{{ clause.text }}',
            ["-Clause | {{ clause.text }}", "+Clause | ⟨i iCs⟩{{ clause.text }}"],
        ),
        (
            DOCUMENT,
            '<w:t xml:space="preserve">{{ clause.text }}',
            '<w:proofErr/><w:lastRenderedPageBreak/><w:t xml:space="preserve">{{ clause.text }}',
            [],
        ),
    ],
)
def test_a_change_is_one_line(
    tmp_path: Path, part: str, old: str, new: str, shown: list[str]
) -> None:
    assert changes(copy(tmp_path / "changed.docx", part, old, new)) == shown


def test_a_change_in_a_cell_is_one_line(tmp_path: Path) -> None:
    changed = copy(tmp_path / "changed.docx", DOCUMENT, "{{ duties.goal }}", "{{ duties.aim }}")
    removed, added = changes(changed)
    assert removed.replace("{{ duties.goal }}", "{{ duties.aim }}")[1:] == added[1:]


def test_a_change_of_a_style_is_one_line(tmp_path: Path) -> None:
    changed = copy(tmp_path / "changed.docx", "word/styles.xml", "thaiDistribute", "both")
    removed, added = changes(changed)
    assert removed.startswith("-paragraph style ")
    assert added.endswith("jc=both")


def test_another_picture_is_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(TEMPLATE) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    target = tmp_path / "changed.docx"
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data + b"x" if name.endswith("emblem.png") else data)
    removed, added = changes(target)
    assert removed.split(" sha256 ")[0][1:] == added.split(" sha256 ")[0][1:]


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"nothing")
    with pytest.raises(TemplateFault, match="no Word document"):
        word_as_text.text(path)

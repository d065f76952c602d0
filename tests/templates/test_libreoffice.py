"""Templates that LibreOffice saved: the same words and the same shape, or a clear refusal."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents.kinds import KINDS
from generator.errors import TemplateFault
from generator.templates import check, word_package
from generator.workspace.environment import Workspace
from generator.writers import document
from support.making import ROOT, subjects

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMES = sorted(path.name for path in (ROOT / "templates/docx").glob("*.docx"))

LOST = {
    "survey.docx": "Box.code is used nowhere",
    "_chart.docx": "are merged",
}
"""What LibreOffice destroys: the names of boxes; merged cells that depend on data."""

USERS = {
    "_sheets.docx": ("agreement", "indicators"),
    "_parts.docx": ("agreement",),
    "_goals.docx": ("agreement",),
    "_chart.docx": ("chart",),
}
"""The kinds of documents that are made with a template, where its name doesn't say."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all templates as LibreOffice saves them."""
    folder = tmp_path_factory.mktemp("saved")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "docx:Office Open XML Text", "--outdir", str(folder)),
            *(str(ROOT / "templates/docx" / name) for name in NAMES),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder


def make(root: Path, kind: str) -> bytes:
    document.forget_templates()
    # Of the kinds with sheets, a unit that has pages across the sheet.
    chosen = "กพพ" if kind in ("agreement", "indicators") else subjects(KINDS[kind])[0]
    subject, _, survey = chosen.partition(":")
    blank, _, name = subject.rpartition(" ")
    options = DocumentOptions(
        "form" if blank else "unit",
        round="2" if kind in ("summary", "report", "survey-report") else "",
        survey=survey,
    )
    world = Workspace(root, {})
    found = lookup.find(world, name)
    made = documents.make(world, kind, found, formats=("docx",), options=options)
    return next(data for path, data in made.files.items() if path.suffix == ".docx")


@cache
def usual(kind: str) -> bytes:
    return make(ROOT, kind)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def heads(data: bytes) -> list[list[bool]]:
    """Which rows of which tables are repeated on each page."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    return [
        [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
        for table in root.iter(f"{W}tbl")
    ]


def merged(data: bytes) -> list[list[tuple[str, str]]]:
    """How the cells of each row are merged, down and across."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])

    def value(cell: etree._Element, name: str) -> str:
        found = cell.find(f"{W}tcPr/{W}{name}")
        return "" if found is None else found.get(f"{W}val", "continue")

    return [
        [
            (value(cell, "vMerge"), value(cell, "gridSpan").removeprefix("1"))
            for cell in row.findall(f"{W}tc")
        ]
        for row in root.iter(f"{W}tr")
    ]


@cache
def called() -> dict[str, str]:
    """What officers read as a style's name, by its own name: LibreOffice drops the first."""
    styles = parts_of((ROOT / "templates/docx/agreement.docx").read_bytes())["word/styles.xml"]
    found = {}
    for style in etree.fromstring(styles).iter(f"{W}style"):
        for name, other in zip(style.iter(f"{W}name"), style.iter(f"{W}aliases"), strict=False):
            found[name.get(f"{W}val", "").lower()] = other.get(f"{W}val", "")
    return found


def styles(data: bytes) -> list[str]:
    """The names of the styles of all paragraphs that hold words."""
    parts = parts_of(data)
    names = {
        style.get(f"{W}styleId"): called().get(name.get(f"{W}val", "").lower(), name.get(f"{W}val"))
        for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
        for name in style.iter(f"{W}name")
    }
    return [
        str(names[style.get(f"{W}val")]).lower()
        for paragraph in etree.fromstring(parts["word/document.xml"]).iter(f"{W}p")
        for style in paragraph.iter(f"{W}pStyle")
        if any(text.text for text in paragraph.iter(f"{W}t"))
    ]


def breaks(data: bytes) -> list[str]:
    """The words of each paragraph that begins a page."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in root.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]


def feet(data: bytes) -> list[tuple[str, list[str]]]:
    """The width of each section's page, and the style of its foot, which is made for a width."""
    parts = parts_of(data)
    rels = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {rel.get("Id"): str(rel.get("Target")).lstrip("/") for rel in rels}
    found = []
    for section in etree.fromstring(parts["word/document.xml"]).iter(f"{W}sectPr"):
        foot = section.find(f"{W}footerReference")
        assert foot is not None
        root = etree.fromstring(parts[targets[foot.get(f"{R}id")]])
        size = section.find(f"{W}pgSz")
        assert size is not None
        styles = [style.get(f"{W}val", "") for style in root.iter(f"{W}pStyle")]
        found.append((size.get(f"{W}w", ""), styles))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_template_saved_by_libreoffice(name: str, saved: Path, tmp_path: Path) -> None:
    for folder in ("agreements", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(saved / name, tmp_path / "templates/docx" / name)
    for kind in USERS.get(name, (name.removesuffix(".docx"),)):
        template = KINDS[kind].word
        roots = [tmp_path / "templates"]
        found = check.of_template(roots, "docx", "", KINDS[kind], template)[1]
        if name in LOST:
            [fault] = [str(fault) for fault in found if fault.error]
            assert LOST[name] in fault
            assert "LibreOffice saved this file" in fault
            with pytest.raises(TemplateFault, match=LOST[name]):
                make(tmp_path, kind)
            continue
        assert [str(fault) for fault in found if fault.error] == []
        assert any(fault.code == "libreoffice-guessed" for fault in found)
        before, after = usual(kind), make(tmp_path, kind)
        assert verify.docx_content(after) == verify.docx_content(before)
        assert heads(after) == heads(before)
        assert merged(after) == merged(before)
        assert feet(after) == feet(before)
        assert styles(after) == styles(before)
        assert breaks(after) == breaks(before)


def test_numbers_of_pages_stay_thai(saved: Path) -> None:
    """LibreOffice shows them in Thai letters and saves that they are Arabic."""
    for name in ("word/footer1.xml", "word/footer2.xml"):
        foot = word_package.read(saved / "agreement.docx").parts[name].decode()
        thai, _, arabic = foot.partition("{%r else %}")
        assert thai.count("ThaiArabic") == 2
        assert "ThaiArabic" not in arabic

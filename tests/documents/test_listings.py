"""What lists finished documents is a kind like all others: checked, archival, compared."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator import rules, verify
from generator.agreements import reading
from generator.documents import inputs, listings
from generator.documents.common import DocumentSubject, ListedDocument, SignatureState, SignedPlace
from generator.documents.kinds import EVERY_KIND, KINDS, LISTINGS
from generator.documents.version_changes import (
    ChangedValue,
    MarkedBlock,
    MarkedCell,
    MarkedParagraph,
    MarkedRow,
    MarkedRun,
    MarkedSection,
    ScoreEffect,
    VersionChanges,
)
from generator.errors import TemplateFault
from generator.templates import check
from generator.writers import document, listing
from support import verapdf
from support.making import ROOT, WORLD
from support.pages import drawn
from support.pages.findings import measure

AGENCY = "dsdw-2566"

LONG = "ศูนย์ส่งเสริมจริยธรรมและต่อต้านการทุจริตกรมพัฒนาสังคมและสวัสดิการ"
DAY = date(2022, 11, 1)
SIGNED = SignedPlace(LONG, "ผู้รับคำรับรอง", f"หัวหน้า{LONG}", "signed", DAY, "certificate", False)
LISTED = ListedDocument("กองที่ 1", "agreement", "", "", "AAAA-BBBB-CCCC", 12, "100", ("อธิบดี",))
SAMPLES: dict[str, dict[str, object]] = {
    "contents": {"documents": (LISTED, replace(LISTED, kind="report", round="1", revision="2"))},
    "status": {
        "signatures": SignatureState(
            (SIGNED, replace(SIGNED, state="missing", day=None, method="", differs=True)),
            *(date(2022, 11, 2), 0, 1),
        )
    },
}

_RUN = MarkedRun("ร้อยละ 80", "ins")
_CELL = MarkedCell(1, (MarkedParagraph("TableText", (_RUN, replace(_RUN, fate="", look=True))),))
_TABLE = MarkedBlock(
    None, (100.0,), (MarkedRow("", (_CELL,)),), (MarkedRow("del", (_CELL,)),), loose=True
)
_PARAGRAPH = MarkedBlock(MarkedParagraph("Heading2", (_RUN,)))
CHANGED = ChangedValue("กองที่ 1", "ตัวชี้วัดหนึ่ง", "weight", "unit", "น้ำหนัก", "30", "35")
SAMPLES |= {
    "changes": {
        "changes": VersionChanges(
            *("กองที่ 1", "HEAD", "กอง"),
            (CHANGED, replace(CHANGED, kind="added", old=None), replace(CHANGED, indicator="")),
            (ScoreEffect("กองที่ 1", "2", "ตัวชี้วัดหนึ่ง", "3.7500", "3.5000", "-0.2500"),),
        )
    },
    "marked": {
        "changes": VersionChanges(
            *("กองที่ 1", "HEAD", "กอง"),
            marked=(MarkedSection(True, (_PARAGRAPH, _TABLE)), MarkedSection(False, (_TABLE,))),
        )
    },
}

SAID = {
    "changes": ("น้ำหนัก3035", "ข้อมูลของหน่วยงาน", "3.75003.5000-0.2500"),
    "marked": ("เพิ่มตัดออกย้าย", "5แห่ง", "ร้อยละ80ร้อยละ80"),
    "contents": ("คำรับรองการปฏิบัติราชการAAAA-BBBB-CCCC12100", "รายงานผลการดำเนินงานรอบที่1ฉบับที่2", "24"),
    "status": ("ลงนามแล้ว1พฤศจิกายน2565", "ยังไม่ลงนาม", "ข้อมูลปัจจุบันต่างจากฉบับที่ลงนาม"),
}

every = pytest.mark.parametrize("kind", sorted(LISTINGS))


def subject(kind: str) -> DocumentSubject:
    folder = rules.valid(reading.read_agency(ROOT / "agreements" / AGENCY))
    return listings.subject(folder, inputs.emblem_of(folder), b"1", **SAMPLES[kind])  # type: ignore[arg-type]


def written(kind: str) -> bytes:
    return listing.write(WORLD, AGENCY, kind, subject(kind))


def test_each_is_tried() -> None:
    assert set(SAMPLES) == set(LISTINGS)
    assert not set(LISTINGS) & set(KINDS)
    assert {kind.formats for kind in LISTINGS.values()} == {("pdf",)}
    assert {kind.formats for kind in KINDS.values()} == {("docx", "pdf")}


@every
def test_it_says_what_its_context_says(kind: str) -> None:
    context = LISTINGS[kind].build(subject(kind))
    cells = [
        piece.text for piece in verify.pdf_facts(written(kind)).content if piece.kind == "cell"
    ]
    bare = ["".join(heading.split()) for heading in context.headings]
    assert cells[: len(bare)] == bare
    assert len(cells) // len(bare) >= 3
    said = "".join(cells)
    for words in SAID[kind]:
        assert words in said


@every
def test_it_is_archival_and_the_same_again(kind: str) -> None:
    data = written(kind)
    assert verapdf.check(data, "3a") == []
    assert verapdf.check(data, "ua1") == []
    assert written(kind) == data


@every
def test_no_name_reaches_over_its_cell(kind: str) -> None:
    found = measure(drawn.sheets(written(kind)), "")
    assert found.crossing == []
    assert found.cut == []


@every
def test_its_template_is_checked(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", root)
    path = root / "html" / f"{kind}.html"
    text = path.read_text("utf-8")
    path.write_text(text.replace("{{ title }}", "{{ titel }}"), "utf-8")
    [found] = check.check([root])
    assert found.startswith(f"templates/html/{kind}.html:")
    assert "titel" in found
    path.write_text(text.replace("{{ total }}", ""), "utf-8")
    assert [fault.split(": ")[-1] for fault in check.check([root])] == [
        f"{EVERY_KIND[kind].context.__name__}.total is used nowhere"
    ]


@every
def test_a_template_at_fault_makes_none(kind: str, tmp_path: Path) -> None:
    workspace = replace(WORLD, root=tmp_path)
    folder = tmp_path / "templates" / "html"
    folder.mkdir(parents=True)
    text = (ROOT / "templates" / "html" / f"{kind}.html").read_text("utf-8")
    (folder / f"{kind}.html").write_text(text.replace("{{ agency }}", "ก"), "utf-8")
    document.forget_templates()
    try:
        with pytest.raises(TemplateFault, match=r"agency is used nowhere"):
            listing.write(workspace, AGENCY, kind, subject(kind))
    finally:
        document.forget_templates()


def test_no_word_template_is_asked_for() -> None:
    for kind in LISTINGS.values():
        assert kind.word_templates == ()
        assert kind.templates == (("html", f"{kind.name}.html"),)

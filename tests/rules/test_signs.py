"""A sign that no face has is named where it was typed, before a page is made; nothing else is."""

from __future__ import annotations

import html
import logging
import random
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
import weasyprint

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import checking, documents
from generator.diagnostics import Diagnostic, errors
from generator.documents import inputs, soundness
from generator.errors import DataError
from generator.workspace import environment
from generator.workspace.environment import SYMBOLS, FontFile, Workspace
from generator.writers.pdf import drawing, renderer
from support.making import ROOT, WORLD

EXAMPLE, DSDW = "example-2570", "dsdw-2566"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    for agency in (EXAMPLE, DSDW):
        shutil.copytree(ROOT / "agreements" / agency, tmp_path / "agreements" / agency)
    return Workspace(tmp_path, {})


def put(world: Workspace, name: str, words: str, sign: str) -> tuple[Path, int, int]:
    """Write a sign behind the first such words of a file; gives its place."""
    path = world.agreements / name
    before, found, behind = path.read_text("utf-8").partition(words)
    assert found, words
    path.write_text(f"{before}{words}{sign}{behind}", "utf-8")
    start = before + words
    return path, start.count("\n") + 1, len(start) - (start.rfind("\n") + 1) + 1


def found(world: Workspace) -> tuple[Diagnostic, ...]:
    faults, _ = checking.check(world, [world.agreements])
    return errors(faults)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (f"{EXAMPLE}/agency.yaml", "name: กรมตัวอย่าง"),
        (f"{EXAMPLE}/wording.yaml", "example: ตัวอย่าง"),
        (f"{EXAMPLE}/ตัวอย่าง-ข.yaml", "ผู้ขอใช้ข้อมูลได้รับ"),
        (f"{EXAMPLE}/ตัวอย่าง-ข.yaml", "5: {text: ไม่น้อยกว่า 12 เ"),
        (f"{EXAMPLE}/ตัวอย่าง-ข.yaml", "blanks: {topic: ข้อมูลเปิด"),
        (f"{EXAMPLE}/indicators/on-time.yaml", "name: ร้อยละ"),
        (f"{EXAMPLE}/results/1/ตัวอย่าง-ก.yaml", "- ทะเบียนรับคำขอ"),
        (f"{EXAMPLE}/surveys/visitors.yaml", "- แบบสำรวจความเห็น"),
        (f"{DSDW}/พส.yaml", "      name: ร้อยละของอาสาสมัคร"),
        (f"{DSDW}/plans/alerts.yaml", "title: แผน"),
        (f"{DSDW}/tables/provinces.yaml", 'source: "ที่มา'),
        (f"{DSDW}/tables/provinces.yaml", "heading: ลำดับ"),
    ],
)
@pytest.mark.parametrize("sign", ["漢", "\U0001f9ff"])
def test_a_sign_is_named_with_file_line_and_column(
    here: Workspace, name: str, words: str, sign: str
) -> None:
    path, line, column = put(here, name, words, sign)
    (fault,) = found(here)
    assert (fault.location.path, fault.location.line, fault.location.column) == (path, line, column)
    assert f"{sign} (U+{ord(sign):04X})" in fault.message
    assert fault.hint


def test_a_cell_of_a_table_is_named_by_row_and_column(here: Workspace) -> None:
    path, line, _ = put(here, f"{DSDW}/tables/provinces.csv", "\nกาญจน", "漢")
    (fault,) = found(here)
    assert (fault.location.path, fault.location.line, fault.location.column) == (path, line, 1)
    with pytest.raises(DataError) as refused:
        documents.make(here, "indicators", lookup.find(here, "กพพ"), formats=("docx",))
    assert [one.location for one in errors(refused.value.diagnostics)] == [fault.location]


def test_all_signs_of_a_text_are_one_fault(here: Workspace) -> None:
    put(here, f"{EXAMPLE}/wording.yaml", "example: ตัวอย่าง", "漢字漢")
    (fault,) = found(here)
    assert "the signs 漢 (U+6F22), 字 (U+5B57)" in fault.message


def test_an_escape_is_named_at_its_text(here: Workspace) -> None:
    path = here.agreements / EXAMPLE / "agency.yaml"
    text = path.read_text("utf-8")
    name = "name: กรมตัวอย่าง (ข้อมูลสมมติ)"
    assert name in text
    path.write_text(text.replace(name, 'name: "กรม\\u6f22"', 1), "utf-8")
    (fault,) = found(here)
    assert fault.location.line == text[: text.index(name)].count("\n") + 1
    assert fault.location.column == len("name: ") + 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (f"{EXAMPLE}/agency.yaml", "# What all units"),
        (f"{DSDW}/answers/2/กอส/service.yaml", "- text: อาสาสมัคร"),
        (f"{DSDW}/tables/provinces.csv", "province,base"),
    ],
    ids=["comment", "respondents' words", "unprinted column"],
)
def test_what_no_document_prints_is_left_alone(here: Workspace, name: str, words: str) -> None:
    if name.endswith(".csv"):
        path = here.agreements / name
        head, *rows = path.read_text("utf-8").splitlines()
        text = "\n".join([f"{head},漢", *(f"{row},漢" for row in rows), ""])
        path.write_text(text, "utf-8")
    else:
        put(here, name, words, "漢")
    assert not found(here)


@pytest.mark.parametrize("formats", [("docx",), ("pdf",), ("docx", "pdf")])
def test_no_document_is_begun_with_it(here: Workspace, formats: tuple[str, ...]) -> None:
    path, line, column = put(here, f"{EXAMPLE}/ตัวอย่าง-ข.yaml", "ผู้ขอใช้ข้อมูลได้รับ", "漢")
    with pytest.raises(DataError) as refused:
        documents.make(here, "agreement", lookup.find(here, "ตัวอย่าง-ข"), formats=formats)
    places = [fault.location for fault in errors(refused.value.diagnostics)]
    assert [(p.path, p.line, p.column) for p in places] == [(path, line, column)]
    # Another unit's document has nothing to do with it.
    origin = inputs.find_input("agreement", lookup.find(here, "ตัวอย่าง-ก"), DocumentOptions())
    soundness.checked(here, origin)


@pytest.mark.parametrize("lacking", ["text", "signs", "all", "damaged"])
def test_where_a_face_is_missing_nothing_is_invented(
    here: Workspace, lacking: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(here, f"{EXAMPLE}/agency.yaml", "name: กรมตัวอย่าง", "漢")
    damaged = tmp_path / "x.otf"
    damaged.write_bytes(b"OTTO")
    fonts = {
        "text": tuple(font for font in WORLD.fonts if font.family == SYMBOLS),
        "signs": tuple(font for font in WORLD.fonts if font.family != SYMBOLS),
        "all": (),
        "damaged": (*WORLD.fonts, FontFile(WORLD.font, "Bold", damaged)),
    }
    monkeypatch.setattr(environment, "installed_fonts", lambda: fonts[lacking])
    assert here.signs is None
    assert not found(here)


def test_check_and_renderer_go_by_the_same_signs() -> None:
    known = WORLD.signs
    assert known is not None
    every = [
        chr(code)
        for first, last in (
            (0x20, 0xD800),
            (0xF900, 0x10000),
            (0x1D400, 0x1FB00),
            (0x20000, 0x20100),
        )
        for code in range(first, last)
        if unicodedata.category(chr(code)) not in ("Cn", "Cc", "Cs", "Zl", "Zp")
    ]
    chance = random.Random(7)
    tried = {*chance.sample(every, 600), *chance.sample([s for s in every if s in known], 600)}
    tried |= {s for s in every if unicodedata.category(s) in ("Cf", "Zs")}
    refused: set[str] = set()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            code = re.search(r"\(U\+([0-9A-F]+)\)", record.getMessage())
            assert code is not None, record.getMessage()
            refused.add(chr(int(code[1], 16)))

    logger, listener = logging.getLogger("weasyprint"), Listener()
    logger.addHandler(listener)
    try:
        renderer.start()
        fonts, style = drawing._loaded("", WORLD.font)
        words = "".join(f"<p>ก{html.escape(sign)}ก</p>" for sign in sorted(tried))
        weasyprint.HTML(string=words).render(font_config=fonts, stylesheets=[style]).write_pdf()
    finally:
        logger.removeHandler(listener)
    assert tried - known == refused

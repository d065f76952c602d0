"""Word's own ways of keeping text: lists, changes, boxes, controls, signs, equations."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from generator.diagnostics import Diagnostic
from generator.importing.word import body, package
from generator.importing.word.pieces import WordText, clean, core
from support.word_forms.typing import Typist, W


def read(data: bytes) -> WordText:
    opened = package.opened(Path("a.docx"), data)
    assert isinstance(opened, package.WordPackage), opened
    return body.read(opened, "a.docx")


def lines(hand: Typist) -> list[str]:
    return [line.said for line in read(hand.bytes()).lines()]


def test_numbers_of_lists_are_those_that_word_prints() -> None:
    hand = Typist()
    hand.numbered(["ก", "ข"], "thaiNumbers", "%1)")
    hand.numbered(["ค", "ง"], "thaiLetters", "(%1)")
    hand.numbered(["จ"], "lowerRoman", "%1.")
    hand.numbered(["ฉ"], "bullet", "\uf0b7")
    assert lines(hand) == ["๑) ก", "๒) ข", "(ก) ค", "(ข) ง", "i. จ", "• ฉ"]


def test_changes_are_accepted_and_said() -> None:
    hand = Typist()
    hand.changed(hand.line("ร้อยละ "), "80", "85")
    text = read(hand.bytes())
    assert [line.said for line in text.lines()] == ["ร้อยละ 85"]
    assert [one.code for one in text.remarks] == ["word-changes-accepted"]


def test_a_deleted_row_is_gone_and_a_deleted_mark_joins_paragraphs() -> None:
    hand = Typist()
    table = hand.table(2, 1)
    hand.cell(table.rows[0].cells[0], "อยู่")
    hand.cell(table.rows[1].cells[0], "ลบแล้ว")
    table.rows[1]._tr.get_or_add_trPr().append(
        parse_xml(f'<w:del {W} w:id="1" w:author="x" w:date="2020-01-01T00:00:00Z"/>')
    )
    first = hand.line("ต้น")
    first._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {W}><w:del w:id="2" w:author="x"/></w:rPr>')
    )
    hand.line("ปลาย")
    assert lines(hand) == ["อยู่", "ต้นปลาย"]


def test_boxes_are_read_once_and_controls_opened() -> None:
    hand = Typist()
    hand.boxed("ในกรอบ")
    hand.controlled("ในช่อง")
    assert lines(hand) == ["ในกรอบ", "ในช่อง"]


def test_an_invitation_to_fill_in_is_no_text() -> None:
    hand = Typist()
    hand.controlled("คลิกที่นี่เพื่อพิมพ์")
    control = hand.document.element.body[0]
    control[0].append(parse_xml(f"<w:showingPlcHdr {W}/>"))
    text = read(hand.bytes())
    assert list(text.lines()) == []
    assert [one.code for one in text.remarks] == ["word-placeholders-empty"]


def test_equations_become_the_text_that_says_the_same() -> None:
    hand = Typist()
    hand.equation("ก + ข", "ค")
    assert lines(hand) == ["(ก + ข) / ค × 100"]


def test_signs_of_symbol_faces_are_the_signs_they_show() -> None:
    hand = Typist()
    paragraph = hand.line()
    paragraph._p.append(parse_xml(f'<w:r {W}><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'))
    paragraph.add_run(" 80")
    assert lines(hand) == ["≥ 80"]


def test_a_line_broken_by_hand_is_two() -> None:
    hand = Typist()
    hand.line("แรก\nสอง")
    assert lines(hand) == ["แรก", "สอง"]


def test_cells_know_what_they_are_merged_with() -> None:
    hand = Typist()
    table = hand.table(2, 3)
    top, below = table.rows[0].cells, table.rows[1].cells
    hand.cell(top[0].merge(below[0]), "สูง")
    hand.cell(top[1].merge(top[2]), "กว้าง")
    found: Any = read(hand.bytes()).blocks[0]
    assert [(c.column, c.span, c.merged) for c in found.rows[0].cells] == [
        (0, 1, False),
        (1, 2, False),
    ]
    assert found.rows[1].cells[0].merged


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ก\u00a0 ข", "ก ข"),
        ("น\u0e4d\u0e32", "น\u0e33"),
        ("ก\u200bข", "กข"),
        ("๑๒.๕๐", "๑๒.๕๐"),
    ],
)
def test_text_is_cleaned_and_figures_stay(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_what_is_compared_knows_no_blanks_and_no_digits_of_a_kind() -> None:
    assert core("ร้อยละ ๗๐.๐๐ – 74.99") == core("ร้อยละ70.00-๗๔.๙๙")


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def document(inner: str, before: str = "") -> bytes:
    return f"{before}<w:document {W}><w:body>{inner}</w:body></w:document>".encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "word-file-old-or-locked"),
        (b"not a file", "no-word-file"),
        (b"PK\x03\x04broken", "word-file-damaged"),
        (packed({"a.xml": b"<a/>"}), "no-word-file"),
        (packed({"word/document.xml": b"<a/>"}), "no-word-file"),
        (packed({"word/document.xml": b"<a"}), "word-file-damaged"),
        (
            packed(
                {
                    "word/document.xml": document(
                        "<w:p/>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                    )
                }
            ),
            "word-file-part-not-plain",
        ),
        (
            packed({"word/document.xml": document("<w:p>" * 300 + "</w:p>" * 300)}),
            "word-file-damaged",
        ),
        (
            packed({"word/document.xml": document(" " * (package.MAX_XML + 9))}),
            "word-file-unpacks-too-large",
        ),
        (
            packed({"word/document.xml": document("<w:p/>" * (package.MAX_TAGS + 9))}),
            "word-file-unpacks-too-large",
        ),
    ],
)
def test_hostile_files_get_a_plain_message(data: bytes, code: str) -> None:
    found = package.opened(Path("a.docx"), data)
    assert isinstance(found, Diagnostic)
    assert found.code == code
    assert found.hint


def test_macros_are_said_and_not_looked_at() -> None:
    out = io.BytesIO()
    document_ = Document()
    document_.add_paragraph("ข้อความ")
    document_.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert [one.code for one in read(out.getvalue()).remarks] == ["word-macros-ignored"]

"""What is read by the bytes of a file as gen writes it is what the library finds in it."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.agreements import yaml_tree
from generator.verify import (
    drawn_text,
    pdf_facts,
    plain_content,
    plain_objects,
    plain_sources,
    plain_tree,
)
from generator.verify.known_streams import STREAMS
from generator.verify.pdf import PdfFacts, facts_of
from generator.verify.streams import UnpackBudget, identity, opened
from support.making import made

SUBJECTS = (
    ("agreement", "ตัวอย่าง-ข"),
    ("report", "ตัวอย่าง-ก"),
    ("chart", "blank dip-2558"),
)


def facts(data: bytes) -> PdfFacts:
    """A file's facts, none of whose streams was met before."""
    STREAMS.clear()
    with opened(data) as pdf:
        return facts_of(pdf, data, glyphs=True)


@pytest.mark.parametrize(("kind", "subject"), SUBJECTS)
def test_both_ways_say_the_same(kind: str, subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(kind, subject)["pdf"]
    read = facts(data)
    objects = plain_objects.read(data)
    assert objects is not None
    with opened(data) as pdf:
        tree = plain_tree.PlainTree(pdf, objects, {identity(page.obj): {} for page in pdf.pages})
        assert tree.told()
    monkeypatch.setattr(plain_objects, "read", lambda data: None)
    monkeypatch.setattr(plain_content, "instructions", lambda content: None)
    assert facts(data) == read
    assert len(read.content) > 10
    assert read.heads or kind != "report"


def changed(data: bytes, change: Any, **how: Any) -> bytes:
    """A file that the library saved after a change."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(file, **how)
    return file.getvalue()


def test_a_file_that_is_written_otherwise_is_left_to_the_library() -> None:
    data = made("agreement", "ตัวอย่าง-ข")["pdf"]
    objects = plain_objects.read(data)
    assert objects is not None
    assert pdf_facts(data).faults == ()
    streams = pikepdf.ObjectStreamMode
    saved = [
        changed(data, lambda pdf: None, object_stream_mode=streams.generate),
        changed(data, lambda pdf: None, object_stream_mode=streams.disable),
    ]
    for other in (*saved, data + b"\n% more\n", b" " + data, data[:-8], data + data, b"", b"%PDF-"):
        assert plain_objects.read(other) is None
    for other in saved:
        assert pdf_facts(other).content == pdf_facts(data).content


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/W [1 3 2]", b"/W [1 2 3]"),
        (b"/Index [0 ", b"/Index [1 "),
        (b"/Type /XRef", b"/Prev 9/XRef"),
        (b"/Type /ObjStm", b"/Type /ObjStn"),
    ],
)
def test_a_table_that_says_otherwise_is_not_read(old: bytes, new: bytes) -> None:
    data = made("agreement", "ตัวอย่าง-ข")["pdf"]
    assert data.count(old) == 1
    assert plain_objects.read(data.replace(old, new)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"q\nBT\n/F 1 Tf\n(abc) Tj\nET\nQ",
        b"q\n/Span /Props BDC\nEMC\nQ",
        b"q\n/Span\n<</ActualText (a\\101)>>\nBDC\nEMC\nQ",
        b"q\n/Span\n<</ActualText <fffe4100>>>\nBDC\nEMC\nQ",
        b"q\n/Span\n<</ActualText <feffd800>>>\nBDC\nEMC\nQ",
        b"q\n/Span\n<</MCID 1/ActualText (a)>>\nBDC\nEMC\nQ",
        b"q\n3 Tr\nQ",
        b"q\n/F 1 Tf % (\n[<00>] TJ\nQ",
        b"q\n[<0>] TJ\nQ",
        b"q  \nQ",
        b"BI /W 1 ID q\nQ\nEI",
    ],
)
def test_a_stream_that_is_written_otherwise_is_left_to_the_library(content: bytes) -> None:
    assert plain_content.instructions(content) is None


def test_a_plain_stream_is_read() -> None:
    content = (
        b"q\n1 0 0 -1 0 5.5 cm\n/a1.0 gs\n/Artifact\nBMC\nEMC\n/Span\n<</MCID 7>>\nBDC\n"
        rb"/Span"
        b"\n<</ActualText (a\\(b\\)\\\\)>>\nBDC\n/Ab 9 Tf\n[<0001>-1.5<0002>] TJ\nEMC\nEMC\nQ"
    )
    found = plain_content.instructions(content)
    assert found is not None
    assert [said.operator for said in found] == [
        *("q", "gs", "BMC", "EMC", "BDC", "BDC", "Tf", "TJ", "EMC", "EMC", "Q")
    ]
    assert [said.number for said in found if said.number is not None] == [7]
    assert [said.claimed for said in found if said.claimed is not None] == ["a(b)\\"]
    assert [said.codes for said in found if said.codes] == [b"\0\1\0\2"]
    budget = UnpackBudget()
    with pikepdf.new() as pdf:
        reader = drawn_text._Reader(drawn_text._Fonts(budget), budget, drawn_text._GLYPHS)
        assert list(reader._asked(pdf.make_stream(content), None)) == found


SOURCE = """document:
  kind: agreement
agency:
  name: กรม
unit:
  name: |
    ก
    indicators:
      - id: no
  indicators:
  - id: one
    name: |-
      - id: two

      ข
  - id: 'three'
  note: ค
tables: {}
"""


def test_a_source_is_read_piece_by_piece_as_in_one() -> None:
    for text in (SOURCE, SOURCE.replace("กรม", "กอง"), SOURCE.replace("three", "four")):
        file = yaml_tree.parse(Path("source.yaml"), text.encode())
        assert file.node is not None
        assert plain_sources.plain(text.encode()) == file.node.plain()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agency:", '"agency":'),
        ("agency:", "document:"),
        ("tables: {}", "tables: {\nx: 1}"),
        ("tables: {}", "tables: &a {}"),
        ("tables: {}", "tables: 'a\nb: c'"),
        ("  note: ค", "  note: 'ค"),
        ("  note: ค", "  indicators: []"),
        ("  name: |\n", '  name: "a\n  indicators:\n  - id: x"\n  other: |\n'),
        ("    name: |-", "    name: {"),
        ("  - id: 'three'", "  - id: 'three\n  - id: four'"),
        ("document:", "---\ndocument:"),
        ("document:", "\ufeffdocument:"),
        ("name: กรม", "name: ก\u0007"),
    ],
)
def test_a_source_that_cannot_be_cut_is_read_in_one(old: str, new: str) -> None:
    assert SOURCE.count(old) == 1
    assert plain_sources.plain(SOURCE.replace(old, new).encode()) is None

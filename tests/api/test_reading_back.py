"""A document that was edited in Word, read back into its files.

``EDITS=300`` tries more; ``SAVED_BY=libreoffice`` has LibreOffice save every one of them.
"""

import io
import os
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from generator.agreements import lookup
from generator.agreements.changes import Put
from generator.api import documents, reading_back
from generator.comparing import edited, leaves
from generator.comparing.leaves import DataText
from generator.errors import FileError, UsageError
from generator.workspace.environment import Workspace
from support import redlines, word_edits
from support.making import ROOT, in_word
from support.word_edits import W, said

EDITS = int(os.environ.get("EDITS", "8"))
AT_ONCE = 4
DOCUMENTS = (
    ("agreement", "example-2570", "ตัวอย่าง-ก"),
    ("agreement", "cdd-2561", "พัฒนาการอำเภอ"),
    ("agreement", "example-2570", "ตัวอย่าง-ข"),
    ("agreement", "example-faculty-2570", "คณะ"),
    ("agreement", "dsdw-2566", "กอส"),
    ("agreement", "example-hospital-2570", "โรงพยาบาล-ก"),
    ("report", "example-2570", "ตัวอย่าง-ก"),
    ("agreement", "moi-2547", "สำนักงานปลัดกระทรวงอุตสาหกรรม"),
    ("personal", "example-2570", "ตัวอย่าง-บุคคล"),
    ("agreement", "dip-2558", "กรมส่งเสริมอุตสาหกรรม"),
    ("agreement", "dsdw-2566", "กยผ"),
    ("indicators", "example-2570", "ตัวอย่าง-ข"),
    ("agreement", "dsdw-2566", "นิคมสร้างตนเอง"),
    ("agreement", "example-faculty-2570", "ภาควิชา-ก"),
    ("report", "dsdw-2566", "กอส"),
    ("agreement", "example-hospital-2570", "เครือข่าย"),
    ("agreement", "dsdw-2566", "สลก"),
    ("agreement", "dsdw-2566", "กพพ"),
    ("personal", "dsdw-2566", "บุคคล"),
    ("agreement", "example-hospital-2570", "โรงพยาบาล-ข"),
)


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    """A workspace of its own with the agencies that documents are made of."""
    for name in sorted({agency for _, agency, _ in DOCUMENTS[: -(-EDITS // AT_ONCE)]}):
        shutil.copytree(ROOT / "agreements" / name, tmp_path / "agreements" / name)
    return Workspace(tmp_path, {})


def by_python_docx(data: bytes) -> bytes:
    buffer = io.BytesIO()
    docx.Document(io.BytesIO(data)).save(buffer)
    return buffer.getvalue()


def by_libreoffice(data: bytes) -> bytes:
    return redlines.by_libreoffice([(data, "")], "docx")[0]


SAVERS = {"python-docx": by_python_docx, "libreoffice": by_libreoffice}


def with_part(data: bytes, change: Any, name: str = "word/document.xml") -> bytes:
    """A document in which a part was changed by a function of its XML; "" takes it out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    root = etree.fromstring(parts[name])
    change(root)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def replaced(data: bytes, old: str, new: str, times: int = 1) -> bytes:
    """A document in which words were typed in place of others."""

    def change(root: Any) -> None:
        left = times
        for text in root.iter(f"{W}t"):
            plain = (text.text or "").replace("\u00a0", " ")
            if left and old in plain:
                text.text = plain.replace(old, new, 1)
                left -= 1
        for paragraph in root.iter(f"{W}p") if left else ():
            # Words of no language have runs of their own.
            texts = list(paragraph.iter(f"{W}t"))
            plain = "".join(text.text or "" for text in texts).replace("\u00a0", " ")
            if left and old in plain:
                texts[0].text = plain.replace(old, new, 1)
                for text in texts[1:]:
                    text.text = ""
                left -= 1
        assert not left, f"{old} isn't there"

    return with_part(data, change)


def read_back(world: Workspace, data: bytes, **more: Any) -> reading_back.DocumentReadBack:
    path = world.root / "edited.docx"
    path.write_bytes(data)
    return reading_back.take_back(world, path, **more)


def changes(found: reading_back.DocumentReadBack) -> list[tuple[str, str | None]]:
    return [(c.file, c.new) for one in found.back for c in one.changes]


@pytest.mark.parametrize("saver", [None, *SAVERS])
def test_edits_go_to_their_lines(world: Workspace, saver: str | None) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")
    typed = replaced(data, "เปรียบเทียบปริมาณการใช้ไฟฟ้า", "เทียบปริมาณไฟฟ้าที่ใช้")
    typed = replaced(typed, "ใบแจ้งค่าไฟฟ้าของอาคาร", "ใบแจ้งค่าไฟฟ้าทุกอาคาร")
    typed = replaced(typed, "จัดทำและปรับปรุงคู่มือการปฏิบัติงานของกรม", "จัดทำคู่มือของกรม")
    if saver is not None:
        typed = SAVERS[saver](typed)
    found = read_back(world, typed)
    assert not found.left
    assert {file for file, _ in changes(found)} == {"indicators/energy.yaml", "ตัวอย่าง-ก.yaml"}
    assert len(found.back) == 3
    text = found.files[found.folder / "indicators" / "energy.yaml"].decode()
    assert "เทียบปริมาณไฟฟ้าที่ใช้" in text
    assert text.startswith("# yaml-language-server")
    old = (found.folder / "indicators" / "energy.yaml").read_text("utf-8")
    assert [line for line in old.splitlines() if "#" in line] == [
        line for line in text.splitlines() if "#" in line
    ]


def test_a_level_takes_its_condition_along(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")
    typed = data
    typed = replaced(typed, "ร้อยละ 6.00", "ร้อยละ 6.50", times=1)
    found = read_back(world, typed)
    assert not found.left
    assert changes(found) == [
        ("indicators/energy.yaml", "ร้อยละ 6.50"),
        ("indicators/energy.yaml", "6.5"),
    ]
    assert not found.faults


def test_a_weight_that_stands_often_is_the_right_one(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")

    def change(root: Any) -> None:
        for row in root.iter(f"{W}tr"):
            fits = [t for t in row.iter(f"{W}t") if t.text == "25"]
            if "ปรับปรุงคู่มือ" in said(row) and fits:
                fits[0].text = "24"
                return

    found = read_back(world, with_part(data, change))
    assert changes(found) == [("ตัวอย่าง-ก.yaml", "24")]
    [change_] = [c for one in found.back for c in one.changes]
    assert change_.path == ("indicators", 1, "weight")
    assert found.faults, "weights don't add up now"


def test_words_of_all_units_and_of_none_are_named(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")
    typed = replaced(data, "ได้อ่านข้อความ", "ได้อ่านและเข้าใจข้อความ")

    def more(root: Any) -> None:
        body = root.find(f"{W}body")
        paragraph = etree.Element(f"{W}p")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}t").text = "หมายเหตุที่เพิ่มเองท้ายเอกสาร"
        body.insert(len(body) - 1, paragraph)

    found = read_back(world, with_part(typed, more))
    assert not found.back
    assert [one.why for one in found.left] == ["wording", "made"]
    assert found.left[0].text is not None
    assert "wording.yaml" in found.left[0].text.file
    assert not found.files


def word_online(root: Any) -> None:
    """What Word and Word Online leave: split runs, rsids, proofing marks, content controls."""
    for run in [*root.iter(f"{W}r")]:
        texts = run.findall(f"{W}t")
        run.set(f"{W}rsidR", "00A77B3E")
        if len(texts) == 1 and len(texts[0].text or "") > 4:
            words = texts[0].text
            other: Any = etree.fromstring(etree.tostring(run))
            texts[0].text, other.find(f"{W}t").text = words[:3], words[3:]
            run.addnext(other)
            run.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
    for number, paragraph in enumerate([*root.iter(f"{W}p")]):
        if number % 5 == 0 and paragraph.find(f"{W}pPr/{W}sectPr") is None:
            control = etree.Element(f"{W}sdt")
            etree.SubElement(control, f"{W}sdtPr")
            content = etree.SubElement(control, f"{W}sdtContent")
            paragraph.addprevious(control)
            content.append(paragraph)


def test_word_onlines_habits_change_nothing(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")
    found = read_back(world, with_part(data, word_online))
    assert not found.back
    assert not found.left
    typed = with_part(replaced(data, "ใบแจ้งค่าไฟฟ้าของอาคาร", "ใบแจ้งค่าไฟ"), word_online)
    assert changes(read_back(world, typed)) == [("indicators/energy.yaml", "ใบแจ้งค่าไฟ")]


def without_source(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    rels = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = re.sub(
        r"<Relationship [^>]*customXml[^>]*/>", "", rels
    ).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in parts.items():
            if "customXml" not in part:
                archive.writestr(part, content)
    return buffer.getvalue()


def test_a_source_that_was_taken_out(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")
    typed = without_source(replaced(data, "ใบแจ้งค่าไฟฟ้าของอาคาร", "ใบแจ้งค่าไฟ"))
    wanted = [("indicators/energy.yaml", "ใบแจ้งค่าไฟ")]
    with pytest.raises(FileError, match=r"edited\.docx"):
        read_back(world, typed)
    assert changes(read_back(world, typed, of="ตัวอย่าง-ก")) == wanted
    twin = world.root / "outputs" / "example-2570" / "ตย-ก" / "ตย-ก-agreement.docx"
    twin.parent.mkdir(parents=True)
    twin.write_bytes(data)
    assert changes(read_back(world, typed)) == wanted


def test_tracked_changes_count_as_accepted(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")

    def change(root: Any) -> None:
        text = next(t for t in root.iter(f"{W}t") if t.text == "ใบแจ้งค่าไฟฟ้าของอาคาร")
        run = text.getparent()
        deleted = etree.Element(f"{W}del", {f"{W}id": "1", f"{W}author": "ก"})
        inserted: Any = etree.fromstring(etree.tostring(run))
        inserted.find(f"{W}t").text = "ใบแจ้งค่าไฟ"
        mark = etree.Element(f"{W}ins", {f"{W}id": "2", f"{W}author": "ก"})
        mark.append(inserted)
        run.addprevious(deleted)
        deleted.append(run)
        text.tag = f"{W}delText"
        deleted.addnext(mark)

    found = read_back(world, with_part(data, change))
    assert changes(found) == [("indicators/energy.yaml", "ใบแจ้งค่าไฟ")]


def test_files_that_were_changed_meanwhile_keep_that(world: Workspace) -> None:
    data = in_word("agreement", "ตัวอย่าง-ก")
    path = world.root / "agreements" / "example-2570" / "indicators" / "energy.yaml"
    text = path.read_text("utf-8").replace("ช่วงเวลาเดียวกันของปีก่อน", "ปีที่แล้ว")
    path.write_text(text, "utf-8")
    typed = replaced(data, "ใบแจ้งค่าไฟฟ้าของอาคาร", "ใบแจ้งค่าไฟ")
    found = read_back(world, typed)
    assert changes(found) == [("indicators/energy.yaml", "ใบแจ้งค่าไฟ")]
    assert "ปีที่แล้ว" in found.files[path].decode()
    assert found.remarks


def only_once(world: Workspace, agency: str, unit: str, data: bytes) -> list[DataText]:
    """Texts of a unit and its indicators that a document says in one place, and no other text."""
    folder = world.root / "agreements" / agency
    names = [f"{unit}.yaml", *(f"indicators/{p.name}" for p in (folder / "indicators").iterdir())]
    texts = leaves.texts_of(leaves.read_files(folder, names))
    printed = [spot.text for spot in edited.spots(edited.read(data, "x"))]
    return [
        text
        for text in texts
        if len(text.value) > 7
        and not {"\n", "[", "*"} & {*text.value}
        and sum(text.value in said_ for said_ in printed) == 1
        and sum(text.value in other.value for other in texts) == 1
    ]


@pytest.mark.parametrize(("agency", "unit"), [one[1:] for one in DOCUMENTS[:2]])
def test_texts_are_found_at_their_lines(world: Workspace, agency: str, unit: str) -> None:
    data = in_word("agreement", unit)
    texts = only_once(world, agency, unit, data)
    assert len(texts) > 5
    wanted = set()
    for text in random.Random(unit).sample(texts, 5):
        new = f"{text.value} (แก้ไขแล้ว)"
        data = replaced(data, text.value, new)
        wanted.add((text.file, text.path, text.line, new))
    found = read_back(world, data)
    assert not found.left
    got = {(c.file, c.path, c.line, c.new) for one in found.back for c in one.changes}
    assert got == wanted


def with_row(root: Any, beside: str, cells: list[str]) -> None:
    """Copy the row of so many cells that says something, and type other words into the copy."""
    row = next(
        r
        for r in root.iter(f"{W}tr")
        if beside in said(r).replace("\u00a0", " ") and len(r.findall(f"{W}tc")) == len(cells)
    )
    new: Any = etree.fromstring(etree.tostring(row))
    row.addnext(new)
    for cell, words in zip(new.findall(f"{W}tc"), cells, strict=True):
        first, *others = cell.findall(f"{W}p")
        for other in others:
            cell.remove(other)
        texts = [*first.iter(f"{W}t")]
        for text in texts:
            text.text = ""
        texts[0].text = words


def test_new_rows_are_entries_of_the_data_or_named_with_their_place(world: Workspace) -> None:
    manuals = "ระดับความสำเร็จของการปรับปรุงคู่มือการปฏิบัติงาน"
    water = ["การใช้น้ำประปา", "ร้อยละ", "ร้อยละ 1.10", "ร้อยละ 1.45", "ร้อยละ 1.80"]
    issue = ["เรื่องที่ 3 งานโปร่งใส", "ประชาชนตรวจสอบได้", manuals]

    def change(root: Any) -> None:
        with_row(root, "ร้อยละ 2.10", water)
        with_row(root, "เรื่องที่ 2", issue)
        with_row(root, "สำรวจคู่มือที่ต้อง", ["9. งานที่พิมพ์เพิ่ม", *"123456"])

    found = read_back(world, with_part(in_word("agreement", "ตัวอย่าง-ก"), change))
    made = [c.change for one in found.back for c in one.changes]
    years = dict(zip(("2567", "2568", "2569"), water[2:], strict=True))
    past: dict[str, Any] = {year: {"text": text, "value": text[7:]} for year, text in years.items()}
    assert made == [
        Put(("strategy", 2), {"issue": issue[0], "goals": [issue[1]], "indicators": ["manuals"]}),
        Put(("baselines", 1), {"name": water[0], "measure": water[1], "years": past}),
    ]
    # A new indicator has a file of its own: where the one beside it is used is told.
    assert {(one.why, one.text.file if one.text else "") for one in found.left} == {
        ("row", "ตัวอย่าง-ก.yaml")
    }
    assert len(found.left) == 7


def test_rows_of_a_csv_come_and_go(world: Workspace) -> None:
    agency = "example-hospital-2570"
    if not (world.root / "agreements" / agency).exists():
        shutil.copytree(ROOT / "agreements" / agency, world.root / "agreements" / agency)

    def change(root: Any) -> None:
        with_row(root, "31,000", ["3", "โรงพยาบาลที่เพิ่ม", "กลาง", "2,500", "1,500"])
        gone = next(r for r in root.iter(f"{W}tr") if "27,500" in said(r))
        gone.getparent().remove(gone)

    found = read_back(world, with_part(in_word("agreement", "เครือข่าย"), change))
    files = {path.name: raw.decode() for path, raw in found.files.items()}
    rows = files["hospitals.csv"].splitlines()
    assert rows[3] == "โรงพยาบาลที่เพิ่ม,กลาง,2500"
    assert len(rows) == 9
    assert not any(",27500" in row for row in rows)
    assert found.faults, "results by hospital lack the new one"


def rounds(count: int) -> Iterator[tuple[str, str, str, int]]:
    for number in range(-(-count // AT_ONCE)):
        yield (*DOCUMENTS[number % len(DOCUMENTS)], number)


def test_random_edits_are_led_back_or_named(world: Workspace) -> None:
    """What is led back makes the document say what was typed; all else is named, with its words."""
    others = ("gone", "added", "row gone", "row added")
    kinds = {**word_edits.WORDING, **{name: word_edits.EVERY[name] for name in others}}
    saver = SAVERS.get(os.environ.get("SAVED_BY", ""), by_python_docx)
    led = named = 0
    for kind, agency, unit, number in rounds(EDITS):
        base = in_word(kind, unit)
        typed = word_edits.edited(base, random.Random(f"back:{number}"), AT_ONCE, kinds)
        found = read_back(world, saver(typed))
        led, named = led + len(found.back), named + len(found.left)
        assert found.back or found.left, number
        if not found.files:
            continue
        old = {path: path.read_bytes() for path in found.files}
        for path, data in found.files.items():
            path.write_bytes(data)
        again = read_back(world, typed)
        assert not again.files, number
        assert len(again.left) == len(found.left)
        for path, data in old.items():
            path.write_bytes(data)
        assert agency in str(found.folder)
    print(f"{led} led back, {named} named")
    assert led


def test_what_is_no_document_is_refused(world: Workspace) -> None:
    for data in (b"", b"PK\x03\x04", b"%PDF-1.7"):
        with pytest.raises(FileError, match=r"edited\.docx"):
            read_back(world, data)
    with pytest.raises(UsageError, match="nobody"):
        read_back(world, without_source(in_word("agreement", "ตัวอย่าง-ก")), of="nobody")
    target = lookup.find(world, "ตัวอย่าง-ก")
    assert documents.make(world, "agreement", target, formats=("docx",)).files


def test_a_figure_of_a_table_goes_to_its_csv(world: Workspace) -> None:
    """The row is the one that is named before it, though other rows may print the same figure."""
    agency = "example-hospital-2570"
    folder = world.root / "agreements" / agency
    if not folder.exists():
        shutil.copytree(ROOT / "agreements" / agency, folder)
    path = folder / "tables" / "hospitals.csv"
    head, first, *rest = path.read_text("utf-8").splitlines()
    unit = lookup.find(world, "เครือข่าย", agency)
    made = documents.make(world, "agreement", unit, formats=("docx",))
    data = next(iter(made.files.values()))
    figure = next(cell for cell in rest[0].split(",") if cell.isdecimal())
    printed = f"{int(figure):,}"

    def change(root: Any) -> None:
        for row in root.iter(f"{W}tr"):
            fits = [t for t in row.iter(f"{W}t") if t.text == printed]
            if fits and rest[0].split(",")[0] in said(row):
                fits[0].text = "12,345"
                return
        raise AssertionError(printed)

    found = read_back(world, with_part(data, change))
    assert [(c.file, c.line, c.new) for one in found.back for c in one.changes] == [
        ("tables/hospitals.csv", 3, "12,345")
    ]
    lines = found.files[path].decode().splitlines()
    assert lines == [head, first, rest[0].replace(figure, "12345", 1), *rest[1:]]

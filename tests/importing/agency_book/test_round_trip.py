"""A whole agency out to Excel and in again: what was changed there changes, and nothing else."""

import io
import os
import random
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator import rules
from generator.agreements import own_keys, reading, yaml_tree
from generator.agreements.changes import KeyPath
from generator.agreements.files import ValidAgency
from generator.agreements.yaml_tree import Node
from generator.errors import DataError
from generator.importing import agency_book
from generator.importing.agency_book import BookChanges
from generator.importing.agency_book.cell_values import plain
from generator.importing.agency_book.tables import Kind
from generator.importing.agency_book.writing import HEAD_ROW, kind_of
from support.shared import once

AGREEMENTS = Path(__file__).parents[3] / "agreements"
AGENCIES = sorted(path.parent.name for path in AGREEMENTS.glob("*/agency.yaml"))
EDITS = int(os.environ.get("EDITS", "40"))
"""So many cells of each agency are changed; ``EDITS=200`` makes a thousand and more in all."""

FIGURES = ("7", "12.5", "๘๐", "1,200", "0.25")
TEXTS = ("ข้อความใหม่", "ก: ข # ค", "'ก'", "- ๑", "บรรทัดหนึ่ง\nบรรทัดสอง", "ร้อยละ 80.00", "=ก")


def valid(folder: Path) -> ValidAgency:
    return rules.valid(reading.read_agency(folder))


@once
def exported(name: str) -> bytes:
    return agency_book.written(valid(AGREEMENTS / name))


def taken(folder: Path, data: bytes) -> BookChanges:
    book = agency_book.opened(Path("x.xlsx"), data)
    assert not hasattr(book, "severity"), book
    return agency_book.taken_in(valid(folder), book)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", AGENCIES)
def test_without_a_change_nothing_is_written(name: str) -> None:
    changes = taken(AGREEMENTS / name, exported(name))
    assert not changes.files
    assert not changes.remarks


def typed(choose: random.Random, kind: str) -> str | None:
    if choose.random() < 0.05:
        return None
    return choose.choice(FIGURES if kind == "number" else TEXTS)


class Edit(NamedTuple):
    kind: Kind
    old: str
    new: str


def edited(name: str, choose: random.Random, count: int) -> tuple[bytes, dict[str, Edit]]:
    """The workbook with random cells changed: and what was done to each, by its name."""
    book = opened(exported(name))
    made: dict[str, Edit] = {}
    tables = agency_book.tables(valid(AGREEMENTS / name))
    for _ in range(count):
        table = choose.choice([t for t in tables if t.rows])
        number = choose.randrange(len(table.rows))
        places = list(enumerate(zip(table.columns, table.rows[number].cells, strict=True)))
        open_ = [
            (index, kind_of(column, cell), cell.value)
            for index, (column, cell) in places
            if kind_of(column, cell) in ("text", "number") and not cell.meaning
            # A figure and its months can't be given both: a test of its own.
            if "inputs" not in (cell.path or ())
        ]
        if not open_:
            continue
        index, kind, old = choose.choice(open_)
        cell = book[table.title].cell(HEAD_ROW + 1 + number, index + 1)
        cell.value = new = typed(choose, kind)
        if new is not None:
            cell.data_type = "s"
        made[f"{table.title}!{cell.coordinate}"] = Edit(kind, plain(old, kind), plain(new, kind))
    return saved(book), made


def leaves(path: Path) -> dict[KeyPath, str | None]:
    found: dict[KeyPath, str | None] = {}

    def walk(node: Node, at: KeyPath) -> None:
        children: list[tuple[str | int, Node]] = []
        if isinstance(node.value, dict):
            children = list(node.value.items())
        elif isinstance(node.value, list):
            children = list(enumerate(node.value))
        else:
            found[at] = node.value
        for step, child in children:
            walk(child, (*at, step))

    node = yaml_tree.read(path).node
    assert node is not None
    walk(node, ())
    return found


def stand(
    now: Mapping[KeyPath, str | None], place: KeyPath, own: Mapping[KeyPath, str | None]
) -> list[str | None]:
    """What stands at a place; where other cells put something below it, what they left of it.

    A weight of all rounds is then that of the others, a level's words are its ``text``.
    """
    if place in now:
        return [now[place]]
    below = {path: text for path, text in now.items() if path[: len(place)] == place}
    if (*place, "text") in below:
        return [below[(*place, "text")]]
    rest = [text for path, text in below.items() if path not in own]
    return rest or [own[place] if below else None]


@pytest.mark.parametrize("name", AGENCIES)
def test_random_edits_are_exactly_what_changes(name: str, tmp_path: Path) -> None:
    data, wanted = edited(name, random.Random(name), EDITS)
    folder = tmp_path / name
    shutil.copytree(AGREEMENTS / name, folder)
    before = {path: leaves(path) for path in folder.rglob("*.yaml")}
    changes = taken(folder, data)
    assert {c.cell: plain(c.new, wanted[c.cell].kind) for c in changes.changes} == {
        cell: edit.new for cell, edit in wanted.items() if edit.new != edit.old
    }
    for path, content in changes.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    # Every text of every file is as before, but for those that were told.
    for path in folder.rglob("*.yaml"):
        name = path.relative_to(folder).as_posix()
        own = {c.path: c.new for c in changes.changes if c.file == name}
        now, old = leaves(path), before.get(path, {})
        for place in {*now, *old}:
            if place in own:
                stands = {plain(text, "text") for text in stand(now, place, own)}
                assert stands == {plain(own[place], "text")}, place
            elif now.get(place) != old.get(place):
                # A text that got something beside it, or a file that is new.
                assert any(place[: len(p) - 1] == p[:-1] for p in own) or not old, place


def sheet_of(book: Any, name: str) -> Worksheet:
    found: Worksheet = book[name]
    return found


def first_of(sheet: Worksheet, heading: str) -> int:
    row = next(sheet.iter_rows(min_row=HEAD_ROW, max_row=HEAD_ROW))
    return next(cell.column or 0 for cell in row if cell.value == heading)


def test_a_sheet_that_was_sorted_and_got_columns_and_rows_is_read_alike() -> None:
    book = opened(exported("example-2570"))
    sheet = sheet_of(book, "ตัวชี้วัดของหน่วยงาน")
    column = first_of(sheet, "น้ำหนัก")
    sheet.cell(HEAD_ROW + 1, column).value = 31
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1)]
    for number, values in enumerate(reversed(rows), start=HEAD_ROW + 1):
        for index, value in enumerate(values, start=1):
            sheet.cell(number, index).value = value
    sheet.insert_cols(2)
    sheet.cell(HEAD_ROW, 2).value = "ความเห็น"
    sheet.insert_rows(1, 3)
    sheet.row_dimensions[HEAD_ROW + 5].hidden = True
    changes = taken(AGREEMENTS / "example-2570", saved(book))
    assert [(c.file, c.old, c.new) for c in changes.changes] == [("ตัวอย่าง-ก.yaml", "30", "31")]
    assert [remark.code for remark in changes.remarks] == ["hidden-rows-read"]


def test_rows_are_added_and_taken_out() -> None:
    book = opened(exported("example-2570"))
    sheet = sheet_of(book, "ผู้ติดต่อ")
    last = HEAD_ROW + len([r for r in sheet.iter_rows(min_row=HEAD_ROW + 1) if r[0].value])
    for heading, text in {
        "ตัวชี้วัด": "energy",
        "หน้าที่": "ผู้จัดเก็บข้อมูล",
        "ตำแหน่ง": "นักวิชาการ",
    }.items():
        sheet.cell(last + 1, first_of(sheet, heading)).value = text
    uses = sheet_of(book, "ตัวชี้วัดของหน่วยงาน")
    uses.delete_rows(HEAD_ROW + 1)
    changes = taken(AGREEMENTS / "example-2570", saved(book))
    (added,), (removed,) = changes.added, changes.removed
    assert (added.file, added.value) == ("indicators/energy.yaml", {"position": "นักวิชาการ"})
    assert removed.key == ("ตัวอย่าง-ก", "on-time")
    texts = {path.name: data.decode() for path, data in changes.files.items()}
    assert "{position: นักวิชาการ}" in texts["energy.yaml"]
    assert "- use: on-time" not in texts["ตัวอย่าง-ก.yaml"]


def test_files_with_thai_keys_are_changed_in_their_own(tmp_path: Path) -> None:
    """The same cells change the same lines, whatever keys are written in."""
    data, _ = edited("example-2570", random.Random(8), 30)
    folder = tmp_path / "example-2570"
    shutil.copytree(AGREEMENTS / "example-2570", folder)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(own_keys.with_keys(path.read_bytes(), path.relative_to(folder), "th"))
    ours = taken(AGREEMENTS / "example-2570", data)
    theirs = taken(folder, data)
    assert len(theirs.files) == len(ours.files)
    for path, content in theirs.files.items():
        name = path.relative_to(folder)
        in_english = own_keys.with_keys(content, name, "en")
        own = ours.files[AGREEMENTS / "example-2570" / name]
        read = [yaml_tree.parse(name, one).node for one in (in_english, own)]
        assert read[0] is not None
        assert read[1] is not None
        assert read[0].plain() == read[1].plain()
        assert own_keys.with_keys(content, name, "th") == content


def test_libreoffice_keeps_what_is_needed(tmp_path: Path) -> None:
    data, _ = edited("example-2570", random.Random(5), EDITS)
    own = tmp_path / "own.xlsx"
    own.write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    out = tmp_path / "out"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(own)], check=True, capture_output=True, timeout=300)
    ours = taken(AGREEMENTS / "example-2570", data)
    theirs = taken(AGREEMENTS / "example-2570", (out / "own.xlsx").read_bytes())
    assert {(c.file, c.path, c.new) for c in theirs.changes} == {
        (c.file, c.path, c.new) for c in ours.changes
    }
    assert theirs.files == ours.files


def refused(data: bytes, folder: Path = AGREEMENTS / "example-2570") -> Mapping[str, str]:
    with pytest.raises(DataError) as error:
        taken(folder, data)
    return {fault.said.code: fault.message for fault in error.value.diagnostics}  # type: ignore[union-attr]


def test_what_cannot_be_taken_in_is_named_by_its_cell() -> None:
    book = opened(exported("example-2570"))
    uses = sheet_of(book, "ตัวชี้วัดของหน่วยงาน")
    weight, component = first_of(uses, "น้ำหนัก"), first_of(uses, "องค์ประกอบ")
    uses.cell(HEAD_ROW + 1, weight).value = "=10+5"
    uses.cell(HEAD_ROW + 2, weight).value = "สามสิบ"
    uses.cell(HEAD_ROW + 3, component).value = "ไม่มี"
    uses.cell(HEAD_ROW + 4, 3).value = "ชื่ออื่น"
    past = sheet_of(book, "ข้อมูลพื้นฐาน")
    past.merge_cells(start_row=4, end_row=5, start_column=5, end_column=5)
    units = sheet_of(book, "หน่วยงาน")
    units.cell(HEAD_ROW + 9, 2).value = "แถวใหม่"
    said = refused(saved(book))
    assert set(said) == {
        *("formula-in-cell", "number-expected", "not-in-list", "cell-cannot-be-changed"),
        *("no-rows-to-add", "cells-merged"),
    }
    assert "ข้อมูลพื้นฐาน!E4" in said["cells-merged"]
    assert "ตัวชี้วัดของหน่วยงาน!E4" in said["formula-in-cell"]
    assert "หน่วยงาน!A12" in said["no-rows-to-add"]


def test_a_figure_and_its_months_cannot_be_given_both() -> None:
    book = opened(exported("example-2570"))
    sheet = sheet_of(book, "ผลการดำเนินงาน")
    keys = [str(row[0].value) for row in sheet.iter_rows(min_col=7, max_col=7)]
    total = next(n for n, key in enumerate(keys, start=1) if key.endswith('"inputs","this_year"]'))
    sheet.cell(total, first_of(sheet, "ผล")).value = 5
    sheet.cell(total + 1, first_of(sheet, "ผล")).value = 6
    assert set(refused(saved(book))) == {"figure-and-months-given"}


def test_what_was_changed_in_both_is_a_fault_and_what_was_changed_in_the_file_stays(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "example-2570"
    shutil.copytree(AGREEMENTS / "example-2570", folder)
    unit = folder / "ตัวอย่าง-ก.yaml"
    text = unit.read_text("utf-8")
    unit.write_text(
        text.replace("weight: 30", "weight: 29").replace("weight: 25", "weight: 24"), "utf-8"
    )
    book = opened(exported("example-2570"))
    uses = sheet_of(book, "ตัวชี้วัดของหน่วยงาน")
    uses.cell(HEAD_ROW + 1, first_of(uses, "น้ำหนัก")).value = 28
    assert set(refused(saved(book), folder)) == {"changed-in-both"}
    assert not taken(folder, exported("example-2570")).files

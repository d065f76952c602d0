"""One numbering of indicators in all documents, and the agency's digits in all that gen writes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.agreements import lookup, reading
from generator.agreements.record import DocumentOptions
from generator.documents import building, inputs
from generator.documents.identity import only_lays_out
from generator.workspace.environment import Workspace
from support.making import ROOT

DOCUMENTS = [
    ("agreement", "ตัวอย่าง-ก", DocumentOptions()),
    ("agreement", "ตัวอย่าง-ข", DocumentOptions("form")),
    ("indicators", "ตัวอย่าง-ข", DocumentOptions()),
    ("report", "ตัวอย่าง-ก", DocumentOptions(round="2")),
    ("report", "ตัวอย่าง-ข", DocumentOptions(round="1")),
    ("personal", "ตัวอย่าง-บุคคล", DocumentOptions()),
    ("personal", "ตัวอย่าง-บุคคล", DocumentOptions(round="2")),
    ("summary", "example-2570", DocumentOptions(round="2")),
    ("agreement", "กพพ", DocumentOptions()),
    ("agreement", "พัฒนาการอำเภอ", DocumentOptions()),
    ("agreement", "สำนักงานปลัดกระทรวงอุตสาหกรรม", DocumentOptions()),
    ("report", "กอส", DocumentOptions(round="2")),
    ("summary", "dsdw-2566", DocumentOptions(round="1")),
    ("survey-report", "กอส", DocumentOptions(round="2", survey="service")),
    ("framework", "dsdw-2566", DocumentOptions()),
    ("framework", "example-faculty-2570", DocumentOptions()),
    ("agreement", "โรงพยาบาล-ก", DocumentOptions()),
    ("chart", "dip-2558", DocumentOptions()),
]
CONTENTS = ("name", "assessors", "statements", "matrix", "frames", "notes")
"""What of agency.yaml is no word of a form."""

UNSEEN = ("document_id", "id", "field", "columns", "widths", "properties", "steps", "paper")
"""What isn't shown, or is the document's id."""


def workspace(tmp_path: Path, digits: str = "thai", numbering: str = "") -> Workspace:
    """All shipped agencies with other digits, or another numbering."""
    shutil.copytree(ROOT / "agreements", tmp_path / "agreements")
    for path in (tmp_path / "agreements").glob("*/agency.yaml"):
        text = re.sub(r"^digits: .*\n", "", path.read_text("utf-8"), flags=re.M)
        if numbering:
            text = re.sub(r"^numbering: .*\n", "", text, flags=re.M) + f"numbering: {numbering}\n"
        path.write_text(f"{text}digits: {digits}\n", "utf-8")
    return Workspace(tmp_path, {})


def build(world: Workspace, kind: str, name: str, options: DocumentOptions) -> Any:
    origin = inputs.find_input(kind, lookup.find(world, name), options)
    return building.build(world, origin).context


def texts(value: Any) -> Iterator[str]:
    """Every text of a context that pages show."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for found in fields(value):
            if found.name not in UNSEEN and not only_lays_out(found):
                yield from texts(getattr(value, found.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def typed(folder: Path) -> set[str]:
    """All that officers typed: what stands in units, indicators, tables, surveys, results."""

    def leaves(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield str(key)
                yield from leaves(item)
        elif isinstance(value, list):
            for item in value:
                yield from leaves(item)
        elif value is not None:
            yield str(value)

    found: set[str] = set()
    for path in folder.rglob("*.*"):
        if path.name == "wording.yaml":
            continue
        if path.suffix == ".csv":
            found |= {
                cell for line in path.read_text("utf-8").splitlines() for cell in line.split(",")
            }
        elif path.suffix == ".yaml":
            data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
            if path.name == "agency.yaml":
                data = {key: data.get(key) for key in CONTENTS}
            found |= {word for text in leaves(data) for word in re.findall(r"\S*\d\S*", text)}
    return found


@pytest.fixture(scope="module")
def thai_world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("thai"))


@pytest.mark.parametrize(("kind", "name", "options"), DOCUMENTS)
def test_all_that_gen_writes_follows(
    thai_world: Workspace, kind: str, name: str, options: DocumentOptions
) -> None:
    found = lookup.find(thai_world, name)
    known = typed(found.folder)
    context = build(thai_world, kind, name, options)
    said = list(texts(context))
    assert any(re.search("[๐-๙]", text) for text in said)
    words = {word.strip("().,:;") for text in said for word in re.findall(r"\S*[0-9]\S*", text)}
    # A figure alone must have been typed alone.
    stray = {
        word
        for word in words - known
        if len(word) == 1 or not any(word in other for other in known)
    }
    assert not stray


def test_grades_and_components_are_counted_and_called_as_the_form_calls_them(
    tmp_path: Path,
) -> None:
    world = workspace(tmp_path)
    agency = world.agreements / "example-2570" / "agency.yaml"
    text = re.sub(
        r"{name: (\S+), at_least", r"{name: ระดับ 1 \1, at_least", agency.read_text("utf-8")
    )
    agency.write_text(text, "utf-8")
    summary = build(world, "summary", "example-2570", DocumentOptions(round="2"))
    ranked = [row.grade for tier in summary.ranking.tiers for row in tier.rows if row.grade]
    assert ranked
    assert all(grade.startswith("ระดับ ๑ ") for grade in ranked)
    (table,) = summary.counts
    *_, grades = table.groups
    counted = table.total.units[-1 - len(grades.names) : -1]
    assert "๐" in counted
    assert sum(map(int, counted)) == int(table.total.units[-1]) > 0
    report = build(world, "report", "ตัวอย่าง-ก", DocumentOptions(round="2"))
    assert report.glance.rows[0].name.startswith("องค์ประกอบที่ ๑ ")


def test_what_officers_typed_stays(thai_world: Workspace) -> None:
    context = build(thai_world, "agreement", "ตัวอย่าง-ก", DocumentOptions())
    said = list(texts(context))
    assert any("ตามข้อ ๓" in text for text in said) or any("ข้อ ๑" in text for text in said)
    assert "เกณฑ์การให้คะแนน รอบที่ ๑ (๑ ต.ค. ๒๕๖๙ – ๓๑ มี.ค. ๒๕๗๐)" in said
    assert any("ไม่น้อยกว่า 10 เรื่อง" in text for text in said), "a level as it was typed"


def test_addresses_keep_their_digits(thai_world: Workspace) -> None:
    from generator.documents.numerals import written

    agency = reading.read_agency(thai_world.agreements / "dsdw-2566").agency.model
    assert agency is not None
    assert written(agency, "ดู http://a1.go.th/2 ข้อ 3 [[x2]] a1@b2.th") == (
        "ดู http://a1.go.th/2 ข้อ ๓ [[x2]] a1@b2.th"
    )


def sheet_numbers(context: Any) -> dict[str, str]:
    found = (re.match(r"\S+? ?(\S+) : (.*)", sheet.name) for sheet in context.sheets)
    return {m[2]: m[1] for m in found if m is not None}


def row_numbers(tables: Any) -> dict[str, str]:
    found = {}
    for section in tables.sections:
        for row in section.rows:
            number, _, name = "".join(b.text for b in row.name).partition(" ")
            found[name] = number.rstrip(".")
    return found


@pytest.mark.parametrize("numbering", ["component", "through"])
@pytest.mark.parametrize("name", ["ตัวอย่าง-ก", "กอส", "กพพ"])
def test_one_numbering_in_all_documents(tmp_path: Path, name: str, numbering: str) -> None:
    world = workspace(tmp_path, "arabic", numbering)
    unit = lookup.find(world, name).unit
    assert unit is not None
    # Indicators of the components in turn: the files' order isn't that of the tree.
    head, sep, rows = unit.read_text("utf-8").partition("\nindicators:\n")
    items = re.split(r"(?m)^(?=  - )", rows)
    unit.write_text(head + sep + items[0] + "".join(reversed(items[1:])), "utf-8")
    context = build(world, "agreement", name, DocumentOptions())
    table = row_numbers(context.criteria)
    sheets = [re.search(r"ตัวชี้วัดที่\s*(\S+) :", sheet.name) for sheet in context.sheets]
    assert [m and m[1] for m in sheets] == list(table.values())
    assert list(row_numbers(context.summary).values()) == list(table.values())
    report = build(world, "report", name, DocumentOptions(round="2"))
    assert list(row_numbers(report.table).values()) == list(table.values())
    count = len(table)
    if numbering == "through":
        assert list(table.values()) == [str(n) for n in range(1, count + 1)]
    else:
        assert list(table.values()).count("1") == 2


def test_a_number_of_its_own_is_printed_everywhere(tmp_path: Path) -> None:
    world = workspace(tmp_path, "arabic")
    path = world.agreements / "example-2570" / "ตัวอย่าง-ก.yaml"
    text = path.read_text("utf-8").replace(
        "  - use: energy\n", "  - use: energy\n    number: 2.1\n"
    )
    path.write_text(text, "utf-8")
    context = build(world, "agreement", "ตัวอย่าง-ก", DocumentOptions())
    assert "2.1" in row_numbers(context.criteria).values()
    assert any(" 2.1 : " in sheet.name for sheet in context.sheets)


def test_the_blank_form_goes_on_after_its_empty_rows(tmp_path: Path) -> None:
    world = workspace(tmp_path, "arabic", "through")
    context = build(world, "agreement", "example-2570", DocumentOptions("form"))
    names = [row.name[0].text for part in context.criteria.sections for row in part.rows]
    assert [re.match(r"\d+", name)[0] for name in names] == ["1", "2", "3", "4"]  # type: ignore[index]

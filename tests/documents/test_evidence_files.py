"""Evidence that is a file: there, as it was recorded, listed, hashed, packed, in the workbook."""

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from generator import rules
from generator.agreements import evidence_files, lookup, reading, unsealing
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.agreements.yaml_tree import Node
from generator.api import documents
from generator.diagnostics import Location, errors
from generator.documents import building, inputs
from generator.documents.report import ResultReport
from generator.importing import workbook
from generator.importing.workbook.evidence_cells import as_cell, of_cell
from generator.importing.workbook.sheet import EVIDENCE, HEAD_ROW
from generator.model import EvidencePiece, Results
from generator.model.fields import DataModel
from generator.workspace.environment import Workspace
from support import changed, making
from support.command import gen
from support.scored import model

UNIT = "ตัวอย่าง-ก"
OF_YEAR = DocumentOptions(round="2")
NAME = "evidence/2/รายงานการประชุม ครั้งที่ 3.pdf"
DATA = b"%PDF-1.7 minutes"
HASH = hashlib.sha256(DATA).hexdigest()
RESULTS = making.ROOT / "agreements" / changed.AGENCY / "results" / "2" / f"{UNIT}.yaml"
WORDS = "      - คู่มือฉบับที่หัวหน้าหน่วยงานลงนามแล้ว\n"
PIECE = f"""      - คู่มือฉบับที่หัวหน้าหน่วยงานลงนามแล้ว
      - file: {NAME}
        about: มติเห็นชอบคู่มือ
        pages: หน้า 4–6
        sha256: {HASH}
      - file: บัญชี.csv
"""


def made(root: Path, piece: str = PIECE, files: Mapping[str, bytes] | None = None) -> Workspace:
    text = RESULTS.read_text("utf-8")
    assert WORDS in text
    given = {NAME: DATA, "บัญชี.csv": b"a,b\n"} if files is None else files
    report = {f"results/2/{UNIT}.yaml": text.replace(WORDS, piece)}
    return changed.example(root, {**report, **given})


@cache
def world() -> Workspace:
    return made(Path(mkdtemp()))


def origin(of: Workspace) -> DocumentInput:
    return inputs.find_input("report", lookup.find(of, UNIT), OF_YEAR)


def faults(of: Workspace) -> list[str]:
    folder = reading.read_agency(of.root / "agreements" / changed.AGENCY)
    agency = folder.agency.model
    assert agency is not None
    file = reading.read_results(folder.result_path("2", UNIT))
    unit = reading.read_unit(folder, folder.unit_path(UNIT))
    found = [*file.faults, *rules.check_results(agency, file, [unit])]
    return [fault.shown(folder.folder) for fault in errors(found)]


def test_the_report_lists_words_and_files() -> None:
    built: ResultReport = building.build(world(), origin(world())).context
    (listed,) = (one for one in built.explanations if "คู่มือ" in one.name)
    assert [block.text for block in listed.evidence] == [
        "คู่มือฉบับที่หัวหน้าหน่วยงานลงนามแล้ว",
        f"มติเห็นชอบคู่มือ หน้า 4–6 ({NAME})",
        "บัญชี.csv",
    ]


def test_hashes_are_part_of_the_record_and_of_the_id(tmp_path: Path) -> None:
    built = building.build(world(), origin(world()))
    said = yaml.safe_load(built.record.data)["evidence"]
    assert said == {NAME: HASH, "บัญชี.csv": hashlib.sha256(b"a,b\n").hexdigest()}
    path = tmp_path / "source.yaml"
    path.write_bytes(built.record.data)
    again = building.build(world(), unsealing.unseal(path))
    assert again.record.id == built.record.id
    other = made(tmp_path / "other", files={NAME: DATA, "บัญชี.csv": b"a,c\n"})
    assert building.build(other, origin(other)).record.id != built.record.id


def test_without_files_the_record_is_as_it_was() -> None:
    plain = building.build(making.WORLD, origin(making.WORLD))
    assert b"\nevidence:" not in plain.record.data


def test_both_formats_say_so() -> None:
    files = documents.make(world(), "report", lookup.find(world(), UNIT), options=OF_YEAR).files
    assert {path.suffix for path in files} == {".pdf", ".docx"}


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ("{file: evidence/2/ไม่มี.pdf}", "there is no file 'evidence/2/ไม่มี.pdf'"),
        ("{file: ../agency.yaml}", "lies outside the agency's folder"),
        ("{file: /etc/hostname}", "lies outside the agency's folder"),
        ("{file: evidence/out.txt}", "leads outside the agency's folder"),
        ("{file: evidence/2}", "there is no file 'evidence/2'"),
        (f"{{file: บัญชี.csv, sha256: {HASH}}}", "isn't the one that was recorded: its SHA-256 is"),
        ("{file: บัญชี.csv, sha256: 123}", "no SHA-256: it has 64 signs"),
        ("{file: บัญชี.csv, text: บัญชี}", "words (text) or a file, one of the two"),
        ("{about: บัญชี}", "words (text) or a file, one of the two"),
        ("{text: บัญชี, pages: หน้า 1}", "'pages' is said of a file, and none is named"),
        ("{file: CON.pdf}", "is no path"),
    ],
)
def test_what_is_no_file_of_the_agency_is_refused(piece: str, said: str, tmp_path: Path) -> None:
    of = made(tmp_path, f"      - {piece}\n")
    os.symlink("/etc/hostname", tmp_path / "agreements" / changed.AGENCY / "evidence" / "out.txt")
    found = faults(of)
    assert len(found) == 1
    assert said in found[0]
    assert found[0].startswith(f"results/2/{UNIT}.yaml:17:")
    assert "\n  hint: " in found[0]


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.rules.evidence.MAX_EVIDENCE", 3)
    (first, *_) = faults(made(tmp_path))
    assert "is larger than 0 MiB" in first


def test_a_large_file_is_hashed_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "large"
    data = b"x" * (3 << 20) + b"y"
    path.write_bytes(data)
    assert evidence_files.hash_of(path) == hashlib.sha256(data).hexdigest()


def test_the_workbook_has_files_in_cells_and_they_come_back() -> None:
    (data,) = workbook.template(world(), lookup.find(world(), UNIT), "2").files.values()
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    cells = [sheet.cell(row, EVIDENCE) for row in range(HEAD_ROW + 1, sheet.max_row + 1)]
    (cell,) = (one for one in cells if NAME in str(one.value))
    assert str(cell.value).split("\n") == [
        f"แฟ้ม: {NAME}",
        "เรื่อง: มติเห็นชอบคู่มือ",
        "ตำแหน่ง: หน้า 4–6",
        f"sha256: {HASH}",
    ]
    path = world().root / "filled.xlsx"
    book.save(path)
    (taken,) = workbook.take_in(world(), path, over=True).files.values()
    back = model(Results, taken.decode())
    assert back.results == model(Results, _results(world())).results


def _results(of: Workspace) -> str:
    folder = of.root / "agreements" / changed.AGENCY
    return (folder / "results" / "2" / f"{UNIT}.yaml").read_text("utf-8")


PLACE = Location(Path("x.xlsx"), 1, 1)
LINES = st.text("กขค abc-/.1", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(LINES, st.none() | LINES, st.none() | LINES)
def test_any_file_comes_back_from_its_cell(file: str, about: str | None, pages: str | None) -> None:
    piece = EvidencePiece(file=file, about=about, pages=pages)
    node = of_cell(as_cell(piece), PLACE)
    assert node is not None
    assert isinstance(node.value, dict)
    said = {name: of.value for name, of in node.value.items()}
    assert said == piece.model_dump(exclude_none=True)


def test_a_cell_whose_lines_are_unclear_is_none() -> None:
    assert of_cell("แฟ้ม: a.pdf\nหมายเหตุ: x", PLACE) is None
    assert of_cell("แฟ้ม:", PLACE) is None
    words = of_cell("เรื่อง: อื่น", PLACE)
    assert words == Node("เรื่อง: อื่น", PLACE)
    assert issubclass(EvidencePiece, DataModel)


def test_batch_packs_the_files_with_the_reports(tmp_path: Path) -> None:
    of = made(tmp_path)
    wanted = ("--documents", "report", "--round", "2", "--zip", "--jobs", "1")
    run = gen("batch", changed.AGENCY, *wanted, cwd=of.root)
    assert run.returncode == 0, run.stderr
    (archive,) = (
        path for path in tmp_path.rglob("*.zip") if UNIT in path.name or "ตย-ก" in path.name
    )
    with zipfile.ZipFile(archive) as packed:
        assert packed.read(NAME) == DATA
        assert packed.read("evidence/บัญชี.csv") == b"a,b\n"
        assert packed.getinfo(NAME).flag_bits & 0x800

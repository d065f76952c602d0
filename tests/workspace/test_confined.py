"""No path that data name leads out of the folder it is meant for."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.agreements import lookup, reading, record, yaml_tree
from generator.agreements.document_names import DocumentName
from generator.agreements.record import DocumentOptions
from generator.api import agencies, checking, documents
from generator.batch.manifest import HEAD, Manifest
from generator.diagnostics import errors
from generator.documents import inputs
from generator.errors import DataError, FileError, GenError
from generator.signing import status, store
from generator.workspace import confined
from generator.workspace.environment import Workspace
from support.small import AGENCY, batch, workspace

FORMATS = ("docx",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.txt").write_text("private", "utf-8")
    return workspace(tmp_path / "workspace", 1)


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "a/../../x", "/etc/passwd", "\\\\server\\x", "..\\x", "c:x", "C:\\x", ""),
        *("a//b", "a/", ".", "..", "con", "a/NUL.pdf", "a\x00b", "a\nb", "x" * 256, "a?b"),
    ],
)
def test_what_is_no_path_below(tmp_path: Path, name: str) -> None:
    assert confined.fault(tmp_path, name)
    with pytest.raises(FileError, match=r"lies outside|is no path") as caught:
        confined.below(tmp_path, name)
    assert caught.value.hint


def test_links_inside_are_followed_and_links_out_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "a").mkdir(parents=True)
    outside.mkdir()
    (inside / "good").symlink_to("a")
    (inside / "bad").symlink_to(outside)
    (inside / "circle").symlink_to("circle")
    assert confined.below(inside, "good/ชื่อ.pdf") == inside / "good" / "ชื่อ.pdf"
    for name in ("bad", "bad/x", "circle"):
        with pytest.raises(FileError, match="leads outside"):
            confined.below(inside, name)


def entry(**changes: object) -> dict[str, object]:
    plain = {
        "name": "x",
        "unit": "gone",
        "source": "gone",
        "kind": "agreement",
        "round": "",
        "key": "k",
        "id": "i",
        "pages": 1,
        "files": {"gone/x.pdf": ""},
        "about": {"unit": "", "weight": "", "signers": []},
    }
    return {**plain, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {"../../../elsewhere/x.txt": "", "a.pdf": ""}},
        {"files": {"/etc/passwd": "", "a.pdf": ""}},
        {"files": {"unit-1/../../x.pdf": ""}},
        {"unit": "../../../elsewhere"},
        {"name": "../x"},
        {"source": "../x"},
    ],
    ids=str,
)
def test_a_log_that_names_files_elsewhere(folder: Path, changes: dict[str, object]) -> None:
    log = folder / "outputs" / AGENCY / "manifest.jsonl"
    log.parent.mkdir(parents=True)
    lines = [json.dumps(line) for line in (HEAD, entry(**changes))]
    log.write_text("\n".join(lines) + "\n", "utf-8")
    before = {path for path in folder.parent.rglob("*") if folder not in path.parents}
    report = batch(folder, prune=True, zip=True, merge=True)
    [fault] = report.faults
    assert (fault.location.path.name, fault.location.line) == ("manifest.jsonl", 2)
    assert "this line of the log is left out" in fault.message
    assert {path for path in folder.parent.rglob("*") if folder not in path.parents} == before
    assert (folder.parent / "elsewhere" / "x.txt").read_text("utf-8") == "private"
    assert not batch(folder).faults


@pytest.mark.parametrize(
    "changes",
    [{"files": {}}, {"files": {"a.docx": ""}}, {"about": {}}, {"pages": "1"}, {"name": 3}],
    ids=str,
)
def test_a_line_that_is_no_line_of_the_log(folder: Path, changes: dict[str, object]) -> None:
    log = folder / "outputs" / AGENCY / "manifest.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text(json.dumps(entry(**changes)) + "\n" + "[" * 99_999 + "\n", "utf-8")
    with Manifest(log.parent) as manifest:
        assert not manifest.entries
        assert not manifest.faults


@pytest.mark.parametrize("name", ["outputs", f"outputs/{AGENCY}", f"outputs/{AGENCY}/unit-1"])
def test_linked_outputs(folder: Path, name: str) -> None:
    link(folder / name, folder.parent / "elsewhere")
    world = Workspace(folder, {})
    found = lookup.find(world, "unit-1")
    with pytest.raises(FileError, match="leads outside") as caught:
        documents.make(world, "agreement", found, formats=FORMATS)
    assert caught.value.hint
    with contextlib.suppress(FileError):
        assert batch(folder).faults
    assert [path.name for path in (folder.parent / "elsewhere").iterdir()] == ["x.txt"]


@pytest.mark.parametrize("name", ["signed", f"signed/{AGENCY}", f"signed/{AGENCY}/unit-1"])
def test_linked_folders_of_what_was_signed(folder: Path, name: str) -> None:
    link(folder / name, folder.parent / "elsewhere")
    world = Workspace(folder, {})
    with pytest.raises(FileError, match="leads outside"):
        store.folder(world, AGENCY, "unit-1")
    said = ""
    try:
        said = next(status.rows(world, folder / "agreements" / AGENCY)).problem
    except FileError as error:
        said = error.message
    assert "leads outside" in said


def test_a_linked_log(folder: Path) -> None:
    agency = folder / "outputs" / AGENCY
    link(agency / ".batch", folder.parent / "elsewhere" / "new")
    with pytest.raises(FileError, match="leads outside"), Manifest(agency):
        pass
    assert not (folder.parent / "elsewhere" / "new").exists()


def link(path: Path, to: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)


def linked(name: str) -> Callable[[Path], None]:
    def change(agency: Path) -> None:
        path = agency / name
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = agency.parents[2] / "elsewhere" / Path(name).name
        if path.exists():
            shutil.move(path, kept)
        else:
            kept.write_text("{}", "utf-8")
        path.symlink_to(kept)

    return change


FILES = ("unit-1.yaml", "indicators/linked.yaml", "surveys/linked.yaml", "wording.yaml")


@pytest.mark.parametrize("name", [*FILES, "indicators"])
def test_a_linked_file_of_the_data(folder: Path, name: str) -> None:
    agency = folder / "agreements" / AGENCY
    linked(name)(agency)
    world = Workspace(folder, {})
    try:
        faults, _ = checking.check(world, [agency])
        said = " ".join(fault.message for fault in errors(faults))
    except FileError as error:
        said = error.message
    assert "leads outside the agency's folder" in said
    with pytest.raises(GenError) as caught:
        agencies.next_year(agency, folder / "agreements" / "next")
    faults = caught.value.diagnostics
    assert "outside" in " ".join([caught.value.message, *(fault.message for fault in faults)])


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/passwd", "a/../b.csv", "link.csv", "NUL"])
def test_the_csv_of_a_table(folder: Path, name: str) -> None:
    agency = folder / "agreements" / AGENCY
    (agency / "tables").mkdir(exist_ok=True)
    link(agency / "tables" / "link.csv", folder.parent / "elsewhere" / "x.txt")
    columns = "numbers: [b]\ncolumns:\n  - {heading: a, text: a}\n"
    table = agency / "tables" / "t.yaml"
    table.write_text(f"csv: {name}\nkey: a\ntitle: [t]\n{columns}", "utf-8")
    said = " ".join(fault.message for fault in reading.read_table(table).faults)
    assert f"there is no file '{name}'" in said
    assert "private" not in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"agency: {AGENCY}", "agency: ../../elsewhere"),
        (f"agency: {AGENCY}", "agency: NUL"),
        ("unit: unit-1", "unit: ../x"),
        ("unit: unit-1", "unit: /etc/x"),
        ("round: ''", "round: ../x"),
        ("fiscal_year:", "emblem: ../../elsewhere/x.txt\n  fiscal_year:"),
        ("level: division", "level: division\n  code: ../../x"),
        ("survey: ''", "survey: ../x"),
    ],
)
def test_a_source_that_somebody_changed(folder: Path, old: str, new: str) -> None:
    world = Workspace(folder, {})
    origin = inputs.find_input("agreement", lookup.find(world, "unit-1"), DocumentOptions())
    text = record.of(origin, {}, None).data.decode()
    assert old in text
    source = folder / "source.yaml"
    source.write_text(text.replace(old, new, 1), "utf-8")
    found = lookup.find(world, str(source))
    with contextlib.suppress(DataError, FileError):
        made = documents.make(world, "agreement", found, formats=FORMATS)
        assert all(world.outputs in path.parents for path in made.files)


@pytest.mark.parametrize("scan", ["../../x.pdf", "/etc/passwd", "a/b", "", 3, None])
def test_the_record_of_a_scan(folder: Path, scan: object) -> None:
    where = folder / "signed" / AGENCY / "unit-1"
    where.mkdir(parents=True)
    ink = store.ScanRecord("i", "h", "s", "0", ("assessee-1",), "2026-10-01", "2026-10-01")
    about = json.loads(store.record_of(ink))
    path = where / "unit-1-agreement.pdf"
    store.scan_names(path, 1)[1].write_text(json.dumps({**about, "scan": scan}), "utf-8")
    with pytest.raises(FileError, match="is no record of a scan"):
        store.scan_records(path)


def test_names_of_documents() -> None:
    for agency, unit in (("..", "x"), ("a", "../x"), ("a", "con"), ("/a", "x"), ("", "a")):
        with pytest.raises(FileError):
            DocumentName(unit, "agreement").path(Path("outputs"), agency, "pdf")


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    agency = folder / "agreements" / AGENCY
    for name in ("unit-2.yaml", "results/1/unit-1.yaml"):
        path = agency / name
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
        with pytest.raises(FileError, match="it is no file"):
            yaml_tree.read(path)
        path.unlink()
    with pytest.raises(FileError, match="it is no file"):
        confined.read_bytes(Path("/dev/zero"))
    with pytest.raises(FileError, match="it is no file"):
        store.read(Path("/dev/zero"))

"""One odd file is a fault of that file, named, and the rest goes on; never "nothing there"."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import diagnostics, verify
from generator.agreements import reading
from generator.api import checking
from generator.batch import fingerprint, revisions
from generator.errors import FileError
from generator.workspace import folders
from generator.workspace.environment import Workspace
from support.making import ROOT

AGENCY = "example-2570"


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agreements" / AGENCY
    shutil.copytree(ROOT / "agreements" / AGENCY, folder)
    return folder


def faults(agency: Path) -> list[diagnostics.Diagnostic]:
    found, _ = checking.check(Workspace(agency.parents[1], {}), [agency])
    return list(diagnostics.errors(found))


def folder_in_place(path: Path) -> None:
    path.mkdir(parents=True)


def link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


KINDS: dict[str, Callable[[Path], None]] = {
    "a folder": folder_in_place,
    "a link to nothing": link_to_nothing,
    "a link to itself": link_to_itself,
    "a pipe": pipe,
}
PLACES = ("", "indicators", "surveys", "tables", "plans", "results/1", "answers/1/ตัวอย่าง-ก")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_can_t_be_read_is_named(agency: Path, where: str, kind: str) -> None:
    path = agency / where / "เสีย.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    KINDS[kind](path)
    # A fault elsewhere is found all the same.
    unit = agency / "ตัวอย่าง-ก.yaml"
    unit.write_text(unit.read_text("utf-8") + "oddity: x\n", "utf-8")
    found = faults(agency)
    assert any(fault.location.path == path for fault in found), found
    assert any("oddity" in fault.message for fault in found), found


@pytest.mark.parametrize("name", ["results", "answers", "indicators", "surveys", "tables"])
@pytest.mark.parametrize("kind", ["a file", "a link to itself"])
def test_a_folder_that_can_t_be_looked_into_is_named(agency: Path, name: str, kind: str) -> None:
    path = agency / name
    shutil.rmtree(path, ignore_errors=True)
    path.write_text("x", "utf-8") if kind == "a file" else link_to_itself(path)
    assert any(fault.location.path == path for fault in faults(agency))


def test_a_folder_without_permission_is_named(
    agency: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the refusal is the system's word alone."""
    scandir, closed = os.scandir, agency / "results" / "1"

    def refusing(path: Any) -> Any:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    (fault,) = [fault for fault in faults(agency) if fault.location.path == closed]
    assert fault.message == "can't read 1: Permission denied"
    assert fault.hint


@pytest.mark.parametrize("where", ["", "indicators", "results/1"])
def test_a_name_that_is_not_utf_8_is_named(agency: Path, where: str) -> None:
    name = os.fsdecode("หน่วย.yaml".encode("cp874"))
    (agency / where).mkdir(parents=True, exist_ok=True)
    (agency / where / name).write_text("name: x\n", "utf-8")
    found = [fault for fault in faults(agency) if "not UTF-8" in fault.message]
    assert len(found) == 1
    said = found[0].shown(agency)
    assert "\\xe8\\xc7" in said
    said.encode("utf-8")
    # A batch's hash of all it looks at is not ended by such a name.
    assert fingerprint.tree(agency)


def test_signed_files_that_can_t_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "x-agreement.pdf").mkdir()
    (tmp_path / "x-agreement-r2.pdf").write_bytes(b"%PDF-1.7 damaged")
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    found = revisions.read(tmp_path)
    assert not found.versions
    assert [one.path.name for one in found.odd] == ["x-agreement.pdf", "x-agreement-r2.pdf"]
    with pytest.raises(FileError, match="it is no file"):
        folders.is_file(tmp_path / "x-agreement.pdf")


@pytest.mark.parametrize("cut", [0, 10, 100, 1000, -30])
def test_a_damaged_word_document_is_not_ours(cut: int) -> None:
    from support.making import made

    data = made("indicators", "ตัวอย่าง-ก")["docx"]
    assert verify.untouched(data)
    assert not verify.untouched(data[:cut])
    assert not verify.untouched(data[:200] + b"\xff" * 300 + data[500:])


def test_an_agency_as_it_is_has_no_such_fault(agency: Path) -> None:
    read = reading.read_agency(agency)
    assert read.unread == ()
    assert read.unlisted == ()
    assert not faults(agency)

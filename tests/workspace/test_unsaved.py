"""What isn't saved is read in the place of what is on disk, and nothing is written."""

import shutil
from pathlib import Path

import pytest

from generator import api
from generator.agreements import reading
from generator.workspace import folders
from generator.workspace.confined import read_bytes
from generator.workspace.unsaved import unsaved

ROOT = Path(__file__).parents[2]


def test_bytes_held_are_read_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"on disk")
    with unsaved({file: b"held"}):
        assert read_bytes(file) == b"held"
        assert read_bytes(file, 2) == b"hel", "one byte more than the limit, as of a file"
        with unsaved({tmp_path / "b.yaml": b"inner"}):
            assert (read_bytes(file), read_bytes(tmp_path / "b.yaml")) == (b"held", b"inner")
        assert not folders.is_file(tmp_path / "b.yaml")
    assert read_bytes(file) == file.read_bytes() == b"on disk"


def test_what_is_raised_takes_nothing_along(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"on disk")
    with pytest.raises(KeyError), unsaved({file: b"held"}):
        raise KeyError
    assert read_bytes(file) == b"on disk"


def test_a_file_and_folder_that_would_be_new_are_there(tmp_path: Path) -> None:
    new = tmp_path / "results" / "1" / "unit.yaml"
    with unsaved({new: b"unit: unit\n"}):
        assert folders.is_file(new)
        assert folders.is_folder(new.parent)
        assert folders.entries(new.parent) == (new,)
        assert not folders.is_file(new.with_name("other.yaml"))
    assert folders.entries(new.parent) == ()
    assert not folders.is_folder(new.parent)


def test_checks_see_what_would_be(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "e-2570")
    folder = tmp_path / "agreements" / "e-2570"
    unit = next(path for path in reading.read_agency(folder).unit_paths if "-ก" in path.name)
    workspace = api.workspaces.around(tmp_path)
    before = api.checking.check(workspace, [unit])
    with api.preview.as_it_would_be({unit: unit.read_bytes() + "ชื่อผิด: x\n".encode()}):
        spoilt = api.checking.check(workspace, [unit])
    assert spoilt.errors > before.errors
    assert api.checking.check(workspace, [unit]) == before


def test_a_unit_that_is_new_is_known_by_its_name(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "e-2570")
    folder = reading.read_agency(tmp_path / "agreements" / "e-2570")
    new = folder.folder / "กองใหม่.yaml"
    with unsaved({new: b"name: x\nlevel: division\nstatus: draft\n"}):
        assert folder.has_unit("กองใหม่")
        assert new in folder.unit_paths
    assert not folder.has_unit("กองใหม่")

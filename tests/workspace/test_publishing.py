"""Publishing: whole or not at all."""

from pathlib import Path

import pytest

from generator.errors import FileError
from generator.workspace import publishing


def test_files_are_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a" / "x.docx"
    publishing.publish({path: b"old"})
    publishing.publish({path: b"new", tmp_path / "b" / "y.pdf": b"pdf"})
    assert path.read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["x.docx", "y.pdf"]


def test_a_failure_publishes_nothing(tmp_path: Path) -> None:
    good = tmp_path / "x.docx"
    good.write_bytes(b"old")
    (tmp_path / "blocked").write_bytes(b"a file where a folder must be")
    with pytest.raises(FileError) as caught:
        publishing.publish({good: b"new", tmp_path / "blocked" / "y.pdf": b"pdf"})
    assert caught.value.hint
    assert good.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["blocked", "x.docx"]

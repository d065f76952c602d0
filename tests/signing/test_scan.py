"""gen sign --scan: the scan of a paper that was signed in ink, and of no other."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from generator.agreements.record import sha256
from generator.errors import FileError, MissingError, UsageError, VerificationError
from generator.signing import scans
from support.signed import AGENCY, ONE, TWO, Workspace, everything_under, made, saved, scan


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_both_signed_in_ink(workspace: Workspace) -> None:
    workspace.put()
    path = workspace.root / "scan.pdf"
    path.write_bytes(scan())
    done = workspace.done(
        *("sign", "ตัวอย่าง-ก", "--scan", path, "--date", "1 ต.ค. 2567"),
        *("--as", "assessor", "--as", "assessee"),
    )
    folder = workspace.at().parent
    assert done.stdout.strip() == f"signed/{AGENCY}/{ONE}/{ONE}-agreement-ink-1.pdf"
    assert "the scan has 2 pages, the document 6" in done.stderr
    assert sorted(name for name in everything_under(folder) if name != ".lock") == [
        f"{ONE}-agreement-ink-1.json",
        f"{ONE}-agreement-ink-1.pdf",
        f"{ONE}-agreement.pdf",
    ]
    assert workspace.at().read_bytes() == made()
    assert (folder / f"{ONE}-agreement-ink-1.pdf").read_bytes() == path.read_bytes()
    said = json.loads((folder / f"{ONE}-agreement-ink-1.json").read_text("utf-8"))
    assert said["sha256"] == sha256(path.read_bytes())
    assert said["fields"] == ["assessor-1", "assessee-1"]
    assert said["signed"] == "2024-10-01"
    assert said["method"] == "ink"
    assert set(said) == {
        *("id", "data_hash", "scan", "sha256", "fields", "signed", "recorded", "method")
    }
    # Who has signed in ink doesn't sign again, in neither way.
    again = workspace.sign("ตัวอย่าง-ก", "assessee")
    assert isinstance(again.exception, UsageError)
    assert "already as assessee-1, in ink" in again.exception.message
    again = workspace.gen(
        *("sign", "ตัวอย่าง-ก", "--scan", path, "--date", "2024-10-02", "--as", "assessor")
    )
    assert isinstance(again.exception, UsageError)


def test_one_in_ink_the_other_by_certificate(workspace: Workspace) -> None:
    workspace.put()
    path = workspace.root / "scan.pdf"
    path.write_bytes(scan())
    workspace.done("sign", "ตัวอย่าง-ก", "--scan", path, "--date", "2024-10-01", "--as", "assessee")
    assert workspace.sign("ตัวอย่าง-ก", "assessor").exception is None
    assert workspace.at().read_bytes().startswith(made())


SCANS: dict[str, tuple[Callable[[], bytes], str]] = {
    "another unit's": (lambda: scan("ตัวอย่าง-ข"), "page 1 of the scan bears the code of another"),
    "nothing's": (
        lambda: saved([Image.new("L", (800, 1100), 255)]),
        "no page of the scan bears a code that can be read",
    ),
}


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_of_something_else(name: str, workspace: Workspace) -> None:
    make, sentence = SCANS[name]
    workspace.put()
    path = workspace.root / "scan.pdf"
    path.write_bytes(make())
    done = workspace.gen(
        *("sign", "ตัวอย่าง-ก", "--scan", path, "--date", "2024-10-01", "--as", "assessee")
    )
    assert isinstance(done.exception, VerificationError), done.exception
    assert sentence in done.exception.message
    assert not (workspace.root / "signed").exists()


def test_one_page_of_another_document_among_the_right_ones(workspace: Workspace) -> None:
    workspace.put()
    with (
        pypdfium2.PdfDocument(scan(pages=(0,))) as right,
        pypdfium2.PdfDocument(scan("ตัวอย่าง-ข", pages=(1,))) as wrong,
    ):
        right.import_pages(wrong)
        file = io.BytesIO()
        right.save(file)
    path = workspace.root / "scan.pdf"
    path.write_bytes(file.getvalue())
    done = workspace.gen(
        *("sign", "ตัวอย่าง-ก", "--scan", path, "--date", "2024-10-01", "--as", "assessee")
    )
    assert isinstance(done.exception, VerificationError)
    assert "page 2 of the scan bears the code of another document" in done.exception.message


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no day": (("--date", "someday", "--as", "assessee"), "'someday' is no date"),
    "tomorrow": (("--date", "1 ตุลาคม 2999", "--as", "assessee"), "is still to come"),
    "nobody": (("--date", "2024-10-01", "--as", "witness"), "nobody signs"),
    "without a day": (("--as", "assessee"), "a scan is of one document"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str, workspace: Workspace) -> None:
    options, sentence = REFUSED[name]
    workspace.put()
    path = workspace.root / "scan.pdf"
    path.write_bytes(scan(pages=(1,)))
    done = workspace.gen("sign", "ตัวอย่าง-ก", "--scan", path, *options)
    assert isinstance(done.exception, UsageError), done.exception
    assert sentence in done.exception.message
    assert not workspace.at().exists()


def test_two_roles_need_a_scan(workspace: Workspace) -> None:
    workspace.put("ตัวอย่าง-ข")
    done = workspace.gen(
        *("sign", "ตัวอย่าง-ข", "--as", "assessor", "--as", "assessee-1", "--p12", workspace.key)
    )
    assert isinstance(done.exception, UsageError)
    assert not workspace.at(TWO).exists()


def test_what_is_no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"", b"a text", made()[:4000]):
        with pytest.raises(FileError, match=r"scan\.pdf can't be read as a PDF"):
            scans.codes(data, "scan.pdf")
    monkeypatch.setitem(__import__("sys").modules, "zxingcpp", None)
    with pytest.raises(MissingError, match="zxing-cpp"):
        scans.codes(b"", "scan.pdf")

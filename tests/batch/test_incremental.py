"""What is unchanged isn't made again, and what somebody else wrote isn't overwritten."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator import verify
from generator.batch.manifest import NAME
from generator.batch.report import DocumentState
from generator.errors import ExitCode, UsageError
from support.small import AGENCY, ROOT, batch, made, snapshot, unit, workspace


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose two units' agreements are made."""
    folder = workspace(tmp_path_factory.mktemp("batch"), 2)
    report = batch(folder)
    assert not report.faults
    assert not report.notes
    assert made(report) == [f"unit-{n}-agreement.{e}" for n in (1, 2) for e in ("docx", "pdf")]
    assert report.units == 2
    assert report.of(DocumentState.MADE) == 2
    assert report.pages["agreement"] >= 4
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(finished, tmp_path / "work")
    return tmp_path / "work"


def data(folder: Path, name: str) -> Path:
    return folder / "agreements" / AGENCY / name


def output(folder: Path, name: str) -> Path:
    return folder / "outputs" / AGENCY / name.partition("-agreement")[0] / name


def edit_by_hand(path: Path) -> bytes:
    """A DOCX as a word processor leaves it: other words, the properties as they were."""
    file = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace("กองที่".encode(), "กอง ที่".encode()))
    path.write_bytes(file.getvalue())
    return file.getvalue()


def test_nothing_changed(folder: Path) -> None:
    before = snapshot(folder)
    report = batch(folder)
    assert report.of(DocumentState.CURRENT) == 2
    assert not report.paths
    assert snapshot(folder) == before


def test_a_unit_whose_name_is_as_long_as_may_be_stays_as_it_is(folder: Path) -> None:
    data(folder, f"{'ก' * 39}.yaml").write_text(unit(3), "utf-8")
    first = batch(folder)
    assert not first.faults
    assert len(first.paths) == 2
    again = batch(folder)
    assert not again.faults
    assert again.of(DocumentState.CURRENT) == 3


def test_the_documents_are_those_of_the_command(finished: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "generator", "agreement", "unit-1", "-o", str(tmp_path)],
        cwd=finished,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    for suffix in ("docx", "pdf"):
        name = f"unit-1-agreement.{suffix}"
        single = (tmp_path / AGENCY / "unit-1" / name).read_bytes()
        assert output(finished, name).read_bytes() == single


def test_one_unit_is_edited(folder: Path) -> None:
    before = snapshot(folder)
    data(folder, "unit-2.yaml").write_text(unit(22), "utf-8")
    report = batch(folder)
    assert made(report) == ["unit-2-agreement.docx", "unit-2-agreement.pdf"]
    assert report.of(DocumentState.CURRENT) == 1
    after = snapshot(folder)
    assert {name for name in before if before[name] != after[name]} == {
        f"{AGENCY}/unit-2/unit-2-agreement.docx",
        f"{AGENCY}/unit-2/unit-2-agreement.pdf",
        f"{AGENCY}/{NAME}",
    }
    # What only looks different is the same.
    data(folder, "unit-2.yaml").write_text(f"# a remark\n{unit(22)}", "utf-8")
    assert batch(folder).of(DocumentState.CURRENT) == 2
    assert snapshot(folder) == after | {f"{AGENCY}/{NAME}": snapshot(folder)[f"{AGENCY}/{NAME}"]}


def test_what_all_units_share_is_edited(folder: Path) -> None:
    shutil.copytree(ROOT / "templates", folder / "templates")
    css = folder / "templates" / "html" / "print.css"
    css.write_text(css.read_text("utf-8") + "\nh1 { letter-spacing: 0 }\n", "utf-8")
    assert batch(folder).of(DocumentState.MADE) == 2
    agency = data(folder, "agency.yaml")
    agency.write_text(agency.read_text("utf-8").replace("short: ตย.", "short: ตอ."), "utf-8")
    assert batch(folder).of(DocumentState.MADE) == 2
    assert batch(folder).of(DocumentState.CURRENT) == 2


def test_a_file_that_is_missing_or_damaged_is_made_again(folder: Path) -> None:
    before = snapshot(folder)
    output(folder, "unit-1-agreement.pdf").unlink()
    output(folder, "unit-2-agreement.pdf").write_bytes(b"%PDF-1.7 half")
    assert batch(folder).of(DocumentState.MADE) == 2
    assert snapshot(folder) == before


def test_a_log_that_is_lost_or_torn(folder: Path) -> None:
    before = snapshot(folder)
    log = folder / "outputs" / AGENCY / NAME
    log.write_bytes(log.read_bytes()[:-90])
    report = batch(folder)
    assert report.of(DocumentState.MADE) + report.of(DocumentState.CURRENT) == 2
    assert snapshot(folder) == before
    log.write_bytes(log.read_bytes()[:200])
    batch(folder)
    assert snapshot(folder) == before
    log.unlink()
    assert not batch(folder).faults
    assert snapshot(folder) == before


def test_what_gen_agreement_wrote_is_no_edit(folder: Path) -> None:
    data(folder, "unit-1.yaml").write_text(unit(3), "utf-8")
    batch(folder)
    other = output(folder, "unit-1-agreement.docx").read_bytes()
    data(folder, "unit-1.yaml").write_text(unit(1), "utf-8")
    batch(folder)
    assert verify.untouched(other)
    output(folder, "unit-1-agreement.docx").write_bytes(other)
    data(folder, "unit-1.yaml").write_text(unit(4), "utf-8")
    report = batch(folder)
    assert not report.faults
    assert report.of(DocumentState.MADE) == 1


def test_an_edited_document_is_kept(folder: Path) -> None:
    path = output(folder, "unit-1-agreement.docx")
    edited = edit_by_hand(path)
    assert not verify.untouched(edited)
    report = batch(folder)
    assert report.of(DocumentState.KEPT) == 1
    assert not report.faults
    assert "unit-1-agreement.docx was edited by hand" in report.notes[0]
    assert path.read_bytes() == edited


def test_an_edited_document_whose_data_changed_is_a_fault(folder: Path) -> None:
    path = output(folder, "unit-1-agreement.docx")
    pdf = path.with_suffix(".pdf").read_bytes()
    edited = edit_by_hand(path)
    data(folder, "unit-1.yaml").write_text(unit(7), "utf-8")
    data(folder, "unit-2.yaml").write_text(unit(8), "utf-8")
    report = batch(folder)
    assert [fault.location.path.name for fault in report.faults] == ["unit-1.yaml"]
    assert "edited by hand" in report.faults[0].message
    assert "--force" in report.faults[0].hint
    assert path.read_bytes() == edited
    assert path.with_suffix(".pdf").read_bytes() == pdf
    assert made(report) == ["unit-2-agreement.docx", "unit-2-agreement.pdf"]
    report = batch(folder, force=True)
    assert not report.faults
    assert made(report) == ["unit-1-agreement.docx", "unit-1-agreement.pdf"]
    assert verify.untouched(path.read_bytes())


def test_a_pdf_that_was_signed_in_its_place_is_kept(folder: Path) -> None:
    path = output(folder, "unit-1-agreement.pdf")
    signed = path.read_bytes() + b"<< /Type /Sig /ByteRange [0 1 2 3] >>"
    path.write_bytes(signed)
    data(folder, "unit-1.yaml").write_text(unit(7), "utf-8")
    report = batch(folder)
    assert report.of(DocumentState.FAILED) == 1
    assert path.read_bytes() == signed


def test_a_unit_that_is_gone(folder: Path) -> None:
    before = snapshot(folder)
    data(folder, "unit-2.yaml").unlink()
    report = batch(folder)
    assert "unit-2-agreement is no longer made" in report.notes[0]
    assert "--prune" in report.notes[0]
    assert set(snapshot(folder)) == set(before)
    report = batch(folder, prune=True)
    assert sorted(path.name for path in report.removed) == [
        "unit-2-agreement.docx",
        "unit-2-agreement.pdf",
    ]
    assert not output(folder, "unit-2-agreement.pdf").parent.exists()
    assert not batch(folder, prune=True).removed


def test_what_was_edited_isnt_pruned(folder: Path) -> None:
    edited = edit_by_hand(output(folder, "unit-2-agreement.docx"))
    data(folder, "unit-2.yaml").unlink()
    report = batch(folder, prune=True)
    assert not report.removed
    assert "edited by hand and is kept" in report.notes[0]
    assert output(folder, "unit-2-agreement.docx").read_bytes() == edited


def test_only_some_units_or_documents(folder: Path) -> None:
    before = snapshot(folder)
    report = batch(folder, "indicators", units=("unit-2",))
    assert made(report) == ["unit-2-indicators.docx", "unit-2-indicators.pdf"]
    assert not report.notes
    after = snapshot(folder)
    assert {name: after[name] for name in before if not name.endswith(NAME)} == {
        name: text for name, text in before.items() if not name.endswith(NAME)
    }
    with pytest.raises(UsageError, match="there is no unit 'unit-9'"):
        batch(folder, units=("unit-9",))
    with pytest.raises(UsageError, match="there is no document 'agreemnt'"):
        batch(folder, "agreemnt")
    with pytest.raises(UsageError, match="whole agency"):
        batch(folder, "framework")
    with pytest.raises(UsageError, match="of one round"):
        batch(folder, "report")


def test_a_report_without_results_is_left_out(folder: Path) -> None:
    report = batch(folder, "report", round="1")
    assert report.of(DocumentState.LEFT) == 2
    assert "unit-1-report-1 is left out: it has no results in round 1" in report.notes


def test_the_forms_of_persons_are_made_of_persons(tmp_path: Path) -> None:
    folder = workspace(tmp_path, 2)
    person = "level: person\nparent: unit-1\n"
    (folder / "agreements" / AGENCY / "unit-2.yaml").write_text(person, "utf-8")
    report = batch(folder, "personal")
    assert made(report) == ["unit-2-personal.docx", "unit-2-personal.pdf"]
    assert "unit-1-personal is left out: it is no person" in report.notes


def test_signed_documents_make_a_revision(folder: Path) -> None:
    signed = folder / "signed" / AGENCY / "unit-1" / "first.pdf"
    signed.parent.mkdir(parents=True)
    shutil.copy(output(folder, "unit-1-agreement.pdf"), signed)
    assert not batch(folder).notes
    data(folder, "unit-1.yaml").write_text(unit(7), "utf-8")
    report = batch(folder, prune=True)
    assert any("the signed version differs" in note for note in report.notes)
    assert made(report) == ["unit-1-agreement-r2.docx", "unit-1-agreement-r2.pdf"]
    assert signed.is_file()
    # Signed in its turn, the second version is nothing to talk about, and a third is the third.
    shutil.copy(output(folder, "unit-1-agreement-r2.pdf"), signed.with_name("second.pdf"))
    assert not batch(folder).notes
    data(folder, "unit-1.yaml").write_text(unit(9), "utf-8")
    assert made(batch(folder)) == ["unit-1-agreement-r3.docx", "unit-1-agreement-r3.pdf"]


def test_an_unchanged_batch_imports_next_to_nothing(folder: Path) -> None:
    heavy = {"weasyprint", "docx", "docxtpl", "jinja2", "pydantic", "lxml", "pikepdf", "rich"}
    code = (
        "import sys; from generator.cli import cli\n"
        f"try: cli(['batch', '{AGENCY}', '--documents', 'agreement'])\n"
        "except SystemExit: pass\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
    assert "2 unchanged" in done.stderr


def test_the_command(folder: Path) -> None:
    def gen(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "generator", "batch", AGENCY, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    data(folder, "unit-1.yaml").write_text(unit(7).replace("draft", "daft"), "utf-8")
    data(folder, "unit-2.yaml").write_text(unit(7) + "indicator: []\n", "utf-8")
    data(folder, "unit-3.yaml").write_text(unit(3), "utf-8")
    done = gen("--documents", "agreement")
    assert done.returncode == ExitCode.BATCH
    assert done.stdout.splitlines() == [
        f"outputs/{AGENCY}/unit-3/unit-3-agreement.{suffix}" for suffix in ("docx", "pdf")
    ]
    assert done.stderr.index("unit-1.yaml:3:") < done.stderr.index("unit-2.yaml:4:")
    assert "3 units: 1 made, 2 failed" in done.stderr
    assert "Traceback" not in done.stderr
    found = json.loads(gen("--documents", "agreement", "--json").stdout)
    assert found["files"] == []
    assert [fault["line"] for fault in found["faults"]] == [3, 4]
    assert gen("--documents", "agrement").returncode == ExitCode.USAGE
    agency = data(folder, "agency.yaml")
    agency.write_text(agency.read_text("utf-8").replace("fiscal_year: 2570", "fiscal_year: no"))
    assert gen().returncode == ExitCode.DATA

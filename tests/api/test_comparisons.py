"""Two versions compared: what is a version, what is made of them, and what it says."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator import verify
from generator.agreements import lookup
from generator.api import comparisons, documents
from generator.errors import FileError, GenError, UsageError
from generator.verify.docx import docx_content
from generator.workspace.environment import Workspace
from support import redlines
from support.making import ROOT
from support.signed import both

UNIT, AGENCY = "ตัวอย่าง-ก", "example-2570"


def git(folder: Path, *words: str) -> None:
    own = ["-c", "user.email=test@example.org", "-c", "user.name=test"]
    subprocess.run(["git", *own, "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in git whose unit was changed since the first revision."""
    root = tmp_path_factory.mktemp("world")
    shutil.copytree(ROOT / "agreements" / AGENCY, root / "agreements" / AGENCY)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    git(root, "tag", "first")
    workspace = Workspace(root, {})
    found = lookup.find(workspace, UNIT)
    for path, data in documents.make(workspace, "agreement", found).files.items():
        (root / f"first{path.suffix}").write_bytes(data)
    (root / "signed.pdf").write_bytes(both(UNIT))
    unit = root / "agreements" / AGENCY / f"{UNIT}.yaml"
    text = unit.read_text("utf-8")
    changed = text.replace("weight: 30", "weight: 35").replace("weight: 25", "weight: 20")
    unit.write_text(changed, "utf-8")
    energy = unit.parent / "indicators" / "energy.yaml"
    text = energy.read_text("utf-8")
    energy.write_text(
        text.replace("value: 6}", "value: 6.5}").replace("ละ 6.00", "ละ 6.50"), "utf-8"
    )
    return workspace


def changes(found: comparisons.Comparison) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.old, one.new) for one in found.changes.values]


WANTED = [
    ("weight", "30", "35"),
    ("weight", "25", "20"),
    ("level", "ร้อยละ 6.00", "ร้อยละ 6.50"),
    ("level", "6", "6.5"),
]


@pytest.mark.parametrize(
    "old", ["first", f"first:{UNIT}", "first.pdf", "first.docx", "signed.pdf", "copy"]
)
def test_every_kind_of_version_says_the_same(
    world: Workspace, old: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(world.root)
    if old == "copy":
        git(world.root, "worktree", "add", str(tmp_path / "copy"), "first")
        old = str(tmp_path / "copy" / "agreements" / AGENCY / f"{UNIT}.yaml")
    found = comparisons.compare(world, old, UNIT, formats=())
    assert changes(found) == WANTED
    assert not found.files
    [effect] = [e for e in found.changes.effects if e.old != e.new and e.indicator]
    assert (effect.round, effect.old, effect.new) == ("2", "3.7500", "3.6667")
    [total] = [e for e in found.changes.effects if e.old != e.new and not e.indicator]
    assert total.old != total.new


def test_the_files_are_whole(world: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.root)
    found = comparisons.compare(world, "first.docx", UNIT)
    names = {path.name.removeprefix("ตย-ก-agreement-"): data for path, data in found.files.items()}
    assert set(names) == {"changes.docx", "changes.pdf", "list.pdf"}
    old = docx_content((world.root / "first.docx").read_bytes())
    rejected = docx_content(redlines.decided(names["changes.docx"], accept=False))
    assert rejected == old
    said = "".join(piece.text for piece in verify.pdf_facts(names["list.pdf"]).content)
    for words in ("น้ำหนัก", "3.7500", "3.6667", "-0.0833", "ฉบับก่อน:first.docx"):
        assert words in said
    marked = "".join(piece.text for piece in verify.pdf_facts(names["changes.pdf"]).content)
    assert "ร้อยละ6.006.50" in marked
    again = comparisons.compare(world, "first.docx", UNIT)
    assert again.files == found.files


def test_a_signed_pdf_without_sheets_is_compared_without_them(
    world: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.root)
    found = comparisons.compare(world, "signed.pdf", UNIT, formats=("docx",))
    [data] = found.files.values()
    assert "หน่วยวัด:ร้อยละ" not in "".join(piece.text for piece in docx_content(data))


def test_a_whole_agency(world: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.root)
    found = comparisons.compare(world, "first", AGENCY, formats=("docx", "list"))
    names = {path.name for path in found.files}
    assert f"{AGENCY}-changes-list.pdf" in names
    assert "ตย-ก-agreement-changes.docx" in names
    assert set(WANTED) <= set(changes(found))


def test_nothing_changed(world: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.root)
    found = comparisons.compare(world, UNIT, UNIT, formats=("list",))
    assert not found.changes.values
    [data] = found.files.values()
    said = "".join(piece.text for piece in verify.pdf_facts(data).content)
    assert "ไม่มีน้ำหนัก" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nowhere", UNIT, "nowhere"),
        ("first", "first", "revisions"),
        ("-x", UNIT, "-x"),
        ("first:nobody", UNIT, "nobody"),
        (AGENCY, UNIT, "compared"),
        ("broken.docx", UNIT, "broken.docx"),
        ("foreign.docx", UNIT, "no source"),
        ("--output=x", UNIT, "--output"),
    ],
)
def test_what_is_no_version_is_refused(
    world: Workspace, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    monkeypatch.chdir(world.root)
    (world.root / "broken.docx").write_bytes(b"PK\x03\x04")
    shutil.copy(ROOT / "templates" / "docx" / "agreement.docx", world.root / "foreign.docx")
    with pytest.raises(GenError, match=said) as error:
        comparisons.compare(world, old, new)
    assert isinstance(error.value, UsageError | FileError)


def test_scores_by_data_at_fault_are_not_told(tmp_path: Path) -> None:
    """Weights that add up to something else score something else."""
    shutil.copytree(ROOT / "agreements" / AGENCY, tmp_path / "agreements" / AGENCY)
    workspace = Workspace(tmp_path, {})
    old = tmp_path / "agreements" / AGENCY / f"{UNIT}.yaml"
    new = old.with_name(f"{UNIT}.yaml")
    before = tmp_path / "before"
    shutil.copytree(old.parent, before)
    new.write_text(old.read_text("utf-8").replace("weight: 30", "weight: 35", 1), "utf-8")
    found = comparisons.compare(
        workspace, str(before / f"{UNIT}.yaml"), str(new), formats=("list",)
    )
    assert changes(found) == [("weight", "30", "35")]
    assert not found.changes.effects
    assert [one.code for one in found.unmade] == ["version-not-scored"]


def test_a_unit_whose_file_is_called_otherwise_is_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its code in a folder; whatever it is called where both are named."""
    old, new = (tmp_path / "agreements" / name for name in ("old", "new"))
    for folder in (old, new):
        shutil.copytree(ROOT / "agreements" / AGENCY, folder)
    text = (new / f"{UNIT}.yaml").read_text("utf-8")
    text = text.replace("weight: 30", "weight: 35").replace("weight: 25", "weight: 20")
    (new / f"{UNIT}.yaml").unlink()
    (new / "ชื่อใหม่.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(tmp_path, {})
    found = comparisons.compare(workspace, str(old), str(new), formats=())
    weights = [("weight", "30", "35"), ("weight", "25", "20")]
    assert [one for one in changes(found) if one[0] in ("weight", "added")] == weights
    assert len([one for one in found.changes.values if one.kind == "removed"]) == 2, (
        "the indicators that a person had of the unit that is there no more"
    )
    unit = (str(old / f"{UNIT}.yaml"), str(new / "ชื่อใหม่.yaml"))
    assert changes(comparisons.compare(workspace, *unit, formats=())) == weights

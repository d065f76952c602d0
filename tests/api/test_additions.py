"""gen init --add: an agency that lacks the words of a document gets them, and nothing is lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.agreements import default_words, lookup, own_keys
from generator.agreements.record import DocumentOptions
from generator.api import additions, checking, documents
from generator.api.additions import NAMES, add
from generator.diagnostics import errors
from generator.documents.kinds import KINDS
from generator.errors import DataError, UsageError
from generator.workspace import publishing
from generator.workspace.environment import Workspace
from support.making import ROOT

UNIT, PERSON = "ตัวอย่าง-ก", "บุคคล"
SURVEY = "visitors"
KEPT = ("blank", "row", "page", "footer", "id", "emblem", "marks", "agreement")


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    """A fresh agency whose words stand alone, and are of nothing but its agreements."""
    folder = tmp_path / "agreements" / "mine-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    shutil.rmtree(folder / "surveys")
    (folder / "ตัวอย่าง-บุคคล.yaml").unlink()
    for results in folder.glob("results/*/ตัวอย่าง-บุคคล.yaml"):
        results.unlink()
    for results in folder.glob("results/*/*.yaml"):
        results.write_text(results.read_text("utf-8").replace("survey: visitors", "value: 1"))
    unit = folder / f"{UNIT}.yaml"
    unit.write_text(
        re.sub(r"    surveys: .*\n(?:      .*\n)*", "", unit.read_text("utf-8")), "utf-8"
    )
    (folder / "wording.yaml").write_text(default_words.FILE.read_text("utf-8"), "utf-8")
    for name, kept in (("wording.yaml", KEPT), ("agency.yaml", None)):
        text = (folder / name).read_text("utf-8")
        for key in re.findall(r"^(\w+):", text, re.MULTILINE):
            if key not in kept if kept else key in ("form", "personal"):
                part = additions._part(text, key)
                assert part
                text = text.replace(part, "")
        (folder / name).write_text(text, "utf-8")
    return Workspace(tmp_path, {})


def folder_of(world: Workspace) -> Path:
    return world.agreements / "mine-2570"


def publish(world: Workspace, *names: str) -> tuple[str, ...]:
    made = add(folder_of(world), names)
    publishing.publish(made.files)
    return tuple(map(str, made.remarks))


def make(world: Workspace, kind: str) -> set[str]:
    """Make a document of the kind; what formats there are."""
    found = KINDS[kind]
    name = "mine-2570" if found.scope == "agency" else PERSON if found.level == "person" else UNIT
    options = DocumentOptions(
        round="2" if found.of_round else "", survey=SURVEY if found.of_survey else ""
    )
    if kind == "survey-report":
        path = folder_of(world) / "answers" / "2" / UNIT / f"{SURVEY}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text("fiscal_year: 2570\nversion: 1\nn: 40\nitems: {}\ngroups: {}\n", "utf-8")
    made = documents.make(world, kind, lookup.find(world, name, "mine-2570"), options=options)
    return {path.suffix for path in made.files}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_of_document_is_reached(world: Workspace, kind: str) -> None:
    if KINDS[kind].words and not KINDS[kind].of_survey and KINDS[kind].level != "person":
        with pytest.raises(DataError) as refused:
            make(world, kind)
        (fault,) = refused.value.diagnostics
        assert f"gen init mine-2570 --add {kind}" in fault.hint
    publish(world, kind)
    assert {".docx", ".pdf"} <= make(world, kind)
    assert errors(checking.check(world, [folder_of(world)])[0]) == ()


def test_all_at_once_and_again_changes_nothing(world: Workspace) -> None:
    publish(world, *NAMES)
    faults, _ = checking.check(world, [folder_of(world)])
    assert errors(faults) == ()
    made = add(folder_of(world), NAMES)
    assert made.files == {}
    assert all("is there already" in str(remark) for remark in made.remarks)


def test_what_is_there_is_told_by_its_keys(world: Workspace) -> None:
    folder = folder_of(world)
    publish(world, "form", "framework")
    assert "agency.yaml: form is there already" in publish(world, "form")
    for name in ("agency.yaml", "wording.yaml"):
        path = folder / name
        path.write_bytes(own_keys.with_keys(path.read_bytes(), Path(name), "th"))
    told = "\n".join(publish(world, "form", "framework"))
    for what in ("agency.yaml: แบบฟอร์มเปล่า", "wording.yaml: กรอบตัวชี้วัด"):
        assert f"{what} is there already" in told


def test_what_is_added_names_its_schema_and_no_file_ends_in_two_dots(world: Workspace) -> None:
    folder = world.agreements / "mine-2570"
    agency = folder / "agency.yaml"
    agency.write_text(agency.read_text("utf-8").replace("short: ตย.", "short: ทม."), "utf-8")
    publishing.publish(add(folder, ("chart", "personal", "survey")).files)
    for name in ("ทม.yaml", f"{PERSON}.yaml", f"surveys/{SURVEY}.yaml"):
        first = (folder / name).read_text("utf-8").splitlines()[0]
        assert ((folder / name).parent / first.partition("$schema=")[2]).is_file(), name


def test_what_was_there_stays_as_it_was_typed(world: Workspace) -> None:
    before = {path: path.read_bytes() for path in folder_of(world).rglob("*.yaml")}
    publish(world, *NAMES)
    for path, data in before.items():
        now = path.read_bytes()
        assert now.startswith(data.rstrip()), path.name
    text = (folder_of(world) / "wording.yaml").read_text("utf-8")
    assert "# The framework of the whole agency" in text


def test_a_report_is_added_to_the_survey_words_that_are_there(world: Workspace) -> None:
    path = folder_of(world) / "wording.yaml"
    own = "survey:\n  # ours\n  bands:\n    rounded:\n      - {at_least: 1, text: ทั่วไป}\n"
    path.write_text(path.read_text("utf-8") + own, "utf-8")
    publish(world, "survey-report")
    text = path.read_text("utf-8")
    assert "  # ours\n  bands:\n    rounded:\n      - {at_least: 1, text: ทั่วไป}\n" in text
    assert errors(checking.check(world, [folder_of(world)])[0]) == ()
    assert len(re.findall(r"^survey:", text, re.MULTILINE)) == 1


SAID_OTHERWISE = ("framework: ~\n", "survey:\n  report: ~   # none\n", "survey: ~\n", "report: ~\n")


@pytest.mark.parametrize("said", SAID_OTHERWISE)
def test_what_a_file_leaves_out_is_taken_back(world: Workspace, said: str) -> None:
    """A file that is laid over the common words gets none of them: it no longer leaves them out."""
    path = folder_of(world) / "wording.yaml"
    path.write_text(f"footer: ท้ายหน้า\n{said}row: แถว\n", "utf-8")
    kind = "survey-report" if "survey" in said else said.partition(":")[0]
    publish(world, kind)
    assert path.read_text("utf-8") == "footer: ท้ายหน้า\nrow: แถว\n"
    if kind != "survey-report":
        assert {".docx", ".pdf"} <= make(world, kind)


def test_survey_words_on_one_line_are_refused(world: Workspace) -> None:
    path = folder_of(world) / "wording.yaml"
    path.write_text(path.read_text("utf-8") + "survey: {bands: {}}\n", "utf-8")
    with pytest.raises(UsageError, match="stands on one line"):
        add(folder_of(world), ["survey-report"])


def with_additions(tmp_path: Path, agency: str) -> Workspace:
    """A shipped agency with what it lacked for three kinds."""
    shutil.copytree(ROOT / "agreements" / agency, tmp_path / "agreements" / agency)
    world = Workspace(tmp_path, {})
    publishing.publish(add(world.agreements / agency, ["framework", "summary", "report"]).files)
    assert errors(checking.check(world, [world.agreements / agency])[0]) == ()
    return world


@pytest.mark.parametrize("agency", ["moi-2547", "dip-2558"])
def test_agencies_of_other_forms_reach_the_framework(tmp_path: Path, agency: str) -> None:
    world = with_additions(tmp_path, agency)
    made = documents.make(world, "framework", lookup.find(world, agency))
    assert {path.suffix for path in made.files} == {".docx", ".pdf"}


def test_an_agency_of_persons_alone_has_no_framework(tmp_path: Path) -> None:
    world = with_additions(tmp_path, "cdd-2561")
    with pytest.raises(DataError) as refused:
        documents.make(world, "framework", lookup.find(world, "cdd-2561"))
    assert [fault.code for fault in refused.value.diagnostics] == ["nothing-of-agency"]


def test_an_unknown_kind_is_refused(world: Workspace) -> None:
    with pytest.raises(UsageError, match="there is no 'frame' to add") as refused:
        add(folder_of(world), ["frame"])
    assert "framework" in (refused.value.hint or "")


def test_a_blank_form_without_a_form(world: Workspace) -> None:
    options = DocumentOptions("form")
    found = lookup.find(world, "mine-2570")
    made = documents.make(world, "agreement", found, options=options)
    assert {path.suffix for path in made.files} == {".docx", ".pdf"}
    publish(world, "form")
    assert errors(checking.check(world, [folder_of(world)])[0]) == ()
    documents.make(world, "agreement", lookup.find(world, "mine-2570"), options=options)

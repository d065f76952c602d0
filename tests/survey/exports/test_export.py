"""Which survey is exported, for whom, under which names, and what is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.api import surveys
from generator.errors import DataError, UsageError
from generator.survey.exports import ExportKind
from generator.workspace.environment import Workspace
from support import making
from support.asked import SURVEY

USED = "survey: visitors\n        blanks: {service: การรับและออกใบอนุญาต}"
USES = "survey: service\n        blanks: {process: งานทะเบียน}"

Change = Callable[[Path], None]


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    """The example with two surveys, of which ตัวอย่าง-ก makes one."""
    folder = tmp_path / "agreements" / "example-2570"
    shutil.copytree(making.ROOT / "agreements" / "example-2570", folder)
    (folder / "surveys" / "service.yaml").write_text(SURVEY, "utf-8")
    unit = folder / "ตัวอย่าง-ก.yaml"
    text = unit.read_text("utf-8")
    assert USED in text
    unit.write_text(text.replace(USED, USES), "utf-8")
    return Workspace(tmp_path, {})


def exported(
    world: Workspace, kind: ExportKind, name: str = "ตัวอย่าง-ก", survey: str | None = None
) -> dict[str, bytes]:
    files = surveys.export(world, lookup.find(world, name), survey, kind).files
    return {path.relative_to(world.outputs).as_posix(): data for path, data in files.items()}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("xlsform", ["survey-service-xlsform.xlsx"]),
        ("google", ["survey-service-google.gs"]),
        ("csv-template", ["survey-service-answers.csv", "survey-service-codebook.csv"]),
    ],
)
def test_files_and_their_names(world: Workspace, kind: ExportKind, names: list[str]) -> None:
    found = exported(world, kind)
    assert list(found) == [f"example-2570/ตย-ก/ตย-ก-{name}" for name in names]
    assert exported(world, kind) == found, "the same data make the same bytes"


def test_the_unit_and_what_it_fills_in_stand_on_the_form(world: Workspace) -> None:
    (script,) = exported(world, "google").values()
    assert "กองตัวอย่าง ก กระบวนงาน งานทะเบียน" in script.decode()
    (script,) = exported(world, "google", survey="visitors").values()
    assert "งานทะเบียน" not in script.decode(), "that blank is the other survey's"
    (script,) = exported(world, "google", "example-2570", "service").values()
    assert "กระบวนงาน" not in script.decode(), "nobody fills it in"


def test_a_survey_has_to_be_chosen_where_there_are_several(world: Workspace) -> None:
    with pytest.raises(UsageError) as refused:
        exported(world, "google", "ตัวอย่าง-ข")
    assert refused.value.hint == "add --survey with one of: service, visitors"
    with pytest.raises(UsageError) as refused:
        exported(world, "google", survey="servce")
    assert "service" in (refused.value.hint or "")


def _replace(old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / "surveys" / "service.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_replace("id: age", "id: 1age"), "'1age' can't be a code"),
        (_replace("id: age", "id: =age"), "'=age' can't be a code"),
        (_replace("id: age", "id: อายุ"), "'อายุ' can't be a code"),
        (_replace("id: age", "id: respondent"), "'respondent' is kept"),
        (_replace("[[process]]", "[[proces]]"), "[[proces]] is not declared"),
        (_replace("kind: number", "kind: nummer"), "nummer"),
    ],
)
def test_faults_are_told_with_their_file(world: Workspace, change: Change, message: str) -> None:
    change(world.agreements / "example-2570")
    with pytest.raises(DataError) as refused:
        exported(world, "csv-template")
    told = [fault for fault in refused.value.diagnostics if message in fault.message]
    assert [fault.location.path.name for fault in told] == ["service.yaml"]


def test_a_document_taken_apart_is_no_unit(world: Workspace) -> None:
    found = lookup.Target(world.agreements, world.agreements, sealed=True)
    with pytest.raises(UsageError):
        surveys.export(world, found, None, "google")

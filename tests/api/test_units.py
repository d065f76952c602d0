"""A unit more in an agency, and one less."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator import api
from generator.agreements import own_keys, yaml_tree
from generator.diagnostics import errors
from generator.errors import UsageError
from generator.messages import Message
from generator.model import Unit
from generator.workspace.environment import Workspace

SHIPPED = Path(__file__).parents[2] / "agreements"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(SHIPPED / "example-2570", tmp_path / "agreements/example-2570")
    for agency in ("dsdw-2566", "moi-2547"):
        shutil.copytree(SHIPPED / agency, tmp_path / "agreements" / agency)
    return Workspace(tmp_path, {})


def begun(workspace: Workspace, agency: str, *about: str, like: str = "") -> tuple[Path, Any]:
    folder = workspace.agreements / agency
    origin = folder / f"{like}.yaml" if like else None
    name, level, code = (*about, "")[:3]
    [(path, data)] = api.units.begin(folder, name, level, code, origin).items()
    api.workspaces.publish({path: data})
    node = own_keys.in_english(yaml_tree.read(path), Unit).node
    assert node is not None
    return path, node.plain()


@pytest.mark.parametrize("like", ["", "ตัวอย่าง-ก", "ตัวอย่าง-ข"])
def test_a_unit_is_begun(workspace: Workspace, like: str) -> None:
    path, data = begun(workspace, "example-2570", "กองใหม่", "division", "กม.", like=like)
    assert path.name == "กม.yaml"
    assert (data["code"], data["name"], data["level"]) == ("กม.", "กองใหม่", "division")
    assert data["status"] == "draft"
    assert all(not one.get("name") for one in data["assessees"])
    told = api.checking.check(workspace, [path]).faults
    assert not (like and errors(told)), "the copy is as good as its origin"
    assert "กม" in [one.id for one in api.overview.units(path.parent)]


def test_what_was_anothers_is_not_copied(workspace: Workspace) -> None:
    name = "สำนักงานปลัดกระทรวงอุตสาหกรรม"
    like = workspace.agreements / f"moi-2547/{name}.yaml"
    text = like.read_text("utf-8")
    assert "baselines: [{years" in text, "past results of its own"
    path, data = begun(workspace, "moi-2547", "กรมใหม่", "department", like=name)
    assert path.stem == "กรมใหม่"
    assert not any(name in str(one) for one in data["assessees"])
    assert not data.get("signed")
    for use in data["indicators"]:
        for part in ("define", "override"):
            assert not use.get(part, {}).get("baselines")
    assert like.read_text("utf-8") == text


def test_the_position_names_the_new_unit_and_comments_stay(workspace: Workspace) -> None:
    path, data = begun(workspace, "example-2570", "กองใหม่", "division", like="ตัวอย่าง-ก")
    assert "code" not in data
    assert data["assessees"][0]["position"] == "ผู้อำนวยการกองใหม่"
    assert "# Which goals each indicator measures" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (("", "division"), "new-unit-needs-name-and-level"),
        (("กองใหม่", "planet"), "new-unit-needs-name-and-level"),
        (("กองใหม่", "division", "../x"), "no-name-of-unit"),
        (("กองใหม่", "division", ".."), "no-name-of-unit"),
        (("กองใหม่", "division", "CON"), "no-name-of-unit"),
        (("กองใหม่", "division", "ตัวอย่าง-ก"), "unit-is-there"),
        (("กองใหม่", "division", "agency"), "unit-is-there"),
        (("กองใหม่", "division", "Wording."), "unit-is-there"),
    ],
)
def test_what_is_no_unit_is_refused(
    workspace: Workspace, about: tuple[str, ...], code: str
) -> None:
    before = sorted(workspace.root.rglob("*"))
    with pytest.raises(UsageError) as caught:
        begun(workspace, "example-2570", *about)
    assert isinstance(caught.value.said, Message)
    assert caught.value.said.code == code
    assert sorted(workspace.root.rglob("*")) == before


def test_a_unit_is_taken_out_and_kept(workspace: Workspace) -> None:
    path, _ = begun(workspace, "example-2570", "กองใหม่", "division")
    data = path.read_bytes()
    kept = api.units.remove(workspace, path.parent, path)
    assert not path.exists()
    assert kept.read_bytes() == data
    assert kept.is_relative_to(workspace.root / ".gen")


def test_a_unit_with_results_stays(workspace: Workspace) -> None:
    path = workspace.agreements / "dsdw-2566/กอส.yaml"
    with pytest.raises(UsageError) as caught:
        api.units.remove(workspace, path.parent, path)
    assert isinstance(caught.value.said, Message)
    assert caught.value.said.code == "unit-has-results"
    assert path.exists()


def test_a_unit_that_others_name_stays(workspace: Workspace) -> None:
    folder = workspace.agreements / "example-2570"
    path, _ = begun(workspace, "example-2570", "กองใหม่", "division", "กม.", like="ตัวอย่าง-ก")
    other = folder / "ตัวอย่าง-ข.yaml"
    text = other.read_text("utf-8")
    assert "{use: satisfaction" in text or "- use: satisfaction" in text
    other.write_text(
        text.replace("use: satisfaction", "use: satisfaction\n    derive: กม", 1), "utf-8"
    )
    with pytest.raises(UsageError) as caught:
        api.units.remove(workspace, folder, path)
    assert isinstance(caught.value.said, Message)
    assert caught.value.said.code == "unit-is-named"
    assert "ตัวอย่าง-ข.yaml" in str(caught.value.said)
    assert path.exists()

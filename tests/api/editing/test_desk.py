"""Editing: single lines, drafts that survive, undo to the same bytes, two versions."""

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from generator.agreements import own_keys, yaml_tree
from generator.agreements.changes import Change, Inserted, KeyPath, Moved, Put, Removed
from generator.agreements.yaml_tree import Node
from generator.api.editing import Desk, desks
from generator.errors import UsageError
from generator.model import Unit
from generator.workspace.environment import Workspace
from support.making import ROOT

EDITS = int(os.environ.get("GEN_EDITS", "60"))
"""So many edits are made by chance; 1,000 were tried (docs/performance.md)."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    copytree(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "example-2570")
    workspace = Workspace(tmp_path, {})
    return Desk(workspace, workspace.agreements / "example-2570")


UNIT = "ตัวอย่าง-ก.yaml"
WEIGHT: KeyPath = ("indicators", 0, "weight")


def again(desk: Desk, who: str = "") -> Desk:
    """The same desk as another process would find it."""
    return Desk(Workspace(desk.workspace.root, {}), desk.folder, who)


def test_one_weight_of_each_shipped_unit_is_one_line(tmp_path: Path) -> None:
    copytree(ROOT / "agreements", tmp_path / "agreements")
    workspace = Workspace(tmp_path, {})
    seen = 0
    for folder in sorted(workspace.agreements.iterdir()):
        desk = Desk(workspace, folder)
        for path in sorted(folder.glob("*.yaml")):
            node = own_keys.in_english(yaml_tree.read(path), Unit).node
            uses = node.find(("indicators",)).value if node is not None else None
            weights = [
                ("indicators", n, "weight")
                for n, use in enumerate(uses if isinstance(uses, list) else ())
                if isinstance(use.find(("weight",)).value, str) and use.child("weight")
            ]
            if not weights:
                continue
            before = path.read_bytes()
            desk.change(path.name, [Put(weights[-1], "7.25")])
            assert path.read_bytes() == before
            assert desk.save() == (path.name,)
            pairs = zip(before.split(b"\n"), path.read_bytes().split(b"\n"), strict=True)
            assert sum(a != b for a, b in pairs) == 1, path
            desk.undo([path.name])
            desk.save()
            assert path.read_bytes() == before
            seen += 1
    assert seen > 20


def places(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Node]]:
    children = node.value.items() if isinstance(node.value, dict) else ()
    items = enumerate(node.value) if isinstance(node.value, list) else ()
    for step, child in (*children, *items):
        yield (*path, step), child
        yield from places(child, (*path, step))


def some_change(text: str, choose: random.Random) -> Change:
    node = yaml_tree.parse(Path("x.yaml"), text.encode()).node
    assert node is not None
    every = [*places(node)]
    texts = [path for path, child in every if not isinstance(child.value, dict | list)]
    lists = [(p, n) for p, n in every if isinstance(n.value, list) and len(n.value) > 1]
    kind = choose.random()
    if kind < 0.6 or not lists:
        return Put(choose.choice(texts), choose.choice(("5", "ก: ข # ค", "", "หนึ่ง\nสอง", "80.00")))
    path, of = choose.choice(lists)
    assert isinstance(of.value, list)
    index = choose.randrange(len(of.value))
    if kind < 0.75:
        return Moved((*path, index), choose.randrange(len(of.value)))
    return Inserted((*path, index), "ข้อใหม่") if kind < 0.9 else Removed((*path, index))


def notes(text: str) -> Counter[str]:
    return Counter(re.findall(r"^ *# .*", text, re.MULTILINE))


@pytest.mark.parametrize("name", [UNIT, "agency.yaml", "indicators/energy.yaml"])
def test_comments_stay_and_every_edit_is_undone_to_the_same_bytes(desk: Desk, name: str) -> None:
    choose = random.Random(name)
    path = desk.folder / name
    kept = notes(path.read_text("utf-8"))
    texts = [path.read_bytes()]
    for number in range(EDITS):
        text = desk.file(name).text
        desk.change(name, [some_change(text, choose)])
        if desk.file(name).text == text:
            continue
        texts.append(desk.file(name).data)
        if number % 7 == 0:
            desk.save()
            assert path.read_bytes() == texts[-1]
        assert not kept - notes(desk.file(name).text)
    assert len(texts) > EDITS // 2
    while len(texts) > 1:
        texts.pop()
        assert again(desk).undo([name]) == (name,)
        assert desk.file(name).data == texts[-1]
    assert desk.undo([name]) == ()
    desk.save()
    assert path.read_bytes() == texts[0]
    while desk.redo([name]):
        pass
    assert desk.file(name).unsaved


def test_a_draft_is_offered_again_and_writes_nothing_until_it_is_saved(desk: Desk) -> None:
    before = (desk.folder / UNIT).read_bytes()
    desk.change(UNIT, [Put(WEIGHT, "31")], "น้ำหนัก")
    assert (desk.folder / UNIT).read_bytes() == before
    (found,) = desks(Workspace(desk.workspace.root, {}))
    assert found.unsaved() == (UNIT,)
    assert found.laid_over()[desk.folder / UNIT] != before
    found.save()
    assert b"weight: 31" in (desk.folder / UNIT).read_bytes()
    assert desks(desk.workspace) == ()


def test_a_draft_whose_saving_was_cut_off_is_saved(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    (desk.folder / UNIT).write_bytes(desk.file(UNIT).data)  # and killed before it was noted
    assert again(desk).unsaved() == ()
    assert again(desk).undo([UNIT]) == (UNIT,)


def test_typing_on_in_a_field_is_one_step(desk: Desk) -> None:
    before = desk.file(UNIT).text
    for text in ("3", "31", "31.5"):
        desk.change(UNIT, [Put(WEIGHT, text)], field="indicators/0/weight")
    desk.change(UNIT, [Put(("name",), "กอง ก")], field="name")
    desk.undo([UNIT])
    assert "weight: 31.5" in desk.file(UNIT).text
    desk.undo([UNIT])
    assert desk.file(UNIT).text == before


def test_what_was_done_last_is_undone_first_in_whichever_file(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    desk.change("indicators/energy.yaml", [Put(("measure",), "บาท")])
    both = (UNIT, "indicators/energy.yaml")
    assert desk.undo(both) == ("indicators/energy.yaml",)
    assert desk.undo(both) == (UNIT,)
    assert desk.redo(both) == (UNIT,)


def outside(desk: Desk, old: str, new: str) -> None:
    path = desk.folder / UNIT
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_file_changed_outside_is_noticed_and_neither_version_is_lost(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    outside(desk, "กองตัวอย่าง ก", "กองใหม่")
    theirs = (desk.folder / UNIT).read_bytes()
    with pytest.raises(UsageError, match="somebody else"):
        desk.save()
    assert (desk.folder / UNIT).read_bytes() == theirs
    file = desk.file(UNIT)
    assert file.is_changed_outside
    assert "กองใหม่" in (file.outside or "")
    assert "weight: 31" in file.text
    desk.settle(UNIT, "mine")
    desk.save()
    assert b"weight: 31" in (desk.folder / UNIT).read_bytes()
    desk.undo([UNIT])
    assert desk.file(UNIT).data == theirs


def test_both_changes_are_joined_where_they_dont_meet(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    outside(desk, "กองตัวอย่าง ก", "กองใหม่")
    desk.settle(UNIT, "both")
    desk.save()
    text = (desk.folder / UNIT).read_text("utf-8")
    assert "weight: 31" in text
    assert "กองใหม่" in text


def test_the_same_line_changed_twice_isnt_joined(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    outside(desk, "weight: 30", "weight: 29")
    with pytest.raises(UsageError, match="same lines"):
        desk.settle(UNIT, "both")
    assert desk.file(UNIT).is_changed_outside
    desk.settle(UNIT, "theirs")
    assert "weight: 29" in desk.file(UNIT).text
    desk.undo([UNIT])
    assert "weight: 31" in desk.file(UNIT).text


def test_a_file_changed_outside_is_simply_read_where_nothing_was_typed(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    desk.save()
    outside(desk, "weight: 31", "weight: 29")
    assert not desk.file(UNIT).unsaved
    assert "weight: 29" in desk.file(UNIT).text
    assert desk.undo([UNIT]) == ()  # it isn't ours to undo


def test_who_else_edits_a_file_is_known(desk: Desk) -> None:
    other = again(desk, "ผู้ใช้ ../สอง")
    other.change(UNIT, [Put(WEIGHT, "31")])
    assert desk.others(UNIT) == ("ผู้ใช้ ../สอง",)
    assert other.others(UNIT) == ()
    assert desk.unsaved() == ()
    other.save()
    assert desk.others(UNIT) == ()


def test_a_discarded_draft_can_be_had_again(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    desk.discard([UNIT])
    assert desk.unsaved() == ()
    desk.undo([UNIT])
    assert "weight: 31" in desk.file(UNIT).text


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/passwd", "indicators/../../x.yaml"])
def test_no_file_outside_the_agency_is_edited(desk: Desk, name: str) -> None:
    with pytest.raises(Exception, match=r"refused|outside"):
        desk.write(name, "x")


def test_byte_order_marks_and_line_breaks_of_windows_stay(desk: Desk) -> None:
    path = desk.folder / UNIT
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    desk.change(UNIT, [Put(WEIGHT, "31")])
    desk.save()
    assert path.read_bytes() == before.replace(b"weight: 30", b"weight: 31", 1)


def test_a_spoilt_draft_is_left_alone(desk: Desk) -> None:
    desk.change(UNIT, [Put(WEIGHT, "31")])
    (store,) = (desk.workspace.root / ".gen" / "drafts").rglob("*.json")
    store.write_bytes(store.read_bytes()[:100])
    assert not desk.file(UNIT).unsaved

"""Changes made in the text of a file: the data are as asked, and nothing else is touched."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.agreements import yaml_tree
from generator.agreements.changes import Change, Inserted, KeyPath, Moved, Put, Removed
from generator.agreements.changing import changed
from generator.agreements.yaml_tree import Node, Plain, YamlFile
from generator.errors import UsageError

AGREEMENTS = Path(__file__).parents[2] / "agreements"
WORDS = (
    *("5", "12.50", "ร้อยละ 80", "a: b", "x # y", "#z", "- ก", "ก, ข", "[ก]", "{ก}", "", " หน้า"),
    *("true", "~", "null", "'q'", '"d"', "หนึ่ง\nสอง\n", "หนึ่ง\n\n  สอง", "ก:", "๑๒", "*a", "&b"),
    *("!t", "%p", "@a", "`c", "? q", "| x", "> y", "100%", "ก\tข", "a\nb\n\n", "มาก" * 60, None),
)


@cache
def files() -> tuple[YamlFile, ...]:
    read = [yaml_tree.read(path) for path in sorted(AGREEMENTS.rglob("*.yaml"))]
    return tuple(file for file in read if file.node is not None and not file.faults)


def as_file(text: str) -> YamlFile:
    return yaml_tree.parse(Path("x.yaml"), text.encode())


def places(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Node]]:
    children: list[tuple[str | int, Node]] = []
    if isinstance(node.value, dict):
        children = list(node.value.items())
    elif isinstance(node.value, list):
        children = list(enumerate(node.value))
    for step, child in children:
        yield (*path, step), child
        yield from places(child, (*path, step))


def some(choose: random.Random, depth: int = 0) -> Plain:
    kind = choose.random()
    if kind < 0.6 or depth > 2:
        return choose.choice(WORDS)
    if kind < 0.8:
        return [some(choose, depth + 1) for _ in range(choose.randint(0, 4))]
    keys = ("name", "weight", "x y", "ก", "5", "null", "a: b", "#")
    return {choose.choice(keys): some(choose, depth + 1) for _ in range(choose.randint(0, 4))}


def random_change(file: YamlFile, choose: random.Random) -> Change:
    assert file.node is not None
    all_places = list(places(file.node))
    path, node = choose.choice(all_places)
    lists = [(p, n) for p, n in all_places if isinstance(n.value, list) and n.value]
    kind = choose.random()
    if kind < 0.35 or not lists:
        return Put(path, choose.choice(WORDS))
    if kind < 0.45:
        return Put(path, some(choose))
    if kind < 0.55 and (isinstance(node.value, dict) or node.value is None):
        return Put((*path, "neu"), some(choose))
    if kind < 0.7:
        return Removed(path)
    path, node = choose.choice(lists)
    assert isinstance(node.value, list)
    index = choose.randrange(len(node.value))
    if kind < 0.8:
        return Inserted((*path, index), some(choose))
    if kind < 0.85:
        return Put((*path, len(node.value)), some(choose))
    return Moved((*path, index), choose.randrange(len(node.value)))


def notes(text: str) -> Counter[str]:
    return Counter(re.findall(r"# .*", text))


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_of_the_shipped_files_mean_what_was_asked(seed: int) -> None:
    """``changed`` itself compares the data; what it can't know is that comments stay."""
    choose = random.Random(seed)
    for _ in range(60):
        file = choose.choice(files())
        if choose.random() < 0.15:
            file = yaml_tree.parse(file.path, file.text.replace("\n", "\r\n").encode())
        change = random_change(file, choose)
        after = changed(file, [change])
        if isinstance(change, Inserted | Moved):
            assert not notes(file.text) - notes(after), change
        if "\r\n" in file.text:
            assert not re.search(r"(?<!\r)\n", after), change


@pytest.mark.parametrize("seed", range(3))
def test_a_text_in_place_of_another_changes_its_own_lines_alone(seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(60):
        file = choose.choice(files())
        assert file.node is not None
        texts = [(p, n) for p, n in places(file.node) if isinstance(n.value, str)]
        path, node = choose.choice(texts)
        after = changed(file, [Put(path, "ข้อความใหม่")])
        start, end = (file.text.count("\n", 0, at) for at in node.span)
        before, now = file.text.split("\n"), after.split("\n")
        assert before[:start] == now[:start]
        last = len(before) - end - 1
        assert before[len(before) - last :] == now[len(now) - last :]
        # What was put can be put back: the bytes are the same again.
        back = changed(yaml_tree.parse(file.path, after.encode()), [Put(path, node.plain())])
        one_line = start == end and file.text[node.span[0]] not in "'\""
        if one_line and "\n" not in str(node.value):
            assert back == file.text


def test_every_weight_of_every_unit_is_one_line() -> None:
    seen = 0
    for file in files():
        assert file.node is not None
        uses = file.node.find(("indicators",)).value
        for number, use in enumerate(uses if isinstance(uses, list) else ()):
            weight = use.child("weight")
            if weight is None or not isinstance(weight.value, str):
                continue
            after = changed(file, [Put(("indicators", number, "weight"), "7.25")])
            pairs = zip(file.text.split("\n"), after.split("\n"), strict=True)
            assert sum(a != b for a, b in pairs) == 1
            seen += 1
    assert seen > 100


BASE = """\
# head
name: กอง ก          # note
code:                 # blank
list:
  - a  # one
  # above two
  - b
  - {x: 1, y: }
deep: {k: [1, 2]}
text: |
  หนึ่ง
  สอง
"""


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Put(("name",), "กอง ข: ค"), "กอง ก ", "'กอง ข: ค' "),
        (Put(("code",), "กข."), "code:                 # blank", "code: กข.             # blank"),
        (Put(("deep", "k", 2), "3"), "[1, 2]", "[1, 2, 3]"),
        (Put(("deep", "m"), "ก, ข"), "[1, 2]}", "[1, 2], m: 'ก, ข'}"),
        (Put(("list", 2, "z"), "5"), "y: }", "y: , z: 5 }"),
        (Put(("text",), "หนึ่ง\nสาม"), "  สอง\n", "  สาม\n"),
        (Put(("new", "inner"), "1"), "  สอง\n", "  สอง\nnew: {inner: 1}\n"),
        (Removed(("list", 0)), "  - a  # one\n", ""),
        (Removed(("deep", "k")), "{k: [1, 2]}", "{}"),
        (Removed(("code",)), "code:                 # blank\n", ""),
        (Inserted(("list", 1), "n"), "  - a  # one\n", "  - a  # one\n  - n\n"),
        (
            Moved(("list", 1), 0),
            "  - a  # one\n  # above two\n  - b\n",
            "  # above two\n  - b\n  - a  # one\n",
        ),
    ],
)
def test_what_becomes_of_the_text(change: Change, old: str, new: str) -> None:
    assert old in BASE
    assert changed(as_file(BASE), [change]) == BASE.replace(old, new, 1)


def test_several_changes_are_made_one_after_the_other() -> None:
    text = changed(
        as_file(BASE), [Put(("list", 3), "c"), Removed(("list", 0)), Put(("list", 2), "d")]
    )
    node = as_file(text).node
    assert node is not None
    assert node.find(("list",)).plain() == ["b", {"x": "1", "y": None}, "d"]


@pytest.mark.parametrize("path", [("none", 3), ("list", 9), ("name", 0), ("list", "x")])
def test_a_path_that_leads_nowhere_is_refused(path: KeyPath) -> None:
    with pytest.raises(UsageError):
        changed(as_file(BASE), [Removed(path)])

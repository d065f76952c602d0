"""Data as YAML: spelt by our own writer as the library's own one spells them."""

import os
import random

import pytest

from generator.agreements import yaml_tree, yaml_writing
from generator.agreements.yaml_writing import InlineMapping, PlainText
from support.making import ROOT

COUNT = int(os.environ.get("WRITTEN", "400"))
WORDS = ("", "~", "null", "true", "no", "1", "1.5", "0x1", "1_000", "2026-01-01", "<<", "=", "-")
MORE = ("?", "a: b", "x #y", "|", "- a", "ก", "ก: ข", "ก #ข", "..", "---", "ก" * 130, "ก\nข")
SIGNS = (
    "กขัาเ" * 4 + " " * 8 + "้ำabZ019 .,:#-?!|>'\"[]{}&*%@`~=\n\n\t\\/()–฿๑\u200b\u00a0\xe9\U0001f469"
)


def test_what_is_shipped_is_written_as_the_library_writes_it() -> None:
    usual = 0
    for path in sorted((ROOT / "agreements" / "dsdw-2566").rglob("*.yaml")):
        node = yaml_tree.read(path).node
        assert node is not None
        data = node.plain()
        assert isinstance(data, dict)
        written = "".join(yaml_writing._mapping(data, "", ""))
        assert written == yaml_writing.dump(data) == yaml_writing._dumped(data)
        usual += 1
    assert usual > 20


def test_any_data_are_written_as_the_library_writes_them() -> None:
    chance, own = random.Random(18), 0

    def text() -> str:
        if chance.random() < 0.2:
            return chance.choice(WORDS + MORE)
        return "".join(chance.choices(SIGNS, k=chance.randrange(1, chance.choice([4, 12, 150]))))

    def data(depth: int) -> yaml_tree.Plain:
        match chance.randrange(8) if depth < 5 else 0:
            case 0 | 1 | 2 | 3:
                return chance.choice([None, text(), text(), text()])
            case 4 | 5 | 6:
                return {text(): data(depth + 1) for _ in range(chance.randrange(4))}
        return [data(depth + 1) for _ in range(chance.randrange(4))]

    for _ in range(COUNT):
        said: dict[str, yaml_tree.Plain] = {text(): data(0) for _ in range(chance.randrange(4))}
        assert yaml_writing.dump(said) == yaml_writing._dumped(said), said
        try:
            own += bool(said and list(yaml_writing._mapping(said, "", "")))
        except yaml_writing._UnusualError:
            continue
    assert own > COUNT // 4


@pytest.mark.parametrize(
    "said",
    [
        "ก",
        [],
        {},
        {"a": PlainText("12")},
        {PlainText("12"): "a"},
        {"a": [InlineMapping({"5": "12"})], "b": InlineMapping()},
    ],
)
def test_what_is_unusual_is_left_to_the_library(said: yaml_tree.Plain) -> None:
    yaml_writing.dump({"12": "12"})
    assert yaml_writing.dump(said) == yaml_writing._dumped(said)

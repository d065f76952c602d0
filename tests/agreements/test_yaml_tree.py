"""Strict YAML: what was typed comes back as text, with the place where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import thai
from generator.agreements.yaml_tree import MAX_DEPTH, Node, Plain, YamlFile, merge, parse
from generator.diagnostics import Location, errors
from support.strategies import yaml_like

PATH = Path("x.yaml")

characters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Co", "Cs", "Zl", "Zp"),
    exclude_characters="\ufeff\u00ad",
).filter(lambda character: ord(character) & 0xFFFE != 0xFFFE)
texts = st.text(characters | st.sampled_from("\n\t"))
keys = texts.filter(lambda key: key != "<<").map(
    lambda key: key if key.isascii() else thai.folded(key)
)
trees: st.SearchStrategy[Plain] = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
mappings: st.SearchStrategy[Plain] = st.dictionaries(keys, trees, max_size=4)


def read(text: str) -> YamlFile:
    return parse(PATH, text.encode())


def node_of(text: str) -> Node:
    source = read(text)
    assert errors(source.faults) == ()
    assert source.node is not None
    return source.node


def written(data: Plain) -> str:
    """The data as JSON, which is YAML with every text in double quotes."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def all_nodes(node: Node) -> list[Node]:
    found = [node]
    if isinstance(node.value, dict):
        inner = list(node.value.values())
    else:
        inner = node.value if isinstance(node.value, list) else []
    for child in inner:
        found += all_nodes(child)
    return found


def offset(text: str, place: Location) -> int:
    """Where a place stands in the text, in characters."""
    lines = text.split("\n")
    assert 1 <= place.line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1


# What comes back


@given(st.dictionaries(keys, texts), st.sampled_from(["'", '"']))
def test_quoted_text_comes_back_as_it_was(data: dict[str, str], quote: str) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style=quote)
    assert node_of(text).plain() == data


@given(st.dictionaries(keys, texts))
def test_line_ends_of_windows_come_back_as_plain_ones(data: dict[str, str]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    assert node_of(text.replace("\n", "\r\n")).plain() == data


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    source = parse(PATH, data)
    assert source.node is not None or source.faults


@given(st.text() | yaml_like)
def test_no_text_raises_and_every_fault_has_a_place_in_it(text: str) -> None:
    source = parse(PATH, text.encode("utf-8", "surrogatepass"))
    assert source.node is not None or source.faults
    for fault in source.faults:
        offset(source.text, fault.location)


@pytest.mark.parametrize(
    "typed",
    ["0212345670", "no", "yes", "on", "1e3", "0x1F", "2567-01-31", "12:30:45", "1_000", "=", ".5"],
)
def test_a_plain_scalar_is_the_text_that_was_typed(typed: str) -> None:
    assert node_of(f"a: {typed}\n").plain() == {"a": typed}
    assert node_of(f"{typed}: a\n").plain() == {typed: "a"}


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL", "# ไม่มี"])
def test_nothing_is_nothing(typed: str) -> None:
    assert node_of(f"a: {typed}\n").plain() == {"a": None}
    assert node_of(f"- {typed}\n").plain() == [None]


@pytest.mark.parametrize("typed", ["''", '""', "'~'", '"null"'])
def test_quotes_make_text_of_nothing(typed: str) -> None:
    assert node_of(f"a: {typed}\n").plain() == {"a": typed[1:-1]}


def test_a_key_of_nothing_is_the_empty_word() -> None:
    assert node_of("~: a\n").plain() == {"": "a"}
    assert [fault.message for fault in read("~: a\n'': b\n").faults] == [
        "the key '' is given twice"
    ]


def test_block_scalars_keep_their_lines() -> None:
    text = "a: |\n  บรรทัดหนึ่ง\n\n    ย่อย\nb: >-\n  ก\n  ข\nc: |+\n  ค\n\n"
    assert node_of(text).plain() == {"a": "บรรทัดหนึ่ง\n\n  ย่อย\n", "b": "ก ข", "c": "ค\n\n"}


def test_the_first_of_two_keys_is_kept_and_both_are_checked_below() -> None:
    source = read("a: 1\na: {b: 1, b: 2}\n")
    assert source.node is not None
    assert source.node.plain() == {"a": "1"}
    assert [(fault.message, fault.location.column) for fault in source.faults] == [
        ("the key 'b' is given twice", 11),
        ("the key 'a' is given twice", 1),
    ]


def test_a_control_character_goes_no_further() -> None:
    source = read('"\\x1b[31mred": "\\x9b"\n')
    assert source.node is not None
    assert source.node.plain() == {"\ufffd[31mred": "\ufffd"}
    assert [fault.message for fault in source.faults] == [
        "the control character U+001B in text",
        "the control character U+009B in text",
    ]


def test_nesting_is_bounded() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()
    assert read("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)).node is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\t- b\n", "indent with spaces, not with tabs"),
        ("a: b: c\n", "put the text in quotes: key: 'a: b'"),
        ("a: @b\n", "put the text in quotes"),
        ("a: [[b]] c\n", "put the whole text in quotes"),
        ("a: {{ b }}\n", "put text that begins with { or [ in quotes"),
        ("a: 1\nb: 'c\n\nd: e\n", "close it"),
        ("a: [b\n", "close it with ], or put text that begins with [ in quotes"),
        ("a: &b c\n", "write it out; put text that begins with & or * in quotes"),
        ("a: 1\na: 2\n", "it stands at line 1 already; keep one of them"),
        ("a: !b c\n", "remove it; put text that begins with ! in quotes"),
    ],
)
def test_hints(text: str, hint: str) -> None:
    assert [fault.hint for fault in read(text).faults] == [hint]


# Places


@given(mappings)
def test_every_span_of_quoted_data_is_the_value_as_written(data: Plain) -> None:
    text = written(data)
    for node in all_nodes(node_of(text)):
        start, end = node.span
        assert offset(text, node.location) == start
        if isinstance(node.value, str):
            assert text[start] == text[end - 1] == '"'
            assert node_of(text[start:end]).plain() == node.value


@given(yaml_like)
def test_every_place_lies_in_the_text(text: str) -> None:
    source = read(text)
    for node in all_nodes(source.node) if source.node is not None else []:
        assert offset(source.text, node.location) == node.span[0]
        assert node.span[0] <= node.span[1] <= len(source.text)
        for place in node.keys.values():
            offset(source.text, place)


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("กอง", "กอง"),
        ("กอง # ที่หนึ่ง", "กอง"),
        ("กอง\n  ที่สอง", "กอง\n  ที่สอง"),
        ("'ก''ข'", "'ก''ข'"),
        ('"ก\\tข"  ', '"ก\\tข"'),
        ("[ก, 'ข' ]", "[ก, 'ข' ]"),
        ("{ก: ข}", "{ก: ข}"),
        ("|\n  ก\n  ข", "|\n  ก\n  ข\n"),
        ("", ""),
    ],
)
def test_a_span_slices_to_the_value_as_written(value: str, span: str) -> None:
    text = f"๑: ก่อน\n๒: {value}\n๓: หลัง\n"
    node = node_of(text).find(["2"])
    assert text[slice(*node.span)] == span


def test_places_are_counted_in_characters_from_one() -> None:
    text = "\ufeffชื่อ: กอง\r\nหน้าที่:\r\n  - {ก: ข}\r\n  - ค\r\n"
    node = node_of(text)
    assert node.location == Location(PATH, 1, 1)
    assert node.at("ชื่อ") == Location(PATH, 1, 7)
    assert node.key_at("หน้าที่") == Location(PATH, 2, 1)
    assert node.at("หน้าที่", 0, "ก") == Location(PATH, 3, 9)
    assert node.key_at("หน้าที่", 0, "ก") == Location(PATH, 3, 6)
    assert node.at("หน้าที่", 1) == Location(PATH, 4, 5)


def test_what_is_not_there_is_found_at_the_nearest_place_above() -> None:
    node = node_of("a:\n  b: [1, 2]\n")
    assert node.find(["a", "b", 1]).plain() == "2"
    assert node.find(["a", "b", 7]).plain() == ["1", "2"]
    assert node.find(["a", "no", "b", 0]).plain() == "1"
    assert node.at("a", "x", "y") == Location(PATH, 2, 3)
    assert node.key_at("a", "x") == Location(PATH, 2, 3)
    assert node.child("x") is None
    assert node.child(0) is None
    assert node.find(["a", "b"]).child(-1) is None
    assert node.find(["a", "b"]).child("0") is None


# Merging


def merged(base: Plain, patch: Plain) -> Plain:
    return merge(node_of(written(base)), node_of(written(patch))).plain()


@given(trees)
def test_merging_with_itself_changes_nothing(data: Plain) -> None:
    assert merged(data, data) == data


@given(mappings)
def test_nothing_laid_over_or_under_changes_nothing(data: Plain) -> None:
    assert merged(data, {}) == data
    assert merged({}, data) == data


@given(mappings, mappings)
def test_what_is_laid_over_wins_and_the_rest_stays(base: Plain, patch: Plain) -> None:
    assert isinstance(base, dict)
    assert isinstance(patch, dict)
    result = merged(base, patch)
    assert isinstance(result, dict)
    assert list(result) == [*base, *(key for key in patch if key not in base)]
    for key, value in result.items():
        if key not in patch:
            assert value == base[key]
        elif key not in base:
            assert value == patch[key]
        else:
            assert value == merged(base[key], patch[key])


@given(trees, st.none() | texts | st.lists(texts))
def test_text_lists_and_nothing_replace(base: Plain, patch: Plain) -> None:
    assert merged(base, patch) == patch


@given(mappings, mappings)
def test_laying_the_same_over_again_changes_nothing(base: Plain, patch: Plain) -> None:
    once = merged(base, patch)
    assert merged(once, patch) == once


def test_every_merged_value_keeps_its_own_place() -> None:
    base = parse(Path("base.yaml"), b"a: 1\nb: {c: 2, d: 3}\n").node
    patch = parse(Path("patch.yaml"), b"\n\nb: {d: 4}\n").node
    assert base is not None
    assert patch is not None
    both = merge(base, patch)
    assert both.plain() == {"a": "1", "b": {"c": "2", "d": "4"}}
    assert both.at("b", "c").shown() == "base.yaml:2:8"
    assert both.key_at("b", "c").shown() == "base.yaml:2:5"
    assert both.at("b", "d").shown() == "patch.yaml:3:8"
    assert both.key_at("b", "d").shown() == "patch.yaml:3:5"
    assert both.key_at("a").shown() == "base.yaml:1:1"
    assert base.plain() == {"a": "1", "b": {"c": "2", "d": "3"}}

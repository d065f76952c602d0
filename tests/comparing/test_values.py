"""Which values two versions have differently."""

from typing import Any

import pytest

from generator.comparing import values
from generator.model import Indicator, Unit


def test_texts_that_differ_with_their_keys() -> None:
    old: Any = {"a": "1", "b": {"c": "x", "d": "y"}, "gone": "z"}
    new: Any = {"a": "2", "b": {"c": "x", "d": None}, "came": {"e": "w"}}
    assert [*values.leaves(old, new)] == [
        (("a",), "1", "2"),
        (("b", "d"), "y", None),
        (("came", "e"), None, "w"),
        (("gone",), "z", None),
    ]


def test_entries_of_lists_are_known_by_their_names() -> None:
    old: Any = [{"id": "one", "w": "1"}, {"id": "two", "w": "2"}, "text"]
    new: Any = [{"id": "two", "w": "3"}, "text", "more"]
    assert [*values.leaves(old, new)] == [
        ((0, "id"), "one", None),
        ((0, "w"), "1", None),
        ((0, "w"), "2", "3"),
        ((2,), None, "more"),
    ]


@pytest.mark.parametrize(
    ("path", "last"),
    [
        (("criteria", "all", "levels", "5", "text"), "ข้อความ"),
        (("baselines", 0, "years", "2567"), "2567"),
        (("name",), "ชื่อ"),
    ],
)
def test_keys_are_said_in_thai(path: tuple[str | int, ...], last: str) -> None:
    said = values.keys_in_words(Indicator, path)
    assert said.split(" › ")[-1] == last
    assert not set("abcdefghijklmnopqrstuvwxyz_") & set(said)


def test_unknown_keys_stay() -> None:
    assert values.keys_in_words(Unit, ("unheard_of",)) == "unheard of"

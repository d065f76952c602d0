"""A questionnaire's texts that nothing fills say so, in place of printing their brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.api import checking
from generator.diagnostics import errors
from support.answered import SURVEY, workspace


def faults(folder: Path, old: str, new: str) -> list[tuple[str, int, str]]:
    world = workspace(folder, "")
    path = world.agreements / "example-2570" / "surveys" / f"{SURVEY}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    found, _ = checking.check(world, [world.agreements])
    assert all(fault.location.line == line for fault in errors(found))
    return [(f.location.path.name, f.location.line - line, f.message) for f in errors(found)]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("- แบบสำรวจความเห็น", '- "[[unit]]" # ', "[[unit]]"),
        ("- แบบสำรวจความเห็น", '- "[[service|งาน]]" # ', "[[service|งาน]]"),
        ("thanks: ", "thanks: '[[agency]]' # ", "[[agency]]"),
        ("heading: ", "heading: '[[ชื่อ]]' # ", "[[ชื่อ]]"),
    ],
)
def test_brackets_where_nothing_fills_them(tmp_path: Path, old: str, new: str, name: str) -> None:
    which = "place, sender, purpose, privacy and hand_in"
    said = f"nothing fills {name} here: of a questionnaire's texts only {which} are filled"
    assert faults(tmp_path, old, new) == [(f"{SURVEY}.yaml", 0, said)]


@pytest.mark.parametrize("key", ["sender", "privacy", "hand_in"])
def test_what_stands_around_the_questions_is_filled(tmp_path: Path, key: str) -> None:
    assert faults(tmp_path, f"{key}: ", f'{key}: "[[unit|กอง]] [[service]] [[year]]" # ') == []


def test_a_blank_around_the_questions_is_declared(tmp_path: Path) -> None:
    ((name, line, said),) = faults(tmp_path, "hand_in: ", 'hand_in: "[[sevice]]" # ')
    assert (name, line) == (f"{SURVEY}.yaml", 0)
    assert "[[sevice]]" in said


def test_the_place_is_filled(tmp_path: Path) -> None:
    assert faults(tmp_path, "[[service]]", "[[agency]] [[year]] [[service]]") == []

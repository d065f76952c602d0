"""Counted answers that a person wrote or changed: what can't have been answered is a fault."""

from pathlib import Path

import pytest

from generator.api import checking
from generator.diagnostics import errors
from support.answered import ANSWERS, UNIT, WRITTEN, workspace


def faults(folder: Path, answers: str) -> list[tuple[int, str]]:
    world = workspace(folder, answers)
    found, _ = checking.check(world, [world.root / "agreements"])
    return [(f.location.line, f.message) for f in errors(found)]


def test_answers_in_order(tmp_path: Path) -> None:
    assert faults(tmp_path, WRITTEN) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("age: {20: 1,", "age: {สิบ: 1,", 6, "'สิบ' is no number from 1 to 120"),
        ("age: {20: 1,", "age: {130: 1,", 6, "'130' is no number from 1 to 120"),
        ("who: {citizen: 200", "who: {citizens: 200", 5, "'who' has no answer 'citizens'"),
        ("who: {citizen: 200", "who: {citizen: -1", 5, "318 respondents can't answer -1 times"),
        ("who: {citizen: 200", "who: {citizen: 300", 5, "318 respondents can't answer 400 times"),
        ("quick: {1: 6", "quik: {1: 6", 7, "the survey has no item 'quik'"),
        ("dissatisfied: 30", "dissatisfied: 319", 10, "319 of 318 respondents can't be"),
        ("  citizen: {n: 200", "  nobody: {n: 200", 12, "the survey has no group 'nobody'"),
        (
            "{n: 200, items: {quick: {5: 10}}}",
            "{n: 9, items: {quick: {5: 10}}}",
            12,
            "9 respondents",
        ),
        ("  issue1_text:", "  issue1:", 18, "nothing can be written at 'issue1'"),
        ("level: 5, times: 2", "level: 6, times: 2", 19, "words are written at least once"),
        ("level: 5, times: 2", "level: 5, times: 0", 19, "words are written at least once"),
    ],
)
def test_what_can_not_have_been_answered(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in WRITTEN
    found = faults(tmp_path, WRITTEN.replace(old, new, 1))
    assert found
    assert all(place == line for place, _ in found)
    assert found[0][1].startswith(message)


def test_answers_of_another_round_year_or_unit(tmp_path: Path) -> None:
    assert faults(tmp_path / "a", ANSWERS.replace("2570", "2569", 1))[0][1].startswith(
        "these are answers of 2569"
    )
    world = workspace(tmp_path / "b")
    folder = world.root / "agreements" / "example-2570" / "answers"
    (folder / "2").rename(folder / "9")
    (folder / "9" / UNIT).rename(folder / "9" / "ใคร")
    found, _ = checking.check(world, [world.root / "agreements"])
    assert [f.message for f in errors(found)] == [
        "there is no round '9'",
        "there is no unit 'ใคร'",
    ]

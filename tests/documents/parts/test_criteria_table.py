"""The table of criteria: which rounds stand side by side, and which below each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.documents import building, inputs
from generator.documents.agreement import Agreement
from generator.documents.parts import cells, criteria_table, widths
from generator.documents.parts.widths import LANDSCAPE
from generator.typesetting import columns
from generator.typesetting.columns import Setting
from support.extremes import EXTREMES, UNIT
from support.making import WORLD
from support.scored import agency

MONTHS = tuple(f"m{n}" for n in range(1, 13))


def listed(*ids: str, form: str = "") -> str:
    days = "start: 1 ต.ค. 2565, end: 30 ก.ย. 2566"
    rounds = "".join(f"  - {{id: {name}, name: {name}, {days}}}\n" for name in ids)
    return f"rounds:\n{rounds}" + (f"form: {{rounds: {form}}}\n" if form else "")


def beside(text: str) -> list[list[str]]:
    found = agency(text)
    return [[r.id for r in group] for group in criteria_table.side_by_side(found, found.rounds)]


@pytest.mark.parametrize(
    ("ids", "form", "groups"),
    [
        ("a", "", [["a"]]),
        ("ab", "", [["a", "b"]]),
        ("abc", "", [["a", "b"], ["c"]]),
        ("abcd", "", [["a", "b"], ["c", "d"]]),
        ("abcd", "[[a, b, c, d]]", [["a", "b", "c", "d"]]),
        ("abcd", "[[a], [b, c], [d]]", [["a"], ["b", "c"], ["d"]]),
        # The form speaks of other units' rounds.
        ("abc", "[[x, y]]", [["a", "b"], ["c"]]),
    ],
)
def test_the_form_says_which_stand_side_by_side(
    ids: str, form: str, groups: list[list[str]]
) -> None:
    assert beside(listed(*ids, form=form)) == groups


def test_twelve_months_stand_two_and_two() -> None:
    assert [len(group) for group in beside(listed(*MONTHS))] == [2] * 6


@pytest.mark.parametrize(("words", "room"), [("70", True), ("ต่ำกว่าร้อยละ 70", False)])
def test_four_rounds_fit_where_no_word_would_break(words: str, *, room: bool) -> None:
    row = ["ชื่อตัวชี้วัด", *(["", *([words] * 5)] * 4)]
    setting = Setting(WORLD.lettering, cells.DENSE, LANDSCAPE)
    found = columns.fitting(widths.measured([row]), widths.enlarged(setting))
    assert (found is not None) is room


@pytest.mark.parametrize("called", ["ต้องปรับปรุงระดับ", ""])
def test_heads_stand_upright_only_where_rounds_have_no_room_else(
    called: str, tmp_path: Path
) -> None:
    """Both rounds then still stand side by side; a total has the room that it needs."""
    extreme = replace(EXTREMES["ten levels, named"], indicators=2, called_levels=called)
    found = lookup.find(replace(extreme.workspace(tmp_path), face=WORLD.face), UNIT)
    origin = inputs.find_input("agreement", found, DocumentOptions(sheets=False))
    made = building.build(WORLD, origin).context
    assert isinstance(made, Agreement)
    assert made.criteria is not None
    assert made.summary is not None
    assert [bool(table.turned) for table in made.criteria.blocks] == [bool(called)]
    assert [bool(table.turned) for table in made.summary.blocks] == [bool(called)]
    assert len(made.criteria.rounds) == 2
    setting = Setting(WORLD.lettering, widths.SMALL, LANDSCAPE)
    needed = setting.paragraph(made.criteria.totals[0]).longest * setting.scale
    assert made.criteria.widths[1] * LANDSCAPE / 100 > needed

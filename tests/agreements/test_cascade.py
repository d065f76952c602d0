"""Indicators come down: what is taken over, and the chain from the department to a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import api
from generator.agreements import cascade, lookup
from generator.agreements.cascade import CascadeLink
from generator.errors import DataError, ExitCode, UsageError
from generator.model import UnitIndicator
from support.command import gen
from support.making import WORLD
from support.reading import copy_agency, errors_in, read_all

DIVISION = """\
name: กองที่สาม
level: division
parent: หนึ่ง
indicators:
  - use: budget
    component: function
    derive: หนึ่ง
    blanks: {owner: กองที่สาม}
    override: {measure: บาท}
  - use: energy
    id: power
    component: potential
    weight: {1: 30, 2: 30}
    derive: {from: หนึ่ง, indicator: energy}
"""
PERSON = """\
level: person
parent: สาม
indicators:
  - {derive: {from: สาม, indicator: budget}, component: function, weight: 40}
  - derive: {from: สาม, indicator: power}
    id: mine
    component: potential
    override: {name: ประหยัดไฟ}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = copy_agency(tmp_path)
    (made / "สาม.yaml").write_text(DIVISION, "utf-8")
    (made / "สี่.yaml").write_text(PERSON, "utf-8")
    return made


def items(folder: Path, unit: str) -> dict[str, UnitIndicator]:
    found = next(file for file in read_all(folder)[1] if file.id == unit)
    return {item.key: item for item in found.items}


def test_what_is_taken_over_is_what_the_other_unit_has(folder: Path) -> None:
    assert errors_in(folder) == []
    lent, taken = items(folder, "สาม")["budget"], items(folder, "สี่")["budget"]
    assert taken.indicator == lent.indicator
    assert taken.indicator.measure == "บาท"
    assert "กองที่สาม" in taken.indicator.name
    assert taken.open_blanks == ()
    assert taken.use.weight != lent.use.weight


def test_own_blanks_variants_and_overrides_go_over_it(folder: Path) -> None:
    person = folder / "สี่.yaml"
    more = "weight: 40, blanks: {owner: ข้าพเจ้า}, override: {criteria: {2: {decimals: 1}}}}"
    person.write_text(PERSON.replace("weight: 40}", more), "utf-8")
    budget = folder / "indicators" / "budget.yaml"
    text = budget.read_text("utf-8")
    budget.write_text(
        text.replace("variants:\n", "variants:\n  person: {source: สมุดของตน}\n"), "utf-8"
    )
    assert errors_in(folder) == []
    lent, taken = items(folder, "สาม")["budget"].indicator, items(folder, "สี่")["budget"].indicator
    assert "ข้าพเจ้า" in taken.name
    assert "กองที่สาม" in lent.name
    assert (taken.source, taken.measure) == ("สมุดของตน", "บาท")
    assert lent.source != "สมุดของตน"
    (one, other) = (found.criteria_of("2") for found in (taken, lent))
    assert one is not None
    assert other is not None
    assert one.decimals == 1
    assert one.levels == other.levels


def test_the_chain_is_read_from_the_top(folder: Path) -> None:
    top, beside = cascade.trace(read_all(folder)[1], "energy")
    assert chain(top) == [("หนึ่ง", "energy"), ("สาม", "power"), ("สี่", "mine")]
    # สอง borrows the result of หนึ่ง, but its indicator isn't said to derive from it.
    assert chain(beside) == [("สอง", "energy")]


def test_a_unit_sees_its_own_line_and_all_below(folder: Path) -> None:
    beside = folder / "ห้า.yaml"
    beside.write_text(PERSON.replace("id: mine", "id: other"), "utf-8")
    units = read_all(folder)[1]
    whole, _ = cascade.trace(units, "energy")
    assert [link.unit for link in whole.below[0].below] == ["สี่", "ห้า"]
    (of_one,) = cascade.trace(units, "mine", "สี่")
    assert chain(of_one) == [("หนึ่ง", "energy"), ("สาม", "power"), ("สี่", "mine")]
    (of_division,) = cascade.trace(units, "power", "สาม")
    assert [link.unit for link in of_division.below[0].below] == ["สี่", "ห้า"]


def chain(link: CascadeLink) -> list[tuple[str, str]]:
    """The first line down a tree."""
    rest = chain(link.below[0]) if link.below else []
    return [(link.unit, link.indicator), *rest]


def test_the_tree_in_the_terminal(folder: Path) -> None:
    top, _ = cascade.trace(read_all(folder)[1], "energy")
    assert list(cascade.lines([top])) == [
        top.name,
        "กตย. กรมตัวอย่าง (กรม) weight 30",
        "└─ สาม กองที่สาม (กอง) [power] weight round 1 30, round 2 30",
        "   └─ สี่ (บุคคล) [mine] no weight yet",
        "         ประหยัดไฟ",
    ]


def test_the_shipped_chain() -> None:
    (top,) = api.cascade.trace(lookup.find(WORLD, "นิคมสร้างตนเอง"), "bcg")
    assert chain(top) == [("พส", "bcg"), ("กพพ", "bcg"), ("นิคมสร้างตนเอง", "bcg")]


def test_an_unknown_indicator_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="the unit has no indicator 'bcgg'") as error:
        api.cascade.trace(lookup.find(WORLD, "กพพ"), "bcgg")
    assert "'bcg'" in error.value.hint
    with pytest.raises(UsageError, match="no unit has an indicator 'bcgg'"):
        api.cascade.trace(lookup.find(WORLD, "dsdw-2566"), "bcgg")


def test_a_circle_is_refused(folder: Path) -> None:
    (folder / "สาม.yaml").write_text(
        "level: division\nindicators:\n"
        "  - {use: energy, component: potential, derive: {from: สี่, indicator: mine}}\n",
        "utf-8",
    )
    with pytest.raises(DataError):
        api.cascade.trace(lookup.find(WORLD, str(folder)), "energy")


def test_the_command() -> None:
    done = gen("framework", "dsdw-2566", "--trace", "alerts")
    assert done.returncode == ExitCode.DONE
    assert done.stdout.splitlines()[1].startswith("พส. กรมพัฒนาสังคมและสวัสดิการ (กรม)")
    assert "├─ กพพ." in done.stdout or "└─ กพพ." in done.stdout
    (top,) = json.loads(gen("framework", "กพพ", "--trace", "alerts", "--json").stdout)
    assert (top["unit"], top["weight"], top["below"][0]["unit"]) == ("พส", {"all": "15"}, "กพพ")

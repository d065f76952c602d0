"""The agency's summary: every unit once, by level, and counts that add up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.parts import heat_map
from generator.documents.parts.heat_map import HeatCell, HeatMap, HeatRow
from generator.documents.parts.unit_counts import Counted, count_tables
from generator.documents.summary import AgencySummary
from generator.typesetting import columns
from generator.typesetting.lettering import Lettering
from generator.workspace.environment import Workspace
from support.contexts import context as of_shipped
from support.making import ROOT

CRITERIA = """\
      criteria:
        all:
          read: points
          levels: {1: "60", 2: "65", 3: "70", 4: "75", 5: "80"}
"""


def unit(level: str, name: str, *indicators: str, more: str = "") -> str:
    """A unit's file; each indicator is its own, all weigh the same (nothing: no weight)."""
    rows = "".join(
        f"  - id: {key}\n    component: {part}\n{weight}    define:\n      name: ตัวชี้วัด {key}\n"
        + CRITERIA
        for key, part, weight in (
            (key.strip("?"), part, "" if key.endswith("?") else f"    weight: {share}\n")
            for key, part, share in zip(
                indicators, ("performance", "potential"), (70, 30), strict=False
            )
        )
    )
    return f"name: {name}\nlevel: {level}\n{more}" + (f"indicators:\n{rows}" if rows else "")


UNITS = {
    "กรม": unit("department", "กรมทดสอบ", "a", "b"),
    "กอง-1": unit("division", "กองหนึ่ง", "a", "b"),
    "กอง-2": unit("division", "กองสอง", "a", "b"),
    "กอง-3": unit("division", "กองสาม", "a", "b"),
    "กลุ่ม": unit("section", "กลุ่มตรวจสอบ", "a", "b"),
    "สนาม-1": unit("field", "ศูนย์หนึ่ง", "c", "d"),
    "สนาม-2": unit("field", "ศูนย์สอง", "c", "d"),
    "สนาม-3": unit("field", "ศูนย์สาม", "c?", "d?"),
    "สนาม-4": unit("field", "ศูนย์สี่"),
    "คน": "name: ผู้หนึ่ง\nlevel: person\nparent: กอง-1\n",
    "คน-2": "name: ผู้สอง\nlevel: person\nparent: กอง-1\n",
}
RESULTS = {
    "กรม": {"a": 70, "b": 80},
    "กอง-1": {"a": 60, "b": 60},
    "กอง-2": {"a": 80, "b": 80},
    "สนาม-1": {"c": 65, "d": 65},
    "สนาม-2": {"c": 80},
    "สนาม-3": {"c": 80, "d": 70},
}
SHOWN = {"กรมทดสอบ", "กองหนึ่ง", "กองสอง", "กองสาม", "กลุ่มตรวจสอบ"} | {
    f"ศูนย์{number}" for number in ("หนึ่ง", "สอง", "สาม", "สี่")
}


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    """A workspace with an agency of all levels, reported in part."""
    folder = tmp_path / "agreements" / "all-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    shutil.rmtree(folder / "results")
    for path in folder.glob("ตัวอย่าง-*.yaml"):
        path.unlink()
    for name, text in UNITS.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    (folder / "results" / "2").mkdir(parents=True)
    for name, values in RESULTS.items():
        rows = "".join(f"  {key}: {{value: {value}}}\n" for key, value in values.items())
        path = folder / "results" / "2" / f"{name}.yaml"
        path.write_text(f"fiscal_year: 2570\nresults:\n{rows}", "utf-8")
    return Workspace(tmp_path, {})


def built(world: Workspace) -> AgencySummary:
    found = lookup.find(world, "all-2570")
    origin = inputs.find_input("summary", found, DocumentOptions(round="2"))
    made: AgencySummary = building.build(world, origin).context
    return made


def test_each_unit_stands_somewhere_and_is_counted_once(world: Workspace) -> None:
    made = built(world)
    ranked = [row.unit for tier in made.ranking.tiers for row in tier.rows]
    listed = [name for part in made.listed for name in part.units.split(", ")]
    assert {*ranked, *listed} == SHOWN
    assert len(ranked) == len(set(ranked))
    (counts,) = made.counts
    assert [row.units[-1] for row in counts.rows] == ["1", "3", "1", "4"]
    states, grades = (len(group.names) for group in counts.groups)
    assert (states, grades) == (4, 5)
    for row in (*counts.rows, counts.total):
        numbers = list(map(int, row.units))
        assert sum(numbers[:states]) == sum(numbers[states:-1]) == numbers[-1]
    assert counts.total.units == ("4", "2", "2", "1", *counts.total.units[4:8], "5", "9")
    assert counts.rows[-1].units[:4] == ("1", "2", "0", "1")
    assert "บุคคล 2 คน" in made.persons
    assert [(part.heading, len(part.units.split(", "))) for part in made.listed] == [
        ("หน่วยงานที่ยังไม่ได้รายงานผล", 2),
        ("ไม่มีตัวชี้วัดที่นับคะแนน", 1),
    ]


def test_units_are_ranked_among_their_level(world: Workspace) -> None:
    made = built(world)
    found = {tier.heading: [(r.place, r.unit) for r in tier.rows] for tier in made.ranking.tiers}
    assert found == {
        "กรม": [("1", "กรมทดสอบ")],
        "กอง": [("1", "กองสอง"), ("2", "กองหนึ่ง"), ("", "กองสาม")],
        "กลุ่ม/ฝ่าย": [("", "กลุ่มตรวจสอบ")],
        "หน่วยงาน": [("1", "ศูนย์หนึ่ง"), ("(2)", "ศูนย์สอง"), ("", "ศูนย์สาม")],
    }
    (without,) = (r for t in made.ranking.tiers for r in t.rows if r.unit == "ศูนย์สาม")
    assert "2" in without.open, "two indicators have no weight"


def test_one_legend_numbers_the_indicators_of_all_levels(world: Workspace) -> None:
    made = built(world)
    assert [line.partition(". ")[0] for line in made.legend] == ["1", "2", "3", "4"]
    numbers = {heat.level: heat.numbers for heat in made.heats}
    assert numbers["กรม"] == numbers["กอง"] == ("1", "2")
    assert numbers["หน่วยงาน"] == ("3", "4")


def test_the_agencys_own_words_for_levels(world: Workspace) -> None:
    path = world.agreements / "all-2570" / "wording.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\nsummary:\n  levels: {{field: ศูนย์}}\n", "utf-8")
    assert built(world).ranking.tiers[-1].heading == "ศูนย์"


def test_a_unit_of_several_totals_is_counted_apart(world: Workspace) -> None:
    path = world.agreements / "all-2570" / "กอง-1.yaml"
    pools = (
        "components:\n  - {id: performance, name: ส่วนแรก, weight: 100}\n"
        "  - {id: potential, name: ส่วนหลัง, weight: 100}\n"
    )
    text = unit("division", "กองหนึ่ง", "a", "b", more=pools)
    path.write_text(text.replace("weight: 70", "weight: 100").replace("weight: 30", "weight: 100"))
    (counts,) = built(world).counts
    assert len(counts.groups[0].names) == 5
    assert counts.rows[1].units[:5] == ("1", "1", "0", "1", "0")
    assert counts.total.units[-1] == "9"


def test_indicators_that_have_no_room_go_on_in_a_further_table(world: Workspace) -> None:
    """As many columns in each; no score is lost and none stands twice."""
    setting = columns.Setting(Lettering(), 11.0, 16.0)
    cells = tuple(HeatCell(f"{n}.00", 5) for n in range(1, 26))
    whole = HeatMap("", "หน่วยงาน", "ตัวชี้วัด", tuple(map(str, range(1, 26))), (HeatRow("ก", cells),))
    parts = list(heat_map.fitted(whole, setting))
    assert [len(part.numbers) for part in parts] == [13, 12]
    assert sum((part.numbers for part in parts), ()) == whole.numbers
    assert sum((part.rows[0].cells for part in parts), ()) == cells
    assert all(sum(part.widths) < 113 for part in parts), "the margins hold no more"


def test_counts_that_have_no_room_side_by_side_stand_below_each_other() -> None:
    setting = columns.Setting(Lettering(), 11.0, 16.0)
    kinds = {str(n): "satisfactory" for n in range(9)}
    of = {"ก": "0", "ข": "1"}
    counted = [Counted("สถานะ", kinds, of), Counted("ผล", kinds, of)]
    tables = list(count_tables("หน่วยงาน", "รวม", {"กอง": ["ก", "ข"]}, counted, setting, str))
    assert [len(table.groups) for table in tables] == [1, 1]
    assert {table.total.units[-1] for table in tables} == {"2"}


def test_both_formats_say_the_same_of_it(world: Workspace) -> None:
    files = documents.make(
        world, "summary", lookup.find(world, "all-2570"), options=DocumentOptions(round="2")
    )
    assert len(files.files) == 2


def test_the_shipped_agencys_units_add_up() -> None:
    made = of_shipped("dsdw-2566", "2")
    assert isinstance(made, AgencySummary)
    units = list((ROOT / "agreements" / "dsdw-2566").glob("*.yaml"))
    persons = 1
    assert {counts.total.units[-1] for counts in made.counts} == {str(len(units) - 2 - persons)}

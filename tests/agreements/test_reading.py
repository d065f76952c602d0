"""From nodes to models: where a fault is shown, and in which order things are laid over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.agreements.blanks import fill_blanks
from generator.agreements.model_faults import model_at, to_model
from generator.agreements.reading import read_agency, read_form, read_unit
from generator.agreements.yaml_tree import Node, Plain, parse
from generator.model import (
    Agency,
    Component,
    Condition,
    Criteria,
    CriteriaPart,
    Indicator,
    LevelMark,
    Party,
    Result,
    ResultOf,
    Results,
    Round,
    ScaleLevel,
    Unit,
    Use,
    Value,
    Wording,
)
from generator.model.results import PartResult
from support.reading import VALID, copy_agency


def node_of(text: str, name: str = "x.yaml") -> Node:
    node = parse(Path(name), text.encode()).node
    assert node is not None
    return node


def faults_of(text: str, model: type[BaseModel]) -> list[str]:
    value, faults = to_model(node_of(text), model)
    assert (value is None) == bool(faults)
    return [fault.shown() for fault in faults]


def indicator_of(folder: Path, unit: str, key: str) -> Indicator:
    """An indicator as a unit uses it, read without any fault."""
    read = read_unit(read_agency(folder), folder / f"{unit}.yaml")
    assert read.faults == ()
    return next(one.item.indicator for one in read.indicators if one.item.key == key)


# Places and hints of faults


@pytest.mark.parametrize(
    ("model", "text", "shown"),
    [
        (Party, "name: [ก]", "x.yaml:1:7: error: text is expected here, not a list"),
        (Party, "nmae: ก", "x.yaml:1:1: error: unknown key 'nmae'\n  hint: did you mean 'name'?"),
        (
            Unit,
            "level: division\nassessees:\n  - {name: ก}\n  - {rank: ข}",
            "x.yaml:4:6: error: unknown key 'rank'\n  hint: known: name, position",
        ),
        (
            Unit,
            "name: ก",
            "x.yaml:1:1: error: the key 'level' is missing\n"
            "  hint: กรม, กอง, กลุ่ม/ฝ่าย, หน่วยงาน, บุคคล",
        ),
        (
            Unit,
            "level: divison",
            "x.yaml:1:8: error: one of department, division, section, field, person "
            "is expected here, not 'divison'\n  hint: did you mean 'division'?",
        ),
        (
            Unit,
            "level: division\nindicators:\n  - component: c\n    use: u\n    result: mine",
            "x.yaml:5:13: error: 'own', {from: unit} or {mean_of: table.column} "
            "is expected here, not 'mine'",
        ),
        (
            Unit,
            "level: division\nindicators: [{use: u, component: c, result: {form: x}}]",
            "x.yaml:2:46: error: unknown key 'form'\n  hint: did you mean 'from'?",
        ),
        (
            Unit,
            "level: division\nindicators: [{use: u, component: c, weight: {1: 5, 2: }}]",
            "x.yaml:2:55: error: a number is expected here, not nothing",
        ),
        (
            Indicator,
            "name: ก\nbaselines: [{years: {2564: {txt: ก}}}]",
            "x.yaml:2:29: error: unknown key 'txt'\n  hint: did you mean 'text'?",
        ),
        (
            Indicator,
            "name: ก\nbaselines: [{years: {2021: ก}}]",
            "x.yaml:2:22: error: a year of the Buddhist Era (such as 2566) "
            "is expected here, not '2021'",
        ),
        (
            Indicator,
            "name: ก\ncriteria: {all: {levels: {1: {all: [{at_least: 5}, {at_lest: 6}]}}}}",
            "x.yaml:2:30: error: the key 'text' is missing\n"
            "  hint: the words in the level's cell; '-' can't be earned, '...' is still open",
        ),
        (
            Indicator,
            "name: ก\nvalue: {lookups: {a: {of: x, rows: []}}}",
            "x.yaml:2:36: error: at least 1 must stand here",
        ),
        (
            Indicator,
            "name: ก\nvalue: {inputs: {a: {name: ก, monthly: perhaps}}}",
            "x.yaml:2:40: error: true or false is expected here, not 'perhaps'",
        ),
        (
            Criteria,
            "decimals: two",
            "x.yaml:1:11: error: a whole number or 'none' is expected here, not 'two'",
        ),
        (
            Results,
            "fiscal_year: 2566\nresults: {a: {inputs: {x: much}}}",
            "x.yaml:2:27: error: a number or a mapping (key: value) is expected here, not 'much'",
        ),
        (Round, "- 1", "x.yaml:1:1: error: a mapping (key: value) is expected here, not a list"),
        (
            Party,
            "name: " + "ก" * 20_001,
            "x.yaml:1:7: error: the text is 20001 characters long; at most 20000 fit",
        ),
        (
            Party,
            "[[owner]]",
            "x.yaml:1:1: error: a mapping (key: value) is expected here, not a list",
        ),
        (
            Party,
            "name: [[owner]]",
            "x.yaml:1:7: error: text is expected here, not a list\n"
            "  hint: put text that begins with [ in quotes",
        ),
    ],
)
def test_a_fault_is_shown_where_it_was_written(
    model: type[BaseModel], text: str, shown: str
) -> None:
    found = faults_of(text, model)
    assert shown in (found if "hint" in shown else [one.partition("\n")[0] for one in found])


def test_one_mistake_is_one_fault() -> None:
    months = "fiscal_year: 2566\nresults: {a: {inputs: {x: {ต.ค.: 1, พ.ย.: much, ธ.ค.: more}}}}"
    assert faults_of(months, Results) == [
        "x.yaml:2:43: error: a number is expected here, not 'much'",
        "x.yaml:2:55: error: a number is expected here, not 'more'",
    ]


def test_a_key_that_looks_like_a_kind_of_value_is_a_key() -> None:
    assert faults_of('"a[b]": 1\nc: {d: 2}\n"e[f]": {g: 3}\n', Party) == [
        "x.yaml:1:1: error: unknown key 'a[b]'\n  hint: known: name, position",
        "x.yaml:2:1: error: unknown key 'c'\n  hint: known: name, position",
        "x.yaml:3:1: error: unknown key 'e[f]'\n  hint: known: name, position",
    ]


def test_all_faults_of_a_model_come_at_once() -> None:
    text = "name: [ก]\nkind: many\nmeasur: วัน\ncriteria: {4.5: {}}\nperiod: {start: x}\n"
    assert [line.split(": error: ")[0] for line in faults_of(text, Indicator)] == [
        "x.yaml:1:7",
        "x.yaml:2:7",
        "x.yaml:4:12",
        "x.yaml:5:17",
        "x.yaml:5:9",
        "x.yaml:3:1",
    ]


def test_long_text_is_cut_in_a_message() -> None:
    assert faults_of(f"start: {'9' * 50}\nend: 2566-01-01\nid: 1\nname: ก", Round) == [
        "x.yaml:1:8: error: a date (such as 1 ตุลาคม 2565, 1 ต.ค. 2565 or 2565-10-01) "
        f"is expected here, not '{'9' * 40}…'"
    ]


def test_numbers_are_exact_and_understand_thai_digits() -> None:
    text = "at_least: ๗๔.๙๙๕"
    assert to_model(node_of(text), Condition)[0] == Condition(at_least=Decimal("74.995"))
    assert to_model(node_of("at_least: 1,234,567.10"), Condition)[0] == Condition(
        at_least=Decimal("1234567.10")
    )


@pytest.mark.parametrize(
    "typed", ["NaN", "1e400", ".inf", "-.inf", "0x10", "1_000", "5%", "1.", ""]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert len(faults_of(f"at_least: '{typed}'", Condition)) == 1


# The model that stands at a path


@pytest.mark.parametrize(
    ("model", "path", "found"),
    [
        (Agency, (), Agency),
        (Agency, ("rounds", 0), Round),
        (Agency, ("scales", "five", "levels", 3), ScaleLevel),
        (Agency, ("components", 0, "components", 1), Component),
        (Agency, ("form", "indicators", 0), Use),
        (Unit, ("indicators", 2, "result"), ResultOf),
        (Unit, ("assessors", 0), Party),
        (Unit, ("components", 0), Component),
        (Indicator, ("criteria", "1", "levels", "5"), LevelMark),
        (Indicator, ("criteria", "all", "levels", "5", "any", 0), Condition),
        (Indicator, ("criteria", "all", "parts", 0), CriteriaPart),
        (Indicator, ("criteria", "all", "parts", 0, "value"), Value),
        (Results, ("results", "energy"), Result),
        (Results, ("results", "energy", "parts", "a"), PartResult),
        (Wording, ("agreement",), Wording.model_fields["agreement"].annotation),
        (Agency, ("name",), None),
        (Agency, ("nothing",), None),
        (Agency, ("name", "nothing"), None),
        (Unit, ("indicators", 0, "result", "from"), None),
        (Unit, ("indicators", 0, "override"), None),
        (Results, ("results", "energy", "inputs", "a"), None),
    ],
)
def test_model_at(
    model: type[BaseModel], path: tuple[str | int, ...], found: type[BaseModel] | None
) -> None:
    assert model_at(model, path) is found


# Blanks


def filled(indicator: str, use: str) -> tuple[Plain, tuple[str, ...], list[str]]:
    node, missing, faults = fill_blanks(node_of(indicator), node_of(use, "u.yaml"))
    return node.plain(), missing, [fault.shown() for fault in faults]


def test_a_blank_is_filled_wherever_it_stands() -> None:
    indicator = (
        'name: "งานของ[[owner]]"\n'
        'source: "[[owner]] และ [[owner|....]]"\n'
        'criteria: {all: {levels: {1: "[[n]] เรื่อง", 2: {text: "[[n]][[n]]"}}}}\n'
        'supervisors: [{name: "[[owner]]"}]\n'
        "blanks: {owner: ชื่อหน่วยงาน, n: จำนวน}\n"
    )
    assert filled(indicator, "blanks: {owner: กรม, n: 5}") == (
        {
            "name": "งานของกรม",
            "source": "กรม และ กรม",
            "criteria": {"all": {"levels": {"1": "5 เรื่อง", "2": {"text": "55"}}}},
            "supervisors": [{"name": "กรม"}],
        },
        (),
        [],
    )


@pytest.mark.parametrize(
    "value", ["[[b]]", "[[owner]]", "{{ 7*7 }}", "{% raw %}", r"\1 \g<0>", "<b>&", "[[", "]]"]
)
def test_what_is_filled_in_is_not_looked_at_again(value: str) -> None:
    indicator = 'name: "[[owner]]/[[b]]"\nblanks: {owner: ก, b: ข}\n'
    plain, missing, faults = filled(indicator, f"blanks: {{owner: '{value}', b: ค}}")
    assert (plain, missing, faults) == ({"name": f"{value}/ค"}, (), [])


def test_an_open_blank_prints_what_stands_for_it() -> None:
    indicator = 'name: "[[a]] [[a|....]] [[b]] [[b|]]"\nblanks: {a: ระบุหน่วยงาน, b: }\n'
    assert filled(indicator, "{}") == (
        {"name": "ระบุหน่วยงาน .... ........ ........"},
        ("a", "b"),
        [],
    )


def test_blanks_have_to_be_declared() -> None:
    assert filled('name: "[[ownr]]"\nblanks: {owner: ก}', "blanks: {onwer: ข}")[2] == [
        "u.yaml:1:10: error: the blank 'onwer' is not declared by the indicator\n"
        "  hint: did you mean 'owner'?",
        "x.yaml:1:7: error: the blank [[ownr]] is not declared\n  hint: did you mean 'owner'?",
    ]
    assert filled('name: "[[owner]]"', "{}")[2] == [
        "x.yaml:1:7: error: the blank [[owner]] is not declared\n"
        "  hint: declare it: blanks: {owner: what to write there}"
    ]


def test_what_only_looks_like_a_blank_is_text() -> None:
    text = "[owner] [[]] [[a\nb]] [[ก[ข]] x[[ {{owner}}"
    quoted = text.replace("\n", r"\n")
    assert filled(f'name: "{quoted}"', "{}") == ({"name": text}, (), [])


# Extends, variants, overrides: in this order, the later the stronger

BASE = """
name: ฐาน
measure: ฐาน
source: ฐาน
collection: ฐาน
conditions: ฐาน
supervisors: [{name: ฐาน, position: ฐาน}]
criteria: {all: {levels: {ขั้นต้น: ฐาน, มาตรฐาน: ฐาน, ขั้นสูง: ฐาน}}}
variants:
  division: {collection: กองของฐาน, conditions: กองของฐาน}
  field: {measure: หน่วยงาน}
"""
NEXT = """
extends: base
name: ต่อยอด
source: "ต่อยอดโดย[[owner]]"
criteria: {all: {levels: {มาตรฐาน: ต่อยอด}}}
variants:
  division: {conditions: กอง, supervisors: [{name: กอง}], names: {tables: "ตาราง[[owner]]"}}
blanks: {owner: ชื่อหน่วยงาน}
"""
UNIT = """
level: division
indicators:
  - use: next
    component: potential
    blanks: {owner: กองแผน}
    override:
      measure: ร้อยละ
      names: {report: "รายงาน[[owner]]"}
      criteria: {all: {levels: {ขั้นสูง: เฉพาะที่นี่}}}
"""


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    folder = copy_agency(tmp_path)
    (folder / "indicators/base.yaml").write_text(BASE, "utf-8")
    (folder / "indicators/next.yaml").write_text(NEXT, "utf-8")
    (folder / "สาม.yaml").write_text(UNIT, "utf-8")
    return folder


def test_the_later_layer_wins_key_by_key(layers: Path) -> None:
    indicator = indicator_of(layers, "สาม", "next")
    assert indicator.name == "ต่อยอด"
    assert indicator.source == "ต่อยอดโดยกองแผน"
    assert indicator.collection == "กองของฐาน"
    assert indicator.conditions == "กอง"
    assert indicator.measure == "ร้อยละ"
    assert (indicator.names.tables, indicator.names.report) == ("ตารางกองแผน", "รายงานกองแผน")
    levels = indicator.criteria["all"].levels
    assert {name: level.text for name, level in levels.items()} == {
        "ขั้นต้น": "ฐาน",
        "มาตรฐาน": "ต่อยอด",
        "ขั้นสูง": "เฉพาะที่นี่",
    }


def test_lists_replace(layers: Path) -> None:
    supervisors = indicator_of(layers, "สาม", "next").supervisors
    assert [(one.name, one.position) for one in supervisors] == [("กอง", None)]


def test_a_variant_holds_for_its_level_only(layers: Path) -> None:
    unit = layers / "สาม.yaml"
    unit.write_text(UNIT.replace("level: division", "level: section"), "utf-8")
    indicator = indicator_of(layers, "สาม", "next")
    assert (indicator.collection, indicator.conditions) == ("ฐาน", "ฐาน")
    assert indicator.names.tables is None
    assert indicator.supervisors[0].position == "ฐาน"


def test_an_agencys_indicator_stays_as_it_is(layers: Path) -> None:
    agency = read_agency(layers)
    read_unit(agency, layers / "สาม.yaml")
    following = agency.indicators["next"].model
    assert following is not None
    assert following.measure == "ฐาน"
    assert following.source == "ต่อยอดโดย[[owner]]"
    assert set(following.variants) == {"division", "field"}


def test_a_defined_indicator_extends_one_of_the_agencys(layers: Path) -> None:
    define = "{extends: next, name: ของกองเอง, measure: วัน}"
    text = (
        f"level: division\nindicators:\n  - {{id: own, component: potential, define: {define}}}\n"
    )
    (layers / "สาม.yaml").write_text(text, "utf-8")
    indicator = indicator_of(layers, "สาม", "own")
    assert (indicator.name, indicator.measure) == ("ของกองเอง", "วัน")
    assert (indicator.conditions, indicator.extends) == ("กอง", None)


def test_an_indicator_takes_its_name_over_too(layers: Path) -> None:
    (layers / "indicators/next.yaml").write_text("extends: base\nmeasure: วัน\n", "utf-8")
    file = read_agency(layers).indicators["next"]
    assert file.faults == ()
    assert file.model is not None
    assert (file.model.name, file.model.measure) == ("ฐาน", "วัน")


def test_nothing_takes_a_field_away(layers: Path) -> None:
    (layers / "สาม.yaml").write_text(UNIT.replace("measure: ร้อยละ", "measure: ~"), "utf-8")
    assert indicator_of(layers, "สาม", "next").measure is None


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        (
            "indicators/base.yaml",
            "division: {coll",
            "division: {kind: x, coll",
            "indicators/base.yaml:10:20: error: one of milestone, quantity is expected here",
        ),
        (
            "indicators/next.yaml",
            "tables: ",
            "table: ",
            "indicators/next.yaml:7:67: error: unknown key 'table'",
        ),
        (
            "สาม.yaml",
            "ขั้นสูง: เฉพาะที่นี่",
            "ขั้นสูง: {txt: ก}",
            "สาม.yaml:10:43: error: unknown key 'txt'",
        ),
        (
            "indicators/next.yaml",
            "blanks: {owner: ชื่อหน่วยงาน}",
            "",
            "indicators/next.yaml:4:9: error: the blank [[owner]] is not declared",
        ),
        (
            "indicators/base.yaml",
            "source: ฐาน",
            'collectors: [{name: "[[who]]"}]',
            "indicators/base.yaml:4:21: error: the blank [[who]] is not declared",
        ),
    ],
)
def test_a_fault_of_merged_data_is_shown_where_it_was_written(
    layers: Path, file: str, old: str, new: str, error: str
) -> None:
    path = layers / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    unit = read_unit(read_agency(layers), layers / "สาม.yaml")
    assert any(fault.shown(layers).startswith(error) for fault in unit.faults)


def test_conditions_of_two_layers_do_not_mix_unheard(layers: Path) -> None:
    for name, level in (("base", "{text: ก, at_most: 5}"), ("next", "{at_least: 6}")):
        path = layers / f"indicators/{name}.yaml"
        start = "criteria: {all: {levels: {"
        path.write_text(path.read_text("utf-8").replace(start, f"{start}ขั้นต้น: {level}, "), "utf-8")
    path = layers / "indicators/base.yaml"
    path.write_text(path.read_text("utf-8").replace(", ขั้นต้น: ฐาน", ""), "utf-8")
    faults = read_agency(layers).indicators["next"].faults
    assert [fault.shown(layers) for fault in faults] == [
        "indicators/next.yaml:5:36: error: one condition is expected, not 2 (at_least, at_most)"
    ]


# Files and folders


def test_a_folder_is_read_by_its_parts() -> None:
    agency = read_agency(VALID)
    assert agency.id == "valid"
    assert agency.faults == ()
    assert list(agency.indicators) == ["budget", "energy", "service"]
    assert [path.name for path in agency.unit_paths] == ["สอง.yaml", "หนึ่ง.yaml"]
    assert [path.relative_to(VALID).as_posix() for path in agency.result_paths] == [
        "results/1/หนึ่ง.yaml"
    ]


def test_a_units_open_blanks_are_named(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    (folder / "สาม.yaml").write_text(
        "level: division\nindicators: [{use: budget, component: function}]\n", "utf-8"
    )
    unit = read_unit(read_agency(folder), folder / "สาม.yaml")
    assert unit.faults == ()
    assert unit.indicators[0].item.open_blanks == ("owner",)
    assert unit.indicators[0].item.indicator.name == "ร้อยละการเบิกจ่ายงบประมาณของชื่อหน่วยงาน"


def test_the_blank_form_is_a_unit_in_which_nothing_is_filled_in(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    form = read_form(read_agency(folder))
    assert (form.id, form.faults) == ("blank", ())
    assert (form.unit.name, form.unit.status, form.unit.assessees) == (None, "draft", [])
    assert [one.item.key for one in form.indicators] == ["energy"]


def test_the_blank_forms_faults_are_shown_in_the_agencys_file(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    path = folder / "agency.yaml"
    path.write_text(path.read_text("utf-8").replace("{use: energy,", "{use: enrgy,"), "utf-8")
    form = read_form(read_agency(folder))
    assert [fault.shown(folder) for fault in form.faults] == [
        "agency.yaml:43:13: error: unknown indicator 'enrgy'\n  hint: did you mean 'energy'?"
    ]


def test_a_units_faults_come_at_once_also_from_below_its_uses(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    (folder / "สาม.yaml").write_text(
        "levl: division\n"
        "indicators:\n"
        "  - {use: nobody, component: potential}\n"
        "  - {use: energy, component: potential, override: {measur: วัน}}\n"
        "  - {use: energy, component: a b}\n",
        "utf-8",
    )
    unit = read_unit(read_agency(folder), folder / "สาม.yaml")
    assert unit.file.model is None
    assert unit.indicators == ()
    assert [fault.shown(folder).split("\n")[0] for fault in unit.faults] == [
        "สาม.yaml:1:1: error: unknown key 'levl'",
        "สาม.yaml:3:11: error: unknown indicator 'nobody'",
        "สาม.yaml:4:52: error: unknown key 'measur'",
        "สาม.yaml:5:30: error: 'a b' is no name: one word without spaces, "
        'dots or / \\ : * ? " < > |',
    ]

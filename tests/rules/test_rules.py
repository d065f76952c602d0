"""Rules that the cases of test_invalid don't show: helpers, drafts, a whole agency's settings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator import rules
from generator.agreements.document_names import unit_id
from generator.agreements.files import DataFile, UnitFile
from generator.agreements.reading import read_agency, read_unit
from generator.agreements.yaml_tree import Node
from generator.diagnostics import Location, Severity
from generator.model import Component, Unit, Use
from generator.model.tree import components_of, walk, weight_in
from generator.rules.emblem import MAX_EMBLEM
from generator.workspace.confined import file_name_fault
from support.making import png
from support.reading import copy_agency, errors_in, found_in, read_all

PNG = b"\x89PNG\r\n\x1a\n"
DRAFT = "level: division\nindicators:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_agency(tmp_path)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


# Drafts and finals


def test_a_draft_is_told_what_is_open_and_may_be_printed(folder: Path) -> None:
    put(
        folder / "indicators/x.yaml",
        "name: ก\ncriteria: {1: {levels: {ขั้นต้น: '...', มาตรฐาน: '-', ขั้นสูง: ค}}}\n",
    )
    put(
        folder / "สาม.yaml",
        DRAFT + "  - {use: budget, component: function}\n  - {use: x, component: agenda}\n",
    )
    found = found_in(folder)
    assert {fault.severity for fault in found} == {Severity.WARNING}
    assert [fault.shown(folder) for fault in found] == [
        "indicators/x.yaml:2:34: warning: level ขั้นต้น of indicator 'x' is open",
        "สาม.yaml:3:5: warning: the blank 'owner' of indicator 'budget' is not filled in",
        "สาม.yaml:4:5: warning: the indicator 'x' has no criteria for round 2",
    ]


def test_a_drafts_names_and_weights_may_be_missing(folder: Path) -> None:
    put(folder / "สาม.yaml", DRAFT + "  - {use: energy, component: potential}\n")
    put(folder / "สี่.yaml", "level: person\n")
    assert found_in(folder) == ()


def test_a_component_that_a_draft_leaves_out_is_still_open(folder: Path) -> None:
    put(folder / "สาม.yaml", DRAFT + "  - {use: energy, component: potential, weight: 30}\n")
    assert found_in(folder) == ()
    change(folder / "สาม.yaml", "weight: 30", "weight: 29")
    assert errors_in(folder) == [
        "สาม.yaml:3:49: error: weights of component potential add up to 29, not 30"
    ]


def test_open_criteria_for_all_rounds_are_told_once(folder: Path) -> None:
    change(folder / "indicators/energy.yaml", "ลดลงร้อยละ 5", "'...'")
    agency, (draft, final) = read_all(folder)
    for unit, kind in ((draft, "warning"), (final, "error")):
        assert [fault.shown(folder).split("\n")[0] for fault in rules.check_unit(agency, unit)] == [
            f"indicators/energy.yaml:3:55: {kind}: level มาตรฐาน of indicator 'energy' is open"
        ]


def test_a_final_may_leave_the_day_of_signing_open(folder: Path) -> None:
    change(folder / "หนึ่ง.yaml", "signed: 1 ต.ค. 2565\n", "")
    assert found_in(folder) == ()


def test_the_agencys_assessors_sign_where_a_unit_names_none(folder: Path) -> None:
    change(folder / "agency.yaml", ", position: อธิบดีกรมตัวอย่าง", "")
    assert errors_in(folder) == [
        "หนึ่ง.yaml:1:1: error: the position of assessors 1 is missing",
    ]
    change(folder / "หนึ่ง.yaml", "signed:", "assessors: [{name: ก, position: ข}]\nsigned:")
    assert errors_in(folder) == []


# Weights


def test_a_node_that_does_not_count_is_not_added(folder: Path) -> None:
    tree = (
        "level: division\ncomponents:\n  - id: a\n    name: ก\n    weight: 70\n    components:\n"
        "      - {id: b, name: ข, weight: 70}\n"
        "      - {id: c, name: ค, weight: 55, counts: false}\n"
        "indicators:\n"
    )
    uses = "  - {use: energy, component: b, weight: 70}\n"
    uses += "  - {use: service, component: c, weight: %s}\n"
    put(folder / "สาม.yaml", tree + uses % 55)
    assert errors_in(folder) == []
    put(folder / "สาม.yaml", tree + uses % 50)
    assert errors_in(folder) == [
        "สาม.yaml:11:42: error: weights of component c add up to 50, not 55"
    ]


def test_indicators_may_stand_beside_components(folder: Path) -> None:
    put(
        folder / "สาม.yaml",
        "level: division\ncomponents:\n  - {id: a, name: ก, weight: 10, components: "
        "[{id: b, name: ข, weight: 2.5}]}\nindicators:\n"
        "  - {use: energy, component: b, weight: 2.5}\n"
        "  - {use: service, component: a, weight: 7.5}\n",
    )
    assert errors_in(folder) == []


def test_weights_are_added_exactly(folder: Path) -> None:
    put(
        folder / "สาม.yaml",
        "level: division\nweights_sum: 0.3\n"
        "components: [{id: a, name: ก, weight: 0.3}]\nindicators:\n"
        "  - {use: energy, component: a, weight: 0.1}\n"
        "  - {use: service, component: a, weight: 0.2}\n",
    )
    assert errors_in(folder) == []


@pytest.mark.parametrize(
    ("weights", "whole", "said"),
    [
        (("0.5", "0.5"), "100", "the weights of a, b add up to 1, not to 100"),
        (("60", "55"), "100", "the weights of a, b add up to 115, not to 100"),
        (("50", "50"), "1", "the weights of a, b add up to 100, not to 1"),
        (("0.5", "0.5"), "1", None),
        (("60", "55"), "115", None),
        (("100", "100"), "100", None),
    ],
)
def test_what_counts_at_the_top_adds_up_to_what_is_stated(
    folder: Path, weights: tuple[str, str], whole: str, said: str | None
) -> None:
    put(
        folder / "สาม.yaml",
        f"level: division\nweights_sum: {whole}\ncomponents:\n"
        f"  - {{id: a, name: ก, weight: {weights[0]}}}\n"
        f"  - {{id: b, name: ข, weight: {weights[1]}}}\nindicators:\n"
        f"  - {{use: energy, component: a, weight: {weights[0]}}}\n"
        f"  - {{use: service, component: b, weight: {weights[1]}}}\n",
    )
    assert errors_in(folder) == ([] if said is None else [f"สาม.yaml:4:30: error: {said}"])


def test_an_unweighted_use_leaves_its_components_sum_open(folder: Path) -> None:
    put(
        folder / "สาม.yaml",
        "level: division\nweights_sum: 10\ncomponents:\n  - {id: a, name: ก, weight: 5}\n"
        "  - {id: b, name: ข, weight: 5}\nindicators:\n"
        "  - {use: energy, component: a}\n  - {use: service, component: b, weight: 4}\n",
    )
    assert errors_in(folder) == ["สาม.yaml:8:42: error: weights of component b add up to 4, not 5"]


def test_the_weight_of_a_round_goes_before_the_one_for_all() -> None:
    use = Use.model_validate({"use": "a", "component": "b", "weight": {"1": "10", "all": "20"}})
    assert weight_in(use, "1") == Decimal(10)
    assert weight_in(use, "2") == Decimal(20)
    assert weight_in(use.model_copy(update={"weight": None}), "1") is None
    only = Use.model_validate({"use": "a", "component": "b", "weight": {"2": "10"}})
    assert weight_in(only, "1") is None


def test_the_tree_is_walked_from_the_top() -> None:
    tree = [
        Component(id="a", name="a", components=[Component(id="b", name="b")]),
        Component(id="c", name="c"),
    ]
    assert [component.id for component in walk(tree)] == ["a", "b", "c"]


def test_a_units_own_tree_takes_the_agencys_place(folder: Path) -> None:
    agency, units = read_all(folder)
    assert agency.agency.model is not None
    own = [Component(id="a", name="a")]
    assert components_of(Unit(level="division", components=own), agency.agency.model) == own
    assert components_of(units[0].unit, agency.agency.model) == agency.agency.model.components


# Rounds and scales of the agency


def test_an_agency_of_one_round_has_no_second(folder: Path) -> None:
    change(
        folder / "agency.yaml",
        "  - {id: 2, name: รอบ 12 เดือน, start: 1 ต.ค. 2565, end: 2023-09-30}\n",
        "",
    )
    put(folder / "results/2/หนึ่ง.yaml", "fiscal_year: 2566\n")
    assert errors_in(folder) == [
        "indicators/budget.yaml:16:3: error: there is no round '2'",
        "results/2/หนึ่ง.yaml:1:1: error: there is no round '2'",
        "สอง.yaml:12:18: error: there is no round '2'",
        "สอง.yaml:16:21: error: there is no round '2'",
        "หนึ่ง.yaml:13:55: error: there is no round '2'",
        "หนึ่ง.yaml:14:95: error: there is no round '2'",
    ]


def test_an_unknown_scale_of_the_agency_is_named_once(folder: Path) -> None:
    change(folder / "agency.yaml", "scale: three", "scale: four")
    assert errors_in(folder) == ["agency.yaml:26:8: error: unknown scale 'four'"]


def test_a_units_own_scale_sets_the_levels(folder: Path) -> None:
    define = "{name: ก, criteria: {all: {levels: {1: ก, 2: ข, 3: ค, 4: ง, 5: จ}}}}"
    put(
        folder / "สาม.yaml",
        "level: division\nscale: five\nindicators:\n"
        f"  - {{id: a, component: agenda, define: {define}}}\n"
        "  - {use: budget, component: function, blanks: {owner: ก}}\n"
        "  - {use: energy, component: potential}\n",
    )
    found = errors_in(folder)
    # Two indicators with three levels too few and five too many, and one of another size.
    assert len(found) == 2 * 8 + 1
    assert sum("doesn't fit the unit's tables" in line for line in found) == 1
    assert sum(line.startswith("indicators/budget.yaml:") for line in found) == 2 * 8


# The emblem


def test_an_emblem_is_a_png_beside_the_agencys_file(folder: Path) -> None:
    put(folder / "agency.yaml", (folder / "agency.yaml").read_text("utf-8") + "emblem: ตรา.png\n")
    emblem = folder / "ตรา.png"
    emblem.write_bytes(png(4, 4))
    assert errors_in(folder) == []
    with emblem.open("ab") as file:
        file.truncate(MAX_EMBLEM + 1)
    assert errors_in(folder) == ["agency.yaml:45:9: error: the emblem is larger than 5 MiB"]
    emblem.write_bytes(b"")
    assert errors_in(folder) == ["agency.yaml:45:9: error: the emblem is no PNG picture"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("pictures/../../x.png", "lies outside the agency's folder"),
        ("..", "lies outside the agency's folder"),
        ("..\\x.png", "lies outside the agency's folder"),
        ("\\\\server\\x.png", "lies outside the agency's folder"),
        ("c:x.png", "lies outside the agency's folder"),
        ("indicators", "there is no file 'indicators'"),
        ("''", "nothing is left of it as a file's name"),
        ("nul.png", "'nul.png' is a device name on Windows"),
    ],
)
def test_an_emblem_elsewhere_is_refused(folder: Path, name: str, error: str) -> None:
    put(folder / "agency.yaml", (folder / "agency.yaml").read_text("utf-8") + f"emblem: {name}\n")
    (line,) = errors_in(folder)
    assert line.startswith("agency.yaml:45:9: error: ")
    assert line.endswith(error)


def test_an_emblem_whose_name_no_system_knows_is_a_fault_too(folder: Path) -> None:
    emblem = "k" * 300 + ".png"
    put(folder / "agency.yaml", (folder / "agency.yaml").read_text("utf-8") + f"emblem: {emblem}\n")
    assert [line.split(": error: ")[0] for line in errors_in(folder)] == ["agency.yaml:45:9"]


def test_a_link_does_not_lead_an_emblem_outside(folder: Path) -> None:
    outside = folder.parent / "outside.png"
    outside.write_bytes(PNG)
    (folder / "ตรา.png").symlink_to(outside)
    put(folder / "agency.yaml", (folder / "agency.yaml").read_text("utf-8") + "emblem: ตรา.png\n")
    assert errors_in(folder) == [
        "agency.yaml:45:9: error: the emblem 'ตรา.png' leads outside the agency's folder"
    ]


# Names


@pytest.mark.parametrize("name", ["กอส.", "กอส", "ก 1", "สทพ.1", "COM", "COM10", "console", "-a_b"])
def test_a_name_that_can_name_files(name: str) -> None:
    assert file_name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a/b", "'/' can't stand"),
        ("a\\b", "'\\' can't stand"),
        ("a:b", "':' can't stand"),
        ("a*", "'*' can't stand"),
        ("a\x00b", "can't stand"),
        ("a\nb", "can't stand"),
        ("", "nothing is left"),
        (".", "nothing is left"),
        ("..", "nothing is left"),
        (" . ", "it has blanks"),
        ("nul", "'nul' is a device name"),
        ("Com1.tar.gz", "'Com1.tar.gz' is a device name"),
        ("aux .txt", "'aux .txt' is a device name"),
        ("PRN.", "'PRN' is a device name"),
        ("กอส ", "it has blanks"),
        ("ก" * 41, "too long"),
    ],
)
def test_a_name_that_can_not(name: str, reason: str) -> None:
    assert reason in str(file_name_fault(name))


@pytest.mark.parametrize(
    ("code", "name"),
    [("กอส.", "กอส"), ("กอส", "กอส"), (None, "file"), ("e\u0301.", "\u00e9")],
)
def test_a_units_documents_are_named_by_its_code(code: str | None, name: str) -> None:
    path = Path("file.yaml")
    file = DataFile(path, Unit(level="division", code=code), Node({}, Location(path, 1, 1)))
    assert unit_id(UnitFile("file", file, (), ())) == name


def test_a_file_name_that_can_name_no_documents_is_refused(folder: Path) -> None:
    put(folder / "con.yaml", "level: division\n")
    put(folder / "agency2.yaml", "level: division\ncode: agency\n")
    assert errors_in(folder) == [
        "agency2.yaml:2:7: error: no unit can be called 'agency'",
        "con.yaml:1:1: error: the code 'con' can't name the unit's files: "
        "'con' is a device name on Windows",
    ]


# Other units


def test_a_unit_that_is_named_is_there_in_whatever_spelling(folder: Path) -> None:
    put(folder / "cafe\u0301.yaml", "level: division\n")
    put(folder / "a.yaml", "level: division\nparent: caf\u00e9\n")
    put(folder / "b.yaml", "level: division\nparent: agency\n")
    put(folder / "c.yaml", "level: division\nparent: นึ่ง\n")
    assert errors_in(folder) == [
        "b.yaml:2:9: error: unknown unit 'agency'",
        "c.yaml:2:9: error: unknown unit 'นึ่ง'",
    ]


def test_a_unit_that_can_t_be_read_is_told_once(folder: Path) -> None:
    (folder / "gone.yaml").symlink_to("nowhere.yaml")
    put(folder / "a.yaml", "level: division\nparent: gone\n")
    agency = read_agency(folder)
    faults = rules.check_unit(agency, read_unit(agency, folder / "a.yaml"))
    assert "unknown-unit" not in {fault.code for fault in faults}


def test_to_check_a_unit_takes_no_look_at_all_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agency of 5,000 units took five times as long for it."""
    use = "  - {use: energy, component: potential, weight: 100, result: {from: สอง}}\n"
    put(folder / "สาม.yaml", "level: division\nparent: หนึ่ง\nindicators:\n" + use)
    agency = read_agency(folder)
    unit = read_unit(agency, folder / "สาม.yaml")
    monkeypatch.setattr(
        type(agency), "unit_paths", property(lambda _: pytest.fail("looked at all"))
    )
    assert not [fault for fault in rules.check_unit(agency, unit) if fault.code == "unknown-unit"]


# Results and borrowing


def test_a_result_may_be_borrowed_along_a_chain(folder: Path) -> None:
    use = "  - {use: energy, component: potential, result: {from: %s}}\n"
    put(folder / "สาม.yaml", DRAFT + use % "สอง")
    put(folder / "สี่.yaml", DRAFT + use % "สาม")
    assert errors_in(folder) == []


def test_a_mean_is_not_reported_by_the_unit(folder: Path) -> None:
    put(
        folder / "สาม.yaml",
        DRAFT + "  - {use: energy, component: potential, result: {mean_of: homes.score}}\n",
    )
    put(folder / "results/1/สาม.yaml", "fiscal_year: 2566\nresults: {energy: {value: 1}}\n")
    assert errors_in(folder) == [
        "results/1/สาม.yaml:2:11: error: the result of 'energy' is borrowed from homes.score; "
        "a second one can't be given here"
    ]


def test_results_of_a_faulty_unit_are_not_judged_twice(folder: Path) -> None:
    put(folder / "สาม.yaml", "level: gang\n")
    put(folder / "results/1/สาม.yaml", "fiscal_year: 2566\nresults: {any: {value: 1}}\n")
    assert [line.split(": error: ")[0] for line in errors_in(folder)] == ["สาม.yaml:1:8"]


def test_one_unit_is_checked_without_the_others(folder: Path) -> None:
    put(folder / "สาม.yaml", "level: gang\n")
    agency = read_agency(folder)
    assert rules.check_unit(agency, read_unit(agency, folder / "หนึ่ง.yaml")) == ()


def test_a_unit_is_not_judged_by_an_agency_at_fault(folder: Path) -> None:
    put(folder / "agency.yaml", "name: ก\n")
    agency, units = read_all(folder)
    assert set(rules.check_folder(agency)) == set(agency.faults) != set()
    assert [rules.check_unit(agency, unit) for unit in units] == [(), ()]

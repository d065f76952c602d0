"""One mistake is one fault: what rests on it isn't told; no suggestion is the mistake itself."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from generator.agreements.lookup import Target
from generator.agreements.record import DocumentOptions
from generator.api import checking, documents
from generator.diagnostics import (
    MOST_SHOWN,
    Diagnostic,
    Location,
    Severity,
    did_you_mean,
    errors,
    meant,
    near,
    shown_first,
)
from generator.errors import DataError
from generator.workspace.environment import Workspace
from support.making import ROOT

EXAMPLE, DSDW = "example-2570", "dsdw-2566"


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    for name in (EXAMPLE, DSDW):
        shutil.copytree(ROOT / "agreements" / name, tmp_path / "agreements" / name)
    return Workspace(tmp_path, {})


def told(world: Workspace, agency: str, file: str, old: str, new: str) -> list[str]:
    """What ``check`` says more after one change in one file."""
    folder = world.agreements / agency
    before = {fault.shown(folder) for fault in checking.check(world, [folder])[0]}
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    after = [fault.shown(folder) for fault in checking.check(world, [folder])[0]]
    return [line for line in after if line not in before]


MISSPELT = [
    (EXAMPLE, "ตัวอย่าง-ก.yaml", "use: on-time", "on-timex", "on-time"),
    (EXAMPLE, "ตัวอย่าง-ก.yaml", "use: manuals", "manuls", "manuals"),
    (EXAMPLE, "ตัวอย่าง-ก.yaml", "use: energy", "enrgy", "energy"),
    (EXAMPLE, "ตัวอย่าง-ข.yaml", "use: energy", "enrgy", "energy"),
    (EXAMPLE, "ตัวอย่าง-บุคคล.yaml", "use: self-development", "self-developmnt", "self-development"),
    (DSDW, "กอส.yaml", "use: satisfaction", "satisfation", "satisfaction"),
    (DSDW, "บุคคล.yaml", "use: self-development", "self-developmnt", "self-development"),
]


@pytest.mark.parametrize(("agency", "file", "old", "typed", "right"), MISSPELT)
def test_a_misspelt_indicator_is_one_fault(
    agency: str, file: str, old: str, typed: str, right: str, world: Workspace
) -> None:
    (fault,) = told(world, agency, file, old, f"use: {typed}")
    assert f"error: unknown indicator '{typed}'\n  hint: did you mean '{right}'" in fault


def test_a_misspelt_indicator_stops_the_documents_that_take_it_over(world: Workspace) -> None:
    folder = world.agreements / EXAMPLE
    told(world, EXAMPLE, "ตัวอย่าง-ก.yaml", "use: manuals", "use: manuls")
    found = Target(folder, folder / "ตัวอย่าง-บุคคล.yaml")
    with pytest.raises(DataError) as caught:
        documents.make(world, "personal", found, options=DocumentOptions())
    wrong = errors(caught.value.diagnostics)
    assert "unknown indicator 'manuls'" in [fault.message for fault in wrong]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("พส.yaml", "code:"),
        ("กพพ.yaml", "name:"),
        ("กคส.yaml", "level:"),
        ("บุคคล.yaml", "level:"),
        ("indicators/energy.yaml", "name:"),
        ("wording.yaml", "blank:"),
        ("agency.yaml", "fiscal_year:"),
        ("surveys/service.yaml", "version:"),
        ("plans/alerts.yaml", "title:"),
        ("results/2/กอส.yaml", "fiscal_year:"),
    ],
)
def test_a_file_that_does_not_parse_is_one_fault(file: str, key: str, world: Workspace) -> None:
    (fault,) = told(world, DSDW, file, f"\n{key}", f"\n{key[:-1]}")
    assert fault.startswith(f"{file}:")


def test_the_code_of_a_unit_that_does_not_parse_is_not_unknown(world: Workspace) -> None:
    plan = world.agreements / DSDW / "plans" / "alerts.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("lead: [", "lead: [กคส., ", 1), "utf-8")
    assert "lead: [กคส., " in plan.read_text("utf-8")
    (fault,) = told(world, DSDW, "กคส.yaml", "code:", "code")
    assert "กคส.yaml:" in fault


def test_a_fault_of_the_agency_hides_none_of_units_and_results(world: Workspace) -> None:
    results = world.agreements / EXAMPLE / "results" / "1" / "ตัวอย่าง-ก.yaml"
    results.write_text("fiscal_year 2570\nresults: {}\n", "utf-8")
    found = told(world, EXAMPLE, "agency.yaml", "name:", "name")
    assert [line.split(":")[0] for line in found] == ["agency.yaml"]
    folder = world.agreements / EXAMPLE
    files = {fault.location.path.name for fault in checking.check(world, [folder])[0]}
    assert files >= {"agency.yaml", "ตัวอย่าง-ก.yaml"}


def test_a_misspelt_key_is_not_missing_too(world: Workspace) -> None:
    (fault,) = told(world, EXAMPLE, "agency.yaml", "fiscal_year:", "fiscal_yaer:")
    assert "unknown key 'fiscal_yaer'" in fault


def test_a_misspelt_component_is_no_wrong_weight(world: Workspace) -> None:
    (fault,) = told(world, DSDW, "กอส.yaml", "component: performance", "component: perfomance")
    assert "unknown component 'perfomance'" in fault


def test_a_component_misspelt_where_it_is_declared_is_told_there(world: Workspace) -> None:
    (fault,) = told(world, DSDW, "agency.yaml", "id: potential", "id: potental")
    assert fault.startswith("agency.yaml:")
    assert "'potental' is declared here and named nowhere; " in fault
    assert "places name 'potential'\n  hint: did you mean 'potential'?" in fault


OWN = """\
level: division
indicators:
  - {id: NAME, define: {name: ก}, component: performance}
strategy:
  - {issue: ก, goals: [ข], indicators: [survey-ready]}
  - {issue: ค, goals: [ง], indicators: [survey-ready]}
"""


def test_an_indicator_misspelt_where_it_is_defined_is_told_there(world: Workspace) -> None:
    path = world.agreements / DSDW / "ใหม่.yaml"
    path.write_text(OWN.replace("NAME", "survey-ready"), "utf-8")
    more = told(world, DSDW, "ใหม่.yaml", "id: survey-ready", "id: survey-redy")
    (fault,) = [line for line in more if ": error: " in line]
    assert "ใหม่.yaml:3:" in fault
    assert "'survey-redy' is declared here and named nowhere; 2 places name" in fault


@pytest.mark.parametrize(
    ("file", "typed", "right"),
    [
        ("กพพ.yaml", "กพพพ.yaml", "กพพ"),
        ("surveys/service.yaml", "surveys/servce.yaml", "service"),
        ("indicators/energy.yaml", "indicators/enrgy.yaml", "energy"),
    ],
)
def test_a_file_whose_name_is_misspelt_is_told_there(
    file: str, typed: str, right: str, world: Workspace
) -> None:
    folder = world.agreements / DSDW
    (folder / file).rename(folder / typed)
    (fault,) = errors(checking.check(world, [folder])[0])
    assert fault.location == Location(folder / typed)
    assert f"places name '{right}'" in fault.message


def test_one_place_that_names_another_is_told_where_it_stands(world: Workspace) -> None:
    path = world.agreements / DSDW / "ใหม่.yaml"
    one = OWN.rpartition("\n  - {issue: ค")[0] + "\n"
    path.write_text(one.replace("NAME", "survey-ready"), "utf-8")
    (fault,) = told(world, DSDW, "ใหม่.yaml", "[survey-ready]", "[survey-redy]")
    assert "ใหม่.yaml:5:" in fault
    assert "the unit has no indicator 'survey-redy'" in fault


def test_many_unknown_names_are_not_compared(world: Workspace) -> None:
    names = ", ".join(f"survey-{number:05}" for number in range(20_000))
    path = world.agreements / DSDW / "ใหม่.yaml"
    path.write_text(OWN.replace("NAME", "survey-redy").replace("survey-ready", names), "utf-8")
    begun = time.process_time()
    found = [f for f in checking.check(world, [path])[0] if f.code == "unit-has-no-indicator"]
    assert time.process_time() - begun < 30
    assert len(found) == 40_000


def test_names_that_somebody_uses_are_not_misspelt(world: Workspace) -> None:
    path = world.agreements / DSDW / "ใหม่.yaml"
    both = (
        OWN.replace("NAME", "survey-read")
        + "  - {issue: จ, goals: [ฉ], indicators: [survey-read]}\n"
    )
    path.write_text(both, "utf-8")
    folder = world.agreements / DSDW
    found = [f for f in errors(checking.check(world, [folder])[0]) if f.location.path == path]
    assert [fault.code for fault in found] == ["unit-has-no-indicator"] * 2


def test_a_suggestion_is_never_the_word_itself() -> None:
    assert near("คร.", ["คร.", "คร", "กพ"]) == ["คร"]
    assert str(did_you_mean("enegry", ["enegry", "energy"])) == "did you mean 'energy'?"
    assert str(did_you_mean("x", ["x"])) == ""
    assert str(meant("x", ["x", "quite another"])) == ""


def test_suggestions_cost_no_more_than_what_is_shown() -> None:
    known = {f"indicator-{number:05}" for number in range(20_000)}
    begun = time.process_time()
    faults = [
        Diagnostic(
            "unknown", Location(Path("x"), number, 1), did_you_mean(f"indicater-{number}", known)
        )
        for number in range(20_000)
    ]
    shown = [fault.shown() for fault in shown_first(faults)]
    assert time.process_time() - begun < 10
    assert "did you mean 'indicator-" in shown[0]
    assert len(shown) == MOST_SHOWN + 1
    assert "19900 more are not shown (19900 of them errors)" in shown[-1]


def test_errors_are_shown_before_warnings() -> None:
    faults = [
        Diagnostic("w", Location(Path("a"), n, 1), severity=Severity.WARNING) for n in range(1, 300)
    ] + [Diagnostic("e", Location(Path("b"), 1, 1), "mend it")]
    shown = shown_first(faults)
    assert [fault.message for fault in errors(shown)] == ["e"]
    assert shown[-1].message == "200 more are not shown (0 of them errors)"
    assert shown[-1].severity is Severity.WARNING

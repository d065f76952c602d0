"""Weight trees of four real agreements: each adds up, and a wrong weight never passes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from generator.agreements import yaml_tree
from generator.agreements.files import AgencyFolder, UnitFile
from generator.agreements.reading import read_agency, read_unit
from generator.agreements.yaml_tree import Node
from generator.diagnostics import Diagnostic, errors
from generator.model import Component, Unit
from generator.rules import check_folder, check_together, check_unit

SKELETONS = Path(__file__).parents[1] / "data" / "agreements"
SHIPPED = Path(__file__).parents[2] / "agreements"

SUMS = {
    "moi-2547": {
        "total": Decimal(100),
        "dimension-1": Decimal(70),
        "plan": Decimal(50),
        "output": Decimal(20),
        "dimension-2": Decimal(12),
        "dimension-3": Decimal(10),
        "dimension-4": Decimal(8),
    },
    "cdd-2561": {
        "team": Decimal(100),
        "individual": Decimal(100),
    },
    "dip-2558": {
        "total": Decimal(100),
        "external": Decimal(75),
        "effectiveness": Decimal(65),
        "kpi-1": Decimal(65),
        "quality": Decimal(10),
        "internal": Decimal(25),
        "efficiency": Decimal(15),
        "kpi-3": Decimal(5),
        "development": Decimal(10),
        "kpi-6": Decimal(5),
        "ministry": Decimal(52),
    },
    "dsdw-department": {
        "total": Decimal(100),
        "performance": Decimal(70),
        "potential": Decimal(30),
    },
}
LEAVES = {"moi-2547": 20, "cdd-2561": 9, "dip-2558": 23, "dsdw-department": 6}


def folder_of(name: str) -> Path:
    """An agency's folder: what is shipped, or what only the tests have."""
    return SHIPPED / name if (SHIPPED / name).is_dir() else SKELETONS / name


skeletons = pytest.mark.parametrize("name", SUMS)
leaves = pytest.mark.parametrize(
    ("name", "index"), [(name, index) for name, count in LEAVES.items() for index in range(count)]
)


@skeletons
def test_it_reads_without_an_error(name: str) -> None:
    found = errors(faults_of(folder_of(name)))
    assert [fault.shown(folder_of(name)) for fault in found] == []


@skeletons
def test_every_sum_is_the_stated_one(name: str) -> None:
    components, unit = tree_of(folder_of(name))
    stated = {component.id: component.weight for component in nodes(components)}
    added = {component.id: total(component, unit) for component in nodes(components)}
    # A node that states no weight counts for what it holds.
    assert {key: weight for key, weight in stated.items() if weight is not None} == SUMS[name]
    assert {key: weight for key, weight in added.items() if stated[key] is not None} == SUMS[name]


@skeletons
def test_every_indicator_has_a_weight(name: str) -> None:
    _, unit = tree_of(folder_of(name))
    assert len([use for use in unit.indicators if use.weight]) == LEAVES[name]
    assert len(unit.indicators) == LEAVES[name]


@leaves
def test_one_wrong_weight_is_an_error(name: str, index: int, tmp_path: Path) -> None:
    copy = tmp_path / name
    shutil.copytree(folder_of(name), copy)
    path = unit_path(copy)
    text, use = use_at(path, index)
    start, end = use.find(("weight",)).span
    path.write_text(text[:start] + str(Decimal(text[start:end]) + 1) + text[end:], "utf-8")

    components, _ = tree_of(copy)
    component = stating(components, str(use.find(("component",)).value))
    message = re.compile(f"weights of component {component} add up to")
    assert any(message.match(fault.message) for fault in errors(faults_of(copy)))


def test_the_department_is_judged_on_three_targets() -> None:
    folder = read_agency(folder_of("dsdw-department"))
    agency, unit = folder.agency.model, unit_of(folder).unit
    assert agency is not None
    assert unit.scale is not None
    scale = agency.scales[unit.scale]
    assert [level.points for level in scale.levels] == [50, 75, 100]
    assert scale.below == 0


def faults_of(path: Path) -> tuple[Diagnostic, ...]:
    folder = read_agency(path)
    unit = unit_of(folder)
    return check_folder(folder) + check_unit(folder, unit) + check_together(folder, [unit], [])


def unit_of(folder: AgencyFolder) -> UnitFile:
    return read_unit(folder, unit_path(folder.folder))


def unit_path(path: Path) -> Path:
    (only,) = read_agency(path).unit_paths
    return only


def tree_of(path: Path) -> tuple[list[Component], Unit]:
    folder = read_agency(path)
    assert folder.agency.model is not None
    return folder.agency.model.components, unit_of(folder).unit


def nodes(components: list[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from nodes(component.components)


def stating(components: list[Component], name: str) -> str:
    """The nearest node that states a weight, of a node and those above it."""
    for component in components:
        if name in (inner.id for inner in nodes([component])):
            below = stating(component.components, name)
            return below or (component.id if component.weight is not None else "")
    return ""


def total(component: Component, unit: Unit) -> Decimal:
    below = [total(child, unit) for child in component.components if child.counts]
    own = [
        use.weight["all"]
        for use in unit.indicators
        if use.component == component.id and use.weight is not None
    ]
    return sum(own + below, Decimal(0))


def use_at(path: Path, index: int) -> tuple[str, Node]:
    read = yaml_tree.read(path)
    assert read.node is not None
    use = read.node.find(("indicators",)).child(index)
    assert use is not None
    return read.text, use

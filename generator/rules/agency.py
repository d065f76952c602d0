"""Rules of agency.yaml: scales, rounds, grades, the form's components, statements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..agreements.files import DataFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..model import Agency
from ..model.tree import walk
from . import competencies, emblem, rounds, second_names
from .weights import check_tree


def check(file: DataFile[Agency], agency: Agency, folder: Path) -> Iterator[Diagnostic]:
    """Scales, rounds, grades, the weight trees, the form's components, the emblem."""
    node = file.node
    yield from _check_scales(node, agency)
    yield from rounds.check(node, agency)
    for grades, place in (
        (agency.grades, node.at("grades")),
        (agency.personal.grades, node.at("personal", "grades")),
    ):
        bands = [grade.at_least for grade in grades]
        if bands != sorted(set(bands), reverse=True):
            yield fault("grades-not-in-order", place)
    yield from check_tree(node.find(("components",)), agency.components, agency.weights_sum)
    personal = agency.personal
    whole = personal.weights_sum or agency.weights_sum
    yield from check_tree(node.find(("personal", "components")), personal.components, whole)
    yield from competencies.check_agency(node, agency)
    yield from second_names.check_agency(node, agency)
    yield from _check_form(node, agency)
    yield from _check_statements(node, agency)
    if agency.emblem is not None:
        yield from emblem.check(node, agency.emblem, folder)


def _check_scales(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """The scale that units have is there; levels of a scale differ and rise."""
    if agency.scale not in agency.scales:
        yield fault(
            "unknown-scale",
            node.at("scale"),
            hint=did_you_mean(agency.scale, agency.scales),
            name=agency.scale,
        )
    for name, scale in agency.scales.items():
        ids = [level.id for level in scale.levels]
        points = [level.points for level in scale.levels]
        place = node.at("scales", name, "levels")
        if len(set(ids)) != len(ids):
            yield fault("level-twice-in-scale", place, scale=name)
        if points != sorted(set(points)):
            yield fault("points-do-not-rise", place, scale=name)


def _check_form(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """What the form has rows for are components of the agency's weight tree."""
    known = {component.id for component in walk(agency.components)}
    named = [
        (use.component, node.at("form", "indicators", index, "component"))
        for index, use in enumerate(agency.form.indicators)
    ]
    named += [(key, node.key_at("form", "rows", key)) for key in agency.form.rows]
    for component, place in named:
        if component not in known:
            yield fault(
                "unknown-component", place, hint=did_you_mean(component, known), name=component
            )


def _check_statements(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """Every row of a table of words has a cell for each head."""
    for index, statement in enumerate(agency.statements):
        heads = len(statement.heads)
        for row, cells in enumerate(statement.rows):
            if len(cells) != heads:
                yield fault(
                    "row-does-not-fit-heads",
                    node.at("statements", index, "rows", row),
                    cells=len(cells),
                    heads=heads,
                )

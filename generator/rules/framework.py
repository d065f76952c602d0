"""Rules of the agency's framework: its matrix and its units' frames.

Who is responsible for an indicator is what the units' files say; what agency.yaml prints
in that column is only compared (source 004, 6.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..agreements.document_names import code_of
from ..agreements.files import AgencyFolder, UnitFile
from ..agreements.paths import id_of
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault, warning
from ..model import Agency, MatrixRow
from ..model.responsible import responsible, same_units
from ..model.tree import walk


def check(folder: AgencyFolder, agency: Agency, units: Iterable[UnitFile]) -> Iterator[Diagnostic]:
    """What the matrix and the frames name exists; who is responsible is who the units say."""
    node = folder.agency.node
    words = folder.wording.model.framework if folder.wording.model is not None else None
    units = tuple(units)
    divisions = [(code_of(unit), unit.unit) for unit in units if unit.file.model is not None]
    components = {component.id for component in walk(agency.components)}
    for b, block in enumerate(agency.matrix):
        for r, row in enumerate(block.rows):
            place = ("matrix", b, "rows", r)
            yield from _check_row(folder, node, place, row, components)
            derived = responsible(divisions, row, words.everyone if words else "")
            if any(_hides(unit, row) for unit in units):
                continue
            if words and row.responsible and not same_units(row.responsible, derived):
                yield warning(
                    "responsible-differs",
                    node.at(*place, "responsible"),
                    printed=row.responsible,
                    derived=derived,
                )
    known = {id_of(path) for path in folder.unit_paths}
    for f, frame in enumerate(agency.frames):
        for u, name in enumerate(frame.units):
            if name not in known:
                yield fault(
                    "unknown-unit",
                    node.at("frames", f, "units", u),
                    hint=did_you_mean(name, known),
                    name=name,
                )


def _hides(unit: UnitFile, row: MatrixRow) -> bool:
    """Whether it can't be said that a unit doesn't have a row's indicator."""
    return unit.file.model is None or (row.indicator is not None and unit.may_mean(row.indicator))


def _check_row(
    folder: AgencyFolder,
    node: Node,
    place: tuple[str | int, ...],
    row: MatrixRow,
    components: set[str],
) -> Iterator[Diagnostic]:
    if row.component not in components:
        yield fault(
            "unknown-component",
            node.at(*place, "component"),
            hint=did_you_mean(row.component, components),
            name=row.component,
        )
    if row.indicator is not None and row.indicator not in folder.indicators:
        yield fault(
            "unknown-indicator",
            node.at(*place, "indicator"),
            hint=did_you_mean(row.indicator, folder.indicators),
            name=row.indicator,
        )

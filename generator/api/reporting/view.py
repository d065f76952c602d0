"""What a unit is asked of its results in a round, as they would be, with faults and scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ... import rules
from ...agreements import reading
from ...agreements.files import UnitFile, ValidAgency
from ...agreements.lookup import Target
from ...agreements.paths import id_of
from ...agreements.yaml_tree import Node
from ...diagnostics import Diagnostic, in_order
from ...errors import DataError, UsageError, stop_on
from ...importing.workbook.form import COMPETENCIES, IndicatorRows, WorkbookHead, asked
from ...importing.workbook.rows import DONE, ReportedRow
from ...messages import message
from ...model.round_sets import rounds_of
from ...scoring import ScoredIndicator, explain, explain_rows
from ...workspace import folders
from ...workspace.unsaved import unsaved
from .. import scores
from ..editing import Desk, FieldPlace
from ..scores import ScoredUnit


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of a result; ``kind`` says what is filled in, ``shown`` and ``fixed`` nothing."""

    place: FieldPlace
    words: str
    kind: str
    measure: str
    value: str

    @property
    def is_ticked(self) -> bool:
        """Whether a milestone or an item is done."""
        return self.value == DONE

    @property
    def list(self) -> FieldPlace:
        """The list that a tick is an entry of."""
        return FieldPlace(self.place.file, self.place.path[:-1])


@dataclass(frozen=True, slots=True)
class ProvedBy:
    """A piece of evidence: its words, and the file where it is one."""

    place: FieldPlace
    words: str
    file: str


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """An indicator of a round: what is asked, what proves it, its score as far as there is one.

    ``fields`` is empty where another unit reports it; ``lines`` are how the score comes about.
    """

    key: str
    name: str
    fields: tuple[AskedField, ...]
    evidence: tuple[ProvedBy, ...]
    next_evidence: FieldPlace
    row: ScoredIndicator | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportingView:
    """A unit's results of a round, as they would be. ``name`` is their file."""

    desk: Desk
    target: Target
    round: str
    name: str
    indicators: tuple[AskedIndicator, ...]
    scored: ScoredUnit | None
    faults: tuple[Diagnostic, ...]
    node: Node
    year: int


def rounds(target: Target) -> tuple[tuple[str, str], ...]:
    """The rounds of a unit: ids and names. Raises DataError."""
    folder = rules.valid(reading.read_agency(target.folder))
    assert target.unit is not None
    unit = reading.read_unit(folder, target.unit)
    stop_on(unit.file.faults)
    return tuple((one.id, one.name) for one in rounds_of(unit.unit, folder.agency.model))


def view(desk: Desk, target: Target, round_: str) -> ReportingView:
    """A unit's results of a round. Raises DataError where the agreement itself is at fault."""
    with unsaved(desk.laid_over()):
        return _view(desk, target, round_)


def _view(desk: Desk, target: Target, round_: str) -> ReportingView:
    folder = rules.valid(reading.read_agency(target.folder))
    assert target.unit is not None
    stop_on(reading.read_unit(folder, target.unit).faults)
    units = units_of(folder)
    own = units[id_of(target.unit)]
    agency = folder.agency.model
    known = [one.id for one in rounds_of(own.unit, agency)]
    if round_ not in known:
        raise UsageError(message("unit-without-round", name=round_, rounds=", ".join(known)))
    path = folder.result_path(round_, own.id)
    there = reading.read_results(path) if folders.is_file(path) else None
    node = there.node if there is not None else Node({}, own.file.node.location)
    head = WorkbookHead(folder.id, own.id, agency.fiscal_year, round_)
    surveys = folder.surveys.items()
    titles = {key: " ".join(file.model.title) for key, file in surveys if file.model is not None}
    model = there.model if there is not None else None
    form = asked(agency, head, units, model, folder.tables, titles)
    faults = list(there.faults) if there is not None else []
    if there is not None and model is not None:
        faults += rules.check_results(agency, there, tuple(units.values()))
    scored: ScoredUnit | None = None
    try:
        scored = scores.score(target, round_)
        faults += scored.score.faults
    except DataError as error:
        faults += error.diagnostics
    blocks = {block.key: block for block in form.blocks}
    name = f"results/{round_}/{path.name}"
    return ReportingView(
        *(desk, target, round_, name, tuple(_indicators(blocks, scored, name, node)), scored),
        in_order(dict.fromkeys(faults)),
        node,
        agency.fiscal_year,
    )


def units_of(folder: ValidAgency) -> Mapping[str, UnitFile]:
    """The units of an agency that can be read, by id."""
    read = (reading.read_unit(folder, path) for path in folder.unit_paths)
    return {file.id: file for file in read if file.file.model is not None}


def _indicators(
    blocks: Mapping[str, IndicatorRows], scored: ScoredUnit | None, name: str, node: Node
) -> Iterator[AskedIndicator]:
    """The indicators in the order of the scores; where there are none, of what is asked."""
    left = dict(blocks)
    for row in scored.score.rows if scored is not None else ():
        assert scored is not None
        block = left.pop(COMPETENCIES if row.of == "competencies" else row.key, None)
        lines = explain.row_lines(row, scored.names)
        if row.score is not None:
            lines = (*lines, *explain_rows.of_rows(row.score.rows))
        yield _indicator(row.key, row.name, block, row, lines, name, node)
    for key, block in left.items():
        yield _indicator(key, block.name, block, None, (), name, node)


def _indicator(
    key: str,
    title: str,
    block: IndicatorRows | None,
    row: ScoredIndicator | None,
    lines: tuple[str, ...],
    name: str,
    node: Node,
) -> AskedIndicator:
    fields = [_field(one, name, node) for one in block.rows] if block is not None else []
    evidence = tuple(_evidence(key, name, node))
    place = FieldPlace(name, ("results", key, "evidence", len(evidence)))
    own = tuple(one for one in fields if one is not None)
    return AskedIndicator(key, title, own, evidence, place, row, lines)


def _field(row: ReportedRow, name: str, node: Node) -> AskedField | None:
    """A row of the workbook as a field of the file; none for rooms of evidence."""
    if row.kind == "none" or row.path[1:2] == ("evidence",):
        return None
    key, *rest = row.path
    path: tuple[str | int, ...] = ("results", key, *rest)
    if key == COMPETENCIES:
        path = ("competencies", *rest)
    given = "" if row.given is None else str(row.given)
    value: Node | None = node
    for step in path:
        value = value.child(step) if value is not None else None
    if value is not None and isinstance(value.value, str):
        given = value.value  # as it was typed
    return AskedField(FieldPlace(name, path), row.item, row.kind, row.measure, given)


def _evidence(key: str, name: str, node: Node) -> Iterator[ProvedBy]:
    result = node.find(("results",)).child(key)
    there = result.child("evidence") if result is not None else None
    pieces = there.value if there is not None and isinstance(there.value, list) else []
    for index, piece in enumerate(pieces):
        place = FieldPlace(name, ("results", key, "evidence", index))
        if isinstance(piece.value, str):
            yield ProvedBy(place, piece.value, "")
        else:
            words = _text(piece, "text") or _text(piece, "about")
            yield ProvedBy(place, words, _text(piece, "file"))


def _text(node: Node, key: str) -> str:
    child = node.child(key)
    return child.value if child is not None and isinstance(child.value, str) else ""

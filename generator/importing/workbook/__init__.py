"""The officer's workbook: what a unit is asked in a round, as Excel; filled in, its results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ... import rules, thai
from ...agreements import (
    lookup,
    own_keys,
    reading,
    rounds,
    row_files,
    yaml_tree,
    yaml_writing,
)
from ...agreements.document_names import DocumentName, unit_id
from ...agreements.files import DataFile, UnitFile, ValidAgency
from ...agreements.model_faults import to_model
from ...agreements.paths import id_of, unit_paths
from ...agreements.yaml_tree import Node
from ...agreements.yaml_writing import PlainText
from ...diagnostics import Diagnostic, did_you_mean, errors, in_order
from ...errors import DataError, UsageError, stop_on
from ...messages import message
from ...model import Agency, Results
from ...model.round_sets import ids_of
from ...scoring.assessing import assessment_of
from ...workspace.confined import read_bytes
from ...workspace.environment import Workspace
from . import opening, results, row_sheets, sheet
from .assessors import kept
from .form import COMPETENCIES, WorkbookHead, asked

EXTENSION = "xlsx"
_FLAGS = ("true", "false")


@dataclass(frozen=True, slots=True)
class FilledForms:
    """Files, not yet published, and what there is to say about what they hold."""

    files: dict[Path, bytes]
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _ReportingUnit:
    """A unit among the units of its agency."""

    folder: ValidAgency
    agency: Agency
    units: Mapping[str, UnitFile]
    unit: UnitFile

    def results(self, round_id: str) -> Path:
        """Where the unit's results of a round stand."""
        return self.folder.result_path(round_id, self.unit.id)

    @property
    def surveys(self) -> dict[str, str]:
        """What the agency's surveys are called, by their ids."""
        files = self.folder.surveys.items()
        return {key: " ".join(file.model.title) for key, file in files if file.model is not None}


def template(
    workspace: Workspace, found: lookup.Target, round_id: str, base: Path | None = None
) -> FilledForms:
    """The workbook that a unit fills in for a round, with what it has reported already.

    Raises DataError, FileError, UsageError.
    """
    if found.unit is None or found.sealed:
        raise UsageError(message("workbook-of-no-unit"))
    place = _place(found.folder, id_of(found.unit))
    round_id = rounds.named(round_id, place.agency, place.unit.unit)
    about = WorkbookHead(place.folder.id, place.unit.id, place.agency.fiscal_year, round_id)
    tables, titles = place.folder.tables, place.surveys
    form = asked(place.agency, about, place.units, _reported(place, round_id), tables, titles)
    if not form.blocks:
        raise UsageError(message("unit-reports-nothing", unit=place.unit.id))
    called = DocumentName(unit_id(place.unit), "results", (round_id,))
    path = called.path(base or workspace.outputs, place.folder.id, EXTENSION)
    return FilledForms({path: sheet.write(form)})


def take_in(workspace: Workspace, path: Path, *, over: bool = False) -> FilledForms:
    """The results file that a filled-in workbook comes to; ``over``: in place of one.

    Raises DataError (with every cell that is at fault), FileError, UsageError.
    """
    book = opening.opened(path, read_bytes(path))
    if isinstance(book, tuple):
        raise _refused(book)
    place = _belongs(workspace, book)
    target = place.results(book.about.round)
    if target.exists() and not over:
        raise UsageError(message("results-there-already", file=target.name, round=book.about.round))
    tables, titles = place.folder.tables, place.surveys
    needed = asked(place.agency, book.about, place.units, None, tables, titles)
    filled = needed
    head: dict[str, Node] = {}
    keys = {block.key for block in needed.blocks}
    if target.exists():
        earlier = reading.read_results(target)
        filled = asked(place.agency, book.about, place.units, earlier.model, tables, titles)
        head = _head(earlier, ("competencies",) if COMPETENCIES in keys else ())
    node, faults = results.read(book, needed, filled)
    if faults:
        raise _refused(faults)
    agreed = assessment_of(place.agency, place.unit.unit)
    if target.exists() and agreed is not None:
        node = kept(earlier, node, agreed, workspace.now.date())
    assert isinstance(node.value, dict)
    whole = replace(node, value={**head, **node.value})
    remarks = opening.in_cells(book, _judged(place, target, whole))
    if errors(remarks):
        raise _refused(remarks)
    return FilledForms(_written(target, whole), remarks)


def _judged(place: _ReportingUnit, target: Path, node: Node) -> Iterator[Diagnostic]:
    """What the rules and the scoring of the round say of results that aren't written yet."""
    model, _ = to_model(node, Results)
    units = tuple(place.units.values())
    file = DataFile(target, model, node)
    yield from rules.check_results(place.agency, file, units)
    others = [path for path in place.folder.result_paths if path != target]
    reported = [file, *(reading.read_results(path) for path in others)]
    counted = [reading.read_answers(path) for path in place.folder.answer_paths]
    asked = [place.unit, *(unit for unit in units if unit.id != place.unit.id)]
    yield from rules.check_scorable(place.folder, asked, reported, counted)


def _head(earlier: DataFile[Results], asked: tuple[str, ...]) -> dict[str, Node]:
    """What an earlier results file says beside the results, and what is asked; it stays."""
    if earlier.model is None or not isinstance(earlier.node.value, dict):
        return {}
    return {
        key: replace(value, value=PlainText(value.value)) if value.value in _FLAGS else value
        for key, value in earlier.node.value.items()
        if key not in ("results", *asked)
    }


def _place(folder_path: Path, unit: str) -> _ReportingUnit:
    folder = rules.valid(reading.read_agency(folder_path))
    read_units = [reading.read_unit(folder, path) for path in folder.unit_paths]
    units = {file.id: file for file in read_units if file.file.model is not None}
    own = next(file for file in read_units if file.id == unit)
    stop_on(rules.check_unit(folder, own))
    return _ReportingUnit(folder, folder.agency.model, units, own)


def _reported(place: _ReportingUnit, round_id: str) -> Results | None:
    path = place.results(round_id)
    if not path.is_file():
        return None
    file = reading.read_results(path)
    stop_on(in_order(file.faults))
    return file.model


def _belongs(workspace: Workspace, book: opening.OpenedWorkbook) -> _ReportingUnit:
    """The unit that a workbook says it belongs to."""
    about = book.about
    folders = {thai.folded(folder.name): folder for folder in lookup.agencies(workspace)}
    if about.agency not in folders:
        said = message("no-such-agency", name=about.agency)
        raise _refused((opening.misplaced(book, 2, said, did_you_mean(about.agency, folders)),))
    ids = [id_of(path) for path in unit_paths(folders[about.agency])]
    if about.unit not in ids:
        said = message("agency-has-no-unit", agency=about.agency, unit=about.unit)
        raise _refused((opening.misplaced(book, 3, said, did_you_mean(about.unit, ids)),))
    place = _place(folders[about.agency], about.unit)
    year = place.agency.fiscal_year
    faults, again = [], message("make-template-again")
    if about.fiscal_year != year:
        said = message("results-of-other-year", year=about.fiscal_year, own=year)
        faults.append(opening.misplaced(book, 4, said, again))
    known = ids_of(place.unit.unit, place.agency)
    if about.round not in known:
        said = message("unit-without-round", name=about.round, rounds=", ".join(known))
        faults.append(opening.misplaced(book, 4, said, again))
    if faults:
        raise _refused(tuple(faults))
    return place


def _refused(faults: tuple[Diagnostic, ...]) -> DataError:
    return DataError(message("faults-in-workbook", count=len(errors(faults))), diagnostics=faults)


def _written(target: Path, node: Node) -> dict[Path, bytes]:
    """The results as files that read back as the same results: rows stand in CSV files."""
    named, tables = row_files.named(target, node)
    data = yaml_writing.file_of(target, "results", named.plain())
    parsed = own_keys.in_english(yaml_tree.parse(target, data), Results)
    assert parsed.node is not None
    stop_on(parsed.faults)
    written = {target: data, **{path: row_sheets.as_csv(rows) for path, rows in tables.items()}}
    read_back, _ = to_model(row_files.read_back(target, parsed.node, written), Results)
    meant, _ = to_model(node, Results)
    assert read_back == meant, "the results don't read back as they were"
    return written

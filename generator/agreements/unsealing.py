"""A document's source read back: what it was made from, as a document can be made of it again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from ..diagnostics import Location, errors, fault
from ..errors import DataError
from ..messages import message
from ..model import (
    Agency,
    Answers,
    Indicator,
    Plan,
    Results,
    Survey,
    TargetTable,
    Unit,
    UnitIndicator,
    Wording,
)
from ..model.papers import PAPERS
from ..workspace.confined import file_name_fault
from . import csv_files, yaml_tree
from .csv_files import CsvTable
from .files import AgencyFolder, DataFile, ResolvedIndicator, TableFile, UnitFile, valid_agency
from .model_faults import to_model
from .record import (
    BEFORE,
    EVIDENCE,
    HEAD,
    MAX_SOURCE,
    DocumentInput,
    DocumentOptions,
    DocumentScope,
)
from .yaml_tree import Node

M = TypeVar("M", bound=BaseModel)

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"(?!\.)[^/\\:\x00-\x1f]{1,255}")


def is_sealed(path: Path) -> bool:
    """Whether a file looks like a document's source rather than a unit's file."""
    node = yaml_tree.read(path, MAX_SOURCE).node
    return node is not None and None not in (node.child(HEAD), node.child("unit"))


def unseal(path: Path) -> DocumentInput:
    """Read a document's source. Raises DataError when it is none."""
    return unsealed(yaml_tree.read(path, MAX_SOURCE), path)


def unsealed(read: yaml_tree.YamlFile, path: Path) -> DocumentInput:
    """A document's source that was read already; ``path`` says where it lies.

    Raises DataError when it is none, or its agency is at fault.
    """
    node = read.node
    head = node.child(HEAD) if node is not None else None
    if node is None or head is None or errors(read.faults):
        faults = read.faults or (fault("no-source", Location(path, 1, 1)),)
        raise DataError(message("source-unreadable"), diagnostics=faults)
    about = {key: _name(head, key) for key in ("kind", "agency", "unit", "blank", "sheets")}
    agency, agency_faults = to_model(node.find(("agency",)), Agency)
    wording, wording_faults = to_model(node.find(("wording",)), Wording)
    read_folder = AgencyFolder(
        about["agency"],
        path.parent,
        DataFile(path, agency, node.find(("agency",)), agency_faults),
        DataFile(path, wording, node.find(("wording",)), wording_faults),
        tables={key: _sealed_table(path, part) for key, part in _members(node, "tables")},
        plans={key: _sealed(path, part, Plan) for key, part in _members(node, "plans")},
        surveys={key: _sealed(path, part, Survey) for key, part in _members(node, "surveys")},
        sealed=True,
    )
    folder = valid_agency(read_folder)
    unit = _sealed_unit(about["unit"], path, node.find(("unit",)))
    units = tuple(_sealed_unit(name, path, part) for name, part in _members(node, "units"))
    # "blank" says of a source that it is of no one unit; only the agency's own have all units.
    whole: DocumentScope = "agency" if units else "form"
    options = DocumentOptions(
        whole if about["blank"] == "true" else "unit",
        about["sheets"] == "true",
        _one_of(head, "round", folder.agency.model.round_ids),
        _survey(head),
        _one_of(head, "form", ("large", "fillable", "booklet")),
        _one_of(head, "paper", PAPERS) or "a3",
    )
    if options.survey and options.survey not in folder.surveys:
        wrong = fault("source-without-its-survey", head.at("survey"), name=options.survey)
        raise DataError(message("no-source"), diagnostics=(wrong,))
    results = {key: _sealed(path, part, Results) for key, part in _members(node, "results")}
    answers = {
        (name, survey): _sealed(path.parent / f"{survey}.yaml", part, Answers)
        for name, of in _members(node, "answers")
        for survey, part in _members(Node({"answers": of}, of.location), "answers")
    }
    before = _before(node, path.parent / f"{options.survey}.yaml", folder.agency.model.round_ids)
    evidence = {name: _hash(part) for name, part in _texts(node, EVIDENCE)}
    return DocumentInput(
        about["kind"], options, folder, unit, units, results, answers, before, evidence
    )


def _before(node: Node, path: Path, rounds: Iterable[str]) -> tuple[str, DataFile[Answers]] | None:
    """The counted answers of an earlier round, where the source has some. Raises DataError."""
    found = node.child(BEFORE)
    if found is None:
        return None
    said = found.find(("round",)).value
    if said not in tuple(rounds) or not isinstance(said, str):
        wrong = fault("no-such-round", found.at("round"), name=str(said))
        raise DataError(message("no-source"), diagnostics=(wrong,))
    return said, _sealed(path, found.find(("answers",)), Answers)


def _texts(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    """The entries of a mapping in the source whose names are paths, which nothing follows."""
    found = node.child(key)
    if found is not None and isinstance(found.value, dict):
        yield from found.value.items()


def _hash(node: Node) -> str:
    """A hash that the source states. Raises DataError."""
    if not isinstance(node.value, str) or not _SHA256.fullmatch(node.value):
        wrong = fault("hash-in-source-is-none", node.location)
        raise DataError(message("no-source"), diagnostics=(wrong,))
    return node.value


def _members(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    """The entries of a mapping in the source; none where there is no such mapping.

    Their names become parts of paths. Raises DataError for one that is no name, and for what is
    no mapping.
    """
    found = node.child(key)
    if found is not None and isinstance(found.value, str | list):
        wrong = fault("part-of-source-is-no-mapping", found.location, key=key)
        raise DataError(message("no-source"), diagnostics=(wrong,))
    if found is not None and isinstance(found.value, dict):
        for name, part in found.value.items():
            if not _NAME.fullmatch(name):
                wrong = fault("name-in-source-is-none", found.key_at(name), key=key)
                raise DataError(message("no-source"), diagnostics=(wrong,))
            yield name, part


def _sealed(path: Path, node: Node, model: type[M]) -> DataFile[M]:
    value, faults = to_model(node, model)
    return DataFile(path, value, node, faults)


def _sealed_table(path: Path, node: Node) -> TableFile:
    table, rows = node.find(("table",)), node.find(("rows",)).plain()
    model, faults = to_model(table, TargetTable)
    file = DataFile(path, model, table, faults)
    if model is None or not isinstance(rows, list):
        return TableFile(file, CsvTable(path, ()))
    cells = [[str(cell or "") for cell in row] for row in rows if isinstance(row, list)]
    return TableFile(file, csv_files.of_rows(path, cells, model, node.location))


W = TypeVar("W", bound=str)


def _one_of(head: Node, key: str, words: tuple[W, ...]) -> W | Literal[""]:
    """One of the words that a key may say, or nothing."""
    said = head.child(key)
    return next((word for word in words if said is not None and said.value == word), "")


def _survey(head: Node) -> str:
    """The questionnaire that the source is of; nothing where it is of none."""
    said = head.child("survey")
    return _name(head, "survey") if said is not None and said.value else ""


def _name(head: Node, key: str) -> str:
    """A name that the source states; it becomes part of paths. Raises DataError."""
    value = head.find((key,)).value
    if not isinstance(value, str) or not _NAME.fullmatch(value) or file_name_fault(value):
        wrong = fault("key-of-source-is-no-name", head.at(key), key=key)
        raise DataError(message("no-source"), diagnostics=(wrong,))
    return value


def _sealed_unit(name: str, path: Path, node: Node) -> UnitFile:
    """The unit of a source; its indicators are merged and filled in already."""
    model, faults = to_model(node, Unit)
    found = list(faults)
    resolved: list[ResolvedIndicator] = []
    for index, use in enumerate(model.indicators if model is not None else ()):
        place = ("indicators", index)
        defined = node.find((*place, "define"))
        indicator, more = to_model(defined, Indicator)
        found += more
        if indicator is not None:
            item = UnitIndicator(key=use.key, use=use, indicator=indicator)
            resolved.append(ResolvedIndicator(item, defined, place))
    return UnitFile(name, DataFile(path, model, node, faults), tuple(resolved), tuple(found))

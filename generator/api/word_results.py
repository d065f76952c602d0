"""Reports of results in Word: each as the results of a unit in a round, held against its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ..agreements import default_words, lookup, reading
from ..agreements.files import AgencyFolder
from ..agreements.record import DocumentInput, DocumentOptions
from ..diagnostics import Diagnostic, Location, fault
from ..documents import building, inputs
from ..documents.kinds import KINDS
from ..errors import GenError
from ..importing import word
from ..importing.word import body, package, results
from ..importing.word.found import FoundReport
from ..importing.word.pieces import Line, core
from ..importing.word.words import figure
from ..messages import Message, message
from ..model.report_words import ReportWords
from ..workspace.environment import Workspace
from ..writers import document


@dataclass(slots=True)
class TakenReports:
    """Reports that couldn't be taken in, and what to ask of those that were."""

    faults: list[Diagnostic] = field(default_factory=list)
    questions: list[Message] = field(default_factory=list)


def take_reports(
    workspace: Workspace, made: word.Imported, folder: Path, copy: Path, paths: Iterable[Path]
) -> TakenReports:
    """Add the results of all reports that were read; ``copy`` holds the agency as it would be.

    A line that the report of these results says again needs no key.
    """
    taken = TakenReports()
    by_name = {path.name: path for path in paths}
    for report in made.reports:
        location = Location(by_name[report.file])
        found = reading.read_agency(copy)
        unit = _unit(found, report)
        if unit is None:
            taken.faults.append(fault("report-of-no-unit", location))
            continue
        path, of = unit
        round_ = of.round(report)
        if round_ is None:
            taken.faults.append(fault("report-of-no-round", location))
            continue
        name = f"results/{round_.id}/{path.name}"
        if (copy / name).exists():
            taken.faults.append(fault("results-imported-already", location, file=name))
            continue
        drafted = results.drafted(report, of, round_, made.account)
        made.drafted.files[name] = drafted.data
        made.drafted.unit_of[report.file] = name
        made.account.take(name, drafted.data)
        taken.questions += [one.about(report.file) for one in drafted.questions]
        for file, data in word.files_of(copy, {name: drafted.data}).items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        lines = [line for file, line in made.lines if file == report.file]
        taken.questions += [
            one.about(report.file)
            for one in _held_against(
                workspace, made, copy / path.name, drafted, round_.id, report, lines
            )
        ]
    if made.reports:
        word.finish(made, folder)
    return taken


def _unit(found: AgencyFolder, report: FoundReport) -> tuple[Path, results.ReportingUnit] | None:
    """The unit that a report is of: by its name, else by most of its indicators."""
    agency = found.agency.model
    if agency is None:
        return None
    words = _words(found)
    titles = {
        core(" ".join(file.model.title)): key
        for key, file in found.surveys.items()
        if file.model is not None
    }
    columns = {
        key: frozenset(name for row in file.csv.rows for name in row)
        for key, file in found.tables.items()
    }
    units: list[tuple[bool, int, Path, results.ReportingUnit]] = []
    for path in found.unit_paths:
        unit = reading.read_unit(found, path)
        if unit.file.model is None:
            continue
        of = results.ReportingUnit(agency, unit.file.model, unit.items, words, titles, columns)
        named = report.unit is not None and core(unit.file.model.name or "") == core(report.unit)
        units.append((named, of.fits(report), path, of))
    best = max(units, key=lambda one: one[:2], default=None)
    if best is None or not (best[0] or best[1] * 2 > len(report.results)):
        return None
    return best[2], best[3]


def _words(found: AgencyFolder) -> ReportWords:
    words = found.wording.model.report if found.wording.model is not None else None
    if words is not None:
        return words
    shipped = default_words.shipped().plain()
    assert isinstance(shipped, dict)
    return ReportWords.model_validate(shipped["report"])


def _held_against(
    workspace: Workspace,
    made: word.Imported,
    unit: Path,
    drafted: results.DraftedResults,
    round_: str,
    report: FoundReport,
    lines: list[Line],
) -> list[Message]:
    """Compare the scores that the results come to with those printed; note what is said again."""
    try:
        target = lookup.find(workspace, str(unit))
        options = DocumentOptions("unit", sheets=False, round=round_)
        made_from = inputs.find_input("report", target, options)
        again = _lines(workspace, made_from)
        scored = building.scored(made_from)[unit.stem]
    except GenError as error:
        return [message("import-scores-unknown", why=str(error))]
    asked = []
    ours = {row.key: row for row in scored.rows}
    for key, found in drafted.rows.items():
        row = ours.get(key)
        for printed, mine in (
            (found.score, row.score_shown if row is not None else None),
            (found.weighted, row.weighted_shown if row is not None else None),
        ):
            said = figure(printed) if printed is not None else None
            if printed is None or said is None:
                continue
            if mine is not None and Decimal(said) == mine:
                for line, words in printed.sources:
                    made.account.says(line, words)
            elif printed is found.score:
                name = row.name if row is not None else str(found.name)
                told = "–" if mine is None else str(mine)
                asked.append(message("import-score-differs", name=name, printed=said, ours=told))
    earned = [text for one in report.results for text in (one.score, one.weighted) if text]
    apart = {line for text in earned for line, _ in text.sources}
    left = Counter(again)
    for line in lines:
        said_core = core(line.said)
        if line not in apart and left[said_core] > 0 and made.account.missing(line):
            left[said_core] -= 1
            made.account.says(line, line.said)
    return asked


def _lines(workspace: Workspace, made_from: DocumentInput) -> list[str]:
    """All lines of the report of the results, as the reader of a Word file sees them."""
    finished = building.build(workspace, made_from)
    template = document.word_template(
        workspace.template_roots, finished.record.agency, KINDS["report"].word
    )
    data = document.word_writer(workspace, template).write(finished.context)
    opened = package.opened(Path("report.docx"), data)
    assert not isinstance(opened, Diagnostic)
    return [core(line.said) for line in body.read(opened, "report.docx").lines()]

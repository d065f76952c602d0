"""What a single field can't know: checks across fields and files.

Each rule is a function from what was read to the faults it finds. ``check_unit`` runs
those that one document depends on, ``check_agency`` those that look at a whole folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..agreements import document_names
from ..agreements.files import (
    AgencyFolder,
    DataFile,
    UnitFile,
    ValidAgency,
    valid_agency,
)
from ..diagnostics import Diagnostic, in_order
from ..errors import stop_on
from ..model import Agency, Answers, Plan, Results
from . import (
    agency,
    answers,
    attachments,
    borrowing,
    by_row,
    combining,
    competencies,
    completeness,
    criteria,
    deriving,
    exemptions,
    formulas,
    framework,
    indicator_kinds,
    levels,
    misspelt_declarations,
    person,
    plans,
    plausible,
    questionnaires,
    references,
    report_end,
    results,
    rounds,
    scorable,
    second_names,
    sheet_fields,
    signs,
    tables,
    unit_codes,
    weights,
    wording,
)

check_signs, check_signs_of = signs.check_folder, signs.check_document
check_scorable = scorable.check
told_once = misspelt_declarations.told_once


def check_folder(folder: AgencyFolder) -> tuple[Diagnostic, ...]:
    """Faults of agency.yaml and wording.yaml themselves."""
    faults = [*folder.faults]
    if folder.agency.model is not None:
        faults += agency.check(folder.agency, folder.agency.model, folder.folder)
        if not folder.sealed:
            faults += plausible.check_agency(folder.agency.node, folder.agency.model)
    if folder.wording.model is not None:
        faults += wording.check(folder.wording)
    if folder.agency.model is not None and not folder.sealed:
        faults += rounds.check_words(folder.wording, folder.agency.model)
    return in_order(faults)


def valid(folder: AgencyFolder) -> ValidAgency:
    """The agency, where no rule finds an error in its own files. Raises DataError."""
    stop_on(check_folder(folder))
    return valid_agency(folder)


def check_unit(folder: AgencyFolder, unit: UnitFile) -> tuple[Diagnostic, ...]:
    """Everything that stands between one unit and its documents, and what is still open."""
    faults = [*unit.faults]
    model, shared = unit.file.model, folder.agency.model
    if model is not None and shared is not None:
        faults += references.check(folder, unit, model, shared)
        faults += weights.check(unit, model, shared)
        faults += criteria.check(unit, model, shared)
        faults += combining.check(unit, model, shared)
        faults += exemptions.check(unit, model, shared)
        faults += attachments.check_used(folder, unit)
        faults += formulas.check(unit)
        faults += by_row.check(folder, unit, model, None if folder.sealed else folder.wording.model)
        faults += attachments.check_surveys(folder, unit, model)
        faults += person.check(folder, unit, model, shared)
        faults += competencies.check(unit, model, shared)
        faults += second_names.check(unit, model, shared)
        # What was signed stands as it is, whatever its form prints today.
        printed = None if folder.sealed else folder.wording.model
        faults += completeness.check(unit, model, shared, printed)
        if printed is not None:
            faults += sheet_fields.check(unit, printed)
        if not folder.sealed:
            faults += combining.check_weights(unit, shared)
            faults += indicator_kinds.check(unit)
            faults += levels.check(unit, model, shared)
            faults += plausible.check(unit, model, shared)
    return in_order(faults)


def check_is_person(unit: UnitFile) -> Iterator[Diagnostic]:
    """Whether the forms of a person can be made of a unit."""
    yield from person.check_is_person(unit)


def check_report_end(folder: AgencyFolder, file: DataFile[Results]) -> Iterator[Diagnostic]:
    """What parties say and when they signed, against the words of the agency's report."""
    if folder.agency.model is not None and not folder.sealed:
        yield from report_end.check_results(file, folder.agency.model, folder.wording.model)


def check_results(
    shared: Agency, file: DataFile[Results], units: Iterable[UnitFile]
) -> Iterator[Diagnostic]:
    """A results file against its agency and the units that report."""
    if file.model is not None:
        yield from results.check(shared, file, file.model, tuple(units))


def check_survey(folder: AgencyFolder, name: str) -> Iterator[Diagnostic]:
    """A questionnaire by itself."""
    yield from questionnaires.check(folder.surveys[name], folder.wording.model)


def check_answers(
    folder: AgencyFolder, file: DataFile[Answers], units: Iterable[UnitFile]
) -> Iterator[Diagnostic]:
    """Counted answers against their survey."""
    yield from answers.check(folder, file, tuple(units))


def check_cascade(units: Iterable[UnitFile]) -> tuple[Diagnostic, ...]:
    """Whether indicators derive from those of units above."""
    units = tuple(units)
    return in_order([*deriving.check_parents(units), *deriving.check_deriving(units)])


def check_plans(found: Iterable[DataFile[Plan]]) -> tuple[Diagnostic, ...]:
    """What is at fault in action plans by themselves; who acts in them may be anybody."""
    return in_order([fault for plan in found for fault in plans.check(plan, None)])


def check_together(
    folder: AgencyFolder,
    units: Iterable[UnitFile],
    reported: Iterable[DataFile[Results]],
    counted: Iterable[DataFile[Answers]] = (),
) -> tuple[Diagnostic, ...]:
    """What only shows when all units and results of an agency are looked at."""
    units = tuple(units)
    faults = [*unit_codes.check(units), *deriving.check_parents(units)]
    faults += borrowing.check(units)
    faults += deriving.check_deriving(units)
    for table in folder.tables.values():
        faults += tables.check(table)
    shared = folder.agency.model
    if shared is not None:
        faults += rounds.check_indicators(folder, shared)
        faults += borrowing.check_rounds(units, shared)
        faults += framework.check(folder, shared, units)
        faults += person.check_agency(folder, shared)
    # Which codes there are can't be said while a file that has some can't be read.
    every = shared is not None and all(unit.file.model is not None for unit in units)
    bodies = [*(document_names.code_of(unit) for unit in units), *(shared.bodies if shared else ())]
    for plan in folder.plans.values():
        faults += plans.check(plan, bodies if every else None)
    for name in folder.surveys:
        faults += check_survey(folder, name)
    for file in counted:
        faults += check_answers(folder, file, units)
    for report in reported:
        faults += report.faults
        if shared is not None:
            faults += check_results(shared, report, units)
            faults += check_report_end(folder, report)
    return in_order(faults)

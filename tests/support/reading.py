"""Helpers of the reader's tests: copies of the small valid agency, and all that is found in one."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import rules
from generator.agreements.files import AgencyFolder, UnitFile
from generator.agreements.reading import read_agency, read_results, read_unit
from generator.diagnostics import Diagnostic, errors, in_order

AGREEMENTS = Path(__file__).parents[1] / "data" / "agreements"
VALID = AGREEMENTS / "valid"


def copy_agency(target: Path, overlay: Path | None = None) -> Path:
    """A copy of the valid agency in ``target``, with the files of ``overlay`` laid over it."""
    folder = target / "agency"
    shutil.copytree(VALID, folder)
    if overlay is not None:
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    return folder


def read_all(folder: Path) -> tuple[AgencyFolder, list[UnitFile]]:
    agency = read_agency(folder)
    return agency, [read_unit(agency, path) for path in agency.unit_paths]


def found_in(folder: Path) -> tuple[Diagnostic, ...]:
    """Every fault and warning of an agency's folder."""
    agency, units = read_all(folder)
    found = [*rules.check_folder(agency)]
    for indicator in agency.indicators.values():
        found += indicator.faults
    for unit in units:
        found += rules.check_unit(agency, unit)
    results = [read_results(path) for path in agency.result_paths]
    found += rules.check_together(agency, units, results)
    return in_order(found)


def errors_in(folder: Path) -> list[str]:
    """The errors of an agency's folder, as printed but without hints."""
    return [error.shown(folder).split("\n")[0] for error in errors(found_in(folder))]

"""A unit's questionnaire for the screen: the files of other programs that ask the same."""

from __future__ import annotations

from pathlib import Path

from ... import rules
from ...agreements import lookup, reading
from ...agreements.blanks import BLANK
from ...agreements.files import valid_file
from ...agreements.names import unit_id
from ...api.documents import GeneratedFiles
from ...documents.common import digits
from ...errors import UsageError, stop_on
from ...messages import message
from ...model import Agency, Survey, SurveyUse, Unit
from ...survey.exports import ExportKind, files
from ...survey.exports.screen import screen
from ...survey.uses import meant, named, uses
from ...workspace import publishing
from ...workspace.environment import Workspace


def export(
    workspace: Workspace,
    found: lookup.Target,
    survey_id: str | None,
    kind: ExportKind,
    base: Path | None = None,
) -> GeneratedFiles:
    """The files of one kind for a survey, as a unit (or an agency) makes it; not yet published.

    Where there is only one survey to mean, ``survey_id`` may be None. Raises DataError,
    FileError, UsageError.
    """
    if found.sealed:
        raise UsageError(message("export-of-no-unit"))
    folder = rules.valid(reading.read_agency(found.folder))
    agency = folder.agency.model
    unit = reading.read_unit(folder, found.unit) if found.unit is not None else None
    if unit is not None:
        stop_on(rules.check_unit(folder, unit))
    name = meant(folder, unit) if survey_id is None else named(folder, survey_id)
    stop_on(rules.check_survey(folder, name))
    survey = valid_file(folder.surveys[name]).model
    use = uses(unit).get(name, SurveyUse(survey=name))
    asked = screen(name, survey, _place(survey, use, agency, unit.unit if unit else None))
    who = unit_id(unit) if unit is not None else folder.id
    return GeneratedFiles(
        {
            publishing.target(
                base or workspace.outputs, folder.id, who, f"survey-{name}-{what}", extension
            ): data
            for what, extension, data in files(kind, asked)
        }
    )


def _place(survey: Survey, use: SurveyUse, agency: Agency, unit: Unit | None) -> str:
    """Who asks, and about what. A blank that isn't filled is left out: nobody fills it by hand."""
    values = {
        "agency": agency.name,
        "unit": unit.name if unit is not None else None,
        "year": digits(agency, str(agency.fiscal_year)),
        **{name: f"{survey.blanks[name]} {value}" for name, value in use.blanks.items()},
    }
    filled = BLANK.sub(lambda match: values.get(match[1]) or "", survey.place or "")
    return " ".join(filled.split())

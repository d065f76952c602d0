"""A questionnaire for the screen: the forms and tables of others that ask the same questions.

``xlsform`` is the workbook that ODK and Kobo read, ``google`` a script that builds a Google Form,
``csv-template`` an empty table for answers with its codebook. All have the codes of
``survey.columns``, so that their answers are read back by ``survey.headers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ... import rules, thai
from ...agreements import lookup, reading
from ...agreements.blanks import BLANK
from ...agreements.files import AgencyFolder, UnitFile
from ...agreements.names import unit_id
from ...api.documents import GeneratedFiles
from ...diagnostics import did_you_mean
from ...documents.common import digits
from ...errors import UsageError, stop_on
from ...model import Agency, Survey, SurveyUse, Unit
from ...survey.exports import google, template, xlsform
from ...survey.exports.screen import ScreenForm, screen
from ...workspace import publishing
from ...workspace.environment import Workspace

Kind = Literal["xlsform", "google", "csv-template"]
KINDS: tuple[Kind, ...] = ("xlsform", "google", "csv-template")


def export(
    world: Workspace,
    found: lookup.Target,
    survey_id: str | None,
    kind: Kind,
    base: Path | None = None,
) -> GeneratedFiles:
    """The files of one kind for a survey, as a unit (or an agency) makes it; not yet published.

    Where there is only one survey to mean, ``survey_id`` may be None. Raises DataError,
    FileError, UsageError.
    """
    if found.sealed:
        raise UsageError("a survey is exported from a unit's file", "name a unit of agreements/")
    folder = reading.read_agency(found.folder)
    stop_on(rules.check_folder(folder))
    agency = folder.agency.model
    assert agency is not None
    unit = reading.read_unit(folder, found.unit) if found.unit is not None else None
    if unit is not None:
        stop_on(rules.check_unit(folder, unit))
    used = _used(unit)
    name = _chosen(folder, used, survey_id)
    file = folder.surveys[name]
    stop_on(rules.check_survey(folder, name))
    survey = file.model
    assert survey is not None
    use = used.get(name, SurveyUse(survey=name))
    asked = screen(name, survey, _place(survey, use, agency, unit.unit if unit else None))
    who = unit_id(unit) if unit is not None else folder.id
    return GeneratedFiles(
        {
            publishing.target(
                base or world.outputs, folder.id, who, f"survey-{name}-{what}", extension
            ): data
            for what, extension, data in _files(kind, asked)
        }
    )


def _files(kind: Kind, asked: ScreenForm) -> Iterator[tuple[str, str, bytes]]:
    if kind == "xlsform":
        yield "xlsform", "xlsx", xlsform.write(asked)
    elif kind == "google":
        yield "google", "gs", google.write(asked)
    else:
        yield "answers", "csv", template.answers(asked)
        yield "codebook", "csv", template.codebook(asked)


def _used(unit: UnitFile | None) -> dict[str, SurveyUse]:
    """The surveys that a unit's indicators name, and how it makes them."""
    items = unit.items if unit is not None else ()
    return {asked.survey: asked for item in items for asked in item.use.surveys}


def _chosen(folder: AgencyFolder, used: dict[str, SurveyUse], survey_id: str | None) -> str:
    """The survey that is meant."""
    if survey_id is not None:
        survey_id = thai.folded(survey_id)
        if survey_id not in folder.surveys:
            raise UsageError(
                f"there is no survey '{survey_id}'",
                did_you_mean(survey_id, folder.surveys) or "surveys/ holds none",
            )
        return survey_id
    for known in (list(used), list(folder.surveys)):
        if len(known) == 1:
            return known[0]
        if known:
            raise UsageError(
                "there are several surveys", f"add --survey with one of: {', '.join(known)}"
            )
    raise UsageError("there is no survey", "surveys/ holds none")


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

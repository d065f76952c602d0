"""Questionnaires: printed, for other programs, and the answers to them counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import rules, survey
from ..agreements import reading
from ..agreements.blanks import BLANK
from ..agreements.document_names import DocumentName, unit_id
from ..agreements.files import valid_file
from ..agreements.lookup import Target
from ..agreements.record import DocumentOptions, DocumentScope, SurveyLayout
from ..diagnostics import Diagnostic
from ..documents import inputs
from ..documents.common import digits
from ..errors import UsageError, stop_on
from ..exact import Exact, half_up, in_full, shown
from ..importing import responses
from ..importing.responses import CountedAnswers
from ..messages import message
from ..model import Agency, Survey, SurveyUse, Unit
from ..survey import Rating, rated, sheet_map
from ..survey import exports as survey_exports
from ..survey.exports import ExportKind
from ..survey.exports.screen import screen
from ..survey.rated import RatedGrid, RatedRow, RatedSection
from ..survey.uses import meant, named, uses
from ..workspace.confined import read_bytes
from ..workspace.environment import Workspace
from ..writers.document import FORMATS, ONE, Copies
from . import documents
from .documents import GeneratedFiles

__all__ = ["Copies", "CountedAnswers", "ExportKind", "as_json", "count", "export", "make"]

Layout = SurveyLayout
"""What form a questionnaire takes: the usual one, or another."""

FULL = 20
"""With so many decimals a root is given to machines."""


def make(
    workspace: Workspace,
    target: Target,
    survey_id: str | None = None,
    *,
    blank: bool = False,
    layout: Layout = "",
    formats: Iterable[str] = FORMATS,
    base: Path | None = None,
    copies: Copies = ONE,
) -> GeneratedFiles:
    """The questionnaires that a unit's indicators name, or one of them; not yet published.

    Those that lie in their places and are of other words are kept, in a folder of their own.
    A unit that names none makes all of the agency's. ``blank``: the agency's own form, which is
    also what a survey's own file means. Raises what ``documents.make`` raises.
    """
    target, survey_id, of_survey = _of_survey(target, survey_id)
    scope: DocumentScope = "form" if blank or of_survey else "unit"
    if layout == "fillable" and copies != ONE:
        raise UsageError(message("fillable-form-in-copies"))
    names = [survey_id] if survey_id else inputs.surveys_of(target, scope)
    files: dict[Path, bytes] = {}
    warnings: dict[Diagnostic, None] = {}
    for name in names:
        made = documents.make(
            workspace,
            "survey",
            target,
            formats=formats,
            options=DocumentOptions(scope=scope, survey=name, layout=layout),
            base=base,
            copies=copies,
        )
        files |= made.files
        warnings |= dict.fromkeys(made.warnings)
    return GeneratedFiles({**files, **_printed_before(files)}, tuple(warnings))


def _printed_before(files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The forms that others take the place of, to be kept: sheets of them may still come back."""
    kept: dict[Path, bytes] = {}
    for path, data in files.items():
        name = path.name.removesuffix(sheet_map.ENDING)
        pdf = path.with_name(f"{name}.pdf")
        if name == path.name or not (path.is_file() and pdf.is_file()):
            continue
        before = read_bytes(path)
        try:
            was, now = sheet_map.read(before), sheet_map.read(data)
        except ValueError:
            continue
        if was.document == now.document and set(was.copies) <= set(now.copies):
            continue
        kept_as = f"{name}-{hashlib.sha256(before).hexdigest()[:12]}"
        folder = path.parent / sheet_map.PRINTED
        kept[folder / f"{kept_as}.pdf"] = read_bytes(pdf)
        kept[folder / f"{kept_as}{sheet_map.ENDING}"] = before
    return kept


def export(
    workspace: Workspace,
    target: Target,
    survey_id: str | None,
    kind: ExportKind,
    base: Path | None = None,
) -> GeneratedFiles:
    """A survey's files for another program, as a unit (or an agency) makes it; not yet published.

    Where there is only one survey to mean, ``survey_id`` may be None. Raises DataError,
    FileError, UsageError.
    """
    target, survey_id, _ = _of_survey(target, survey_id)
    if target.sealed:
        raise UsageError(message("export-of-no-unit"))
    folder = rules.valid(reading.read_agency(target.folder))
    agency = folder.agency.model
    unit = reading.read_unit(folder, target.unit) if target.unit is not None else None
    if unit is not None:
        stop_on(rules.check_unit(folder, unit))
    name = meant(folder, unit) if survey_id is None else named(folder, survey_id)
    stop_on(rules.check_survey(folder, name))
    model = valid_file(folder.surveys[name]).model
    use = uses(unit).get(name, SurveyUse(survey=name))
    asked = screen(name, model, _about(model, use, agency, unit.unit if unit else None))
    who = unit_id(unit) if unit is not None else folder.id
    return GeneratedFiles(
        {
            DocumentName(who, "survey", (name, what)).path(
                base or workspace.outputs, folder.id, extension
            ): data
            for what, extension, data in survey_exports.files(kind, asked)
        }
    )


def _about(survey: Survey, use: SurveyUse, agency: Agency, unit: Unit | None) -> list[str]:
    """Who asks, about what, and why. Blanks that aren't filled are left out: no hand fills them."""
    values = {
        "agency": agency.name,
        "unit": unit.name if unit is not None else None,
        "year": digits(agency, str(agency.fiscal_year)),
        **{name: f"{survey.blanks[name]} {value}" for name, value in use.blanks.items()},
    }
    texts = (survey.sender, survey.place, survey.purpose, survey.privacy)
    filled = (BLANK.sub(lambda match: values.get(match[1]) or "", text or "") for text in texts)
    return [words for text in filled if (words := " ".join(text.split()))]


def _of_survey(target: Target, survey_id: str | None) -> tuple[Target, str | None, bool]:
    """What a survey's own file means: that survey, of the agency itself. Raises UsageError."""
    if not target.survey:
        return target, survey_id, False
    if survey_id not in (None, target.survey):
        raise UsageError(
            message("file-of-another-survey", file=f"{target.survey}.yaml", survey=survey_id)
        )
    return replace(target, survey=""), target.survey, True


def count(
    workspace: Workspace,
    target: Target,
    survey_id: str,
    round_id: str,
    files: Iterable[Path],
    *,
    over: bool = False,
    with_rejected: bool = False,
) -> CountedAnswers:
    """Count the answers in files to one survey of a unit; ``over``: in place of counted ones.

    Submissions that were rejected in ODK or Kobo are left out but ``with_rejected``. Not yet
    published. Raises DataError (with every cell that is at fault), FileError, UsageError.
    """
    counted = responses.count(
        workspace, target, survey_id, round_id, files, over=over, with_rejected=with_rejected
    )
    thin = responses.thin(counted)
    return counted if thin is None else replace(counted, remarks=(*counted.remarks, thin))


def percentages(counted: CountedAnswers) -> tuple[str, str]:
    """How many are satisfied and dissatisfied, in percent, half-up as printed; ``–`` for none."""
    figures = survey.figures(counted.survey, counted.answers, counted.name)
    of = (figures.satisfaction, figures.dissatisfaction)
    satisfied, dissatisfied = ("–" if one is None else shown(half_up(one, 2)) for one in of)
    return satisfied, dissatisfied


def as_json(counted: CountedAnswers) -> dict[str, Any]:
    """What counted answers came to, for machines: counts, and figures as text in full."""
    model, answers = counted.survey, counted.answers
    definitions = model.definitions
    figures = survey.figures(model, answers, counted.name)
    population = counted.use.population
    return {
        "survey": counted.name,
        "version": answers.version,
        "n": answers.n,
        "minimum": definitions.minimum,
        "population": population,
        "sample": None if population is None else survey.sample_size(population, definitions.error),
        "satisfaction": _text(figures.satisfaction),
        "dissatisfaction": _text(figures.dissatisfaction),
        "definitions": definitions.model_dump(mode="json", exclude={"bands", "group_by"}),
        "counts": answers.items,
        "grids": [
            {
                "id": grid.grid.id,
                "full": grid.grid.full,
                **_figures(counted, grid),
                "sections": [
                    {
                        "heading": section.heading,
                        **_figures(counted, section),
                        "items": {row.code: _figures(counted, row) for row in section.rows},
                    }
                    for section in grid.sections
                ],
            }
            for grid in rated.rated(model, answers)
        ],
    }


def _figures(counted: CountedAnswers, of: RatedRow | RatedSection | RatedGrid) -> dict[str, Any]:
    """The figures of what is rated; where there is a second scale or no opinion, these too."""
    found = _rating(counted, of.rating)
    if of.without:
        found["no_opinion"] = of.without
    if of.beside is not None:
        found |= {"beside": _rating(counted, of.beside), "gap": _text(of.gap)}
    return found


def _rating(counted: CountedAnswers, rating: Rating) -> dict[str, Any]:
    return {
        "n": rating.n,
        "mean": _text(rating.mean),
        "deviation": _text(rating.deviation(FULL)),
        "percent": _text(rated.percent(counted.survey.definitions, rating)),
    }


def _text(value: Exact | None) -> str | None:
    return None if value is None else in_full(value)

"""What a unit's indicators print or are counted from is there: tables, a plan, surveys."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import AgencyFolder, UnitFile
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
from ..model import Survey, Unit
from . import tables


def check_used(folder: AgencyFolder, unit: UnitFile) -> Iterator[Diagnostic]:
    """The tables and plan a unit's indicators print exist and are in order."""
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        for index, key in enumerate(indicator.tables):
            place = resolved.node.at("tables", index)
            if key not in folder.tables:
                yield fault("unknown-table", place, hint=did_you_mean(key, folder.tables), name=key)
            else:
                yield from tables.check(folder.tables[key])
        if indicator.plan is not None:
            if indicator.plan not in folder.plans:
                yield fault(
                    "unknown-plan",
                    resolved.node.at("plan"),
                    hint=did_you_mean(indicator.plan, folder.plans),
                    name=indicator.plan,
                )
            else:
                yield from folder.plans[indicator.plan].faults


def check_surveys(folder: AgencyFolder, unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    """The surveys that a unit names exist, agree, and have the blanks that it fills in.

    A document's source holds only the surveys that the document is of.
    """
    for index, use in enumerate(model.indicators):
        place = ("indicators", index, "surveys")
        poolings: set[str] = set()
        for number, asked in enumerate(use.surveys):
            file = folder.surveys.get(asked.survey)
            if file is None and folder.sealed:
                continue
            if file is None:
                yield fault(
                    "unknown-survey",
                    unit.file.node.at(*place, number, "survey"),
                    hint=did_you_mean(asked.survey, folder.surveys) or message("no-surveys"),
                    name=asked.survey,
                )
                continue
            yield from file.faults
            if file.model is None:
                continue
            poolings.add(repr(_together(file.model)))
            for name in asked.blanks:
                if name not in file.model.blanks:
                    yield fault(
                        "survey-has-no-blank",
                        unit.file.node.key_at(*place, number, "blanks", name),
                        hint=did_you_mean(name, file.model.blanks),
                        survey=asked.survey,
                        blank=name,
                    )
        if len(poolings) > 1:
            yield fault("surveys-defined-differently", unit.file.node.at(*place))


def _together(survey: Survey) -> tuple[object, ...]:
    definitions = survey.definitions
    read = definitions.satisfaction
    return (read.measure, read.over, definitions.dissatisfaction, definitions.pooling)

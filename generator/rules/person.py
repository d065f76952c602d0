"""Rules of persons: duties, mandatory indicators, competencies (source 004, 5.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..agreements.files import AgencyFolder, DataFile, UnitFile
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
from ..model import Agency, Results, Unit
from .completeness import pending


def check_is_person(unit: UnitFile) -> Iterator[Diagnostic]:
    """The forms of a person are made of a unit of that level."""
    model = unit.file.model
    if model is not None and model.level != "person":
        yield fault("unit-is-no-person", unit.file.node.at("level"), level=model.level)


def check(
    folder: AgencyFolder, unit: UnitFile, model: Unit, agency: Agency
) -> Iterator[Diagnostic]:
    """Only persons have what is a person's; what their duties name is there."""
    node = unit.file.node
    if model.level != "person":
        for field in ("responsibilities", "competencies"):
            if getattr(model, field):
                yield fault("only-a-person-has", node.key_at(field), key=field)
        return
    ids = Counter(competency.id for competency in model.competencies)
    for index, competency in enumerate(model.competencies):
        if ids[competency.id] > 1:
            place = node.at("competencies", index, "id")
            yield fault("competency-twice", place, name=competency.id)
    yield from _check_duties(unit, model)
    yield from _check_mandatory(folder, unit, model, agency)


def _check_duties(unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    """Duties name indicators of the person; a final leaves none out and has what is assigned."""
    node, final = unit.file.node, model.status == "final"
    if model.responsibilities is None:
        return
    known = {use.key for use in model.indicators}
    keys = known - unit.unknown
    named: set[str] = set()
    for aspect, index, work in model.responsibilities.each():
        place = ("responsibilities", aspect, index)
        for position, key in enumerate(work.indicators):
            named.add(key)
            if key not in known and not unit.may_mean(key):
                yield fault(
                    "unit-has-no-indicator",
                    node.at(*place, "indicators", position),
                    hint=did_you_mean(key, keys),
                    name=key,
                )
        if aspect == "assigned" and not work.order:
            yield pending(final, message("work-not-assigned"), node.at(*place))
    for index, use in enumerate(model.indicators):
        if final and use.key not in named | unit.unknown:
            yield fault("indicator-without-work", node.at("indicators", index), indicator=use.key)


def _check_mandatory(
    folder: AgencyFolder, unit: UnitFile, model: Unit, agency: Agency
) -> Iterator[Diagnostic]:
    """Every person has the mandatory indicators, under self-development."""
    final, node = model.status == "final", unit.file.node
    duties = model.responsibilities
    developed = {key for work in duties.development for key in work.indicators} if duties else set()
    for key in agency.personal.mandatory:
        uses = [use.key for use in model.indicators if key in (use.use, use.key)]
        if unit.may_mean(key) or not (folder.sealed or key in folder.indicators):
            continue
        if not uses:
            yield pending(
                final, message("mandatory-indicator-missing", name=key), node.at("indicators")
            )
        elif duties is not None and not developed & set(uses):
            yield pending(
                final,
                message("mandatory-indicator-not-developed", name=key),
                node.at("responsibilities"),
            )


def check_agency(folder: AgencyFolder, agency: Agency) -> Iterator[Diagnostic]:
    """The mandatory indicators are there."""
    for index, key in enumerate(agency.personal.mandatory):
        if key not in folder.indicators:
            yield fault(
                "unknown-indicator",
                folder.agency.node.at("personal", "mandatory", index),
                hint=did_you_mean(key, folder.indicators),
                name=key,
            )


def check_results(file: DataFile[Results], results: Results, unit: Unit) -> Iterator[Diagnostic]:
    """Competencies that were assessed are the person's."""
    known = {competency.id for competency in unit.competencies}
    for key in results.competencies:
        if key not in known:
            yield fault(
                "unit-has-no-competency",
                file.node.key_at("competencies", key),
                hint=did_you_mean(key, known),
                name=key,
            )

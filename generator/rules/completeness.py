"""What a final agreement must have; what a draft still leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import ResolvedIndicator, UnitFile
from ..diagnostics import Diagnostic, Location, Severity, fault
from ..messages import Message, message
from ..model import ALL, Agency, Criteria, LevelMark, Unit, Wording
from ..model.round_sets import rounds_of
from ..model.tree import components_of, walk, weight_in
from . import sheet_fields

_HINT = message("fill-in-or-draft")
"""What to do about what a final lacks."""


def check(
    unit: UnitFile, model: Unit, agency: Agency, wording: Wording | None
) -> Iterator[Diagnostic]:
    """A final lacks nothing that its form prints but names and days that are written by hand.

    Which parts the form has, the wording says. A draft is told which criteria are open.

    A draft's blank names are no news and pass silently; open criteria are warnings.
    """
    final = model.status == "final"
    if final:
        if not model.indicators:
            yield fault("final-without-indicators", unit.file.node.location, hint=_HINT)
        yield from _check_parties(unit, model, agency)
        yield from _check_strategy(unit, model)
        if wording is not None:
            yield from _check_printed(unit, model, wording)
            yield from _check_rows(unit, model, agency, wording)
    for resolved in unit.indicators:
        place = unit.file.node.at(*resolved.place)
        key, indicator = resolved.item.key, resolved.item.indicator
        rounds = [r for r in rounds_of(model, agency) if indicator.assessed_in(r.id)]
        if any(name not in (*agency.round_ids, ALL) for name in indicator.criteria):
            continue  # rules.rounds names the round; what the others lack may be there
        for r in rounds:
            if final and weight_in(resolved.item.use, r.id) is None:
                yield fault(
                    "indicator-without-weight", place, hint=_HINT, indicator=key, round=r.id
                )
            criteria = indicator.criteria_of(r.id)
            if criteria is None or not (criteria.levels or criteria.parts):
                yield pending(
                    final, message("indicator-without-criteria", indicator=key, round=r.id), place
                )
            elif r is rounds[0] or ALL not in indicator.criteria:
                yield from _check_open_levels(resolved, criteria, r.id, final)
        for name in resolved.item.open_blanks:
            yield pending(final, message("blank-not-filled-in", blank=name, indicator=key), place)


def pending(final: bool, said: Message, place: Location) -> Diagnostic:
    """What is open: an error of a final, a warning of a draft."""
    if final:
        return Diagnostic(said, place, _HINT)
    return Diagnostic(said, place, severity=Severity.WARNING)


def _check_open_levels(
    resolved: ResolvedIndicator, criteria: Criteria, round_id: str, final: bool
) -> Iterator[Diagnostic]:
    key = round_id if round_id in resolved.item.indicator.criteria else "all"
    readings: list[tuple[tuple[str | int, ...], dict[str, LevelMark]]] = [
        (("criteria", key), criteria.levels)
    ]
    for index, part in enumerate(criteria.parts):
        readings.append((("criteria", key, "parts", index), part.levels))
    for path, levels in readings:
        for name, level in levels.items():
            if level.state == "open":
                yield pending(
                    final,
                    message("level-open", level=name, indicator=resolved.item.key),
                    resolved.node.at(*path, "levels", name),
                )


def _check_parties(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    node = unit.file.node
    for field, parties in (
        ("assessors", model.assessors if model.assessors is not None else agency.assessors),
        ("assessees", model.assessees),
    ):
        if not parties:
            yield fault("final-without-parties", node.location, hint=_HINT, key=field)
        for index, party in enumerate(parties):
            for part in ("name", "position"):
                if not getattr(party, part):
                    yield fault(
                        "party-incomplete",
                        node.at(field, index, part),
                        hint=_HINT,
                        part=part,
                        field=field,
                        number=index + 1,
                    )
    if not model.name:
        yield fault("unit-without-name", node.location, hint=_HINT)


def _check_strategy(unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    node = unit.file.node
    placed = {key for row in model.strategy for key in row.indicators}
    for index, use in enumerate(model.indicators):
        if model.strategy and use.key not in placed | unit.unknown:
            yield fault("indicator-without-goal", node.at("indicators", index), indicator=use.key)
    for index, row in enumerate(model.strategy):
        if row.goals and not row.indicators:
            yield fault("goal-without-indicator", node.at("strategy", index))


def _check_printed(unit: UnitFile, model: Unit, wording: Wording) -> Iterator[Diagnostic]:
    """Nothing that the form prints of a unit is left empty."""
    node, form = unit.file.node, wording.agreement
    person = model.level == "person"
    if form.duties is not None and not person and not any(model.duties):
        yield fault("duties-missing", node.at("duties"), hint=_HINT)
    columns = []
    if not person and (form.duties is not None or form.summary is not None):
        columns = ["issue", "goals"]
    elif form.goals is not None and not person:
        columns = ["goals"]
    if columns and not model.strategy:
        yield fault("goals-missing", node.at("strategy"), hint=_HINT)
    for index, row in enumerate(model.strategy):
        for column in columns:
            if not getattr(row, column):
                said = (
                    message("strategy-without-issue", number=index + 1)
                    if column == "issue"
                    else message("strategy-without-goals", number=index + 1)
                )
                yield Diagnostic(said, node.at("strategy", index, column), _HINT)
        if columns and not row.indicators and not row.goals:
            place = node.at("strategy", index)
            yield fault("strategy-without-indicator", place, hint=_HINT, number=index + 1)
    if person and wording.personal is not None:
        if model.responsibilities is None or not any(model.responsibilities.each()):
            place = node.at("responsibilities")
            yield fault("responsibilities-missing", place, hint=_HINT)
        if not model.competencies:
            place = node.at("competencies")
            yield fault("competencies-missing", place, hint=_HINT)
    for resolved in unit.indicators:
        yield from sheet_fields.check_final(resolved, wording)


def _check_rows(
    unit: UnitFile, model: Unit, agency: Agency, wording: Wording
) -> Iterator[Diagnostic]:
    """No component prints the form's empty rows."""
    form = wording.agreement
    if not model.indicators:
        return
    if model.level == "person" or not any((form.criteria, form.summary, form.tables, form.goals)):
        return
    used = {use.component for use in model.indicators}
    for component in walk(components_of(model, agency)):
        rows = agency.form.rows.get(component.id, 0)
        if rows and component.id not in used and not component.components:
            yield fault(
                "component-without-indicator",
                unit.file.node.at("indicators"),
                component=component.id,
            )

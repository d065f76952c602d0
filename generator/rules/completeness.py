"""What a final agreement must have; what a draft still leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import ResolvedIndicator, UnitFile
from ..diagnostics import Diagnostic, Location, Severity
from ..model import Agency, Criteria, Indicator, LevelMark, Unit, Wording
from ..model.tree import components_of, walk, weight_in

_HINT = "fill it in, or set status: draft"


_SHEET = {
    "measure": "หน่วยวัด",
    "description": "คำอธิบาย",
    "source": "แหล่งข้อมูล",
    "collection": "วิธีการจัดเก็บข้อมูล",
}
"""What every sheet prints, as a dotted line where it is empty."""


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
            yield Diagnostic("a final agreement needs indicators", unit.file.node.location, _HINT)
        yield from _check_parties(unit, model, agency)
        yield from _check_strategy(unit, model)
        if wording is not None:
            yield from _check_printed(unit, model, wording)
            yield from _check_rows(unit, model, agency, wording)
    for resolved in unit.indicators:
        place = unit.file.node.at(*resolved.place)
        key = resolved.item.key
        for r in agency.rounds:
            if final and weight_in(resolved.item.use, r.id) is None:
                yield Diagnostic(
                    f"the indicator '{key}' has no weight in round {r.id}", place, _HINT
                )
            criteria = resolved.item.indicator.criteria_of(r.id)
            if criteria is None or not (criteria.levels or criteria.parts):
                yield pending(
                    final, f"the indicator '{key}' has no criteria for round {r.id}", place
                )
            elif r.id == agency.rounds[0].id or "all" not in resolved.item.indicator.criteria:
                yield from _check_open_levels(resolved, criteria, r.id, final)
        for name in resolved.item.open_blanks:
            yield pending(final, f"the blank '{name}' of indicator '{key}' is not filled in", place)


def pending(final: bool, message: str, place: Location) -> Diagnostic:
    """What is open: an error of a final, a warning of a draft."""
    if final:
        return Diagnostic(message, place, _HINT)
    return Diagnostic(message, place, severity=Severity.WARNING)


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
                    f"level {name} of indicator '{resolved.item.key}' is open",
                    resolved.node.at(*path, "levels", name),
                )


def _check_parties(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    node = unit.file.node
    for field, parties in (
        ("assessors", model.assessors if model.assessors is not None else agency.assessors),
        ("assessees", model.assessees),
    ):
        if not parties:
            yield Diagnostic(f"a final agreement needs {field}", node.location, _HINT)
        for index, party in enumerate(parties):
            for part in ("name", "position"):
                if not getattr(party, part):
                    yield Diagnostic(
                        f"the {part} of {field} {index + 1} is missing",
                        node.at(field, index, part),
                        _HINT,
                    )
    if not model.name:
        yield Diagnostic("the unit's name is missing", node.location, _HINT)


def _check_strategy(unit: UnitFile, model: Unit) -> Iterator[Diagnostic]:
    node = unit.file.node
    placed = {key for row in model.strategy for key in row.indicators}
    for index, use in enumerate(model.indicators):
        if model.strategy and use.key not in placed | unit.unknown:
            yield Diagnostic(
                f"the indicator '{use.key}' measures no goal of the strategy",
                node.at("indicators", index),
                "name it under strategy: … indicators:",
            )
    for index, row in enumerate(model.strategy):
        if row.goals and not row.indicators:
            yield Diagnostic(
                "a goal has no indicator", node.at("strategy", index), "name one under indicators:"
            )


def _check_printed(unit: UnitFile, model: Unit, wording: Wording) -> Iterator[Diagnostic]:
    """Nothing that the form prints of a unit is left empty."""
    node, form = unit.file.node, wording.agreement
    person = model.level == "person"
    if form.duties is not None and not person and not any(model.duties):
        yield Diagnostic("the duties are missing", node.at("duties"), _HINT)
    columns = []
    if not person and (form.duties is not None or form.summary is not None):
        columns = ["issue", "goals"]
    elif form.goals is not None and not person:
        columns = ["goals"]
    if columns and not model.strategy:
        yield Diagnostic("the goals are missing (strategy:)", node.at("strategy"), _HINT)
    for index, row in enumerate(model.strategy):
        for column in columns:
            if not getattr(row, column):
                message = f"the {column} of strategy {index + 1} are missing"
                if column == "issue":
                    message = f"the issue of strategy {index + 1} is missing"
                yield Diagnostic(message, node.at("strategy", index, column), _HINT)
        if columns and not row.indicators and not row.goals:
            place = node.at("strategy", index)
            yield Diagnostic(f"strategy {index + 1} names no indicator", place, _HINT)
    if person and wording.personal is not None:
        if model.responsibilities is None or not any(model.responsibilities.each()):
            place = node.at("responsibilities")
            yield Diagnostic("the duties are missing (responsibilities:)", place, _HINT)
        if not model.competencies:
            place = node.at("competencies")
            yield Diagnostic("the competencies are missing", place, _HINT)
    for resolved in unit.indicators:
        yield from _check_indicator(resolved, resolved.item.indicator, wording)


def _check_indicator(
    resolved: ResolvedIndicator, indicator: Indicator, wording: Wording
) -> Iterator[Diagnostic]:
    """What the sheet, and the table of the memorandum, print of an indicator."""
    needed = dict(_SHEET) if wording.sheet is not None else {}
    if wording.agreement.goals is not None:
        needed["source"] = _SHEET["source"]
    for field, called in needed.items():
        if not getattr(indicator, field):
            yield Diagnostic(
                f"the {field} ({called}) of indicator '{resolved.item.key}' is missing",
                resolved.node.at(field),
                _HINT,
            )


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
            yield Diagnostic(
                f"the component '{component.id}' has no indicator, and its rows would be empty",
                unit.file.node.at("indicators"),
                "name one, or give the unit a weight tree of its own (components:)",
            )

"""What a final agreement must have; what a draft still leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Location, Severity
from ..model import Agency, Criteria, LevelMark, Unit
from ..reader import Resolved, UnitFile
from .weights import weight_in

_HINT = "fill it in, or set status: draft"


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """A final needs names, positions, weights and defined levels; a draft is told what is open.

    A draft's blank names are no news and pass silently; open criteria are warnings.
    """
    final = model.status == "final"
    if final:
        if not model.indicators:
            yield Diagnostic("a final agreement needs indicators", unit.file.node.location, _HINT)
        yield from _check_parties(unit, model, agency)
        yield from _check_strategy(unit, model)
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
    resolved: Resolved, criteria: Criteria, round_id: str, final: bool
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

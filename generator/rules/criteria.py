"""Criteria fit their scale: every level is there, and none that the scale doesn't have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ..agreements.files import ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault, warning
from ..exact import bare
from ..model import ALL, Agency, Criteria, CriteriaPart, Unit
from ..model.scales import in_columns, scale_of
from ..scoring.points import nested


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """The levels of every indicator's criteria match its scale; conditions match the reading."""
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        if indicator.period is not None and indicator.period.start > indicator.period.end:
            yield fault("period-ends-before-it-starts", resolved.node.at("period", "end"))
        for key, criteria in indicator.criteria.items():
            path: tuple[str | int, ...] = ("criteria", key)
            if key != ALL and ALL in indicator.criteria:
                yield fault("criteria-for-all-and-for-each", resolved.node.key_at(*path))
            if criteria.parts:
                yield from _check_scale(resolved, criteria, path, agency)
                for index, part in enumerate(criteria.parts):
                    part_path = (*path, "parts", index)
                    whole = criteria.of_part(part)
                    yield from _check_levels(resolved, whole, part_path, model, agency)
            elif criteria.levels:
                yield from _check_levels(resolved, criteria, path, model, agency)
            if criteria.count is not None:
                yield from _check_count(resolved, criteria, path)


def _check_scale(
    resolved: ResolvedIndicator,
    criteria: Criteria | CriteriaPart,
    path: tuple[str | int, ...],
    agency: Agency,
) -> Iterator[Diagnostic]:
    if criteria.scale is not None and criteria.scale not in agency.scales:
        yield fault(
            "unknown-scale",
            resolved.node.at(*path, "scale"),
            hint=did_you_mean(criteria.scale, agency.scales),
            name=criteria.scale,
        )


def _check_levels(
    resolved: ResolvedIndicator,
    criteria: Criteria | CriteriaPart,
    path: tuple[str | int, ...],
    unit: Unit,
    agency: Agency,
) -> Iterator[Diagnostic]:
    yield from _check_scale(resolved, criteria, path, agency)
    scale = scale_of(criteria, unit, agency)
    node = resolved.node
    if scale is None:
        return
    ids = [level.id for level in scale.levels]
    for name in criteria.levels:
        if name not in ids:
            yield fault(
                "level-not-in-scale",
                node.key_at(*path, "levels", name),
                level=name,
                ids=", ".join(ids),
            )
    for name in ids:
        if name not in criteria.levels:
            yield fault("level-missing", node.at(*path, "levels"), level=name)
    table = agency.scales.get(unit.scale or agency.scale)
    if table is not None and in_columns(scale, table) is None:
        yield fault("scale-does-not-fit-tables", node.at(*path, "scale"), levels=len(ids))
    if criteria.read == "points":
        yield from _check_points(criteria, ids, node, path)
        yield from _check_nought(resolved, criteria, ids, path)
    if criteria.read == "band":
        yield from _check_nested(criteria, ids, node, path)
    if criteria.read == "ladder" and criteria.below == "linear":
        yield fault("linear-below-a-ladder", node.at(*path, "below"))
    if criteria.read == "ladder":
        for name, level in criteria.levels.items():
            if level.state == "defined" and not level.conditional:
                yield fault("level-without-condition", node.at(*path, "levels", name), level=name)


def _check_count(
    resolved: ResolvedIndicator, criteria: Criteria, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """What is counted is a percentage of something."""
    if not criteria.levels:
        yield fault("no-levels-to-count", resolved.node.at(*path, "count"))
    for name, level in criteria.levels.items():
        if level.state == "defined" and level.value is None:
            yield fault(
                "level-without-value-to-count", resolved.node.at(*path, "levels", name), level=name
            )


def _check_points(
    criteria: Criteria | CriteriaPart, ids: list[str], node: Node, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """Every level has a value, and the values rise or fall from level to level.

    Two levels may ask for the same; then nobody stays at the lower one, which is said.
    """
    values: list[tuple[str, Decimal]] = []
    for name in ids:
        level = criteria.levels.get(name)
        if level is None or level.state != "defined":
            continue
        if level.earned_at is None:
            yield fault("level-without-value", node.at(*path, "levels", name), level=name)
        else:
            values.append((name, level.earned_at))
    figures = [value for _, value in values]
    rising = sorted(figures)
    if figures not in (rising, rising[::-1]) or (len(figures) > 1 and len(set(figures)) == 1):
        yield fault("values-neither-rise-nor-fall", node.at(*path, "levels"))
        return
    for (lower, value), (higher, same) in pairwise(values):
        if value == same:
            place = node.at(*path, "levels", higher)
            yield warning("target-repeated", place, level=higher, lower=lower, value=bare(value))


def _check_nested(
    criteria: Criteria | CriteriaPart, ids: list[str], node: Node, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """Every level has a band, inside that of the level below it."""
    marks = [(name, criteria.levels[name]) for name in ids if name in criteria.levels]
    defined = [(name, mark) for name, mark in marks if mark.state == "defined"]
    for name, mark in defined:
        if mark.between is None:
            yield fault("level-without-band", node.at(*path, "levels", name), level=name)
    if not nested([mark for _, mark in defined]):
        yield fault("bands-not-nested", node.at(*path, "levels"))


def _check_nought(
    resolved: ResolvedIndicator,
    criteria: Criteria | CriteriaPart,
    ids: list[str],
    path: tuple[str | int, ...],
) -> Iterator[Diagnostic]:
    """Where less is better and a value may fall below nought, that it is best there is said."""
    marks = [criteria.levels[name] for name in ids if name in criteria.levels]
    values = [mark.earned_at for mark in marks if mark.state == "defined"]
    known = [value for value in values if value is not None]
    indicator = resolved.item.indicator
    made = (criteria.value, indicator.value)
    stated = (
        criteria.possible if isinstance(criteria, CriteriaPart) else None
    ) or indicator.possible
    below = any(value is not None and value.negative for value in made) or (
        stated is not None and stated.at_least is not None and stated.at_least < 0
    )
    if below and len(known) > 1 and 0 <= known[-1] < known[0]:
        yield warning("below-nought-is-best", resolved.node.at(*path, "levels"), level=ids[-1])

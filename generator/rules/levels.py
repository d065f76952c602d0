"""Levels as they are read, in ladders, points, bands and score tables.

What would be refused later, or read otherwise than its words say, shows when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..agreements.files import ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, Severity, fault
from ..exact import bare
from ..messages import Message, message
from ..model import Agency, Criteria, CriteriaPart, Decimals, Unit, Value
from ..model.scales import scale_of
from ..scoring import possible
from ..scoring.conditions import EMPTY, WHOLE, ends, reads_value
from ..scoring.possible import Bounds
from . import silent
from .bands import Band, Reading, check_bands
from .level_texts import check_ends, check_marks, check_words


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """Every ladder and score table of a unit's indicators, and the words of all levels."""
    around = repr((agency.scales, agency.scale, agency.policies, model.scale))
    for resolved in unit.indicators:
        said = silent.key_of(around, resolved.node.plain())
        if silent.KNOWN.get(said):
            continue
        found = tuple(_check_indicator(resolved, model, agency))
        if not found:
            silent.KNOWN.put(said, True)
        yield from found


def _check_indicator(
    resolved: ResolvedIndicator, model: Unit, agency: Agency
) -> Iterator[Diagnostic]:
    indicator = resolved.item.indicator
    yield from _check_tables(resolved.node, ("value",), indicator.value, agency)
    for key, criteria in indicator.criteria.items():
        path: tuple[str | int, ...] = ("criteria", key)
        readings: list[tuple[tuple[str | int, ...], Criteria | CriteriaPart]] = [(path, criteria)]
        for index, part in enumerate(criteria.parts):
            readings.append(((*path, "parts", index), criteria.of_part(part)))
        for where, reading in readings:
            yield from _check_reading(resolved, where, reading, model, agency)
            own = reading.value
            yield from _check_tables(resolved.node, (*where, "value"), own, agency)


def _check_reading(
    resolved: ResolvedIndicator,
    path: tuple[str | int, ...],
    reading: Criteria | CriteriaPart,
    unit: Unit,
    agency: Agency,
) -> Iterator[Diagnostic]:
    scale = scale_of(reading, unit, agency)
    if scale is None or not reading.levels:
        return
    node = resolved.node
    bounds = possible.of_value(resolved.item.indicator, reading)
    marks = [(level.id, reading.levels.get(level.id)) for level in scale.levels]
    if reading.read == "points":
        yield from check_marks(reading, node, path)
        for name, mark in reading.levels.items():
            if mark.state == "defined" and mark.earned_at is not None:
                named, place = message("level-named", level=name), node.at(*path, "levels", name)
                yield from _beyond(named, mark.earned_at, bounds, place)
        return
    if reading.read == "band":
        yield from check_ends(reading, node, path)
        for name, mark in reading.levels.items():
            if mark.state == "defined" and mark.between is not None:
                named, place = message("level-named", level=name), node.at(*path, "levels", name)
                yield from _beyond(named, mark.between[0], bounds, place)
        return
    bands = [
        Band(
            "level",
            name,
            mark,
            (mark.text, *([mark.table] if mark.table else [])),
            node.at(*path, "levels", name),
        )
        for name, mark in marks
        if mark is not None and mark.state == "defined" and reads_value(mark)
    ]
    how = _how(reading.decimals, bands, bounds, resolved.item.indicator.measure, agency)
    complete = all(
        mark is not None
        and (mark.state == "not earned" or (mark.state == "defined" and mark.conditional))
        for _, mark in marks
    )
    yield from check_bands(bands, how, complete=complete)
    yield from check_words(bands, how, bounds)
    yield from _check_possible(bands, bounds, complete=complete)


def _check_tables(
    node: Node, path: tuple[str | int, ...], value: Value | None, agency: Agency
) -> Iterator[Diagnostic]:
    """Score tables, in the order of what their rows give."""
    lookups = value.lookups if value is not None else {}
    for key, lookup in lookups.items():
        rows = sorted(enumerate(lookup.rows), key=lambda pair: pair[1].gives)
        bands = [
            Band(
                "row",
                bare(row.gives),
                row,
                (row.text,),
                node.at(*path, "lookups", key, "rows", index),
            )
            for index, row in rows
            if reads_value(row)
        ]
        none = Bounds(None, None, stated=False)
        how = _how(None, bands, none, None, agency)
        yield from check_bands(bands, how, complete=True)
        yield from check_words(bands, how, none)


def _how(
    stated: Decimals | None,
    bands: Sequence[Band],
    bounds: Bounds,
    measure: str | None,
    agency: Agency,
) -> Reading:
    """How values are rounded before they are read; what is counted comes in whole numbers."""
    decimals = agency.policies.decimals if stated is None else stated
    counted = (
        measure is not None
        and not bounds.percent
        and not any(word in measure for word in (*possible.POINTS, "ระดับ"))
        and all(end == end.to_integral_value() for band in bands for end in ends(band.region))
    )
    if counted:
        return Reading(Decimal(1), as_printed=stated == "none")
    if decimals == "none":
        return Reading(None, as_printed=stated == "none")
    return Reading(Decimal(1).scaleb(-decimals), as_printed=False)


def _check_possible(
    bands: Sequence[Band], bounds: Bounds, *, complete: bool
) -> Iterator[Diagnostic]:
    """Levels ask for what is possible, and the best one ends where that ends."""
    for band in bands:
        for stretch in band.region:
            if stretch.low is not None:
                yield from _beyond(band.named(), stretch.low, bounds, band.place)
    placed = [band for band in bands if band.region not in (EMPTY, WHOLE)]
    if not complete or len(placed) < 2:
        return
    last = placed[-1]
    lows = [min(ends(band.region)) for band in placed]
    highest = max(ends(last.region))
    open_above = any(s.high is None for band in placed for s in band.region)
    if lows[-1] <= lows[0] or open_above or not (bounds.percent or bounds.stated):
        return
    if bounds.most is None or highest < bounds.most:
        said = (
            message("value-above-last-level", value=bare(highest), level=last.shown())
            if bounds.most is None
            else message(
                "values-above-last-level",
                value=bare(highest),
                most=bare(bounds.most),
                level=last.shown(),
            )
        )
        hint = message("let-last-level-go-on")
        yield Diagnostic(said, last.place, hint, Severity.WARNING)


def _beyond(band: Message, value: Decimal, bounds: Bounds, place: Location) -> Iterator[Diagnostic]:
    """A level that nothing can reach."""
    if bounds.stated and (wrong := possible.fault(value, bounds)) is not None:
        yield fault("level-asks-for-the-impossible", place, level=band, reason=wrong[0])

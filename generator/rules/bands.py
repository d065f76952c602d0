"""Bands fit each other, the words of levels and their conditions: before a value falls in.

What a ladder, points or a score table would refuse, or read otherwise than its words say, shows
when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Literal

from ..agreements.files import ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, Severity, fault
from ..exact import bare
from ..messages import Message, message
from ..model import Agency, Condition, Criteria, CriteriaPart, Decimals, Unit, Value
from ..model.scales import scale_of
from ..scoring import level_words, possible
from ..scoring.conditions import (
    EMPTY,
    WHOLE,
    Region,
    both,
    ends,
    milestones,
    neighbours,
    reads_value,
    region,
)
from ..scoring.conditions import words as in_words
from ..scoring.possible import Bounds

_TINY = Decimal("1E-12")


@dataclass(frozen=True, slots=True)
class _Band:
    """A level or a row of a score table: what it is called, asks for and says, and where."""

    kind: Literal["level", "row"]
    id: str
    condition: Condition
    words: tuple[str, ...]
    place: Location

    @property
    def region(self) -> Region:
        """Where it holds when every milestone is done."""
        return region(self.condition, None)

    @property
    def free(self) -> bool:
        """Whether it asks for no milestone."""
        return not any(milestones(self.condition))

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies in it."""
        return _inside(value, self.region)

    def named(self) -> Message:
        """What it is called."""
        if self.kind == "level":
            return message("level-named", level=self.id)
        return message("row-named", gives=self.id)

    def shown(self) -> Message:
        """Its name and condition, as the scoring names them."""
        condition = in_words(self.condition)
        if self.kind == "level":
            return message("level-with-condition", level=self.id, condition=condition)
        return message("row-with-condition", gives=self.id, condition=condition)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a value is read: in steps (None: exactly), and whether the file says so itself."""

    step: Decimal | None
    as_printed: bool

    @property
    def severity(self) -> Severity:
        """Who writes ``decimals: none`` says that the bands stand as they are printed."""
        return Severity.WARNING if self.as_printed else Severity.ERROR


def check(unit: UnitFile, model: Unit, agency: Agency) -> Iterator[Diagnostic]:
    """Every ladder and score table of a unit's indicators, and the words of all levels."""
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        yield from _check_tables(resolved.node, ("value",), indicator.value, agency)
        for key, criteria in indicator.criteria.items():
            path: tuple[str | int, ...] = ("criteria", key)
            readings: list[tuple[tuple[str | int, ...], Criteria | CriteriaPart]] = [
                (path, criteria)
            ]
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
        yield from _check_marks(reading, bounds, node, path)
        return
    bands = [
        _Band(
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
    yield from _check_bands(bands, how, complete=complete)
    yield from _check_words(bands, how, bounds)
    yield from _check_possible(bands, bounds, complete=complete)


def _check_tables(
    node: Node, path: tuple[str | int, ...], value: Value | None, agency: Agency
) -> Iterator[Diagnostic]:
    """Score tables, in the order of what their rows give."""
    lookups = value.lookups if value is not None else {}
    for key, lookup in lookups.items():
        rows = sorted(enumerate(lookup.rows), key=lambda pair: pair[1].gives)
        bands = [
            _Band(
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
        yield from _check_bands(bands, how, complete=True)
        yield from _check_words(bands, how, none)


def _how(
    stated: Decimals | None,
    bands: Sequence[_Band],
    bounds: Bounds,
    measure: str | None,
    agency: Agency,
) -> _Reading:
    """How values are rounded before they are read; what is counted comes in whole numbers."""
    decimals = agency.policies.decimals if stated is None else stated
    counted = (
        measure is not None
        and not bounds.percent
        and not any(word in measure for word in (*possible.POINTS, "ระดับ"))
        and all(end == end.to_integral_value() for band in bands for end in ends(band.region))
    )
    if counted:
        return _Reading(Decimal(1), as_printed=stated == "none")
    if decimals == "none":
        return _Reading(None, as_printed=stated == "none")
    return _Reading(Decimal(1).scaleb(-decimals), as_printed=False)


def _tried(bands: Sequence[_Band], step: Decimal | None) -> list[Decimal]:
    """Values that can be read, one at least in every stretch between two ends."""
    found: set[Decimal] = set()
    every = sorted({end for band in bands for end in ends(band.region)})
    for end in every:
        if step is None:
            found |= {end - _TINY, end, end + _TINY}
        else:
            low = (end / step).to_integral_value(ROUND_FLOOR) * step
            found |= {low - step, low, low + step}
    if step is None:
        found |= {(a + b) / 2 for a, b in pairwise(every)}
    return sorted(found)


def _check_bands(bands: Sequence[_Band], how: _Reading, *, complete: bool) -> Iterator[Diagnostic]:
    """No gap between two bands, none that is never reached, none that others share in part."""
    placed = [band for band in bands if band.region not in (EMPTY, WHOLE)]
    values = _tried(placed, how.step)
    seen: set[tuple[int, int]] = set()
    for value in values if complete else ():
        beside = neighbours(value, [band.region for band in placed])
        if beside is None or None in beside:
            continue
        under, over = beside
        assert under is not None
        assert over is not None
        if (under, over) in seen:
            continue
        seen.add((under, over))
        first, second = placed[min(under, over)], placed[max(under, over)]
        yield Diagnostic(
            message(
                "levels-leave-a-gap",
                value=_example(value, placed[under], placed[over]),
                first=first.shown(),
                second=second.shown(),
            ),
            second.place,
            severity=how.severity,
        )
    held = [{value for value in values if band.holds(value)} for band in placed]
    for index, band in enumerate(placed):
        better = [i for i in range(index + 1, len(placed)) if placed[i].free]
        above = set().union(*(held[i] for i in better))
        if band.free and held[index] and held[index] <= above:
            other = next((i for i in better if held[index] <= held[i]), better[-1])
            yield Diagnostic(
                message("level-never-reached", level=band.shown(), other=placed[other].shown()),
                band.place,
                severity=how.severity,
            )
            continue
        for i in better:
            if (
                band.free
                and (both := held[index] & held[i])
                and held[index] - held[i]
                and held[i] - held[index]
            ):
                yield Diagnostic(
                    message(
                        "levels-overlap",
                        value=_short(both),
                        first=band.shown(),
                        second=placed[i].shown(),
                    ),
                    placed[i].place,
                    severity=how.severity,
                )


def _example(value: Decimal, under: _Band, over: _Band) -> str:
    """A value between two bands, as short as it can be written; ``value`` is one."""
    low = max(end for end in ends(under.region) if end <= value)
    high = min(end for end in ends(over.region) if end >= value)
    for size in (Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal("0.001")):
        if size > high - low:
            continue
        short = ((low + high) / 2 / size).to_integral_value(ROUND_FLOOR) * size
        if low <= short <= high and not under.holds(short) and not over.holds(short):
            return bare(short)
    return bare(value)


def _short(values: set[Decimal]) -> str:
    return bare(min(values, key=lambda value: (len(bare(value)), value)))


def _inside(value: Decimal, stretches: Region) -> bool:
    return any(not s.below(value) and not s.above(value) for s in stretches)


def _check_words(bands: Sequence[_Band], how: _Reading, bounds: Bounds) -> Iterator[Diagnostic]:
    """What a band's words say is its condition, or that less what better levels take away."""
    most = (
        bounds.most if bounds.most is not None else (possible.HUNDRED if bounds.percent else None)
    )
    for index, band in enumerate(bands):
        better = bands[index + 1 :]

        def left(value: Decimal, band: _Band = band, better: Sequence[_Band] = better) -> bool:
            return band.holds(value) and not any(other.holds(value) for other in better)

        edges = tuple(end for other in (band, *better) for end in ends(other.region))
        for text in band.words:
            said = level_words.read(text)
            if not said:
                continue
            limits = level_words.DecimalGrid(how.step, bounds.least, most)
            agreed = any(
                level_words.agrees(one, band.holds, ends(band.region), limits)
                or level_words.agrees(one, left, edges, limits)
                for one in said
            )
            if not agreed:
                yield _disagree(
                    said,
                    message(
                        "words-differ-from-condition",
                        band=band.named(),
                        said=_said(said),
                        condition=in_words(band.condition),
                    ),
                    band.place,
                )


def _check_marks(
    reading: Criteria | CriteriaPart, bounds: Bounds, node: Node, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """The figure in a level's words is the value at which its points are earned."""
    for name, mark in reading.levels.items():
        if mark.state != "defined" or mark.value is None:
            continue
        place = node.at(*path, "levels", name)
        for text in (mark.text, *([mark.table] if mark.table else [])):
            said = level_words.read(text)
            figures = {figure for one in said for figure in one.figures}
            if figures and mark.value not in figures:
                yield _disagree(
                    said,
                    message(
                        "words-differ-from-value",
                        level=name,
                        said=_said(said),
                        value=bare(mark.value),
                    ),
                    place,
                )
        named = message("level-named", level=name)
        yield from _beyond(named, mark.value, bounds, place)


def _disagree(said: Sequence[level_words.Said], told: Message, place: Location) -> Diagnostic:
    """An error where the words are nothing but a figure; in a sentence it may be another one."""
    certain = len(said) == 1 and said[0].whole
    severity = Severity.ERROR if certain else Severity.WARNING
    return Diagnostic(told, place, message("make-the-two-the-same"), severity)


def _said(found: Sequence[level_words.Said]) -> Message:
    """What some words say: the conditions, or the mere figures."""
    return both(
        message("said-condition", condition=in_words(one.condition))
        if one.condition
        else message("said-figure", figure=bare(one.figures[0]))
        for one in found
    )


def _check_possible(
    bands: Sequence[_Band], bounds: Bounds, *, complete: bool
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

"""Bands of values fit each other: no gap, none that others share in part, each is reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Literal

from ..diagnostics import Diagnostic, Location, Severity, warning
from ..exact import bare
from ..messages import Message, message
from ..model import Condition
from ..scoring.conditions import EMPTY, WHOLE, Region, ends, milestones, neighbours, region
from ..scoring.conditions import words as in_words

_TINY = Decimal("1E-12")


@dataclass(frozen=True, slots=True)
class Band:
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
class Reading:
    """How a value is read: in steps (None: exactly), and whether the file says so itself."""

    step: Decimal | None
    as_printed: bool

    @property
    def severity(self) -> Severity:
        """Who writes ``decimals: none`` says that the bands stand as they are printed."""
        return Severity.WARNING if self.as_printed else Severity.ERROR


def _tried(bands: Sequence[Band], step: Decimal | None) -> list[Decimal]:
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


def check_bands(bands: Sequence[Band], how: Reading, *, complete: bool) -> Iterator[Diagnostic]:
    """No gap between two bands, none that is never reached, none that others share in part."""
    placed = [band for band in bands if band.region not in (EMPTY, WHOLE)]
    values = _tried(placed, how.step)
    if complete:
        yield from _check_gaps(placed, values, how)
    held = [{value for value in values if band.holds(value)} for band in placed]
    for index, band in enumerate(placed):
        if band.free:
            better = [i for i in range(index + 1, len(placed)) if placed[i].free]
            yield from _check_shared(placed, held, index, better, how)


def _check_gaps(
    placed: Sequence[Band], values: Sequence[Decimal], how: Reading
) -> Iterator[Diagnostic]:
    """No value lies between two bands."""
    seen: set[tuple[int, int]] = set()
    for value in values:
        under, over = neighbours(value, [band.region for band in placed]) or (None, None)
        if under is None or over is None or (under, over) in seen:
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


def _check_shared(
    placed: Sequence[Band],
    held: Sequence[set[Decimal]],
    index: int,
    better: Sequence[int],
    how: Reading,
) -> Iterator[Diagnostic]:
    """A band holds values that no better one takes away, and shares none with it in part."""
    band, own = placed[index], held[index]
    if own and own <= set().union(*(held[i] for i in better)):
        other = next((i for i in better if own <= held[i]), better[-1])
        if band.kind == "level" and placed[other].region == band.region:
            yield warning(
                "target-repeated",
                placed[other].place,
                level=placed[other].id,
                lower=band.id,
                value=in_words(band.condition),
            )
            return
        yield Diagnostic(
            message("level-never-reached", level=band.shown(), other=placed[other].shown()),
            band.place,
            severity=how.severity,
        )
        return
    for i in better:
        shared = own & held[i]
        if shared and own - held[i] and held[i] - own:
            yield Diagnostic(
                message(
                    "levels-overlap",
                    value=_short(shared),
                    first=band.shown(),
                    second=placed[i].shown(),
                ),
                placed[i].place,
                severity=how.severity,
            )


def _example(value: Decimal, under: Band, over: Band) -> str:
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

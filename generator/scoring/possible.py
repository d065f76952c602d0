"""Which values an indicator can have at all: from its unit of measure, unless it says so itself.

A percentage, or a number of points, lies between 0 and 100; where a level or a past year's
figure shows that more is possible, up to twice the largest of these. Whatever else has a
measure counts something, and isn't below 0. ``possible:`` says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .. import thai
from ..exact import Exact, bare
from ..messages import Message, message
from ..model import Criteria, CriteriaPart, FormulaInput, Indicator, Possible, Value
from .conditions import reads_value, region
from .level_words import read

PERCENT = ("ร้อยละ", "เปอร์เซ็นต์", "เปอร์เซนต์", "%")
POINTS = ("คะแนน",)
CHANGES = ("ลดลง", "เพิ่มขึ้น", "เปลี่ยนแปลง", "ขยายตัว", "เติบโต", "ผลต่าง", "ส่วนต่าง", "กำไร")
"""Words of figures that may fall below nought."""

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and most that is possible (None: no end), and what that rests on.

    ``figures`` are those of levels and past years. ``percent``: it is one.
    """

    least: Decimal | None
    most: Decimal | None
    stated: bool
    percent: bool = False
    figures: tuple[Decimal, ...] = ()


def is_percent(measure: str | None) -> bool:
    """Whether a unit of measure is a percentage."""
    return any(word in thai.folded(measure or "") for word in PERCENT)


def of_value(
    indicator: Indicator, reading: Criteria | CriteriaPart | None, made_of: Value | None = None
) -> Bounds:
    """What the value that criteria read can be; ``made_of``: how it is made, where elsewhere."""
    asked = tuple(_asked(reading)) if reading is not None else ()
    percent = is_percent(indicator.measure) or (reading is not None and _in_percent(reading))
    part = isinstance(reading, CriteriaPart)
    stated = (reading.possible if isinstance(reading, CriteriaPart) else None) or indicator.possible
    past = [] if part else [*_past(indicator)]
    figures = (*asked, *past)
    for value in (None if reading is None else reading.value, made_of, indicator.value):
        if value is not None and value.checklist is not None:
            return Bounds(Decimal(0), value.checklist.most, True, percent, figures)
    if stated is not None:
        return Bounds(stated.at_least, stated.at_most, True, percent, figures)
    if indicator.measure is None and not percent:
        return Bounds(None, None, False, percent, figures)  # nobody has said what it is
    values = (indicator.value, made_of, None if reading is None else reading.value)
    least = Decimal(0)
    if any(value is not None and value.negative for value in values):
        return Bounds(None, None, False, percent, figures)
    if any(figure < 0 for figure in figures):
        return Bounds(None, None, False, percent, figures)
    if not percent and not any(word in (indicator.measure or "") for word in POINTS):
        return Bounds(least, None, False, percent, figures)
    over = max(figures, default=least)
    # A level that asks for 100 per cent of a target may be surpassed; full marks may not.
    open_end = over >= HUNDRED if percent else over > HUNDRED
    return Bounds(least, over * 2 if open_end else HUNDRED, False, percent, figures)


def of_input(about: FormulaInput) -> Bounds:
    """What a figure of a formula can be."""
    percent = is_percent(about.measure)
    if about.possible is not None:
        return Bounds(about.possible.at_least, about.possible.at_most, True, percent)
    if any(word in about.name for word in CHANGES):
        return Bounds(None, None, False, percent)
    return Bounds(Decimal(0), HUNDRED if percent else None, False, percent)


def of_past(indicator: Indicator, measure: str | None) -> Bounds:
    """What a past year's figure can be, in a measure of its own."""
    if measure is None or thai.folded(measure) == thai.folded(indicator.measure or ""):
        known = [of_value(indicator, c) for c in indicator.criteria.values() if not c.parts]
        least = [b.least for b in known if b.least is not None]
        if known:
            return Bounds(
                min(least) if len(least) == len(known) else None, None, False, known[0].percent
            )
    own = measure or indicator.measure
    return Bounds(None if own is None else Decimal(0), None, False, is_percent(own))


def fault(value: Exact, bounds: Bounds, path: str = "") -> tuple[Message, Message] | None:
    """Why a value isn't possible, and the remedy; None where it is.

    ``path`` is where in the indicator the figure is declared, as YAML; empty: it is its value.
    """
    over = bounds.most is not None and value > bounds.most
    if not over and (bounds.least is None or value >= bounds.least):
        return None
    shown = bare(value)
    if not over and bounds.percent and not bounds.stated:
        said = message("percentage-negative", value=shown)
        return said, (
            may_be_possible(f"{path}possible: {{at_most: 100}}")
            if path
            else message("may-be-negative")
        )
    if over:
        assert bounds.most is not None
        remedy, limit = may_be_possible(f"{path}possible: {{at_most: …}}"), bare(bounds.most)
        if bounds.percent:
            return message("percentage-above-possible", value=shown, limit=limit), remedy
        return message("value-above-possible", value=shown, limit=limit), remedy
    assert bounds.least is not None
    remedy, limit = may_be_possible(f"{path}possible: {{at_least: …}}"), bare(bounds.least)
    if bounds.percent:
        return message("percentage-below-possible", value=shown, limit=limit), remedy
    return message("value-below-possible", value=shown, limit=limit), remedy


def may_be_possible(yaml: str) -> Message:
    """The remedy for a figure that is right all the same: what to write in the indicator."""
    return message("say-what-is-possible", yaml=yaml)


def _asked(reading: Criteria | CriteriaPart) -> Iterator[Decimal]:
    """The figures that levels ask for; not where a band merely ends."""
    for level in reading.levels.values():
        if level.state != "defined":
            continue
        if reading.read == "points" and level.earned_at is not None:
            yield level.earned_at
        elif reads_value(level):
            for stretch in region(level, None):
                low = stretch.low if stretch.low is not None else stretch.high
                if low is not None:
                    yield low


def _in_percent(reading: Criteria | CriteriaPart) -> bool:
    """Whether the levels' own words call their figures percentages."""
    levels = [
        level
        for level in reading.levels.values()
        if level.state == "defined" and (reads_value(level) or level.value is not None)
    ]
    said = [found for level in levels if (found := read(level.text))]
    return bool(said) and all(found[0].percent for found in said)


def _past(indicator: Indicator) -> Iterator[Decimal]:
    if len(indicator.baselines) != 1:
        return
    row = indicator.baselines[0]
    if row.measure in (None, indicator.measure):
        for past in row.years.values():
            if past is not None and past.value is not None:
                yield past.value


def stated_ends(possible: Possible | None) -> tuple[Decimal, ...]:
    """The ends that are stated."""
    if possible is None:
        return ()
    return tuple(end for end in (possible.at_least, possible.at_most) if end is not None)
